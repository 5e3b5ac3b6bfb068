"""The front page's first screen: what the newest audit found, and what changes next."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from auditbook.briefing.myst import Myst, escape_myst
from auditbook.evidence.threads import CLOSED
from auditbook.pages.page_files import register_page
from auditbook.pages.render import block, link
from auditbook.pages.standing import Standing
from auditbook.reading.wording import joined, noun
from auditbook.release.edition import Change, Edition
from auditbook.release.released import Released
from auditbook.release.texts import Finding
from auditbook.validation.dates import day_in_words

EDITIONS_WORDS = "Editions and corrections"
NEWS_KINDS = {
    "new": "New:",
    "withdrawn": "Withdrawn:",
    "removed": "No longer in the book:",
    "words": "Other words in",
}
"""What an edition changed → how a sentence on the front page begins."""
AUDITS_SHOWN = 3
"""Strengths, areas for development and recommendations in the first screen."""


def newest_text(released: Released, folder: str) -> Myst:
    """Three strengths, three areas for development and three recommendations of one audit, with links to the rest.

    A recommendation that is done or abandoned does not change next.

    folder  leads to the audits' pages
    """
    ahead = [recommendation for recommendation in released.recommendations if recommendation.status not in CLOSED]
    strengths, developments = (
        [_words(released, finding) for finding in headlines(released.findings, polarity)]
        for polarity in ("strength", "development")
    )
    chosen = [recommendation for recommendation in ahead if recommendation.headline] or ahead
    changes = [first_sentence(recommendation.text) for recommendation in chosen[:AUDITS_SHOWN]]
    columns = [
        {"title": "What works", "kind": "strength", "texts": strengths},
        {"title": "What needs to change", "kind": "development", "texts": developments},
        {"title": "What changes next", "kind": "next", "texts": changes},
    ]
    register = link(
        "What became of every recommendation", f"{Path(register_page(released.settings.collection)).name}.md"
    )
    briefing = f"{folder}{released.audit_id}/briefing.md"
    return block("newest", columns=columns, briefing=briefing, register=register if released.recommendations else "")


def headlines(findings: Sequence[Finding], polarity: str) -> list[Finding]:
    """The findings of a polarity that the analyst chose (`headline`), reflections apart.

    Where none is chosen, the first: each of another theme, then others while there is room.
    """
    candidates = [finding for finding in findings if finding.polarity == polarity and not finding.is_reflection]
    chosen = [finding for finding in candidates if finding.headline]
    if chosen:
        return chosen[:AUDITS_SHOWN]
    seen: set[str] = set()
    first, rest = [], []
    for finding in candidates:
        (rest if set(finding.themes[:1]) <= seen else first).append(finding)
        seen |= set(finding.themes[:1])
    return [*first, *rest][:AUDITS_SHOWN]


def _words(released: Released, finding: Finding) -> str:
    """A finding's text; where that is withheld, the names of its themes."""
    themes = released.codebook.themes
    return finding.text or ", ".join(themes[theme].label for theme in finding.themes if theme in themes)


def first_sentence(text: str) -> str:
    """Up to the first full stop that ends a sentence."""
    head, stop, _ = " ".join(text.split()).partition(". ")
    return head + "." if stop else head


NEWS_MARK = "% What changed since the last edition stands here."
"""A comment of MyST: the list of audits is kept while figures stay, and what changed is told each time."""


def news_text(standing: Standing, there: Collection[str]) -> str:
    """What the newest edition changed beside the one before; nothing of the first, in which everything is new.

    there  ids of the audits in the book
    """
    edition = standing.editions[-1] if standing.editions else None
    if edition is None or edition.number < 2:
        return ""
    news = list(_news(edition, there)) or ["No figure and no briefing changed."]
    return block(
        "news",
        number=edition.number,
        day=day_in_words(edition.date),
        news=news,
        editions=link(EDITIONS_WORDS, "editions.md"),
    )


def _news(edition: Edition, there: Collection[str]) -> Iterator[Myst]:
    titles = {name: content.title for name, content in (*edition.audits.items(), *edition.pools.items())}

    def named(change: Change) -> Myst:
        title = titles.get(change.name) or (change.label if change.kind != "corrected" else "") or change.name
        return link(title, f"audits/{change.name}/briefing.md") if change.name in there else escape_myst(title)

    for kind, words in NEWS_KINDS.items():
        links = {change.name: named(change) for change in edition.changes if change.kind == kind}
        if links:
            yield Myst(f"{words} {joined(list(links.values()))}.")
    corrected = Counter(change.name for change in edition.changes if change.kind == "corrected")
    for change in {change.name: change for change in edition.changes if change.kind == "corrected"}.values():
        number = corrected[change.name]
        yield Myst(f"{number} {noun('figures', number)} corrected in {named(change)}.")
