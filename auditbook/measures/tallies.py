"""Published totals of measures other than variables, and their place among what rows give."""

from collections.abc import Iterable, Sequence
from typing import Any

from auditbook.codebook.measure_id import root_of
from auditbook.codebook.precision import Precision, plain
from auditbook.evidence.records import Tally
from auditbook.measures.consistency import base_warnings, bound_warnings, percent_warnings, sum_warnings
from auditbook.measures.counts import Counts, Measure, Warning
from auditbook.measures.distribution import Quantity
from auditbook.validation.problems import Place, Refusals

WHOLES = {
    "cases": "total",
    "findings": "total",
    "theme": "findings",
    "recommendations": "total",
    "involvement": "invited",
}
"""First word of an id → the category that its parts cannot exceed together."""
APART = {
    "cases": ("in_scope",),
    "findings": ("strength", "development"),
    "theme": ("strength", "development"),
    "recommendations": ("open", "done", "not_stated"),
    "involvement": ("returned", "nothing_to_return", "no_response", "declined"),
}
"""First word of an id → the categories that no case, finding, recommendation or agency can be in twice."""


def printed_measure(tally: Tally, base_label: str | None, label: str, noun: str, counts: str) -> Measure:
    """A tally as a measure.

    base_label  the one of its family; it names the base of a tally without one of its own
    noun        what is counted when nobody says
    """
    unit = tally.base_label or (base_label if tally.base is not None else None) or noun
    return measure_of(_quantity(tally), tally.base, unit, id=tally.id, label=label, counts=counts)


def measure_of(quantity: Quantity, base: int | None, unit: str, **others: Any) -> Measure:
    """A quantity of a base as a measure; what is printed of it is its count, else its percentage.

    unit    what the base counts, a plural noun
    others  the fields of the measure that its quantity does not tell
    """
    is_range = quantity.between is not None
    is_percent = quantity.count is None and quantity.percent is not None and not is_range
    count = None if quantity.count is None or is_range else int(quantity.count)
    return Measure(
        numerator=count,
        denominator=base,
        base_label=quantity.base_label if base is None else unit,
        value=plain(quantity.percent) if is_percent else count,
        unit="percent" if is_percent else unit,
        precision=quantity.precision,
        source=quantity.source,
        statement=quantity.words,
        percent=None if is_range or percent_warnings("", quantity, base) else quantity.percent,
        between=quantity.between,
        **others,
    )


def _quantity(tally: Tally) -> Quantity:
    return Quantity(
        tally.count,
        tally.precision,
        tally.percent,
        tally.statement or "",
        tally.source or "",
        base_label=tally.base_label,
        greatest=tally.greatest,
    )


def tally_warnings(tally: Tally, counted: Measure | None) -> list[Warning]:
    """What is wrong with one tally: its base, its percentage, and the bound that rows give of the same."""
    printed = _quantity(tally)
    return [
        *base_warnings(tally.id, printed, tally.base),
        *percent_warnings(tally.id, printed, tally.base),
        *bound_warnings(tally.id, printed, None if counted is None else counted.numerator),
    ]


def with_printed(
    counted: Iterable[Measure],
    tallies: Iterable[Tally],
    categories: Sequence[str],
    words: dict[str, tuple[str, str, str]],
    refusals: Refusals,
) -> Counts:
    """Counted and printed measures of one family, in the order of its categories.

    words   category → its label, noun, and what it counts (`people` or `things`)
    A tally for what rows give is refused (N06); where rows give only a bound, the printed total stands.
    """
    tallies = list(tallies)
    measures = {measure.category: measure for measure in counted}
    base_label = next((tally.base_label for tally in tallies if tally.base_label), None)
    warnings: list[Warning] = []
    for tally in tallies:
        counted_measure = measures.get(tally.value)
        if counted_measure is not None and counted_measure.precision != Precision.AT_LEAST:
            refuse_tally(tally, refusals)
            continue
        measures[tally.value] = printed_measure(tally, base_label, *words[tally.value])
        warnings += tally_warnings(tally, counted_measure)
    if tallies and not warnings:
        warnings += _parts_above_whole(tallies[0].variable, measures)
    return Counts(tuple(measures[category] for category in categories if category in measures), tuple(warnings))


def _parts_above_whole(family: str, measures: dict[str, Measure]) -> list[Warning]:
    """Parts that make more than their whole: the total, printed or counted, else the base they are printed of."""
    root = root_of(family)
    parts = [measures[category] for category in APART.get(root, ()) if category in measures]
    total = measures.get(WHOLES.get(root, ""))
    base = next((part.denominator for part in parts if part.denominator is not None), None)
    whole = total.numerator if total is not None and total.precision.is_exact else base
    if whole is None:
        return []
    return sum_warnings(family, [Quantity(part.numerator, part.precision) for part in parts], whole)


def refuse_tally(tally: Tally, refusals: Refusals) -> None:
    place = Place(tally.place.file, tally.place.row, "variable")
    refusals.add(place, "N06", f"{tally.id} is counted from rows; a tally is for what no rows give.")
