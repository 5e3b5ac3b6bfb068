"""The export of an online form as a table: its headings, and of each response the cells that may be read.

A column that is not wanted is passed over by its number: none of its values is kept, shown, searched or written.
"""

import csv
import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from auditbook.evidence.screening import refuse_personal
from auditbook.forms.kinds import FormKind, kind_of, normal
from auditbook.returns.archive import OLE, SAVE_AGAIN, open_archive, received
from auditbook.returns.csv_sheets import cell_as_written, csv_lines
from auditbook.returns.layout import MOST_ROWS
from auditbook.returns.sheets import Cell, Sheet, cell_as_read, refuse_merged, shown, transitional
from auditbook.returns.survey import survey_parts
from auditbook.validation.csv_rows import refuse_csv
from auditbook.validation.files import read_text
from auditbook.validation.names import trimmed
from auditbook.validation.personal import personal_in
from auditbook.validation.problems import Place, Refusals, WrongUsage

MOST_FORM_COLUMNS = 1_000
"""A form of 100 questions with ten choices each, exported a column a choice."""
MOST_HEADER_ROWS = 3
ONE_COLUMN = ("response", "open-ended response", "answer", "")
"""What stands below a question whose answers are in one column."""
NO_EXPORT = "the export of a form is read as .xlsx or CSV only"
SAVE_AS = "open it in Excel or LibreOffice, and save it as “Excel Workbook (.xlsx)” or as “CSV UTF-8”"


@dataclass(frozen=True)
class FormHeading:
    """What stands above a column. `choice`: below the question, of a form that has a column a choice."""

    column: int
    text: str
    choice: str = ""


@dataclass
class FormTable:
    """One export. `sheet.rows` has the responses alone, and of them the wanted cells."""

    sheet: Sheet
    kind: FormKind
    headings: list[FormHeading]
    other_sheets: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        return self.sheet.file

    def place(self, heading: FormHeading) -> Place:
        return self.sheet.place(1, heading.column)


Wanted = Callable[[FormKind, list[FormHeading]], Iterable[int]]
"""Of a form's headings the columns whose values may be read."""


def read_form(path: Path, name: str, wanted: Wanted, refusals: Refusals, sheet: str = "") -> FormTable | None:
    """Read an .xlsx or CSV file; None and refusals when it cannot be read.

    name   how refusals call it
    sheet  which sheet of a workbook; the first one that holds anything unless given
    Raises WrongUsage where there is no such file.
    """
    if not path.exists() and not path.is_symlink():
        raise WrongUsage(f"there is no file {path}.")
    content = received(path, name, refusals)
    if content is None:
        return None
    if content.startswith(OLE):
        refusals.add(Place(name), "M01", f"{NO_EXPORT}; {SAVE_AS}.")
        return None
    read = _read_workbook if content.startswith(b"PK") else _read_csv
    return read(path, content, name, wanted, sheet, refusals)


def _read_workbook(
    path: Path, content: bytes, name: str, wanted: Wanted, title: str, refusals: Refusals
) -> FormTable | None:
    archive = open_archive(content, name, refusals)
    if archive and "content.xml" in archive.namelist():
        refusals.add(Place(name), "M01", f"{NO_EXPORT}; {SAVE_AS}.")
        return None
    survey = survey_parts(archive, name, refusals) if archive else None
    if survey is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(transitional(content)), read_only=True, keep_links=False)
        filled = [worksheet for worksheet in book.worksheets if survey.extents[worksheet.title].last_row]
    except Exception:  # a library's answer to a damaged file can be any error at all
        refusals.add(Place(name), "W01", f"this workbook was damaged, and cannot be read; {SAVE_AGAIN}.")
        return None
    chosen = next((worksheet for worksheet in filled if worksheet.title == title or not title), None)
    if chosen is None:
        titles = ", ".join(shown(worksheet.title) for worksheet in filled) or "no sheet that holds anything"
        what = f'it has no sheet "{shown(title)}"' if title else "it holds nothing"
        refusals.add(Place(name), "M01", f"{what}; it has {titles}.")
        return None
    sheet = Sheet(name, chosen.title, extent=survey.extents[chosen.title])
    if sheet.extent.last_column > MOST_FORM_COLUMNS or sheet.extent.last_row > MOST_ROWS + MOST_HEADER_ROWS:
        _refuse_endless(sheet, refusals)
        return None
    rows = chosen.iter_rows(min_row=1, max_row=sheet.extent.last_row, max_col=sheet.extent.last_column)
    try:
        table = _table(sheet, rows, cell_as_read, wanted, refusals)
    except Exception:  # as above: the library reads a sheet only now
        refusals.add(Place(name), "W01", f"this workbook was damaged, and cannot be read; {SAVE_AGAIN}.")
        return None
    if table:
        refuse_merged(sheet, refusals, above=table.kind.header_rows if table.kind.header_rows > 1 else 0)
        table.other_sheets = tuple(shown(worksheet.title) for worksheet in filled if worksheet is not chosen)
    return table


def _read_csv(
    path: Path, content: bytes, name: str, wanted: Wanted, title: str, refusals: Refusals
) -> FormTable | None:
    text = read_text(path, name, refusals)
    if text is None:
        return None
    lines = csv_lines(text)
    sheet = Sheet(name, "CSV" if personal_in(path.stem) else path.stem)
    rows = ([_Written(value) for value in values] for values in lines)
    try:
        return _table(sheet, rows, lambda cell: cell_as_written(cell.value), wanted, refusals)
    except csv.Error as error:
        refuse_csv(error, Place(name, lines.line_num), refusals)
        return None


@dataclass(frozen=True)
class _Written:
    value: str


def _table(
    sheet: Sheet, rows: Iterator[Sequence], read: Callable[[object], Cell], wanted: Wanted, refusals: Refusals
) -> FormTable | None:
    """The headings whole, and below them the wanted columns alone.

    read  what stands in a cell as the library gives it; never called for a column that is not wanted
    """
    top = _texts(next(rows, ()))
    if not any(top):
        problem = f"the first row must have the form's questions as headings, and it is empty; {SAVE_AS}."
        refusals.add(Place(sheet.file, sheet=sheet.title), "M01", problem)
        return None
    kind = kind_of(top)
    above = [top, *(_texts(next(rows, ())) for _ in range(kind.header_rows - 1))]
    headings = list(_headings(kind, above))
    _refuse_personal_headings(sheet, headings, refusals)
    columns = set(wanted(kind, headings))
    headed = {heading.column for heading in headings}
    sheet.top = kind.header_rows
    for number, row in enumerate(rows, kind.header_rows + 1):
        if number > MOST_ROWS + kind.header_rows:
            _refuse_endless(sheet, refusals)
            return None
        wanted_cells = {
            at: read(cell) for at, cell in enumerate(row, 1) if at in columns and cell.value not in (None, "")
        }
        cells = {at: cell for at, cell in wanted_cells.items() if cell.text or cell.kind != "text"}
        nameless = [at for at, cell in enumerate(row, 1) if at not in headed and cell.value not in (None, "")]
        for at in nameless:
            problem = "this column has no heading, and would not be read; give it one, or delete the column."
            refusals.add(sheet.place(number, at), "M01", problem)
        headed.update(nameless)
        _refuse_personal(sheet, number, cells, refusals)
        if cells:
            sheet.rows[number] = cells
    return FormTable(sheet, kind, headings)


def _refuse_endless(sheet: Sheet, refusals: Refusals) -> None:
    problem = (
        f"it has more than {MOST_ROWS:,} responses or {MOST_FORM_COLUMNS:,} columns; an audit has fewer. Is this "
        "another file?"
    )
    refusals.add(Place(sheet.file, sheet=shown(sheet.title)), "M01", problem)


def _texts(row: Sequence) -> list[str]:
    return [trimmed(str(cell.value)) if cell.value is not None else "" for cell in row]


def _headings(kind: FormKind, above: list[list[str]]) -> Iterator[FormHeading]:
    """Each column that has a heading: of three rows the second is the question, of two the second a choice of it."""
    width = max(map(len, above))
    first, *more = ([*row, *[""] * (width - len(row))] for row in above)
    second = more[0] if more else [""] * width
    question = ""
    for column, (text, below) in enumerate(zip(first, second, strict=True), 1):
        question = text or question
        if len(more) == MOST_HEADER_ROWS - 1 and text:
            yield FormHeading(column, text if normal(text) in kind.own else below or text)
        elif len(more) < MOST_HEADER_ROWS - 1 and (text or below):
            yield FormHeading(column, question, "" if below.casefold() in ONE_COLUMN else below)


def _refuse_personal_headings(sheet: Sheet, headings: list[FormHeading], refusals: Refusals) -> None:
    for heading in headings:
        for rule in sorted(personal_in(heading.text) | personal_in(heading.choice)):
            refuse_personal(sheet.place(1, heading.column), rule, refusals, looks=True)


def _refuse_personal(sheet: Sheet, row: int, cells: dict[int, Cell], refusals: Refusals) -> None:
    """Refuse and blank what looks personal in a cell that is read."""
    for column, cell in cells.items():
        rules = sorted(personal_in(cell.text))
        for rule in rules:
            refuse_personal(sheet.place(row, column), rule, refusals, looks=True)
        if rules:
            cells[column] = Cell("", "personal")
