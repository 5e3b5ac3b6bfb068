"""One theme from audit to audit: strengths stand above the line, areas for development hang below it."""

from collections.abc import Sequence

from auditbook.codebook.measure_id import MeasureId
from auditbook.reading.charts.units import look_of
from auditbook.reading.display import Chart, Display, together
from auditbook.reading.empty_messages import NO_AUDITS
from auditbook.reading.palette import BLUE, INK, ORANGE
from auditbook.reading.picture import ROW, Canvas, picture
from auditbook.reading.series import Series, is_found
from auditbook.reading.table import brief_key, in_brief, in_short, is_counted
from auditbook.reading.themes import noun_of
from auditbook.release.released import ReleasedMeasure

SIDES = {"strength": (-1, BLUE), "development": (1, ORANGE)}
"""End of a theme's figures → upwards or downwards, and its colour."""
THICK, TALLEST, UNIT = 20, 66, 12
"""Pixels: how broad a bar is, how long the longest one at the most, and one finding where there is room."""
WIDEST = 90
KEY = "Above the line, blue: strengths. Below it, orange: areas for development."
SIGNS = {
    "?": "? means found, without saying whether as a strength or as an area for development.",
    "0": "0 means looked for and not found.",
    "–": "– means that the audit does not tell.",
}
Column = dict[str, ReleasedMeasure | None]


def theme_thread(every: Sequence[Series], theme: str) -> Display:
    """A picture for each series; audits are columns, oldest first."""
    drawn = [_thread(piece, theme) for each in every for piece in each.pictures()]
    return together(drawn, NO_AUDITS)


def _thread(piece: Series, theme: str) -> Chart:
    categories = (*SIDES, "findings", "cases")
    ids = {category: MeasureId.of("theme", theme, category) for category in categories}
    columns = [{category: audit.figures.get(ids[category]) for category in ids} for audit in piece.audits]
    drawn = [column[category] for column in columns for category in SIDES if is_found(column[category])]
    counted = [figure.value for figure in drawn if is_counted(figure)]
    per_unit = min(UNIT, TALLEST / max(counted, default=1))

    def draw(canvas: Canvas) -> None:
        xs, top = _draw_heads(canvas, piece)
        middle = top + max((_length(column["strength"], per_unit) for column in columns), default=0) + ROW + 6
        for x, column in zip(xs, columns, strict=True):
            _draw_column(canvas, column, x, middle, per_unit)
        canvas.line([(xs[0] - 20, middle), (xs[-1] + 20, middle)], INK)

    label = piece.audits[0].codebook.themes[theme].label
    sentences = [
        f"{audit.audit_id.label}: {_in_words(column)}." for audit, column in zip(piece.audits, columns, strict=True)
    ]
    used = {_sign(column) for column in columns}
    notes = [*([KEY] if drawn else []), *(words for sign, words in SIGNS.items() if sign in used), *brief_key(drawn)]
    return picture(draw, piece.titled(f"{label}: findings"), sentences, notes)


def _length(figure: ReleasedMeasure | None, per_unit: float) -> float:
    return figure.value * per_unit if figure is not None and is_counted(figure) else 0


def _draw_column(canvas: Canvas, column: Column, x: float, middle: float, per_unit: float) -> None:
    for category, (sign, colour) in SIDES.items():
        figure = column[category]
        if is_found(figure):
            length = _length(figure, per_unit)
            if length:
                canvas.box(x - THICK / 2, middle + min(0, sign * length), THICK, length, look_of(figure), colour)
            canvas.text(x, middle + sign * (length + 6) + (10 if sign > 0 else 0), in_brief(figure), "center")
    if _sign(column):
        canvas.text(x, middle - 6, _sign(column), "center")


def _sign(column: Column) -> str:
    """What stands in a column without bars; empty where there are bars."""
    if any(is_found(column[category]) for category in SIDES):
        return ""
    if all(figure is None for figure in column.values()):
        return "–"
    return "?" if any(map(is_found, column.values())) else "0"


def _in_words(column: Column) -> str:
    told = [
        f"{in_short(column[category])} {noun_of(category, column[category])}"
        for category in SIDES
        if is_found(column[category])
    ]
    sign = _sign(column)
    return " and ".join(told) or {"–": "not recorded", "?": "found", "0": "not found"}[sign]


def _draw_heads(canvas: Canvas, piece: Series) -> tuple[list[float], float]:
    """Years over their quarters; returns the columns' middles and the top of what follows."""
    pitch = min(canvas.width / len(piece.audits), WIDEST)
    xs = [pitch * (place + 0.5) for place in range(len(piece.audits))]
    year = ""
    for x, audit in zip(xs, piece.audits, strict=True):
        if audit.audit_id.year != year:
            year = audit.audit_id.year
            canvas.text(max(x - 20, 0), 15, year)
        canvas.text(x, ROW + 15, f"Q{audit.audit_id.quarter}", "center")
    return xs, 2 * ROW + 4
