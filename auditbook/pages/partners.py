"""Pages of a book of several partnerships: one of each, and themes and recommendations followed through all of them.

Each partnership's figures stand in sentences of their own. Other cases were chosen by another protocol in other
quarters, so nothing is added up over partnerships, and none is set above another: they stand by name.
"""

from collections.abc import Sequence

from auditbook.briefing.myst import Myst
from auditbook.codebook.codebook import Theme
from auditbook.evidence.settings import SYNTHETIC
from auditbook.pages.blocks import also_called, found_by, grouped
from auditbook.pages.page_files import (
    COLLECTION_NAMES,
    PARTNER,
    by_page,
    partner_page,
    register_page,
    theme_page,
    themes_page,
    year_page,
)
from auditbook.pages.register import summary
from auditbook.pages.render import block, in_type, link, page
from auditbook.pages.themes import answers, theme_in_words, themes_found
from auditbook.reading.actions import Action, actions
from auditbook.reading.recurrence import CAUTION
from auditbook.reading.series import Series, series
from auditbook.reading.wording import joined, noun
from auditbook.release.partners import short_name
from auditbook.release.released import Released
from auditbook.validation.dates import day_in_words

STAND_APART = (
    "Each partnership chose its own cases, in its own quarters and by its own protocol, so their figures stand apart: "
    "they are not added up, and none is ranked."
)


class _Partner:
    """The audits of one partnership, newest first, with all that is said of them together."""

    def __init__(self, audits: Sequence[Released]):
        self.audits = audits
        self.first = audits[0]
        self.collection = self.first.settings.collection
        self.name = self.first.handed_over.name
        self.themes = {theme.id: theme for theme in themes_found(audits)}
        self.series: list[Series] = series(audits)
        self.actions: list[Action] = actions(audits)

    def link(self, file: str, way: str) -> Myst:
        """Its name, leading to one of its pages. way  to `book/` from the page that shows it"""
        return link(self.name, f"{way}{file.removeprefix('book/')}.md")


def collection_in_words(released: Released) -> str:
    """Whose audits those of a collection are."""
    return released.handed_over.name if released.handed_over else COLLECTION_NAMES[released.settings.collection]


def partner_files(audits: Sequence[Released]) -> dict[str, str]:
    """File under the project's root → its text; none where no partnership handed anything over.

    audits  every audit of the book, newest first
    """
    partners = _partners(audits)
    files = {f"{partner_page(partner.collection)}.md": _partner_text(partner) for partner in partners}
    for of_all in (PARTNER, SYNTHETIC):
        group = [partner for partner in partners if partner.first.settings.is_made_up == (of_all == SYNTHETIC)]
        if group:
            files |= _themes_through_all(group, of_all)
            files[f"{register_page(of_all)}.md"] = _registers_text(group)
    return files


def _partners(audits: Sequence[Released]) -> list[_Partner]:
    """By name."""
    handed_over = by_page([audit for audit in audits if audit.handed_over], lambda audit: audit.settings.collection)
    return sorted(
        map(_Partner, handed_over.values()), key=lambda partner: (partner.name.casefold(), partner.collection)
    )


def partners_list(audits: Sequence[Released]) -> str:
    """The list of the front page: each partnership with its newest audit."""
    partners = _partners(audits)
    themes = link("what they keep finding", f"{themes_page(PARTNER).removeprefix('book/')}.md")
    return page(
        "partners/list",
        themes=themes if any(partner.themes for partner in partners if not partner.first.settings.is_made_up) else "",
        register=link("what became of what they asked for", f"{register_page(PARTNER).removeprefix('book/')}.md"),
        partners=_cards([partner for partner in partners if not partner.first.settings.is_made_up]),
        made_up=_cards([partner for partner in partners if partner.first.settings.is_made_up]),
    )


def _cards(partners: Sequence[_Partner]) -> Myst:
    cards = [
        {
            "title": partner.name,
            "page": f"{partner_page(partner.collection).removeprefix('book/')}.md",
            "lines": (_how_many(partner), f"Newest: {partner.first.settings.title}, {partner.first.audit_id.label}"),
        }
        for partner in partners
    ]
    return block("cards", cards=cards, look=Myst("ab-cards")) if cards else Myst("")


def _how_many(partner: _Partner) -> str:
    number = len(partner.audits)
    return f"{number} {noun('audits', number)}"


def _partner_text(partner: _Partner) -> str:
    source = partner.first.handed_over
    years = by_page(partner.audits, lambda audit: year_page(audit.audit_id.year, partner.collection))
    return page(
        "partners/partner",
        name=partner.name,
        is_made_up=partner.first.settings.is_made_up,
        edition=f"edition {source.edition} of its own book, published on {day_in_words(source.day)}",
        how_many=_how_many(partner),
        themes=link("Themes through time", f"../{themes_page(partner.collection).removeprefix('book/')}.md")
        if partner.themes
        else "",
        register=link("All recommendations", f"../{register_page(partner.collection).removeprefix('book/')}.md"),
        years=[
            {
                "link": link(audits[0].audit_id.year, f"../{file.removeprefix('book/')}.md"),
                "audits": [
                    (
                        link(audit.settings.title, f"../audits/{audit.audit_id}/briefing.md"),
                        f"Q{audit.audit_id.quarter}",
                    )
                    for audit in audits
                ],
            }
            for file, audits in years.items()
        ],
    )


def _themes_through_all(partners: Sequence[_Partner], of_all: str) -> dict[str, str]:
    themes = {theme.id: theme for partner in partners for theme in partner.themes.values()}
    ordered = sorted(themes.values(), key=lambda theme: (not theme.domain, theme.domain, theme.label))
    if not ordered:
        return {}
    files = {f"{theme_page(of_all, theme.id)}.md": _theme_text(theme, partners) for theme in ordered}
    overview = page(
        "partners/themes",
        is_made_up=of_all == SYNTHETIC,
        apart=STAND_APART,
        collection=of_all,
        found=grouped(ordered, "domain"),
        by_whom=lambda theme: joined([short_name(partner.name) for partner in partners if theme.id in partner.themes]),
    )
    return {**files, f"{themes_page(of_all)}.md": overview}


def _theme_text(theme: Theme, partners: Sequence[_Partner]) -> str:
    finders = [partner for partner in partners if theme.id in partner.themes]
    others = [short_name(partner.name) for partner in partners if theme.id not in partner.themes]
    return page(
        "partners/theme",
        theme=theme,
        is_made_up=partners[0].first.settings.is_made_up,
        index=found_by(theme.also_called),
        identity=[in_type(theme.id), also_called(theme.also_called), theme.domain],
        apart=STAND_APART,
        caution=CAUTION,
        partners=[
            {
                "link": partner.link(theme_page(partner.collection, theme.id), "../../"),
                "words": theme_in_words(theme, partner.series),
                "answers": answers(theme, partner.series, partner.actions),
            }
            for partner in finders
        ],
        others=joined(others) if others else "",
    )


def _registers_text(partners: Sequence[_Partner]) -> str:
    return page(
        "partners/registers",
        is_made_up=partners[0].first.settings.is_made_up,
        apart=STAND_APART,
        partners=[
            (
                partner.link(register_page(partner.collection), ""),
                summary(partner.actions) if partner.actions else "None is listed.",
            )
            for partner in partners
        ],
    )
