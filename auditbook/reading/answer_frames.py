"""What agencies were asked and what they answered, as pandas frames like those of `frames`."""

from collections.abc import Mapping, Sequence

import pandas

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.questions import Question
from auditbook.codebook.variables import ASKED_FAMILY, NOT_ANSWERED
from auditbook.reading.frames import count_of, figures_frame, numbers, ordered, words
from auditbook.reading.questions import Answer, questions
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.released import Released


def asked_frame(released: Released) -> pandas.DataFrame:
    """One row a question, with how many answers were asked for and given, in the order of the tool."""
    own = questions(released)
    asked = [{each.category: each for each in released.of(MeasureId.of(ASKED_FAMILY, question.id))} for question in own]
    left_out = [released.figures.get(MeasureId.of(each.variable.family, NOT_ANSWERED)) for each in own]
    base = numbers(None if each is None else each.denominator for each in left_out)
    return pandas.DataFrame(
        {
            "question": words(each.id for each in own),
            "section": ordered(each.section for each in own),
            "label": words(each.text for each in own),
            "agencies": numbers(count_of(each.get("agencies")) for each in asked),
            "cases": numbers(count_of(each.get("cases")) for each in asked),
            "base": base,
            "answered": base - numbers(map(count_of, left_out)),
        }
    )


def answers_frame(own: Sequence[Answer]) -> pandas.DataFrame:
    """The good answers of agencies, one row an agency and a question; the other columns as in `FIGURE_COLUMNS`."""
    frame = figures_frame([figure for *_, figure in own])
    frame.insert(0, "question", words(question.id for question, *_ in own))
    frame.insert(1, "question_label", ordered(question.text for question, *_ in own))
    frame.insert(2, "agency", words(agency.id for _, agency, _ in own))
    frame.insert(3, "agency_label", ordered(agency.label for _, agency, _ in own))
    return frame


def agreements_frame(own: Mapping[Question, Sequence[ReleasedMeasure]]) -> pandas.DataFrame:
    """In how many cases agencies answered the same, and differently; two rows a question."""
    rows = [(question, figure) for question, figures in own.items() for figure in figures]
    frame = figures_frame([figure for _, figure in rows])
    frame.insert(0, "question", words(question.id for question, _ in rows))
    frame.insert(1, "question_label", ordered(question.text for question, _ in rows))
    return frame
