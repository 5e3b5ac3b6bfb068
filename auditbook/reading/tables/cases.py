"""Cases, people, and every variable of theirs."""

from collections.abc import Sequence
from dataclasses import replace

from auditbook.codebook.variables import Variable
from auditbook.reading.display import STACKED, Display, Note, stack
from auditbook.reading.empty_messages import NO_CASES, NO_CATEGORIES, NO_FLAGS, NO_GRADES, NO_NUMBERS, NUMBERS_WITHHELD
from auditbook.reading.table import (
    FEW,
    SAMPLE_COUNTS,
    base_in_words,
    counts_withheld,
    each_shown,
    groups_in_words,
    in_bands,
    in_short,
    is_zero,
    labelled,
    numbers_in_words,
    parts,
    standards,
    sums_in_words,
    variables,
    with_unit,
    withheld_notes,
    zero_codes,
    zeros_in_words,
)
from auditbook.reading.tables.cells import Base, InWords, based, table
from auditbook.reading.wording import distinct_parts, require_released
from auditbook.release.released import Released, ReleasedMeasure

FLAG_CATEGORIES = ("yes", "no", "not_known", "not_recorded", "not_stated")
STATISTIC_HEADS = {"median": "Median", "mean": "Mean", "min": "Smallest", "max": "Largest"}
NUMBER_HEADS = ("What was recorded", "Numbers", *STATISTIC_HEADS.values(), "Of")


def cases(released: Released) -> Display:
    """How many cases and people were audited, and how many cases fitted the remit."""
    require_released(released)
    counts = [figure for figure in released if figure.id in SAMPLE_COUNTS]
    if not counts:
        return Note(NO_CASES)
    rows = [(figure.label, InWords(figure)) for figure in counts]
    return table("Cases and people", ["What was counted", "Number"], rows)


def flags(released: Released) -> Display:
    """Every yes-or-no variable: yes, no, and what is not known, with its base in words."""
    every = variables(released, "flag")
    shown_flags = [(flag, parts(released, flag)) for flag in every if not counts_withheld(flag, released)]
    notes = withheld_notes(every, released)
    if not shown_flags:
        return stack(notes, NO_FLAGS)
    unions = [
        figure.category for _, figures in shown_flags for figure in figures if figure.category not in FLAG_CATEGORIES
    ]
    categories = [*FLAG_CATEGORIES, *dict.fromkeys(unions)]
    rows = []
    for flag, figures in shown_flags:
        by_category = {figure.category: figure for figure in figures}
        rows.append((flag.label, *map(by_category.get, categories), _base_of(figures, released)))
    labels = [
        shown_flags[0][0].label_of(category) if category in FLAG_CATEGORIES else _union_label(category)
        for category in categories
    ]
    made = table("Answered by yes or no", ["What was asked", *labels, "Of"], rows, layout=STACKED)
    return stack([made, *notes], NO_FLAGS)


def _union_label(category: str) -> str:
    return category.replace("+", " or ").replace("_", " ").capitalize()


def _base_of(figures: list[ReleasedMeasure], released: Released) -> Base:
    """The base of a variable in words."""
    return Base(
        base_in_words(next((figure for figure in figures if figure.denominator is not None), figures[0]), released)
    )


def categories(released: Released) -> Display:
    """One table for each variable with codes; every zero is named below it."""
    return each_shown(variables(released, "category", "multi"), _codes, released, NO_CATEGORIES)


def _codes(variable: Variable, released: Released) -> Display:
    given = parts(released, variable)
    figures = distinct_parts(variable, given)
    listed = [figure for figure in figures if not is_zero(figure)]
    zeros = [figure for figure in figures if is_zero(figure)]
    sentences = zeros_in_words(variable, zeros)
    if not listed:
        return Note(" ".join([f"{variable.label}.", *sentences]))
    made = _of_codes(variable, listed, released, groups_in_words(variable, given))
    names = zero_codes(variable, zeros)
    if len(names) <= FEW:
        return replace(made, notes=(*made.notes, *sentences))
    return replace(made, folded=((sentences[0], f"{'; '.join(names)}."),))


def grades(released: Released) -> Display:
    """One table for each standard, in the order of its scale, zeros kept."""
    return each_shown(standards(released), _grades, released, NO_GRADES)


def _grades(standard: Variable, released: Released) -> Display:
    given = parts(released, standard)
    figures = distinct_parts(standard, given)
    return _of_codes(standard, figures, released, sums_in_words(standard, given))


def _of_codes(variable: Variable, listed: list[ReleasedMeasure], released: Released, notes: list[str]) -> Display:
    rows = labelled(variable, listed)
    head = "Grade" if variable.type == "grade" else "Category"
    return based(variable.label, head, "Number", rows, released, notes)


def numbers(released: Released) -> Display:
    """Every duration, age or other number: each single one where they may be listed, median, smallest and largest."""
    number_variables = variables(released, "months", "age", "count")
    return (
        of_numbers("Durations, ages and other numbers", number_variables, released)
        if number_variables
        else Note(NO_NUMBERS)
    )


def of_numbers(caption: str, number_variables: Sequence[Variable], released: Released) -> Display:
    """These numbers, a row each."""
    rows = []
    for variable in number_variables:
        figures = parts(released, variable)
        statistics = {figure.category: figure for figure in released.of(variable.family)}
        bands = "; ".join(f"{label}: {in_short(figure)}" for label, figure in in_bands(released, variable))
        single = ". ".join(filter(None, [bands, " ".join(numbers_in_words(variable, figures)).removesuffix(".")]))
        base = _base_of([*figures, *statistics.values()], released)
        rows.append((with_unit(variable), single, *map(statistics.get, STATISTIC_HEADS), base))
    notes = []
    if released.profile.threshold:
        notes = [NUMBERS_WITHHELD]
    return table(caption, NUMBER_HEADS, rows, notes, STACKED, tuple(STATISTIC_HEADS.values()))
