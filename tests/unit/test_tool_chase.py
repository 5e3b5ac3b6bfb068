"""`auditbook chase`, and what tool, import and chase say on the command line."""

import json

import pytest
from builders import a_case, an_involvement, write_project
from evidence.workbooks import (
    DID,
    FOUND,
    GAVE,
    ID,
    LATE,
    ON_TIME,
    asked_project,
    audit_of,
    cell,
    filled,
    put_return,
    questions,
    returned_project,
)
from typer.testing import CliRunner

from auditbook.cli import app
from auditbook.returns.chasing import Asked, asked_agencies, chase_told, message
from auditbook.returns.filling import fill_in
from auditbook.returns.importing import import_returns
from auditbook.returns.workbook import tool_workbook
from auditbook.validation.problems import WrongUsage
from auditbook.validation.text_table import plain_table


def auditbook(project, *arguments: str) -> list[str]:
    done = CliRunner().invoke(app, ["--project", str(project.root), *arguments])
    assert done.exception is None, done.output
    return done.output.splitlines()


def asked(project) -> list[Asked]:
    return asked_agencies(project, audit_of(project))[0]


def told(project) -> str:
    return chase_told(audit_of(project), *asked_agencies(project, audit_of(project)), None)


def test_who_was_asked_and_has_not_answered_is_waited_for(tmp_path):
    parts = [
        an_involvement("hospital", "declined"),
        an_involvement("social_care", "took_part"),
        an_involvement("voluntary", "involved_not_scoped"),
    ]
    project = returned_project(tmp_path, *parts)
    import_returns(project, ID)
    found = {each.agency: each for each in asked(project)}
    assert list(found) == ["hospital", "police", "schools"]
    assert [each.agency for each in found.values() if each.is_waiting] == ["schools"]
    assert (found["police"].answered, found["police"].cases) == (3, 3)


def test_a_workbook_that_came_back_and_is_not_imported_is_neither_waited_for_nor_forgotten(tmp_path):
    project = returned_project(tmp_path)
    police = asked(project)[0]
    assert not police.is_waiting and police.is_to_import
    assert "Next: auditbook import 2021-22-Q1; workbooks in returns/ are not imported yet." in told(project)


def test_a_workbook_that_cannot_be_read_is_mentioned(tmp_path):
    project = returned_project(tmp_path)
    put_return(project, b"not one", "schools.xlsx")
    assert "A workbook in returns/ cannot be read; auditbook import 2021-22-Q1 says why." in told(project)


def test_an_agency_that_answered_for_some_of_its_cases_is_waited_for(tmp_path):
    project = asked_project(
        tmp_path, an_involvement("hospital", "returned", "A1"), an_involvement("hospital", "no_response", "A2")
    )
    hospital = asked(project)[0]
    assert hospital.is_waiting and (hospital.answered, hospital.cases) == (1, 2)


def test_when_nobody_was_asked_the_next_step_is_told(tmp_path):
    project = write_project(tmp_path, a_case("A1"))
    with pytest.raises(
        WrongUsage, match="give each agency a row in 2021-22-Q1/involvement.csv with the state no_response"
    ):
        asked(project)


def test_each_that_has_not_answered_gets_a_message_of_its_own(tmp_path):
    project = asked_project(tmp_path)
    texts = told(project).split("-" * 76)[1:]
    assert [text.split("Dear colleagues at ")[1].partition(",")[0] for text in texts] == ["Police", "Schools"]


def test_a_message_says_what_is_missing_by_when_and_how_to_say_no(tmp_path):
    project = asked_project(tmp_path, partnerships=["Exampleshire Partnership"])
    text = " ".join(message(audit_of(project), asked(project)[0], LATE).split())
    assert text.startswith("Subject: Your return for the audit “An audit”, Q1 2021-22 Dear colleagues at Police,")
    assert "a return on 3 cases, in the workbook police.xlsx. The closing date is 28 June 2021." in text
    assert "If you cannot make a return, tell us why" in text
    assert text.endswith("With kind regards Exampleshire Partnership")


def test_a_message_names_no_case(tmp_path):
    project = asked_project(tmp_path, an_involvement("hospital", "no_response", "A1"))
    assert "A1" not in "".join(message(audit_of(project), each, None) for each in asked(project))


def test_the_closing_day_can_be_named(tmp_path):
    lines = auditbook(asked_project(tmp_path), "chase", str(ID), "--due", "2021-07-02")
    assert "The closing date is 2 July 2021. We have not had it yet." in lines


def test_the_closing_day_is_the_one_that_returned_workbooks_had_named(tmp_path):
    project = asked_project(tmp_path)
    audit = audit_of(project)
    book = tool_workbook(audit, questions(project, due=LATE))
    fill_in(book, audit.codebook, ON_TIME, DID, FOUND, GAVE)
    put_return(project, book)
    assert "The closing date is 28 June 2021." in " ".join(told(project).split())


def test_a_table_is_as_wide_as_its_longest_cells():
    assert plain_table(("Agency", "N"), [("Police", "1"), ("General practice", "12")]).splitlines() == [
        "Agency            N",
        "----------------  --",
        "Police            1",
        "General practice  12",
    ]


# The command line.


def test_tool_says_where_the_workbooks_are_and_what_is_next(tmp_path):
    project = asked_project(tmp_path)
    assert auditbook(project, "tool", str(ID)) == [
        "2 workbooks are in _build/tools/2021-22-Q1: police.xlsx, schools.xlsx. They ask for an answer by 25 June "
        "2021.",
        "Next: send each agency its own. Put what comes back into data/audits/2021-22-Q1/returns, then auditbook "
        "import 2021-22-Q1.",
    ]
    assert sorted(path.name for path in (tmp_path / "_build/tools/2021-22-Q1").iterdir()) == [
        "police.xlsx",
        "schools.xlsx",
    ]


def test_tool_says_when_an_agency_is_not_known_to_be_asked_and_when_no_day_is_named(tmp_path):
    lines = auditbook(asked_project(tmp_path), "tool", str(ID), "--agency", "hospital", "--out", str(tmp_path / "out"))
    assert "So that chase knows they were asked, add to involvement.csv: hospital,,no_response,," in lines


@pytest.mark.parametrize("day", ["17/09/2021", "2021-09", "soon"])
def test_a_closing_day_that_is_none_is_refused(tmp_path, day):
    done = CliRunner().invoke(app, ["--project", str(asked_project(tmp_path).root), "tool", str(ID), "--due", day])
    assert str(done.exception) == f'"{day}" is not a day; write it like 2021-09-17.'


def test_import_says_what_is_new_and_what_is_next(tmp_path):
    lines = auditbook(returned_project(tmp_path), "import", str(ID))
    assert lines[:3] == [
        "Agency  Workbook     Returned    Involvement  Findings  Grades",
        "------  -----------  ----------  -----------  --------  ------",
        "Police  police.xlsx  2021-06-10  3 new        2 new     4 new",
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
    assert lines[4:9] == [
        "Earlier rows that change:",
        "  involvement.csv: police A1 changed",
        "  involvement.csv: police A2 changed",
        "  findings.csv: police-01 changed",
        "  grades.csv: overall A1 police changed",
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
        "Agency,Workbook,Returned,Involvement,Findings,Grades",
        "Police,police.xlsx,2021-06-10,3 new,2 new,4 new",
    ]
    found = json.loads("\n".join(auditbook(returned_project(tmp_path), "import", str(ID), "--format", "json")))
    assert found["is_written"] and found["files"] == ["involvement.csv", "findings.csv", "grades.csv"]
