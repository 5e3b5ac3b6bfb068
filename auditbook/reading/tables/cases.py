"""Cases, people, and every variable of theirs."""

from dataclasses import replace

from auditbook.codebook.variables import Variable
from auditbook.reading.display import STACKED, Display, Note, Table, together
from auditbook.reading.empty_messages import NO_CASES, NO_CATEGORIES, NO_FLAGS, NO_GRADES, NO_NUMBERS, NUMBERS_WITHHELD
from auditbook.reading.table import (
    FEW,
    base_in_words,
    groups_in_words,
    in_bands,
    in_short,
    is_zero,
    labelled,
    none_is_shown,
    numbers_in_words,
    parts,
    standards,
    sums_beside,
    unit_of,
    variables,
    zero_codes,
    zeros_in_words,
)
from auditbook.reading.tables.cells import InWords, based, table
from auditbook.reading.wording import apart, count, require_released
from auditbook.release.released import Released, ReleasedMeasure

FLAG_CATEGORIES = ("yes", "no", "not_known", "not_recorded", "not_stated")
STATISTIC_HEADS = {"median": "Median", "mean": "Mean", "min": "Smallest", "max": "Largest"}
NUMBER_HEADS = ("What was recorded", "Numbers", *STATISTIC_HEADS.values(), "Of")


def cases(figures: Released) -> Display:
    """How many cases and people were audited, and how many cases fitted the remit."""
    require_released(figures)
    own = [each for each in figures if each.id in ("cases.total", "cases.in_scope", "people.total")]
    if not own:
        return Note(NO_CASES)
    rows = [(figure.label, InWords(figure)) for figure in own]
    return table("Cases and people", ["What was counted", "Number"], rows)


def flags(figures: Released) -> Display:
    """Every yes-or-no variable: yes, no, and what is not known, with its base in words."""
    found = [(flag, parts(figures, flag)) for flag in variables(figures, "flag")]
    if not found:
        return Note(NO_FLAGS)
    unions = [figure.category for _, own in found for figure in own if figure.category not in FLAG_CATEGORIES]
    categories = [*FLAG_CATEGORIES, *dict.fromkeys(unions)]
    rows = []
    for flag, own in found:
        by_category = {figure.category: figure for figure in own}
        rows.append((flag.label, *map(by_category.get, categories), _base_of(own, figures)))
    labels = [
        found[0][0].label_of(category) if category in FLAG_CATEGORIES else _union_label(category)
        for category in categories
    ]
    return table("Answered by yes or no", ["What was asked", *labels, "Of"], rows, layout=STACKED)


def _union_label(category: str) -> str:
    return category.replace("+", " or ").replace("_", " ").capitalize()


def _base_of(own: list[ReleasedMeasure], figures: Released) -> str:
    """The base of a variable in words."""
    return base_in_words(next((each for each in own if each.denominator is not None), own[0]), figures)


def categories(figures: Released) -> Display:
    """One table for each variable with codes; every zero is named below it."""
    made = [_codes(variable, figures) for variable in variables(figures, "category", "multi")]
    return together(made, NO_CATEGORIES)


def _codes(variable: Variable, figures: Released) -> Display:
    given = parts(figures, variable)
    own = apart(variable, given)
    listed = [figure for figure in own if not is_zero(figure)]
    zeros = [figure for figure in own if is_zero(figure)]
    told = zeros_in_words(variable, zeros)
    if none_is_shown(listed) or not listed:
        withheld = [f"{variable.label}: every count above zero is withheld."] if listed else [f"{variable.label}."]
        return Note(" ".join([*withheld, *told]))
    made = _of_codes(variable, listed, figures, groups_in_words(variable, given))
    names = zero_codes(variable, zeros)
    if len(names) <= FEW:
        return replace(made, notes=(*made.notes, *told))
    return replace(made, folded=((told[0], f"{'; '.join(names)}."),))


def grades(figures: Released) -> Display:
    """One table for each standard, in the order of its scale, zeros kept."""
    return together((_grades(standard, figures) for standard in standards(figures)), NO_GRADES)


def _grades(standard: Variable, figures: Released) -> Display:
    given = parts(figures, standard)
    own = apart(standard, given)
    if none_is_shown(own):
        return Note(f"{standard.label}: every count is withheld.")
    notes = [f"{standard.label_of(figure.category)}: {count(figure)}." for figure in sums_beside(standard, given)]
    return _of_codes(standard, own, figures, notes)


def _of_codes(variable: Variable, listed: list[ReleasedMeasure], figures: Released, notes: list[str]) -> Table:
    rows = labelled(variable, listed)
    head = "Grade" if variable.type == "grade" else "Category"
    return based(variable.label, head, "Number", rows, figures, notes)


def numbers(figures: Released) -> Display:
    """Every duration, age or other number: each single one where they may be listed, median, smallest and largest."""
    found = variables(figures, "months", "age", "count")
    if not found:
        return Note(NO_NUMBERS)
    rows = []
    for variable in found:
        own = parts(figures, variable)
        statistics = {figure.category: figure for figure in figures.of(variable.family)}
        bands = "; ".join(f"{label}: {in_short(figure)}" for label, figure in in_bands(figures, variable))
        single = ". ".join(filter(None, [bands, " ".join(numbers_in_words(variable, own)).removesuffix(".")]))
        base = _base_of([*own, *statistics.values()], figures)
        rows.append((_named(variable, figures), single, *map(statistics.get, STATISTIC_HEADS), base))
    notes = []
    if figures.profile.threshold:
        notes = [NUMBERS_WITHHELD]
    return table("Durations, ages and other numbers", NUMBER_HEADS, rows, notes, layout=STACKED)


def _named(variable: Variable, figures: Released) -> str:
    unit = unit_of(figures, variable)
    return variable.label if not unit or unit in variable.label.lower() else f"{variable.label}, {unit}"
