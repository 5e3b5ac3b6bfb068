"""What agencies answered: each question with its picture and its table, agencies beside each other, and agreement."""

from collections.abc import Mapping
from functools import partial

from auditbook.codebook.codebook import Agency
from auditbook.codebook.questions import Question
from auditbook.codebook.variables import NOT_ANSWERED
from auditbook.reading.axes import picture
from auditbook.reading.charts.categories import dots_of, look_of_code, shares_of
from auditbook.reading.charts.grids import heat
from auditbook.reading.charts.marks import Mark, UnitRow, mark_of, row_of, share_of
from auditbook.reading.charts.numbers import number
from auditbook.reading.charts.pairs import BLANK
from auditbook.reading.display import Chart, ChartWithTable, Display, Note, Table, stack
from auditbook.reading.empty_messages import NO_AGREEMENT, NO_GOOD_ANSWERS
from auditbook.reading.palette import FILLED, OUTLINE
from auditbook.reading.questions import (
    NAMED_AGAIN,
    Answer,
    by_question,
    each_section,
    good_answers,
    shown_agreements,
    titled,
    unlisted_good_answers,
    withheld_of,
)
from auditbook.reading.table import NO_ANSWERS, brief_key, in_short, is_zero, none_is_shown, of_base, parts
from auditbook.reading.tables.answers import answers_to
from auditbook.reading.wording import count, distinct_parts
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.released import Released

KEY_OF_SHARES = "The stronger the colour, the greater the part of what the agency was asked."
Cells = Mapping[tuple[Question, Agency], ReleasedMeasure]
AGREEMENT_WORDS = {"same": "the same", "different": "differently"}


def sections(released: Released) -> Display:
    """Section by section: each question as a picture, with the same numbers as a table below it."""
    return each_section(released, _with_table)


def _with_table(question: Question, released: Released) -> list[Display]:
    drawn, made = _question(question, released), answers_to(question, released)
    return [ChartWithTable(drawn, made)] if isinstance(drawn, Chart) and isinstance(made, Table) else [drawn, made]


def _question(question: Question, released: Released) -> Display:
    variable = question.variable
    if variable.is_number:
        return number(variable, released)
    figures = distinct_parts(variable, parts(released, variable))
    is_overlapping = variable.type == "multi"
    base = (
        None
        if is_overlapping
        else next((figure.denominator for figure in figures if figure.denominator is not None), None)
    )
    zeros = [figure.category for figure in figures if is_zero(figure) and figure.category != NOT_ANSWERED]
    nobody = [variable.label_of(code).lower() if code in NO_ANSWERS else variable.label_of(code) for code in zeros]
    notes = [f"Nobody answered: {'; '.join(nobody)}."] if nobody else []
    given = [figure for figure in figures if not is_zero(figure)]
    rows = [row_of(variable.label_of(figure.category), figure, look_of_code(figure), base) for figure in given]
    title = titled(question, released)
    return dots_of(title, rows, notes) if rows else Note(" ".join([f"{title}.", *notes]))


def by_agency(released: Released) -> Display:
    """How often each agency gave the good answer to each question: agency by question, in the order of the tool."""
    answers = list(good_answers(released))
    shown = [
        question
        for question in by_question(answers)
        if not none_is_shown([row[2] for row in answers if row[0] is question])
    ]
    drawn = [_matrix(shown, answers)] if shown else []
    hidden = [
        *(question for question in by_question(answers) if question not in shown),
        *unlisted_good_answers(released),
    ]
    return stack([*drawn, *withheld_of(hidden, NAMED_AGAIN)], NO_GOOD_ANSWERS)


def _matrix(questions: list[Question], answers: list[Answer]) -> Chart:
    cells = {(question, agency): figure for question, agency, figure in answers if question in questions}
    agencies = list(dict.fromkeys(agency for _, agency in cells))
    rows = {
        question.text: tuple(_share(cells.get((question, agency))) for agency in agencies) for question in questions
    }
    sentences = [_in_words(question, cells) for question in questions]
    notes = [KEY_OF_SHARES, *brief_key(cells.values())]
    notes += [BLANK.replace("recorded", "asked")] if any(None in row for row in rows.values()) else []
    draw = partial(heat, rows=rows, heads=tuple(agency.label for agency in agencies))
    return picture(draw, "Answered by yes, or by good or better", sentences, notes)


def _in_words(question: Question, cells: Cells) -> str:
    agencies = [f"{agency.label}: {count(figure)}" for (asked, agency), figure in cells.items() if asked is question]
    return f"{question.text} {'; '.join(agencies)}."


def _share(figure: ReleasedMeasure | None) -> Mark | None:
    """A figure in its sign, as strong as its part of its base."""
    mark = mark_of(figure)
    if not mark or not mark.units or not figure.denominator:
        return mark
    return Mark(mark.words, mark.units / figure.denominator, mark.look)


def agreement(released: Released) -> Display:
    """In how many cases agencies answered a question the same, one dot a case; one picture a base."""
    groups: dict[str, list[UnitRow]] = {}
    shown, withheld = shown_agreements(released)
    for question, figures in shown.items():
        words = ", ".join(f"{in_short(figure)} {AGREEMENT_WORDS[figure.category]}" for figure in figures)
        looks = list(zip((FILLED, OUTLINE), figures, strict=False))
        groups.setdefault(of_base(figures, released), []).append(share_of(question.text, looks, words))
    title = "Agencies answered the same about a case"
    drawn = [shares_of(f"{title}, {base}", rows, has_key=False) for base, rows in groups.items()]
    return stack([*drawn, *withheld], NO_AGREEMENT)
