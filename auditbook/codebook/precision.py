"""How exactly a number is known, and the statistics of numbers that are no counts: each with its questions."""

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from statistics import median

ONE_DECIMAL = Decimal("0.1")
HALF_A_POINT = Fraction(1, 2)
"""A printed percentage may be this far from its counts (DESIGN section 5)."""


class Precision(StrEnum):
    """What a source, or rows, say of a number (DESIGN section 4)."""

    EXACT = "exact"
    DERIVED = "derived"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ABOUT = "about"
    BETWEEN = "between"
    PERCENT_ONLY = "percent_only"
    QUALITATIVE = "qualitative"

    @classmethod
    def exact_if(cls, is_whole: bool) -> "Precision":
        """What was counted: exact where all that there is was counted, else at least so many."""
        return cls.EXACT if is_whole else cls.AT_LEAST

    @property
    def is_exact(self) -> bool:
        """The number itself is known: counted, or the only one that fits a printed percentage."""
        return self in (Precision.EXACT, Precision.DERIVED)

    @property
    def is_lower_bound(self) -> bool:
        return self in (Precision.AT_LEAST, Precision.MORE_THAN)

    @property
    def is_upper_bound(self) -> bool:
        return self in (Precision.AT_MOST, Precision.LESS_THAN)

    @property
    def is_one_sided(self) -> bool:
        return self.is_lower_bound or self.is_upper_bound

    @property
    def is_bound(self) -> bool:
        """Another number than the printed one may be true."""
        return self.is_one_sided or self in (Precision.ABOUT, Precision.BETWEEN)

    @property
    def may_be_less(self) -> bool:
        """The true number may be smaller than the printed one, which so proves no part too large."""
        return self.is_upper_bound or self is Precision.ABOUT

    @property
    def has_least(self) -> bool:
        """The printed number is one that is reached for certain."""
        return self.is_exact or self.is_lower_bound or self is Precision.BETWEEN

    @property
    def can_be_added(self) -> bool:
        """Sums of such numbers are known as exactly as they are."""
        return self.is_exact or self is Precision.AT_LEAST


class Statistic(StrEnum):
    """What is said of all the numbers of a variable together; all but `n`, how many there are, are no counts."""

    MEDIAN = "median"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"
    N = "n"

    def of(self, numbers: list[int]) -> int | float:
        """Of numbers in order, at least one: the mean to one decimal, the median the middle one or two's mean."""
        return {"median": median, "mean": _mean, "min": min, "max": max, "n": len}[self](numbers)


STATISTICS = tuple(statistic for statistic in Statistic if statistic is not Statistic.N)


def plain(number: float) -> int | float:
    """A whole number as int: 4.0 is 4, 4.5 stays."""
    return int(number) if number == int(number) else number


def _mean(numbers: list[int]) -> int | float:
    exact = Fraction(sum(numbers), len(numbers))
    rounded = (Decimal(exact.numerator) / exact.denominator).quantize(ONE_DECIMAL, ROUND_HALF_UP)
    return plain(float(rounded))
