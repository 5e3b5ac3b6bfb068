"""An audit's released figures and words as tables to take away: one row a measure, a finding, an agency …

The workbook and the CSV files hold these tables. Shorthand in place of a number is the Analysis Function's:
[c] confidential, [x] not available, [z] not applicable. Nothing else but released figures and words is here.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.precision import Precision
from auditbook.reading.involvement_states import FORUM_WORDS, state_in_words
from auditbook.reading.wording import count
from auditbook.release.released import Released, ReleasedMeasure
from auditbook.validation.csv_rows import FORMULA_PREFIXES

CONFIDENTIAL, NOT_AVAILABLE, NOT_APPLICABLE = "[c]", "[x]", "[z]"
SHORTHAND = {
    CONFIDENTIAL: "confidential: withheld because it counts few people, or would tell something of all of them",
    NOT_AVAILABLE: "not available: not recorded, or the source does not say",
    NOT_APPLICABLE: "not applicable",
}
PRECISION = {
    Precision.EXACT: "exact",
    Precision.DERIVED: "derived from a percentage",
    Precision.AT_LEAST: "at least",
    Precision.MORE_THAN: "more than",
    Precision.AT_MOST: "at most",
    Precision.LESS_THAN: "less than",
    Precision.ABOUT: "about",
    Precision.BETWEEN: "a range",
    Precision.PERCENT_ONLY: "percentage only",
    Precision.QUALITATIVE: "a phrase, no number",
}
Value = str | int | float


@dataclass(frozen=True)
class OpenColumn:
    """name for other programs, title for readers; `about` says what it holds; numbers stand in it, or shorthand."""

    name: str
    title: str
    about: str
    is_number: bool = False


@dataclass(frozen=True)
class OpenTable:
    """One table to take away. `page` is the page of the book whose figures these are."""

    name: str
    title: str
    page: str
    columns: tuple[OpenColumn, ...]
    rows: tuple[tuple[Value, ...], ...]


def _columns() -> dict[str, tuple[OpenColumn, ...]]:
    """Table → its columns, as `columns.csv` lists them."""
    by_table: dict[str, list[OpenColumn]] = {}
    with Path(__file__).with_name("columns.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            is_number = line.pop("is_number") == "yes"
            by_table.setdefault(line.pop("table"), []).append(OpenColumn(**line, is_number=is_number))
    return {table: tuple(columns) for table, columns in by_table.items()}


COLUMNS = _columns()
FIGURES = COLUMNS["figures"]
TOPICS = {
    "cases": "cases",
    "people": "cases",
    "findings": "themes",
    "reflections": "themes",
    "theme": "themes",
    "involvement": "involvement",
    "channel": "involvement",
    "agency": "involvement",
    "grade": "grades",
    "answer": "answers",
    "asked": "answers",
    "agreement": "answers",
    "crossing": "crossings",
    "recommendations": "actions",
}
"""First word of a measure's id → the table it stands in; every other one is a variable's."""


def open_tables(released: Released) -> tuple[OpenTable, ...]:
    """Every table that has a row, in the order of the book's pages. Each figure stands in one of them."""
    topics: dict[str, list[tuple[Value, ...]]] = {}
    for figure in released:
        topics.setdefault(_topic(figure, released.codebook), []).append(_row(figure, released))

    def counted(name: str, title: str, page: str) -> OpenTable:
        return OpenTable(name, title, page, FIGURES, tuple(topics.get(name, ())))

    def listed(name: str, title: str, page: str, rows: tuple[tuple[Value, ...], ...]) -> OpenTable:
        return OpenTable(name, title, page, COLUMNS[name], rows)

    made = (
        counted("cases", "Cases and people", "case_overview"),
        counted("characteristics", "What was recorded of cases and people", "case_overview"),
        counted("numbers", "Durations, ages and other numbers", "case_overview"),
        counted("crossings", "Two answers counted together", "case_overview"),
        listed("bands", "Numbers in bands", "case_overview", _bands(released)),
        counted("themes", "Findings and themes in figures", "theme_frequencies"),
        listed("findings", "Every finding", "theme_frequencies", _findings(released)),
        counted("involvement", "Replies, channels and agencies by case", "agency_involvement"),
        listed("agencies", "Agencies in the audit as a whole", "agency_involvement", _agencies(released)),
        counted("grades", "Grades", "grades"),
        counted("answers", "What agencies answered", "answers"),
        counted("actions", "Recommendations in figures", "recommendations"),
        listed("recommendations", "Every recommendation", "recommendations", _recommendations(released)),
    )
    return tuple(table for table in made if table.rows)


def _topic(figure: ReleasedMeasure, codebook: Codebook) -> str:
    root = figure.id.root
    if root in TOPICS:
        return TOPICS[root]
    return "numbers" if codebook.variables[root].is_number else "characteristics"


def _row(figure: ReleasedMeasure, released: Released) -> tuple[Value, ...]:
    return (
        figure.label,
        _value(figure),
        figure.unit or NOT_APPLICABLE,
        _base(figure, released),
        figure.base_label or (NOT_AVAILABLE if figure.unit == "percent" else NOT_APPLICABLE),
        PRECISION[figure.precision] if figure.is_shown else CONFIDENTIAL,
        count(figure) or NOT_AVAILABLE,
        figure.source or NOT_AVAILABLE,
        figure.id,
    )


def _value(figure: ReleasedMeasure) -> Value:
    if not figure.is_shown:
        return CONFIDENTIAL
    return NOT_AVAILABLE if figure.value is None else figure.value


def _base(figure: ReleasedMeasure, released: Released) -> Value:
    if figure.denominator is not None:
        return figure.denominator
    if figure.base_label:
        return CONFIDENTIAL if released.profile.threshold else NOT_AVAILABLE
    return NOT_AVAILABLE if figure.unit == "percent" else NOT_APPLICABLE


def _bands(released: Released) -> tuple[tuple[Value, ...], ...]:
    labels = released.codebook.variables
    return tuple(
        (labels[variable].label, band.label, band.count) for variable, bands in released.bands.items() for band in bands
    )


def _findings(released: Released) -> tuple[tuple[Value, ...], ...]:
    hidden = CONFIDENTIAL if released.profile.threshold else NOT_AVAILABLE
    return tuple(
        (
            finding.id,
            finding.polarity or NOT_AVAILABLE,
            _labels(finding.themes, released.codebook),
            finding.agency or NOT_AVAILABLE,
            finding.box or NOT_AVAILABLE,
            "yes" if finding.is_reflection else "no",
            finding.text or hidden,
        )
        for finding in released.findings
    )


def _labels(themes: Iterable[str], codebook: Codebook) -> str:
    return "; ".join(codebook.themes[theme].label for theme in themes) or NOT_AVAILABLE


def _agencies(released: Released) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        (
            agency.label,
            state_in_words(agency.state),
            FORUM_WORDS.get(agency.is_at_forum, NOT_AVAILABLE),
            agency.reason or NOT_AVAILABLE,
        )
        for agency in released.involvement
    )


def _recommendations(released: Released) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        tuple(
            str(cell) if cell else NOT_AVAILABLE
            for cell in (
                *(row.id, row.text, row.kind, row.owner, row.assured_by, row.assured_to),
                *(_labels(row.themes, released.codebook), row.due, row.status.replace("_", " ")),
                *(row.status_date, row.impact, row.follows, row.box),
            )
        )
        for row in released.recommendations
    )


def neutral(value: Value) -> Value:
    """Text that no spreadsheet runs: an apostrophe before what would begin a formula. Numbers stay numbers."""
    if isinstance(value, str) and value.lstrip().startswith(FORMULA_PREFIXES):
        return f"'{value}"
    return value
