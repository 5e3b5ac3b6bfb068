"""`auditbook chase`, and what tool, import and chase say on the command line."""

import json
from datetime import date

import pytest
from builders import a_case, an_involvement, write_project
from returns.workbooks import (
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
from auditbook.evidence.audit import read_audits
from auditbook.returns.asking import with_due
from auditbook.returns.chasing import Asked, asked_agencies, format_chase, message
from auditbook.returns.importing import import_returns
from auditbook.returns.workbook import fill_in, tool_workbook
from auditbook.validation.problems import WrongUsage
from auditbook.validation.text_table import plain_table


def auditbook(project, *arguments: str) -> list[str]:
    done = CliRunner().invoke(app, ["--project", str(project.root), *arguments])
    assert done.exception is None, done.output
    return done.output.splitlines()


def asked(project) -> list[Asked]:
    return asked_agencies(project, audit_of(project))[0]


def told(project) -> str:
    return format_chase(audit_of(project), *asked_agencies(project, audit_of(project)), None)


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
        WrongUsage, match="asks an agency, or give each a row in 2021-22-Q1/involvement.csv with the state no_response"
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


def test_letters_name_the_day_and_the_cases_of_the_workbook(tmp_path):
    project = asked_project(
        tmp_path,
        a_case("A4", scope="excluded"),
        an_involvement("hospital", "no_response", "A1"),
        an_involvement("hospital", "no_response", "A4"),
        an_involvement("social_care", "no_response", "A4"),
    )
    auditbook(project, "tool", str(ID), "--due", "2021-06-04")
    found = {each.agency: each for each in asked(project)}
    assert {agency: each.cases for agency, each in found.items()} == {"hospital": 1, "police": 3, "schools": 3}
    for agency in found:
        assert len(questions(project, agency).cases) == found[agency].cases
    letters = " ".join(told(project).split())
    assert letters.count("The closing date is 4 June 2021.") == 3
    assert letters.count("a return on 1 case,") == 1 and letters.count("a return on 3 cases,") == 2


def test_a_letter_to_an_agency_that_answered_in_part_says_so(tmp_path):
    rows = [an_involvement("hospital", "returned", "A1"), an_involvement("hospital", "no_response", "A2")]
    project = asked_project(tmp_path, *rows)
    assert "have not had all of it yet." in " ".join(message(audit_of(project), asked(project)[0], None).split())


def test_an_agency_that_was_asked_and_not_involved_has_answered(tmp_path):
    project = asked_project(
        tmp_path,
        an_involvement("hospital", "not_involved", "A1", asked="yes"),
        an_involvement("hospital", "not_known_to_agency", "A2", asked="yes"),
        an_involvement("hospital", "not_involved", "A3"),
        an_involvement("social_care", "not_involved"),
        an_involvement("voluntary", "involved_not_scoped", asked="yes"),
    )
    found = {each.agency: each for each in asked(project)}
    assert {agency: each.is_waiting for agency, each in found.items()} == {
        "hospital": False,
        "police": True,
        "schools": True,
        "voluntary": True,
    }
    assert (found["hospital"].answered, found["hospital"].cases) == (3, 3)
    assert "4 agencies were asked, 1 answered, 3 have not: 1 had nothing to return, 3 did not answer." in told(project)


@pytest.mark.parametrize("state", ["not_involved", "involved_unknown", "declined", "returned"])
def test_what_was_imported_is_not_called_not_imported_whatever_it_says(tmp_path, state):
    project = asked_project(tmp_path)
    did = [{"case": case, "state": state} for case in ("A1", "A2", "A3")]
    gave = [
        {"case": case, "standard": standard, "grade": "not_graded"}
        for case in ("A1", "A2", "A3")
        for standard in ("overall", "chronology")
    ]
    put_return(project, filled(project, did=did, found=(), gave=gave if state == "returned" else ()))
    assert asked(project)[0].is_to_import
    import_returns(project, ID)
    assert not asked(project)[0].is_to_import and not asked(project)[0].is_waiting
    assert "not imported yet" not in told(project)


def test_a_correction_that_came_after_the_import_is_not_imported_yet(tmp_path):
    project = returned_project(tmp_path)
    import_returns(project, ID)
    put_return(project, filled(project, returned=LATE))
    cell("Findings", "E2", "Seen alone, and heard.")(tmp_path)
    assert asked(project)[0].is_to_import and "not imported yet" in told(project)


def test_what_an_import_of_long_ago_wrote_is_imported(tmp_path):
    project = returned_project(tmp_path)
    import_returns(project, ID)
    path = project.audits / str(ID) / "involvement.csv"
    path.write_text("".join(f"{line.rpartition(',')[0]}\n" for line in path.read_text().splitlines()))
    assert read_audits(project, [ID])[0].involvement["asked"].isna().all()
    assert not asked(project)[0].is_to_import


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
