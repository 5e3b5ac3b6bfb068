"""Three versions of a file (the one it came from, a project's, the new one) → one in which both changes stand, or none.

Of a list of the codebook: the rows that are new in it, and ours with them.

merge3 and git merge-file do the same, but the one is under the GPL and the other needs git, which not everybody has.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import Self

from auditbook.validation.csv_rows import Row, Rows, rows_of_text, separator_of
from auditbook.validation.problems import Refusals
from auditbook.validation.text_table import csv_text

TEXTS = (".md", ".yml", ".yaml", ".txt", ".csv", ".css", ".svg", ".json", ".ipynb", "")
"""What is merged line by line; everything else is taken whole, or left."""
NOTEBOOK = ".ipynb"
KEY_COLUMNS = {"data/codebook/scales.csv": ("scale", "grade")}
"""What names a row, where that is more than its first column."""


def merged(name: str, base: bytes, ours: bytes, new: bytes) -> bytes | None:
    """Our file with what is new in it; None where both changed the same place, or it is no text.

    Line endings stay as ours are. In a notebook the cells are compared, by what they say: outputs of a run, and what an
    editor noted beside them, are no change.
    """
    if not is_text(name):
        return None
    if PurePosixPath(name).suffix == NOTEBOOK:
        return _merged_notebook(base, ours, new)
    lines = merged_items(*(_lines(content) for content in (base, ours, new)))
    return None if lines is None else with_line_endings("".join(lines).encode(), ours)


def is_text(name: str) -> bool:
    return PurePosixPath(name).suffix in TEXTS


def same_text(name: str, one: bytes, other: bytes) -> bool:
    """Whether two files say the same: line endings, and outputs of a notebook, apart."""
    if not is_text(name):
        return one == other
    if PurePosixPath(name).suffix == NOTEBOOK and (first := _cells(one)) and (second := _cells(other)):
        return [source for source, _ in first] == [source for source, _ in second]
    return _lines(one) == _lines(other)


def with_line_endings(content: bytes, ours: bytes) -> bytes:
    """The text with the line endings of a file of ours."""
    return content.replace(b"\n", b"\r\n") if b"\r\n" in ours else content


def merged_items(base: Sequence[str], ours: Sequence[str], new: Sequence[str]) -> list[str] | None:
    """What both made of `base`, change by change; None where two of their changes touch, and are not the same one."""
    changes = sorted({*_changes(base, ours), *_changes(base, new)}, key=lambda change: change[:2])
    for (_, end, _), (begin, _, _) in zip(changes, changes[1:], strict=False):
        if begin <= end:
            return None
    items = list(base)
    for begin, end, put in reversed(changes):
        items[begin:end] = put
    return items


def _changes(base: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Each part of `base` that is something else in `other`: from, up to, and what stands there."""
    for kind, begin, end, first, last in SequenceMatcher(None, base, other, autojunk=False).get_opcodes():
        if kind != "equal":
            yield begin, end, tuple(other[first:last])


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8-sig", "replace").replace("\r\n", "\n").splitlines(keepends=True)


def _cells(content: bytes) -> list[tuple[str, dict]] | None:
    """What each cell of a notebook says, and the cell; None when it is no notebook."""
    try:
        cells = json.loads(content)["cells"]
        return [(json.dumps([cell["cell_type"], "".join(cell["source"]), _tags(cell)]), cell) for cell in cells]
    except (ValueError, KeyError, TypeError):
        return None


def _tags(cell: dict) -> list[str]:
    return sorted(cell.get("metadata", {}).get("tags", []))


def _merged_notebook(base: bytes, ours: bytes, new: bytes) -> bytes | None:
    """The new notebook with the cells of both; a cell that we have keeps what lies beside it."""
    versions = [_cells(content) for content in (base, ours, new)]
    if any(version is None for version in versions):
        return None
    merged = merged_items(*([words for words, _ in version] for version in versions))
    if merged is None:
        return None
    cells = {words: cell for version in reversed(versions) for words, cell in version}
    notebook = json.loads(new)
    notebook["cells"] = [cells[words] for words in merged]
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


@dataclass(frozen=True)
class CsvList:
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


def changed_rows(base: CsvList, ours: CsvList, new: CsvList) -> dict[tuple[str, ...], dict[str, str]]:
    """The rows that came with the new list, and those that it changed where ours are still the old ones."""
    return {
        key: row
        for key, row in new.rows.items()
        if row != base.rows.get(key) and ours.rows.get(key) == base.rows.get(key)
    }
