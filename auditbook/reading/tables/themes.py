"""Themes and findings."""

from auditbook.reading.display import Display, Note, together
from auditbook.reading.raised import not_raised_in_words, raised_with
from auditbook.reading.raised import themes as themes_of
from auditbook.reading.selection import is_exact, largest_first, none_is_shown
from auditbook.reading.tables.cells import based, table
from auditbook.reading.wording import require_released
from auditbook.release.released import Released
from auditbook.release.texts import Finding

TEXT_WITHHELD = "(withheld: it may describe one family)"


def themes(figures: Released) -> Display:
    """How often each theme was raised: strengths, areas for development, findings in all."""
    found = raised_with(figures, "strength", "development", "findings")
    notes = not_raised_in_words(themes_of(figures))
    if not found:
        return Note(" ".join(["This audit recorded no findings by theme.", *notes]))
    ends = ("strength", "development")
    rows = [(each.label, *map(each.figures.get, ends)) for each in found]
    if all(is_exact(figure) for row in rows for figure in row[1:] if figure) and all(map(all, rows)):
        return table("Findings by theme", ["Theme", "Strengths", "Development"], rows, notes)
    rows = [(*row, each.figures.get("findings")) for row, each in zip(rows, found, strict=True)]
    return table("Findings by theme", ["Theme", "Strengths", "Development", "All"], rows, notes, is_stacked=True)


def theme_cases(figures: Released) -> Display:
    """In how many cases each theme was raised, and by how many agencies."""
    labels = {each.figures["cases"]: each.label for each in raised_with(figures, "cases")}
    cases = [(labels[figure], figure) for figure in largest_first(labels)]
    if none_is_shown([*labels]):
        return Note("How many cases raised a theme is withheld: every count is of few cases.")
    agencies = [(each.label, each.figures["agencies"]) for each in raised_with(figures, "agencies")]
    made = [based("Cases that raised each theme", "Theme", figures.settings.unit.plural.capitalize(), cases, figures)]
    named = [table("Agencies that raised each theme", ["Theme", "Agencies"], agencies)]
    return together(
        [*(made if cases else []), *(named if agencies else [])],
        "This audit does not record which cases or agencies raised a theme.",
    )


def findings(figures: Released) -> Display:
    """What was found, in words: strengths, areas for development, and what was said of the audit itself."""
    require_released(figures)
    groups = {
        "Strengths": [each for each in figures.findings if each.polarity == "strength" and not each.is_reflection],
        "Areas for development": [
            each for each in figures.findings if each.polarity == "development" and not each.is_reflection
        ],
        "Findings, neither strength nor area for development": [
            each for each in figures.findings if not each.polarity and not each.is_reflection
        ],
        "Reflections on the audit itself": [each for each in figures.findings if each.is_reflection],
    }
    made = [_findings(caption, own, figures) for caption, own in groups.items() if own]
    return together(made, "This audit recorded no findings.")


def _findings(caption: str, own: list[Finding], figures: Released) -> Display:
    known = figures.codebook.themes
    rows = [
        (each.id, each.text or TEXT_WITHHELD, "; ".join(known[theme].label for theme in each.themes), each.agency)
        for each in own
    ]
    return table(caption, ["Finding", "What was found", "Themes", "Agency"], rows, is_stacked=True)
