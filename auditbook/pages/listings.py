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


def listed(released: Released) -> Listed:
    """What the contents say of an audit."""
    themes = tuple((theme.id, theme.label, theme.domain) for theme in themes_found([released]))
    settings = released.settings
    agencies = tuple((agency.id, agency.label) for agency in agencies_found([released]))
    of_pages = has_agencies(released), agencies, has_answers(released)
    partner = released.handed_over.name if released.handed_over else ""
    return Listed(released.audit_id, settings.title, settings.collection, themes, *of_pages, partner)


def listing_files(released: Sequence[Released]) -> dict[str, str]:
    """File under the project's root → its text, for every generated page over several audits.

    released  every audit of the book, in any order; raises ReleaseRefused for exact counts
    """
    audits = sorted(map(require_released, released), key=lambda audit: audit.audit_id, reverse=True)
    files = {LIST_FILE: front_list(audits)}
    for file, group in by_page(audits, lambda audit: register_page(audit.settings.collection)).items():
        files[f"{file}.md"] = register_text(group)
    for file, group in by_page(audits, _year_page).items():
        files[f"{file}.md"] = year_text(group)
    for collection in dict.fromkeys(audit.settings.collection for audit in audits):
        group = [audit for audit in audits if audit.settings.collection == collection]
        files |= theme_files(group)
        if any(map(has_agencies, group)):
            files[f"{agencies_page(collection)}.md"] = agencies_text(group)
            files |= agency_files(group)
    return files | partner_files(audits)


def _year_page(released: Released) -> str:
    return year_page(released.audit_id.year, released.settings.collection)


def followed_themes(released: Sequence[Released]) -> dict[str, list[tuple[str, str]]]:
    """Theme's id → the pages that follow it, one a collection: its name, and the file without suffix."""
    return _followed(released, themes_found, theme_page)


def followed_agencies(released: Sequence[Released]) -> dict[str, list[tuple[str, str]]]:
    """The same of agencies."""
    with_agencies = [audit for audit in released if has_agencies(audit)]
    return _followed(with_agencies, agencies_found, agency_page)


def _followed(
    released: Sequence[Released],
    subjects_in: Callable[[Sequence[Released]], Sequence[Theme | Agency]],
    file: Callable[[str, str], str],
) -> dict[str, list[tuple[str, str]]]:
    pages: dict[str, list[tuple[str, str]]] = {}
    collections = {audit.settings.collection for audit in released}
    for collection in sorted(collections, key=lambda name: (is_made_up(name), name)):
        audits = [audit for audit in released if audit.settings.collection == collection]
        for subject in subjects_in(audits):
            pages.setdefault(subject.id, []).append((collection_in_words(audits[0]), file(collection, subject.id)))
    return pages


def front_list(audits: Sequence[Released]) -> str:
    """The front page's cards, newest first: real audits, then the made-up ones under a heading that says so.

    Of partnerships that handed over their editions it lists those, and not their audits.
    """
    if any(audit.handed_over for audit in audits):
        return partners_list(audits)
    real = [audit for audit in audits if not audit.settings.is_made_up]
    made_up = [audit for audit in audits if audit.settings.is_made_up]
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
    return block("cards", cards=[_card(audit, folder) for audit in audits], look=look) if audits else Myst("")


def _card(released: Released, folder: str) -> dict:
    settings = released.settings
    where = " · ".join([released.audit_id.label, *settings.partnerships])
    facts = " · ".join(
        words + count(released[measure]) for measure, words in ON_CARDS.items() if _is_plain(released, measure)
    )
    address = f"{folder}{released.audit_id}/briefing.md"
    return {"title": settings.title, "page": address, "lines": (where, settings.remit, facts[:1].upper() + facts[1:])}


def _is_plain(released: Released, measure: str) -> bool:
    return measure in released and released[measure].is_shown and released[measure].value is not None
