"""A workbook that was sent before a case was taken out of the audit: what it says of the others is still read."""

from collections.abc import Collection
from dataclasses import replace

from auditbook.returns.layout import CASE_COLUMNS, CASES, FINDINGS, GRADES
from auditbook.returns.sheets import Sheet
from auditbook.returns.tables import MOST_ABOVE, plain_title

CASE = CASE_COLUMNS[0].heading


def asked_and_removed(cases: Collection[str], known: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of the cases that a workbook asks about those that the audit has, spelt as it spells them, and the others."""
    spelt = {case.casefold(): case for case in known}
    asked = tuple(spelt[case.casefold()] for case in cases if case.casefold() in spelt)
    return asked, tuple(case for case in cases if case.casefold() not in spelt)


def without_cases(sheets: dict[str, Sheet], removed: Collection[str]) -> tuple[dict[str, Sheet], tuple[str, ...]]:
    """The sheets without the rows of these cases, and a note on each: what is left out, and what to do about it."""
    rows = {title: _rows_of_cases(sheets[title]) for title in (CASES, FINDINGS, GRADES) if title in sheets}
    gone = {case.casefold() for case in removed}
    kept = dict(sheets)
    for title, cases in rows.items():
        sheet = sheets[title]
        kept[title] = replace(
            sheet, rows={row: cells for row, cells in sheet.rows.items() if cases.get(row, "") not in gone}
        )
    return kept, tuple(_note(case, rows) for case in removed)


def _note(case: str, rows: dict[str, dict[int, str]]) -> str:
    own = {title: [str(row) for row, each in cases.items() if each == case.casefold()] for title, cases in rows.items()}
    told = [f"{title} row{'s' * (len(found) > 1)} {', '.join(found)}" for title, found in own.items() if found]
    left_out = f"; left out: {'; '.join(told)}" if told else ""
    return f"{case} is no longer a case of this audit{left_out}. If it has another id now, write that in its place"


def _rows_of_cases(sheet: Sheet) -> dict[int, str]:
    """Row → the case it is about, in small letters. The headings may stand below a row that somebody put above them."""
    headings = (
        (row, column)
        for row in sorted(sheet.rows)[:MOST_ABOVE]
        for column, cell in sheet.rows[row].items()
        if plain_title(cell.text) == CASE.casefold()
    )
    top, column = next(headings, (0, 0))
    below = {row: cells for row, cells in sheet.rows.items() if row > top and column in cells}
    return {row: " ".join(cells[column].text.split()).casefold() for row, cells in below.items()}
