"""The demonstration audit that ships with its returns: its tables are what importing them gives."""

from pathlib import Path

import pytest
from projects import copied_data

from auditbook.codebook.quarter import AuditId
from auditbook.demo.files import returned_workbooks, write_demonstration_returns
from auditbook.demo.plans import STEP_DOWN
from auditbook.evidence.audit import read_audits
from auditbook.project import Project
from auditbook.returns.importing import import_returns, plan_import
from auditbook.returns.merging import MERGED_FILES

PROJECT = Project.find(Path(__file__).parent)
ID = AuditId.read(STEP_DOWN.id)
FOLDER = PROJECT.audits / STEP_DOWN.id


@pytest.fixture
def copied(tmp_path) -> Project:
    """A project with the codebook, this audit and the ones its recommendations follow."""
    return copied_data(tmp_path)


def tables(folder: Path) -> dict[str, bytes]:
    """What each table holds; a demonstration that asks no questions has no answers."""
    return {file: (folder / file).read_bytes() for file in MERGED_FILES if (folder / file).is_file()}


def without_returned_rows(path: Path) -> str:
    """What a table holds before anything came back: its header, and the agency that never answered."""
    header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return header + "".join(row for row in rows if row.startswith("housing,"))


def test_the_tables_are_exactly_what_import_makes_of_the_workbooks(copied):
    folder = copied.audits / STEP_DOWN.id
    for file in tables(folder):
        (folder / file).write_text(without_returned_rows(folder / file), encoding="utf-8", newline="")
    import_returns(copied, ID)
    assert tables(folder) == tables(FOLDER)


def test_importing_the_workbooks_again_changes_nothing(copied):
    assert plan_import(copied, ID).files == {}


def test_the_committed_workbooks_are_those_that_demo_writes():
    [audit] = read_audits(PROJECT, [ID])
    committed = {path.name: path.read_bytes() for path in (FOLDER / "returns").iterdir()}
    assert committed == returned_workbooks(audit)


def test_only_a_workbook_that_differs_is_written_again(copied):
    altered = copied.audits / STEP_DOWN.id / "returns" / "police.xlsx"
    altered.write_bytes(b"")
    assert write_demonstration_returns(copied) == [altered]


def test_every_agency_that_answered_has_its_workbook_and_the_silent_one_has_none():
    agencies = sorted(path.stem for path in (FOLDER / "returns").iterdir())
    rows = (FOLDER / "involvement.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert agencies == sorted({row.split(",")[0] for row in rows} - {"housing"})
