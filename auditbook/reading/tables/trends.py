"""From audit to audit: each audit is a column, and nothing that differs in partnership or unit stands in one table."""

from collections.abc import Iterable

from auditbook.codebook.measure_id import MeasureId
from auditbook.reading.display import Display, together
from auditbook.reading.nothing import NEVER_RAISED, NO_AUDITS, NO_REPEATED_FLAGS, NOT_REPEATED
from auditbook.reading.places import FROM_A_COLLECTION, theme_place
from auditbook.reading.series import Series, series
from auditbook.reading.tables.cells import Content, InWords, Leading, table
from auditbook.release.released import Released


def theme_trends(audits: Iterable[Released]) -> Display:
    """How many findings raised each theme, audit by audit."""
    every = series(audits)
    caption, categories = "Findings that raised each theme", {"": "findings"}
    made = [_by_theme(each, each.themes, caption, categories) for each in every if each.themes]
    return together(made, NEVER_RAISED if every else NO_AUDITS)


def theme_directions(audits: Iterable[Released]) -> Display:
    """The same apart as strengths and areas for development."""
    every = series(audits)
    categories = {": strengths": "strength", ": development": "development"}
    caption = "Strengths and areas for development of themes raised more than once"
    made = [_by_theme(each, each.repeated_themes, caption, categories) for each in every if each.repeated_themes]
    return together(made, NOT_REPEATED if every else NO_AUDITS)


def _by_theme(each: Series, themes: dict[str, str], caption: str, categories: dict[str, str]) -> Display:
    collection = each.audits[0].settings.collection
    rows = [
        (
            Leading(f"{label}{name}", theme_place(collection, theme, FROM_A_COLLECTION)),
            *each.figures(MeasureId.of("theme", theme, category)),
        )
        for theme, label in themes.items()
        for name, category in categories.items()
    ]
    return _by_audit(each, caption, "Theme", rows)


def flag_trends(audits: Iterable[Released]) -> Display:
    """Each yes-or-no variable, audit by audit, with its base."""
    every = series(audits)
    return together([_flags(each) for each in every if each.flags], NO_REPEATED_FLAGS if every else NO_AUDITS)


def _flags(each: Series) -> Display:
    answers = {flag.label: each.figures(MeasureId.of(flag.id, "yes")) for flag in each.flags}
    rows = [(label, *(figure and InWords(figure) for figure in figures)) for label, figures in answers.items()]
    return _by_audit(each, "Answered by yes", "What was asked", rows)


def _by_audit(each: Series, caption: str, head: str, rows: list[tuple[Content, ...]]) -> Display:
    columns = [head, *(audit.audit_id.label for audit in each.audits)]
    return table(each.titled(caption), columns, rows)
