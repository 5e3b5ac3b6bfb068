"""Released figures as pictures show them: in words, how much, and how it looks. What is withheld has no number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from auditbook.codebook.precision import Precision
from auditbook.reading.axes import GAP, boxes
from auditbook.reading.palette import BLUE, FILLED, HALF_TONE, OUTLINE, WITHHELD, in_colour
from auditbook.reading.table import in_brief, in_short, is_counted, with_label
from auditbook.release.released import ReleasedMeasure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RADIUS, PITCH = 6, 16
MOST_DOTS = 15
"""More dots than this in a row are not counted but guessed: a bar and its number serve better."""
PLACEHOLDER = 64
"""Pixels; every withheld figure is drawn this wide."""
ARROW = 8


@dataclass(frozen=True)
class Mark:
    """One figure in a cell, at a bar or in a circle.

    units  how much is drawn of it; 0 for what cannot be drawn
    """

    words: str
    units: float = 0
    look: str = FILLED


@dataclass(frozen=True)
class UnitRow:
    """One labelled line of units.

    parts       pairs of a look and how many units are drawn so, in this order; of a hundred where `is_percent`
    is_open     whether there may be more
    """

    label: str
    words: str
    parts: tuple[tuple[str, float], ...] = ()
    is_withheld: bool = False
    is_open: bool = False
    is_percent: bool = False

    @property
    def sentence(self) -> str:
        return f"{with_label(self.label, self.words)}."

    @property
    def length(self) -> float:
        """Units that are drawn; a percentage has a length of its own."""
        return 0 if self.is_percent else sum(units for _, units in self.parts)


@dataclass(frozen=True)
class DivergingRow:
    """One theme: strengths, areas for development, and a note where it is not known which they were."""

    label: str
    strength: Mark | None
    development: Mark | None
    note: str = ""


@dataclass(frozen=True)
class Waffle:
    """The units of one audit's base, each with its look, and how many of them said yes.

    base  to be said behind `yes`; None where that would say too much
    """

    looks: tuple[str, ...]
    yes: str
    base: int | None
    is_withheld: bool


@dataclass(frozen=True)
class RowScale:
    """How long a row is drawn.

    unit     pixels of one
    room     pixels of the longest, and of a hundred per cent
    is_dots  one dot a unit, else a bar
    """

    unit: float
    room: float
    is_dots: bool

    @classmethod
    def of(cls, rows: Iterable[UnitRow], room: float) -> Self:
        """The scale on which the longest row fits; it starts at zero."""
        longest = max((row.length for row in rows), default=0) or 1
        is_dots = longest <= MOST_DOTS and room / longest >= 2 * RADIUS - 1
        return cls(min(PITCH, room / longest) if is_dots else room / longest, room, is_dots)

    def of_a_unit(self, row: UnitRow) -> float:
        return self.room / 100 if row.is_percent else self.unit

    def end(self, row: UnitRow, x: float) -> float:
        """Where the words behind a row that starts at `x` may start."""
        if row.is_withheld:
            return x + PLACEHOLDER + GAP
        length = sum(units for _, units in row.parts) * self.of_a_unit(row)
        return x + length + (ARROW if row.is_open else 0) + GAP if length else x


def draw_units(axes: "Axes", placed: Sequence[tuple[UnitRow, float, float]], scale: RowScale) -> None:
    """Rows of dots or bars, each from its left end around a height; all of one look are one artist."""
    dots, bars = defaultdict(list), defaultdict(list)
    radius = min(RADIUS, scale.unit / 2 - 1)
    for row, x, y in placed:
        unit = scale.of_a_unit(row)
        if row.is_withheld:
            bars[WITHHELD] += [(x, y - 7, PLACEHOLDER, 14)]
        for look, units in row.parts:
            if scale.is_dots and not row.is_percent:
                dots[look] += [(x + RADIUS + place * unit, y) for place in range(int(units))]
            else:
                bars[look] += [(x, y - 6, units * unit, 12)]
            x += units * unit
        if row.is_open:
            axes.plot([x + 1, x + 6, x + 1], [y - 5, y, y + 5], color=BLUE, linewidth=2)
    for look, points in dots.items():
        axes.scatter(*zip(*points, strict=True), s=(2 * radius) ** 2, **in_colour(look))
    for look, places in bars.items():
        boxes(axes, places, **in_colour(look))


def mark_of(figure: ReleasedMeasure | None) -> Mark | None:
    """A figure in its sign; nothing is drawn of a phrase, a percentage or what is withheld."""
    if figure is None:
        return None
    if not figure.is_shown:
        return Mark(in_brief(figure), look=WITHHELD)
    units = figure.value if is_counted(figure) else 0
    return Mark(in_brief(figure), units, look_of(figure) if units else OUTLINE)


def row_of(label: str, figure: ReleasedMeasure, look: str = FILLED, base: int | None = None) -> UnitRow:
    """A figure, its units, and behind them those of a base that it does not count."""
    words = in_short(figure)
    if not figure.is_shown:
        return UnitRow(label, words, is_withheld=True)
    if figure.value is None and not greatest(figure):
        return UnitRow(label, words)
    look = look_of(figure, look)
    if figure.unit == "percent":
        return UnitRow(
            label, words, _drawn((look, figure.value), (rest_of(figure), 100 - figure.value)), is_percent=True
        )
    least = int(figure.value if figure.between is None else figure.between[0])
    most = greatest(figure) or least
    parts = _drawn((look, least), (HALF_TONE, most - least), (rest_of(figure), (base or 0) - most))
    return UnitRow(label, words, parts, is_open=figure.precision.is_lower_bound and base is None)


def share_of(label: str, figures: Sequence[tuple[str, ReleasedMeasure]], words: str, rest: str = HALF_TONE) -> UnitRow:
    """How a base divides. One hidden part hides the division: what is drawn beside it would give it away.

    figures  pairs of a look and a figure
    rest     how what they leave of the base is drawn: half-tone where nobody knows what it was
    """
    if any(not figure.is_shown for _, figure in figures):
        return UnitRow(label, words, is_withheld=True)
    if any(figure.unit == "percent" for _, figure in figures):
        percentages = [
            (look_of(figure, look), figure.value or 0) for look, figure in figures if figure.unit == "percent"
        ]
        return UnitRow(
            label,
            words,
            _drawn(*percentages, (HALF_TONE, 100 - sum(units for _, units in percentages))),
            is_percent=True,
        )
    counted = [(look_of(figure, look), figure) for look, figure in figures if is_counted(figure)]
    base = next((figure.denominator for _, figure in figures if figure.denominator is not None), None)
    parts = [(look, int(figure.value)) for look, figure in counted]
    parts.append((rest, (base or 0) - sum(units for _, units in parts)))
    return UnitRow(
        label, words, _drawn(*parts), is_open=base is None and any(f.precision.is_lower_bound for _, f in counted)
    )


def _drawn(*parts: tuple[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple((look, units) for look, units in parts if units > 0)


def look_of(figure: ReleasedMeasure, otherwise: str = FILLED) -> str:
    """Solid for what is known at the least, half-tone for what may be fewer: an outline is for those who are not."""
    return HALF_TONE if figure.precision.may_be_less else otherwise


def rest_of(figure: ReleasedMeasure) -> str:
    """How those are drawn that a figure does not count: an outline, unless it may count some of them."""
    return HALF_TONE if figure.precision.is_lower_bound or figure.precision is Precision.ABOUT else OUTLINE


def greatest(figure: ReleasedMeasure) -> int:
    """The end of a range of counts; 0 for every other figure."""
    is_of_counts = figure.between is not None and not figure.statement.endswith("%")
    return int(figure.between[1]) if is_of_counts else 0
