"""Every number of people that a release prints or leaves to be worked out, and what links them: a system of equations.

It is built by `auditbook.release.constraints` from the figures themselves; `auditbook.release.published_reader` asks
what a reader could work out of it. What is displayed is what constrains: a figure's own number holds only while it is
printed, the sums between numbers always hold.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from auditbook.release.policy import SMALL, TOTAL_COST

Range = tuple[int, int | None]
"""The least and the greatest value; None where there is no greatest."""


TOTALS = CASES, PEOPLE = "cases.total", "people.total"


@dataclass(frozen=True)
class Cell:
    """One number of people, or of findings that people stand behind.

    count     the true number; None where nobody knows it
    shown     what a reader knows of it while it is printed: itself twice, or a range for a bound or a percentage
    least     what everybody knows of it while it is withheld: zeros are shown, so mostly 1
    most      the greatest it can be, whoever withholds what
    times_published  how many printed numbers go with it: its own figure, and denominators
    is_people people, who are protected; whatever else is printed is always shown
    is_answer an answer to a sensitive question: nobody and everybody are withheld too
    whole     key of the cell that holds everybody who could have answered so
    is_small  what is printed of it says a small number, or nobody, or everybody, though the number may be another
    family    that of the measures it comes from
    """

    key: str
    count: int | None = None
    shown: Range | None = None
    least: int = 0
    most: int | None = None
    times_published: int = 0
    is_people: bool = True
    is_answer: bool = False
    whole: str | None = None
    is_small: bool = False
    family: str = ""


@dataclass(frozen=True)
class Row:
    """Something true of several numbers: the sum of each times its factor lies between `least` and `most`."""

    terms: Mapping[str, int]
    least: int | None = 0
    most: int | None = 0
    family: str = ""


@dataclass(frozen=True)
class OneIsSmall:
    """What a reader knows of a release that is out: of numbers that hang together in it, one at least is small.

    keys     these numbers
    reasons  those that may truly be the small one
    """

    keys: frozenset[str]
    reasons: tuple[str, ...]


@dataclass
class Model:
    """All numbers of a release and all that links them. Complete before it is asked.

    figures  measure id → key of its own cell
    bases    measure id → key of its denominator's cell
    takes    key → keys that are withheld with it, because they say the same
    extras   keys of each table that only combines others: it goes before what it is made of
    rules    what is known of releases that are out, where this is the model of several
    family   the family that cells and rows are put under
    """

    small: int = SMALL
    cells: dict[str, Cell] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    figures: dict[str, str] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)
    takes: dict[str, set[str]] = field(default_factory=dict)
    extras: list[frozenset[str]] = field(default_factory=list)
    rules: list[OneIsSmall] = field(default_factory=list)
    family: str = ""

    def __contains__(self, key: str | None) -> bool:
        return key in self.cells

    def __getitem__(self, key: str) -> Cell:
        return self.cells[key]

    def count(self, key: str) -> int | None:
        return self.cells[key].count

    def put(self, cell: Cell) -> str:
        """Add a cell, or one more printed number to a cell that is there. Returns its key."""
        old_cell = self.cells.get(cell.key)
        if old_cell is None:
            self.cells[cell.key] = replace(cell, family=cell.family or self.family)
        elif cell.times_published:
            shown = cell.shown if old_cell.shown is None else old_cell.shown
            is_small = old_cell.is_small or cell.is_small
            times_published = old_cell.times_published + cell.times_published
            self.cells[cell.key] = replace(old_cell, times_published=times_published, shown=shown, is_small=is_small)
        return cell.key

    def link(self, total: str, parts: Sequence[str], rest: str = "", is_people: bool = True) -> None:
        """The parts add up to the total, or leave a rest of it.

        rest       key of what the parts may leave; without one they make it up
        is_people  the rest counts people, who are protected like any others
        """
        parts = tuple(dict.fromkeys(part for part in parts if part != total))
        if rest:
            counts = [self.count(key) for key in (total, *parts)]
            left = None if None in counts else counts[0] - sum(counts[1:])
            count = None if left is None or left < 0 else left
            self.put(Cell(rest, count, is_people=is_people))
            parts = (*parts, rest)
        self.rows.append(Row({**dict.fromkeys(parts, 1), total: -1}, family=self.family))

    def put_sum(self, key: str, parts: Sequence[str]) -> str:
        """Add the cell of a sum that is printed nowhere, with its parts. Returns its key."""
        counts = [self.count(part) for part in parts]
        self.put(Cell(key, None if None in counts else sum(counts)))
        self.link(key, parts)
        return key

    def at_most(self, parts: Collection[str], total: Collection[str], more: int = 0) -> None:
        """The parts together are at most the totals together, and `more`."""
        terms = {**dict.fromkeys(parts, 1), **dict.fromkeys(total, -1)}
        self.rows.append(Row(terms, None, more, self.family))

    def at_most_half(self, parts: Collection[str], total: str) -> None:
        """The parts together are at most half of the total."""
        self.rows.append(Row({**dict.fromkeys(parts, 2), total: -1}, None, 0, self.family))

    def add_extra(self, keys: Iterable[str]) -> None:
        """A table that only combines others. It may be withheld whole, with its zeros, so what is withheld may be 0."""
        keys = frozenset(keys)
        self.extras.append(keys)
        for key in keys:
            self.cells[key] = replace(self.cells[key], least=0)

    def is_no_answer(self, key: str) -> None:
        """That it is nobody, or everybody, tells nothing that other printed numbers do not tell."""
        self.cells[key] = replace(self.cells[key], is_answer=False)

    def withhold_with(self, key: str, other: str) -> None:
        """Withhold the other number with the first; a zero stays, as everybody knows."""
        if self.count(other) == 0:
            return
        self.takes.setdefault(key, set()).add(other)

    def closure(self, keys: Iterable[str]) -> frozenset[str]:
        """These cells, and all that are withheld with them."""
        withheld: set[str] = set()
        open_ends = list(keys)
        while open_ends:
            key = open_ends.pop()
            if key not in withheld:
                withheld.add(key)
                open_ends += self.takes.get(key, ())
        return frozenset(withheld)

    def cost(self, keys: Iterable[str]) -> int:
        """How many printed numbers would be withheld, a total of all cases or people counting for many."""
        return sum(self.cells[key].times_published + TOTAL_COST * (key in TOTALS) for key in self.closure(keys))

    def can_withhold(self, key: str) -> bool:
        """Zeros stay, but those of a sensitive answer, which go anyway."""
        cell = self.cells[key]
        return cell.times_published > 0 and cell.is_people and cell.count != 0

    def is_reason(self, key: str) -> bool:
        """Whether this number alone is withheld, or would be if it were printed, whatever stands around it."""
        cell = self.cells[key]
        if not cell.is_people:
            return False
        if cell.is_small:
            return True
        if cell.count is None or (cell.times_published and cell.shown != (cell.count, cell.count)):
            return False
        whole = self.count(cell.whole) if cell.whole in self.cells else None
        return 1 <= cell.count <= self.small or (cell.is_answer and cell.count in (0, whole))

    @cached_property
    def primary(self) -> frozenset[str]:
        """Cells whose number is withheld whatever stands around it, printed or not."""
        return frozenset(filter(self.is_reason, self.cells))

    @cached_property
    def primary_printed(self) -> frozenset[str]:
        """Cells that are printed and must not be, each for itself, with what says the same."""
        return self.closure(key for key in self.primary if self.cells[key].times_published)

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each cell stands, in the order of the measures."""
        return {key: place for place, key in enumerate(self.cells)}

    @cached_property
    def rows_of(self) -> dict[str, list[int]]:
        """Key → the rows it stands in."""
        places: dict[str, list[int]] = {key: [] for key in self.cells}
        for place, row in enumerate(self.rows):
            for key in row.terms:
                places[key].append(place)
        return places

    @cached_property
    def ceiling(self) -> int:
        """More than any number here. That a reader cannot know it makes ranges narrower, never wider."""
        return 10 + max((cell.count or (cell.shown or (0,))[0] for cell in self.cells.values()), default=0)

    def without(self, families: Collection[str]) -> Self:
        """The same without what these families say: their figures are withheld whole."""
        cells = {key: cell for key, cell in self.cells.items() if cell.family not in families}
        rows = [row for row in self.rows if row.family not in families and row.terms.keys() <= cells.keys()]
        figures = {name: key for name, key in self.figures.items() if key in cells}
        bases = {name: key for name, key in self.bases.items() if key in cells}
        takes = {key: others & cells.keys() for key, others in self.takes.items() if key in cells}
        extras = [keys & cells.keys() for keys in self.extras]
        return replace(self, cells=cells, rows=rows, figures=figures, bases=bases, takes=takes, extras=extras)

    def without_protecting(self, key: str) -> Self:
        """The same numbers, one of which is no secret and not printed."""
        cell = replace(self.cells[key], shown=None, times_published=0, is_people=False, is_small=False)
        takes = {first: others - {key} for first, others in self.takes.items()}
        return replace(self, cells={**self.cells, key: cell}, takes=takes)

    def with_least(self, key: str, least: int) -> Self:
        """The same numbers, of one of which more is known."""
        return replace(self, cells={**self.cells, key: replace(self.cells[key], least=least)})

    def complete(self, since: int = 0) -> Self:
        """Work out the true numbers that follow from others: what a table leaves, when all else of it is known.

        since  place of the first row that is new
        """
        open_rows = [row for row in self.rows[since:] if row.least == row.most]
        is_new = True
        while is_new:
            is_new = False
            for row in open_rows:
                unknown = [key for key in row.terms if self.cells[key].count is None]
                if len(unknown) == 1:
                    [key] = unknown
                    others = sum(f * self.cells[k].count for k, f in row.terms.items() if k != key)
                    count, left = divmod(row.least - others, row.terms[key])
                    if not left and count >= 0 and self.cells[key].shown is None:
                        self.cells[key] = replace(self.cells[key], count=count)
                        is_new = True
        return self
