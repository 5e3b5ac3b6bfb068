"""Numbers that were typed by hand beside what is counted: refused, for they can disagree with the data."""

import re
from dataclasses import dataclass

from auditbook.briefing.model import Paragraph
from auditbook.reading.wording import IRREGULAR, SMALL, noun
from auditbook.release.released import Released

REACH = 3
"""Words between a number and a noun, at the most, for the number to be taken as a count of it (DESIGN section 8)."""
TOKEN = re.compile(r"\d[\d,.]*\d|\d|[^\W\d][\w’']*(?:-\d+)?")
QUANTITIES = {*SMALL, "half", "both", "all"}
NOUNS = ("child", "family", "case", "agency", "practitioner")
PLURALS = {"child": "children", "family": "families", "agency": "agencies"}


def counted_nouns(figures: Released) -> set[tuple[str, ...]]:
    """What is counted in this audit, as lower-case words: units and base labels, one and many."""
    unit = figures.settings.unit
    phrases = {unit.singular, unit.plural, *IRREGULAR, *IRREGULAR.values()}
    phrases |= {each for one in NOUNS for each in (one, PLURALS.get(one, one + "s"))}
    for figure in figures:
        phrases |= {figure.unit, noun(figure.unit, 1), figure.base_label or ""}
        phrases |= {noun(figure.base_label, 1)} if figure.base_label else set()
    return {tuple(TOKEN.findall(phrase.lower())) for phrase in phrases if phrase}


def typed_numbers(paragraph: Paragraph, nouns: set[tuple[str, ...]]) -> list[str]:
    """The numbers of a paragraph that stand within three words of a counted noun and are neither role nor fact."""
    words = _words(paragraph)
    near: set[int] = set()
    for phrase in nouns:
        for start in range(len(words) - len(phrase) + 1):
            found = words[start : start + len(phrase)]
            if tuple(word.token for word in found) == phrase:
                near.update(range(found[0].place - REACH, found[-1].place + REACH + 1))
    return [
        word.token
        for word in words
        if word.is_typed and word.place in near and (word.token[0].isdigit() or word.token in QUANTITIES)
    ]


@dataclass(frozen=True)
class _Word:
    token: str
    place: int
    is_typed: bool


def _words(paragraph: Paragraph) -> list[_Word]:
    """The words of a paragraph with their places; all of a role's words have one place."""
    words: list[_Word] = []
    place = 0
    for run in paragraph.runs:
        is_typed = not run.measure and not run.fact
        for token in TOKEN.findall(run.text.lower()):
            words.append(_Word(token, place, is_typed))
            place += is_typed
        place += not is_typed
    return words
