"""Each way in which a sheet of questions comes back broken, and the one message that says what to do."""

from pathlib import Path

import pytest
from evidence.broken import Broken
from openpyxl import Workbook
from returns.test_facts import PLACE, SIDE_BY_SIDE, rivals
from returns.test_returns_sections import answered_project
from returns.workbooks import (
    broken,
    cell,
    edit,
    messages_of,
    typed,
)


def take_row(book: Workbook) -> None:
    book["3 Impact"].delete_rows(3)


def answer_of_schools(project: Path) -> None:
    """The schools say otherwise than the police about a case that both led for a time."""
    rivals(project)


TYPED = {
    ("V01", "1 Practice!C2", "Perhaps"): (
        '"Perhaps" is not an answer to “Was the child seen alone?”; expected Yes, No, Not known, Not applicable.'
    ),
    ("V01", "2 Planning!C3", "Police; Ambulance"): (
        '"Ambulance" is not an answer to “Who came?”; expected Police; Fire, rescue; School nurse; Not known; Not '
        "applicable."
    ),
    ("V03", "3 Impact!C3", "several"): '"several" is not a whole number.',
    ("V03", "3 Impact!C3", -1): '"-1" is not a whole number.',
    ("V10", "3 Impact!C3", 12345): "this is no plausible count: at most 9999.",
    ("W10", "1 Practice!C1", "Answer"): (
        '"Answer" stands where the heading “Your answer” belongs; put the heading back.'
    ),
    ("W10", "1 Practice!E1", "Key"): '"Key" stands where the heading “Code” belongs; put the heading back.',
    ("W18", "3 Impact!D2", "It was seen."): (
        "how_good asks for no evidence; move the words to a finding, or into the answer."
    ),
    ("W19", "1 Practice!E2", "seen"): (
        '"seen" is not the code of a question that this workbook asks. Did you mean seen_alone?'
    ),
    ("W19", "1 Practice!A2", "A9"): '"A9" is not a case this workbook asks about; expected A1, A2, A3, Whole audit.',
    ("V06", "3 Impact!E3", "how_good"): '"how_good" stands there twice about A1.',
    ("V05", "3 Impact!E3", None): "“Code” must be filled in.",
    ("W07", "1 Practice!D2", "=A1"): (
        "a formula stands here; type the answer itself, or copy it and choose Paste Special › Values."
    ),
    ("P06", "1 Practice!D2", "Rang 07700 900123."): (
        "personal data may not be entered (value not shown): this looks like a phone number."
    ),
}
"""The rule that is broken, the cell that something is typed into, and what → what is said of it."""
BROKEN = [
    Broken(
        "W22",
        f"returns/schools.xlsx › Case facts!C2: {SIDE_BY_SIDE}; they differ. Write the right one into {PLACE}, or have "
        "the workbook corrected. [W22]",
        (answer_of_schools,),
    ),
    broken(
        "W18",
        "1 Practice!C2",
        "A1 has an answer to seen_alone, and on the sheet Cases it is not “Audited for this return”; correct that, or "
        "empty this and every other answer about A1.",
        cell("Cases", "B2", "Not involved"),
    ),
    broken(
        "W19",
        "4 Agency!E2",
        "training is not asked about A1; put back what stood in this row, or delete it.",
        cell("4 Agency", "A2", "A1"),
    ),
    broken(
        "W19",
        "",
        "rows that ask questions are missing: 1, the first about A1: visits; put them back, or copy the answers into "
        "a new workbook from auditbook tool.",
        edit(take_row),
    ),
    broken(
        "W19",
        "",
        "rows that ask questions are missing: 3, the first about A1: seen_alone; put them back, or copy the answers "
        "into a new workbook from auditbook tool.",
        edit(lambda book: book.remove(book["1 Practice"])),
    ),
    broken(
        "W08",
        "1 Practice!C2:C3",
        "these cells are merged; unmerge them, and fill in each cell that should hold something.",
        edit(lambda book: book["1 Practice"].merge_cells("C2:C3")),
    ),
    broken(
        "W10",
        "1 Practice!A1",
        "this row stands above the headings, and would not be read; move what it says, and delete the row.",
        edit(lambda book: book["1 Practice"].insert_rows(1)),
        cell("1 Practice", "A1", "DRAFT of the police"),
    ),
    broken(
        "W15",
        "1 Practice!C2",
        "a dash alone says nothing; empty the cell, or write a word.",
        cell("1 Practice", "C2", "–"),
    ),
    *typed(TYPED),
]


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_a_broken_sheet_of_questions_gives_this_one_message(case: Broken, tmp_path):
    project = answered_project(tmp_path)
    for change in case.changes:
        change(tmp_path)
    assert messages_of(project) == [case.message]
