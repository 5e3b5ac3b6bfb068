"""The panel's workbook damaged at random, or made to fill a computer: never a traceback, never a partial write."""

import time
from pathlib import Path

import pytest
from forms.test_forms_fuzz import LONGEST
from hypothesis import given
from panel.test_workbook_of_panel import MODERATED, NAME, panel_project
from returns.large_workbooks import HOSTILE
from returns.test_returns_fuzz import damage, damaged, wildness, with_wild
from returns.workbooks import ID, edit, rebuilt, return_of

from auditbook.panel.moderating import plan_panel, take_back
from auditbook.project import Project
from auditbook.validation.problems import InputRefused

SHEET = "xl/worksheets/sheet2.xml"
"""The sheet of the first case."""


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    return panel_project(tmp_path_factory.mktemp("panel"), MODERATED)


@pytest.fixture(scope="module")
def whole(project) -> bytes:
    return return_of(project.root, NAME).read_bytes()


def tables(project: Project) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (project.audits / str(ID)).glob("*.csv")}


def tried(project: Project, content: bytes) -> None:
    """Take it back: either every table is written, or a problem is told in words and none is."""
    before, path = tables(project), project.root / NAME
    path.write_bytes(content)
    try:
        take_back(project, ID, path, "Panel")
    except InputRefused as refused:
        assert all(each.problem for each in refused.refusals)
        assert tables(project) == before
    finally:
        for table in tables(project):
            table.unlink() if table not in before else table.write_bytes(before[table])
    assert not list(project.audits.rglob("*.part"))


@given(places=damage)
def test_a_workbook_of_the_panel_with_damaged_bytes_is_refused_or_read_whole(project, whole, places):
    tried(project, damaged(whole, places))


@given(places=damage)
def test_a_sheet_of_a_case_with_damaged_xml_is_refused_or_read_whole(project, whole, places):
    tried(project, rebuilt(whole, lambda name, old: damaged(old, places) if name == SHEET else old))


@given(wild=wildness)
def test_a_sheet_of_a_case_with_wild_attributes_is_refused_or_read_whole(project, whole, wild):
    tried(project, rebuilt(whole, lambda name, old: with_wild(old, *wild) if name == SHEET else old))


@pytest.mark.parametrize("make", HOSTILE)
def test_a_workbook_of_the_panel_made_to_fill_a_computer_is_soon_refused(make, project, whole):
    path = project.root / NAME
    path.write_bytes(make(whole))
    began = time.monotonic()
    with pytest.raises(InputRefused) as refused:
        plan_panel(project, ID, path, "Panel")
    assert all(each.problem for each in refused.value.refusals)
    assert time.monotonic() - began < LONGEST


@pytest.mark.parametrize(
    "sheet, cell, typed",
    [("Findings", "B2", "Jane Doe"), ("1 A1", "E3", "Since 3 May 2014"), ("1 A1", "F3", "Ring 07700 900123")],
)
def test_what_looks_personal_is_refused_and_not_shown(sheet, cell, typed, tmp_path):
    project = panel_project(tmp_path)
    edit(lambda book: book[sheet].__setitem__(cell, typed), NAME)(tmp_path)
    with pytest.raises(InputRefused) as refused:
        plan_panel(project, ID, return_of(tmp_path, NAME), "Panel")
    told = "\n".join(map(str, refused.value.refusals))
    assert f"{sheet}!{cell}" in told
    assert not [word for word in ("Jane", "May", "07700") if word in told]
