"""What agencies answered, as tables: what was asked of whom, each question, agencies beside each other, agreement."""

from auditbook.codebook.questions import PER_AUDIT, Question, by_section
from auditbook.codebook.variables import ASKED_FAMILY, NOT_ANSWERED
from auditbook.reading.display import STACKED, Display, Note, stack
from auditbook.reading.empty_messages import NO_AGREEMENT, NO_ANSWERS_GIVEN, NO_GOOD_ANSWERS
from auditbook.reading.questions import (
    NAMED_AGAIN,
    by_question,
    each_section,
    good_answers,
    questions,
    shown_agreements,
    titled,
    unlisted_good_answers,
    unlisted_questions,
    withheld_of,
)
from auditbook.reading.table import base_in_words, groups_in_words, is_zero, parts
from auditbook.reading.tables.cases import of_numbers
from auditbook.reading.tables.cells import Base, InWords, table
from auditbook.reading.wording import distinct_parts
from auditbook.release.released import Released
from auditbook.validation.problems import number_of

WHOLE_AUDIT = "the audit"


def asked(released: Released) -> Display:
    """The questions that were left out by some: of how many agencies each was asked, and about how many cases."""
    rows, complete = [], 0
    for question in questions(released):
        counts = {figure.category: figure for figure in released.of(f"{ASKED_FAMILY}.{question.id}")}
        left_out = released.figures.get(f"{question.variable.family}.{NOT_ANSWERED}")
        if left_out is not None and is_zero(left_out):
            complete += 1
            continue
        about = WHOLE_AUDIT if question.per == PER_AUDIT else counts.get("cases")
        rows.append((question.text, counts.get("agencies"), about, left_out and InWords(left_out)))
    heads = ["Question", "Agencies", "Asked about", "Not answered"]
    made = [table("Questions that agencies left out", heads, rows, layout=STACKED)] if rows else []
    notes = [Note(f"Answered wherever it was asked: {number_of(complete, 'question')}.")] if complete else []
    return stack([*made, *notes, *withheld_of(unlisted_questions(released))], NO_ANSWERS_GIVEN)


def answers(released: Released) -> Display:
    """Section by section, a table for each question."""
    return each_section(released, lambda question, audit: [answers_to(question, audit)])


def answers_to(question: Question, released: Released) -> Display:
    """One question: its answers in the order of the tool, zeros kept."""
    variable = question.variable
    if variable.is_number:
        return of_numbers(question.text, [variable], released)
    given = parts(released, variable)
    rows = [(variable.label_of(figure.category), figure) for figure in distinct_parts(variable, given)]
    return table(titled(question, released), ["Answer", "Number"], rows, groups_in_words(variable, given))


def by_agency(released: Released) -> Display:
    """How often each agency gave the good answer, question by question, of what it was asked."""
    given_answers = list(good_answers(released))
    agencies = {agency.id: agency for _, agency, _ in given_answers}
    cells = {(question.id, agency.id): InWords(figure) for question, agency, figure in given_answers}
    shown = []
    for section, section_questions in by_section(by_question(given_answers)).items():
        rows = [
            (question.text, *(cells.get((question.id, agency)) for agency in agencies))
            for question in section_questions
        ]
        heads = ["Question", *(agency.label for agency in agencies.values())]
        shown.append(table(f"{section}: answered by yes, or by good or better", heads, rows, layout=STACKED))
    return stack([*shown, *withheld_of(unlisted_good_answers(released), NAMED_AGAIN)], NO_GOOD_ANSWERS)


def agreement(released: Released) -> Display:
    """In how many cases agencies answered a question the same, and in how many not."""
    shown, withheld = shown_agreements(released)
    rows = [(question.text, *figures, Base(base_in_words(figures[0], released))) for question, figures in shown.items()]
    heads = ["Question", "The same", "Differently", "Of"]
    made = [table("Agencies answered about a case", heads, rows, layout=STACKED)] if rows else []
    return stack([*made, *withheld], NO_AGREEMENT)
