"""What readers take away is read while the site is built; the search then finds it read, and misses nothing."""

import json
from pathlib import Path

import pytest
from builders import a_case, write_project

from auditbook.making.site import reading_memory
from auditbook.making.site.scan import memory_of, read_ahead, scan, secrets_of_project
from auditbook.making.takeaway.offered import copy_downloads
from auditbook.words.project import Project

ID = "2021-22-Q1"


@pytest.fixture
def project(tmp_path) -> Project:
    made = write_project(tmp_path, a_case("KW-0417"), release={"profile": "internal"})
    folder = made.root / "_build" / "downloads" / ID
    folder.mkdir(parents=True)
    folder.with_name(f"{ID}.json").write_text(json.dumps({"files": [], "warnings": []}))
    return made


def put(project: Project, name: str, content: bytes) -> None:
    (project.root / "_build" / "downloads" / ID / name).write_bytes(content)


def site(project: Project) -> Path:
    copy_downloads(project.root, project.root / "site")
    return project.root / "site"


def workbook(text: str) -> bytes:
    import io

    from openpyxl import Workbook

    book, target = Workbook(), io.BytesIO()
    book.active["A1"] = text
    book.save(target)
    return target.getvalue()


def test_what_was_read_ahead_is_not_read_again_and_its_leak_is_found(project, monkeypatch):
    put(project, "figures.xlsx", workbook("about KW-0417"))
    read_ahead(project, memory_of(project.root / "site"))

    def unread(name, content):
        raise AssertionError(f"{name} was read again")

    monkeypatch.setattr(reading_memory, "pieces_of_file", unread)
    found = scan(site(project), secrets_of_project(project, []), memory_of(project.root / "site"))
    assert {(leak.file, leak.rule) for leak in found.leaks} == {(f"book/audits/{ID}/downloads/figures.xlsx", "case-id")}


def test_a_file_that_changed_after_it_was_read_ahead_is_read_again(project):
    put(project, "figures.xlsx", workbook("nothing"))
    read_ahead(project, memory_of(project.root / "site"))
    put(project, "figures.xlsx", workbook("about KW-0417"))
    found = scan(site(project), secrets_of_project(project, []), memory_of(project.root / "site"))
    assert [leak.rule for leak in found.leaks] == ["case-id"]


def test_a_file_that_cannot_be_read_is_told_by_the_search_and_not_before(project):
    put(project, "figures.xlsx", b"no workbook")
    read_ahead(project, memory_of(project.root / "site"))
    found = scan(site(project), secrets_of_project(project, []), memory_of(project.root / "site"))
    assert [leak.rule for leak in found.leaks] == ["not-checked"]
