"""What one printed figure says of its number: itself, a bound, or a share of its base."""

import math
from fractions import Fraction

from auditbook.codebook.precision import Precision, plain
from auditbook.measures.counts import Measure
from auditbook.release.model import Range
from auditbook.release.policy import PROTECTION_RANGE, SMALL

HOW_MUCH_IS_KNOWN = ("not_known", "not_recorded", "not_answered", "not_stated", "not_graded", "n")
"""Ends that say how much is known. That it is of everybody, or of nobody, tells nothing of a person."""
FROM_ROWS = ("cases.csv", "people.csv", "involvement.csv", "findings.csv", "grades.csv", "answers.csv")
"""Sources of figures that were counted: at least so many is then precisely how many were recorded."""


def is_recorded(measure: Measure) -> bool:
    """Whether a bound from below was counted from rows: precisely so many were recorded, and perhaps there are more."""
    files = measure.source.split("; ")
    return measure.precision == Precision.AT_LEAST and all(file in FROM_ROWS for file in files)


def true_count(measure: Measure) -> int | None:
    """The number itself, as far as anybody knows it."""
    is_known = measure.precision.is_exact or is_recorded(measure)
    return measure.numerator if is_known and not measure.id.is_statistic else None


def printed_range(measure: Measure) -> Range | None:
    """The least and the greatest number that the printed figure leaves; None for a phrase or a statistic."""
    if measure.id.is_statistic:
        return None
    if measure.between is not None and measure.unit != "percent":
        return math.ceil(measure.between[0]), math.floor(measure.between[1])
    if measure.numerator is not None:
        count = true_count(measure)
        return (count, count) if count is not None else _bound(measure.precision, measure.numerator, 1, 0)
    if measure.unit != "percent" or not measure.denominator or measure.value is None:
        return None
    share = Fraction(str(plain(measure.value))) * measure.denominator / 100
    digits = len(str(plain(measure.value)).partition(".")[2])
    half = Fraction(measure.denominator, 200 * 10**digits)
    least, most = _bound(measure.precision, share, 0, half)
    return max(0, least), measure.denominator if most is None else min(most, measure.denominator)


def _bound(precision: Precision, number: int | Fraction, step: int, half: int | Fraction) -> Range:
    """The whole numbers that agree with `more than 5`, or with `about 40 %`, which leaves any."""
    if precision == Precision.AT_LEAST:
        return math.ceil(number - half), None
    if precision == Precision.MORE_THAN:
        return math.floor(number) + 1, None
    if precision == Precision.AT_MOST:
        return 0, math.floor(number + half)
    if precision == Precision.LESS_THAN:
        return 0, math.ceil(number) - 1
    if precision == Precision.ABOUT:
        return 0, None
    return math.ceil(number - half), math.floor(number + half)


def is_small(measure: Measure, is_answer: bool) -> bool:
    """Whether the figure says a small number, or, of a sensitive question, nearly nobody or nearly everybody.

    Any number that it names or that fits it counts: `at least 3`, `more than 8 of 9`, 10 % of 30.
    """
    shown = printed_range(measure)
    if shown is None:
        return False
    base = measure.denominator
    least, most = shown
    ends = {least, most, measure.numerator} if measure.precision != Precision.ABOUT else {measure.numerator}
    is_share = measure.numerator is None and not measure.precision.is_one_sided
    fitting = range(least, (least if most is None else most) + 1) if is_share else ends - {None}
    if any(1 <= number <= SMALL for number in fitting):
        return True
    if not is_answer:
        return False
    greatest = base if most is None else most
    if measure.precision == Precision.ABOUT:
        return measure.numerator == 0 or (base is not None and (measure.numerator or 0) >= base)
    is_at_edge = least == 0 or (base is not None and greatest is not None and greatest >= base)
    is_narrow = greatest is not None and greatest - least < PROTECTION_RANGE
    return is_at_edge and is_narrow
