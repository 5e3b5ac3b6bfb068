"""From audit to audit: each audit is a column, and nothing that differs in partnership or unit stands in one table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.variables import Variable
from auditbook.reading.display import Display, together
from auditbook.reading.empty_messages import NEVER_RAISED, NO_AUDITS, NO_REPEATED_FLAGS
from auditbook.reading.links import FROM_A_COLLECTION, theme_link
from auditbook.reading.series import RAISED, Series, series
from auditbook.reading.tables.cells import Content, InWords, LinkedText, table
from auditbook.release.released import Released

THEME_ROWS = {
    "findings": "",
    "strength": ": strengths",
    "development": ": development",
    "cases": ": cases",
    "agencies": ": agencies",
}
"""Category of a theme's figures → what a row says of it behind the theme's label."""


def theme_trends(
    audits: Iterable[Released],
    themes_of: Callable[[Series], Mapping[str, str]] = attrgetter("themes"),
    categories: Sequence[str] = ("findings",),
    caption: str = RAISED,
    otherwise: str = NEVER_RAISED,
) -> Display:
    """How many findings raised each theme, audit by audit: in all, or apart as strengths and areas for development."""
    every = series(audits)
    made = [_by_theme(each, themes, caption, categories) for each in every if (themes := themes_of(each))]
    return together(made, otherwise if every else NO_AUDITS)


def _by_theme(each: Series, themes: Mapping[str, str], caption: str, categories: Sequence[str]) -> Display:
    collection = each.audits[0].settings.collection
    rows = [
        (
            LinkedText(f"{label}{THEME_ROWS[category]}", theme_link(collection, theme, FROM_A_COLLECTION)),
            *each.figures(MeasureId.of("theme", theme, category)),
        )
        for theme, label in themes.items()
        for category in categories
    ]
    return _by_audit(each, caption, "Theme", rows)


def flag_trends(
    audits: Iterable[Released],
    flags_of: Callable[[Series], Sequence[Variable]] = attrgetter("flags"),
    otherwise: str = NO_REPEATED_FLAGS,
) -> Display:
    """Each yes-or-no variable, audit by audit, with its base."""
    every = series(audits)
    made = [_flags(each, flags) for each in every if (flags := flags_of(each))]
    return together(made, otherwise if every else NO_AUDITS)


def _flags(each: Series, flags: Sequence[Variable]) -> Display:
    rows = [
        (flag.label, *(figure and InWords(figure) for figure in each.figures(MeasureId.of(flag.id, "yes"))))
        for flag in flags
    ]
    return _by_audit(each, "Answered by yes", "What was asked", rows)


def _by_audit(each: Series, caption: str, head: str, rows: list[tuple[Content, ...]]) -> Display:
    columns = [head, *(audit.audit_id.label for audit in each.audits)]
    return table(each.titled(caption), columns, rows)
