"""Writing keeps who may read a file: one that is there keeps its mode, and the umask decides of a new one."""

import os
import stat
from contextlib import contextmanager
from pathlib import Path

import pytest

from auditbook.engine.atomic import mirror, mirror_files, write_atomically, write_together


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def umask(bits: int):
    before = os.umask(bits)
    try:
        yield
    finally:
        os.umask(before)


def one(path: Path) -> None:
    write_atomically(path, "new")


def together(path: Path) -> None:
    write_together({path: "new"}, path.parent)


def mirrored(path: Path) -> None:
    source = path.parent.parent / "source"
    source.mkdir()
    (source / path.name).write_text("new")
    os.chmod(source / path.name, 0o644)
    mirror(source, path.parent)


def files_mirrored(path: Path) -> None:
    source = path.parent.parent / "source.txt"
    source.write_text("new")
    os.chmod(source, 0o644)
    mirror_files({path.name: source}, path.parent)


WRITERS = pytest.mark.parametrize("write", [one, together, mirrored, files_mirrored])


@WRITERS
@pytest.mark.parametrize("bits", [0o600, 0o640, 0o664])
def test_a_file_that_is_there_keeps_its_mode(write, bits, tmp_path):
    path = tmp_path / "folder" / "a.csv"
    path.parent.mkdir()
    path.write_text("old")
    os.chmod(path, bits)
    write(path)
    assert (path.read_text(), mode(path)) == ("new", bits)


@WRITERS
@pytest.mark.parametrize(("bits", "expected"), [(0o077, 0o600), (0o027, 0o640), (0o022, 0o644)])
def test_the_umask_decides_of_a_new_file(write, bits, expected, tmp_path):
    path = tmp_path / "folder" / "a.csv"
    path.parent.mkdir()
    with umask(bits):
        write(path)
    assert (path.read_text(), mode(path)) == ("new", expected)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_nothing_is_left_where_nothing_could_be_written(tmp_path):
    os.chmod(tmp_path, 0o500)
    with pytest.raises(Exception, match=r"a\.csv cannot be written: Permission denied"):
        write_atomically(tmp_path / "a.csv", "new")
    os.chmod(tmp_path, 0o700)
    assert not [*tmp_path.iterdir()]
