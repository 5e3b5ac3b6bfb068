"""Agencies through time: of those that had a part, how many were identified, invited, and returned, audit by audit."""

from collections.abc import Sequence

from auditbook.briefing.myst import literal
from auditbook.pages.blocks import SYNTHETIC_NOTE, shown, text_of
from auditbook.pages.contents import SYNTHETIC
from auditbook.reading.charts.funnel import funnel_of_agencies
from auditbook.reading.funnel import funnel
from auditbook.reading.recurrence import CAUTION
from auditbook.reading.series import Series, series
from auditbook.reading.tables.funnel import funnels
from auditbook.release.released import Released

INTRODUCTION = (
    "Every agency that had a part in the work should be found when an audit is planned, be asked, and answer. "
    "Each step below counts agencies once, with the most that they did in any case."
)


def has_agencies(figures: Released) -> bool:
    """Whether the audit says anything of how far agencies came."""
    return bool(funnel(figures))


def agencies_text(audits: Sequence[Released]) -> str:
    """One collection's audits: all in a table, then each with its picture, newest first."""
    is_made_up = audits[0].settings.collection == SYNTHETIC
    every = series(audits)
    blocks = [
        "# Agencies through time" + (": the demonstration year" if is_made_up else ""),
        SYNTHETIC_NOTE if is_made_up else "",
        INTRODUCTION,
        "## Audit beside audit",
        shown(funnels(every)),
        f"{literal(CAUTION)} [How was this counted?](../method/how-we-count.md#agencies)",
        *(block for each in every for block in _pictures(each)),
    ]
    return text_of(blocks)


def _pictures(each: Series) -> list[str]:
    blocks = []
    for figures in reversed(each.audits):
        if has_agencies(figures):
            link = f"[{literal(figures.settings.title)}](../audits/{figures.audit_id}/agency_involvement)"
            blocks += [f"## {literal(figures.audit_id.label)}", f"Agency by agency: {link}."]
            blocks.append(shown(funnel_of_agencies(figures)))
    return blocks
