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
    owns = [families_of(counts) for counts in audits]
    order = dict.fromkeys(family for own in owns for family in own)
    measures = [
        measure
        for family in order
        if root_of(family) not in NOT_ADDED and all(_is_added(family, own) for own in owns)
        for measure in _family_sum([own[family] for own in owns])
    ]
    return Counts(tuple(measures), together(audits).warnings)


def _is_added(family: str, own: Mapping[str, Mapping[str, Measure]]) -> bool:
    """Whether an audit counted the family; what agencies answered for themselves is of agencies, not of cases."""
    is_answer = root_of(family) == ANSWER_FAMILY
    return family in own and (not is_answer or any(each.counts == "people" for each in own[family].values()))


def _family_sum(parts: list[dict[str, Measure]]) -> list[Measure]:
    first = next(iter(parts[0].values()))
    is_table = first.id.root not in TOLD_WHOLE
    if is_table and not all(_is_whole(own) for own in parts):
        return []
    categories = [category for category in _order(parts) if category not in STATISTICS]
    if first.id.root == "theme":  # agencies that raised it: the same ones, audit after audit
        categories = [category for category in categories if category != "agencies"]
    found = [_sum(category, parts, is_table) for category in categories]
    added = [measure for measure in found if measure is not None]
    return [*added, *_statistics(parts, added)] if is_table else added


def _order(parts: list[dict[str, Measure]]) -> list[str]:
    """Ends as they are listed; numbers by size."""
    categories = list(dict.fromkeys(category for own in parts for category in own))
    numbers = sorted((category for category in categories if category.isdigit()), key=int)
    return [*numbers, *(category for category in categories if not category.isdigit())]


def _is_whole(own: dict[str, Measure]) -> bool:
    """Whether the audit knows all of the table: exact parts of a base."""
    counts = [measure for category, measure in own.items() if category not in STATISTICS]
    return any(each.denominator is not None for each in counts) and all(
        each.numerator is not None and each.precision.can_be_added for each in counts
    )


def _sum(category: str, parts: list[dict[str, Measure]], is_table: bool) -> Measure | None:
    """One category of all audits; None where an audit did not count it."""
    own = [part[category] for part in parts if category in part]
    is_missing = len(own) < len(parts)
    is_band = own[0].is_of_numbers and not category.isdigit()
    if is_missing and (not is_table or "+" in category or category == Statistic.N or is_band):
        return None
    if any(each.numerator is None or not each.precision.can_be_added for each in own):
        return None
    total = sum(each.numerator for each in own)
    bases = [_base_of(category, part) for part in parts]
    labels = {each.base_label for each in own}
    return Measure(
        own[0].id,
        own[0].label,
        numerator=total,
        denominator=None if own[0].denominator is None or None in bases else sum(bases),
        base_label=own[0].base_label if len(labels) == 1 else own[0].unit,
        value=total,
        unit=own[0].unit if len({each.unit for each in own}) == 1 else "people",
        precision=next((each.precision for each in own if not each.precision.is_exact), Precision.EXACT),
        source=f"{len(parts)} audits",
        counts=own[0].counts,
        is_sensitive=own[0].is_sensitive,
        is_of_numbers=own[0].is_of_numbers,
    )


def _base_of(category: str, part: dict[str, Measure]) -> int | None:
    """The base of a category in one audit; of a category that it does not list, that of its table."""
    if category in part:
        return part[category].denominator
    return next((each.denominator for each in part.values() if each.denominator is not None), None)


def _statistics(parts: list[dict[str, Measure]], added: list[Measure]) -> list[Measure]:
    """Median, minimum and maximum of all numbers together, where every audit lists every number."""
    counts = {int(each.category): each.numerator for each in added if each.category.isdigit()}
    numbers = sorted(number for number, count in counts.items() for _ in range(count))
    n = next((each for each in added if each.category == Statistic.N), None)
    known = [own for own in parts if all(name in own for name in STATISTICS)]
    if n is None or not numbers or n.numerator != len(numbers) or not known:
        return []
    return [
        replace(
            known[0][name],
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
