"""What is released of the questions of an audit tool: which, in which sections, and asked of whom."""

from collections.abc import Callable, Iterable, Iterator

from auditbook.codebook.codebook import Agency
from auditbook.codebook.measure_id import MeasureId, root_of
from auditbook.codebook.questions import Question, by_section
from auditbook.codebook.variables import AGREEMENT_FAMILY, ANSWER_FAMILY, ASKED_FAMILY, Variable
from auditbook.measures.answers import DIFFERENT, SAME
from auditbook.reading.display import Display, Heading, Note, stack
from auditbook.reading.empty_messages import NO_ANSWERS_GIVEN, withheld_in_words
from auditbook.reading.table import counts_withheld, is_counted, labelled_of, none_is_shown, of_base, withheld_notes
from auditbook.reading.wording import count, noun, require_released
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.released import Released
from auditbook.validation.problems import number_of

NAMED_AGAIN = 3
"""Questions that are named a second time on a page; of more it is said how many they are."""
Answer = tuple[Question, Agency, ReleasedMeasure]


def has_answers(released: Released) -> bool:
    """Whether an audit asked questions of an audit tool, though none of the answers may be told."""
    return any(
        measure_id.root in (ANSWER_FAMILY, ASKED_FAMILY)
        for measure_id in (*(one.id for one in released), *released.unlisted)
    )


def questions(released: Released) -> list[Question]:
    """The questions of whose answers anything is released, in the order of the tool."""
    every_question = require_released(released).codebook.questions.values()
    return [question for question in every_question if question.variable.family in released.by_family]


def unlisted_questions(released: Released, root: str = ANSWER_FAMILY) -> list[Question]:
    """The questions of which figures that begin so were counted, and none is released."""
    counted = {root_of(unlisted.subject) for unlisted in released.unlisted if unlisted.root == root}
    listed = {root_of(figure.id.subject) for figure in released if figure.id.root == root}
    return [question for question in released.codebook.questions.values() if question.id in counted - listed]


def unlisted_good_answers(released: Released) -> list[Question]:
    """The questions with a good answer that several agencies were asked, and of which none is told agency by agency."""
    by_agency = {
        root_of(unlisted.subject)
        for unlisted in released.unlisted
        if unlisted.root == ANSWER_FAMILY and unlisted.count(".") > 2
    }
    questions = by_question(good_answers(released))
    every_question = released.codebook.questions.values()
    return [
        question
        for question in every_question
        if question.id in by_agency and question.variable.good_category and question not in questions
    ]


def each_section(released: Released, draw: Callable[[Question, Released], Iterable[Display]]) -> Display:
    """Section by section, what is drawn of each question; once for all of them what is withheld."""
    shown: list[Display] = []
    for section, asked in by_section(questions(released)).items():
        with_figures = [question for question in asked if not counts_withheld(question.variable, released)]
        shown += [Heading(section), *(made for question in with_figures for made in draw(question, released))]
        shown += withheld_notes([question.variable for question in asked if question not in with_figures], released)
    return stack([*shown, *withheld_of(unlisted_questions(released))], NO_ANSWERS_GIVEN)


def question_variables(released: Released) -> list[Variable]:
    return [question.variable for question in questions(released)]


def by_question(answers: Iterable[Answer]) -> list[Question]:
    """The questions that these are answers to, each once."""
    return list(dict.fromkeys(question for question, *_ in answers))


def titled(question: Question, released: Released) -> str:
    """`Was the child seen? Of 12 answers by 4 agencies about 5 cases`; what is no question has a comma behind it."""
    figures = released.of(question.variable.family)
    title = of_base(figures, released)
    if figures[0].unit == question.variable.unit:
        asked = {
            figure.category: figure for figure in released.of(f"{ASKED_FAMILY}.{question.id}") if is_counted(figure)
        }
        title += f" by {count(asked['agencies'])}" if "agencies" in asked else ""
        title += f" about {_number_of(asked['cases'])}" if "cases" in asked else ""
    return labelled_of(question.text, title)


def _number_of(figure: ReleasedMeasure) -> str:
    """`5 cases`, without its base."""
    return f"{figure.value:,} {noun(figure.unit, figure.value)}"


def withheld_of(asked: Iterable[Question], most: int | None = None) -> list[Note]:
    """One sentence for questions of which nothing is told; none where there are none.

    most  so many are named, where the page has named all of them before
    """
    texts = [question.text for question in asked]
    are_named = most is None or len(texts) <= most
    return [Note(withheld_in_words(texts if are_named else [number_of(len(texts), "question")]))] if texts else []


def good_answers(released: Released) -> Iterator[Answer]:
    """How often each agency gave the good answer to each question, as far as it is released."""
    agencies = require_released(released).codebook.agencies
    for question in questions(released):
        good = question.variable.good_category
        for agency in agencies.values() if good else ():
            figure = released.figures.get(MeasureId.of(question.variable.family, agency.id, good))
            if figure is not None:
                yield question, agency, figure


def agreements(released: Released) -> dict[Question, list[ReleasedMeasure]]:
    """Question → in how many cases agencies answered the same, and in how many not, as far as it is released."""
    every_question = require_released(released).codebook.questions
    order = dict.fromkeys(figure.id.subject for figure in released if figure.id.root == AGREEMENT_FAMILY)
    families = {
        every_question[question_id]: released.by_family[f"{AGREEMENT_FAMILY}.{question_id}"] for question_id in order
    }
    return {
        question: [figures[category] for category in (SAME, DIFFERENT) if category in figures]
        for question, figures in families.items()
    }


def shown_agreements(released: Released) -> tuple[dict[Question, list[ReleasedMeasure]], list[Note]]:
    """The agreements of which a number is shown, and what is said of the others; a picture and its table have both."""
    every = agreements(released)
    shown = {question: figures for question, figures in every.items() if not none_is_shown(figures)}
    hidden = [
        *(question for question in every if question not in shown),
        *unlisted_questions(released, AGREEMENT_FAMILY),
    ]
    return shown, withheld_of(hidden, NAMED_AGAIN)
