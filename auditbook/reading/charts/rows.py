"""Pictures with a row for each figure: each some lines of matplotlib on Axes of pixels, giving the height it took.

They know nothing of audits. What is withheld has come without its number, so no length, order or scale can tell it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from auditbook.reading.axes import GAP, LONG_LABELS, NARROW, ROW, boxes, label_width, lines, text, width_of
from auditbook.reading.charts.marks import RADIUS, DivergingRow, RowScale, UnitRow, draw_units
from auditbook.reading.palette import BLUE, FILLED, HALF_TONE, INK, ORANGE, OUTLINE, in_colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHORTEST, LONGEST = 40, 400
"""Pixels for the numbers behind dots at least, and for the dots at the most: else a number is far from its label."""
IN_ONE_LINE = 3
"""Words: `at least 5` stays in one line, `between 3 and 5` may take two."""
THICK = 12
SHARE_OF_WIDTH = 0.6
"""The part of a narrow picture that the units of a base take at the most."""
STRENGTHS, DEVELOPMENT = 82, 116
"""Pixels that the heading of each side takes, in the widest of the common faces."""
BOTH_SIDES = 190
"""Pixels for both sides on a phone; where there is more room they have it. A longer bar is drawn on a smaller scale."""
TICKS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000)
"""Distances between ticks: months make years."""
MOST_TICKS, MOST_STACKED, ROOM_AT_ENDS = 7, 12, 10
LOOKS_OF_ANSWERS = ((FILLED, "yes"), (HALF_TONE, "not known or not stated"), (OUTLINE, "no"))


def dots(axes: "Axes", width: float, rows: Sequence[UnitRow]) -> float:
    """A row for each figure: its label, a dot a unit, and its number; bars where dots are too many to count by eye."""
    left, y, placed = label_width(width, [row.label for row in rows], 134), 0.0, []
    short = [row.words for row in rows if row.parts and len(row.words.split()) <= IN_ONE_LINE]
    numbers = max([SHORTEST, *(width_of(words) + 2 * GAP for words in short)])
    scale = RowScale.of(rows, min(width - left - numbers, LONGEST))
    for row in rows:
        placed.append((row, left, y + ROW / 2))
        end = scale.end(row, left)
        y = GAP + max(lines(axes, 0, y, row.label, left - 4), lines(axes, end, y, row.words, width - end))
    draw_units(axes, placed, scale)
    return y - GAP


def shares(axes: "Axes", width: float, rows: Sequence[UnitRow], has_key: bool = True) -> float:
    """How a base divides: the units of each part, one behind the other, below their label and before their words."""
    y, placed = key(axes, width) if has_key else 0.0, []
    scale = RowScale.of(rows, NARROW * SHARE_OF_WIDTH)
    for row in rows:
        y = lines(axes, 0, y, row.label, width)
        placed.append((row, 1, y + ROW / 2))  # else the outline of the first dot would be cut
        end = scale.end(row, 1) if row.parts or row.is_withheld else 0
        if end and width_of(row.words) > width - end:
            y, end = y + ROW, 0
        y = lines(axes, end, y, row.words, width - end) + GAP
    draw_units(axes, placed, scale)
    return y - GAP


def key(axes: "Axes", width: float) -> float:
    """What each look of an answer means; gives the top of the picture below."""
    x, y = 0.0, ROW / 2
    for look, words in LOOKS_OF_ANSWERS:
        if x and x + 2 * ROW + width_of(words) > width:
            x, y = 0.0, y + ROW
        axes.scatter(x + RADIUS + 1, y, s=(2 * RADIUS) ** 2, **in_colour(look))
        text(axes, x + ROW, y, words)
        x += ROW + width_of(words) + GAP
    return y + ROW / 2 + GAP


def diverging(axes: "Axes", width: float, rows: Sequence[DivergingRow]) -> float:
    """Strengths to the left of one line, areas for development to the right."""
    sides = [[row.strength for row in rows if row.strength], [row.development for row in rows if row.development]]
    longest = [max((mark.units for mark in side), default=0) for side in sides]
    words = [GAP + max([ROW, *(width_of(mark.words) for mark in side)]) for side in sides]
    room = max(BOTH_SIDES, width - LONG_LABELS)
    unit = min(THICK, (room - sum(words)) / (sum(longest) or 1))
    before, behind = (max(STRENGTHS, longest[0] * unit + words[0]), max(DEVELOPMENT, longest[1] * unit + words[1]))
    rest = width - before - behind
    labels = min(label_width(width, [row.label for row in rows], rest), rest)
    centre, y, bars = labels + before, ROW + GAP, defaultdict(list)
    text(axes, centre - GAP, 10, "Strengths", "right", weight=700)
    text(axes, centre + GAP, 10, "Development", weight=700)
    for row in rows:
        bottom = lines(axes, 0, y, row.label, labels)
        bottom = lines(axes, GAP, bottom, row.note, labels) if row.note else bottom
        middle, y = (y + bottom) / 2, bottom + GAP
        for mark, sign, colour, ha in ((row.strength, -1, BLUE, "right"), (row.development, 1, ORANGE, "left")):
            if mark:
                length = mark.units * unit
                bars[mark.look, colour] += [(centre + min(0, sign * length), middle - THICK / 2, length, THICK)]
                text(axes, centre + sign * (length + GAP), middle, mark.words, ha)
    for (look, colour), places in bars.items():
        boxes(axes, [bar for bar in places if bar[2]], **in_colour(look, colour))
    axes.vlines(centre, ROW + GAP, y - GAP, color=INK, linewidth=1)
    return y - GAP


def strip(axes: "Axes", width: float, counted: Mapping[int, int], median: tuple[float, str] | None, unit: str) -> float:
    """Numbers on one line, a dot for each case or person, equal ones above each other, with the median marked."""
    largest, tallest = max([1, *(number for number, times in counted.items() if times)]), max(counted.values())
    step = next((step for step in TICKS if largest / step <= MOST_TICKS), int(largest / MOST_TICKS) + 1)
    end = max(step * -int(-largest // step), step)
    pitch = min(2 * RADIUS + 2, MOST_STACKED * 2 * RADIUS / max(tallest, 1))
    floor = ROW * 1.5 + tallest * pitch + 4
    places = {
        number: ROOM_AT_ENDS + (width - 2 * ROOM_AT_ENDS) * number / end
        for number in [*counted, *range(0, end + 1, step)]
    }
    stacked = [(places[number], floor - 9 - place * pitch) for number in counted for place in range(counted[number])]
    axes.scatter([x for x, _ in stacked], [y for _, y in stacked], s=(2 * RADIUS) ** 2, **in_colour(FILLED), zorder=3)
    axes.hlines(floor, 0, width, color=INK, linewidth=1)
    axes.vlines([places[tick] for tick in range(0, end + 1, step)], floor, floor + 4, color=INK, linewidth=1)
    for tick in range(0, end + 1, step):
        text(axes, places[tick], floor + 15, str(tick), "center")
    if median:
        x = ROOM_AT_ENDS + (width - 2 * ROOM_AT_ENDS) * median[0] / end
        axes.vlines(x, ROW, floor, color=ORANGE, linewidth=2.5)
        text(axes, x, 10, median[1], "right" if x + width_of(median[1]) > width else "left")
    text(axes, width, floor + 35, unit, "right")
    return floor + (2 * ROW + 5 if unit else ROW + 5)
