"""What tool and import say on the command line, and what tool notes of whom it asked."""

import json
from datetime import date

import pytest
from builders import a_case, an_involvement
from returns.test_chasing import asked, auditbook
from returns.workbooks import (
    ID,
    LATE,
    asked_project,
    audit_of,
    cell,
    filled,
    put_return,
    returned_project,
)
from typer.testing import CliRunner

from auditbook.cli import app
from auditbook.evidence.audit import read_audits
from auditbook.returns.asking import with_due
from auditbook.returns.importing import import_returns


def test_tool_says_where_the_workbooks_are_and_what_is_next(tmp_path):
    project = asked_project(tmp_path)
    assert auditbook(project, "tool", str(ID)) == [
        "2 workbooks are in _build/tools/2021-22-Q1: police.xlsx, schools.xlsx. They ask for an answer by 25 June "
        "2021.",
        "Noted in data/audits/2021-22-Q1: involvement.csv says who was asked; audit.yml has due: 2021-06-25, the day "
        "that letters of auditbook chase name too.",
        "Next: send each agency its own. Put what comes back into data/audits/2021-22-Q1/returns, then auditbook "
        "import 2021-22-Q1.",
    ]
    assert sorted(path.name for path in (tmp_path / "_build/tools/2021-22-Q1").iterdir()) == [
        "police.xlsx",
        "schools.xlsx",
    ]


def involvement_of(project) -> list[str]:
    return (project.audits / str(ID) / "involvement.csv").read_text().splitlines()


def test_tool_notes_whom_it_asked_and_is_silent_the_second_time(tmp_path):
    project = asked_project(tmp_path, an_involvement("social_care", "scoped_not_invited", forum="yes"))
    arguments = ("tool", str(ID), "--agency", "hospital", "--agency", "social_care", "--out", str(tmp_path / "out"))
    assert [line for line in auditbook(project, *arguments) if line.startswith("Noted in")]
    assert involvement_of(project) == [
        "agency,case,state,forum,reason,asked",
        "hospital,,no_response,,,yes",
        "police,,no_response,,,",
        "schools,,no_response,,,",
        "social_care,,no_response,yes,,yes",
    ]
    assert not [line for line in auditbook(project, *arguments) if line.startswith("Noted in")]
    assert [each.agency for each in asked(project)] == ["hospital", "police", "schools", "social_care"]


def test_an_agency_named_for_cases_it_has_no_row_of_gets_a_row_a_case(tmp_path):
    project = asked_project(tmp_path, a_case("A4", scope="excluded"), an_involvement("hospital", "declined", "A4"))
    auditbook(project, "tool", str(ID), "--agency", "hospital")
    assert [line for line in involvement_of(project) if line.startswith("hospital")] == [
        "hospital,A4,declined,,,",
        *(f"hospital,A{number},no_response,,,yes" for number in (1, 2, 3)),
    ]
    assert read_audits(project, [ID])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: T\n", "title: T\ndue: 2021-06-04\n"),
        ("title: T", "title: T\ndue: 2021-06-04\n"),
        ("title: T\r\n", "title: T\r\ndue: 2021-06-04\r\n"),
        ("title: T\ndue: 2021-05 # soon\nremit: R\n", "title: T\ndue: 2021-06-04 # soon\nremit: R\n"),
        ("# due: 2021-06-30 # the day\r\ntitle: T\r\n", "due: 2021-06-04 # the day\r\ntitle: T\r\n"),
        ("sample:\n  due: 1\n", "sample:\n  due: 1\ndue: 2021-06-04\n"),
    ],
)
def test_the_closing_day_is_put_into_the_settings_and_nothing_else_changes(before, after):
    assert with_due(before, date(2021, 6, 4)) == after


def test_settings_that_cannot_take_the_day_are_left_alone_and_the_line_is_told(tmp_path):
    project = asked_project(tmp_path)
    path = project.audits / str(ID) / "audit.yml"
    text = "{title: An audit, collection: synthetic, channels: [{channel: case_file_audit}]}\n"
    path.write_text(text)
    done = CliRunner().invoke(app, ["--project", str(project.root), "tool", str(ID), "--due", "2021-06-04"])
    assert str(done.exception) == (
        "audit.yml cannot take the closing day by itself; write the line due: 2021-06-04 in it."
    )
    assert path.read_text() == text
    assert not (tmp_path / "_build" / "tools").exists()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2021-09", '"2021-09" is not a day; write it like 2021-09-17.'),
        ("soon", '"soon" is not a date as YYYY, YYYY-MM or YYYY-MM-DD, nor like 9/6/2025 or 9 June 2025.'),
    ],
)
def test_a_closing_day_that_is_none_is_refused(tmp_path, day, said):
    done = CliRunner().invoke(app, ["--project", str(asked_project(tmp_path).root), "tool", str(ID), "--due", day])
    assert str(done.exception) == said


@pytest.mark.parametrize("day", ["2021-09-06", "6/9/2021", "6 September 2021"])
def test_a_closing_day_may_be_written_as_in_a_cell_day_first(tmp_path, day):
    project = asked_project(tmp_path)
    CliRunner().invoke(app, ["--project", str(project.root), "tool", str(ID), "--due", day], catch_exceptions=False)
    assert str(audit_of(project).settings.due) == "2021-09-06"


def test_import_says_what_is_new_and_what_is_next(tmp_path):
    lines = auditbook(returned_project(tmp_path), "import", str(ID))
    assert lines[:3] == [
        "Agency  File         Returned    Involvement  Findings  Grades  Answers",
        "------  -----------  ----------  -----------  --------  ------  -------",
        "Police  police.xlsx  2021-06-10  3 new        2 new     4 new   none",
    ]
    assert lines[-2:] == [
        "Written in data/audits/2021-22-Q1: involvement.csv, findings.csv, grades.csv.",
        "Next: auditbook chase 2021-22-Q1 says who has not answered. When all have: auditbook check 2021-22-Q1, "
        "then auditbook build.",
    ]


def test_a_dry_run_tells_each_earlier_row_that_changes(tmp_path):
    project = returned_project(tmp_path)
    import_returns(project, ID)
    put_return(project, filled(project, returned=LATE))
    cell("Findings", "E2", "Seen alone, and heard.")(tmp_path)
    cell("Grades", "B2", "Outstanding")(tmp_path)
    lines = auditbook(project, "import", str(ID), "--dry-run")
    assert lines[2].split("  ")[:3] == ["Police", "police.xlsx", "2021-06-28 (late)"]
    why = "Returned on 2021-06-28, due on 2021-06-25."
    assert lines[4:9] == [
        "Earlier rows that change:",
        f"  involvement.csv: police A1: state: returned → returned late; reason: empty → {why}",
        f"  involvement.csv: police A2: state: returned → returned late; reason: empty → {why}",
        "  findings.csv: police-01: text: other words",
        "  grades.csv: overall A1 police: grade: good → outstanding",
    ]
    assert lines[-1].startswith("Nothing was written (--dry-run)")
    assert lines[-1].endswith("writes involvement.csv, findings.csv, grades.csv.")


def test_import_says_which_workbook_another_replaces(tmp_path):
    project = returned_project(tmp_path)
    put_return(project, filled(project, returned=LATE), "police again.xlsx")
    assert "  returns/police again.xlsx: replaces returns/police.xlsx of 2021-06-10." in auditbook(
        project, "import", str(ID)
    )


@pytest.mark.parametrize(
    ("format", "told"), [("json", '"cell": "C2"'), ("csv", "returns/police.xlsx,,,Findings,C2,T03,")]
)
def test_what_an_import_refuses_is_told_to_other_programs_too(tmp_path, format, told):
    project = returned_project(tmp_path)
    cell("Findings", "C2", "Zebra")(tmp_path)
    done = CliRunner().invoke(app, ["--project", str(project.root), "import", str(ID), "--format", format])
    assert done.exit_code == 10
    assert told in done.stdout
    assert done.stderr.startswith("1 problem; nothing was written.")


def test_what_an_import_would_do_is_told_to_other_programs_too(tmp_path):
    lines = auditbook(returned_project(tmp_path), "import", str(ID), "--dry-run", "--format", "csv")
    assert lines == [
        "Agency,File,Returned,Involvement,Findings,Grades,Answers",
        "Police,police.xlsx,2021-06-10,3 new,2 new,4 new,none",
    ]
    found = json.loads("\n".join(auditbook(returned_project(tmp_path), "import", str(ID), "--format", "json")))
    assert found["is_written"] and found["files"] == ["involvement.csv", "findings.csv", "grades.csv"]
