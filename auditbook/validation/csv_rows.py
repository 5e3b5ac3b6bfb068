"""One CSV file → its rows, each with the line it begins on."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from auditbook.validation.files import read_text
from auditbook.validation.problems import Place, Refusals

MISMATCH = "the quotation marks from this line on do not match; a mark inside a cell is doubled, and the cell quoted."
LONGEST_CELL = 32_767
"""Characters: what a cell of a workbook can hold."""


@dataclass(frozen=True)
class Row:
    """One row: its line in the file, and its cells by column, stripped; an empty cell is not in `cells`."""

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
    """Read UTF-8 CSV, with or without a byte-order mark, separated by `,` or by Excel's `;`: the header row decides.

    Quoting is RFC 4180's. Rows without any text are passed over. Problems go to `refusals` (F04 to F07, F10).
    """
    text = read_text(path, name, refusals)
    if text is None:
        return Rows(name, (), ())
    header = re.split(r"[\r\n]", text, maxsplit=1)[0]
    separator = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    numbered: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            numbered.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            refuse_long_cell(Place(name, line), refusals)
        else:
            refusals.add(Place(name, line), "F05", MISMATCH)
        return Rows(name, (), ())
    return _with_header(name, numbered, refusals)


def _with_header(name: str, numbered: list[tuple[int, list[str]]], refusals: Refusals) -> Rows:
    if not numbered or not any(numbered[0][1]):
        refusals.add(Place(name, 1), "F06", "the first row must name the columns; it is empty.")
        return Rows(name, (), ())
    columns = tuple(numbered[0][1])
    for column in columns:
        if not column or columns.count(column) > 1:
            problem = "a column has no name." if not column else f'the column "{column}" stands there twice.'
            refusals.add(Place(name, 1), "F06", problem)
            return Rows(name, (), ())
    rows = []
    for line, cells in numbered[1:]:
        if not any(cells):
            continue
        if len(cells) != len(columns):
            problem = f"this row has {len(cells)} cells, the header has {len(columns)}."
            refusals.add(Place(name, line), "F07", problem)
            continue
        for column, cell in zip(columns, cells, strict=True):
            if len(cell) > LONGEST_CELL:
                refuse_long_cell(Place(name, line, column), refusals)
        filled_in = {column: cell for column, cell in zip(columns, cells, strict=True) if cell}
        rows.append(Row(line, {column: cell for column, cell in filled_in.items() if len(cell) <= LONGEST_CELL}))
    return Rows(name, columns, tuple(rows))


def refuse_long_cell(place: Place, refusals: Refusals) -> None:
    problem = f"this cell is longer than {LONGEST_CELL:,} characters; is a quotation mark missing?"
    refusals.add(place, "F10", problem)
