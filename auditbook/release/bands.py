"""Durations, ages and other numbers in bands, where single numbers are not shown: more than a few behind each."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Statistic
from auditbook.codebook.variables import numbers_between, numbers_in_words
from auditbook.measures.counts import Counts, Measure
from auditbook.release.disclosure import Decision
from auditbook.release.model import Cell, Model
from auditbook.release.secondary_suppression import is_protected

STARTS = {
    "months": (0, 3, 6, 12, 24),
    "age": (0, 1, 5, 10, 16),
    "count": (0, 1, 2, 3, 5),
}
"""Where bands may begin: the same for every audit, so that they tell nothing of its numbers. Ages are the Department
for Education's bands for children in need."""


Joined = tuple[int, int | None, int]
"""A band: from where, up to where (None: and above), and how many lie in it."""


@dataclass(frozen=True)
class Band:
    """So many numbers lie from `low` to `high`; no `high` means that one and above."""

    low: int
    high: int | None
    label: str
    count: int


def bands(counts: Counts, decided: Decision, codebook: Codebook, threshold: int) -> dict[str, tuple[Band, ...]]:
    """Each number's bands, two or more, with more than `threshold` numbers in each; a variable without is left out.

    Only where `n` is shown as it is, for the bands add up to it, and where a derived variable has no bands of the same
    number: those are counted, and decided with everything else. Nor where the median would tell how few stand beside
    it in its band. A reader who knows the rule can tell of a band that was joined to the next one that it held 5 or
    fewer, and never more than that.
    """
    if not threshold:
        return {}
    shown = {measure.id for measure in decided.listed} - decided.hidden
    cut = _cut_by_others(codebook, {measure.family for measure in decided.listed})
    by_variable = {}
    for variable in codebook.variables.values():
        of_all = MeasureId.of(variable.id, Statistic.N)
        if variable.is_number and variable.id not in cut and of_all in shown:
            measures = [measure for measure in counts if measure.family == variable.id and measure.is_of_numbers]
            n = counts[of_all]
            if all(measure.category.isdigit() for measure in measures):
                joined = _joined(_numbers(measures, n), STARTS[variable.type], threshold)
            else:
                joined = _printed(measures, n, threshold)
            median = counts[f"{variable.id}.median"].value if f"{variable.id}.median" in shown else None
            if len(joined) > 1 and (median is None or _is_safe(joined, median, _numbers(measures, n))):
                by_variable[variable.id] = tuple(_band(*band, variable.type) for band in joined)
    return by_variable


def _cut_by_others(codebook: Codebook, listed: Collection[str]) -> set[str]:
    """The numbers of which a derived variable that is listed has bands."""
    derived = [
        variable for variable in codebook.variables.values() if variable.derivation and variable.derivation.bands
    ]
    return {name for variable in derived if variable.id in listed for name in variable.derivation.parents}


def _is_safe(joined: Sequence[Joined], median: float, numbers: Sequence[tuple[int, int]]) -> bool:
    """Whether bands and median together leave open how many lie in its band below it, at it and above it."""
    model, most = Model(), 1 + max((number for number, _ in numbers), default=0)
    total = sum(count for *_, count in joined)
    model.put(Cell("n", total, (total, total)))
    below, above = [], []
    for low, high, count in joined:
        high = max(most, low) if high is None else high
        cuts = sorted({low, high + 1, *(cut for cut in (ceil(median), int(median) + 1) if low <= cut <= high)})
        key = model.put(Cell(f"{low}", count, (count, count)))
        pieces = []
        for start, end in pairwise(cuts):
            inside = sum(times for number, times in numbers if start <= number < end) if numbers else None
            pieces.append(model.put(Cell(f"{low}/{start}", inside)))
            below += pieces[-1:] if end - 1 < median else []
            above += pieces[-1:] if start > median else []
        model.link(key, pieces)
    model.at_most_half(below, "n")
    model.at_most_half(above, "n")
    return is_protected(model.complete(), ())


def _printed(measures: Iterable[Measure], n: Measure, threshold: int) -> list[Joined]:
    """The bands a source prints, where they are all of `n` and each holds more than the threshold; else none."""
    bands = sorted((*numbers_between(measure.category), measure.numerator or 0) for measure in measures)
    are_apart = all(high < low for (_, high, _), (low, _, _) in pairwise(bands))
    is_whole = (
        all(measure.precision.is_exact for measure in measures) and sum(count for *_, count in bands) == n.numerator
    )
    return bands if are_apart and is_whole and all(count > threshold for *_, count in bands) else []


def _numbers(measures: Iterable[Measure], n: Measure) -> list[tuple[int, int]]:
    """Each number and how often it was counted; none when they are not all known."""
    numbers = [(int(measure.category), measure.numerator) for measure in measures if measure.numerator is not None]
    return numbers if sum(count for _, count in numbers) == n.numerator else []


def _joined(numbers: list[tuple[int, int]], starts: tuple[int, ...], threshold: int) -> list[Joined]:
    """Neighbouring bands joined from below until each holds more than the threshold; what is left goes to the last."""
    ends = [*(start - 1 for start in starts[1:]), None]
    joined: list[Joined] = []
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
