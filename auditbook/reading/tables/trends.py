"""From audit to audit: each audit is a column, and nothing that differs in partnership or unit stands in one table."""

from collections.abc import Iterable

from auditbook.reading.display import Display, together
from auditbook.reading.series import Series, series
from auditbook.reading.tables.cells import Content, InWords, table
from auditbook.release.released import Released

NOTHING_YET = "No audit of this collection can be shown yet."
NO_THEMES = "No theme was raised in these audits."
NO_FLAGS = "Nothing that is answered by yes or no was recorded in these audits."


def theme_trends(audits: Iterable[Released]) -> Display:
    """How many findings raised each theme, audit by audit."""
    every = series(audits)
    made = [_by_theme(each, "Findings that raised each theme", {"": "findings"}) for each in every if each.themes()]
    return together(made, NO_THEMES if every else NOTHING_YET)


def theme_directions(audits: Iterable[Released]) -> Display:
    """The same apart as strengths and areas for development."""
    every = series(audits)
    ends = {": strengths": "strength", ": development": "development"}
    made = [_by_theme(each, "Strengths and areas for development", ends) for each in every if each.themes()]
    return together(made, NO_THEMES if every else NOTHING_YET)


def _by_theme(each: Series, caption: str, ends: dict[str, str]) -> Display:
    rows = [
        (f"{label}{name}", *each.figures(f"theme.{theme}.{end}"))
        for theme, label in each.themes().items()
        for name, end in ends.items()
    ]
    return _by_audit(each, caption, "Theme", rows)


def flag_trends(audits: Iterable[Released]) -> Display:
    """Each yes-or-no variable, audit by audit, with its base."""
    every = series(audits)
    return together([_flags(each) for each in every if each.flags()], NO_FLAGS if every else NOTHING_YET)


def _flags(each: Series) -> Display:
    rows = [
        (flag.label, *(figure and InWords(figure) for figure in each.figures(f"{flag.id}.yes")))
        for flag in each.flags()
    ]
    return _by_audit(each, "Answered by yes", "What was asked", rows)


def _by_audit(each: Series, caption: str, head: str, rows: list[tuple[Content, ...]]) -> Display:
    columns = [head, *(audit.audit_id.label for audit in each.audits)]
    return table(each.titled(caption), columns, rows)
