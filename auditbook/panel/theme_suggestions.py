"""Coding help: the themes of the codebook that lie nearest to a text. Suggestions for people who code, never data.

A theme is the words of its label, definition and other names, and of what earlier audits coded with it. Words count by
their stems, more where few themes have them (TF-IDF), and two texts are as near as their weights are alike (cosine).
Everything is local and the same every time: words in sorted order, scores rounded, ties in the codebook's order.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import Stemmer

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import Audit
from auditbook.returns.layout import themes_now

LETTERS = re.compile(r"[^\W\d_]+")
SAYS_LITTLE = frozenset(
    "a an and are as at be been but by did do does each for from had has have her him his how i in into is it its no "
    "nor not of on or our s she he so such t than that the their them then there they this to was we were what when "
    "where which who whom whose why will with without you your".split()
)
"""Words that are in every text and belong to no theme."""
SUGGESTED = 5
"""Suggestions for one text: the reference figures for three and five are in the guide."""
EXACT_DIGITS = 9
"""Digits of a score that count; behind them stands only the order in which a sum was added up."""
Weights = dict[str, float]


@dataclass(frozen=True)
class CodedText:
    """A text that a person has coded: the audit it is of, and its themes."""

    audit: AuditId
    text: str
    themes: tuple[str, ...]


@dataclass(frozen=True)
class HitRate:
    """Of how many coded texts one of the coder's themes is the first suggestion, among the first three, among all."""

    texts: int
    first: int
    of_three: int
    of_all: int


class ThemeSuggestions:
    """What texts are near to which themes, after what was coded before."""

    def __init__(self, codebook: Codebook, coded: Iterable[CodedText] = ()):
        now = themes_now(codebook)
        words: dict[str, list[str]] = {theme: [] for theme in codebook.themes if now[theme] == theme}
        for theme in codebook.themes.values():
            words[now[theme.id]] += stems(" ".join((theme.label, theme.definition, *theme.also_called)))
        for coded_text in coded:
            for theme in coded_text.themes:
                words[now[theme]] += stems(coded_text.text)
        with_word = Counter(stem for theme_stems in words.values() for stem in set(theme_stems))
        self._rarity = {stem: 1 + math.log((1 + len(words)) / (1 + number)) for stem, number in with_word.items()}
        self._themes = {theme: self._weights(theme_stems) for theme, theme_stems in words.items()}

    def nearest(self, text: str) -> tuple[str, ...]:
        """The ids of the nearest themes, nearest first; at most SUGGESTED, none that shares no word with the text."""
        weights = self._weights(stems(text))
        nearness = {theme: _likeness(weights, theme_weights) for theme, theme_weights in self._themes.items()}
        order = sorted(filter(nearness.__getitem__, nearness), key=nearness.__getitem__, reverse=True)
        return tuple(order[:SUGGESTED])

    def _weights(self, words: Sequence[str]) -> Weights:
        """Stem → its weight, so that the squares of all add up to one. A word that no theme has weighs nothing."""
        numbers = Counter(stem for stem in words if stem in self._rarity)
        weights = {stem: numbers[stem] * self._rarity[stem] for stem in sorted(numbers)}
        length = math.sqrt(math.fsum(weight**2 for weight in weights.values()))
        return {stem: weight / length for stem, weight in weights.items()}


def _likeness(one: Weights, other: Weights) -> float:
    return round(math.fsum(one[stem] * other[stem] for stem in one if stem in other), EXACT_DIGITS)


def stems(text: str) -> list[str]:
    """The words of a text that say something, by their stems: `supervised` and `supervision` are one."""
    words = [word for word in LETTERS.findall(text.casefold()) if word not in SAYS_LITTLE]
    return Stemmer.Stemmer("english").stemWords(words)


def coded_before(audits: Iterable[Audit], before: AuditId) -> list[CodedText]:
    """The findings that earlier audits coded."""
    return [
        CodedText(audit.id, row["text"], row["themes"])
        for audit in audits
        if audit.id < before and audit.findings is not None
        for row in audit.findings.to_dict("records")
        if row["text"] and row["themes"]
    ]


def hit_rate(codebook: Codebook, coded: Sequence[CodedText]) -> HitRate:
    """How often a coder's theme was suggested, each text by what was coded before its audit and nothing later."""
    now, places = themes_now(codebook), Counter[int]()
    for audit in sorted({coded_text.audit for coded_text in coded}):
        suggestions = ThemeSuggestions(codebook, [coded_text for coded_text in coded if coded_text.audit < audit])
        for coded_text in coded:
            if coded_text.audit == audit:
                places[_place(suggestions.nearest(coded_text.text), {now[theme] for theme in coded_text.themes})] += 1
    first, of_three, of_all = (sum(places[place] for place in range(most)) for most in (1, 3, SUGGESTED))
    return HitRate(len(coded), first, of_three, of_all)


def _place(offered: Sequence[str], chosen: Iterable[str]) -> int:
    """The place of the first suggestion that was chosen; SUGGESTED when none was."""
    return min((offered.index(theme) for theme in chosen if theme in offered), default=SUGGESTED)


def hits_in_words(rate: HitRate) -> str:
    """`in the first three for 109 of 148 findings that people coded, in the first five for 120`."""
    return (
        f"among the first three for {rate.of_three} of {rate.texts} findings that people coded, among the first five "
        f"for {rate.of_all}"
    )
