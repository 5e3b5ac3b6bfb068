"""Pictures with a column for each audit, state or answer: some lines of matplotlib on Axes of pixels each.

Like those of `rows`, they know nothing of audits, and what is withheld has come without its number.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from auditbook.reading.axes import GAP, ROW, WIDE, boxes, label_width, lines, text, width_of, wrapped
from auditbook.reading.charts.marks import Mark, RowScale, UnitRow, Waffle, draw_units
from auditbook.reading.charts.rows import RADIUS, THICK, key
from auditbook.reading.palette import (
    BLUE,
    FILLED,
    HEAT,
    INK,
    LINE,
    ON_BLUE,
    ON_HEAT,
    ORANGE,
    OUTLINE,
    WITHHELD,
    in_colour,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDEST, WIDEST_QUARTER, WIDEST_MARK = 64, 90, 56
"""Pixels between two columns at the most: what belongs together stays near."""
COLUMN_LABELS = 122
ROOM_FOR_WORDS = 64
"""Pixels that `10 of 12` takes; where columns are narrower it is 10/12."""
ABREAST = 5
"""Dots side by side in one column."""
Quarters = Sequence[tuple[str, str]]
"""Year and quarter of each audit, oldest first."""


def heat(
    axes: "Axes", width: float, rows: Mapping[str, Sequence[Mark | None]], heads: Sequence[str] | Quarters
) -> float:
    """A two-way table: the more, the stronger the colour, with the number in each cell."""
    left = label_width(width, rows, COLUMN_LABELS)
    xs, y = quarters(axes, width, left, heads) if isinstance(heads[0], tuple) else headings(axes, width, left, heads)
    cell = min((xs[1] - xs[0] if len(xs) > 1 else width - left) - 4, WIDEST_MARK)
    most, cells = max([1, *(mark.units for row in rows.values() for mark in row if mark)]), defaultdict(list)
    for label, row in rows.items():
        bottom = lines(axes, 0, y + 4, label, left - GAP) + 4
        for x, mark in zip(xs, row, strict=True):
            if mark:
                step = min(int(len(HEAT) * mark.units / (most + 1)), len(HEAT) - 1) if mark.units else mark.look
                cells[step] += [(x - cell / 2, (y + bottom) / 2 - 11, cell, 22)]
                text(axes, x, (y + bottom) / 2, mark.words, "center", ON_HEAT[step] if mark.units else INK)
        y = bottom
    for step, places in cells.items():
        look = in_colour(step, LINE) if step in (OUTLINE, WITHHELD) else in_colour(FILLED) | {"facecolor": HEAT[step]}
        boxes(axes, places, **look)
    return y


def grid(axes: "Axes", width: float, rows: Mapping[str, Sequence[Mark | None]], heads: Sequence[str]) -> float:
    """A row an agency, a column a state: a dot where it came so far, or the number of cases in a circle."""
    left = label_width(width, rows)
    (xs, y), rules, places = headings(axes, width, left, heads), [], defaultdict(list)
    for label, row in rows.items():
        bottom = lines(axes, 0, y + GAP / 2, label, left - GAP) + GAP / 2
        for x, mark in zip(xs, row, strict=True):
            if mark:
                places[mark.look, bool(mark.words)] += [(x, (y + bottom) / 2)]
                text(axes, x, (y + bottom) / 2, mark.words, "center", ON_BLUE if mark.look == FILLED else INK)
        y = bottom
        rules.append(y)
    axes.hlines(rules, 0, xs[-1] + WIDEST / 4, color=LINE, linewidth=1)
    for (look, has_number), points in places.items():
        if look:
            radius = (13 if look == OUTLINE else 11) if has_number else 7 if look == FILLED else RADIUS
            axes.scatter(*zip(*points, strict=True), s=(2 * radius) ** 2, **in_colour(look), zorder=3)
    return y


def combinations(axes: "Axes", width: float, rows: Sequence[tuple[int, Sequence[bool]]], heads: Sequence[str]) -> float:
    """A row for what came together: how many, one dot a unit, and a joined dot for each feature that is there."""
    (xs, y), placed, dots = headings(axes, width, COLUMN_LABELS + 6, heads), [], defaultdict(list)
    widest = max(width_of(str(count)) for count, _ in rows)
    counted = [UnitRow("", str(count), ((FILLED, count),)) for count, _ in rows]
    scale = RowScale.of(counted, COLUMN_LABELS + 6 - widest - 3 * GAP)
    for row, (_, is_there) in zip(counted, rows, strict=True):
        middle, y = y + ROW / 2 + GAP / 2, y + ROW + GAP
        text(axes, widest, middle, row.words, "right")
        placed.append((row, widest + GAP, middle))
        joined_xs = [x for x, there in zip(xs, is_there, strict=True) if there]
        axes.hlines(middle, min(joined_xs, default=0), max(joined_xs, default=0), color=BLUE, linewidth=3)
        for x, there in zip(xs, is_there, strict=True):
            dots[(FILLED, BLUE) if there else (OUTLINE, LINE)] += [(x, middle)]
    for (look, colour), points in dots.items():
        axes.scatter(*zip(*points, strict=True), s=(2 * RADIUS) ** 2, **in_colour(look, colour), zorder=3)
    draw_units(axes, placed, scale)
    return y


def columns(
    axes: "Axes",
    width: float,
    rows: Sequence[tuple[str, Sequence[Mark | None], Sequence[Mark | None]]],
    heads: Quarters,
    unit: float,
    labels: Sequence[str] = (),
    thick: float = THICK,
) -> float:
    """Small multiples, a column an audit: strengths stand above each line, areas for development hang below it.

    unit    pixels a finding, the same in every picture of a page
    labels  of all the rows that stand in one column with these, and whether there is a key
    """
    left = label_width(width, labels, COLUMN_LABELS) if labels else 0
    (xs, y), bars = quarters(axes, width, left, heads, direction_key(axes, width) if labels else 0), defaultdict(list)
    for label, *sides in rows:
        up, down = (max([0, *(mark.units * unit for mark in side if mark)]) for side in sides)
        half = len(wrapped(label, left - GAP)) * ROW / 2
        middle = y + max(up + (ROW if any(sides[0]) else GAP), half)
        lines(axes, 0, middle - half, label, left - GAP)
        for side, sign, colour in zip(sides, (-1, 1), (BLUE, ORANGE), strict=True):
            for x, mark in zip(xs, side, strict=True):
                if mark:
                    length = mark.units * unit
                    bars[mark.look, colour] += [(x - thick / 2, middle + min(0, sign * length), thick, length)]
                    text(axes, x, middle + sign * (length + 10), mark.words, "center")
        axes.hlines(middle, xs[0] - 14, xs[-1] + 14, color=INK, linewidth=1, zorder=3)
        y = middle + max(down + (ROW if any(sides[1]) else GAP), half) + GAP
    for (look, colour), places in bars.items():
        boxes(axes, [bar for bar in places if bar[3]], **in_colour(look, colour))
    return y - GAP


def direction_key(axes: "Axes", width: float) -> float:
    for x, colour, words in ((1, BLUE, "strengths, up"), (131, ORANGE, "development, down")):
        boxes(axes, [(x, 4, 12, 12)], **in_colour(FILLED, colour))
        text(axes, x + ROW - 1, 10, words)
    return ROW + GAP


def waffles(axes: "Axes", width: float, rows: Mapping[str, Sequence[Waffle | None]], heads: Quarters) -> float:
    """A column an audit: the units of each base, five in a line, with the number of yes below.

    On a wide picture labels stand beside their rows, on a narrow one above them.
    """
    left = label_width(width, rows) if width >= WIDE else 0
    xs, y = quarters(axes, width, left, heads, key(axes, width))
    words, dots, withheld = (
        "{} of {}" if (width - left) / len(heads) >= ROOM_FOR_WORDS else "{}/{}",
        defaultdict(list),
        [],
    )
    for label, row in rows.items():
        bottom = lines(axes, 0, y, label, (left or width) - GAP)
        top = y if left else bottom
        for x, waffle in zip(xs, row, strict=True):
            if waffle:
                withheld += [(x - 18, top + 2, 36, 14)] if waffle.is_withheld else []
                for place, look in enumerate(waffle.looks):
                    dots[look] += [(x + (place % ABREAST - 2) * 8, top + 8 + place // ABREAST * 9)]
                low = top + max(1, -(-len(waffle.looks) // ABREAST)) * 9 + (14 if waffle.is_withheld else 6)
                in_words = waffle.yes if waffle.base is None else words.format(waffle.yes, waffle.base)
                text(axes, x, low + ROW / 2, in_words, "center")
                bottom = max(bottom, low + ROW)
        y = bottom + GAP
    boxes(axes, withheld, **in_colour(WITHHELD))
    for look, points in dots.items():
        axes.scatter(*zip(*points, strict=True), s=36, **in_colour(look))
    return y - GAP


def headings(axes: "Axes", width: float, left: float, heads: Sequence[str]) -> tuple[list[float], float]:
    """Headings on lines of their own, each ending above its column with a thin line down to it.

    So they stay horizontal and whole, however many there are. Gives the columns' middles and the top of the rows.
    """
    pitch = min((width - left) / len(heads), WIDEST)
    xs = [left + pitch * (place + 0.5) for place in range(len(heads))]
    heights = [ROW * len(wrapped(words, x)) for x, words in zip(xs, heads, strict=True)]
    bottoms = [sum(heights[place:]) for place in range(len(heads))]
    for x, bottom, height, words in zip(xs, bottoms, heights, heads, strict=True):
        lines(axes, min(x + RADIUS, width), bottom - height, words, x, "right")
    axes.vlines(xs, bottoms, bottoms[0] + GAP, color=LINE, linewidth=1)
    return xs, bottoms[0] + GAP


def quarters(axes: "Axes", width: float, left: float, heads: Quarters, top: float = 0) -> tuple[list[float], float]:
    """Years over their quarters; gives the columns' middles and the top of the rows."""
    pitch = min((width - left) / len(heads), WIDEST_QUARTER)
    xs = [left + pitch * (place + 0.5) for place in range(len(heads))]
    for place, (x, (year, quarter)) in enumerate(zip(xs, heads, strict=True)):
        if place == 0 or year != heads[place - 1][0]:
            text(axes, max(x - 10, 0), top + 10, year)
        text(axes, x, top + ROW + 10, quarter, "center")
    return xs, top + 2 * ROW + 4
