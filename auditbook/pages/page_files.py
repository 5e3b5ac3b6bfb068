"""Where the pages over several audits lie: files from the project's root, without suffix."""

from collections.abc import Callable, Iterable

from auditbook.evidence.settings import SYNTHETIC
from auditbook.reading.links import page_suffix
from auditbook.release.released import Released

COLLECTION_NAMES = {
    "published": "published audits",
    "live": "this partnership's audits",
    SYNTHETIC: "demonstration year",
}
"""Of this project's own audits."""
PARTNER = "partner"
"""The collection of what partnerships handed over: all of it together, and `partner-northshire` of one."""


def year_page(year: str, collection: str) -> str:
    """The file of a year's page, without suffix; made-up audits never share one with real ones."""
    return f"book/audits/{year}{page_suffix(collection)}"


def register_page(collection: str) -> str:
    """The file of the register of recommendations, without suffix."""
    return f"book/recommendations{page_suffix(collection)}"


def partner_page(collection: str) -> str:
    """The file of the page of a partnership that handed over its editions, without suffix."""
    return f"book/partners/{collection}"


def themes_page(collection: str) -> str:
    """The file of the page that gives all themes of a collection at a glance, without suffix."""
    return f"book/themes/{collection}"


def theme_page(collection: str, theme: str) -> str:
    """The file of one theme's page, without suffix."""
    return f"{themes_page(collection)}/{theme}"


def agencies_page(collection: str) -> str:
    """The file of the page of agencies through time, without suffix."""
    return f"book/agencies/{collection}"


def agency_page(collection: str, agency: str) -> str:
    """The file of one agency's page, without suffix."""
    return f"{agencies_page(collection)}/{agency}"


def by_page(audits: Iterable[Released], page_of: Callable[[Released], str]) -> dict[str, list[Released]]:
    """Page → the audits that it is about, in their order."""
    pages: dict[str, list[Released]] = {}
    for audit in audits:
        pages.setdefault(page_of(audit), []).append(audit)
    return pages
