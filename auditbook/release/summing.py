"""The measures of several audits together: what every one of them counted, added up."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditbook.codebook.measure_id import root_of
from auditbook.codebook.precision import STATISTICS, Precision, Statistic
from auditbook.codebook.variables import AGREEMENT_FAMILY, ANSWER_FAMILY, ASKED_FAMILY
from auditbook.measures.counts import Counts, Measure, families_of, together

NOT_ADDED = ("involvement", ASKED_FAMILY, AGREEMENT_FAMILY)
"""Agencies take part in one audit after another: their numbers cannot be added up."""
TOLD_WHOLE = ("theme", "channel", "cases", "people", "findings", "reflections", "recommendations")
"""First words of ids: here a missing category was not counted; elsewhere, in a table that is whole, it is nobody."""


def summed(audits: Sequence[Counts]) -> Counts:
    """Every measure that all of these audits counted, added up, in the order in which the audits list them.

    A table (a variable, grades, an agency's states) is added up when every audit has all of it with its base; of
    numbers the median, minimum and maximum are taken anew of all numbers together. What is at least so many in one
    audit is at least so many in all. Percentages and phrases cannot be added up, nor can agencies.
    """
    by_audit = [families_of(counts) for counts in audits]
    order = dict.fromkeys(family for families in by_audit for family in families)
    measures = [
        measure
        for family in order
        if root_of(family) not in NOT_ADDED and all(_is_added(family, families) for families in by_audit)
        for measure in _family_sum([families[family] for families in by_audit])
    ]
    return Counts(tuple(measures), together(audits).warnings)


def _is_added(family: str, families: Mapping[str, Mapping[str, Measure]]) -> bool:
    """Whether an audit counted the family; what agencies answered for themselves is of agencies, not of cases."""
    is_answer = root_of(family) == ANSWER_FAMILY
    return family in families and (
        not is_answer or any(measure.counts == "people" for measure in families[family].values())
    )


def _family_sum(parts: list[dict[str, Measure]]) -> list[Measure]:
    first = next(iter(parts[0].values()))
    is_table = first.id.root not in TOLD_WHOLE
    if is_table and not all(_is_whole(part) for part in parts):
        return []
    categories = [category for category in _order(parts) if category not in STATISTICS]
    if first.id.root == "theme":  # agencies that raised it: the same ones, audit after audit
        categories = [category for category in categories if category != "agencies"]
    sums = [_sum(category, parts, is_table) for category in categories]
    added = [measure for measure in sums if measure is not None]
    return [*added, *_statistics(parts, added)] if is_table else added


def _order(parts: list[dict[str, Measure]]) -> list[str]:
    """Ends as they are listed; numbers by size."""
    categories = list(dict.fromkeys(category for part in parts for category in part))
    numbers = sorted((category for category in categories if category.isdigit()), key=int)
    return [*numbers, *(category for category in categories if not category.isdigit())]


def _is_whole(part: dict[str, Measure]) -> bool:
    """Whether the audit knows all of the table: exact parts of a base."""
    counts = [measure for category, measure in part.items() if category not in STATISTICS]
    return any(measure.denominator is not None for measure in counts) and all(
        measure.numerator is not None and measure.precision.can_be_added for measure in counts
    )


def _sum(category: str, parts: list[dict[str, Measure]], is_table: bool) -> Measure | None:
    """One category of all audits; None where an audit did not count it."""
    measures = [part[category] for part in parts if category in part]
    is_missing = len(measures) < len(parts)
    is_band = measures[0].is_of_numbers and not category.isdigit()
    if is_missing and (not is_table or "+" in category or category == Statistic.N or is_band):
        return None
    if any(measure.numerator is None or not measure.precision.can_be_added for measure in measures):
        return None
    total = sum(measure.numerator for measure in measures)
    bases = [_base_of(category, part) for part in parts]
    labels = {measure.base_label for measure in measures}
    return Measure(
        measures[0].id,
        measures[0].label,
        numerator=total,
        denominator=None if measures[0].denominator is None or None in bases else sum(bases),
        base_label=measures[0].base_label if len(labels) == 1 else measures[0].unit,
        value=total,
        unit=measures[0].unit if len({measure.unit for measure in measures}) == 1 else "people",
        precision=next((measure.precision for measure in measures if not measure.precision.is_exact), Precision.EXACT),
        source=f"{len(parts)} audits",
        counts=measures[0].counts,
        is_sensitive=measures[0].is_sensitive,
        is_of_numbers=measures[0].is_of_numbers,
    )


def _base_of(category: str, part: dict[str, Measure]) -> int | None:
    """The base of a category in one audit; of a category that it does not list, that of its table."""
    if category in part:
        return part[category].denominator
    return next((measure.denominator for measure in part.values() if measure.denominator is not None), None)


def _statistics(parts: list[dict[str, Measure]], added: list[Measure]) -> list[Measure]:
    """Median, minimum and maximum of all numbers together, where every audit lists every number."""
    counts = {int(measure.category): measure.numerator for measure in added if measure.category.isdigit()}
    numbers = sorted(number for number, count in counts.items() for _ in range(count))
    n = next((measure for measure in added if measure.category == Statistic.N), None)
    full_parts = [part for part in parts if all(name in part for name in STATISTICS)]
    if n is None or not numbers or n.numerator != len(numbers) or not full_parts:
        return []
    return [
        replace(
            full_parts[0][name],
            numerator=len(numbers),
            denominator=n.denominator,
            base_label=n.base_label,
            value=name.of(numbers),
            precision=Precision.EXACT,
            source=n.source,
            statement="",
            between=None,
        )
        for name in STATISTICS
    ]
