"""Themes and yes-or-no variables from audit to audit; each audit is a column."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.variables import Variable
from auditbook.reading.charts.heat import BLANK, GAP, LABELS, draw_cells, notes_of
from auditbook.reading.charts.units import draw_key, look_of
from auditbook.reading.display import Chart, Display, together
from auditbook.reading.empty_messages import NEVER_RAISED, NO_AUDITS, NO_REPEATED_FLAGS, NOT_REPEATED
from auditbook.reading.palette import BLUE, INK, ORANGE
from auditbook.reading.picture import FILLED, HALF_TONE, NARROW, OUTLINE, ROW, WITHHELD, Canvas, picture, wrapped
from auditbook.reading.series import RAISED, REPEATED, Series, is_found, series
from auditbook.reading.table import NO_ANSWERS, brief_key, in_brief, in_short, is_counted, is_exact
from auditbook.reading.themes import noun_of
from auditbook.release.released import Released, ReleasedMeasure

DIRECTIONS = ("strength", "development")
THICK, TALLEST = 12, 40
"""Pixels: how broad a bar is, and how long the longest one is at the most."""
MOST_THEMES = 10
"""Themes in one picture, so that their columns' headings stay in sight, and it fits on a sheet of paper."""
ROOM_FOR_WORDS = 64
"""Pixels that `10 of 12` takes; where columns are narrower it is 10/12."""
WAFFLE = 5
"""Dots side by side in one column."""
ThemesOf = Callable[[Series], Mapping[str, str]]
"""The themes of a series that are meant, each with its label."""


def theme_trends(
    audits: Iterable[Released],
    themes_of: ThemesOf = attrgetter("themes"),
    title: str = RAISED,
    otherwise: str = NEVER_RAISED,
) -> Display:
    """Theme by audit, how many findings raised it: the more, the stronger the colour, with the number in it."""
    every = series(audits)
    meant = [(each, themes_of(each)) for each in every]
    drawn = [_heat_map(piece, themes, title) for each, themes in meant if themes for piece in each.pictures()]
    return together(drawn, otherwise if every else NO_AUDITS)


def _heat_map(piece: Series, themes: Mapping[str, str], title: str) -> Chart:
    rows = {label: piece.figures(MeasureId.of("theme", theme, "findings")) for theme, label in themes.items()}

    def draw(canvas: Canvas) -> None:
        left = canvas.labels(rows, LABELS, GAP)
        xs, top = _draw_heads(canvas, piece, left)
        draw_cells(canvas, rows, xs, left, top)

    sentences = [f"{label}: {_by_audit(row)}." for label, row in rows.items()]
    return picture(draw, piece.titled(title), sentences, notes_of(rows))


def theme_directions(
    audits: Iterable[Released],
    themes_of: ThemesOf = attrgetter("repeated_themes"),
    title: str = REPEATED,
    otherwise: str = NOT_REPEATED,
) -> Display:
    """A small picture for each theme: strengths upwards, areas for development below."""
    every = series(audits)
    meant = [(each, themes) for each in every if (themes := themes_of(each))]
    drawn = [
        chart for each, themes in meant for piece in each.pictures() for chart in _directions(piece, themes, title)
    ]
    return together(drawn, otherwise if every else NO_AUDITS)


def _directions(piece: Series, themes: Mapping[str, str], title: str) -> Iterator[Chart]:
    """All of them on one scale, in pictures that fit on a sheet of paper."""
    rows = [
        (label, [piece.figures(MeasureId.of("theme", theme, category)) for category in DIRECTIONS])
        for theme, label in themes.items()
    ]
    drawn = [figure for _, sides in rows for side in sides for figure in side if figure is not None]
    per_unit = min(THICK, TALLEST / max([1, *(figure.value for figure in drawn if is_counted(figure))]))
    pictures = -(-len(rows) // MOST_THEMES)
    for number, start in enumerate(range(0, len(rows), MOST_THEMES), 1):
        counted = f" ({number} of {pictures})" if pictures > 1 else ""
        own = rows[start : start + MOST_THEMES]
        yield _directions_of(own, list(themes.values()), piece, per_unit, f"{piece.titled(title)}{counted}")


def _directions_of(
    rows: Sequence[tuple[str, list]], labels: Sequence[str], piece: Series, per_unit: float, title: str
) -> Chart:
    """Some of the themes; the columns stand where they stand in the pictures of the others.

    labels  of all themes
    """

    def draw(canvas: Canvas) -> None:
        left = canvas.labels(labels, LABELS, GAP)
        xs, top = _draw_heads(canvas, piece, left, _draw_direction_key(canvas))
        for label, sides in rows:
            top = _draw_direction(canvas, wrapped(label, left - GAP), sides, xs, top, per_unit)

    sentences = [f"{label}: {_directions_by_audit(piece, sides)}." for label, sides in rows]
    drawn = [figure for _, sides in rows for side in sides for figure in side if figure is not None]
    return picture(draw, title, sentences, brief_key(drawn))


def _draw_direction_key(canvas: Canvas) -> float:
    canvas.box(1, 4, 12, 12, FILLED, BLUE)
    canvas.text(ROW, 15, "strengths, up")
    canvas.box(NARROW / 2 - 30, 4, 12, 12, FILLED, ORANGE)
    canvas.text(NARROW / 2 - 11, 15, "development, down")
    return ROW + GAP


def _draw_direction(
    canvas: Canvas, lines: Sequence[str], sides: Sequence[list], xs: Sequence[float], top: float, per_unit: float
) -> float:
    up, down = (max((_length(figure, per_unit) for figure in side), default=0) for side in sides)
    above = max(up + (ROW if up else GAP), len(lines) * ROW / 2)
    middle = top + above
    canvas.lines(0, middle - len(lines) * ROW / 2, lines)
    for side, sign, colour in zip(sides, (-1, 1), (BLUE, ORANGE), strict=True):
        for x, figure in zip(xs, side, strict=True):
            if is_found(figure):
                _draw_bar(canvas, figure, x, middle, sign, colour, per_unit)
    canvas.line([(xs[0] - 14, middle), (xs[-1] + 14, middle)], INK)
    return middle + max(down + (ROW if down else GAP), len(lines) * ROW / 2) + GAP


def _length(figure: ReleasedMeasure | None, per_unit: float) -> float:
    return figure.value * per_unit if figure is not None and is_counted(figure) else 0


def _draw_bar(
    canvas: Canvas, figure: ReleasedMeasure, x: float, middle: float, sign: int, colour: str, per_unit: float
) -> None:
    length = _length(figure, per_unit)
    if length:
        canvas.box(x - THICK / 2, middle + min(0, sign * length), THICK, length, look_of(figure), colour)
    canvas.text(x, middle + sign * (length + 4) + (12 if sign > 0 else 0), in_brief(figure), "center")


def _directions_by_audit(piece: Series, sides: Sequence[list]) -> str:
    words = []
    for audit, *figures in zip(piece.audits, *sides, strict=True):
        known = [figure for figure in figures if figure is not None]
        told = [
            f"{in_short(figure)} {noun_of(category, figure)}"
            for category, figure in zip(DIRECTIONS, figures, strict=True)
            if is_found(figure)
        ]
        words.append(f"{audit.audit_id.label} {' and '.join(told) or ('0' if known else 'not recorded')}")
    return "; ".join(words)


def flag_trends(
    audits: Iterable[Released],
    flags_of: Callable[[Series], Sequence[Variable]] = attrgetter("flags"),
    otherwise: str = NO_REPEATED_FLAGS,
) -> Display:
    """Each yes-or-no variable from audit to audit, one dot a case or person."""
    every = series(audits)
    meant = [(each, flags) for each in every if (flags := flags_of(each))]
    drawn = [_flags_by_audit(piece, flags) for each, flags in meant for piece in each.pictures()]
    return together(drawn, otherwise if every else NO_AUDITS)


def _flags_by_audit(piece: Series, flags: Sequence[Variable]) -> Chart:
    def draw(canvas: Canvas) -> None:
        top = draw_key(canvas, [(FILLED, "yes"), (HALF_TONE, "not known or not stated"), (OUTLINE, "no")])
        xs, top = _draw_heads(canvas, piece, 0, top)
        pitch = _pitch(canvas, piece, 0)
        for flag in flags:
            top = canvas.lines(0, top, wrapped(flag.label, canvas.width))
            answers = [audit.of(flag.id) for audit in piece.audits]
            top = max(_draw_waffle(canvas, own, x, top, pitch) for own, x in zip(answers, xs, strict=True)) + GAP

    yes = [piece.figures(MeasureId.of(flag.id, "yes")) for flag in flags]
    drawn = [figure for own in yes for figure in own if figure is not None]
    sentences = [f"{flag.label}: {_by_audit(own)}." for flag, own in zip(flags, yes, strict=True)]
    return picture(draw, piece.titled("Yes or no"), sentences, [*brief_key(drawn), BLANK])


def _draw_waffle(canvas: Canvas, own: Sequence[ReleasedMeasure], x: float, top: float, pitch: float) -> float:
    """The units of one audit, five in a line, with the number of yes below; returns the bottom."""
    if not own:
        return top
    yes = next((figure for figure in own if figure.category == "yes"), None)
    looks = _looks(own)
    if looks is None:
        canvas.box(x - 18, top + 2, 36, 14, WITHHELD, INK)
        looks = []
        top += GAP
    for place, look in enumerate(looks):
        line, column = divmod(place, WAFFLE)
        canvas.dot(x + (column - 2) * 8, top + 8 + line * 9, 3, look)
    bottom = top + max(1, -(-len(looks) // WAFFLE)) * 9 + 6
    base = next((figure.denominator for figure in own if figure.denominator is not None), None)
    words = "" if yes is None else in_brief(yes)
    if yes is not None and is_exact(yes) and base is not None:
        words = f"{words} of {base}" if pitch >= ROOM_FOR_WORDS else f"{words}/{base}"
    canvas.text(x, bottom + 15, words, "center")
    return bottom + ROW


def _looks(own: Sequence[ReleasedMeasure]) -> list[str] | None:
    """A look for each unit; None when a part is withheld, none when a part has no count."""
    if any(not figure.is_shown for figure in own):
        return None
    looks = {"yes": FILLED, **dict.fromkeys(NO_ANSWERS, HALF_TONE), "no": OUTLINE}
    if not all(is_counted(figure) for figure in own):
        return []
    known = {figure.category: figure for figure in own}
    drawn = [
        look_of(known[code], look) for code, look in looks.items() if code in known for _ in range(known[code].value)
    ]
    base = next((figure.denominator for figure in own if figure.denominator is not None), 0)
    return [] if len(drawn) > 40 else drawn + [HALF_TONE] * (base - len(drawn))


def _by_audit(row: Sequence[ReleasedMeasure | None]) -> str:
    """In the order of the audits, which the title gives."""
    return ", ".join("not recorded" if figure is None else _short_of(figure) for figure in row)


def _short_of(figure: ReleasedMeasure) -> str:
    base = f" of {figure.denominator}" if figure.denominator is not None and figure.value is not None else ""
    return f"{in_short(figure)}{base}"


def _pitch(canvas: Canvas, piece: Series, left: float) -> float:
    return (canvas.width - left) / len(piece.audits)


def _draw_heads(canvas: Canvas, piece: Series, left: float, top: float = 0) -> tuple[list[float], float]:
    """Years over their quarters; returns the columns' middles and the top of the rows."""
    pitch = min(_pitch(canvas, piece, left), 90)
    xs = [left + pitch * (place + 0.5) for place in range(len(piece.audits))]
    year = ""
    for x, audit in zip(xs, piece.audits, strict=True):
        if audit.audit_id.year != year:
            year = audit.audit_id.year
            canvas.text(x - 10, top + 15, year)
        canvas.text(x, top + ROW + 15, f"Q{audit.audit_id.quarter}", "center")
    return xs, top + 2 * ROW + 4
