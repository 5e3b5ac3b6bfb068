"""Pickles and compiled code are loaded only as this user's own run left them."""

import os
import stat
from pathlib import Path

import pytest

from auditbook.engine.trust import is_sealed, seal


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "trees" / "inside").mkdir(parents=True)
    (tmp_path / "trees" / "inside" / "page.doctree").write_bytes(b"a page")
    return tmp_path / "trees"


def add(folder: Path) -> None:
    (folder / "environment.pickle").write_bytes(b"planted")


def change(folder: Path) -> None:
    (folder / "inside" / "page.doctree").write_bytes(b"another")


def take_away(folder: Path) -> None:
    (folder / "inside" / "page.doctree").unlink()


def rename(folder: Path) -> None:
    (folder / "inside" / "page.doctree").rename(folder / "inside" / "environment.pickle")


def link(folder: Path) -> None:
    (folder / "linked").symlink_to(folder.parent)


def test_a_folder_is_what_it_was_when_it_was_sealed(folder):
    record = folder.parent / "record"
    assert not is_sealed(folder, record)
    seal(folder, record)
    assert is_sealed(folder, record)


@pytest.mark.parametrize("plant", [add, change, take_away, rename, link])
def test_a_folder_in_which_anything_is_otherwise_is_not(folder, plant):
    record = folder.parent / "record"
    seal(folder, record)
    plant(folder)
    assert not is_sealed(folder, record)


def test_whoever_plants_the_record_too_has_not_the_key(folder, tmp_path, monkeypatch):
    record = folder.parent / "record"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "of somebody else"))
    add(folder)
    seal(folder, record)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert not is_sealed(folder, record)


def test_where_no_key_can_be_kept_nothing_is_trusted(folder, tmp_path, monkeypatch):
    record = folder.parent / "record"
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    seal(folder, record)
    assert not record.exists() and not is_sealed(folder, record)


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_nobody_else_may_read_the_key(folder, home):
    seal(folder, folder.parent / "record")
    assert stat.S_IMODE((home / "auditbook" / "key").stat().st_mode) == 0o600
