"""Cases, people, and every variable of theirs."""

from auditbook.reading.display import Display, Note, Table, together
from auditbook.reading.selection import (
    apart,
    base_in_words,
    in_short,
    is_zero,
    labelled,
    largest_first,
    none_is_shown,
    numbers_in_words,
    parts,
    standards,
    unit_of,
    variables,
    zeros_in_words,
)
from auditbook.reading.tables.cells import InWords, based, table
from auditbook.reading.wording import count, joined, require_released
from auditbook.release.released import Figure, Released
from auditbook.words.variables import Variable

FLAG_ENDS = ("yes", "no", "not_known", "not_recorded", "not_stated")
STATISTICS = {"median": "Median", "min": "Smallest", "max": "Largest"}
COLUMNS = ("What was recorded", "Each one", *STATISTICS.values(), "Of")
FROM_ROWS = ("cases.csv", "people.csv")
ALL = 10_000
"""A table names every zero."""


def cases(figures: Released) -> Display:
    """How many cases and people were audited, and how many cases fitted the remit."""
    require_released(figures)
    own = [figures[each] for each in ("cases.total", "cases.in_scope", "people.total") if each in figures]
    if not own:
        return Note("This audit does not say how many cases it looked at.")
    rows = [(figure.label, InWords(figure)) for figure in own]
    return table("Cases and people", ["What was counted", "Number"], rows)


def totals_note(figures: Released) -> Note:
    """Whether what one case had together is known, said once for a page."""
    require_released(figures)
    if any(figure.source in FROM_ROWS for figure in figures):
        return Note("These figures were counted from one row for each case or person.")
    return Note(
        "The source gives totals only, each by itself: which of these features came together in one case is not known."
    )


def flags(figures: Released) -> Display:
    """Every yes-or-no variable: yes, no, and what is not known, with its base in words."""
    found = [(flag, parts(figures, flag)) for flag in variables(figures, "flag")]
    if not found:
        return Note("This audit recorded nothing that is answered by yes or no.")
    unions = [figure.end for _, own in found for figure in own if figure.end not in FLAG_ENDS]
    ends = [*FLAG_ENDS, *dict.fromkeys(unions)]
    rows = []
    for flag, own in found:
        by_end = {figure.end: figure for figure in own}
        rows.append((flag.label, *map(by_end.get, ends), _base_of(own, figures)))
    labels = [found[0][0].label_of(end) if end in FLAG_ENDS else _union_label(end) for end in ends]
    return table("Answered by yes or no", ["What was asked", *labels, "Of"], rows, is_stacked=True)


def _union_label(end: str) -> str:
    return end.replace("+", " or ").replace("_", " ").capitalize()


def _base_of(own: list[Figure], figures: Released) -> str:
    """The base of a variable in words."""
    return base_in_words(next((each for each in own if each.denominator is not None), own[0]), figures)


def categories(figures: Released) -> Display:
    """One table for each variable with codes, the most frequent first; every zero is named below it."""
    made = [_codes(variable, figures) for variable in variables(figures, "category", "multi")]
    return together(made, "This audit recorded no categories.")


def _codes(variable: Variable, figures: Released) -> Display:
    given = parts(figures, variable)
    own = apart(variable, given)
    listed = largest_first(figure for figure in own if not is_zero(figure))
    zeros = zeros_in_words(variable, [figure for figure in own if is_zero(figure)], ALL)
    if none_is_shown(listed) or not listed:
        withheld = [f"{variable.label}: every count above zero is withheld."] if listed else [f"{variable.label}."]
        return Note(" ".join([*withheld, *zeros]))
    sums = [figure for figure in given if figure not in own and not is_zero(figure) and figure.is_shown]
    groups = joined([f"{variable.label_of(figure.end)} {in_short(figure)}" for figure in sums]) if sums else ""
    notes = [*zeros, *([f"In groups: {groups}."] if groups else [])]
    return _of_codes(variable, listed, figures, notes)


def grades(figures: Released) -> Display:
    """One table for each standard, in the order of its scale, zeros kept."""
    return together((_grades(standard, figures) for standard in standards(figures)), "This audit recorded no grades.")


def _grades(standard: Variable, figures: Released) -> Display:
    given = parts(figures, standard)
    own = apart(standard, given)
    if none_is_shown(own):
        return Note(f"{standard.label}: every count is withheld.")
    sums = [figure for figure in given if figure not in own and figure.is_shown]
    notes = [f"{standard.label_of(figure.end)}: {count(figure)}." for figure in sums]
    return _of_codes(standard, own, figures, notes)


def _of_codes(variable: Variable, listed: list[Figure], figures: Released, notes: list[str]) -> Table:
    rows = labelled(variable, listed)
    head = "Grade" if variable.type == "grade" else variable.label
    return based(variable.label, head, "Number", rows, figures, notes)


def numbers(figures: Released) -> Display:
    """Every duration, age or other number: each single one where they may be listed, median, smallest and largest."""
    found = variables(figures, "months", "age", "count")
    if not found:
        return Note("This audit recorded no durations, ages or other numbers.")
    rows = []
    for variable in found:
        own = parts(figures, variable)
        statistics = {figure.end: figure for figure in figures.of(variable.beginning)}
        single = " ".join(numbers_in_words(variable, own)).removesuffix(".")
        base = _base_of([*own, *statistics.values()], figures)
        rows.append((_named(variable, figures), single, *map(statistics.get, STATISTICS), base))
    notes = []
    if figures.profile.threshold:
        notes = ["Single numbers are not listed in this release, because each describes one person or case."]
    return table("Durations, ages and other numbers", COLUMNS, rows, notes, is_stacked=True)


def _named(variable: Variable, figures: Released) -> str:
    unit = unit_of(figures, variable)
    return variable.label if not unit or unit in variable.label.lower() else f"{variable.label}, {unit}"
