"""The front page's first screen: what the newest audit found, and what changes next."""

from collections.abc import Sequence

from auditbook.briefing.myst import Myst
from auditbook.evidence.threads import CLOSED
from auditbook.pages.render import block
from auditbook.release.released import Released
from auditbook.release.texts import Finding

AUDITS_SHOWN = 3
"""Strengths, areas for development and recommendations in the first screen."""


def newest_text(figures: Released, folder: str) -> Myst:
    """Three strengths, three areas for development and three recommendations of one audit, with a link to the rest.

    A recommendation that is done or abandoned does not change next.

    folder  leads to the audits' pages
    """
    ahead = [each for each in figures.recommendations if each.status not in CLOSED]
    strengths, developments = (
        [_words(figures, finding) for finding in headlines(figures.findings, polarity)]
        for polarity in ("strength", "development")
    )
    changes = [first_sentence(recommendation.text) for recommendation in ahead[:AUDITS_SHOWN]]
    columns = [
        {"title": "What works", "kind": "strength", "texts": strengths},
        {"title": "What needs to change", "kind": "development", "texts": developments},
        {"title": "What changes next", "kind": "next", "texts": changes},
    ]
    return block("newest", columns=columns, briefing=f"{folder}{figures.audit_id}/briefing.md")


def headlines(findings: Sequence[Finding], polarity: str) -> list[Finding]:
    """The first findings of a polarity, reflections apart: each of another theme, then others while there is room."""
    own = [each for each in findings if each.polarity == polarity and not each.is_reflection]
    seen: set[str] = set()
    first, rest = [], []
    for each in own:
        (rest if set(each.themes[:1]) <= seen else first).append(each)
        seen |= set(each.themes[:1])
    return [*first, *rest][:AUDITS_SHOWN]


def _words(figures: Released, finding: Finding) -> str:
    """A finding's text; where that is withheld, the names of its themes."""
    themes = figures.codebook.themes
    return finding.text or ", ".join(themes[each].label for each in finding.themes if each in themes)


def first_sentence(text: str) -> str:
    """Up to the first full stop that ends a sentence."""
    head, stop, _ = " ".join(text.split()).partition(". ")
    return head + "." if stop else head
