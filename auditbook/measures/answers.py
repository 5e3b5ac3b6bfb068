"""What agencies answered to the questions of the audit tool, altogether and agency by agency; and whether they agree.

How the figures of one question hang together, for whatever reckons with them: its codes (numbers, or of a text
`answered`), `not_known` and `not_answered` make up its base, but for a multi, whose codes overlap; its base and every
part of it are the sums of the same in `answer.<question>.<agency>`, where several agencies were asked; an agency's
base is the cases in which `agency.<agency>` has it in a state in which it is asked (`evidence.answers.asked`), less
those to which its answer does not apply; `agreement.<question>` is of those cases about which two agencies or more
gave a code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Precision
from auditbook.codebook.questions import FREE_TEXT, PER_AUDIT, Question
from auditbook.codebook.variables import AGREEMENT_FAMILY, ANSWERED, ASKED_FAMILY, STANDINS
from auditbook.evidence.answers import ANSWERS_FILE
from auditbook.evidence.audit import Audit
from auditbook.evidence.records import Tally
from auditbook.evidence.tallies import tallied_variable
from auditbook.measures.case_overview import case_total
from auditbook.measures.counts import Counts, Measure, together
from auditbook.measures.distribution import from_rows, from_tallies
from auditbook.measures.tallies import refuse_tally
from auditbook.measures.variables import variable_measures
from auditbook.validation.problems import Refusals

if TYPE_CHECKING:
    import pandas as pd

COMPARED_TYPES = ("grade", "flag", "category")
"""Types of question of which two answers are the same or are not."""
SAME, DIFFERENT = "same", "different"


def answers(audit: Audit, refusals: Refusals) -> Counts:
    """`answer.*` of every question that somebody answered, in the order of the tool.

    A question without any row in answers.csv was not asked in this audit.
    """
    return together(_question(audit, question, refusals) for question in audit.codebook.questions.values())


def _question(audit: Audit, question: Question, refusals: Refusals) -> Counts:
    given = answers_given(audit, question)
    if given is None:
        return _printed(audit, question)
    for tally in _tallies(audit, question):
        refuse_tally(tally, refusals)
    noun = audit.settings.unit.plural
    counts = [answer_frequency(question, given, noun)]
    if given["agency"].nunique() > 1 and not question.variable.is_number:
        by_agency = given.groupby("agency", sort=False)
        counts += [answer_frequency(question, rows, noun, audit.codebook, agency) for agency, rows in by_agency]
    return together(counts)


def _tallies(audit: Audit, question: Question) -> list[Tally]:
    """Published totals of a question, or of what one agency answered to it."""
    asked = question.variable.family
    return [tally for tally in audit.tallies if tally.variable == asked or tally.variable.startswith(f"{asked}.")]


def _printed(audit: Audit, question: Question) -> Counts:
    """A question without rows, as it was published."""
    by_family: dict[str, list[Tally]] = {}
    for tally in _tallies(audit, question):
        by_family.setdefault(tally.variable, []).append(tally)
    families = sorted(by_family, key=lambda family: family.count("."))
    distributions = [from_tallies(tallied_variable(family, audit.codebook), by_family[family]) for family in families]
    return _of_kind(question, together(variable_measures(printed, printed.variable.unit) for printed in distributions))


def answers_given(audit: Audit, question: Question) -> pd.DataFrame | None:
    """One row for everybody who was asked a question; None where nobody answered it, so that it was not asked.

    agency, case  case is None where it is asked once in the audit
    own, answer   what the agency answered, and what counts: the same after moderation; None where it left it out
    """
    import pandas as pd

    if audit.answers is None:
        return None
    rows = audit.of_sample(audit.answers)
    rows = rows[rows["question"] == question.id]
    asked = audit.respondents(question)
    if rows.empty or not asked:
        return None
    row_of = {(row["agency"], row["case"]): row for row in rows.to_dict("records")}
    cells = [row_of.get(tuple(respondent), {"answer": None, "moderated": None}) for respondent in asked]
    counted = [cell["answer"] if cell["moderated"] is None else cell["moderated"] for cell in cells]
    given = {"own": [cell["answer"] for cell in cells], "answer": counted}
    return pd.DataFrame(asked, columns=["agency", "case"], dtype=object).assign(
        **{column: pd.Series(values, dtype=object) for column, values in given.items()}
    )


def answer_frequency(
    question: Question, given: pd.DataFrame, noun: str, codebook: Codebook | None = None, agency: str = ""
) -> Counts:
    """How many of those who were asked gave each answer, after moderation.

    given     one row for everybody who was asked, from `answers_given`; of one agency where it is named
    noun      what the audit samples, a plural noun: the base where each is asked about once; else it is the answers

    Not applicable leaves the base; what was left out stays, as not answered. Of a text is counted that there is one.
    Source: DESIGN section 5; worked example in tests/spec/test_answers.py.
    """
    variable = (
        tallied_variable(MeasureId.of(question.variable.family, agency), codebook) if agency else question.variable
    )
    cells = [ANSWERED if _is_text(question, cell) else cell for cell in given["answer"]]
    is_once = given["case"].notna().all() and given["case"].is_unique
    base_label = "agencies" if question.per == PER_AUDIT else noun if is_once else None
    counted = from_rows(variable, cells, base_label, Precision.EXACT, ANSWERS_FILE)
    return _of_kind(question, variable_measures(counted, variable.unit))


def _is_text(question: Question, cell: object) -> bool:
    return question.type == FREE_TEXT and cell is not None and cell not in STANDINS


def _of_kind(question: Question, counts: Counts) -> Counts:
    """Answers about cases count people; those an agency gives for itself do not."""
    if question.per != PER_AUDIT:
        return counts
    return replace(counts, measures=tuple(replace(measure, counts="things") for measure in counts))


def questions_asked(audit: Audit, refusals: Refusals) -> Counts:
    """`asked.*`: how many agencies were asked, and about how many cases, which the base of their answers is made of."""
    given = {question: answers_given(audit, question) for question in audit.codebook.questions.values()}
    return together(_asked(audit, question, rows) for question, rows in given.items() if rows is not None)


def _asked(audit: Audit, question: Question, given: pd.DataFrame) -> Counts:
    agencies = given["agency"].nunique()
    measures = [_measure(ASKED_FAMILY, question, "agencies", agencies, "agencies", None)]
    if question.per != PER_AUDIT:
        about = given["case"].nunique()
        measures.append(_measure(ASKED_FAMILY, question, "cases", about, audit.settings.unit.plural, case_total(audit)))
    return Counts(tuple(measures))


def agreement(audit: Audit, refusals: Refusals) -> Counts:
    """`agreement.*`: in how many cases all agencies that answered a question gave the same answer.

    Of the cases in which two agencies or more gave one of its answers, before moderation: not known and not applicable
    are none.
    """
    noun = audit.settings.unit.plural
    return together(agreement_frequency(question, given, noun) for question, given in _compared(audit))


def _compared(audit: Audit) -> Iterator[tuple[Question, pd.DataFrame]]:
    """Each question whose answers about one case can be compared, and what was answered."""
    for question in audit.codebook.questions.values():
        given = answers_given(audit, question) if question.type in COMPARED_TYPES else None
        if given is not None and question.per != PER_AUDIT:
            yield question, given


AnswersToCase = Mapping[str, str | None]
"""Agency that was asked about a case → its own answer, before moderation; None for none of the question's answers."""


def answers_about_cases(audit: Audit) -> dict[str, tuple[AnswersToCase, ...]]:
    """Question → what was answered about each case, of those whose answers are compared: for the release alone."""
    by_question = {}
    for question, given in _compared(audit):
        cases: dict[str, dict[str, str | None]] = {}
        for agency, case, answer in zip(given["agency"], given["case"], given["own"], strict=True):
            cases.setdefault(case, {})[agency] = None if answer in STANDINS else answer
        by_question[question.id] = tuple(cases.values())
    return by_question


def agreement_frequency(question: Question, given: pd.DataFrame, noun: str) -> Counts:
    """In how many cases agencies answered the same, and in how many not; nothing where no case has two answers.

    given  one row for everybody who was asked, from `answers_given`
    """
    answered = given[given["own"].notna() & ~given["own"].isin(STANDINS)]
    answers = answered.groupby("case", sort=False)["own"].agg(["size", "nunique"])
    compared = answers[answers["size"] > 1]
    if compared.empty:
        return Counts()
    same = int((compared["nunique"] == 1).sum())
    counts = {SAME: same, DIFFERENT: len(compared) - same}
    return Counts(
        tuple(
            _measure(AGREEMENT_FAMILY, question, category, count, noun, len(compared))
            for category, count in counts.items()
        )
    )


LABELS_OF = {
    "agencies": "agencies asked",
    "cases": "asked about",
    SAME: "agencies answered the same",
    DIFFERENT: "agencies answered differently",
}


def _measure(family: str, question: Question, category: str, count: int, noun: str, base: int | None) -> Measure:
    return Measure(
        MeasureId.of(family, question.id, category),
        f"{question.text} {LABELS_OF[category].capitalize()}",
        numerator=count,
        denominator=base,
        base_label=None if base is None else noun,
        value=count,
        unit=noun,
        source=ANSWERS_FILE,
        counts="things" if category == "agencies" else "people",
        is_sensitive=question.is_sensitive and family == AGREEMENT_FAMILY,
    )
