"""Durations, ages and other numbers in bands, where single numbers are not shown: more than a few behind each."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Statistic
from auditbook.codebook.variables import numbers_between, numbers_in_words
from auditbook.measures.counts import Counts, Measure
from auditbook.release.disclosure import Decision

STARTS = {
    "months": (0, 3, 6, 12, 24),
    "age": (0, 1, 5, 10, 16),
    "count": (0, 1, 2, 3, 5),
}
"""Where bands may begin: the same for every audit, so that they tell nothing of its numbers. Ages are the Department
for Education's bands for children in need."""


@dataclass(frozen=True)
class Band:
    """So many numbers lie from `low` to `high`; no `high` means that one and above."""

    low: int
    high: int | None
    label: str
    count: int


def bands(counts: Counts, decided: Decision, codebook: Codebook, threshold: int) -> dict[str, tuple[Band, ...]]:
    """Each number's bands, two or more, with more than `threshold` numbers in each; a variable without is left out.

    Only where `n` is shown as it is, for the bands add up to it. A reader who knows the rule can tell of a band that
    was joined to the next one that it held 5 or fewer, and never more than that.
    """
    if not threshold:
        return {}
    shown = {measure.id for measure in decided.listed} - decided.hidden
    found = {}
    for variable in codebook.variables.values():
        of_all = MeasureId.of(variable.id, Statistic.N)
        if variable.is_number and of_all in shown:
            own = [measure for measure in counts if measure.family == variable.id and measure.is_of_numbers]
            n = counts[of_all]
            if all(measure.category.isdigit() for measure in own):
                joined = _joined(_numbers(own, n), STARTS[variable.type], threshold)
            else:
                joined = _printed(own, n, threshold)
            if len(joined) > 1:
                found[variable.id] = tuple(_band(*each, variable.type) for each in joined)
    return found


def _printed(own: Iterable[Measure], n: Measure, threshold: int) -> list[tuple[int, int | None, int]]:
    """The bands a source prints, where they are all of `n` and each holds more than the threshold; else none."""
    bands = sorted((*numbers_between(measure.category), measure.numerator or 0) for measure in own)
    are_apart = all(high < low for (_, high, _), (low, _, _) in pairwise(bands))
    is_whole = all(measure.precision.is_exact for measure in own) and sum(count for *_, count in bands) == n.numerator
    return bands if are_apart and is_whole and all(count > threshold for *_, count in bands) else []


def _numbers(own: Iterable[Measure], n: Measure) -> list[tuple[int, int]]:
    """Each number and how often it was counted; none when they are not all known."""
    numbers = [(int(measure.category), measure.numerator) for measure in own if measure.numerator is not None]
    return numbers if sum(count for _, count in numbers) == n.numerator else []


def _joined(
    numbers: list[tuple[int, int]], starts: tuple[int, ...], threshold: int
) -> list[tuple[int, int | None, int]]:
    """Neighbouring bands joined from below until each holds more than the threshold; what is left goes to the last."""
    ends = [*(start - 1 for start in starts[1:]), None]
    joined: list[tuple[int, int | None, int]] = []
    low, held = starts[0], 0
    for start, end in zip(starts, ends, strict=True):
        held += sum(count for number, count in numbers if start <= number and (end is None or number <= end))
        if held > threshold:
            joined.append((low, end, held))
            low, held = (end or 0) + 1, 0
    if joined and joined[-1][1] is not None:
        first, _, count = joined.pop()
        joined.append((first, None, count + held))
    return joined


def _band(low: int, high: int | None, count: int, type: str) -> Band:
    return Band(low, high, numbers_in_words(type, low, high), count)
