"""The front page's first screen: what the newest audit found, and what changes next."""

from collections.abc import Sequence

from auditbook.briefing.myst import literal
from auditbook.evidence.threads import CLOSED
from auditbook.release.released import Released
from auditbook.release.texts import Finding

SHOWN = 3
"""Strengths, areas for development and recommendations in the first screen."""


def newest_text(figures: Released, folder: str) -> str:
    """Three strengths, three areas for development and three recommendations of one audit, with a link to the rest.

    A recommendation that is done or abandoned does not change next.

    folder  leads to the audits' pages
    """
    ahead = [each for each in figures.recommendations if each.status not in CLOSED]
    columns = [
        ("What works", "strength", [_words(figures, each) for each in headlines(figures.findings, "strength")]),
        (
            "What needs to change",
            "development",
            [_words(figures, each) for each in headlines(figures.findings, "development")],
        ),
        ("What changes next", "next", [first_sentence(each.text) for each in ahead[:SHOWN]]),
    ]
    lines = ["::::{div} ab-findings"]
    for title, kind, texts in columns:
        if texts:
            items = "\n".join(f"- {literal(text)}" for text in texts if text)
            lines += [f":::{{div}} ab-{kind}", f"**{title}**", "", items, ":::"]
    briefing = f"{folder}{figures.audit_id}/briefing.md"
    return "\n".join([*lines, "::::", "", f"[Read the whole briefing]({briefing}), seven minutes."])


def headlines(findings: Sequence[Finding], polarity: str) -> list[Finding]:
    """The first findings of a polarity, reflections apart: each of another theme, then others while there is room."""
    own = [each for each in findings if each.polarity == polarity and not each.is_reflection]
    seen: set[str] = set()
    first, rest = [], []
    for each in own:
        (rest if set(each.themes[:1]) <= seen else first).append(each)
        seen |= set(each.themes[:1])
    return [*first, *rest][:SHOWN]


def _words(figures: Released, finding: Finding) -> str:
    """A finding's text; where that is withheld, the names of its themes."""
    themes = figures.codebook.themes
    return finding.text or ", ".join(themes[each].label for each in finding.themes if each in themes)


def first_sentence(text: str) -> str:
    """Up to the first full stop that ends a sentence."""
    head, stop, _ = " ".join(text.split()).partition(". ")
    return head + "." if stop else head
