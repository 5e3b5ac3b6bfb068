"""Whom workbooks ask, and what."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import Part, a_case, a_channel, a_grade, a_variable, an_agency, an_involvement, no_rows, write_project
from returns.test_sending import column
from returns.workbooks import FIELDWORK, asked_project, audit_of, questions

from auditbook import return_commands
from auditbook.returns.questions import ToolQuestions, codebook_version
from auditbook.returns.sending import questions_of
from auditbook.returns.workbook import tool_workbook
from auditbook.validation.dates import ShortDate
from auditbook.validation.problems import WrongUsage


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return asked_project(tmp_path_factory.mktemp("asked"))


def audit(tmp_path: Path, *parts, **settings):
    return audit_of(write_project(tmp_path, *parts, **settings))


def agencies(found: list[ToolQuestions]) -> list[str]:
    return [each.agency for each in found]


@pytest.mark.parametrize("state", ["no_response", "involved_unknown", "returned", "returned_late", "moderated"])
def test_an_agency_that_was_asked_is_asked(tmp_path, state):
    assert agencies(questions_of(audit(tmp_path, a_case("A1"), an_involvement("police", state)))) == ["police"]


@pytest.mark.parametrize(
    "state",
    ["not_known_to_agency", "not_involved", "involved_not_scoped", "scoped_not_invited", "declined", "took_part"],
)
def test_an_agency_that_was_not_asked_is_not_unless_it_is_named(tmp_path, state):
    found = audit(tmp_path, a_case("A1"), an_involvement("police", state))
    with pytest.raises(WrongUsage, match="nobody has been asked yet: name the agencies"):
        questions_of(found)
    assert agencies(questions_of(found, ["police"])) == ["police"]


def test_an_agency_is_asked_about_the_cases_it_has_rows_for_that_were_audited(tmp_path):
    rows = [an_involvement("police", "no_response", case) for case in ("A2", "A1", "A4")]
    cases = [a_case("A1"), a_case("A2", scope="out_learning_kept"), a_case("A3"), a_case("A4", scope="replaced")]
    [found] = questions_of(audit(tmp_path, *cases, *rows))
    assert found.cases == ("A1", "A2")


def test_an_agency_without_rows_of_cases_is_asked_about_all_that_were_audited(tmp_path):
    cases = [a_case("A1"), a_case("A2", scope="excluded"), a_case("A3")]
    [found] = questions_of(audit(tmp_path, *cases, an_involvement("police", "no_response")))
    assert found.cases == ("A1", "A3")


def test_every_standard_is_asked_or_those_already_graded_or_those_named(tmp_path):
    cases = (a_case("A1"), an_involvement("police", "no_response"))
    every = audit(tmp_path / "a", *cases)
    graded = audit(tmp_path / "b", *cases, a_grade("chronology", "met"))
    assert questions_of(every)[0].standards == ("overall", "chronology")
    assert questions_of(graded)[0].standards == ("chronology",)
    assert questions_of(graded, standards=["overall", "voice"])[0].standards == ("overall", "voice")
    assert questions_of(every, standards=[])[0].standards == ()


def test_without_standards_there_is_no_sheet_for_grades(project):
    book = tool_workbook(audit_of(project), questions(project, standards=[]))
    assert "Grades" not in book.sheetnames
    assert not any("Grades" in words for words in column(book["Guide"], "A") if words.startswith(("4.", "5.")))


@pytest.mark.parametrize(
    ("fieldwork", "named", "due"),
    [
        (FIELDWORK, None, date(2021, 6, 25)),
        (FIELDWORK, date(2021, 6, 1), date(2021, 6, 1)),
        ({"start": "2021-05", "end": "2021-06"}, None, None),
        ({}, None, None),
    ],
)
def test_the_closing_day_is_the_one_named_or_the_fieldworks_last(tmp_path, fieldwork, named, due):
    found = audit(tmp_path, a_case("A1"), an_involvement("police", "no_response"), fieldwork=fieldwork)
    assert questions_of(found, due=named)[0].due == due


def test_findings_come_through_the_one_case_file_audit(tmp_path):
    asked = (a_case("A1"), an_involvement("police", "no_response"), a_channel("forum"))
    assert questions_of(audit(tmp_path / "a", *asked))[0].channel == ""
    one = audit(tmp_path / "b", *asked, a_channel("files", kind="case_file_audit"))
    assert questions_of(one)[0].channel == "files"
    two = audit(tmp_path / "c", *asked, a_channel("files", kind="case_file_audit"), a_channel("case_file_audit"))
    with pytest.raises(
        WrongUsage, match="several case file audits: files, case_file_audit. Say which one with --channel"
    ):
        questions_of(two)
    assert questions_of(two, channel="files")[0].channel == "files"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"agencies": ["polic"]}, '"polic" is not an agency of the codebook. Nearest: police.'),
        ({"agencies": ["fire"]}, "Fire ended on 2020-12-31."),
        (
            {"standards": ["overal"]},
            '"overal" is not a standard: a variable of type grade, or a theme. Nearest: overall.',
        ),
        (
            {"channel": "panel"},
            '"panel" is not a channel of audit.yml; under `channels` stand case_file_audit. Add it there.',
        ),
    ],
)
def test_what_cannot_be_asked_is_told_with_the_next_step(tmp_path, asked, words):
    project = asked_project(tmp_path, an_agency("fire", valid_to="2020-12-31"))
    with pytest.raises(WrongUsage) as told:
        questions_of(audit_of(project), **asked)
    assert str(told.value) == words


def test_an_audit_whose_cases_are_not_entered_yet_asks_for_them_first(tmp_path):
    """An audit of no single cases has no such table, and asks about itself."""
    for rows in (no_rows("cases.csv"), a_case("A1", scope="excluded")):
        project = write_project(tmp_path, rows, an_involvement("police", "no_response"))
        with pytest.raises(WrongUsage, match="2021-22-Q1 has no case yet; fill in cases.csv first, a row a case"):
            return_commands.tool(project, "2021-22-Q1")
    (project.audits / "2021-22-Q1" / "cases.csv").unlink()
    assert "police.xlsx" in return_commands.tool(project, "2021-22-Q1")


def test_the_version_changes_with_every_word_on_offer_and_with_nothing_else(project):
    codebook = audit_of(project).codebook
    version = codebook_version(codebook, ("overall",))
    assert version.isalpha() and version == codebook_version(codebook, ("overall",))
    assert version != codebook_version(codebook, ("overall", "chronology"))
    del codebook.themes["neglect"]
    assert version != codebook_version(codebook, ("overall",))
    changed = codebook_version(codebook, ("overall",))
    del codebook.agencies["schools"]
    assert changed == codebook_version(codebook, ("overall",))


@pytest.mark.parametrize(
    ("changes", "is_changed"),
    [
        ({"also_called": ("Rated good",)}, False),
        ({"is_good": False}, False),
        ({"group": "Both upper grades"}, False),
        ({"label": "Well done"}, True),
        ({"code": "well_done"}, True),
        ({"valid_to": ShortDate.read("2021")}, True),
    ],
    ids=str,
)
def test_what_a_workbook_does_not_offer_leaves_it_as_it_is(project, changes, is_changed):
    codebook = audit_of(project).codebook
    overall = codebook.variables["overall"]
    codes = tuple(replace(code, **changes) if code.code == "good" else code for code in overall.codes)
    changed = replace(codebook, variables={**codebook.variables, "overall": replace(overall, codes=codes)})
    for standards, asked in ((("overall",), ()), ((), ("overall",))):
        is_of_graded = is_changed and not (standards and "valid_to" in changes)
        is_other = codebook_version(changed, standards, asked) != codebook_version(codebook, standards, asked)
        assert is_other == is_of_graded


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Part("codebook/themes.csv", {"theme": "heard", "label": "voice of the Child"}), "voice and heard are both"),
        (a_variable("quality", type="grade", values="@met", label="Overall"), "overall and quality are both called"),
    ],
)
def test_two_things_of_one_label_are_told_apart_before_they_are_asked(tmp_path, part, words):
    project = asked_project(tmp_path, part)
    with pytest.raises(WrongUsage, match=words):
        questions_of(audit_of(project))
