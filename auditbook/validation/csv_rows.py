"""One CSV file → its rows, each with the line it begins on."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditbook.validation.files import read_text
from auditbook.validation.names import folded, trimmed
from auditbook.validation.problems import Place, Refusals

MISMATCH = "the quotation marks from this line on do not match; a mark inside a cell is doubled, and the cell quoted."
LONGEST_CELL = 32_767
"""Characters: what a cell of a workbook can hold."""
LARGEST_TABLE = 50_000
"""Rows. A thousand times the largest real audit's; more is another file under this name."""
SEPARATORS = (",", ";", "\t", "|")
"""Of everybody; of Excel where a comma stands in numbers; of what is copied or saved as text; of what asks for it."""
SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?[,;\t ]*', re.IGNORECASE)
"""A first line by which a file says its separator to Excel."""
FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, in its wide forms too. Source: OWASP, CSV injection."""
FIRST_LINES = 50
"""Among which a header is looked for."""

Numbered = list[tuple[int, list[str]]]
"""The cells of each row, with the line it begins on."""


@dataclass(frozen=True)
class Row:
    """One row: its line in the file, and its cells by column, trimmed; an empty cell is not in `cells`."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Rows:
    """A file's rows. `name` is how refusals call the file."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def place(self, row: Row, column: str | None = None) -> Place:
        return Place(self.name, row.line, column)


def read_rows(path: Path, name: str, refusals: Refusals) -> Rows:
    """Read UTF-8 CSV, with or without a byte-order mark: separated by `,`, `;`, tabs or `|`, as the header row decides.

    Quoting is RFC 4180's. Rows without any text are passed over, and so are columns without name and text. A heading
    is read as the id that it spells: `Scope reason` is `scope_reason`. Problems go to `refusals` (F04 to F07, F10).
    """
    text = read_text(path, name, refusals)
    return Rows(name, (), ()) if text is None else rows_of_text(text, name, refusals)


def rows_of_text(text: str, name: str, refusals: Refusals) -> Rows:
    """The same of a text that was read already."""
    numbered = _cells(text, name, refusals)
    return Rows(name, (), ()) if numbered is None else _with_header(name, numbered, refusals)


def _cells(text: str, name: str, refusals: Refusals) -> Numbered | None:
    """Every row that holds any text, the header first; None and a refusal where nobody can tell where a cell ends."""
    separator, first = separator_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    numbered: Numbered = []
    line = 1
    try:
        for cells in reader:
            filled_in = [trimmed(cell) for cell in cells]
            if line >= first and any(filled_in):
                numbered.append((line, filled_in))
            if len(numbered) > LARGEST_TABLE + 1:
                refusals.add(Place(name), "F10", f"this table has more than {LARGEST_TABLE:,} rows.")
                return None
            line = reader.line_num + 1
    except csv.Error as error:
        refuse_csv(error, Place(name, line), refusals)
        return None
    return numbered


def separator_of(text: str, separators: Sequence[str] = SEPARATORS) -> tuple[str, int]:
    """The separator, and the line on which the table begins: `sep=;` says it, else what the header has most of.

    Excel writes `;` where a comma is decimal. What stands in quotation marks separates nothing.
    """
    lines = re.split(r"\r\n|\r|\n", text, maxsplit=FIRST_LINES)[:FIRST_LINES]
    if named := SEPARATOR_LINE.fullmatch(lines[0]):
        return named[1], 2
    header = next((line for line in lines if line.strip(' ,;\t"')), "")
    return max(separators, key=re.sub(r'"[^"]*"', "", header).count), 1


def _with_header(name: str, numbered: Numbered, refusals: Refusals) -> Rows:
    if not numbered:
        refusals.add(Place(name, 1), "F06", "the first row must name the columns; it is empty.")
        return Rows(name, (), ())
    (line, header), *rows = numbered
    if sum(map(bool, header)) == 1 and rows and sum(map(bool, rows[0][1])) > 1:
        problem = f"one cell alone stands here, like a title; the columns are named on line {rows[0][0]}."
        refusals.add(Place(name, line), "F06", f"{problem} Delete what stands above it.")
        return Rows(name, (), ())
    titles = [_id(title) for title in header]
    while not titles[-1] and _first_filled_in(rows, len(titles) - 1) is None:
        titles.pop()
    for place, title in enumerate(titles):
        problem = ""
        if title and titles.count(title) > 1:
            problem = f'the column "{title}" stands there twice.'
        elif not title and (filled_in := _first_filled_in(rows, place)):
            problem = f"column {place + 1} has no name, and holds something on line {filled_in}; name it, or empty it."
        if problem:
            refusals.add(Place(name, line), "F06", problem)
            return Rows(name, (), ())
    return Rows(name, tuple(filter(None, titles)), tuple(_rows(name, titles, rows, refusals)))


def _id(title: str) -> str:
    """A heading as the id that it spells; one that spells none stays as it is."""
    spelt = folded(title).replace(" ", "_")
    return spelt if re.fullmatch(r"[a-z][a-z0-9_]*", spelt) else title


def _first_filled_in(rows: Numbered, place: int) -> int | None:
    """The line of the first row that has something in a column; None when it is wholly empty."""
    return next((line for line, cells in rows if place < len(cells) and cells[place]), None)


def _rows(name: str, titles: list[str], rows: Numbered, refusals: Refusals) -> Iterator[Row]:
    """Each row that has a cell for every column, and nothing beyond them (F07)."""
    for line, cells in rows:
        while len(cells) > len(titles) and not cells[-1]:
            cells.pop()
        if len(cells) != len(titles):
            problem = f"this row has {len(cells)} cells, the header has {len(titles)}."
            refusals.add(Place(name, line), "F07", problem)
            continue
        filled_in = {title: cell for title, cell in zip(titles, cells, strict=True) if cell}
        too_long = [column for column, cell in filled_in.items() if len(cell) > LONGEST_CELL]
        for column in too_long:
            refuse_long_cell(Place(name, line, column), refusals)
            del filled_in[column]
        yield Row(line, filled_in)


def refuse_csv(error: csv.Error, place: Place, refusals: Refusals) -> None:
    """Refuse what the reader stopped at: a cell without an end (F10), or quotation marks that do not match (F05)."""
    if "field limit" in str(error):
        refuse_long_cell(place, refusals)
    else:
        refusals.add(place, "F05", MISMATCH)


def refuse_long_cell(place: Place, refusals: Refusals) -> None:
    problem = f"this cell is longer than {LONGEST_CELL:,} characters; is a quotation mark missing?"
    refusals.add(place, "F10", problem)
