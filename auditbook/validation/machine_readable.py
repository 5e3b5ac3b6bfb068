"""Refusals for other programs: one record each, as JSON or CSV."""

import csv
import io
import json
from collections.abc import Iterable

from auditbook.validation.csv_rows import FORMULA_PREFIXES
from auditbook.validation.problems import Place, Refusal, WrongUsage

FORMATS = ("text", "json", "csv")
PROBLEM_COLUMNS = tuple(Refusal(Place(""), "", "").record())


def refuse_unknown_format(format: str) -> None:
    """Raises WrongUsage."""
    if format not in FORMATS:
        raise WrongUsage(f'"{format}" is not a format; expected text, json or csv.')


def machine_readable(refusals: Iterable[Refusal], warnings: list[dict[str, str]], format: str) -> str:
    """The text to print. CSV has the refusals alone; JSON the warnings too, each with `audit` and `text`."""
    records = [refusal.record() for refusal in refusals]
    if format == "json":
        return json.dumps({"refusals": records, "warnings": warnings}, ensure_ascii=False, indent=1)
    text = io.StringIO()
    writer = csv.DictWriter(text, PROBLEM_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: _plain(cell) for column, cell in record.items()} for record in records)
    return text.getvalue().rstrip("\n")


def _plain(cell: str | int | None) -> str | int | None:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_PREFIXES) else cell
