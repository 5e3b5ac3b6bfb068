"""Publishing swaps a whole site for another, and copies only what changed."""

import os
from pathlib import Path

import pytest

from auditbook.engine.atomic import CannotWrite
from auditbook.site import publishing
from auditbook.site.publishing import publish


def tree(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.mark.parametrize("can_exchange", [True, False])
def test_the_published_site_is_exactly_the_built_one_every_time(tmp_path, monkeypatch, can_exchange):
    if not can_exchange:
        monkeypatch.setattr(publishing, "exchange", lambda *_: False)
    built, site = write(tmp_path / "work", index="1", old="x", book__page="1"), tmp_path / "html"
    for number in range(2, 5):
        publish(built, site)
        assert tree(site) == tree(built)
        write(built, index=str(number), **{f"book__page{number}": "new"})
        (built / "old").unlink(missing_ok=True)


@pytest.mark.parametrize("held", ["html", "html.new"])
def test_a_site_of_which_a_file_is_open_on_windows_stays_whole(tmp_path, monkeypatch, held):
    """Windows renames no folder of which a file is open: here the first or the second of the two steps fails."""
    built, site = write(tmp_path / "work", index="1"), tmp_path / "html"
    publish(built, site)
    write(built, index="2")
    real = Path.rename

    def renamed(path, target):
        if path.name == held:
            raise PermissionError(13, "it is being used by another process")
        return real(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(publishing, "exchange", lambda *_: False)
        patched.setattr(Path, "rename", renamed)
        with pytest.raises(CannotWrite, match="stays as it was; mend this, or close what is open of it"):
            publish(built, site)
    assert tree(site) == {"index": "1"}
    publish(built, site)
    assert tree(site) == {"index": "2"}


def test_a_file_that_did_not_change_is_not_copied_again(tmp_path):
    built, site = write(tmp_path / "work", index="1", page="1"), tmp_path / "html"
    for _ in range(2):
        publish(built, site)
    kept = os.stat(site / "page").st_ino
    write(built, index="2")
    for _ in range(2):
        publish(built, site)
    assert os.stat(site / "page").st_ino == kept and (site / "index").read_text() == "2"


def test_the_built_site_can_change_without_the_published_one(tmp_path):
    built, site = write(tmp_path / "work", index="1"), tmp_path / "html"
    publish(built, site)
    write(built, index="2")
    assert (site / "index").read_text() == "1"


def test_a_site_that_cannot_be_written_leaves_the_published_one(tmp_path, monkeypatch):
    built, site = write(tmp_path / "work", index="1"), tmp_path / "html"
    publish(built, site)
    write(built, index="2")

    def no_room(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing.shutil, "copyfile", no_room)
    with pytest.raises(CannotWrite, match="No space left on device. What was published stays as it was"):
        publish(built, site)
    assert (site / "index").read_text() == "1"
