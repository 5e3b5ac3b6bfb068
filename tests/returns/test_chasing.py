"""`auditbook chase`: who has not answered, and the letters to them."""

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
from auditbook.returns.chasing import AskedAgency, asked_agencies, format_chase, message
from auditbook.returns.importing import import_returns
from auditbook.returns.workbook import fill_in, tool_workbook
from auditbook.validation.problems import WrongUsage
from auditbook.validation.text_table import plain_table


def auditbook(project, *arguments: str) -> list[str]:
    done = CliRunner().invoke(app, ["--project", str(project.root), *arguments])
    assert done.exception is None, done.output
    return done.output.splitlines()


def asked(project) -> list[AskedAgency]:
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
        WrongUsage,
        match="asks an agency, or give each a row in data/audits/2021-22-Q1/involvement.csv with the state no_response",
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
