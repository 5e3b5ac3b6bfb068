"""Findings, reflections, and how often each theme was raised."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from auditbook.codebook.codebook import Theme
from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Precision
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import Audit
from auditbook.evidence.tallies import FINDING_CATEGORIES, THEME_CATEGORIES
from auditbook.measures.case_overview import case_total
from auditbook.measures.counts import Counts, Measure, together
from auditbook.measures.tallies import with_printed
from auditbook.validation.dates import ShortDate
from auditbook.validation.problems import Refusals

if TYPE_CHECKING:
    import pandas as pd

FINDINGS_FILE = "findings.csv"
OPTIONAL_COLUMNS = ("polarity", "case", "agency")
"""Columns of a finding that may be empty, of which some of a theme's measures are counted."""


def completeness(recorded: pd.Series) -> Precision | None:
    """exact when it is known of every row, at_least when of some, None when of none."""
    if recorded.all():
        return Precision.EXACT
    return Precision.AT_LEAST if recorded.any() else None


def findings(audit: Audit, refusals: Refusals) -> Counts:
    """`findings.*`: what was found of practice; a reflection is about the audit and not among them."""
    tallies = [tally for tally in audit.tallies if tally.variable == "findings"]
    words = {
        category: (f"Findings: {category.replace('_', ' ')}", "findings", "things") for category in FINDING_CATEGORIES
    }
    words["total"] = ("Findings", "findings", "things")
    return with_printed(_findings(audit), tallies, FINDING_CATEGORIES, words, refusals)


def _findings(audit: Audit) -> list[Measure]:
    if audit.findings is None:
        return []
    rows = audit.of_sample(audit.findings)
    rows = rows[~is_reflection(audit, rows)]
    counts = {"total": (len(rows), Precision.EXACT)}
    for polarity in ("strength", "development"):
        counts[polarity] = (int((rows["polarity"] == polarity).sum()), completeness(rows["polarity"].notna()))
    if audit.recommendations is not None:
        answered = set(audit.recommendations["findings"].explode().dropna())
        answer_precision = completeness(audit.recommendations["findings"].map(bool))
        counts["with_recommendation"] = (int(rows["finding"].isin(answered).sum()), answer_precision)
    return [
        Measure(
            MeasureId.of("findings", category),
            "Findings" if category == "total" else f"Findings: {category.replace('_', ' ')}",
            numerator=count,
            denominator=None if category == "total" else len(rows),
            base_label=None if category == "total" else "findings",
            value=count,
            unit="findings",
            precision=precision,
            source=FINDINGS_FILE,
        )
        for category, (count, precision) in counts.items()
        if is_known(count, precision)
    ]


def is_known(count: int, precision: Precision | None) -> bool:
    """Whether a count says something: one of which nothing is known does not, nor does “at least 0”."""
    return precision is not None and (precision == Precision.EXACT or count > 0)


def is_reflection(audit: Audit, rows: pd.DataFrame) -> pd.Series:
    """Whether each finding came through a channel of kind scrutiny."""
    scrutiny = [channel.channel for channel in audit.settings.channels if channel.is_scrutiny]
    return rows["channel"].isin(scrutiny)


def reflections(audit: Audit, refusals: Refusals) -> Counts:
    """`reflections.total`: what the scrutineer said of the audit itself."""
    counted = []
    if audit.findings is not None:
        total = int(is_reflection(audit, audit.of_sample(audit.findings)).sum())
        counted.append(
            Measure(
                MeasureId("reflections.total"),
                "Reflections",
                total,
                value=total,
                unit="reflections",
                source=FINDINGS_FILE,
            )
        )
    tallies = [tally for tally in audit.tallies if tally.variable == "reflections"]
    return with_printed(counted, tallies, ("total",), {"total": ("Reflections", "reflections", "things")}, refusals)


def themes(audit: Audit, refusals: Refusals) -> Counts:
    """`theme.*` of every theme of the codebook, in its order, zeros kept."""
    raised, recorded = None, frozenset()
    if audit.findings is not None:
        every = audit.of_sample(audit.findings).explode("themes", ignore_index=True)
        raised = {theme: rows for theme, rows in every.groupby("themes", sort=False)} | {None: every.iloc[:0]}
        recorded = frozenset(column for column in OPTIONAL_COLUMNS if every[column].notna().any())
    return together(_theme(audit, theme, raised, recorded, refusals) for theme in audit.codebook.themes.values())


def _theme(
    audit: Audit,
    theme: Theme,
    raised: dict[str | None, pd.DataFrame] | None,
    recorded: Collection[str],
    refusals: Refusals,
) -> Counts:
    """raised  theme → its findings; None → a frame without rows"""
    tallies = [tally for tally in audit.tallies if tally.variable == f"theme.{theme.id}"]
    counted = []
    if raised is not None:
        rows = raised.get(theme.id, raised[None])
        if len(rows) or _in_use(theme, audit.id, audit.codebook.themes):
            counted = theme_frequency(theme, rows, recorded, case_total(audit), audit.settings.unit.plural)
    nouns = {"cases": audit.settings.unit.plural, "agencies": "agencies"}
    words = {
        category: (
            theme_label(theme, category),
            nouns.get(category, "findings"),
            "people" if category == "cases" else "things",
        )
        for category in THEME_CATEGORIES
    }
    return with_printed(counted, tallies, THEME_CATEGORIES, words, refusals)


def theme_label(theme: Theme, category: str) -> str:
    words = {
        "findings": "findings",
        "strength": "strengths",
        "development": "areas for development",
        "cases": "cases that raised it",
        "agencies": "agencies that raised it",
    }
    return f"{theme.label}: {words[category]}"


def theme_frequency(
    theme: Theme, rows: pd.DataFrame, recorded: Collection[str], cases_total: int | None, noun: str
) -> list[Measure]:
    """How often one theme was raised: findings, strengths, developments, cases and agencies.

    rows         the theme's findings, reflections too; columns `case`, `agency`, `polarity`
    recorded     the columns that hold something in any finding of the audit
    cases_total  cases; the denominator of `cases`

    A case that raises a theme twice counts once. At least, where only some of the theme's findings name a case
    (an agency, a polarity); not listed where none does.
    Source: DESIGN section 5; worked example in tests/spec/test_themes.py.
    """
    columns = {column: rows[column].dropna().tolist() for column in OPTIONAL_COLUMNS}
    precisions = {column: _known(len(cells), len(rows), column in recorded) for column, cells in columns.items()}
    counts = {
        "findings": (len(rows), Precision.EXACT),
        "strength": (columns["polarity"].count("strength"), precisions["polarity"]),
        "development": (columns["polarity"].count("development"), precisions["polarity"]),
        "cases": (len(set(columns["case"])), precisions["case"]),
        "agencies": (len(set(columns["agency"])), precisions["agency"]),
    }
    nouns = {"cases": noun, "agencies": "agencies"}
    return [
        Measure(
            MeasureId.of("theme", theme.id, category),
            theme_label(theme, category),
            numerator=count,
            denominator=cases_total if category == "cases" else None,
            base_label=noun if category == "cases" and cases_total is not None else None,
            value=count,
            unit=nouns.get(category, "findings"),
            precision=precision,
            source=FINDINGS_FILE,
            counts="people" if category == "cases" else "things",
        )
        for category, (count, precision) in counts.items()
        if is_known(count, precision)
    ]


def _known(recorded: int, findings: int, is_recorded: bool) -> Precision | None:
    """Of a theme that nobody raised, zero was counted only if the audit records this of its findings at all."""
    if not findings:
        return Precision.EXACT if is_recorded else None
    return Precision.EXACT if recorded == findings else Precision.AT_LEAST if recorded else None


def _in_use(theme: Theme, audit_id: AuditId, themes: dict[str, Theme]) -> bool:
    """Whether the theme could be raised then: in the codebook already, and not yet followed by its successor."""
    since = first_day(theme.since)
    if since and since > audit_id.last_day:
        return False
    if not theme.successor:
        return True
    succeeded = first_day(themes[theme.successor].since)
    return succeeded is not None and succeeded > audit_id.last_day


def first_day(since: str) -> date | None:
    """The first day of an audit's quarter, of a date as short as it is known, or of a financial year like 2019-20."""
    for read in (lambda: AuditId.read(since).first_day, lambda: ShortDate.read(since).first):
        try:
            return read()
        except ValueError:
            continue
    year = re.fullmatch(r"(\d{4})-\d{2}", since)
    return date(int(year[1]), 4, 1) if year else None
