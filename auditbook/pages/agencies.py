"""Agencies through time: of those that had a part, how many were identified, invited, and returned, audit by audit."""

from collections.abc import Sequence

from auditbook.pages.agency_pages import agencies_found, agency_in_words
from auditbook.pages.blocks import shown
from auditbook.pages.contents import SYNTHETIC
from auditbook.pages.render import page
from auditbook.reading.actions import actions
from auditbook.reading.funnel import funnel
from auditbook.reading.recurrence import CAUTION
from auditbook.reading.series import series
from auditbook.reading.tables.funnel import funnels
from auditbook.release.released import Released


def has_agencies(figures: Released) -> bool:
    """Whether the audit says anything of how far agencies came."""
    return bool(funnel(figures))


def agencies_text(audits: Sequence[Released]) -> str:
    """One collection's audits in a table, then each agency with the way to its page."""
    newest, known = sorted(audits, key=lambda audit: audit.audit_id, reverse=True), actions(audits)
    collection = audits[0].settings.collection
    return page(
        "agencies/overview",
        is_made_up=collection == SYNTHETIC,
        every_audit=shown(funnels(series(audits))),
        caution=CAUTION,
        agencies=[
            {
                "label": each.label,
                "page": f"{collection}/{each.id}.md",
                "words": agency_in_words(each, newest, known),
            }
            for each in sorted(agencies_found(newest), key=lambda agency: agency.label)
        ],
    )
