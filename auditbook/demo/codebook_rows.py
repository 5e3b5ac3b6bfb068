"""A list of the codebook in three versions → the rows that are new in it, and ours with them."""

from dataclasses import dataclass
from typing import Self

from auditbook.demo.three_way import with_line_endings
from auditbook.validation.csv_rows import Row, Rows, rows_of_text, separator_of
from auditbook.validation.problems import Refusals
from auditbook.validation.text_table import csv_text

KEY_COLUMNS = {"data/codebook/scales.csv": ("scale", "grade")}
"""What names a row, where that is more than its first column."""


@dataclass(frozen=True)
class List:
    """One version of a list; `rows` by what names them."""

    table: Rows
    content: bytes
    rows: dict[tuple[str, ...], dict[str, str]]

    @classmethod
    def read(cls, name: str, content: bytes) -> Self:
        """Raises InputRefused for what is no table."""
        refusals = Refusals()
        table = rows_of_text(content.decode("utf-8-sig", "replace"), name, refusals)
        refusals.stop_if_any()
        return cls(table, content, {_key(table, row): row.cells for row in table.rows})

    def with_rows(self, rows: dict[tuple[str, ...], dict[str, str]]) -> bytes:
        """These rows in the place of those of the same name, else at the end; in its own separator and line endings."""
        columns = [*self.table.columns, *(column for row in rows.values() for column in row)]
        separator, _ = separator_of(self.content.decode("utf-8-sig", "replace"))
        text = csv_text(dict.fromkeys(columns), (self.rows | rows).values(), separator)
        return with_line_endings(text.encode(), self.content)


def _key(table: Rows, row: Row) -> tuple[str, ...]:
    return tuple(row.cells.get(column, "") for column in KEY_COLUMNS.get(table.name, table.columns[:1]))


def offered_rows(base: List, ours: List, new: List) -> dict[tuple[str, ...], dict[str, str]]:
    """The rows that came with the new list, and those that it changed where ours are still the old ones."""
    return {
        key: row
        for key, row in new.rows.items()
        if row != base.rows.get(key) and ours.rows.get(key) == base.rows.get(key)
    }
