"""Themes: strengths to the left, areas for development to the right; and how many cases raised each."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditbook.reading.charts.units import Row, draw_rows, look_of
from auditbook.reading.display import Display, Note
from auditbook.reading.empty_messages import NO_THEME_CASES, NO_THEMES, THEME_CASES_WITHHELD
from auditbook.reading.palette import BLUE, INK, ORANGE
from auditbook.reading.picture import ROW, Canvas, picture, width_of, wrapped
from auditbook.reading.table import brief_key, in_brief, is_counted, is_zero, none_is_shown, of_base
from auditbook.reading.themes import ThemeCounts, not_raised_in_words, themes_left_out, themes_with
from auditbook.reading.themes import themes as themes_of
from auditbook.release.released import Released

HEADS = {"strength": 82, "development": 116}
"""Pixels that the heading of each side takes, in the widest of the common faces."""
MOST = 190
"""Pixels for both sides at the most; a longer bar is drawn on a smaller scale."""
THICK = 12
GAP = 8
NOT_TOLD = "strength or area for development: not recorded"


def themes(figures: Released) -> Display:
    """How often each theme was raised as a strength and as an area for development."""
    found = themes_with(figures, "strength", "development", "findings")
    notes = not_raised_in_words(themes_of(figures))
    if not found:
        return Note(" ".join([NO_THEMES, *notes]))
    return diverging(found, "Findings by theme", notes)


def diverging(found: Sequence[ThemeCounts], title: str, notes: Sequence[str] = ()) -> Display:
    """These themes in this order: strengths to the left, areas for development to the right."""
    sentences = [f"{each.label}: {_words(each)}." for each in found]
    drawn = [figure for each in found for _, figure in each.of("strength", "development")]
    return picture(lambda canvas: _draw(canvas, found), title, sentences, [*brief_key(drawn), *notes])


def theme_cases(figures: Released) -> Display:
    """In how many of the cases each theme was raised, one dot a case."""
    labels = {each.figures["cases"]: each.label for each in themes_with(figures, "cases")}
    own = list(labels)
    few = themes_left_out(figures)
    if none_is_shown(own) or (few and not own):
        return Note(THEME_CASES_WITHHELD)
    if not own:
        return Note(NO_THEME_CASES)
    rows = [Row(labels[figure], figure, base=figure.denominator) for figure in own]
    title = f"Cases that raised each theme, {of_base(own, figures)}"
    return picture(lambda canvas: draw_rows(canvas, rows), title, [row.sentence for row in rows], few)


def _words(each: ThemeCounts) -> str:
    if each.of("strength", "development"):
        return each.in_words("strength", "development")
    return f"{each.in_words('findings')}, {NOT_TOLD}"


@dataclass(frozen=True)
class Sides:
    """Where strengths end and areas for development begin, and how long one finding is, in pixels."""

    centre: float
    labels: float
    per_unit: float

    @classmethod
    def of(cls, found: Sequence[ThemeCounts], canvas: Canvas) -> "Sides":
        """Room for the longest bar and the longest number of each side; the labels have what is left, or need."""
        both = {
            category: [figure for each in found for _, figure in each.of(category)]
            for category in ("strength", "development")
        }
        longest = {category: max((f.value for f in own if is_counted(f)), default=0) for category, own in both.items()}
        told = {category: GAP + max([ROW, *(width_of(in_brief(f)) for f in own)]) for category, own in both.items()}
        per_unit = min(THICK, (MOST - sum(told.values())) / (sum(longest.values()) or 1))
        left, right = (max(HEADS[category], longest[category] * per_unit + told[category]) for category in both)
        rest = canvas.width - right - left
        labels = min(canvas.labels([each.label for each in found], rest, GAP), rest)
        return cls(labels + left, labels, per_unit)


def _draw(canvas: Canvas, found: Sequence[ThemeCounts]) -> None:
    sides = Sides.of(found, canvas)
    canvas.text(sides.centre - GAP, 15, "Strengths", "right", is_bold=True)
    canvas.text(sides.centre + GAP, 15, "Development", is_bold=True)
    top = bottom = ROW + GAP
    for each in found:
        lines = wrapped(each.label, sides.labels)
        canvas.lines(0, bottom, lines)
        below = bottom + len(lines) * ROW
        if not each.of("strength", "development"):
            below = canvas.lines(GAP, below, wrapped(_words(each), sides.labels))
        _draw_sides(canvas, each, sides, (bottom + below) / 2)
        bottom = below + GAP
    canvas.line([(sides.centre, top), (sides.centre, bottom - GAP)], INK)


def _draw_sides(canvas: Canvas, each: ThemeCounts, sides: Sides, middle: float) -> None:
    for category, figure in each.of("strength", "development"):
        if is_zero(figure):
            continue
        sign, colour, anchor = (-1, BLUE, "right") if category == "strength" else (1, ORANGE, "left")
        length = figure.value * sides.per_unit if is_counted(figure) else 0
        if length:
            left = sides.centre + min(0, sign * length)
            canvas.box(left, middle - THICK / 2, length, THICK, look_of(figure), colour)
        canvas.text(sides.centre + sign * (length + GAP), middle + 5, in_brief(figure), anchor)
