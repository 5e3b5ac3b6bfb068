"""Numbers that were typed by hand into a narrative: refused, for they can disagree with the data."""

import re
from collections.abc import Iterator

from auditbook.briefing.model import Briefing, Paragraph
from auditbook.codebook.precision import HALF_A_POINT
from auditbook.reading import wording
from auditbook.release.released import Released, ReleasedMeasure
from auditbook.validation.numbers import TypedNumber, numbers_in
from auditbook.validation.problems import Place, Refusals

MASK = "\0"
"""Stands for every letter that a role gave, so that places stay."""
AFTER_LETTERS = re.compile(r"\w[-_]\Z")
ALIKE = 5
"""Letters that two words have in common to be taken for the same: `plans` and `plan`, `moved` and `moves`."""


def refuse_typed_numbers(briefing: Briefing, released: Released, name: str, refusals: Refusals) -> None:
    """Refuse (B07) every number that is no role, no fact and in no set phrase, with the role that gives it."""
    for paragraph in briefing.paragraphs():
        for number, line in typed_numbers(paragraph, released.codebook.phrases):
            refusals.add(Place(name, line), "B07", _problem(number, paragraph, released))


def typed_numbers(paragraph: Paragraph, phrases: tuple[str, ...]) -> Iterator[tuple[TypedNumber, int]]:
    """The numbers that somebody typed, each with its line."""
    typed = "".join(run.text if run.is_typed else MASK * len(run.text) for run in paragraph.runs)
    for number in numbers_in(typed, phrases):
        yield number, _line_of(number, paragraph)


def _line_of(number: TypedNumber, paragraph: Paragraph) -> int:
    place = 0
    for run in paragraph.runs:
        place += len(run.text)
        if number.start < place:
            return run.line or paragraph.line
    return paragraph.line


def _problem(number: TypedNumber, paragraph: Paragraph, released: Released) -> str:
    fact = f"{{fact}}`{number.said}|its source`"
    figure = None if _is_of_a_name(number, paragraph) else figure_for(number, paragraph.text, released)
    if figure is None:
        return f'"{number.said}" is typed by hand; use a role, or {fact}.'
    return f'"{number.said}" is typed by hand; write {{count}}`{figure.id}` (“{wording.count(figure)}”), or {fact}.'


def _is_of_a_name(number: TypedNumber, paragraph: Paragraph) -> bool:
    """Whether it looks like part of what something is called, `KW-12` or `007`: no figure says that."""
    text = "".join(run.text if run.is_typed else MASK * len(run.text) for run in paragraph.runs)
    return bool(AFTER_LETTERS.search(text, 0, number.start)) or re.match(r"0\d", number.said) is not None


def figure_for(number: TypedNumber, text: str, released: Released) -> ReleasedMeasure | None:
    """The released figure that says this number: of several, the one that the text speaks of with most words.

    None when no figure says it, or when several do and the text speaks of none of them.
    """
    giving = [figure for figure in released if _gives(figure, number)]
    if len(giving) < 2:
        return giving[0] if giving else None
    words = _stems(text)
    score, best = max(
        ((len(_stems(f"{figure.label} {figure.unit}") & words), -place) for place, figure in enumerate(giving)),
    )
    return giving[-best] if score else None


def _gives(figure: ReleasedMeasure, number: TypedNumber) -> bool:
    value, of = figure.value, figure.denominator
    if number.value is None or value is None or not figure.is_shown or not figure.precision.is_exact:
        return False
    if number.kind == "count":
        return figure.unit != "percent" and value == number.value
    if figure.unit == "percent":
        return value == number.value * (100 if number.kind == "share" else 1)
    if not of:
        return False
    if number.kind == "share":
        return value == number.value * of
    return abs(100 * value / of - number.value) <= HALF_A_POINT


def _stems(text: str) -> set[str]:
    return {word[:ALIKE] for word in re.findall(r"[^\W\d_]{3,}", text.casefold())}
