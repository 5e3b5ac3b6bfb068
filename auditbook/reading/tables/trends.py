"""From audit to audit: each audit is a column, and nothing that differs in partnership or unit stands in one table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.variables import Variable
from auditbook.reading.display import Display, stack
from auditbook.reading.empty_messages import NEVER_RAISED, NO_AUDITS, NO_REPEATED_FLAGS
from auditbook.reading.links import FROM_A_COLLECTION, theme_link
from auditbook.reading.series import RAISED, Series, series
from auditbook.reading.table import in_short, is_zero
from auditbook.reading.tables.cells import Content, InWords, LinkedText, table
from auditbook.reading.themes import noun_of
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.released import Released

THEME_ROWS = {
    "findings": "",
    "strength": ": strengths",
    "development": ": development",
    "cases": ": cases",
    "agencies": ": agencies",
}
"""Category of a theme's figures → what a row says of it behind the theme's label."""
IN_ONE_ROW = ("findings", "strength", "development")


def theme_trends(
    audits: Iterable[Released],
    themes_of: Callable[[Series], Mapping[str, str]] = attrgetter("themes"),
    categories: Sequence[str] = ("findings",),
    caption: str = RAISED,
    otherwise: str = NEVER_RAISED,
) -> Display:
    """How many findings raised each theme, audit by audit; strengths and areas for development stand in one row."""
    every = series(audits)
    made = [
        _by_theme(one_series, themes, caption, categories) for one_series in every if (themes := themes_of(one_series))
    ]
    return stack(made, otherwise if every else NO_AUDITS)


def _by_theme(one_series: Series, themes: Mapping[str, str], caption: str, categories: Sequence[str]) -> Display:
    collection = one_series.audits[0].settings.collection
    in_one_row = [category for category in categories if category in IN_ONE_ROW]
    apart = [category for category in categories if category not in in_one_row or in_one_row == ["findings"]]
    rows = []
    for theme, label in themes.items():
        place = theme_link(collection, theme, FROM_A_COLLECTION)
        rows += [
            (
                LinkedText(f"{label}{THEME_ROWS[category]}", place),
                *one_series.figures(MeasureId.of("theme", theme, category)),
            )
            for category in apart
        ]
        if len(apart) < len(categories):
            rows.append((LinkedText(label, place), *_in_one_row(one_series, theme, in_one_row)))
    return _by_audit(one_series, caption, "Theme", rows)


def _in_one_row(one_series: Series, theme: str, categories: Sequence[str]) -> list[Content]:
    """`3: 2 strengths, 1 to develop` in each audit; nothing where it was not looked for, or not recorded."""
    columns = zip(*(one_series.figures(MeasureId.of("theme", theme, category)) for category in categories), strict=True)
    return [_in_words(dict(zip(categories, column, strict=True))) for column in columns]


def _in_words(figures: Mapping[str, ReleasedMeasure | None]) -> Content:
    by_category = {category: figure for category, figure in figures.items() if figure is not None}
    findings = by_category.pop("findings", None)
    values = ", ".join(
        f"{in_short(figure)} {'to develop' if category == 'development' else noun_of(category, figure)}"
        for category, figure in by_category.items()
        if not is_zero(figure)
    )
    total = "" if findings is None else in_short(findings)
    return ": ".join(filter(None, [total, values])) or ("0" if by_category else None)


def flag_trends(
    audits: Iterable[Released],
    flags_of: Callable[[Series], Sequence[Variable]] = attrgetter("flags"),
    otherwise: str = NO_REPEATED_FLAGS,
) -> Display:
    """Each yes-or-no variable, audit by audit, with its base."""
    every = series(audits)
    made = [_flags(one_series, flags) for one_series in every if (flags := flags_of(one_series))]
    return stack(made, otherwise if every else NO_AUDITS)


def _flags(one_series: Series, flags: Sequence[Variable]) -> Display:
    rows = [
        (
            flag.label,
            *(
                figure and InWords(figure)
                for figure in one_series.figures(MeasureId.of(flag.family, flag.good_category))
            ),
        )
        for flag in flags
    ]
    caption = "Answered by yes" if all(flag.type == "flag" for flag in flags) else "Yes, or good or better"
    return _by_audit(one_series, caption, "What was asked", rows)


def _by_audit(one_series: Series, caption: str, head: str, rows: list[tuple[Content, ...]]) -> Display:
    columns = [head, *(audit.audit_id.label for audit in one_series.audits)]
    return table(one_series.titled(caption), columns, rows)
