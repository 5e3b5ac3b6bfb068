"""What is there already is looked through while the site is built; the search then knows it, and misses nothing."""

import json
import os
import time
from pathlib import Path

import pytest
from builders import a_case, write_project

from auditbook.build.site import written_pages
from auditbook.downloads.records import copy_downloads, downloads_in_site
from auditbook.engine.store import Store
from auditbook.leaks import scan_cache
from auditbook.leaks.scan import secrets_of_project
from auditbook.leaks.scanner import Scan, Scanner
from auditbook.leaks.search import Search
from auditbook.project import Project
from auditbook.site import jupyter_book
from auditbook.site.web import finish_site, finished

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


def looked_ahead(project: Project) -> Scanner:
    looking = Scanner(secrets_of_project(project, []), Store(project.root))
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

    monkeypatch.setattr(scan_cache, "pieces_of_file", unread)
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


def put_page(project: Project, name: str, text: str, charset: str = '<meta charset="utf-8" />') -> Path:
    """A page as Jupyter Book writes it: its policy comes at the end."""
    path = project.root / "site" / "book" / f"{name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<html><head>{charset}</head><body><p>{text}</p></body></html>")
    return path


@pytest.fixture
def looking(project) -> Scanner:
    return Scanner(secrets_of_project(project, []), Store(project.root))


def look_ahead(looking: Scanner, project: Project) -> None:
    looking.ahead(written_pages(project.root / "site"), finished)


def test_a_page_is_looked_through_as_it_will_be_published_and_not_again(project, looking, looked_through):
    put_page(project, "index", "nothing")
    look_ahead(looking, project)
    look_ahead(looking, project)
    assert finish_site(project.root / "site") == []
    assert looking.through(project.root / "site") == Scan(1, (), ())
    assert looked_through == ["book/index.html"]


def test_a_page_that_was_rewritten_meanwhile_is_looked_through_again(project, looking, looked_through):
    path = put_page(project, "index", "nothing")
    look_ahead(looking, project)
    path.write_text(path.read_text().replace("nothing", "about KW-0417"))
    look_ahead(looking, project)
    path.write_text(path.read_text().replace("KW-0417", "what is not yet known"))
    finish_site(project.root / "site")
    assert looking.through(project.root / "site").leaks == ()
    assert looked_through == ["book/index.html"] * 3


def test_a_leak_in_a_page_seen_ahead_is_told_of_the_finished_page(project, looking, looked_through):
    put_page(project, "index", "about KW-0417")
    look_ahead(looking, project)
    look_ahead(looking, project)
    assert looked_through == ["book/index.html"]  # and not again before it changed
    finish_site(project.root / "site")
    assert [leak.rule for leak in looking.through(project.root / "site").leaks] == ["case-id"]


def read_again(looking: Scanner, project: Project, monkeypatch) -> list[str]:
    """Names of the files that the search reads."""
    read, names = Path.read_bytes, []
    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", lambda path: names.append(path.name) or read(path))
        looking.through(project.root / "site")
    return names


def aged(path: Path, seconds: int = 60) -> None:
    before = time.time_ns() - seconds * 1_000_000_000
    os.utime(path, ns=(before, before))


def test_a_page_as_it_was_seen_ahead_is_not_read_again_unless_it_was_written_just_then(project, looking, monkeypatch):
    for name in ("old", "new"):
        put_page(project, name, "nothing")
    finish_site(project.root / "site")
    aged(project.root / "site" / "book" / "old.html")
    look_ahead(looking, project)
    assert read_again(looking, project, monkeypatch) == ["new.html"]


def test_a_page_in_place_of_one_seen_ahead_is_read_though_size_and_time_are_the_same(project, looking):
    path = put_page(project, "index", "about ZZ-0417")
    finish_site(project.root / "site")
    aged(path)
    look_ahead(looking, project)
    found = path.stat()
    other = path.with_suffix(".other")
    other.write_bytes(path.read_bytes().replace(b"ZZ-", b"KW-"))
    os.utime(other, ns=(found.st_atime_ns, found.st_mtime_ns))
    other.replace(path)
    assert [leak.rule for leak in looking.through(project.root / "site").leaks] == ["case-id"]


def test_a_page_seen_half_written_has_not_passed(project, looking):
    path = put_page(project, "index", "nothing", charset="")
    look_ahead(looking, project)
    put_page(project, "index", "about KW-0417")
    assert path.is_file() and finish_site(project.root / "site") == []
    assert [leak.rule for leak in looking.through(project.root / "site").leaks] == ["case-id"]


def test_a_page_that_is_gone_when_it_is_to_be_looked_at_is_passed_by(project, looking, looked_through):
    pages = {"book/gone.html": project.root / "site" / "book" / "gone.html"}
    looking.ahead(pages, finished)
    assert looked_through == []


def test_pages_known_from_before_keep_their_own_words(project, looked_through):
    """What an index says of a page is held against the words of that page, also when it was not looked through now."""
    for name, text in (("one", "apples"), ("two", "pears")):
        put_page(project, name, text)
    finish_site(project.root / "site")
    Scanner(secrets_of_project(project, []), Store(project.root)).through(project.root / "site")
    looked_through.clear()
    again = Scanner(secrets_of_project(project, []), Store(project.root))
    look_ahead(again, project)
    again.through(project.root / "site")
    assert looked_through == []
    assert [again.search._words_on(f"book/{name}") for name in ("one", "two")] == [{"apples"}, {"pears"}]


def test_what_is_done_meanwhile_is_done_again_until_jupyter_book_ends_however_much_it_says(tmp_path, monkeypatch):
    """Its output fills a pipe many times over; nobody reads it while something else is being done."""
    says_much = "import sys, time; sys.stdin.readline(); time.sleep(0.5); print('WARNING: x' * 100_000); sys.exit(3)"
    monkeypatch.setattr(jupyter_book, "PROGRAM", ("-c", says_much))
    done: list[int] = []
    [complaint] = jupyter_book.run_jupyter_book(tmp_path, tmp_path / "work", while_waiting=lambda: done.append(1))
    assert len(complaint) == 1_000_000
    assert len(done) > 1


def test_jupyter_book_that_does_not_end_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(jupyter_book, "PROGRAM", ("-c", "import time; time.sleep(600)"))
    monkeypatch.setattr(jupyter_book, "BUILD_TIME_LIMIT", 0.3)
    assert jupyter_book.run_jupyter_book(tmp_path, tmp_path / "work") == ["Jupyter Book was stopped after 0.3 seconds."]
