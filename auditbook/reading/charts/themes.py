"""Themes: strengths to the left, areas for development to the right; and how many cases raised each."""

from collections.abc import Sequence
from functools import partial

from auditbook.reading.axes import picture
from auditbook.reading.charts.categories import dots_of
from auditbook.reading.charts.marks import DivergingRow, Mark, mark_of, row_of
from auditbook.reading.charts.rows import diverging
from auditbook.reading.display import Display, Note
from auditbook.reading.empty_messages import NO_THEME_CASES, NO_THEMES, THEME_CASES_WITHHELD
from auditbook.reading.table import brief_key, is_zero, none_is_shown, of_base
from auditbook.reading.themes import ThemeCounts, not_raised_in_words, themes_left_out, themes_with
from auditbook.reading.themes import themes as themes_of
from auditbook.release.released import Released

NOT_TOLD = "strength or area for development: not recorded"
SIDES = ("strength", "development")


def themes(released: Released) -> Display:
    """How often each theme was raised as a strength and as an area for development."""
    theme_counts = themes_with(released, *SIDES, "findings")
    notes = not_raised_in_words(themes_of(released))
    return of_themes(theme_counts, "Findings by theme", notes) if theme_counts else Note(" ".join([NO_THEMES, *notes]))


def of_themes(theme_counts: Sequence[ThemeCounts], title: str, notes: Sequence[str] = ()) -> Display:
    """These themes in this order."""
    drawn = [figure for theme in theme_counts for _, figure in theme.of(*SIDES)]
    rows = tuple(
        DivergingRow(theme.label, *(_side(theme, side) for side in SIDES), _note(theme)) for theme in theme_counts
    )
    sentences = [f"{theme.label}: {_note(theme) or theme.in_words(*SIDES)}." for theme in theme_counts]
    return picture(partial(diverging, rows=rows), title, sentences, [*brief_key(drawn), *notes])


def _side(theme: ThemeCounts, side: str) -> Mark | None:
    return next((mark_of(figure) for _, figure in theme.of(side) if not is_zero(figure)), None)


def _note(theme: ThemeCounts) -> str:
    return "" if theme.of(*SIDES) else f"{theme.in_words('findings')}, {NOT_TOLD}"


def theme_cases(released: Released) -> Display:
    """In how many of the cases each theme was raised, one dot a case."""
    labels = {theme.figures["cases"]: theme.label for theme in themes_with(released, "cases")}
    figures, few = list(labels), themes_left_out(released)
    if none_is_shown(figures) or (few and not figures):
        return Note(THEME_CASES_WITHHELD)
    if not figures:
        return Note(NO_THEME_CASES)
    rows = [row_of(labels[figure], figure, base=figure.denominator) for figure in figures]
    return dots_of(f"Cases that raised each theme, {of_base(figures, released)}", rows, few)
