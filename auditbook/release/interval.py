"""How much a reader can work out of a withheld number: other numbers that agree with everything that is shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditbook.release.cells import Cells

PATIENCE = 300
"""Steps before a search for other numbers is given up; then the number counts as worked out."""
KEPT = 3
"""How many small numbers are tried as the one that stays as it is."""


@dataclass(frozen=True)
class Group:
    """Unknown numbers that hang together by sums.

    reasons  those of them that could be what the others are withheld for, the true ones first; empty if none is true
    """

    keys: frozenset[str]
    reasons: tuple[str, ...]


class Reckoning:
    """What a reader faces: numbers that are withheld or never printed, and the sums over all.

    The reader knows every sum, every number shown, that numbers are whole and not below zero, and the rule: that one
    at least of the numbers that hang together is small (or everybody or nobody, of a sensitive question).

    What could be true of a number can still be true when more are withheld, so nothing found is ever forgotten.
    """

    def __init__(self, cells: Cells, withheld: Iterable[str]):
        self.cells = cells
        self.withheld = set(withheld)
        self.unknown = cells.never_printed | self.withheld
        self._groups: dict[str, Group] = {}
        self._seen: dict[str, tuple[int, int]] = {}

    def withhold(self, key: str) -> None:
        self.withheld.add(key)
        self.unknown |= {key}
        for each in self.group(key).keys:
            self._groups.pop(each, None)

    def group(self, key: str) -> Group:
        """The unknown numbers that sums link to this one, directly or through other unknown ones; itself among them."""
        if key not in self._groups:
            found, open_ends = {key}, [key]
            while open_ends:
                for place, _ in self.cells.places[open_ends.pop()]:
                    new = [each for each in self.cells.terms[place] if each in self.unknown and each not in found]
                    found.update(new)
                    open_ends += new
            group = Group(frozenset(found), self._reasons(found))
            self._groups |= dict.fromkeys(found, group)
        return self._groups[key]

    def _reasons(self, keys: set[str]) -> tuple[str, ...]:
        true = self.cells.reasons
        if not true & keys:
            return ()
        return tuple(
            sorted((key for key in keys if self.cells[key].is_counted), key=lambda key: (key not in true, key))
        )

    def beside(self, key: str) -> set[str]:
        """Numbers that are shown, could be withheld, and stand in a sum with one of this number's group."""
        places = {place for each in self.group(key).keys for place, _ in self.cells.places[each]}
        keys = {each for place in places for each in self.cells.terms[place]}
        return {each for each in keys - self.unknown if self.cells.can_withhold(each)}

    def is_wide(self, key: str, width: int) -> bool:
        """Whether two values `width` apart could be true of an unknown number."""
        true, few = self.cells.count(key), self.cells.threshold
        for step in (*range(width, 0, -1), *range(-width, 0), few - true, 1 - true):
            least, most = self._range(key)
            if most - least >= width:
                return True
            if not least <= true + step <= most:
                self._try(key, step)
        least, most = self._range(key)
        return most - least >= width

    def _range(self, key: str) -> tuple[int, int]:
        return self._seen.get(key) or (self.cells.count(key), self.cells.count(key))

    def _try(self, key: str, step: int) -> None:
        """Look for other numbers of the group that a reader could take for true, this one changed by a step."""
        if self.cells.count(key) + step < self.cells[key].least:
            return
        reasons = self.group(key).reasons
        for kept in ["", *(reason for reason in reasons[:KEPT] if reason in self.cells.reasons and reason != key)]:
            search = _Search(self.cells, self.unknown, kept)
            if search.shift(key, step) and search.has_reason(reasons):
                for other, count in search.changed():
                    least, most = self._range(other)
                    self._seen[other] = (min(least, count), max(most, count))
                return


class _Search:
    """Change one number, then others until every sum is right again.

    kept  a number that must not change: with it the others are withheld for the same reason as before
    """

    def __init__(self, cells: Cells, unknown: frozenset[str], kept: str = ""):
        self.cells, self.unknown = cells, unknown
        self.moved: dict[str, int] = {kept: cells.count(kept)} if kept else {}
        self.gaps: dict[int, int] = defaultdict(int)
        self.steps = PATIENCE

    def shift(self, key: str, by: int, but: int = -1) -> bool:
        """Change a number and put right all its sums, `but` one that is being put right; else change nothing."""
        self.steps -= 1
        if self.steps < 0:
            return False
        before = len(self.moved)
        self._move(key, by)
        if all(self.settle(place) for place in self.cells.strict_first[key] if place != but):
            return True
        self._take_back(before)
        return False

    def settle(self, place: int) -> bool:
        """Put one sum right with numbers that were not yet changed, and all their other sums; else change nothing."""
        excess = self._excess(place)
        if not excess:
            return True
        room = self._room(place, excess)
        if sum(room.values()) < abs(excess):
            return False
        before = len(self.moved)
        for key, by in self._moves(place, excess, room):
            if self.shift(key, by, but=place):
                if self.settle(place):
                    return True
                self._take_back(before)
        return False

    def _move(self, key: str, by: int) -> None:
        self.moved[key] = self.cells.count(key) + by
        for place, sign in self.cells.places[key]:
            self.gaps[place] += sign * by

    def _take_back(self, before: int) -> None:
        for key in list(self.moved)[before:]:
            by = self.moved.pop(key) - self.cells.count(key)
            for place, sign in self.cells.places[key]:
                self.gaps[place] -= sign * by

    def _excess(self, place: int) -> int:
        """How far a sum is from right, beyond what its slack takes up."""
        gap, slack = self.gaps[place], self.cells.slack.get(place)
        if slack is None or slack in self.moved:
            return gap
        cell, sign = self.cells[slack], self.cells.terms[place][slack]
        return sign * max(0, sign * gap - (cell.count - cell.least))

    def _room(self, place: int, excess: int) -> dict[str, int]:
        """How much each number that was not yet changed could do to put a sum right."""
        slack, room = self.cells.slack.get(place), {}
        for key, sign in self.cells.terms[place].items():
            if key in self.unknown and key not in self.moved and key != slack:
                cell = self.cells[key]
                room[key] = min(abs(excess), cell.count - cell.least) if excess * sign > 0 else abs(excess)
        return {key: size for key, size in room.items() if size > 0}

    def _moves(self, place: int, excess: int, room: dict[str, int]) -> Iterator[tuple[str, int]]:
        """Changes that put a sum right at once, then those that help; what is never printed first."""
        cells, whole = self.cells, abs(excess)
        sign = {key: -1 if excess * cells.terms[place][key] > 0 else 1 for key in room}
        order = sorted(room, key=lambda key: (cells[key].prints > 0, len(cells.places[key]), -room[key], key))
        yield from ((key, sign[key] * whole) for key in order if room[key] == whole)
        for key in order:
            yield from ((key, sign[key] * size) for size in range(min(room[key], whole - 1), 0, -1))

    def has_reason(self, reasons: tuple[str, ...]) -> bool:
        """Whether one of the numbers would still be withheld for itself, as a reader knows that one is."""
        return not reasons or any(map(self._is_reason, reasons))

    def _is_reason(self, key: str) -> bool:
        whole = self.cells[key].whole
        return self.cells.is_reason(key, self._now(key), self._now(whole) if whole else None)

    def _now(self, key: str) -> int:
        if key in self.moved:
            return self.moved[key]
        place, sign = self.cells.places[key][0] if self.cells.places[key] else (-1, 0)
        taken_up = sign * self.gaps[place] if self.cells.slack.get(place) == key else 0
        return self.cells.count(key) - taken_up

    def changed(self) -> Iterator[tuple[str, int]]:
        """Every number that is another now, with what it is."""
        yield from self.moved.items()
        slack = (self.cells.slack.get(place) for place, gap in self.gaps.items() if gap)
        yield from ((key, self._now(key)) for key in slack if key is not None and key not in self.moved)
