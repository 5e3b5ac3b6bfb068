"""Which more numbers must be withheld so that none of the small ones can be worked out: as few as possible."""

import heapq
from collections.abc import Iterable

from auditbook.release.cells import Cells
from auditbook.release.interval import Reckoning
from auditbook.validation.problems import ReleaseRefused

TRIALS = 200
"""Sets of numbers that are tried for one number, the smallest first, before simply the nearest is withheld."""


def withheld(cells: Cells, width: int) -> frozenset[str]:
    """The cells to withhold: those that are small, and as few others as protect them.

    width  how far apart the least and the greatest possible value of a withheld number must at least be

    Protected is what is withheld, and what is small and never printed but left between printed numbers. Which of
    several others goes is decided by how many printed numbers go with it, then by its place: never by its size, which
    would tell something of it. Raises ReleaseRefused when nothing that is printed could protect a number.
    """
    small = frozenset(key for key in cells.reasons if cells[key].prints)
    reckoning = Reckoning(cells, small)
    causes: dict[str, str] = {}
    open_ends = [key for key in cells.cells if key in cells.reasons]
    while open_ends:
        key = open_ends.pop()
        if reckoning.is_wide(key, width):
            continue
        found = _protection(cells, reckoning.withheld, key, width)
        for each in found:
            reckoning.withhold(each)
            causes[each] = key
        open_ends += [key, *found]
    return _without_needless(cells, reckoning.withheld, causes, width)


def is_protected(cells: Cells, chosen: Iterable[str], width: int) -> bool:
    """Whether nothing protected can be worked out when these cells are withheld."""
    reckoning = Reckoning(cells, chosen)
    return all(reckoning.is_wide(key, width) for key in cells.cells if _is_protected(cells, reckoning, key))


def _is_protected(cells: Cells, reckoning: Reckoning, key: str) -> bool:
    return key in reckoning.withheld or key in cells.reasons


def _protection(cells: Cells, chosen: Iterable[str], weak: str, width: int) -> list[str]:
    """The fewest printed numbers that, withheld too, protect a weak one and each other."""
    after = _places_after(cells, weak)
    chosen = frozenset(chosen)
    queue: list[tuple[int, list[int], list[str]]] = [(0, [], [])]
    met: set[frozenset[str]] = set()
    nearest: list[str] = []
    for _ in range(TRIALS):
        if not queue:
            break
        cost, _, added = heapq.heappop(queue)
        reckoning = Reckoning(cells, chosen.union(added))
        if added and all(reckoning.is_wide(key, width) for key in (weak, *added)):
            return added
        nearest = nearest or added
        for key in reckoning.beside(weak):
            larger = sorted([*added, key], key=after.__getitem__)
            if frozenset(larger) not in met:
                met.add(frozenset(larger))
                places = [after[each] for each in larger]
                heapq.heappush(queue, (cost + cells[key].prints, places, larger))
    if not nearest:
        raise ReleaseRefused(
            f"{weak} cannot be protected: nothing that could be withheld stands beside it. "
            "Have true counts approved (`recorded`), or build for the business unit (--profile internal)."
        )
    return nearest


def _places_after(cells: Cells, weak: str) -> dict[str, int]:
    """How far behind a number each stands, beginning again at the top.

    Were it always the last that goes, two withheld neighbours would show themselves to be small, both of them.
    """
    keys = list(cells.cells)
    place = keys.index(weak)
    return {key: distance for distance, key in enumerate([*keys[place:], *keys[:place]])}


def _without_needless(cells: Cells, chosen: Iterable[str], causes: dict[str, str], width: int) -> frozenset[str]:
    """Show again whatever, on second thoughts, protects nothing."""
    chosen = frozenset(chosen)
    for key in sorted(causes, key=lambda key: (-cells[key].prints, key)):
        without = chosen - {key}
        cause = causes[key]
        is_idle = cause not in without | cells.reasons or Reckoning(cells, without).is_wide(cause, width)
        if is_idle and is_protected(cells, without, width):
            chosen = without
    return chosen
