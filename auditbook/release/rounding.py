"""Numbers rounded to five so that tables still add up (controlled rounding).

Every number goes to one of the two multiples of five beside it, to the nearer one wherever the sums allow: first
totals, then their parts. So no rounded number is 5 or more from the true one; a total is the same in every table it
stands in; and where nothing of a table is withheld its parts add up to their base as printed.

Only what is shown is rounded, and only with a view to what is shown: withheld numbers may be anything that fits. So
rounded figures tell nothing that the unrounded ones under `strict` would not.
"""

import math
from collections.abc import Collection

from auditbook.release.cells import Cells

NEAREST = 5
ANYTHING = math.inf


def rounded(cells: Cells, withheld: Collection[str], at_least: Collection[str] = ()) -> dict[str, int]:
    """Key → rounded number, for the cells of people that are printed and not withheld, totals first.

    at_least  keys of numbers that are a bound from below: they are rounded down, or they would say too much

    A number of which neither multiple fits the sums is left out. That happens only where a source prints unions that
    overlap; everywhere else a total leaves room for its parts.
    """
    levels: dict[str, int] = {}
    shown = [key for key, cell in cells.cells.items() if cell.prints and key not in withheld]
    bounds = {key: _beside(cells.count(key)) for key in shown if cells[key].is_counted}
    bounds |= {key: (_beside(cells.count(key))[0],) * 2 for key in shown if key in at_least}
    bounds |= {key: (cells.count(key),) * 2 for key in shown if not cells[key].is_counted}
    found = {}
    for key in sorted(bounds, key=lambda key: _level(cells, key, levels)):
        if not cells[key].is_counted:
            continue
        choices = sorted(set(bounds[key]), key=lambda number: abs(number - cells.count(key)))
        fitting = [number for number in choices if _fits(cells, key, bounds | {key: (number, number)})]
        if fitting:
            found[key] = fitting[0]
            bounds[key] = fitting[0], fitting[0]
        else:
            del bounds[key]
    return found


def _beside(count: int) -> tuple[int, int]:
    return count - count % NEAREST, count + -count % NEAREST


def _level(cells: Cells, key: str, known: dict[str, int]) -> int:
    """How many totals stand above a number, one above the other."""
    if key not in known:
        totals = [cells.sums[place].total for place, sign in cells.places[key] if sign > 0]
        known[key] = 1 + max((_level(cells, total, known) for total in totals), default=-1)
    return known[key]


def _fits(cells: Cells, key: str, bounds: dict[str, tuple[int, int]]) -> bool:
    """Whether every sum the number stands in could still come out right; what is not shown is anything from 0."""
    return all(_can_be_right(cells.terms[place], bounds) for place, _ in cells.places[key])


def _can_be_right(term: dict[str, int], bounds: dict[str, tuple[int, int]]) -> bool:
    least = most = 0
    for key, sign in term.items():
        low, high = bounds.get(key, (0, ANYTHING))
        least, most = (least + low, most + high) if sign > 0 else (least - high, most - low)
    return least <= 0 <= most
