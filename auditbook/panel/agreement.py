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
    pairs_on_scale = [pair for pair in pairs if set(pair) <= set(scale)]
    places = {code: place for place, code in enumerate(scale)}
    agreed = sum(given == moderated for given, moderated in pairs_on_scale)
    one_apart = (
        sum(abs(places[given] - places[moderated]) == 1 for given, moderated in pairs_on_scale) if is_ordered else None
    )
    is_told = len(pairs_on_scale) >= FEWEST_PAIRS and agreed < len(pairs_on_scale)
    return Agreement(
        len(pairs_on_scale), agreed, one_apart, interval_of_ac1(pairs_on_scale, scale) if is_told else None
    )


def ac1(pairs: Sequence[Pair], scale: Sequence[str]) -> Fraction:
    """Gwet's AC1 of two raters."""
    return _adjusted(Fraction(sum(one == other for one, other in pairs), len(pairs)), _by_chance(pairs, scale))


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
    for one, other in pairs:
        own_chance = sum((1 - shares[code]) / 2 for code in (one, other)) / (len(scale) - 1)
        drift = 2 * (1 - coefficient) * (own_chance - by_chance) / (1 - by_chance)
        linear.append(_adjusted(Fraction(one == other), by_chance) - drift)
    variance = sum((term - coefficient) ** 2 for term in linear) / (len(pairs) * (len(pairs) - 1))
    margin = STANDARD_ERRORS * sqrt(variance)
    return float(coefficient), max(-1.0, float(coefficient) - margin), min(1.0, float(coefficient) + margin)


def agreement_in_words(result: Agreement) -> str:
    """`41 of 48 agreed, 5 one grade apart; Gwet's AC1 0.83 (0.71 to 0.95)`."""
    if result.agreed == result.pairs:
        return f"all {result.pairs} agreed" if result.pairs > 1 else "1 of 1 agreed"
    words = f"{result.agreed} of {result.pairs} agreed"
    if result.one_apart is not None:
        words += f", {result.one_apart} one grade apart"
    if result.coefficient:
        middle, least, most = result.coefficient
        words += f"; Gwet's AC1 {middle:.2f} ({least:.2f} to {most:.2f})"
    return words
