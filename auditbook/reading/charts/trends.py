"""Themes and yes-or-no variables from audit to audit; each audit is a column, the oldest first."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.variables import Variable
from auditbook.reading.axes import picture
from auditbook.reading.charts.categories import LOOK_OF_ANSWER
from auditbook.reading.charts.grids import THICK, columns, waffles
from auditbook.reading.charts.marks import Mark, Waffle, look_of, mark_of
from auditbook.reading.charts.pairs import BLANK, heat_of
from auditbook.reading.display import Chart, Display, stack
from auditbook.reading.empty_messages import NEVER_RAISED, NO_AUDITS, NO_REPEATED_FLAGS, NOT_REPEATED
from auditbook.reading.palette import FILLED, HALF_TONE, OUTLINE
from auditbook.reading.series import RAISED, REPEATED, Series, is_found, series
from auditbook.reading.table import brief_key, in_brief, in_short, is_counted, is_exact, with_label
from auditbook.reading.themes import noun_of
from auditbook.release.released import Released, ReleasedMeasure

DIRECTIONS = ("strength", "development")
TALLEST, TALLEST_ALONE = 40, 66
"""Pixels of the longest bar at the most: of one of many rows, and of one theme alone."""
MOST_THEMES = 10
"""Themes in one picture, so that their columns' headings stay in sight, and it fits on a sheet of paper."""
MOST_UNITS = 40
"""More dots in one column are not drawn."""
KEY_OF_SIDES = "Above the line: strengths. Below it: areas for development."
SIGNS = {
    "?": "? means found, without saying whether as a strength or as an area for development.",
    "0": "0 means looked for and not found.",
    "–": "– means that the audit does not tell.",
}
ThemesOf = Callable[[Series], Mapping[str, str]]
"""The themes of a series that are meant, each with its label."""
Figures = Sequence[ReleasedMeasure | None]
"""One for each audit of a series."""


def quarters_of(piece: Series) -> tuple[tuple[str, str], ...]:
    return tuple((audit.audit_id.year, f"Q{audit.audit_id.quarter}") for audit in piece.audits)


def theme_trends(
    audits: Iterable[Released],
    themes_of: ThemesOf = attrgetter("themes"),
    title: str = RAISED,
    otherwise: str = NEVER_RAISED,
) -> Display:
    """Theme by audit, how many findings raised it: the more, the stronger the colour, with the number in it."""
    every = series(audits)
    meant = [(one_series, themes_of(one_series)) for one_series in every]
    drawn = [
        _heat_map(piece, themes, title) for one_series, themes in meant if themes for piece in one_series.pictures()
    ]
    return stack(drawn, otherwise if every else NO_AUDITS)


def _heat_map(piece: Series, themes: Mapping[str, str], title: str) -> Chart:
    rows = {label: piece.figures(MeasureId.of("theme", theme, "findings")) for theme, label in themes.items()}
    sentences = [f"{label}: {_by_audit(row)}." for label, row in rows.items()]
    return heat_of(rows, quarters_of(piece), piece.titled(title), sentences)


def theme_directions(
    audits: Iterable[Released],
    themes_of: ThemesOf = attrgetter("repeated_themes"),
    title: str = REPEATED,
    otherwise: str = NOT_REPEATED,
) -> Display:
    """A small picture for each theme: strengths upwards, areas for development below."""
    every = series(audits)
    meant = [(one_series, themes) for one_series in every if (themes := themes_of(one_series))]
    drawn = [
        chart
        for one_series, themes in meant
        for piece in one_series.pictures()
        for chart in _directions(piece, themes, title)
    ]
    return stack(drawn, otherwise if every else NO_AUDITS)


def _directions(piece: Series, themes: Mapping[str, str], title: str) -> Iterator[Chart]:
    """All of them on one scale and with their columns in one place, in pictures that fit on a sheet of paper."""
    rows = {label: _sides(piece, theme) for theme, label in themes.items()}
    drawn = [figure for sides in rows.values() for side in sides for figure in side]
    unit, pictures = _unit(drawn, TALLEST), -(-len(rows) // MOST_THEMES)
    for number in range(pictures):
        sheet = [*rows.items()][number * MOST_THEMES : (number + 1) * MOST_THEMES]
        marks = tuple((label, *(tuple(map(_found, side)) for side in sides)) for label, sides in sheet)
        draw = partial(columns, rows=marks, heads=quarters_of(piece), unit=unit, labels=tuple(rows))
        sentences = [f"{label}: {_directions_by_audit(piece, sides)}." for label, sides in sheet]
        counted = f" ({number + 1} of {pictures})" if pictures > 1 else ""
        notes = brief_key(figure for _, sides in sheet for side in sides for figure in side if figure is not None)
        yield picture(draw, f"{piece.titled(title)}{counted}", sentences, notes)


def _sides(piece: Series, theme: str) -> list[Figures]:
    return [piece.figures(MeasureId.of("theme", theme, side)) for side in DIRECTIONS]


def _unit(figures: Figures, tallest: float) -> float:
    """Pixels of one finding."""
    return min(THICK, tallest / max([1, *(figure.value for figure in figures if figure and is_counted(figure))]))


def _found(figure: ReleasedMeasure | None) -> Mark | None:
    return mark_of(figure) if is_found(figure) else None


def _directions_by_audit(piece: Series, sides: Sequence[Figures]) -> str:
    rows = zip(piece.audits, *sides, strict=True)
    return "; ".join(f"{audit.audit_id.label} {_in_words(*both) or _instead(*both)}" for audit, *both in rows)


def _in_words(*both: ReleasedMeasure | None) -> str:
    """`2 strengths and 1 area for development`; empty where neither was found."""
    sides = [(side, figure) for side, figure in zip(DIRECTIONS, both, strict=True) if is_found(figure)]
    return " and ".join(f"{in_short(figure)} {noun_of(side, figure)}" for side, figure in sides)


def _instead(*both: ReleasedMeasure | None) -> str:
    return "0" if any(figure is not None for figure in both) else "not recorded"


def theme_thread(every: Sequence[Series], theme: str) -> Display:
    """One theme: a picture for each series."""
    return stack([_thread(piece, theme) for one_series in every for piece in one_series.pictures()], NO_AUDITS)


def _thread(piece: Series, theme: str) -> Chart:
    sides = _sides(piece, theme)
    drawn = [figure for side in sides for figure in side if is_found(figure)]
    others = [piece.figures(MeasureId.of("theme", theme, category)) for category in ("findings", "cases")]
    signs = [_sign(column) for column in zip(*sides, *others, strict=True)]
    up = tuple(Mark(sign) if sign else _found(figure) for sign, figure in zip(signs, sides[0], strict=True))
    row = ("", up, tuple(map(_found, sides[1])))
    draw = partial(columns, rows=(row,), heads=quarters_of(piece), unit=_unit(drawn, TALLEST_ALONE), thick=20)
    words = {"–": "not recorded", "?": "found", "0": "not found"}
    sentences = [
        f"{audit.audit_id.label}: {_in_words(*both) or words[sign]}."
        for audit, sign, *both in zip(piece.audits, signs, *sides, strict=True)
    ]
    notes = [
        *([KEY_OF_SIDES] if drawn else []),
        *(means for sign, means in SIGNS.items() if sign in signs),
        *brief_key(drawn),
    ]
    label = piece.audits[0].codebook.themes[theme].label
    return picture(draw, piece.titled(f"{label}: findings"), sentences, notes)


def _sign(column: Figures) -> str:
    """What stands in a column without bars, of its strengths, development, findings and cases; empty with bars."""
    if any(map(is_found, column[:2])):
        return ""
    if all(figure is None for figure in column):
        return "–"
    return "?" if any(map(is_found, column)) else "0"


def flag_trends(
    audits: Iterable[Released],
    flags_of: Callable[[Series], Sequence[Variable]] = attrgetter("flags"),
    otherwise: str = NO_REPEATED_FLAGS,
) -> Display:
    """Each yes-or-no variable from audit to audit, one dot a case or person."""
    every = series(audits)
    meant = [(one_series, flags) for one_series in every if (flags := flags_of(one_series))]
    drawn = [_flags_by_audit(piece, flags) for one_series, flags in meant for piece in one_series.pictures()]
    return stack(drawn, otherwise if every else NO_AUDITS)


def _flags_by_audit(piece: Series, flags: Sequence[Variable]) -> Chart:
    rows = {flag.label: tuple(_waffle(flag, audit.of(flag.family)) for audit in piece.audits) for flag in flags}
    yes = [piece.figures(MeasureId.of(flag.family, flag.good_category)) for flag in flags]
    drawn = [figure for row in yes for figure in row if figure is not None]
    sentences = [with_label(flag.label, f"{_by_audit(row)}.") for flag, row in zip(flags, yes, strict=True)]
    draw = partial(waffles, rows=rows, heads=quarters_of(piece))
    title = "Yes or no" if all(flag.type == "flag" for flag in flags) else "Yes or no, good or better or not"
    return picture(draw, piece.titled(title), sentences, [*brief_key(drawn), BLANK])


def _waffle(flag: Variable, figures: Sequence[ReleasedMeasure]) -> Waffle | None:
    if not figures:
        return None
    yes = next((figure for figure in figures if figure.category == flag.good_category), None)
    base = next((figure.denominator for figure in figures if figure.denominator is not None), None)
    is_withheld = any(not figure.is_shown for figure in figures)
    looks = () if is_withheld or not all(map(is_counted, figures)) else _looks(flag, figures, base or 0)
    return Waffle(looks, in_brief(yes) if yes else "", base if yes and is_exact(yes) else None, is_withheld)


def _looks(flag: Variable, figures: Sequence[ReleasedMeasure], base: int) -> tuple[str, ...]:
    """A look for each unit; none where they are too many. Of grades the good ones look like yes, the others like no."""
    by_category = {figure.category: figure for figure in figures}
    good = flag.groups.get(flag.good_category, ())
    of_grades = {code.code: FILLED if code.code in good else OUTLINE for code in flag.codes} if good else {}
    drawn = [
        look
        for code, otherwise in (of_grades | LOOK_OF_ANSWER).items()
        if code in by_category
        for look in [look_of(by_category[code], otherwise)] * int(by_category[code].value)
    ]
    return () if len(drawn) > MOST_UNITS else (*drawn, *[HALF_TONE] * (base - len(drawn)))


def _by_audit(row: Figures) -> str:
    """In the order of the audits, which the title gives."""
    return ", ".join("not recorded" if figure is None else _short_of(figure) for figure in row)


def _short_of(figure: ReleasedMeasure) -> str:
    base = f" of {figure.denominator}" if figure.denominator is not None and figure.value is not None else ""
    return f"{in_short(figure)}{base}"
