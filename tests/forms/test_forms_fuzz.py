"""Exports damaged at random, or made to fill a computer: never a traceback, never a partial write, soon refused."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from forms.exports import as_csv, as_workbook, exported, google_rows, microsoft_rows, put_export
from hypothesis import given
from returns.large_workbooks import HOSTILE
from returns.test_returns_fuzz import damage, damaged, wildness, with_wild
from returns.workbooks import ID, messages_of, rebuilt

from auditbook.forms.mapping_start import write_mapping
from auditbook.forms.returned import Export
from auditbook.project import Project
from auditbook.returns.importing import import_returns
from auditbook.validation.problems import InputRefused

SHEET = "xl/worksheets/sheet1.xml"
LONGEST = 20
"""Seconds, on a machine that does other things too; what takes two alone."""


@pytest.fixture(scope="module")
def workbook(tmp_path_factory) -> tuple[Project, Export]:
    return exported(tmp_path_factory.mktemp("workbook"), microsoft_rows())


@pytest.fixture(scope="module")
def table(tmp_path_factory) -> tuple[Project, Export]:
    return exported(tmp_path_factory.mktemp("table"), google_rows(), "responses.csv")


def tables(project: Project) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (project.audits / str(ID)).glob("*.csv")}


def tried(asked: tuple[Project, Export], content: bytes) -> None:
    """Map and import it: either every table is written, or a problem is told in words and none is."""
    project, export = asked
    before = tables(project)
    export.files[0].write_bytes(content)
    try:
        write_mapping(project, export.files[0], export.mapping.with_name("other.yml"), is_replacing=True)
    except InputRefused as refused:
        assert all(each.problem for each in refused.refusals)
    try:
        import_returns(project, ID, export)
    except InputRefused as refused:
        assert all(each.problem for each in refused.refusals)
        assert tables(project) == before
    else:
        assert "answers.csv" in {path.name for path in tables(project)}
    finally:
        for path in tables(project):
            path.unlink() if path not in before else path.write_bytes(before[path])
    assert not list(project.audits.rglob("*.part"))


@given(places=damage)
def test_a_workbook_with_damaged_bytes_is_refused_or_read_whole(workbook, places):
    tried(workbook, damaged(as_workbook(microsoft_rows()), places))


@given(places=damage)
def test_a_sheet_with_damaged_xml_is_refused_or_read_whole(workbook, places):
    tried(
        workbook,
        rebuilt(as_workbook(microsoft_rows()), lambda name, old: damaged(old, places) if name == SHEET else old),
    )


@given(wild=wildness)
def test_a_sheet_with_wild_attributes_is_refused_or_read_whole(workbook, wild):
    whole = as_workbook(microsoft_rows())
    tried(workbook, rebuilt(whole, lambda name, old: with_wild(old, *wild) if name == SHEET else old))


@given(places=damage)
def test_a_csv_file_with_damaged_bytes_is_refused_or_read_whole(table, places):
    tried(table, damaged(as_csv(google_rows()), places))


@given(places=damage)
def test_a_damaged_mapping_is_refused_or_understood(table, places):
    project, export = table
    whole = export.mapping.read_bytes()
    export.mapping.write_bytes(damaged(whole, places))
    try:
        tried(table, as_csv(google_rows()))
    finally:
        export.mapping.write_bytes(whole)


def moved(content: bytes) -> bytes:
    """The sheet that is made hostile is the fourth of a workbook of ours; here it is the only one."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as found, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = {name: found.read(name) for name in found.namelist()}
        hostile = parts.pop("xl/worksheets/sheet4.xml", parts[SHEET])
        for name, part in (parts | {SHEET: hostile}).items():
            archive.writestr(name, part)
    return packed.getvalue()


@pytest.mark.parametrize("make", [make for make in HOSTILE if make.__name__ not in ("bomb_that_lies", "entries")])
def test_an_export_made_to_fill_a_computer_is_soon_refused(make, tmp_path):
    project, export = exported(tmp_path, microsoft_rows())
    put_export(tmp_path / "downloads", moved(make(export.files[0].read_bytes())))
    began = time.monotonic()
    messages = messages_of(project, export)
    assert messages and all(each.endswith("]") for each in messages)
    assert time.monotonic() - began < LONGEST


def test_cells_that_would_run_are_refused_where_they_stand(tmp_path):
    rows = [list(row) for row in google_rows()]
    rows[1][5] = "=HYPERLINK(1)"
    [message] = messages_of(*exported(tmp_path, rows, "responses.csv"))
    assert message.startswith("downloads/responses.csv › responses!F2: the text begins with “=”")
