"""How one variable is distributed: the same thing whether it was counted from rows or entered as tallies."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from auditbook.codebook.variables import Variable
from auditbook.evidence.records import Tally
from auditbook.evidence.tallies import STATISTICS
from auditbook.measures.counts import EXACT

UNKNOWN = ("not_known", "not_recorded")


@dataclass(frozen=True)
class Quantity:
    """How many, as well as it is known. `base_label` is the words of a total that is printed without a base."""

    count: int | float | None
    precision: str = "exact"
    percent: float | None = None
    statement: str = ""
    source: str = ""
    has_base: bool = True
    base_label: str | None = None

    @property
    def is_exact(self) -> bool:
        return self.count is not None and self.precision in EXACT


@dataclass(frozen=True)
class Distribution:
    """One variable over its base.

    base        of how many; None when nobody says
    base_label  in words; None when nobody says
    parts       code, union, group, whole number, not_known or not_recorded → how many; not applicable is no part
    statistics  min, max, median and n as far as the source prints them
    is_counted  every unit of the base is in some part, so what is not among them is zero
    """

    variable: Variable
    base: int | None
    base_label: str | None
    parts: dict[str, Quantity]
    statistics: dict[str, Quantity]
    is_counted: bool


def _is_empty(cell: object) -> bool:
    """Frames have a number that is not one for a cell that was left empty."""
    return cell is None or cell != cell


def from_rows(variable: Variable, cells: Iterable, base_label: str | None, precision: str, source: str) -> Distribution:
    """Count the cells of a variable, one a unit.

    cells      a code, a tuple of codes (multi), a whole number, not_known, not_applicable, or None: not recorded
    precision  exact, or at_least when some units are not recorded at all; then there is no base

    Not applicable leaves the base; not recorded stays and is a part.
    """
    applicable = [cell for cell in cells if not isinstance(cell, str) or cell != "not_applicable"]
    counted: Counter[str] = Counter()
    for cell in applicable:
        ends = cell if isinstance(cell, tuple) else (cell,)
        counted.update("not_recorded" if _is_empty(end) else str(end) for end in ends or (None,))
        if variable.type == "multi" and isinstance(cell, tuple):
            counted.update(group for group, codes in variable.groups.items() if set(codes) & set(cell))
    is_exact = precision == "exact"
    parts = {end: Quantity(count, precision, source=source) for end, count in counted.items()}
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
        )
        (statistics if tally.value in (*STATISTICS, "n") else parts)[tally.value] = quantity
    separate = parts_of_base(variable, parts)
    is_counted = (
        variable.type != "multi"
        and base is not None
        and all(parts[end].is_exact for end in separate)
        and sum(parts[end].count for end in separate) == base
    )
    return Distribution(variable, base, base_label, parts, statistics, is_counted)


def display_place(variable: Variable, end: str) -> tuple[int, ...]:
    """Where a part stands: codes and numbers, unions, groups, then what is not known, and statistics."""
    codes = [code.code for code in variable.codes]
    if variable.is_number and end.isdigit():
        return (0, int(end))
    if set(end.split("+")) <= set(codes):
        return (int("+" in end), *(codes.index(code) for code in end.split("+")))
    return (2, [*variable.groups, *UNKNOWN, "not_graded", *STATISTICS, "n"].index(end))


def members(variable: Variable, end: str) -> tuple[str, ...]:
    """The codes a part covers: itself, a union's, or a group's."""
    return variable.groups.get(end) or tuple(end.split("+"))


def exactness(quantities: Iterable[Quantity]) -> str:
    """How exact a figure is that was worked out of exact ones: derived when any of them is."""
    return "derived" if any(quantity.precision == "derived" for quantity in quantities) else "exact"


def is_sum(variable: Variable, end: str) -> bool:
    """Whether a part is a union or a group, of several codes."""
    return "+" in end or end in variable.groups


def parts_of_base(variable: Variable, parts: Mapping[str, Quantity]) -> list[str]:
    """The separate parts of the base. What was not graded is one only where the source prints it of that base."""
    is_part = "not_graded" in parts and parts["not_graded"].has_base
    return [*separate_parts(variable, parts), *(["not_graded"] if is_part else [])]


def separate_parts(variable: Variable, parts: Iterable[str]) -> list[str]:
    """The parts that do not overlap, so that they can be added up: a sum beside its own parts is left out."""
    parts = [end for end in parts if end != "not_graded"]
    single = {end for end in parts if not is_sum(variable, end)}
    sums = sorted((end for end in parts if end not in single), key=lambda end: -len(members(variable, end)))
    taken: list[str] = []
    covered: set[str] = set()
    for end in sums:
        inside = set(members(variable, end))
        if inside <= single or inside & covered:
            continue
        taken.append(end)
        covered |= inside
    return [end for end in parts if end in taken or (end in single and not covered & set(members(variable, end)))]


def numbers(distribution: Distribution) -> list[int] | None:
    """Every single number, smallest first; None when they are not all known exactly."""
    if not distribution.variable.is_number or not distribution.is_counted:
        return None
    known = {int(end): part.count for end, part in distribution.parts.items() if end.isdigit()}
    return sorted(number for number, count in known.items() for _ in range(int(count)))


def statistic(name: str, of_numbers: list[int]) -> int | float:
    """Their min, max, or median: the middle one, or the mean of the middle two."""
    return {"min": min, "max": max, "median": median}[name](of_numbers)
