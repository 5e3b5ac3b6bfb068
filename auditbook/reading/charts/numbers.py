"""Durations, ages and other whole numbers: a dot for each case or person on one line, with the median marked."""

from dataclasses import dataclass

from auditbook.codebook.variables import Variable, numbers_between
from auditbook.reading.charts.units import Row, draw_rows
from auditbook.reading.display import Display, Note, together
from auditbook.reading.empty_messages import NO_NUMBERS, NUMBERS_WITHHELD, withheld_in_words
from auditbook.reading.palette import INK, ORANGE
from auditbook.reading.picture import FILLED, ROW, Canvas, picture, width_of
from auditbook.reading.table import (
    has_number,
    in_bands,
    in_short,
    is_exact,
    is_zero,
    none_is_shown,
    numbers_in_words,
    of_base,
    parts,
    statistics_in_words,
    unit_of,
    variables,
    with_unit,
)
from auditbook.release.released import Released, ReleasedMeasure

EDGE = 10
"""Pixels kept free at both ends of the line, so that a dot there is whole."""
RADIUS = 6
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000)
"""Distances between ticks: months make years."""
MOST_TICKS = 7
MOST_STACKED = 12


def numbers(figures: Released) -> Display:
    """One dot strip for each number that was recorded; where they may not be listed, a sentence says so."""
    found = variables(figures, "months", "age", "count")
    hidden = [variable for variable in found if _is_withheld(variable, figures)]
    drawn = [strip(variable, figures) for variable in found if variable not in hidden]
    notes = [withheld_in_words([with_unit(variable, figures) for variable in hidden])] if hidden else []
    notes += [NUMBERS_WITHHELD] if found and figures.profile.threshold else []
    return together([*drawn, *map(Note, notes)], NO_NUMBERS)


def _is_withheld(variable: Variable, figures: Released) -> bool:
    return none_is_shown([figure for figure in figures.of(variable.family) if not is_zero(figure)])


@dataclass(frozen=True)
class Axis:
    """A line from zero to a round number, in steps."""

    end: int
    step: int
    width: int

    @classmethod
    def up_to(cls, largest: float, width: int) -> "Axis":
        step = next((step for step in STEPS if largest / step <= MOST_TICKS), int(largest / MOST_TICKS) + 1)
        return cls(max(step * -int(-largest // step), step), step, width)

    def x(self, number: float) -> float:
        return EDGE + (self.width - 2 * EDGE) * number / self.end

    def draw(self, canvas: Canvas, y: float, unit: str) -> None:
        canvas.line([(0, y), (self.width, y)], INK)
        for tick in range(0, self.end + 1, self.step):
            canvas.line([(self.x(tick), y), (self.x(tick), y + 4)], INK)
            canvas.text(self.x(tick), y + ROW, str(tick), "center")
        if unit:
            canvas.text(self.width, y + 2 * ROW, unit, "right")


def strip(variable: Variable, figures: Released) -> Display:
    own = parts(figures, variable)
    statistics = {figure.category: figure for figure in figures.of(variable.family) if has_number(figure)}
    title = f"{variable.label}, {of_base(figures.of(variable.family), figures)}"
    bands = [Row(*band) for band in in_bands(figures, variable)]
    told = [row.sentence for row in bands]
    told += [*numbers_in_words(variable, own), *statistics_in_words(figures, variable)]
    of_numbers = [figure for figure in own if numbers_between(figure.category)]
    if any(not figure.category.isdigit() or not is_exact(figure) for figure in of_numbers):
        bands += [Row(variable.label_of(figure.category), figure) for figure in of_numbers]
    elif of_numbers:
        counted = of_numbers
        return picture(lambda canvas: _draw(canvas, counted, statistics, unit_of(figures, variable)), title, told)
    if bands:
        return picture(lambda canvas: draw_rows(canvas, bands), title, told)
    return Note(" ".join([f"{title}.", *told]))


def _draw(canvas: Canvas, counted: list[ReleasedMeasure], statistics: dict[str, ReleasedMeasure], unit: str) -> None:
    largest = max(int(figure.category) for figure in counted if figure.value) if any(f.value for f in counted) else 1
    axis = Axis.up_to(largest, canvas.width)
    tallest = max(int(figure.value) for figure in counted)
    pitch = min(2 * RADIUS + 2, MOST_STACKED * 2 * RADIUS / tallest)
    floor = ROW * 1.5 + tallest * pitch + 4
    for figure in counted:
        for place in range(int(figure.value)):
            canvas.dot(axis.x(int(figure.category)), floor - RADIUS - 3 - place * pitch, RADIUS, FILLED)
    if "median" in statistics:
        _draw_median(canvas, axis, statistics["median"], unit, floor)
    axis.draw(canvas, floor, unit)


def _draw_median(canvas: Canvas, axis: Axis, median: ReleasedMeasure, unit: str, floor: float) -> None:
    x, words = axis.x(median.value), f"median {in_short(median)} {unit}".strip()
    canvas.line([(x, ROW), (x, floor)], ORANGE, 2.5)
    anchor = "right" if x + width_of(words) > canvas.width else "left"
    canvas.text(x, ROW - 5, words, anchor)
