"""Generated, committed text is what its source gives: run `make generated` when it is not."""

from pathlib import Path

import pytest
from generated import ROOT, generated
from projects import planned, shown, store_of

from auditbook.build.generated import generated_files
from auditbook.build.publication import book_standing, in_book
from auditbook.project import Project
from auditbook.release.editions import read_editions

WRITTEN = generated()


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_a_generated_page_is_what_its_source_gives(path: Path):
    assert path.read_text(encoding="utf-8") == WRITTEN[path]


def test_what_a_run_writes_is_committed_as_it_would_write_it():
    project = Project.find(ROOT)
    everything, store = shown(project), store_of(project)
    everything = in_book(everything, book_standing(project, store, everything))
    files = generated_files(project, store, everything)
    for each in everything.pools:
        files |= {ROOT / "book/pooled" / each.pool.name / name: text for name, text in each.files.items()}
    for each in everything.audits:
        folder = ROOT / "book/audits" / str(each.released.audit_id)
        files |= {folder / name: text for name, text in each.files.items()}
    stale = [project.name_of(path) for path, text in files.items() if not path.is_file() or path.read_text() != text]
    assert stale == [], "run `auditbook build` and commit"


def test_the_record_of_this_books_editions_is_whole():
    """Whether the book is still its last edition is not asked: where it is not, every page says that it is a draft."""
    record = read_editions(Project.find(ROOT))
    assert record.problem == "" and record.last is not None, "run `make edition` and commit"


def test_no_executed_page_is_stale():
    project = Project.find(ROOT)
    assert [page.name for page in planned(project) if page.is_stale] == [], "run `auditbook run` and commit"
