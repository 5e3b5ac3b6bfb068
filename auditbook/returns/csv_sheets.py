"""A workbook that was saved as CSV: one file a sheet, `police-Findings.csv`, under one beginning.

A CSV file holds one sheet. What says whose the answers are stands on the hidden sheet `auditbook`, so that one belongs
to the set too. LibreOffice saves all sheets at once under such names.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from auditbook.returns.layout import (
    ABOUT_SHEET,
    CASE_COLUMNS,
    CASES_SHEET,
    FACTS_SHEET,
    FINDING_COLUMNS,
    GUIDE,
    MOST_ROWS,
    RETURN,
    RETURNED_ON,
    SECTION_NUMBER,
)
from auditbook.returns.sheets import ANSWER_SHEETS, KNOWN, MOST_COLUMNS, Cell, Sheet, cell_of, refuse_personal_cells
from auditbook.returns.survey import Survey
from auditbook.validation.csv_rows import refuse_csv, separator_of
from auditbook.validation.files import read_text
from auditbook.validation.problems import Place, Refusals

SHEET_FILE = re.compile(
    rf"(?P<beginning>.+)-(?P<sheet>{'|'.join((*KNOWN, FACTS_SHEET))}|(?:[1-9]\d? |{SECTION_NUMBER}).+)", re.IGNORECASE
)
"""The name of a file that is a sheet's; a sheet of questions is called by its number and its section."""
ERROR = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|Err:\d+")
NEEDED = (ABOUT_SHEET, RETURN, CASES_SHEET)
OWN_HEADINGS = (RETURNED_ON.text, CASE_COLUMNS[1].heading, FINDING_COLUMNS[3].heading, FINDING_COLUMNS[4].heading)
"""Words that stand in nobody else's first row."""


def is_of_a_workbook(path: Path) -> bool:
    """Whether a CSV file is, by its name or its headings, a sheet of a workbook of ours."""
    if SHEET_FILE.fullmatch(path.stem):
        return True
    with path.open("rb") as file:
        beginning = file.read(1_000).decode("utf-8", "replace").casefold()
    return any(heading.casefold() in beginning for heading in OWN_HEADINGS)


def in_sets(paths: list[Path]) -> dict[str, dict[str, Path]]:
    """The beginning of a workbook's name → sheet → its file; under its own name a file that is no sheet's."""
    sheets = {title.casefold(): title for title in KNOWN}
    sets: dict[str, dict[str, Path]] = {}
    for path in paths:
        match = SHEET_FILE.fullmatch(path.stem)
        files = sets.setdefault(match["beginning"], {}) if match else {}
        title = sheets.get(match["sheet"].casefold(), match["sheet"]) if match else ""
        if match and title not in files:
            files[title] = path
        else:
            sets[path.name] = {}  # no sheet's name, or the same sheet's in other letters
    return sets


def refuse_incomplete(beginning: str, files: dict[str, Path], folder: str, refusals: Refusals) -> bool:
    """Refuse a CSV file that is one sheet of a workbook and not the set (W20)."""
    missing = [title for title in NEEDED if title not in files]
    if not missing:
        return False
    names = [path.name for path in files.values()] or [beginning]
    stem = beginning if files else Path(beginning).stem
    expected = ", ".join(f"{stem}-{title}.csv" for title in (ABOUT_SHEET, *ANSWER_SHEETS))
    for name in names:
        problem = (
            "this is one sheet of a workbook at most, and does not say whose; save the workbook as .xlsx and send "
            f"that, or else every sheet under these names: {expected}."
        )
        refusals.add(Place(f"{folder}/{name}"), "W20", problem)
    return True


def read_csv_sheets(files: dict[str, Path], folder: str, refusals: Refusals) -> dict[str, Sheet] | None:
    """Title → sheet; None and refusals when a file is no CSV (F04, F05, F10), or goes on for ever (W14)."""
    sheets = {title: _sheet(path, f"{folder}/{path.name}", title, refusals) for title, path in files.items()}
    if None in sheets.values():
        return None
    for title, sheet in sheets.items():
        refuse_personal_cells({title: sheet}, sheet.file, Survey(), refusals)
    return sheets


def _sheet(path: Path, name: str, title: str, refusals: Refusals) -> Sheet | None:
    text = read_text(path, name, refusals)
    if text is None:
        return None
    lines = csv_lines(text)
    sheet = Sheet(name, title)
    try:
        for row, values in enumerate(lines, 1):
            cells = {column: cell_as_written(value) for column, value in enumerate(values, 1) if value.strip()}
            if cells:
                sheet.rows[row] = cells
                sheet.extent.take(row, max(cells))
    except csv.Error as error:
        refuse_csv(error, Place(name, lines.line_num), refusals)
        return None
    if title != GUIDE and (sheet.extent.last_row > MOST_ROWS + 1 or sheet.extent.last_column > MOST_COLUMNS):
        problem = f"something stands below row {MOST_ROWS + 1:,} or far to the right, and would not be read; move it."
        refusals.add(Place(name, sheet=title), "W14", problem)
        return None
    return sheet


def csv_lines(text: str) -> Iterator[list[str]]:
    """A reader of the rows below a line that only names the separator; their headings may hold a `|`."""
    separator, first = separator_of(text, (",", ";", "\t"))
    body = text if first == 1 else text.partition("\n")[2]
    return csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True)


def cell_as_written(value: str) -> Cell:
    """What stands in a cell of a CSV file."""
    return Cell("", "error") if ERROR.fullmatch(value.strip()) else cell_of(value)
