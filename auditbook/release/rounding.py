"""Numbers rounded to five so that tables still add up (controlled rounding).

Every number goes to one of the two multiples of five beside it, to the nearer one wherever the sums allow: first
totals, then their parts. So no rounded number is 5 or more from the true one; a total is the same in every table it
stands in; and where nothing of a table is withheld its parts add up to their base as printed.

Only what is shown is rounded, and only with a view to what is shown: withheld numbers may be anything that fits. So
rounded figures tell nothing that the unrounded ones under `strict` would not.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from auditbook.release.model import Model, Row
from auditbook.release.policy import ROUND_TO

ANYTHING = math.inf


def rounded(model: Model, withheld: Collection[str], at_least: Collection[str] = ()) -> dict[str, int]:
    """Key → rounded number, for the cells of people that are printed and not withheld, totals first.

    at_least  keys of numbers that are a bound from below: they are rounded down, or they would say too much

    A number of which neither multiple fits the sums is left out. That happens only where a source prints unions that
    overlap; everywhere else a total leaves room for its parts.
    """
    shown = _followed(model, withheld)
    rows = _by_key(_sums(model, set(shown)))
    levels: dict[str, int] = {}
    bounds = {key: _beside(model.count(key)) for key in shown}
    bounds |= {key: (_beside(model.count(key))[0],) * 2 for key in shown if key in at_least}
    numbers = {}
    for key in sorted(shown, key=lambda key: _level(rows, key, levels)):
        choices = sorted(set(bounds[key]), key=lambda number: abs(number - model.count(key)))
        fitting = [number for number in choices if _fits(rows[key], bounds | {key: (number, number)})]
        if fitting:
            numbers[key] = fitting[0]
            bounds[key] = fitting[0], fitting[0]
        else:
            del bounds[key]
    return {key: number for key, number in numbers.items() if model[key].times_published}


def _followed(model: Model, withheld: Collection[str]) -> list[str]:
    """Numbers that are printed and not withheld, nobody at all, and what follows from them alone."""
    shown = {
        key
        for key, cell in model.cells.items()
        if cell.count is not None and key not in withheld
        if cell.times_published or cell.count == 0
    }
    sums = [row for row in model.rows if _is_sum(row)]
    is_new = True
    while is_new:
        is_new = False
        for row in sums:
            left = row.terms.keys() - shown
            if len(left) == 1 and not left & set(withheld) and model.count(next(iter(left))) is not None:
                shown |= left
                is_new = True
    return [key for key in model.cells if key in shown]


def _beside(count: int) -> tuple[int, int]:
    return count - count % ROUND_TO, count + -count % ROUND_TO


def _sums(model: Model, shown: Collection[str]) -> list[Row]:
    """The rows that say a sum; and each again with a group for its codes, where that is shown and some of them are not.

    Else the codes, which may be anything, would stand between the groups and their base.
    """
    sums = [row for row in model.rows if _is_sum(row)]
    groups = [(_parts(row), *_totals(row)) for row in sums if len(_totals(row)) == 1]
    rows = list(sums)
    for row in sums:
        terms = dict(row.terms)
        for parts, total in groups:
            if (
                total in shown
                and total not in terms
                and not parts <= shown
                and all(terms.get(key) == 1 for key in parts)
            ):
                terms = {key: factor for key, factor in terms.items() if key not in parts} | {total: 1}
        if terms != row.terms:
            rows.append(Row(terms, 0, 0))
    return rows


def _by_key(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    by_key: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for key in row.terms:
            by_key[key].append(row)
    return by_key


def _level(rows: Mapping[str, list[Row]], key: str, levels: dict[str, int]) -> int:
    """How many totals stand above a number, one above the other."""
    if key not in levels:
        levels[key] = 0
        totals = [total for row in rows[key] if row.terms[key] > 0 for total in _totals(row)]
        levels[key] = 1 + max((_level(rows, total, levels) for total in totals), default=-1)
    return levels[key]


def _is_sum(row: Row) -> bool:
    return row.least == row.most == 0


def _totals(row: Row) -> list[str]:
    return [key for key, factor in row.terms.items() if factor < 0]


def _parts(row: Row) -> set[str]:
    return {key for key, factor in row.terms.items() if factor > 0}


def _fits(rows: Iterable[Row], bounds: dict[str, tuple[int, int]]) -> bool:
    """Whether every sum the number stands in could still come out right; what is not shown is anything from 0."""
    return all(_can_be_right(row, bounds) for row in rows)


def _can_be_right(row: Row, bounds: dict[str, tuple[int, int]]) -> bool:
    least = most = 0
    for key, factor in row.terms.items():
        low, high = bounds.get(key, (0, ANYTHING))
        least, most = (least + low, most + high) if factor > 0 else (least - high, most - low)
    return least <= 0 <= most
