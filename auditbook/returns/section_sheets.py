"""The sheets of a workbook that ask the codebook's questions: one a section, a row for each case and question."""

from collections.abc import Iterator, Mapping

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from auditbook.codebook.questions import Question
from auditbook.codebook.variables import LARGEST_NUMBERS
from auditbook.returns.answers import answer_words, choices_offered
from auditbook.returns.items import Item
from auditbook.returns.layout import ANSWER_COLUMNS, ANSWER_HEADING, FACT_COLUMNS
from auditbook.returns.styles import SHEET_INK, Lists, add_rule, finish, fit_height, font, open_cell, put, put_header

LEAST_HEIGHT = 32
"""Points: two lines, so that evidence has room to be written and to be read."""
NEW_CASE = Border(top=Side(style="medium", color=SHEET_INK))
QUIET = font(9, color="5A6472")
"""The code of a question, which nobody has to read; contrast 6 to 1."""


def add_answer_sheet(book: Workbook, title: str, items: list[Item], lists: Lists) -> None:
    """A sheet that asks these, question beside answer beside evidence, in their order."""
    has_evidence = not items[0].is_fact
    columns = ANSWER_COLUMNS if has_evidence else FACT_COLUMNS
    sheet = book.create_sheet(title)
    put_header(sheet, columns)
    cells: dict[Question, list[str]] = {}
    for row, item in enumerate(items, 2):
        _add_row(sheet, row, item, has_evidence, is_first=row == 2 or items[row - 3].case != item.case)
        cells.setdefault(item.question, []).append(f"C{row}")
    for question, question_cells in cells.items():
        rule = _rule(question, lists)
        if rule:
            add_rule(sheet, rule, question_cells)
    finish(sheet)
    sheet.freeze_panes = "C2"


def _add_row(sheet: Worksheet, row: int, item: Item, has_evidence: bool, is_first: bool) -> None:
    put(sheet, row, 1, item.case, font(is_bold=True))
    put(sheet, row, 2, question_words(item.question))
    open_cell(sheet, row, 3)
    if has_evidence and item.question.has_evidence:
        open_cell(sheet, row, 4)
    put(sheet, row, 5 if has_evidence else 4, item.question.id, QUIET)
    fit_height(sheet, row)
    sheet.row_dimensions[row].height = max(sheet.row_dimensions[row].height, LEAST_HEIGHT)
    if is_first and row > 2:
        for cell in sheet[row][:2]:
            cell.border = NEW_CASE


def question_words(question: Question) -> str:
    """The text of a question; of one with several answers, what they are, for no list lets people choose several."""
    if question.type != "multi":
        return question.text
    return f"{question.text} (One or more, with ; between them: {'; '.join(choices_offered(question))}.)"


def _rule(question: Question, lists: Lists) -> DataValidation | None:
    """What a spreadsheet lets people write as an answer; None where it is theirs to write."""
    choices = choices_offered(question)
    if choices and question.type != "multi":
        return lists.rule(ANSWER_HEADING, choices, "an answer")
    if question.type in LARGEST_NUMBERS:
        most = LARGEST_NUMBERS[question.type]
        rule = DataValidation("whole", operator="between", formula1="0", formula2=str(most), allow_blank=True)
        rule.errorStyle, rule.showErrorMessage, rule.showInputMessage = "warning", True, True
        rule.errorTitle = rule.promptTitle = "A number"
        rule.error = rule.prompt = "Write a whole number, Not known, or Not applicable."
        return rule
    return None


def fill_answers(
    book: Workbook, given: Mapping[tuple[str, str], tuple[str, str]], questions: Mapping[str, Question]
) -> None:
    """Write answers into the sheets that ask for them.

    given  case (WHOLE for none) and code of the question → the answer as its table has it, and its evidence
    """
    for sheet in book:
        columns = {cell.value: cell.column for cell in sheet[1]}
        if ANSWER_HEADING not in columns:
            continue
        for row, case, code in _coded_rows(sheet, max(columns.values())):
            answer, evidence = given.get((case, code), ("", ""))
            if answer:
                sheet.cell(row, 3).value = answer_words(questions[code], answer)
            if evidence:
                sheet.cell(row, 4).value = evidence


def _coded_rows(sheet: Worksheet, last: int) -> Iterator[tuple[int, str, str]]:
    for cells in sheet.iter_rows(min_row=2, max_col=last):
        if cells[-1].value:
            yield cells[0].row, cells[0].value, cells[-1].value
