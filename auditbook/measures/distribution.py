"""How one variable is distributed: the same thing whether it was counted from rows or entered as tallies."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from auditbook.codebook.precision import Precision, Statistic, plain
from auditbook.codebook.variables import Variable, numbers_between
from auditbook.evidence.records import Tally

UNKNOWN = ("not_known", "not_recorded")


def unknown(variable: Variable) -> tuple[str, ...]:
    """The parts of those of whom there is no answer: `not_recorded`, of a question `not_answered`, is the last."""
    return (UNKNOWN[0], variable.unrecorded)


@dataclass(frozen=True)
class Quantity:
    """How many, as well as it is known.

    base_label  the words of a total that is printed without a base
    greatest    the other end of a range, whose least is `count` or `percent`
    """

    count: int | float | None
    precision: Precision = Precision.EXACT
    percent: float | None = None
    statement: str = ""
    source: str = ""
    has_base: bool = True
    base_label: str | None = None
    greatest: float | None = None

    @property
    def is_exact(self) -> bool:
        return self.count is not None and self.precision.is_exact

    @property
    def between(self) -> tuple[float, float] | None:
        least = self.percent if self.count is None else self.count
        return None if self.greatest is None or least is None else (plain(least), plain(self.greatest))

    @property
    def words(self) -> str:
        """The source's phrase, or a range in words: `between 3 and 5`."""
        if self.between is None:
            return self.statement
        sign = "%" if self.count is None else ""
        return "between {}{sign} and {}{sign}".format(*self.between, sign=sign)


@dataclass(frozen=True)
class Distribution:
    """One variable over its base.

    base        of how many; None when nobody says
    base_label  in words; None when nobody says
    parts       code, union, group, whole number, band, not_known or not_recorded → how many; not applicable is no part
    statistics  min, max, median and n as far as the source prints them
    is_counted  every unit of the base is in some part, so what is not among them is zero
    printed     what a source prints of a union or group whose codes are all known exactly; `parts` has their sum
    """

    variable: Variable
    base: int | None
    base_label: str | None
    parts: dict[str, Quantity]
    statistics: dict[str, Quantity]
    is_counted: bool
    printed: Mapping[str, Quantity] = field(default_factory=dict)


def _is_empty(cell: object) -> bool:
    """Frames have a number that is not one for a cell that was left empty."""
    return cell is None or cell != cell


def from_rows(
    variable: Variable, cells: Iterable, base_label: str | None, precision: Precision, source: str
) -> Distribution:
    """Count the cells of a variable, one a unit.

    cells      a code, a tuple of codes (multi), a whole number, not_known, not_applicable, or None: not recorded
    precision  exact, or at_least when some units are not recorded at all; then there is no base

    Not applicable leaves the base; not recorded stays and is a part.
    """
    applicable = [cell for cell in cells if not isinstance(cell, str) or cell != "not_applicable"]
    counted: Counter[str] = Counter()
    for cell in applicable:
        categories = cell if isinstance(cell, tuple) else (cell,)
        counted.update(
            variable.unrecorded if _is_empty(category) else str(category) for category in categories or (None,)
        )
        if variable.type == "multi" and isinstance(cell, tuple):
            counted.update(group for group, codes in variable.groups.items() if set(codes) & set(cell))
    is_exact = precision == Precision.EXACT
    parts = {category: Quantity(count, precision, source=source) for category, count in counted.items()}
    return Distribution(variable, len(applicable) if is_exact else None, base_label, parts, {}, is_exact)


def from_tallies(variable: Variable, tallies: Iterable[Tally]) -> Distribution:
    """The same from published totals: a variable has one base and one base_label, wherever they are printed."""
    tallies = sorted(tallies, key=lambda tally: display_place(variable, tally.value))
    base = next((tally.base for tally in tallies if tally.base is not None), None)
    base_label = next((tally.base_label for tally in tallies if tally.base_label), None)
    parts, statistics = {}, {}
    for tally in tallies:
        quantity = Quantity(
            tally.count,
            tally.precision,
            tally.percent,
            tally.statement or "",
            tally.source or "",
            tally.base is not None,
            tally.base_label,
            tally.greatest,
        )
        (statistics if tally.id.is_summary else parts)[tally.value] = quantity
    printed = {category: parts[category] for category in parts if _sum_of_codes(variable, category, parts) is not None}
    for category, quantity in printed.items():
        parts[category] = _added_up(quantity, _sum_of_codes(variable, category, parts))
    separate = parts_of_base(variable, parts)
    is_counted = (
        variable.type != "multi"
        and base is not None
        and all(parts[category].is_exact for category in separate)
        and sum(parts[category].count for category in separate) == base
    )
    return Distribution(variable, base, base_label, parts, statistics, is_counted, printed)


def _sum_of_codes(variable: Variable, category: str, parts: Mapping[str, Quantity]) -> list[Quantity] | None:
    """The codes of a union or group, where all of them are known exactly; None where they are not."""
    if variable.type == "multi" or not is_sum(variable, category):
        return None
    codes = [parts.get(code) for code in members(variable, category)]
    return codes if all(code is not None and code.is_exact for code in codes) else None


def _added_up(printed: Quantity, codes: list[Quantity]) -> Quantity:
    """The sum of its codes; the printed percentage stays beside it."""
    total = sum(code.count for code in codes)
    if printed.is_exact and printed.count == total:
        return printed
    percent = printed.percent if printed.precision == Precision.PERCENT_ONLY else None
    return replace(printed, count=total, precision=exactness(codes), percent=percent, statement="", greatest=None)


def display_place(variable: Variable, category: str) -> tuple[int, ...]:
    """Where a part stands: codes and numbers, unions, groups, then what is not known, and statistics."""
    codes = [code.code for code in variable.codes]
    between = numbers_between(category) if variable.is_number else None
    if between:
        return (0, *between)
    if set(category.split("+")) <= set(codes):
        return (int("+" in category), *(codes.index(code) for code in category.split("+")))
    return (2, [*variable.groups, *unknown(variable), "not_graded", *Statistic].index(category))


def members(variable: Variable, category: str) -> tuple[str, ...]:
    """The codes a part covers: itself, a union's, a group's, or the numbers of a band."""
    between = numbers_between(category) if variable.is_number else None
    if between:
        return tuple(map(str, range(between[0], between[1] + 1)))
    return variable.groups.get(category) or tuple(category.split("+"))


def exactness(quantities: Iterable[Quantity]) -> Precision:
    """How exact a figure is that was worked out of exact ones: derived when any of them is."""
    is_derived = any(quantity.precision == Precision.DERIVED for quantity in quantities)
    return Precision.DERIVED if is_derived else Precision.EXACT


def is_sum(variable: Variable, category: str) -> bool:
    """Whether a part is a union, a group or a band, of several codes or numbers."""
    return "+" in category or category in variable.groups or is_band(variable, category)


def is_band(variable: Variable, category: str) -> bool:
    return variable.is_number and "-" in category


def parts_of_base(variable: Variable, parts: Mapping[str, Quantity]) -> list[str]:
    """The separate parts of the base. What was not graded is one only where the source prints it of that base."""
    is_part = "not_graded" in parts and parts["not_graded"].has_base
    return [*separate_parts(variable, parts), *(["not_graded"] if is_part else [])]


def separate_parts(variable: Variable, parts: Iterable[str]) -> list[str]:
    """The parts that do not overlap, so that they can be added up: a sum beside its own parts is left out."""
    parts = [category for category in parts if category != "not_graded"]
    single = {category for category in parts if not is_sum(variable, category)}
    sums = sorted(
        (category for category in parts if category not in single),
        key=lambda category: -len(members(variable, category)),
    )
    taken: list[str] = []
    covered: set[str] = set()
    for category in sums:
        inside = set(members(variable, category))
        if inside <= single or inside & covered:
            continue
        taken.append(category)
        covered |= inside
    return [
        category
        for category in parts
        if category in taken or (category in single and not covered & set(members(variable, category)))
    ]


def uncovered(variable: Variable, parts: Iterable[str]) -> list[str]:
    """The parts that are shown beside each other: every code, and a sum only where none of its codes is among them.

    So a code keeps its own name where its group is known too. In the order given.
    """
    parts = list(parts)
    single = [category for category in parts if not is_sum(variable, category)]
    sums = [
        category
        for category in parts
        if is_sum(variable, category) and not set(members(variable, category)) & set(single)
    ]
    shown = {*single, *separate_parts(variable, sums)}
    return [category for category in parts if category in shown]


def numbers(distribution: Distribution) -> list[int] | None:
    """Every single number, smallest first; None when they are not all known exactly, or only in bands."""
    variable, parts = distribution.variable, distribution.parts
    if not variable.is_number or not distribution.is_counted:
        return None
    if any(part.count for category, part in parts.items() if is_band(variable, category)):
        return None
    counts = {int(category): part.count for category, part in distribution.parts.items() if category.isdigit()}
    return sorted(number for number, count in counts.items() for _ in range(int(count)))
