"""Figures of a source that do not agree with each other: shown to the reader with the figures, never mended."""

from auditbook.measures.counts import Warning, plain
from auditbook.measures.distribution import (
    Distribution,
    Quantity,
    is_sum,
    members,
    numbers,
    separate_parts,
    statistic,
)

HALF_A_POINT = 0.5
"""A percentage printed as a whole number may be this far from its counts (DESIGN section 5)."""


def doubts(distribution: Distribution) -> tuple[Warning, ...]:
    """Every contradiction inside one variable's printed figures."""
    found = [
        *_above_base(distribution),
        *_contradicted_sums(distribution),
        *_shares_above_100(distribution),
        *_contradicted_statistics(distribution),
    ]
    for end, quantity in distribution.parts.items():
        base = distribution.base if quantity.has_base else None
        found += percent_doubts(f"{distribution.variable.beginning}.{end}", quantity, base)
    return tuple(found)


def _warning(about: str, problem: str, figures: str) -> Warning:
    return Warning(about, f"{about}: {problem}: {figures}.", f"{about}: {problem} (figures withheld).")


def _above_base(distribution: Distribution) -> list[Warning]:
    if distribution.base is None:
        return []
    beginning, base, parts = distribution.variable.beginning, distribution.base, distribution.parts
    found = [
        _warning(f"{beginning}.{end}", "this part is above its base", f"{plain(part.count)} of {base}")
        for end, part in parts.items()
        if part.count is not None and part.precision not in ("at_most", "less_than", "about") and part.count > base
    ]
    if found or distribution.variable.type == "multi":
        return found
    counts = [
        parts[end].count
        for end in separate_parts(distribution.variable, parts)
        if parts[end].count is not None and parts[end].precision in ("exact", "derived", "at_least", "more_than")
    ]
    if sum(counts) > base:
        figures = f"{' + '.join(str(plain(count)) for count in counts)} of {base}"
        found.append(_warning(beginning, "the parts add up to more than their base", figures))
    return found


def _contradicted_sums(distribution: Distribution) -> list[Warning]:
    variable, parts = distribution.variable, distribution.parts
    found = []
    for end, printed in parts.items():
        inside = members(variable, end)
        if not is_sum(variable, end) or not printed.is_exact or variable.type == "multi":
            continue
        known = {code: parts[code] for code in inside if code in parts}
        if not all(quantity.is_exact for quantity in known.values()):
            continue
        total = sum(quantity.count for quantity in known.values())
        if total > printed.count or (len(known) == len(inside) and total != printed.count):
            figures = f"{' + '.join(str(plain(each.count)) for each in known.values())} beside {plain(printed.count)}"
            found.append(_warning(f"{variable.beginning}.{end}", "the printed sum contradicts its counts", figures))
    return found


def _shares_above_100(distribution: Distribution) -> list[Warning]:
    variable, parts = distribution.variable, distribution.parts
    shares = [
        parts[end].percent
        for end in separate_parts(variable, parts)
        if parts[end].percent is not None and parts[end].precision not in ("at_most", "less_than")
    ]
    if variable.type == "multi" or sum(shares) <= 100 + HALF_A_POINT * len(shares):
        return []
    figures = f"{' + '.join(f'{plain(share)}%' for share in shares)}"
    return [_warning(variable.beginning, "the shares make more than 100%", figures)]


def _contradicted_statistics(distribution: Distribution) -> list[Warning]:
    of_numbers = numbers(distribution)
    found = []
    for name, printed in distribution.statistics.items() if of_numbers else ():
        counted = len(of_numbers) if name == "n" else statistic(name, of_numbers)
        if printed.is_exact and printed.count != counted:
            about = f"{distribution.variable.beginning}.{name}"
            figures = f"printed {plain(printed.count)}, counted {plain(counted)}"
            found.append(_warning(about, "the printed figure contradicts its counts", figures))
    return found


def percent_doubts(about: str, quantity: Quantity, base: int | None) -> list[Warning]:
    """A printed percentage beside its count, and a derived count that is not the only one that fits."""
    if quantity.percent is None or not quantity.is_exact or not base:
        return []
    share = 100 * quantity.count / base
    if abs(share - quantity.percent) > HALF_A_POINT:
        figures = f"{plain(quantity.percent)}% beside {plain(quantity.count)} of {base}"
        return [_warning(about, "the printed percentage contradicts its count", figures)]
    if quantity.precision != "derived":
        return []
    fitting = [count for count in range(base + 1) if abs(100 * count / base - quantity.percent) <= HALF_A_POINT]
    if len(fitting) == 1:
        return []
    figures = f"{plain(quantity.percent)}% of {base} is any of {fitting[0]} to {fitting[-1]}"
    return [_warning(about, "the derived count is not the only one that fits", figures)]
