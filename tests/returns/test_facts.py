"""Facts of a case that agencies say: two that differ stand side by side until somebody decides."""

from pathlib import Path

from returns.test_returns import rows
from returns.test_returns_sections import answered, led_project
from returns.workbooks import ID, edit, messages_of, put_return

from auditbook.project import Project
from auditbook.returns.importing import format_import, import_returns, plan_import


def rivals(root: Path) -> Project:
    """The lead of A1 passed to the schools while workbooks were out; they and the police say something of its plan."""
    project = led_project(root)
    put_return(project, answered(project))
    path = project.audits / str(ID) / "cases.csv"
    path.write_text(path.read_text("utf-8").replace("A1,in,police", "A1,in,schools"), "utf-8")
    put_return(project, answered(project, "schools", (), ({"case": "A1", "plan": "cin"},)), "schools.xlsx")
    path.write_text(path.read_text("utf-8").replace("A1,in,schools", "A1,in,police"), "utf-8")
    return project


PLACE = "data/audits/2021-22-Q1/cases.csv:2: plan"

POLICE_SAY = "A1, Plan: police says “Child protection” (returns/police.xlsx)"

SIDE_BY_SIDE = f"{POLICE_SAY}, schools says “Child in need” (returns/schools.xlsx)"


def decide(project: Project, plan: str) -> None:
    """The analyst writes the plan of A1 into cases.csv."""
    path = project.audits / str(ID) / "cases.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line.replace("A1,in,police,", f"A1,in,police,{plan}") for line in lines), "utf-8")


def test_two_agencies_that_differ_about_a_fact_are_refused_side_by_side_until_somebody_decides(tmp_path):
    project = rivals(tmp_path)
    assert messages_of(project) == [
        f"returns/schools.xlsx › Case facts!C2: {SIDE_BY_SIDE}; they differ. Write the right one into {PLACE}, or have "
        "the workbook corrected. [W22]"
    ]
    decide(project, "cp")
    told = format_import(project, import_returns(project, ID), is_dry=False)
    assert f"  {SIDE_BY_SIDE}; cases.csv has “Child protection”, as somebody decided." in told
    assert rows(project, "cases.csv", "plan")[0] == "cp"
    assert plan_import(project, ID).files == {}


def test_a_decision_that_no_agency_says_is_held_against_all_of_them(tmp_path):
    project = rivals(tmp_path)
    decide(project, "closed")
    [message] = messages_of(project)
    assert f"{SIDE_BY_SIDE}; cases.csv has “Closed”, and no agency says so. Write the right one into {PLACE}" in message


def test_two_agencies_that_agree_about_a_fact_fill_it_once(tmp_path):
    project = rivals(tmp_path)
    cell_of = edit(lambda book: book["Case facts"].__setitem__("C2", "Child protection"), "schools.xlsx")
    cell_of(tmp_path)
    import_returns(project, ID)
    assert rows(project, "cases.csv", "plan")[0] == "cp"
