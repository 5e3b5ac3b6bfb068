"""Generated pages over several audits: the front page's list, the years, and every thread.

Every text that was entered can be nothing but text (`pages.render`); every figure is a released one.
"""

from collections.abc import Callable, Sequence

from auditbook.briefing.myst import Myst
from auditbook.codebook.codebook import Agency, Theme
from auditbook.evidence.settings import is_made_up
from auditbook.pages.agencies import agencies_found, agencies_text, agency_files, has_agencies
from auditbook.pages.contents import Listed
from auditbook.pages.front import NEWS_MARK, newest_text
from auditbook.pages.page_files import agencies_page, agency_page, by_page, register_page, theme_page, year_page
from auditbook.pages.partners import collection_in_words, partner_files, partners_list
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
    partner = figures.handed_over.name if figures.handed_over else ""
    return Listed(figures.audit_id, settings.title, settings.collection, found, *of_pages, partner)


def listing_files(released: Sequence[Released]) -> dict[str, str]:
    """File under the project's root → its text, for every generated page over several audits.

    released  every audit of the book, in any order; raises ReleaseRefused for exact counts
    """
    audits = sorted(map(require_released, released), key=lambda figures: figures.audit_id, reverse=True)
    files = {LIST_FILE: front_list(audits)}
    for file, own in by_page(audits, lambda figures: register_page(figures.settings.collection)).items():
        files[f"{file}.md"] = register_text(own)
    for file, own in by_page(audits, _year_page).items():
        files[f"{file}.md"] = year_text(own)
    for collection in dict.fromkeys(figures.settings.collection for figures in audits):
        own = [figures for figures in audits if figures.settings.collection == collection]
        files |= theme_files(own)
        if any(map(has_agencies, own)):
            files[f"{agencies_page(collection)}.md"] = agencies_text(own)
            files |= agency_files(own)
    return files | partner_files(audits)


def _year_page(figures: Released) -> str:
    return year_page(figures.audit_id.year, figures.settings.collection)


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
    for collection in sorted(collections, key=lambda each: (is_made_up(each), each)):
        own = [figures for figures in released if figures.settings.collection == collection]
        for each in found(own):
            pages.setdefault(each.id, []).append((collection_in_words(own[0]), file(collection, each.id)))
    return pages


def front_list(audits: Sequence[Released]) -> str:
    """The front page's cards, newest first: real audits, then the made-up ones under a heading that says so.

    Of partnerships that handed over their editions it lists those, and not their audits.
    """
    if any(figures.handed_over for figures in audits):
        return partners_list(audits)
    real = [figures for figures in audits if not figures.settings.is_made_up]
    made_up = [figures for figures in audits if figures.settings.is_made_up]
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
        is_made_up=first.settings.is_made_up,
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
