"""A two-way table of released figures: the more, the stronger the colour, with the number in each cell."""

from collections.abc import Mapping, Sequence

from auditbook.reading.charts.involvement import draw_heads
from auditbook.reading.display import Chart
from auditbook.reading.palette import BLUE, HEAT, INK, LINE, ON_HEAT
from auditbook.reading.picture import FILLED, OUTLINE, WITHHELD, Canvas, picture, wrapped
from auditbook.reading.table import brief_key, in_brief, in_short, is_counted
from auditbook.release.figures import ReleasedMeasure

LABELS = 122
GAP = 8
CELL = 28
"""Pixels: half the width of a cell at the most."""
BLANK = "An empty place means that it was not recorded."
Rows = Mapping[str, Sequence[ReleasedMeasure | None]]
"""Label of a row → its figure in each column; None where there is none."""


def heat(rows: Rows, heads: Sequence[str], title: str, blank: str = BLANK) -> Chart:
    """Any two-way table, such as a crossing: whatever is withheld looks the same, and takes no part in the scale."""

    def draw(canvas: Canvas) -> None:
        left = canvas.labels(rows, LABELS, GAP)
        xs, top = draw_heads(canvas, heads, left)
        draw_cells(canvas, rows, xs, left, top)

    sentences = [f"{label}: {_in_words(heads, row)}." for label, row in rows.items()]
    return picture(draw, title, sentences, notes_of(rows, blank))


def draw_cells(canvas: Canvas, rows: Rows, xs: Sequence[float], left: float, top: float) -> None:
    """A row of cells for each label, centred on the columns' middles."""
    shown = [figure.value for row in rows.values() for figure in row if figure is not None and is_counted(figure)]
    pitch = xs[1] - xs[0] if len(xs) > 1 else canvas.width - left
    for label, row in rows.items():
        bottom = canvas.lines(0, top + 4, wrapped(label, left - GAP)) + 4
        for x, figure in zip(xs, row, strict=True):
            if figure is not None:
                _draw_cell(canvas, figure, x, (top + bottom) / 2, max(shown, default=0), min(pitch - 4, 2 * CELL))
        top = bottom


def _draw_cell(canvas: Canvas, figure: ReleasedMeasure, x: float, middle: float, most: float, width: float) -> None:
    left, upper = x - width / 2, middle - 11
    if not is_counted(figure) or not figure.value:
        canvas.box(left, upper, width, 22, OUTLINE if figure.is_shown else WITHHELD, LINE if figure.is_shown else INK)
        canvas.text(x, middle + 5, in_brief(figure), "center")
        return
    step = min(int(len(HEAT) * figure.value / (most + 1)), len(HEAT) - 1)
    canvas.box(left, upper, width, 22, FILLED, HEAT[step], edge=BLUE)
    canvas.text(x, middle + 5, in_brief(figure), "center", ON_HEAT[step])


def notes_of(rows: Rows, blank: str = BLANK) -> list[str]:
    """What the signs in the cells mean, and what an empty place does."""
    cells = [figure for row in rows.values() for figure in row]
    return [*brief_key(figure for figure in cells if figure is not None), *([blank] if None in cells else [])]


def _in_words(heads: Sequence[str], row: Sequence[ReleasedMeasure | None]) -> str:
    told = ("not recorded" if figure is None else in_short(figure) for figure in row)
    return ", ".join(f"{head} {words}" for head, words in zip(heads, told, strict=True))
