"""The rows of an audit as they were typed, and how each measure of them is said: for the plain count beside this."""

import csv
import io
from dataclasses import dataclass

from builders import CODEBOOK

Row = dict[str, str]


@dataclass(frozen=True)
class Plain:
    """A measure without its label: what a figure says."""

    numerator: int | None
    denominator: int | None = None
    base_label: str | None = None
    value: float | None = None
    unit: str = ""
    precision: str = "exact"


def counted(count: int, unit: str, base: int | None = None, base_label: str | None = None, precision="exact") -> Plain:
    return Plain(count, base, None if base is None else base_label or unit, count, unit, precision)


def table(file: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(CODEBOOK[file])))


@dataclass
class Entered:
    """The rows of every file (None without the file), and the settings that matter for counting."""

    cases: list[Row] | None = None
    people: list[Row] | None = None
    involvement: list[Row] | None = None
    findings: list[Row] | None = None
    grades: list[Row] | None = None
    answers: list[Row] | None = None
    recommendations: list[Row] | None = None
    is_complete: bool = False
    scrutiny: str = "scrutiny"


def is_audited(row: Row, sample: list[str] | None) -> bool:
    return not row.get("case") or sample is None or row["case"] in sample


def known_of(rows: list[Row], column: str) -> str | None:
    """exact, at_least or None: of all rows, of some, of none."""
    known = sum(1 for row in rows if row.get(column))
    if known == len(rows):
        return "exact"
    return "at_least" if known else None


def say(found: dict, name: str, count: int, unit: str, precision: str | None, base=None) -> None:
    """List a count unless nothing is known of it; at least 0 is nothing."""
    if precision == "exact" or (precision == "at_least" and count):
        found[name] = counted(count, unit, base, precision=precision)
