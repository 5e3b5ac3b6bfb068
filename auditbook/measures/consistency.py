"""Figures of a source that do not agree with each other: shown to the reader with the figures, never mended."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import HALF_A_POINT, Precision, Statistic, plain
from auditbook.measures.counts import Warning
from auditbook.measures.distribution import Distribution, Quantity, is_sum, members, numbers, parts_of_base

BEYOND = {
    Precision.AT_LEAST: lambda number, bound, _: number < bound,
    Precision.MORE_THAN: lambda number, bound, _: number <= bound,
    Precision.AT_MOST: lambda number, bound, _: number > bound,
    Precision.LESS_THAN: lambda number, bound, _: number >= bound,
    Precision.BETWEEN: lambda number, least, greatest: not least <= number <= greatest,
}
"""When a number contradicts a bound that is printed of it."""


def consistency_warnings(distribution: Distribution) -> tuple[Warning, ...]:
    """Every contradiction inside one variable's printed figures."""
    warnings = [
        *_above_base(distribution),
        *_contradicted_sums(distribution),
        *_shares_above_100(distribution),
        *_contradicted_statistics(distribution),
    ]
    for category, quantity in distribution.parts.items():
        base = distribution.base if quantity.has_base else None
        printed = replace(quantity, precision=Precision.EXACT) if category in distribution.printed else quantity
        warnings += percent_warnings(MeasureId.of(distribution.variable.family, category), printed, base)
    return tuple(warnings)


def _warning(about: str, problem: str, figures: str) -> Warning:
    return Warning(about, f"{about}: {problem}: {figures}.", f"{about}: {problem} (figures withheld).")


def _above_base(distribution: Distribution) -> list[Warning]:
    if distribution.base is None:
        return []
    family, base, parts = distribution.variable.family, distribution.base, distribution.parts
    based = {MeasureId.of(family, category): part for category, part in parts.items() if part.has_base}
    warnings = [warning for about, part in based.items() for warning in base_warnings(about, part, base)]
    if warnings or distribution.variable.type == "multi":
        return warnings
    return sum_warnings(family, [parts[category] for category in parts_of_base(distribution.variable, parts)], base)


def base_warnings(about: str, part: Quantity, base: int | None) -> list[Warning]:
    """A part above its base."""
    if base is None or part.count is None or part.precision.may_be_less or part.count <= base:
        return []
    return [_warning(about, "this part is above its base", f"{plain(part.count)} of {base}")]


def row_warnings(printed: Distribution, counted: Distribution) -> tuple[Warning, ...]:
    """Printed figures below what the rows of some units already give."""
    family = printed.variable.family
    return tuple(
        warning
        for category, part in printed.parts.items()
        if category in counted.parts
        for warning in bound_warnings(MeasureId.of(family, category), part, counted.parts[category].count)
    )


def bound_warnings(about: str, printed: Quantity, at_least: float | None) -> list[Warning]:
    """A printed figure below what rows already give."""
    if at_least is None or printed.count is None:
        return []
    most = printed.count if printed.greatest is None else printed.greatest
    if most >= at_least or not (printed.is_exact or printed.precision.is_upper_bound or printed.between):
        return []
    figures = f"{plain(most)} beside at least {plain(at_least)}"
    return [_warning(about, "the printed figure is below what rows give", figures)]


def sum_warnings(about: str, parts: Iterable[Quantity], base: int) -> list[Warning]:
    """Parts that cannot overlap and add up to more than their base."""
    counts = [part.count for part in parts if part.count is not None and not part.precision.may_be_less]
    if sum(counts) <= base:
        return []
    figures = f"{' + '.join(str(plain(count)) for count in counts)} of {base}"
    return [_warning(about, "the parts add up to more than their base", figures)]


def _contradicted_sums(distribution: Distribution) -> list[Warning]:
    """A union or group whose own codes, all exact, make another sum."""
    variable, parts = distribution.variable, distribution.parts
    warnings = []
    for category in parts if variable.type != "multi" else ():
        inside = [code for code in members(variable, category) if code in parts] if is_sum(variable, category) else []
        is_whole = len(inside) == len(members(variable, category))
        printed = distribution.printed.get(category, parts[category])
        figures = _against_its_parts(printed, [parts[code] for code in inside], is_whole, distribution.base)
        if figures:
            about = MeasureId.of(variable.family, category)
            warnings.append(_warning(about, "the printed sum contradicts its counts", figures))
    return warnings


def _against_its_parts(printed: Quantity, inside: list[Quantity], is_whole: bool, base: int | None) -> str:
    """The figures of a contradiction, counts beside a count or else shares beside a share; empty without one."""
    if inside and printed.is_exact and all(part.is_exact for part in inside):
        numbers_inside, whole, allowed, sign = [part.count for part in inside], printed.count, 0, ""
    elif inside and all(part.percent is not None and not part.precision.is_bound for part in (printed, *inside)):
        numbers_inside, whole, sign = [part.percent for part in inside], printed.percent, "%"
        allowed = HALF_A_POINT * (len(inside) + 1)
    else:
        return _against_its_bound(printed, inside, base) if is_whole else ""
    above = sum(map(as_printed, numbers_inside)) - as_printed(whole)
    if above > allowed or (is_whole and above < -allowed):
        return f"{' + '.join(f'{plain(number)}{sign}' for number in numbers_inside)} beside {plain(whole)}{sign}"
    return ""


def _against_its_bound(printed: Quantity, inside: list[Quantity], base: int | None) -> str:
    """The figures of counts, all exact, whose sum lies beyond the bound that is printed of it."""
    is_share, bound = printed.count is None, printed.percent if printed.count is None else printed.count
    if printed.precision not in BEYOND or bound is None or not all(part.is_exact for part in inside):
        return ""
    total = sum(int(part.count) for part in inside)
    if is_share and not base:
        return ""
    number = Fraction(100 * total, base) if is_share else total
    is_beyond = BEYOND[printed.precision](number, bound, printed.greatest)
    sign = "%" if is_share else ""
    words = printed.words if printed.between else f"{printed.precision.replace('_', ' ')} {plain(bound)}{sign}"
    return f"{total}{f' of {base}' if base else ''} beside {words}" if is_beyond else ""


def _shares_above_100(distribution: Distribution) -> list[Warning]:
    variable, parts = distribution.variable, distribution.parts
    shares = [
        parts[category].percent
        for category in parts_of_base(variable, parts)
        if parts[category].percent is not None and not parts[category].precision.may_be_less
    ]
    if variable.type == "multi" or sum(map(as_printed, shares)) <= 100 + HALF_A_POINT * len(shares):
        return []
    figures = f"{' + '.join(f'{plain(share)}%' for share in shares)}"
    return [_warning(variable.family, "the shares make more than 100%", figures)]


def _contradicted_statistics(distribution: Distribution) -> list[Warning]:
    of_numbers = numbers(distribution)
    warnings = []
    for name, printed in distribution.statistics.items() if of_numbers else ():
        counted = Statistic(name).of(of_numbers)
        is_told = printed.count == counted
        if name == "mean" and printed.count is not None:
            is_told = _is_rounded(printed.count, Fraction(sum(of_numbers), len(of_numbers)))
        if printed.is_exact and not is_told:
            about = MeasureId.of(distribution.variable.family, name)
            figures = f"printed {plain(printed.count)}, counted {plain(counted)}"
            warnings.append(_warning(about, "the printed figure contradicts its counts", figures))
    return warnings


def percent_warnings(about: str, quantity: Quantity, base: int | None) -> list[Warning]:
    """A printed percentage beside its count, and a derived count that is not the only one that fits."""
    if quantity.percent is None or not quantity.is_exact or not base:
        return []
    share = Fraction(100 * int(quantity.count), base)
    if abs(share - as_printed(quantity.percent)) > HALF_A_POINT:
        figures = f"{plain(quantity.percent)}% beside {plain(quantity.count)} of {base}"
        return [_warning(about, "the printed percentage contradicts its count", figures)]
    fitting = counts_that_fit(quantity.percent, base)
    if quantity.precision != Precision.DERIVED or fitting == [quantity.count]:
        return []
    figures = f"{plain(quantity.percent)}% of {base} is {_any_of(fitting)}"
    return [_warning(about, "the derived count is not the only one that fits", figures)]


def as_printed(percent: float) -> Fraction:
    """A percentage exactly as its digits stand: 12.3 is 123/10."""
    return Fraction(str(plain(percent)))


def counts_that_fit(percent: float, base: int) -> list[int]:
    """Every count that is printed as this percentage of the base, rounded to as many decimals as it has."""
    return [count for count in range(base + 1) if _is_rounded(percent, Fraction(100 * count, base))]


def _is_rounded(printed: float, exact: Fraction) -> bool:
    """Whether a number is printed so, rounded to as many decimals as it has."""
    half_a_digit = Fraction(1, 2 * 10 ** len(str(plain(printed)).partition(".")[2]))
    return abs(exact - as_printed(printed)) <= half_a_digit


def _any_of(counts: list[int]) -> str:
    if len(counts) < 2:
        return f"only {counts[0]}" if counts else "no whole count"
    return f"any of {counts[0]} to {counts[-1]}"
