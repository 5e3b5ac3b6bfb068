"""Recommendations: what was asked of whom, and what became of it."""

from auditbook.codebook.quarter import AuditId
from auditbook.reading.display import ENTRIES, Display, Note
from auditbook.reading.empty_messages import NO_RECOMMENDATIONS, NO_REGISTER
from auditbook.reading.links import has_links, register_link
from auditbook.reading.tables.cells import Content, LinkedText, based, table
from auditbook.reading.wording import day, joined, require_released
from auditbook.release.released import Released
from auditbook.release.texts import Recommendation

REGISTER_HEADS = (
    "Number",
    "Recommendation",
    "Kind",
    "Owner",
    "Assured",
    "Due",
    "Status",
    "Evidence of impact",
    "Follows",
)
EXPECTED_BOXES = range(3, 8)
"""What every recommendation should have; where none has it, a sentence says so."""
KINDS_IN_WORDS = {"action": "Action", "assurance": "Assurance asked for", "consider": "To be considered"}


def recommendation_status(released: Released) -> Display:
    """How many are open, done or overdue, ask for assurance, or have no status."""
    require_released(released)
    figures = released.of("recommendations")
    if not figures:
        return Note(NO_RECOMMENDATIONS)
    rows = [(figure.label.removeprefix("Recommendations: ").capitalize(), figure) for figure in figures]
    rows = [("All", figure) if figure.category == "total" else (label, figure) for label, figure in rows]
    return based("Recommendations", "Status", "Number", rows, released)


def recommendations(released: Released) -> Display:
    """The register: each recommendation with its owner, whom it is assured to, when it is due and its status."""
    require_released(released)
    if not released.recommendations:
        return Note(NO_REGISTER)
    rows = [_row(recommendation, released) for recommendation in released.recommendations]
    empty = [REGISTER_HEADS[place].lower() for place in EXPECTED_BOXES if not any(row[place] for row in rows)]
    notes = [f"Not recorded for any of them: {joined(empty)}."] if empty else []
    return table("Recommendations, one by one", REGISTER_HEADS, rows, notes, layout=ENTRIES)


def _row(recommendation: Recommendation, released: Released) -> tuple[Content, ...]:
    assured = [f"by {recommendation.assured_by}"] if recommendation.assured_by else []
    assured += [f"to {recommendation.assured_to}"] if recommendation.assured_to else []
    status = [recommendation.status.replace("_", " ").capitalize()] if recommendation.status else []
    status += [day(recommendation.status_date)] if recommendation.status and recommendation.status_date else []
    status += [f"said in {recommendation.said_in.label}"] if recommendation.status and recommendation.said_in else []
    return (
        LinkedText(recommendation.id, register_link(released, recommendation.id))
        if has_links(released)
        else recommendation.id,
        recommendation.text,
        KINDS_IN_WORDS.get(recommendation.kind, ""),
        recommendation.owner,
        " ".join(assured),
        day(recommendation.due) if recommendation.due else "",
        ", ".join(status),
        recommendation.impact,
        _followed(recommendation.follows),
    )


def _followed(follows: str) -> str:
    """`recommendation 3 of Q1 2021-22`, or the words for one from outside."""
    if follows.startswith("outside:"):
        return follows.removeprefix("outside:").strip()
    audit, _, recommendation = follows.partition("/")
    return f"recommendation {recommendation} of {AuditId.read(audit).label}" if recommendation else ""
