"""What readers take away is read while the site is built; the search then finds it read, and misses nothing."""

import json
from pathlib import Path

import pytest
from builders import a_case, write_project

from auditbook.making.site import reading_memory
from auditbook.making.site.looking import Looking, Scan
from auditbook.making.site.scan import memory_of, secrets_of_project
from auditbook.making.takeaway.offered import copy_downloads, downloads_in_site
from auditbook.release.leaks.search import Search
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


def looked_ahead(project: Project) -> Looking:
    looking = Looking(Search(secrets_of_project(project, [])), memory_of(project.root / "site"))
    looking.ahead(downloads_in_site(project.root))
    return looking


def workbook(text: str) -> bytes:
    import io

    from openpyxl import Workbook

    book, target = Workbook(), io.BytesIO()
    book.active["A1"] = text
    book.save(target)
    return target.getvalue()


def test_what_was_read_ahead_is_not_read_again_and_its_leak_is_found(project, monkeypatch):
    put(project, "figures.xlsx", workbook("about KW-0417"))
    looking = looked_ahead(project)

    def unread(name, content):
        raise AssertionError(f"{name} was read again")

    monkeypatch.setattr(reading_memory, "pieces_of_file", unread)
    found = looking.through(site(project))
    assert {(leak.file, leak.rule) for leak in found.leaks} == {(f"book/audits/{ID}/downloads/figures.xlsx", "case-id")}


def test_a_clean_file_is_looked_through_once_and_again_when_it_is_another(project, monkeypatch):
    put(project, "figures.xlsx", workbook("nothing"))
    looking = looked_ahead(project)
    folder = site(project)
    with monkeypatch.context() as patched:
        patched.setattr(Search, "leaks", None)
        assert looking.through(folder) == Scan(1, (), ())
    (folder / f"book/audits/{ID}/downloads/figures.xlsx").write_bytes(workbook("about KW-0417"))
    assert [leak.rule for leak in looking.through(folder).leaks] == ["case-id"]


def test_a_file_that_changed_after_it_was_read_ahead_is_read_again(project):
    put(project, "figures.xlsx", workbook("nothing"))
    looking = looked_ahead(project)
    put(project, "figures.xlsx", workbook("about KW-0417"))
    found = looking.through(site(project))
    assert [leak.rule for leak in found.leaks] == ["case-id"]


def test_a_file_that_cannot_be_read_is_told_by_the_search_and_not_before(project):
    put(project, "figures.xlsx", b"no workbook")
    looking = looked_ahead(project)
    found = looking.through(site(project))
    assert [leak.rule for leak in found.leaks] == ["not-checked"]
