"""Themes and findings."""

from collections.abc import Sequence

from auditbook.codebook.measure_id import MeasureId
from auditbook.reading.display import STACKED, Collapsed, Display, Note, Table, stack
from auditbook.reading.empty_messages import (
    NO_AUDITS,
    NO_FINDINGS,
    NO_THEME_CASES,
    NO_THEMES,
    THEME_CASES_WITHHELD,
    texts_withheld_in_words,
)
from auditbook.reading.links import has_links, theme_link, themes_link
from auditbook.reading.series import Series, is_found
from auditbook.reading.table import is_exact, none_is_shown
from auditbook.reading.tables.cells import InWords, LinkedText, based, table
from auditbook.reading.themes import ThemeCounts, not_raised_in_words, themes_left_out, themes_with
from auditbook.reading.themes import themes as themes_of
from auditbook.reading.wording import SYMBOL, require_released
from auditbook.release.released import Released, ReleasedMeasure
from auditbook.release.texts import Finding

SILENT, FOUND, NOT_FOUND = "not recorded", "yes", "no"
FIRST_FINDINGS, FEWEST_FOLDED = 5, 3
"""Of the findings of one kind so many are seen at once; fewer than three more are seen too, which is as short."""
THREAD_HEADS = ("Audit", "Found", "Strengths", "Development", "Cases", "Agencies")
LEFT_OUT_NOTE = f"{SYMBOL}: withheld, because so few findings raised the theme."


def themes(released: Released) -> Display:
    """How often each theme was raised: strengths, areas for development, findings in all."""
    theme_counts = themes_with(released, "strength", "development", "findings")
    notes = not_raised_in_words(themes_of(released))
    if not theme_counts:
        return Note(" ".join([NO_THEMES, *notes]))
    categories = ("strength", "development")
    rows = [(_leading(theme, released), *map(theme.figures.get, categories)) for theme in theme_counts]
    if all(is_exact(figure) for row in rows for figure in row[1:] if figure) and all(map(all, rows)):
        return table("Findings by theme", ["Theme", "Strengths", "Development"], rows, notes)
    rows = [(*row, theme.figures.get("findings")) for row, theme in zip(rows, theme_counts, strict=True)]
    return table("Findings by theme", ["Theme", "Strengths", "Development", "All"], rows, notes, layout=STACKED)


def theme_cases(released: Released) -> Display:
    """In how many cases each theme was raised, and by how many agencies."""
    labels = {theme.figures["cases"]: _leading(theme, released) for theme in themes_with(released, "cases")}
    cases = [(labels[figure], figure) for figure in labels]
    agencies = [(_leading(theme, released), theme.figures["agencies"]) for theme in themes_with(released, "agencies")]
    made: list[Display] = []
    few = themes_left_out(released)
    if none_is_shown([*labels]) or (few and not cases):
        made.append(Note(THEME_CASES_WITHHELD))
    elif cases:
        column = released.settings.unit.plural.capitalize()
        made.append(based("Cases that raised each theme", "Theme", column, cases, released, few))
    if agencies:
        made.append(table("Agencies that raised each theme", ["Theme", "Agencies"], agencies))
    return stack(made, NO_THEME_CASES)


def _leading(theme: ThemeCounts, released: Released) -> LinkedText | str:
    place = theme_link(released.settings.collection, theme.theme.id)
    return LinkedText(theme.label, place) if has_links(released) else theme.label


def findings(released: Released) -> Display:
    """What was found, in words: strengths, areas for development, and what was said of the audit itself."""
    require_released(released)
    groups = {
        "Strengths": [
            finding for finding in released.findings if finding.polarity == "strength" and not finding.is_reflection
        ],
        "Areas for development": [
            finding for finding in released.findings if finding.polarity == "development" and not finding.is_reflection
        ],
        "Findings, neither strength nor area for development": [
            finding for finding in released.findings if not finding.polarity and not finding.is_reflection
        ],
        "Reflections on the audit itself": [finding for finding in released.findings if finding.is_reflection],
    }
    return stack(
        (made for caption, group in groups.items() if group for made in _some(caption, group, released)), NO_FINDINGS
    )


def _some(caption: str, group: list[Finding], released: Released) -> list[Display]:
    """What the analyst chose for the front page first, then the others as they stand; many of them folded."""
    listed = [finding for finding in group if finding.text or not released.profile.threshold]
    notes = [texts_withheld_in_words(len(group) - len(listed))] if len(listed) < len(group) else []
    if not listed:
        return [Note(f"{caption}: {notes[0]}")]
    chosen_first = sorted(listed, key=lambda finding: not finding.headline)
    seen = FIRST_FINDINGS if len(listed) >= FIRST_FINDINGS + FEWEST_FOLDED else len(listed)
    first = _findings(caption, chosen_first[:seen], released, notes)
    folded = _findings(f"{caption}: {len(listed) - seen} more", chosen_first[seen:], released)
    return [first, Collapsed(folded)] if seen < len(listed) else [first]


def _findings(caption: str, group: list[Finding], released: Released, notes: Sequence[str] = ()) -> Table:
    every_theme = released.codebook.themes
    rows = [
        (finding.id, finding.text, "; ".join(every_theme[theme].label for theme in finding.themes), finding.agency)
        for finding in group
    ]
    return table(caption, ["Finding", "What was found", "Themes", "Agency"], rows, notes, layout=STACKED)


def theme_thread(every: Sequence[Series], theme: str) -> Display:
    """Whether each audit found the theme, as what, in how many cases and by how many agencies."""
    return stack([_thread(series, theme) for series in every], NO_AUDITS)


def _thread(series: Series, theme: str) -> Display:
    label = series.audits[0].codebook.themes[theme].label
    columns = [*THREAD_HEADS[:4], series.unit.capitalize(), THREAD_HEADS[5]]
    rows = [_of_audit(audit, theme) for audit in reversed(series.audits)]
    notes = (
        [LEFT_OUT_NOTE]
        if any(MeasureId.of("theme", theme, "cases") in audit.unlisted for audit in series.audits)
        else []
    )
    return table(series.titled(label), columns, rows, notes, layout=STACKED)


def _of_audit(audit: Released, theme: str) -> tuple:
    figures: dict[str, ReleasedMeasure] = {figure.category: figure for figure in audit.of(f"theme.{theme}")}
    cases = figures.get("cases")
    if cases is None and MeasureId.of("theme", theme, "cases") in audit.unlisted:
        cases = SYMBOL
    return (
        LinkedText(audit.audit_id.label, themes_link(audit.audit_id)),
        SILENT if not figures else FOUND if any(map(is_found, figures.values())) else NOT_FOUND,
        *(figures.get(category) for category in ("strength", "development")),
        InWords(cases) if isinstance(cases, ReleasedMeasure) else cases,
        figures.get("agencies"),
    )
