"""A variable's values with their counts in one phrase: what {list} of a briefing says."""

from collections.abc import Callable, Iterable

from auditbook.codebook.variables import LARGEST_NUMBERS, Variable, numbers_between
from auditbook.reading.wording import (
    NO_ANSWERS,
    NUMBER_NAMES,
    NotInWords,
    distinct_parts,
    joined,
    number,
    require_released,
)
from auditbook.release.released import Released, ReleasedMeasure


def listing(released: Released, variable_id: str) -> str:
    """A variable's values with their counts; zeros are left out, and what is not known comes last.

    - categories, most frequent first: `2 Indian, 2 White British and 1 White and Black Caribbean`;
    - answers of yes or no: `4 yes and 1 no`;
    - numbers, each as often as it was counted, or of many how often: `2, 4, 4 and 11`, `0 (twice) and 1 (19 times)`;
    - bands, in their order: `2 aged 0 to 4 and 4 aged 5 to 10`, `0 to 3 months (2) and 4 to 12 months (7)`;
    - how many of several things came together: `none (1), one (4) and two (3)`.

    Raises NotInWords when a part is withheld, a phrase or not stated, KeyError when nothing of the variable is.
    """
    require_released(released)
    variable = released.codebook.variables[variable_id]
    parts = _parts(released, variable)
    shown = [figure for figure in parts if _size(figure)]
    if not shown:
        raise NotInWords(f"{variable_id} has nothing above zero to list.")
    answers = [figure for figure in shown if figure.category not in NO_ANSWERS]
    unknown = [f"{number(figure)} {_label(variable, figure).lower()}" for figure in shown if figure not in answers]
    return joined([*_phrases(variable, _type_of_bands(released, variable), answers), *unknown])


def _parts(released: Released, variable: Variable) -> list[ReleasedMeasure]:
    figures = [figure for figure in released.of(variable.family) if not figure.id.is_summary]
    if not figures:
        raise KeyError(variable.id)
    parts = distinct_parts(variable, figures)
    for figure in parts:
        number(figure)  # raises where it is withheld, or a phrase
    if any(variable.family == unlisted.family for unlisted in released.unlisted):
        raise NotInWords(f"{variable.id} is withheld; only {{count}} may name it.")
    return parts


def _type_of_bands(released: Released, variable: Variable) -> str:
    """`age` of bands of an age; empty where it is cut into none."""
    derivation = variable.derivation
    if derivation is not None and derivation.kind == "bands":
        return released.codebook.variables[derivation.parents[0]].type
    return variable.type if variable.is_number else ""


def _phrases(variable: Variable, banded: str, answers: list[ReleasedMeasure]) -> list[str]:
    if variable.type == "flag":
        return [f"{number(figure)} {_label(variable, figure).lower()}" for figure in answers]
    if variable.derivation is not None and variable.derivation.kind == "number":
        return _in_brackets(answers, lambda figure: _label(variable, figure).lower())
    if variable.is_number and all(figure.category.isdigit() and figure.precision.is_exact for figure in answers):
        return _numbers(answers)
    if banded == "age":
        return [f"{number(figure)} {_aged(figure) or _label(variable, figure).lower()}" for figure in answers]
    if banded:
        return _in_brackets(answers, lambda figure: _label(variable, figure))
    by_size = sorted(answers, key=lambda figure: (-_size(figure), figure.label))
    return [f"{number(figure)} {_label(variable, figure)}" for figure in by_size]


def _numbers(answers: Iterable[ReleasedMeasure]) -> list[str]:
    """Each number as often as it was counted; of more than twenty how often."""
    answers = list(answers)
    if sum(figure.value for figure in answers) > len(NUMBER_NAMES) - 1:
        return [f"{figure.category} ({_times(figure.value)})" for figure in answers]
    return [figure.category for figure in answers for _ in range(int(figure.value))]


def _in_brackets(answers: Iterable[ReleasedMeasure], words: Callable[[ReleasedMeasure], str]) -> list[str]:
    """For what has a number in its own words: `4 to 12 months (7)`."""
    return [f"{words(figure)} ({number(figure)})" for figure in answers]


def _times(number: float) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _size(figure: ReleasedMeasure) -> float:
    """A number, for order only; of a range its greatest."""
    return figure.value or (figure.between[1] if figure.between else 0)


def _aged(figure: ReleasedMeasure) -> str:
    """`aged 5 to 10`, `aged 16 or over`; empty for what is no age."""
    between = numbers_between(figure.category)
    if not between:
        return ""
    least, greatest = between
    if greatest >= LARGEST_NUMBERS["age"]:
        return f"aged {least} or over"
    return f"aged {least}" + (f" to {greatest}" if greatest > least else "")


def _label(variable: Variable, figure: ReleasedMeasure) -> str:
    return variable.label_of(figure.category)
