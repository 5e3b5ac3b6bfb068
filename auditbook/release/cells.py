"""The numbers a release prints, and the sums that link them: what a reader could reckon with."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self


@dataclass(frozen=True)
class Cell:
    """One number: printed by figures, or left over between those that are.

    count       the true number
    least       what everybody knows of it while it is withheld: zeros are always shown, so mostly 1
    prints      how many printed numbers would go with it: its own figure, and denominators; 0 is never printed
    is_counted  a number of people, who are protected; what is printed of others is always shown
    is_answer   an answer to a sensitive question: nobody and everybody are withheld too
    whole       key of the cell that holds everybody who could have answered so
    """

    key: str
    count: int
    least: int = 0
    prints: int = 0
    is_counted: bool = True
    is_answer: bool = False
    whole: str | None = None

    def is_reason(self, count: int, whole: int | None, threshold: int) -> bool:
        """Whether this count alone would be withheld, whatever stands around it."""
        if not self.is_counted or count < self.least:
            return False
        return 1 <= count <= threshold or (self.is_answer and count in (0, whole))


@dataclass(frozen=True)
class Sum:
    """The parts add up to the total, or to so much more as somebody is in several of them: `over`."""

    total: str
    parts: tuple[str, ...]
    over: str = ""


@dataclass
class Cells:
    """Every number of people in a release, linked by sums that are true of them. Complete before it is asked.

    figures  measure id → key of its own cell
    bases    measure id → key of its denominator's cell
    """

    threshold: int
    cells: dict[str, Cell] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    figures: dict[str, str] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self.cells

    def __getitem__(self, key: str) -> Cell:
        return self.cells[key]

    def count(self, key: str) -> int:
        return self.cells[key].count

    def put(self, cell: Cell) -> str:
        """Add a cell, or one more printed number to a cell that is there. Returns its key."""
        known = self.cells.get(cell.key)
        if known is not None:
            cell = replace(known, prints=known.prints + cell.prints)
        self.cells[cell.key] = cell
        return cell.key

    def link(self, total: str, parts: Sequence[str], rest: str = "", is_counted: bool = True) -> None:
        """Say that the parts add up to the total.

        rest        key of what the parts may leave of it; without one they must make it up
        is_counted  the rest counts people, who are protected like any others

        What is not true of these numbers (a source may contradict itself) helps nobody to reckon and is left out.
        """
        parts = tuple(dict.fromkeys(parts))
        left = self.count(total) - sum(self.count(part) for part in parts)
        if left < 0 or (left and not rest) or total in parts:
            return
        if rest:
            if rest in self.cells and self.count(rest) != left:
                return
            self.put(Cell(rest, left, is_counted=is_counted))
            parts = (*parts, rest)
        self.sums.append(Sum(total, parts))

    def can_withhold(self, key: str) -> bool:
        """Zeros stay, but those of a sensitive answer, which go anyway."""
        cell = self.cells[key]
        return cell.prints > 0 and cell.is_counted and cell.count > 0

    def cover(self, total: str, parts: Sequence[str], over: str) -> None:
        """Say that everybody of the total is in one of the parts, or in several."""
        more = sum(self.count(part) for part in parts) - self.count(total)
        if more >= 0:
            self.put(Cell(over, more, is_counted=False))
            self.sums.append(Sum(total, tuple(parts), over))

    def is_reason(self, key: str, count: int, whole: int | None) -> bool:
        return self.cells[key].is_reason(count, whole, self.threshold)

    @cached_property
    def reasons(self) -> frozenset[str]:
        """Cells whose number is withheld whatever stands around it, printed or not."""
        wholes = {key: self.count(cell.whole) if cell.whole else None for key, cell in self.cells.items()}
        return frozenset(key for key, cell in self.cells.items() if self.is_reason(key, cell.count, wholes[key]))

    @cached_property
    def never_printed(self) -> frozenset[str]:
        return frozenset(key for key, cell in self.cells.items() if not cell.prints)

    @cached_property
    def terms(self) -> list[dict[str, int]]:
        """Each sum as key → sign: its parts less its total make nothing."""
        ends = [(each.parts, (each.total, each.over) if each.over else (each.total,)) for each in self.sums]
        return [dict.fromkeys(parts, 1) | dict.fromkeys(totals, -1) for parts, totals in ends]

    @cached_property
    def places(self) -> dict[str, list[tuple[int, int]]]:
        """Key → the sums it stands in, by their place in `terms`, and its sign there."""
        found: dict[str, list[tuple[int, int]]] = {key: [] for key in self.cells}
        for place, term in enumerate(self.terms):
            for key, sign in term.items():
                found[key].append((place, sign))
        return found

    @cached_property
    def slack(self) -> dict[int, str]:
        """Place of a sum → one number in it that is never printed and stands in no other sum: it takes up changes."""
        found = {}
        for place, term in enumerate(self.terms):
            loose = [key for key in term if key in self.never_printed and len(self.places[key]) == 1]
            if loose:
                found[place] = loose[0]
        return found

    @cached_property
    def strict_first(self) -> dict[str, list[int]]:
        """Key → the sums it stands in, those without slack first: they say exactly what must change with it."""
        return {
            key: sorted((place for place, _ in own), key=self.slack.__contains__) for key, own in self.places.items()
        }

    def with_least(self, key: str, least: int) -> Self:
        """The same numbers, of one of which more is known."""
        known = {**self.cells, key: replace(self.cells[key], least=least)}
        return Cells(self.threshold, known, self.sums, self.figures, self.bases)
