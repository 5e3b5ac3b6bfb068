"""Generated pages over several audits: the front page's list, the years, and every thread.

Every text that was entered can be nothing but text (`pages.render`); every figure is a released one.
"""

from collections.abc import Callable, Sequence

from auditbook.briefing.myst import Myst
from auditbook.codebook.codebook import Agency, Theme
from auditbook.pages.agencies import agencies_found, agencies_text, agency_files, has_agencies
from auditbook.pages.contents import (
    COLLECTION_NAMES,
    SYNTHETIC,
    Listed,
    agencies_page,
    agency_page,
    register_page,
    theme_page,
    year_page,
)
from auditbook.pages.front import NEWS_MARK, newest_text
from auditbook.pages.register import register_text
from auditbook.pages.render import block, page
from auditbook.pages.themes import theme_files, themes_found
from auditbook.reading.questions import has_answers
from auditbook.reading.wording import count, require_released
from auditbook.release.released import Released

LIST_FILE = "book/audits/list.md"
"""Included by the front page; its links start there."""
ON_CARDS = {"cases.total": "", "involvement.returned": "replies from ", "recommendations.total": ""}
"""Measures on a card, and the words before each."""


def listed(figures: Released) -> Listed:
    """What the contents say of an audit."""
    found = tuple((theme.id, theme.label, theme.domain) for theme in themes_found([figures]))
    settings = figures.settings
    agencies = tuple((agency.id, agency.label) for agency in agencies_found([figures]))
    of_pages = has_agencies(figures), agencies, has_answers(figures)
    return Listed(figures.audit_id, settings.title, settings.collection, found, *of_pages)


def listing_files(released: Sequence[Released]) -> dict[str, str]:
    """File under the project's root → its text, for every generated page over several audits.

    released  every audit of the book, in any order; raises ReleaseRefused for exact counts
    """
    audits = sorted(map(require_released, released), key=lambda figures: figures.audit_id, reverse=True)
    files = {LIST_FILE: front_list(audits)}
    for is_made_up in (False, True):
        own = [figures for figures in audits if (figures.settings.collection == SYNTHETIC) == is_made_up]
        for year in dict.fromkeys(figures.audit_id.year for figures in own):
            page = year_page(year, own[0].settings.collection)
            files[f"{page}.md"] = year_text([figures for figures in own if figures.audit_id.year == year])
        if own:
            files[f"{register_page(own[0].settings.collection)}.md"] = register_text(own)
    for collection in dict.fromkeys(figures.settings.collection for figures in audits):
        own = [figures for figures in audits if figures.settings.collection == collection]
        files |= theme_files(own)
        if any(map(has_agencies, own)):
            files[f"{agencies_page(collection)}.md"] = agencies_text(own)
            files |= agency_files(own)
    return files


def followed_themes(released: Sequence[Released]) -> dict[str, list[tuple[str, str]]]:
    """Theme's id → the pages that follow it, one a collection: its name, and the file without suffix."""
    return _followed(released, themes_found, theme_page)


def followed_agencies(released: Sequence[Released]) -> dict[str, list[tuple[str, str]]]:
    """The same of agencies."""
    with_agencies = [figures for figures in released if has_agencies(figures)]
    return _followed(with_agencies, agencies_found, agency_page)


def _followed(
    released: Sequence[Released],
    found: Callable[[Sequence[Released]], Sequence[Theme | Agency]],
    file: Callable[[str, str], str],
) -> dict[str, list[tuple[str, str]]]:
    pages: dict[str, list[tuple[str, str]]] = {}
    collections = {figures.settings.collection for figures in released}
    for collection in sorted(collections, key=lambda each: (each == SYNTHETIC, each)):
        own = [figures for figures in released if figures.settings.collection == collection]
        for each in found(own):
            pages.setdefault(each.id, []).append((COLLECTION_NAMES[collection], file(collection, each.id)))
    return pages


def front_list(audits: Sequence[Released]) -> str:
    """The front page's cards, newest first: real audits, then the made-up ones under a heading that says so."""
    real = [figures for figures in audits if figures.settings.collection != SYNTHETIC]
    made_up = [figures for figures in audits if figures.settings.collection == SYNTHETIC]
    return page(
        "audits_list",
        newest=cards(real[:1], "audits/", "ab-newest"),
        newest_text=newest_text(real[0], "audits/") if real else "",
        news_mark=Myst(NEWS_MARK),
        earlier=cards(real[1:], "audits/"),
        made_up=cards(made_up, "audits/"),
    )


def year_text(audits: Sequence[Released]) -> str:
    """The page of one financial year: a card an audit, newest first."""
    first = audits[0]
    return page(
        "year",
        is_made_up=first.settings.collection == SYNTHETIC,
        year=first.audit_id.year,
        start=first.audit_id.start_year,
        cards=cards(audits, ""),
    )


def cards(audits: Sequence[Released], folder: str, look: str = "") -> Myst:
    """A list of audits, each a card with a link to its briefing; empty without audits.

    folder  leads to the audits' pages
    """
    look = Myst(f"ab-cards {look}".rstrip())
    return block("cards", cards=[_card(figures, folder) for figures in audits], look=look) if audits else Myst("")


def _card(figures: Released, folder: str) -> dict:
    settings = figures.settings
    where = " · ".join([figures.audit_id.label, *settings.partnerships])
    facts = " · ".join(words + count(figures[each]) for each, words in ON_CARDS.items() if _is_plain(figures, each))
    address = f"{folder}{figures.audit_id}/briefing.md"
    return {"title": settings.title, "page": address, "lines": (where, settings.remit, facts)}


def _is_plain(figures: Released, measure: str) -> bool:
    return measure in figures and figures[measure].is_shown and figures[measure].value is not None
