"""Recommendations and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditbook.evidence.audit import Audit
from auditbook.evidence.tallies import RECOMMENDATION_ENDS
from auditbook.measures.counts import Counts, Measure
from auditbook.measures.tallies import with_printed
from auditbook.measures.themes import is_known, partly
from auditbook.validation.problems import Refusals

if TYPE_CHECKING:
    import pandas as pd

OPEN = ("not_started", "planned", "in_progress")
LABELS = {
    "total": "Recommendations",
    "open": "Recommendations: open",
    "done": "Recommendations: done",
    "overdue": "Recommendations: overdue",
    "assurance": "Recommendations: assurance asked for",
    "not_stated": "Recommendations: status not stated",
}


def recommendations(audit: Audit, refusals: Refusals) -> Counts:
    """`recommendations.*`; their base is their total."""
    counted = [] if audit.recommendations is None else _counted(audit.recommendations)
    tallies = [tally for tally in audit.tallies if tally.variable == "recommendations"]
    words = {end: (label, "recommendations", "things") for end, label in LABELS.items()}
    return with_printed(counted, tallies, RECOMMENDATION_ENDS, words, refusals)


def is_overdue(due, status, status_date) -> bool | None:
    """Whether it was open and its last due day before the day of its status; None when that cannot be told."""
    if status not in OPEN:
        return False
    if due is None or status_date is None:
        return None
    return due.last < status_date.first


def _counted(made: pd.DataFrame) -> list[Measure]:
    """Open, done and overdue are at_least when only some have a status, and not listed when none has."""
    import pandas as pd

    status = made["status"].where(made["status"] != "not_stated", None)
    stated = partly(status.notna())
    cells = zip(made["due"], status, made["status_date"], strict=True)
    overdue = pd.Series([is_overdue(*each) for each in cells], index=made.index, dtype=object)
    known = overdue[status.notna()]
    counts = {
        "total": (len(made), "exact"),
        "open": (int(status.isin(OPEN).sum()), stated),
        "done": (int((status == "done").sum()), stated),
        "overdue": (int((known == True).sum()), _weaker(stated, partly(known.notna()))),  # noqa: E712, None is neither
        "assurance": (int((made["kind"] == "assurance").sum()), partly(made["kind"].notna())),
        "not_stated": (int(status.isna().sum()), "exact"),
    }
    return [
        Measure(
            f"recommendations.{end}",
            LABELS[end],
            numerator=count,
            denominator=None if end == "total" else len(made),
            base_label=None if end == "total" else "recommendations",
            value=count,
            unit="recommendations",
            precision=precision,
            source="recommendations.csv",
        )
        for end, (count, precision) in counts.items()
        if is_known(count, precision)
    ]


def _weaker(*precisions: str | None) -> str | None:
    if None in precisions:
        return None
    return "at_least" if "at_least" in precisions else "exact"
