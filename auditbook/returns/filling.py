"""Filling in a workbook as an agency would: for the demonstration audit, and for tests."""

from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl import Workbook

from auditbook.codebook.codebook import Codebook
from auditbook.returns.layout import (
    CASES,
    FINDINGS,
    GRADES,
    POLARITIES,
    RETURN,
    WHOLE,
    YES_NO,
    grade_choices,
    standard_label,
    state_choices,
    theme_choices,
)

Rows = Sequence[Mapping[str, str]]
LATE = "returned_late"


def fill_in(
    book: Workbook, codebook: Codebook, returned: date, involvement: Rows, findings: Rows, grades: Rows
) -> None:
    """Write an agency's rows of involvement.csv, findings.csv and grades.csv into its workbook.

    findings  their ids end with the number of the row they go to; `themes` holds one or two
    What a workbook does not ask (`box`, `moderated`, the reason of a late return) is left out.
    """
    book[RETURN]["B2"] = returned
    forum = next((row["forum"] for row in involvement if row.get("forum")), "")
    book[RETURN]["B3"] = _words(YES_NO, forum)
    _fill_cases(book, involvement)
    _fill_findings(book, codebook, findings)
    _fill_grades(book, codebook, grades)


def _words(choices: Mapping[str, str], code: str) -> str | None:
    return next((words for words, each in choices.items() if each == code), None)


def _rows_by_case(book: Workbook, sheet: str) -> dict[str, int]:
    return {cell.value: cell.row for (cell,) in book[sheet].iter_rows(min_row=2, max_col=1) if cell.value}


def _fill_cases(book: Workbook, involvement: Rows) -> None:
    rows = _rows_by_case(book, CASES)
    for line in involvement:
        is_late = line["state"] == LATE
        row = rows[line.get("case") or WHOLE]
        book[CASES].cell(row, 2).value = _words(state_choices(), "returned" if is_late else line["state"])
        book[CASES].cell(row, 3).value = None if is_late else line.get("reason") or None


def _fill_findings(book: Workbook, codebook: Codebook, findings: Rows) -> None:
    for line in findings:
        number = int(line["finding"].rpartition("-")[2])
        first, _, second = line["themes"].partition(";")
        themes = theme_choices(codebook)
        cells = (
            line.get("case") or WHOLE,
            _words(themes, first),
            _words(POLARITIES, line["polarity"]),
            line["text"],
            _words(themes, second),
        )
        for column, words in enumerate(cells, 2):
            book[FINDINGS].cell(number + 1, column).value = words


def _fill_grades(book: Workbook, codebook: Codebook, grades: Rows) -> None:
    if not grades:
        return
    rows = _rows_by_case(book, GRADES)
    columns = {cell.value.partition(" (")[0]: cell.column for cell in book[GRADES][1]}
    for line in grades:
        column = columns[standard_label(codebook, line["standard"])]
        words = _words(grade_choices(codebook, line["standard"]), line["grade"])
        book[GRADES].cell(rows[line.get("case") or WHOLE], column).value = words
