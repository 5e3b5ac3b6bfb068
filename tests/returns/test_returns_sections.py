"""The sheets of a workbook that ask the codebook's questions: what goes out, what comes back, what is refused."""

import csv
import io
import subprocess
from pathlib import Path

import pytest
from builders import a_case, a_question, write_project
from forms.exports import ASKING
from openpyxl import Workbook, load_workbook
from returns import workbooks
from returns.test_returns import rows
from returns.test_returns_libreoffice import converted
from returns.workbooks import FIELDWORK, ID, ON_TIME, audit_of, cell, edit, messages_of, put_return, return_of

from auditbook.project import Project
from auditbook.returns.importing import format_import, import_returns, plan_import
from auditbook.returns.questions import ToolQuestions
from auditbook.returns.workbook import fill_in, tool_workbook

CHOICES = 'x=Ex;y=Wye;words=The child\'s own words;paper="Yes" - on paper;more=Wye...'
LED = (
    a_case("A1", lead="police", plan="", months_open=""),
    a_case("A2", lead="schools"),
    a_case("A3", lead="police"),
    a_question("lead_only", "category", CHOICES, text="Which of the two?", asked_of="lead", section="Planning"),
    a_question("of_schools", "flag", text="Did the school know?", asked_of="schools", section="Impact"),
    a_question("story", "text", text="What is different now?", section="Impact"),
)
DID = tuple({"case": case, "state": "returned"} for case in ("A1", "A2", "A3"))
ANSWERED = (
    {"case": "A1", "question": "seen_alone", "answer": "yes", "evidence": "Seen twice, once at school."},
    {"case": "A1", "question": "plan_says", "answer": "partially_met"},
    {"case": "A1", "question": "lead_only", "answer": "y"},
    {"case": "A1", "question": "who_came", "answer": "police;fire"},
    {"case": "A1", "question": "visits", "answer": "3"},
    {"case": "A1", "question": "story", "answer": "He sleeps at home, and says so."},
    {"case": "A2", "question": "seen_alone", "answer": "not_known"},
    {"case": "A2", "question": "how_good", "answer": "not_applicable"},
    {"question": "training", "answer": "no"},
)
FACTS = ({"case": "A1", "plan": "cp", "months_open": "7"}, {"case": "A3", "plan": "cin"})


def led_project(root: Path) -> Project:
    """Three cases, of which the police lead two."""
    parts = [part for part in ASKING if part.file != "cases.csv"]
    return write_project(root, *parts, *LED, fieldwork=FIELDWORK)


def questions(project: Project, agency: str = "police", **asked: object) -> ToolQuestions:
    """What an agency is asked, every section of its questions unless others are named."""
    return workbooks.questions(project, agency, **{"sections": None, **asked})


def answered(project: Project, agency: str = "police", answers: tuple = ANSWERED, facts: tuple = FACTS) -> Workbook:
    audit = audit_of(project)
    book = tool_workbook(audit, questions(project, agency, standards=[]))
    fill_in(book, audit.codebook, ON_TIME, DID, [], [], answers, facts)
    return book


def answered_project(root: Path) -> Project:
    project = led_project(root)
    put_return(project, answered(project))
    return project


# What comes back.


def in_codebook_order(row: tuple) -> tuple:
    order = "seen_alone plan_says who_came how_good visits training lead_only of_schools story".split()
    return row[0] or "Z", order.index(row[1])


def test_answers_and_evidence_become_rows_and_facts_fill_the_cells_of_the_cases(tmp_path):
    project = answered_project(tmp_path)
    told = format_import(project, import_returns(project, ID), is_dry=False)
    found = rows(project, "answers.csv", "case", "question", "answer", "evidence")
    given = [(row.get("case", ""), row["question"], row["answer"], row.get("evidence", "")) for row in ANSWERED]
    assert found == sorted(given, key=in_codebook_order)
    assert rows(project, "cases.csv", "case", "plan", "months_open") == [
        ("A1", "cp", "7"),
        ("A2", "", ""),
        ("A3", "cin", ""),
    ]
    assert "9 new" in told and "  cases.csv: A1: Plan: empty → Child protection\n" in told
    assert plan_import(project, ID).files == {}


TYPED_OTHERWISE = {
    ("1 Practice!C2", "Y", "yes"),
    ("1 Practice!C2", " YES. ", "yes"),
    ("1 Practice!C2", "Don’t know", "not_known"),
    ("2 Planning!C2", "Unknown", "not_known"),
    ("2 Planning!C2", "N/A", "not_applicable"),
    ("2 Planning!C2", "Not graded", "not_graded"),
    ("2 Planning!C2", "partially\u00a0met,", "partially_met"),
    ("2 Planning!C4", "the child’s own words", "words"),
    ("2 Planning!C4", "“Yes” – on paper", "paper"),
    ("2 Planning!C4", "EX.", "x"),
    ("2 Planning!C4", "Wye...", "more"),
    ("2 Planning!C3", "school nurse\nFire, rescue; ", "school;fire"),
}
"""Cell, what somebody typed instead of choosing it, and the answer that it is."""


@pytest.mark.parametrize("at, typed, answer", sorted(TYPED_OTHERWISE))
def test_an_answer_typed_in_an_ordinary_way_is_understood(at, typed, answer, tmp_path):
    project = answered_project(tmp_path)
    sheet, _, place = at.partition("!")
    cell(sheet, place, typed)(tmp_path)
    import_returns(project, ID)
    assert ("A1", answer) in rows(project, "answers.csv", "case", "answer")


def test_an_empty_row_above_the_headings_is_nothing(tmp_path):
    project = answered_project(tmp_path)
    for sheet in ("1 Practice", "Case facts"):
        edit(lambda book, sheet=sheet: book[sheet].insert_rows(1))(tmp_path)
    assert messages_of(project) == []


def test_an_answer_that_is_taken_back_is_gone_with_the_next_return(tmp_path):
    project = answered_project(tmp_path)
    import_returns(project, ID)
    cell("1 Practice", "C2", None)(tmp_path)
    cell("1 Practice", "D2", None)(tmp_path)
    assert plan_import(project, ID).changes["police"]["answers.csv"].gone == ("seen_alone A1 police",)


def test_a_sheet_of_questions_may_be_renamed_sorted_and_moved(tmp_path):
    project = answered_project(tmp_path)
    before = {path.name: text for path, text in plan_import(project, ID).files.items()}

    def rename(book: Workbook) -> None:
        sheet = book["1 Practice"]
        sheet.title = "Practice (final)"
        first, last = ([each.value for each in sheet[row]] for row in (2, 4))
        for at, (one, other) in enumerate(zip(first, last, strict=True), 1):
            sheet.cell(2, at).value, sheet.cell(4, at).value = other, one
        book.move_sheet(sheet, 3)

    edit(rename)(tmp_path)
    assert {path.name: text for path, text in plan_import(project, ID).files.items()} == before


def test_a_workbook_from_before_a_question_was_reworded_is_still_read(tmp_path):
    project = answered_project(tmp_path)
    path = project.data / "codebook" / "questions.csv"
    path.write_text(path.read_text("utf-8").replace("How good was help?", "How good was the help?"), "utf-8")
    [found] = plan_import(project, ID).returns
    assert found.notes == ("it was made before the codebook changed; all that it chose is still there",)


def test_a_date_is_a_fact_that_may_be_written_as_a_date(tmp_path):
    parts = [part for part in ASKING if part.file != "cases.csv"]
    case = a_case("A1", lead="police", plan_start="")
    project = write_project(tmp_path, *parts, case, fieldwork=FIELDWORK)
    book = tool_workbook(audit_of(project), questions(project, standards=[]))
    fill_in(book, audit_of(project).codebook, ON_TIME, DID[:1], [], [])
    book["Case facts"]["C2"] = ON_TIME
    put_return(project, book)
    import_returns(project, ID)
    assert rows(project, "cases.csv", "plan_start") == ["2021-06-10"]


# Two agencies about one fact.


def test_the_answer_of_who_leads_a_case_no_longer_is_refused_with_the_reason(tmp_path):
    project = led_project(tmp_path)
    put_return(project, answered(project, facts=()))
    path = project.audits / str(ID) / "cases.csv"
    path.write_text(path.read_text("utf-8").replace("A1,in,police", "A1,in,schools"), "utf-8")
    [message] = messages_of(project)
    assert message.startswith(
        "returns/police.xlsx › 2 Planning!C4: lead_only is asked of the lead agency; of this case"
    )


# What is refused.


def test_a_name_where_a_case_belongs_is_not_shown(tmp_path):
    project = answered_project(tmp_path)
    cell("1 Practice", "A2", "Jane Doe")(tmp_path)
    [message] = messages_of(project)
    assert "Jane" not in message and "1 Practice!A2: " in message


def test_a_question_that_is_gone_from_the_codebook_is_told_with_the_way_out(tmp_path):
    project = answered_project(tmp_path)
    path = project.data / "codebook" / "questions.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("story")), "utf-8")
    messages = messages_of(project)
    assert messages[0] == (
        "returns/police.xlsx: it was made with another version of the codebook: story is no longer asked; run "
        "auditbook tool 2021-22-Q1 --agency police --replace, and copy the answers over. [W11]"
    )


def test_an_answer_that_the_panel_moderated_may_not_change_under_it(tmp_path):
    project = answered_project(tmp_path)
    import_returns(project, ID)
    path = project.audits / str(ID) / "answers.csv"
    before = "police,A1,plan_says,partially_met,,,,"
    path.write_text(path.read_text("utf-8").replace(before, before[:-3] + ",not_met,Panel,No days."), "utf-8")
    assert messages_of(project) == []
    cell("2 Planning", "C2", "Met")(tmp_path)
    [message] = messages_of(project)
    assert message.startswith(
        "returns/police.xlsx › 2 Planning!C2: the panel moderated the answer to plan_says about A1"
    )


def test_a_case_that_was_taken_out_takes_its_answers_with_it_and_it_is_said(tmp_path):
    project = answered_project(tmp_path)
    path = project.audits / str(ID) / "cases.csv"
    path.write_text("".join(line for line in path.open() if not line.startswith("A2")), "utf-8")
    [found] = plan_import(project, ID).returns
    assert {each.cells["case"] for each in found.answers} == {"A1", ""}
    left_out = "A2 is no longer a case of this audit; left out: Cases row 3; 1 Practice row 3; 2 Planning rows 5, 6"
    assert found.notes[0].startswith(left_out)


# Saved by other programs.


@pytest.mark.parametrize("to", ["xlsx", "ods", "xls"])
def test_what_calc_saved_gives_the_same_tables(tmp_path, to):
    project = answered_project(tmp_path)
    texts = {path.name: text for path, text in plan_import(project, ID).files.items()}
    folder = tmp_path / "calc"
    folder.mkdir()
    path, _ = converted(return_of(tmp_path), to, folder)
    return_of(tmp_path).unlink()
    put_return(project, path.read_bytes(), path.name)
    assert {path.name: text for path, text in plan_import(project, ID).files.items()} == texts


def test_calc_keeps_the_drop_downs_of_the_questions_and_prints_every_word(tmp_path):
    answered_project(tmp_path)
    path, _ = converted(return_of(tmp_path), "ods", tmp_path)
    path, _ = converted(path, "xlsx", tmp_path)
    rules = load_workbook(path)["1 Practice"].data_validations.dataValidation
    assert [rule.type for rule in rules] == ["list"]
    pdf, _ = converted(return_of(tmp_path), "pdf", tmp_path)
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    for words in ("Was the child seen alone?", "Seen twice, once at school.", "He sleeps at home, and says so."):
        assert words in " ".join(text.split()), words


def test_every_sheet_saved_as_csv_is_read_as_a_set(tmp_path):
    project = answered_project(tmp_path)
    texts = {path.name: text for path, text in plan_import(project, ID).files.items()}
    book = load_workbook(return_of(tmp_path))
    return_of(tmp_path).unlink()
    for sheet in book:
        text = io.StringIO()
        cells = [["" if each is None else each for each in row] for row in sheet.iter_rows(values_only=True)]
        csv.writer(text).writerows(cells)
        put_return(project, text.getvalue().encode(), f"police-{sheet.title}.csv")
    assert {path.name: text for path, text in plan_import(project, ID).files.items()} == texts
