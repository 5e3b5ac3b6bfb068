"""One dot a unit: rows of dots for a handful of cases, bars where there are too many to count by eye."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditbook.codebook.precision import Precision
from auditbook.reading.picture import FILLED, HALF_TONE, NARROW, OUTLINE, ROW, Canvas, width_of, wrapped
from auditbook.reading.table import has_number, in_short, is_counted
from auditbook.release.released import ReleasedMeasure

LABELS = 134
"""Pixels for the labels at the left of a narrow picture."""
RADIUS = 6
PITCH = 16
MOST_DOTS = 15
"""More dots than this in a row are not counted but guessed: a bar and its number serve better."""
SHORTEST = 40
LONGEST = 300
"""Pixels: a longer bar would be far from its number on a wide picture."""
"""Bounds that may be above what is true."""
GAP = 8
BAR_OF_BASE = 0.6
"""The part of a narrow picture that the units of a base take at the most."""


@dataclass(frozen=True)
class Row:
    """A labelled figure.

    look  half-tone where it counts what is not known
    base  the units of the base that are drawn as outlines behind it; None where they would only be in the way
    """

    label: str
    figure: ReleasedMeasure
    look: str = FILLED
    base: int | None = None

    @property
    def length(self) -> float:
        """Units that are drawn; a percentage has a length of its own."""
        value = self.figure.value if is_counted(self.figure) else greatest(self.figure)
        return max(value, self.base or 0) if self.figure.is_shown else 0

    @property
    def sentence(self) -> str:
        return f"{self.label}: {in_short(self.figure)}."


@dataclass(frozen=True)
class Scale:
    """How long a row is drawn.

    per_unit  pixels a unit
    is_dots   one dot a unit, else a bar
    """

    per_unit: float
    is_dots: bool

    @classmethod
    def of(cls, values: Iterable[float], room: float) -> "Scale":
        """The scale on which the largest value fits into so many pixels; bars start at zero."""
        largest = max(values, default=0) or 1
        is_dots = largest <= MOST_DOTS and room / largest >= 2 * RADIUS - 1
        return cls(min(PITCH, room / largest) if is_dots else room / largest, is_dots)


def draw_rows(canvas: Canvas, rows: Sequence[Row], top: float = 0) -> float:
    """A row of dots or a bar for each figure, its label at the left and its number behind it."""
    drawn = [row.figure for row in rows if has_number(row.figure)]
    left = canvas.labels([row.label for row in rows], LABELS, GAP)
    room = canvas.width - left - max([SHORTEST, *(width_of(in_short(figure)) + 2 * GAP for figure in drawn)])
    room = min(room, LONGEST)
    scale = Scale.of((row.length for row in rows), room)
    for row in rows:
        middle = top + ROW / 2
        start = _draw_mark(canvas, row, scale, (left, room), middle)
        ends = [
            canvas.lines(0, top, wrapped(row.label, left)),
            canvas.lines(start, top, wrapped(in_short(row.figure), canvas.width - start)),
        ]
        top = max(ends) + GAP
    return top


def _draw_mark(canvas: Canvas, row: Row, scale: Scale, place: tuple[float, float], middle: float) -> float:
    """The mark of one figure, in a place with a left end and so much room; returns where its number starts."""
    figure, look = row.figure, look_of(row.figure, row.look)
    left, room = place
    if not figure.is_shown:
        return canvas.placeholder(left, middle)
    if figure.value is None and not greatest(figure):
        return left
    if figure.unit == "percent":
        canvas.box(left, middle - 5, room, 10, rest_of(figure))
        canvas.box(left, middle - 5, room * figure.value / 100, 10, look)
        return left + room + GAP
    least = int(figure.value if figure.between is None else figure.between[0])
    count = greatest(figure) or least
    end = draw_units(canvas, left, middle, least, scale, look)
    end = draw_units(canvas, end, middle, count - least, scale, HALF_TONE)
    is_open = figure.precision.is_lower_bound
    end = draw_units(canvas, end, middle, max((row.base or 0) - count, 0), scale, rest_of(figure))
    if is_open and row.base is None:
        canvas.arrow(end + 1, middle)
        end += 8
    return end + GAP if end > left else left


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


def draw_units(canvas: Canvas, left: float, middle: float, count: int, scale: Scale, look: str) -> float:
    """So many dots, or a bar as long; returns its right end."""
    if not count:
        return left
    if not scale.is_dots:
        canvas.box(left, middle - 6, count * scale.per_unit, 12, look)
        return left + count * scale.per_unit
    radius = min(RADIUS, scale.per_unit / 2 - 1)
    for place in range(count):
        canvas.dot(left + RADIUS + place * scale.per_unit, middle, radius, look)
    return left + count * scale.per_unit


def draw_key(canvas: Canvas, entries: Sequence[tuple[str, str]], top: float = 0) -> float:
    """What each look means, above the chart: pairs of a look and its words."""
    left = 0.0
    for look, words in entries:
        if left and left + 2 * ROW + width_of(words) > canvas.width:
            left, top = 0.0, top + ROW
        canvas.dot(left + RADIUS + 1, top + ROW / 2, RADIUS, look)
        canvas.text(left + ROW, top + 15, words)
        left += ROW + width_of(words) + GAP
    return top + ROW + GAP


@dataclass(frozen=True)
class Share:
    """How a base divides: pairs of a look and a figure, drawn in this order.

    rest  how what they leave of the base is drawn: half-tone where nobody knows what it was
    """

    label: str
    parts: tuple[tuple[str, ReleasedMeasure], ...]
    words: str
    rest: str = HALF_TONE

    @property
    def base(self) -> int | None:
        return next((figure.denominator for _, figure in self.parts if figure.denominator is not None), None)

    @property
    def sentence(self) -> str:
        return f"{self.label}: {self.words}."

    @property
    def is_withheld(self) -> bool:
        """One hidden part hides the division: what is drawn beside it would give it away."""
        return any(not figure.is_shown for _, figure in self.parts)


def draw_shares(canvas: Canvas, shares: Sequence[Share], top: float = 0) -> float:
    """Each label on a line of its own, below it the units of the base, and behind them how they divide in words."""
    for share in shares:
        top = canvas.lines(0, top, wrapped(share.label, canvas.width))
        end = _draw_share(canvas, share, top + ROW / 2)
        room = canvas.width - end
        if end and width_of(share.words) > room:
            top, end, room = top + ROW, 0, canvas.width
        top = canvas.lines(end, top, wrapped(share.words, room)) + GAP
    return top


def _draw_share(canvas: Canvas, share: Share, middle: float) -> float:
    if share.is_withheld:
        return canvas.placeholder(0, middle)
    if any(figure.unit == "percent" for _, figure in share.parts):
        return _draw_percentages(canvas, share, middle)
    counted = [(look_of(figure, look), figure) for look, figure in share.parts if is_counted(figure)]
    drawn = sum(int(figure.value) for _, figure in counted)
    whole = max(share.base or 0, drawn)
    if not whole:
        return 0
    scale = Scale.of([whole], NARROW * BAR_OF_BASE)
    left = 1.0  # else the outline of the first dot would be cut
    for look, figure in counted:
        left = draw_units(canvas, left, middle, int(figure.value), scale, look)
    left = draw_units(canvas, left, middle, whole - drawn, scale, share.rest)
    if share.base is None and any(figure.precision.is_lower_bound for _, figure in counted):
        canvas.arrow(left + 1, middle)
        left += 8
    return left + GAP


def _draw_percentages(canvas: Canvas, share: Share, middle: float) -> float:
    """A bar of a hundred per cent; what no percentage says stays half-tone."""
    width = NARROW * BAR_OF_BASE
    left, end = 1.0, 1.0 + width
    for look, figure in share.parts:
        if figure.unit == "percent" and figure.value is not None:
            length = min(width * figure.value / 100, end - left)
            canvas.box(left, middle - 6, length, 12, look_of(figure, look))
            left += length
    if left < end:
        canvas.box(left, middle - 6, end - left, 12, HALF_TONE)
    return end + GAP
