"""Numbers that were typed by hand beside what is counted: refused, for they can disagree with the data."""

import re

from auditbook.making.briefing.model import Paragraph
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
    tokens: list[str] = []
    is_typed: list[bool] = []
    for run in paragraph.runs:
        found = TOKEN.findall(run.text.lower())
        tokens += found
        is_typed += [not run.measure and not run.fact] * len(found)
    near: set[int] = set()
    for phrase in nouns:
        for start in range(len(tokens) - len(phrase) + 1):
            if tuple(tokens[start : start + len(phrase)]) == phrase:
                near.update(range(start - REACH, start + len(phrase) + REACH))
    return [
        token
        for place, token in enumerate(tokens)
        if is_typed[place] and place in near and (token[0].isdigit() or token in QUANTITIES)
    ]
