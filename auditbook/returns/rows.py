"""The rows of a CSV file of an audit: which a return replaces, which stay, and the file's text.

What a workbook asks, it decides; what it does not ask (a finding's box, a moderated grade) stays in the same row.
"""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from auditbook.evidence.records import FindingLine, GradeLine, InvolvementLine
from auditbook.project import Project
from auditbook.validation.csv_rows import read_rows
from auditbook.validation.fields import Record, cells_of, read_records
from auditbook.validation.problems import Place, Refusals

Cells = dict[str, str]
Key = tuple[str, ...]
KINDS: dict[str, tuple[type[Record], Key]] = {
    "involvement.csv": (InvolvementLine, ("agency", "case")),
    "findings.csv": (FindingLine, ("finding",)),
    "grades.csv": (GradeLine, ("standard", "case", "agency")),
}
"""File → what a row of it is, and the columns that no two rows share."""


@dataclass(eq=False)
class Kept:
    """One row that will be written: its cells, and where each of them comes from."""

    cells: Cells
    place: Callable[[str | None], Place]


@dataclass
class Rows:
    """The rows of one file, as they will be written. `key` gives what makes a row the same as an earlier one."""

    file: str
    columns: tuple[str, ...]
    rows: list[Kept] = field(default_factory=list)

    def key(self, cells: Cells) -> Key:
        return tuple(cells.get(column, "") for column in KINDS[self.file][1])

    def replace(self, agency: str, gone: Iterable[Kept], new: Iterable[Kept]) -> None:
        """Put an agency's new rows where its old ones stood, else in the order of agencies."""
        gone = list(gone)
        at = next((number for number, row in enumerate(self.rows) if row in gone or _comes_after(row, agency)), None)
        before = self.rows if at is None else self.rows[:at]
        after = [] if at is None else self.rows[at:]
        self.rows = [*(row for row in before if row not in gone), *new, *(row for row in after if row not in gone)]

    @property
    def text(self) -> str:
        """The file: UTF-8, commas, one header row."""
        text = io.StringIO()
        writer = csv.DictWriter(text, self.columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(row.cells for row in self.rows)
        return text.getvalue()

    def origin(self, line: int, column: str | None) -> Place | None:
        """Where the row on a line of `text` comes from."""
        at = 2
        for row in self.rows:
            if at == line:
                return row.place(column)
            at += 1 + sum(cell.count("\n") for cell in row.cells.values())
        return None


def _comes_after(row: Kept, agency: str) -> bool:
    """An agency's rows stand in the order of agencies, before those of nobody."""
    own = row.cells.get("agency", "")
    return not own or own > agency


def read_tables(project: Project, folder: Path, context: dict, refusals: Refusals) -> dict[str, Rows]:
    """The tables of an audit that returns go into, by file.

    context  what their cells may name (`evidence.links.reading_context`)
    """
    return {file: read_kept(folder / file, project.name_of(folder / file), context, refusals) for file in KINDS}


def read_kept(path: Path, name: str, context: dict, refusals: Refusals) -> Rows:
    """The rows of a file as they are read, ids for labels; none when there is no such file. Problems go to `refusals`.

    context  what its cells may name (`evidence.links.reading_context`)
    """
    kind = KINDS[path.name][0]
    expected = tuple(kind.model_fields)
    if not path.is_file():
        return Rows(path.name, expected)
    found = read_rows(path, name, refusals)
    as_read = {row.line: cells_of(record) for row, record in read_records(found, kind, context, Refusals())}
    kept = [
        Kept(as_read.get(row.line) or dict(row.cells), lambda column, line=row.line: Place(name, line, column))
        for row in found.rows
    ]
    is_whole = set(expected) <= set(found.columns)
    unknown = tuple(column for column in found.columns if column not in expected)
    return Rows(path.name, found.columns if is_whole else (*expected, *unknown), kept)
