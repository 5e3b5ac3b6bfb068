"""Agencies through time: of those that had a part, how many were identified, invited, and returned, audit by audit."""

from collections.abc import Sequence

from auditbook.pages.blocks import shown
from auditbook.pages.contents import SYNTHETIC
from auditbook.pages.render import page
from auditbook.reading.charts.involvement import funnel_of_agencies
from auditbook.reading.funnel import funnel
from auditbook.reading.recurrence import CAUTION
from auditbook.reading.series import Series, series
from auditbook.reading.tables.funnel import funnels
from auditbook.release.released import Released


def has_agencies(figures: Released) -> bool:
    """Whether the audit says anything of how far agencies came."""
    return bool(funnel(figures))


def agencies_text(audits: Sequence[Released]) -> str:
    """One collection's audits: all in a table, then each with its picture, newest first."""
    every = series(audits)
    return page(
        "agencies",
        is_made_up=audits[0].settings.collection == SYNTHETIC,
        every_audit=shown(funnels(every)),
        caution=CAUTION,
        audits=[audit for each in every for audit in _pictures(each)],
    )


def _pictures(each: Series) -> list[dict[str, str]]:
    return [
        {
            "id": str(figures.audit_id),
            "label": figures.audit_id.label,
            "title": figures.settings.title,
            "picture": shown(funnel_of_agencies(figures)),
        }
        for figures in reversed(each.audits)
        if has_agencies(figures)
    ]
