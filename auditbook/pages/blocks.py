"""Pieces of MyST text that generated pages share."""

from collections.abc import Iterable

from auditbook.briefing.myst import Myst, escape_myst
from auditbook.codebook.quarter import AuditId
from auditbook.reading.display import Display

POLARITIES = {"strength": "Strength", "development": "Area for development", "": "Finding"}


def grouped(entries: Iterable, column: str) -> dict[str, list]:
    """What a column says → the entries that say so, in their order."""
    groups: dict[str, list] = {}
    for entry in entries:
        groups.setdefault(getattr(entry, column), []).append(entry)
    return groups


def found_by(words: Iterable[str]) -> Myst:
    """What the search of the book finds this place by: entries of Sphinx's index (`site.search_titles`)."""
    entries = [" ".join(word.replace(";", ",").split()) for word in words]
    return Myst("\n\n".join(f":::{{index}} single: {entry}\n:::" for entry in entries if entry))


def also_called(words: Iterable[str]) -> str:
    """`also called GP, general practitioners`; empty when it has no other name."""
    names = ", ".join(words)
    return f"also called {names}" if names else ""


def shown(display: Display) -> Myst:
    """A chart, a table or a note as it stands on an executed page.

    All of it is one line, so that no text in it can end the block it stands in.
    """
    return Myst(f"```{{raw}} html\n{' '.join(display._repr_html_().split())}\n```")


def text_of(blocks: Iterable[str]) -> str:
    """A page's text of its blocks; empty ones are left out."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def recommendation_anchor(audit_id: AuditId | str, recommendation: str) -> str:
    """The permanent anchor of a recommendation in the register."""
    return f"recommendation-{audit_id}-{recommendation}".lower()


def recommendation_link(audit_id: AuditId, recommendation: str) -> Myst:
    words = f"Recommendation {escape_myst(recommendation)} of {escape_myst(audit_id.label)}"
    return Myst(f"[{words}](#{recommendation_anchor(audit_id, recommendation)})")
