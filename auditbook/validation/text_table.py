"""A table as text: in columns for a terminal or an e-mail, and as CSV."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def plain_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns as wide as their longest cell, two spaces between them, a line under the header."""
    rows = [tuple(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    lines = [header, ["-" * width for width in widths], *rows]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def csv_text(columns: Iterable[str], rows: Iterable[Mapping[str, Any]], separator: str = ",") -> str:
    """The text of a CSV file: a header, then these columns of each row, empty where it has none."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), "", "ignore", delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
