"""Durations, ages and other whole numbers: a dot for each case or person on one line, with the median marked."""

from functools import partial

from auditbook.codebook.variables import Variable, numbers_between
from auditbook.reading.axes import picture
from auditbook.reading.charts.marks import row_of
from auditbook.reading.charts.rows import dots, strip
from auditbook.reading.display import Display, Note, stack
from auditbook.reading.empty_messages import NO_NUMBERS, NUMBERS_WITHHELD, withheld_in_words
from auditbook.reading.table import (
    has_number,
    in_bands,
    in_short,
    is_exact,
    is_zero,
    labelled_of,
    none_is_shown,
    numbers_in_words,
    of_base,
    parts,
    statistics_in_words,
    unit_of,
    variables,
    with_unit,
)
from auditbook.release.released import Released


def numbers(released: Released) -> Display:
    """One dot strip for each number that was recorded; where they may not be listed, a sentence says so."""
    number_variables = variables(released, "months", "age", "count")
    hidden = [variable for variable in number_variables if _is_withheld(variable, released)]
    drawn = [number(variable, released) for variable in number_variables if variable not in hidden]
    notes = [withheld_in_words([with_unit(variable) for variable in hidden])] if hidden else []
    notes += [NUMBERS_WITHHELD] if number_variables and released.profile.threshold else []
    return stack([*drawn, *map(Note, notes)], NO_NUMBERS)


def _is_withheld(variable: Variable, released: Released) -> bool:
    return none_is_shown([figure for figure in released.of(variable.family) if not is_zero(figure)])


def number(variable: Variable, released: Released) -> Display:
    """One of them; bands where single numbers may not be listed, a sentence where there are none."""
    figures, unit = parts(released, variable), unit_of(variable)
    title = labelled_of(variable.label, of_base(released.of(variable.family), released))
    bands = [row_of(*band) for band in in_bands(released, variable)]
    sentences = [row.sentence for row in bands]
    sentences += [*numbers_in_words(variable, figures), *statistics_in_words(released, variable)]
    of_numbers = [figure for figure in figures if numbers_between(figure.category)]
    if of_numbers and all(figure.category.isdigit() and is_exact(figure) for figure in of_numbers):
        counted = {int(figure.category): int(figure.value) for figure in of_numbers}
        draw = partial(strip, counted=counted, median=_median(variable, released, unit), unit=unit)
        return picture(draw, title, sentences, is_slim=True)
    bands += [row_of(variable.label_of(figure.category), figure) for figure in of_numbers]
    if not bands:
        return Note(" ".join([f"{title}.", *sentences]))
    return picture(partial(dots, rows=tuple(bands)), title, sentences, is_slim=True)


def _median(variable: Variable, released: Released, unit: str) -> tuple[float, str] | None:
    medians = [figure for figure in released.of(variable.family) if figure.category == "median" and has_number(figure)]
    return next(((figure.value, f"median {in_short(figure)} {unit}".strip()) for figure in medians), None)
