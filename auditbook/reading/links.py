"""Where in the book a table's words lead to: addresses as seen from the page that shows the table.

Tables are HTML already when Sphinx reads them, so it does not look after their links; a test of the site does.
"""

import re

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.settings import SYNTHETIC
from auditbook.release.released import Released

FROM_AN_AUDIT, FROM_A_COLLECTION = "../../", "../"
"""The way to `book/` from a page of one audit or one theme, and from a page of one collection."""


def theme_link(collection: str, theme: str, way: str = FROM_AN_AUDIT) -> str:
    """The page that follows a theme. Only a theme that was raised in some audit of the collection has one."""
    return f"{way}themes/{collection}/{theme}.html"


def has_links(released: Released) -> bool:
    """Whether words of these figures may lead anywhere: of several audits together a theme may have no page."""
    return isinstance(released.audit_id, AuditId)


def themes_link(audit_id: AuditId) -> str:
    """The page that has one audit's themes."""
    return f"{FROM_AN_AUDIT}audits/{audit_id}/theme_frequencies.html"


def page_suffix(collection: str) -> str:
    """What the names of its pages end with: made-up audits share none with others, and no partner with another."""
    if collection in ("published", "live"):
        return ""
    return "-demonstration" if collection == SYNTHETIC else f"-{collection}"


def register_link(released: Released, recommendation: str) -> str:
    """The entry of a recommendation in the register, which has its history."""
    anchor = re.sub("[^a-z0-9]+", "-", f"recommendation-{released.audit_id}-{recommendation}".lower())
    return f"{FROM_AN_AUDIT}recommendations{page_suffix(released.settings.collection)}.html#{anchor}"


def agencies_link(audit_id: AuditId, way: str = FROM_AN_AUDIT) -> str:
    """The page that has the agencies of one audit."""
    return f"{way}audits/{audit_id}/agency_involvement.html"


def agency_links(released: Released) -> dict[str, str]:
    """Agency's label → its entry in the codebook."""
    agencies = released.codebook.agencies.values()
    return {
        agency.label: f"{FROM_AN_AUDIT}codebook/agencies.html#agency-{agency.id.replace('_', '-')}"
        for agency in agencies
    }
