"""Generated, committed text is what its source gives: run `make generated` when it is not."""

from pathlib import Path

import pytest
from generated import ROOT, generated

from auditbook.evidence.audit import read_audits
from auditbook.making.audit_files import files_of_audits, released_audits
from auditbook.making.book import generated_files
from auditbook.making.pages import planned_pages
from auditbook.words.project import Project


@pytest.mark.parametrize("path", generated(), ids=lambda path: path.name)
def test_a_generated_page_is_what_its_source_gives(path: Path):
    assert path.read_text(encoding="utf-8") == generated()[path]


def test_what_a_run_writes_is_committed_as_it_would_write_it():
    project = Project.find(ROOT)
    audits = read_audits(project)
    released = released_audits(audits, None)
    files = {**files_of_audits(project, audits, released), **generated_files(project, released, audits[0].codebook)}
    stale = [project.name_of(path) for path, text in files.items() if not path.is_file() or path.read_text() != text]
    assert stale == [], "run `auditbook build` and commit"


def test_no_executed_page_is_stale():
    project = Project.find(ROOT)
    audits = read_audits(project)
    stale = [page.name for page in planned_pages(project, audits, None, audits) if page.is_stale]
    assert stale == [], "run `auditbook run` and commit"
