"""One variable's distribution → its measures: what is stated, what can be added up, and zeros that were counted."""

from dataclasses import replace

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import STATISTICS, Precision, Statistic, plain
from auditbook.codebook.variables import NUMBER_UNITS, Variable, numbers_between
from auditbook.measures.consistency import consistency_warnings
from auditbook.measures.counts import Counts, Measure
from auditbook.measures.distribution import (
    Distribution,
    Quantity,
    exactness,
    is_sum,
    members,
    numbers,
    parts_of_base,
    separate_parts,
    unknown,
)
from auditbook.measures.tallies import measure_of


def variable_measures(distribution: Distribution, noun: str) -> Counts:
    """Every measure of a variable that is known.

    noun  what is counted when the data does not say, a plural noun

    In this order: codes or numbers, unions, groups, not_known, not_recorded, not_graded, not_stated, statistics.
    What is not stated is not listed; zero is listed where every unit of the base was counted, and nowhere else.
    Source: DESIGN section 5; worked examples in tests/spec/test_variables.py.
    """
    listed = _listed(distribution)
    measures = [_measure(distribution, category, quantity, noun) for category, quantity in listed.items()]
    return Counts(tuple([*measures, *_statistics(distribution, noun)]), consistency_warnings(distribution))


def _listed(distribution: Distribution) -> dict[str, Quantity]:
    variable, parts = distribution.variable, distribution.parts
    unions = [category for category in parts if "+" in category]
    singles = [code.code for code in variable.codes]
    if variable.is_number:
        singles = sorted((category for category in parts if numbers_between(category)), key=numbers_between)
    is_grade = variable.type == "grade"
    is_given = is_grade and not variable.root  # grades: what was given, not what was asked for
    blank = [category for category in unknown(variable) if category in parts or not is_given]
    categories = [*singles, *unions, *variable.groups, *blank, *(["not_graded"] if is_grade else [])]
    listed = {category: _quantity(distribution, category) for category in categories} | _not_stated(distribution)
    return {
        category: quantity
        for category, quantity in listed.items()
        if quantity is not None and not _says_nothing(quantity)
    }


def _says_nothing(quantity: Quantity) -> bool:
    return quantity.precision == Precision.AT_LEAST and quantity.count == 0


def _quantity(distribution: Distribution, category: str) -> Quantity | None:
    if category in distribution.parts:
        return distribution.parts[category]
    if category in distribution.variable.groups:
        return group_sum(distribution, category)
    if distribution.is_counted and category != "not_graded" and not _inside_a_sum(distribution, category):
        return _zero(distribution)
    return None


def _zero(distribution: Distribution) -> Quantity:
    """Nobody, because everybody of the base is in some other part."""
    parts = distribution.parts.values()
    return Quantity(0, exactness(parts), source=_sources(parts))


def _inside_a_sum(distribution: Distribution, category: str) -> bool:
    variable = distribution.variable
    return variable.type != "multi" and any(
        is_sum(variable, part) and category in members(variable, part)
        for part in separate_parts(variable, distribution.parts)
    )


def group_sum(distribution: Distribution, group: str) -> Quantity | None:
    """How many are in a group, added up from counts, never from percentages.

    Exact when every code of the group is known exactly; at least the sum when only some are; None when none is.
    """
    variable, parts = distribution.variable, distribution.parts
    codes = set(members(variable, group))
    if variable.type == "multi":
        return _zero(distribution) if distribution.is_counted else None
    inside = separate_parts(variable, [category for category in parts if set(members(variable, category)) <= codes])
    quantities = [
        parts[category]
        for category in inside
        if parts[category].count is not None and parts[category].precision.has_least
    ]
    left = codes - {code for category in inside if parts[category].is_exact for code in members(variable, category)}
    is_rest_zero = distribution.is_counted and not any(_inside_a_sum(distribution, code) for code in left)
    total = sum(int(quantity.count) for quantity in quantities)
    if (
        len(quantities) == len(inside)
        and all(quantity.is_exact for quantity in quantities)
        and (not left or is_rest_zero)
    ):
        precision = exactness(quantities)
    elif quantities:
        precision = Precision.AT_LEAST
    else:
        return None
    sources = _sources(quantities or parts.values())
    return Quantity(total, precision, source=sources, has_base=all(quantity.has_base for quantity in quantities))


def _not_stated(distribution: Distribution) -> dict[str, Quantity]:
    """What the parts leave of the base, when all of them are exact and none reaches beyond what can be added up."""
    parts, variable = distribution.parts, distribution.variable
    if distribution.base is None or variable.type == "multi" or distribution.is_counted:
        return {}
    categories = parts_of_base(variable, parts)
    separate = [parts[category] for category in categories]
    covered = {code for category in categories for code in members(variable, category)}
    is_whole = all(covered.issuperset(members(variable, category)) for category in parts if category != "not_graded")
    left = distribution.base - sum(quantity.count for quantity in separate if quantity.is_exact)
    if not separate or left <= 0 or not is_whole or not all(quantity.is_exact for quantity in separate):
        return {}
    return {"not_stated": Quantity(int(left), exactness(separate), source=_sources(separate))}


def _sources(quantities) -> str:
    return "; ".join(dict.fromkeys(quantity.source for quantity in quantities if quantity.source))


def _noun(distribution: Distribution, noun: str) -> str:
    unit = distribution.variable.unit
    return distribution.base_label or (unit if unit not in ("case", "person") else noun)


def _measure(distribution: Distribution, category: str, quantity: Quantity, noun: str) -> Measure:
    variable = distribution.variable
    return measure_of(
        quantity,
        distribution.base if quantity.has_base else None,
        _noun(distribution, noun),
        id=MeasureId.of(variable.family, category),
        label=label_of(variable, category),
        counts="people",
        is_sensitive=variable.sensitive,
        is_of_numbers=variable.is_number and numbers_between(category) is not None,
    )


def label_of(variable: Variable, category: str) -> str:
    """A measure's label: `Sex: Female`; of a flag that is so, the flag's own."""
    if variable.type == "flag" and category == "yes" and not variable.root:
        return variable.label
    joint = " " if variable.label.endswith("?") else ": "
    return f"{variable.label}{joint}{variable.label_of(category)}"


def _statistics(distribution: Distribution, noun: str) -> list[Measure]:
    """Median, mean, min, max and n of a number: counted, else as the source prints them."""
    variable = distribution.variable
    if not variable.is_number:
        return []
    of_numbers = numbers(distribution)
    quantities: dict[str, Quantity] = dict(distribution.statistics)
    parts = distribution.parts.values()
    precision, source = exactness(parts), _sources(parts)
    if distribution.is_counted:
        blank = unknown(variable)
        with_number = [category for category in separate_parts(variable, distribution.parts) if category not in blank]
        n = sum(int(distribution.parts[category].count) for category in with_number)
        quantities["n"] = Quantity(n, precision, source=source)
    for name in STATISTICS if of_numbers else ():
        quantities[name] = Quantity(name.of(of_numbers), precision, source=source)
    n = quantities["n"].count if "n" in quantities and quantities["n"].is_exact else None
    measures = []
    for name in Statistic:
        if name not in quantities:
            continue
        quantity = quantities[name]
        measure = _measure(distribution, name, quantity, noun)
        if name is not Statistic.N:
            unit = NUMBER_UNITS.get(variable.type, "each" if variable.root else _inside_a_sentence(variable.label))
            value = None if quantity.count is None or quantity.between else plain(quantity.count)
            numerator = None if n is None else int(n)
            measure = replace(measure, numerator=numerator, value=value, unit=unit)
        measures.append(measure)
    return measures


def _inside_a_sentence(label: str) -> str:
    """`missing episodes` of `Missing episodes`; `A&E visits` and `NHS contacts` stay."""
    first = label.partition(" ")[0]
    return label[:1].lower() + label[1:] if first[1:].islower() and first.isalpha() else label
