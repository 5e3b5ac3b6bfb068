"""Agreement between what agencies answered and what the panel made of it: counts always, a coefficient of many pairs.

An own answer and a moderated one are not independent: this says how much changed at moderation, and tests nothing.
Source of the coefficient: Gwet (2008), Computing inter-rater reliability and its variance in the presence of high
agreement, for two raters; all categories of the scale count, those that nobody gave too. Held against irrCAC 0.4.4 in
tests/returns/test_agreement.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

FEWEST_PAIRS = 25
"""Below these the 95% margin of an agreement is wider than 20 points (n = 1/E², Gwet): a coefficient says nothing."""
STANDARD_ERRORS = 2
"""Half of the interval that is printed: about 95%."""
Pair = tuple[str, str]
"""What the agency answered, and what the panel did, as codes."""


@dataclass(frozen=True)
class Agreement:
    """Pairs of answers, how many are the same, and how many are next to each other on their scale.

    coefficient  Gwet's AC1 with the ends of its interval; None for few pairs, or where all agree
    """

    pairs: int
    agreed: int
    one_apart: int | None = None
    coefficient: tuple[float, float, float] | None = None


def agreement(pairs: Sequence[Pair], scale: Sequence[str], is_ordered: bool) -> Agreement:
    """How often agencies and the panel agreed, over one question or several of the same scale.

    scale       the codes that could be given, in order; pairs with another (not applicable) are left out
    is_ordered  whether codes next to each other are one grade apart
    """
    known = [pair for pair in pairs if set(pair) <= set(scale)]
    places = {code: place for place, code in enumerate(scale)}
    agreed = sum(own == moderated for own, moderated in known)
    one_apart = sum(abs(places[own] - places[moderated]) == 1 for own, moderated in known) if is_ordered else None
    is_told = len(known) >= FEWEST_PAIRS and agreed < len(known)
    return Agreement(len(known), agreed, one_apart, interval_of_ac1(known, scale) if is_told else None)


def ac1(pairs: Sequence[Pair], scale: Sequence[str]) -> Fraction:
    """Gwet's AC1 of two raters."""
    return _adjusted(Fraction(sum(own == other for own, other in pairs), len(pairs)), _by_chance(pairs, scale))


def _shares(pairs: Sequence[Pair], scale: Sequence[str]) -> dict[str, Fraction]:
    """Category → its share of all ratings by both."""
    return {code: Fraction(sum(pair.count(code) for pair in pairs), 2 * len(pairs)) for code in scale}


def _by_chance(pairs: Sequence[Pair], scale: Sequence[str]) -> Fraction:
    return sum(share * (1 - share) for share in _shares(pairs, scale).values()) / (len(scale) - 1)


def _adjusted(agreed: Fraction, by_chance: Fraction) -> Fraction:
    return (agreed - by_chance) / (1 - by_chance)


def interval_of_ac1(pairs: Sequence[Pair], scale: Sequence[str]) -> tuple[float, float, float]:
    """AC1, and two standard errors below and above it, within -1 and 1."""
    shares, by_chance, coefficient = _shares(pairs, scale), _by_chance(pairs, scale), ac1(pairs, scale)
    linear = []
    for own, other in pairs:
        own_chance = sum((1 - shares[code]) / 2 for code in (own, other)) / (len(scale) - 1)
        drift = 2 * (1 - coefficient) * (own_chance - by_chance) / (1 - by_chance)
        linear.append(_adjusted(Fraction(own == other), by_chance) - drift)
    variance = sum((each - coefficient) ** 2 for each in linear) / (len(pairs) * (len(pairs) - 1))
    margin = STANDARD_ERRORS * sqrt(variance)
    return float(coefficient), max(-1.0, float(coefficient) - margin), min(1.0, float(coefficient) + margin)


def agreement_in_words(found: Agreement) -> str:
    """`41 of 48 agreed, 5 one grade apart; Gwet's AC1 0.83 (0.71 to 0.95)`."""
    if found.agreed == found.pairs:
        return f"all {found.pairs} agreed" if found.pairs > 1 else "1 of 1 agreed"
    words = f"{found.agreed} of {found.pairs} agreed"
    if found.one_apart is not None:
        words += f", {found.one_apart} one grade apart"
    if found.coefficient:
        middle, least, most = found.coefficient
        words += f"; Gwet's AC1 {middle:.2f} ({least:.2f} to {most:.2f})"
    return words
