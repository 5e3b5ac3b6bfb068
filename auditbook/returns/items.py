"""What the sheets of a workbook, or the rows of a Word form, ask one agency: question by question, case by case."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.questions import LEAD, PER_AUDIT, Question
from auditbook.codebook.variables import Variable
from auditbook.evidence.answers import leads_of
from auditbook.evidence.audit import Audit
from auditbook.returns.layout import FACTS_SHEET, SECTION_NUMBER, WHOLE
from auditbook.returns.questions import ToolQuestions

NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
LONGEST_TITLE = 31
"""Letters of a sheet's title that Excel takes; an apostrophe may stand in it, and not at its ends."""


@dataclass(frozen=True)
class Item:
    """One question about one case, or once in the audit: then `case` is WHOLE."""

    case: str
    question: Question

    @property
    def is_of_lead(self) -> bool:
        """Whether the lead agency of the case alone is asked; which that is may change while workbooks are out."""
        return self.question.asked_of == (LEAD,)

    @property
    def is_fact(self) -> bool:
        return self.question.section == FACTS_SHEET


def fact_question(variable: Variable) -> Question:
    """A variable of cases.csv as a question: its lead agency is asked once a case."""
    return Question(variable.id, variable.label, FACTS_SHEET, variable.type, variable.codes, (LEAD,))


def facts_askable(audit: Audit) -> dict[str, Variable]:
    """The variables that are columns of cases.csv and stand in it as people enter them."""
    if audit.cases is None:
        return {}
    return {
        variable.id: variable
        for variable in audit.codebook.variables.values()
        if variable.id in audit.cases.columns and not variable.counted_from and variable.type != "grade"
    }


def items_by_sheet(asked: ToolQuestions, audit: Audit, longest: int = LONGEST_TITLE) -> dict[str, list[Item]]:
    """Title of a sheet → what it asks, in order: the facts of cases, then section by section; of each case by case.

    longest  letters of a title

    A question of the codebook that is gone, and a fact that cases.csv has no column for any more, is left out.
    """
    codebook, leads = audit.codebook, leads_of(audit.sample)
    facts = [fact_question(codebook.variables[fact]) for fact in asked.facts if fact in codebook.variables]
    questions = [question for question in codebook.questions.values() if question.id in asked.questions]
    sheets = {FACTS_SHEET: list(_items(facts, asked, leads))}
    for number, section in enumerate(dict.fromkeys(question.section for question in questions), 1):
        section_questions = [question for question in questions if question.section == section]
        sheets[section_title(number, section, sheets, longest)] = list(_items(section_questions, asked, leads))
    return {title: items for title, items in sheets.items() if items}


def items_answerable(asked: ToolQuestions, codebook: Codebook) -> dict[tuple[str, str], Item]:
    """Case (WHOLE for none) and code → what a workbook may hold an answer to, whoever leads a case by now."""
    variables = [codebook.variables[fact] for fact in asked.facts if fact in codebook.variables]
    questions = [
        codebook.questions[question_id] for question_id in asked.questions if question_id in codebook.questions
    ]
    items = [
        Item(case, question)
        for question in (*map(fact_question, variables), *questions)
        for case in ((WHOLE,) if question.per == PER_AUDIT else asked.cases)
    ]
    return {(item.case, item.question.id): item for item in items}


def section_title(number: int, section: str, taken: Collection[str] = (), longest: int = LONGEST_TITLE) -> str:
    """`1 Voice of the child`, or a section's own number: no other sheet's title begins with one.

    taken  titles of other sheets, which it must not have
    """
    words = " ".join(NOT_IN_TITLES.sub(" ", section).split())
    title = words[:longest].strip(" '")
    if re.match(SECTION_NUMBER, words, re.IGNORECASE) and title.casefold() not in map(str.casefold, taken):
        return title
    return f"{number} {words}"[:longest].strip(" '")


def _items(questions: Collection[Question], asked: ToolQuestions, leads: Mapping[str, str]) -> Iterator[Item]:
    for case in asked.cases:
        for question in questions:
            if question.per != PER_AUDIT and question.is_asked_of(asked.agency, leads.get(case)):
                yield Item(case, question)
    for question in questions:
        if question.per == PER_AUDIT and _is_asked_once(question, asked, leads):
            yield Item(WHOLE, question)


def _is_asked_once(question: Question, asked: ToolQuestions, leads: Mapping[str, str]) -> bool:
    is_of_leads = question.asked_of == (LEAD,)
    return asked.agency in leads.values() if is_of_leads else question.is_asked_of(asked.agency)


def asked_of_agency(
    codebook: Codebook, agency: str, cases: Collection[str], leads: Mapping[str, str], chosen: Collection[str]
) -> tuple[str, ...]:
    """Of the chosen questions those that this agency is asked at all, in the codebook's order."""
    of_cases = {leads.get(case) for case in cases}
    return tuple(
        question.id
        for question in codebook.questions.values()
        if question.id in chosen
        and (
            any(question.is_asked_of(agency, lead) for lead in of_cases)
            if question.per != PER_AUDIT
            else question.is_asked_of(agency, agency if agency in leads.values() else None)
        )
    )
