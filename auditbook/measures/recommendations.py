"""Recommendations and what became of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Precision
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import Audit
from auditbook.evidence.tallies import RECOMMENDATION_CATEGORIES
from auditbook.measures.counts import Counts, Measure
from auditbook.measures.tallies import with_printed
from auditbook.measures.themes import completeness, is_known
from auditbook.validation.problems import Refusals

if TYPE_CHECKING:
    import pandas as pd

OPEN = ("not_started", "planned", "in_progress")
RECOMMENDATION_LABELS = {
    "total": "Recommendations",
    "open": "Recommendations: open",
    "done": "Recommendations: done",
    "overdue": "Recommendations: overdue",
    "assurance": "Recommendations: assurance asked for",
    "not_stated": "Recommendations: status not stated",
}


def recommendations(audit: Audit, refusals: Refusals) -> Counts:
    """`recommendations.*`; their base is their total.

    One that a later audit follows has the status that its newest row states.
    """
    counted = [] if audit.recommendations_now is None else _counted(audit.recommendations_now)
    tallies = [tally for tally in audit.tallies if tally.variable == "recommendations"]
    words = {category: (label, "recommendations", "things") for category, label in RECOMMENDATION_LABELS.items()}
    return with_printed(counted, tallies, RECOMMENDATION_CATEGORIES, words, refusals)


def counted_once(counts: Counts, audit: Audit, together: Collection[AuditId]) -> Counts:
    """An audit's measures without the recommendations that a later one of these audits takes up again.

    together  the audits that are added up; a recommendation in several of them counts in the newest
    """
    again = taken_up_again(audit, together)
    if not again:
        return counts
    made = audit.recommendations
    rest = replace(audit, recommendations=made[~made["recommendation"].isin(again)])
    others = tuple(measure for measure in counts if measure.family != "recommendations")
    return Counts((*others, *recommendations(rest, Refusals())), counts.warnings)


def taken_up_again(audit: Audit, together: Collection[AuditId]) -> list[str]:
    """The recommendations of an audit that are rows of a later one of these audits too."""
    later = [audit_id for audit_id in together if audit.id < audit_id]
    threads = audit.followed.threads.items()
    return [recommendation for recommendation, thread in threads if any(step.audit in later for step in thread)]


def is_overdue(due, status, status_date) -> bool | None:
    """Whether it was open and its last due day before the day of its status; None when that cannot be told."""
    if status not in OPEN:
        return False
    if due is None or status_date is None:
        return None
    return due.last < status_date.first


def _counted(made: pd.DataFrame) -> list[Measure]:
    """Open, done and overdue are at_least when only some have a status, and not listed when none has.

    Overdue is listed only where some recommendation has a due day and a status: else there was nothing to compare.
    """
    import pandas as pd

    status = made["status"].where(made["status"] != "not_stated", None)
    stated = completeness(status.notna())
    cells = zip(made["due"], status, made["status_date"], strict=True)
    overdue = pd.Series([is_overdue(*row) for row in cells], index=made.index, dtype=object)
    late = overdue[status.notna()]
    is_some_due = bool((made["due"].notna() & status.notna()).any())
    counts = {
        "total": (len(made), Precision.EXACT),
        "open": (int(status.isin(OPEN).sum()), stated),
        "done": (int((status == "done").sum()), stated),
        "overdue": (int((late == True).sum()), _weaker(stated, completeness(late.notna()))),  # noqa: E712, None is neither
        "assurance": (int((made["kind"] == "assurance").sum()), completeness(made["kind"].notna())),
        "not_stated": (int(status.isna().sum()), Precision.EXACT),
    }
    return [
        Measure(
            MeasureId.of("recommendations", category),
            RECOMMENDATION_LABELS[category],
            numerator=count,
            denominator=None if category == "total" else len(made),
            base_label=None if category == "total" else "recommendations",
            value=count,
            unit="recommendations",
            precision=precision,
            source="recommendations.csv",
        )
        for category, (count, precision) in counts.items()
        if is_known(count, precision) and (category != "overdue" or is_some_due)
    ]


def _weaker(*precisions: Precision | None) -> Precision | None:
    if None in precisions:
        return None
    return Precision.AT_LEAST if Precision.AT_LEAST in precisions else Precision.EXACT
