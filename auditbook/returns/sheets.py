"""The sheets of a workbook as text: every cell's words, and what kind of cell they stand in.

“Strict Open XML Spreadsheet”, Excel's other way of saving an .xlsx, has the same parts under names of their own.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape

from auditbook.evidence.screening import refuse_personal
from auditbook.returns.archive import SAVE_AGAIN, zip_archive
from auditbook.returns.layout import (
    ABOUT_SHEET,
    CASES_SHEET,
    FINDINGS_SHEET,
    GRADES,
    GUIDE,
    LISTS,
    MOST_ROWS,
    RETURN,
    THEMES_SHEET,
)
from auditbook.returns.survey import Survey
from auditbook.returns.xml_limits import Extent, column_and_row
from auditbook.validation.csv_rows import LONGEST_CELL
from auditbook.validation.files import CONTROL
from auditbook.validation.names import HYPHENS, trimmed
from auditbook.validation.personal import identifying, personal_in
from auditbook.validation.problems import Place, Refusals, nearest

STRICT = re.compile(rb"""(?<=["'])http://purl\.oclc\.org/ooxml/([a-z]+)/""", re.IGNORECASE)
USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
"""ISO/IEC 29500-1 and -4, annex A: the names of part 1, and those of part 4 that spreadsheet libraries know."""
ANSWER_SHEETS = (RETURN, CASES_SHEET, FINDINGS_SHEET, GRADES)
KNOWN = (GUIDE, *ANSWER_SHEETS, THEMES_SHEET, LISTS, ABOUT_SHEET)
MOST_COLUMNS, MOST_MERGED = 60, 10
RUNNABLE = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A text that begins so is run as a formula when somebody opens it in a spreadsheet; the wide ones too."""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell. `kind`: text, number, date, formula, error, yes_no or personal (its text is not kept)."""

    text: str
    kind: str = "text"
    day: date | None = None


@dataclass
class Sheet:
    """One sheet's cells that hold anything: row → column → cell, both counted from 1."""

    file: str
    title: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    extent: Extent = field(default_factory=Extent)
    top: int = 1
    """The row of the headings."""

    def place(self, row: int, column: int) -> Place:
        return Place(self.file, sheet=shown(self.title), cell=f"{get_column_letter(column)}{row}")

    def __iter__(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The rows below the header."""
        return ((row, cells) for row, cells in self.rows.items() if row > self.top)

    @property
    def header(self) -> dict[int, Cell]:
        return self.rows.get(self.top, {})

    @property
    def is_empty(self) -> bool:
        """Whether no cell has more than blanks."""
        cells = (cell for row in self.rows.values() for cell in row.values())
        return all(cell.kind == "text" and not trimmed(cell.text) for cell in cells)


def read_sheets(content: bytes, name: str, survey: Survey, refusals: Refusals) -> dict[str, Sheet] | None:
    """Title → sheet of an Excel workbook; None when no spreadsheet library can read it (W01)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _opened(transitional(content), name, survey)
    except Exception:  # a library's answer to a damaged file can be any error at all
        refusals.add(Place(name), "W01", f"this workbook was damaged, and cannot be read; {SAVE_AGAIN}.")
        return None


def refuse_personal_cells(sheets: dict[str, Sheet], name: str, survey: Survey, refusals: Refusals) -> None:
    """Refuse personal data wherever it stands, on hidden and unknown sheets too (P01 to P08), and blank it."""
    shown = set()
    for sheet in sheets.values():
        shown |= _refuse_personal(sheet, refusals)
    for rule in sorted(survey.stored - shown):
        refuse_personal(Place(name, sheet="text that no cell shows"), rule, refusals, looks=True)


def _opened(content: bytes, name: str, survey: Survey) -> dict[str, Sheet]:
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    sheets = {}
    for worksheet in book.worksheets:
        sheet = Sheet(name, worksheet.title, extent=survey.extents.pop(worksheet.title))  # same title twice: damaged
        for number, row in enumerate(worksheet.iter_rows(min_row=1, max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS), 1):
            cells = {column: cell_as_read(cell) for column, cell in enumerate(row, 1) if cell.value not in (None, "")}
            if cells:
                sheet.rows[number] = cells
        sheets[worksheet.title] = sheet
    if survey.extents or not sheets:
        raise ValueError("a sheet was passed over")
    return sheets


def cell_as_read(cell) -> Cell:
    """What stands in a cell of a workbook."""
    kind = cell.data_type
    return Cell("", "formula" if kind == "f" else "error") if kind in ("f", "e") else cell_of(cell.value)


def cell_of(value: object) -> Cell:
    """What a spreadsheet library read in a cell."""
    if isinstance(value, bool):
        return Cell(str(value).upper(), "yes_no")
    if isinstance(value, (datetime, date)):
        day = value.date() if isinstance(value, datetime) else value
        return Cell(day.isoformat(), "date", day)
    if isinstance(value, (time, timedelta)):
        return Cell(str(value), "date")
    if isinstance(value, (int, float)):
        return Cell(str(int(value)) if float(value).is_integer() else repr(value), "number")
    return Cell(_text(str(value)))


def _text(value: str) -> str:
    """Text without what nobody sees around it, one kind of line end, and none of Excel's `_x000D_`."""
    return trimmed(re.sub(r"\r\n?", "\n", unescape(value)))


def _refuse_personal(sheet: Sheet, refusals: Refusals) -> set[str]:
    """Refuse and blank what looks personal, and on a sheet of somebody's own what is named for it; the rules broken."""
    rules: set[str] = set()
    first = min(sheet.rows, default=1)
    broken = {
        text: personal_in(text) for text in {cell.text for cells in sheet.rows.values() for cell in cells.values()}
    }
    for row, cells in sheet.rows.items():
        for column, cell in cells.items():
            cell_rules = broken[cell.text]
            for rule in sorted(cell_rules):
                refuse_personal(sheet.place(row, column), rule, refusals, looks=True)
            named = identifying(cell.text) if row == first and sheet.title not in KNOWN else None
            if named and not cell_rules:
                refuse_personal(sheet.place(row, column), named, refusals, looks=False)
            if cell_rules or named:
                cells[column] = Cell("", "personal")
            rules |= cell_rules
    return rules


def refuse_wrong_sheets(
    sheets: dict[str, Sheet], needed: Iterable[str], name: str, refusals: Refusals, others: Container[str] = ()
) -> dict[str, Sheet]:
    """The needed sheets by the name they should have; a renamed one is refused once and read all the same (W09).

    others  titles of sheets that belong there too, and may be called anything; one left empty is nothing
    """
    needed_sheets = {title: sheets[title] for title in needed if title in sheets}
    unknown = [title for title in sheets if title not in KNOWN and title not in others and not sheets[title].is_empty]
    for title in needed:
        if title in needed_sheets:
            continue
        renamed = _renamed(title, unknown, sheets)
        if renamed:
            needed_sheets[title] = sheets[renamed]
            unknown.remove(renamed)
            problem = f"this sheet was called {title}, and can only be read under that name; rename it."
            refusals.add(Place(name, sheet=shown(renamed)), "W09", problem)
        else:
            problem = f"the sheet {title} is missing; copy the answers into a new workbook from auditbook tool."
            refusals.add(Place(name), "W09", problem)
    for title in unknown:
        problem = "this sheet is not part of the tool, and would not be read; move what it says, and delete it."
        refusals.add(Place(name, sheet=shown(title)), "W09", problem)
    return needed_sheets


def _renamed(title: str, unknown: list[str], sheets: dict[str, Sheet]) -> str | None:
    """The unknown sheet that must be this one, by its name or by its first column's heading."""
    alike = nearest(title, unknown)
    if alike:
        return alike
    if title in (FINDINGS_SHEET, RETURN):
        first = "No." if title == FINDINGS_SHEET else "Question"
        return next((other for other in unknown if sheets[other].header.get(1, Cell("")).text == first), None)
    return None


def shown(title: str) -> str:
    return "(name not shown)" if personal_in(title) else title


def refuse_wrong_shape(sheet: Sheet, refusals: Refusals) -> None:
    """Refuse merged cells (W08), and sheets that go on for ever (W14)."""
    place = Place(sheet.file, sheet=sheet.title)
    refuse_merged(sheet, refusals)
    last = max(sheet.rows, default=1)
    if sheet.extent.last_row > MOST_ROWS + 1 or sheet.extent.last_column > MOST_COLUMNS:
        problem = f"something stands below row {MOST_ROWS + 1:,} or far to the right, and would not be read; move it."
        refusals.add(place, "W14", problem)
    elif sheet.extent.rows > MOST_ROWS + 1:
        problem = (
            f"{sheet.extent.rows:,} rows are formatted, and nothing is written below row {last}; mark the rows from "
            f"{last + 1} down, delete them, and save."
        )
        refusals.add(place, "W14", problem)


def refuse_merged(sheet: Sheet, refusals: Refusals, above: int = 0) -> None:
    """Refuse merged cells (W08), but for those of the first rows, which somebody reads who knows what they mean.

    above  how many rows that are
    """
    below = (merged for merged in sheet.extent.merged if column_and_row(merged.rpartition(":")[2])[1] > above)
    for merged in islice(below, MOST_MERGED):
        problem = "these cells are merged; unmerge them, and fill in each cell that should hold something."
        refusals.add(Place(sheet.file, sheet=shown(sheet.title), cell=merged), "W08", problem)


def words_in(sheet: Sheet, row: int, column: int, refusals: Refusals) -> str | None:
    """The text of a cell that people fill in; empty for an empty one, None when what stands there was refused.

    W07 a formula, W15 text that a spreadsheet would run, W16 a date, an error or yes/no where words belong; F04, F10.
    """
    cell = sheet.rows.get(row, {}).get(column)
    if cell is None:
        return ""
    problem = _problem(cell)
    if problem:
        refusals.add(sheet.place(row, column), *problem)
    return None if problem or cell.kind == "personal" else cell.text


def _problem(cell: Cell) -> tuple[str, str] | None:
    if cell.kind == "formula":
        return "W07", "a formula stands here; type the answer itself, or copy it and choose Paste Special › Values."
    if cell.kind == "error":
        return "W16", "an error value stands here; type the answer itself."
    if cell.kind == "date":
        return (
            "W16",
            "a date stands here (value not shown), and words belong here; give the cell the format Text, and type it "
            "again.",
        )
    if cell.kind == "yes_no":
        return "W16", f"{cell.text} is a value of its own to a spreadsheet, and words belong here; type words."
    if cell.text and not cell.text.strip(HYPHENS):
        return "W15", "a dash alone says nothing; empty the cell, or write a word."
    if cell.kind == "text" and cell.text.startswith(RUNNABLE):
        return (
            "W15",
            f"the text begins with “{cell.text[0]}”, and a spreadsheet would run it; begin with a word.",
        )
    if len(cell.text) > LONGEST_CELL:
        return "F10", f"this cell is longer than {LONGEST_CELL:,} characters; is a quotation mark missing?"
    control = CONTROL.search(cell.text)
    if control is None:
        return None
    return "F04", f"this is not text: a control character (U+{ord(control[0]):04X}) stands here; take it out."


def transitional(content: bytes) -> bytes:
    """The same workbook under the usual names, and as it is when it has them already; only of what was surveyed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {info: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    if not any(map(STRICT.search, parts.values())):
        return content
    return zip_archive({info.filename: STRICT.sub(USUAL, part) for info, part in parts.items()})
