"""`answers.csv`: what agencies answered to the questions of the audit tool, and who was asked which."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, ValidationInfo

from auditbook.codebook.questions import FREE_TEXT, LEAD, PER_AUDIT, PER_CASE, Question
from auditbook.evidence.links import Lines, at, refuse_twice
from auditbook.evidence.records import NOT_ASKED_STATES, NOT_INVOLVED, Agency, Case
from auditbook.evidence.units import Cell, read_cell
from auditbook.evidence.window import Window
from auditbook.validation.fields import Record, from_codebook
from auditbook.validation.names import missing_value
from auditbook.validation.problems import Refusals

ANSWERS_FILE = "answers.csv"
WHO_IS_ASKED = ("involvement.csv", "cases.csv")
"""The files that say who is asked; what was refused in them cannot be held against an answer."""


def read_answer(question: Question, text: str, window: Window) -> Cell:
    """What a text says to a question: a code, a tuple of codes (multi), a whole number, or the text itself.

    `not_known` and `not_applicable` may be answered to any; None where the text says that nobody recorded it. Raises
    Refused (V01, V03, V06, V10, V13) for what is no answer to it.
    """
    if question.type != FREE_TEXT:
        return read_cell(question.variable, text, window)
    word = missing_value(text)
    return None if word == "not_recorded" else word or text


def _answer(text: str, info: ValidationInfo) -> Cell:
    """An answer to the row's question; of one that was refused nothing can be said."""
    question = info.context["codebook"].questions.get(info.data.get("question"))
    return text if question is None else read_answer(question, text, info.context["window"])


AskedQuestion = from_codebook("questions", "Q01", "a question")
Answer = Annotated[Any, AfterValidator(_answer)]


class AnswerLine(Record):
    """One answer of an agency. What its panel made of it is `moderated`, and that is what counts."""

    says_more = ("answer", "moderated")

    agency: Agency
    case: Case | None = None
    question: AskedQuestion
    answer: Answer = None
    evidence: str | None = None
    moderated: Answer = None
    moderator: str | None = None
    reason: str | None = None


HOW_OFTEN = {
    PER_CASE: "once a case; name the case",
    PER_AUDIT: "once in the audit; leave the case empty",
}


class Respondent(NamedTuple):
    """One agency that is asked a question, about a case, or once in the audit."""

    agency: str
    case: str | None = None


def respondents(
    question: Question, states: Iterable[tuple[str, str | None, str]], leads: Mapping[str, str]
) -> list[Respondent]:
    """Everybody who is asked a question, in the order of the rows.

    states  agency, case or None, and state of each row of involvement.csv
    leads   case → its lead agency, where cases.csv names one

    About a case an agency is asked where a row of its names the case, once in the audit where it has any row; not where
    it was not involved, did not know the family, or was never invited (DESIGN section 4).
    """
    unasked = (*NOT_INVOLVED, *NOT_ASKED_STATES)
    rows = [(agency, case) for agency, case, state in states if state not in unasked]
    if question.per == PER_CASE:
        return [Respondent(*row) for row in rows if row[1] and question.is_asked_of(row[0], leads.get(row[1]))]
    agencies = dict.fromkeys(agency for agency, _ in rows)
    is_of_leads = question.asked_of == (LEAD,)
    return [
        Respondent(agency)
        for agency in agencies
        if (agency in leads.values() if is_of_leads else question.is_asked_of(agency))
    ]


def check_answers(
    lines: Lines, context: dict, involvement: Lines, leads: Mapping[str, str], refusals: Refusals
) -> None:
    """Nobody answers a question twice (V06), about what it is not asked of (Q02), or unasked (Q03)."""
    refuse_twice(lines, ("question", "case", "agency"), refusals)
    states = [(row.agency, row.case, row.state) for _, _, row in involvement]
    refused = [(refusal.place.file.rpartition("/")[2], refusal.nearest) for refusal in refusals.found]
    is_known = not any(file in WHO_IS_ASKED or near in WHO_IS_ASKED for file, near in refused)
    questions = context["codebook"].questions
    everybody = (
        {question.id: set(respondents(question, states, leads)) for question in questions.values()} if is_known else {}
    )
    for place, _, record in lines:
        question = questions[record.question]
        if (question.per == PER_AUDIT) != (record.case is None):
            refusals.add(at(place, "case"), "Q02", f"{question.id} is asked {HOW_OFTEN[question.per]}.")
        elif is_known and (record.agency, record.case) not in everybody[question.id]:
            refusals.add(at(place, "agency"), "Q03", _why_not_asked(question, record, leads))


def _why_not_asked(question: Question, record: AnswerLine, leads: Mapping[str, str]) -> str:
    agency, lead = record.agency, leads.get(record.case)
    is_of_lead = question.asked_of == (LEAD,)
    if is_of_lead and agency != lead and (record.case or agency not in leads.values()):
        whose = f"; of this case that is {lead}" if lead else ", and cases.csv names none for this case"
        return f"{question.id} is asked of the lead agency{whose if record.case else ''}, not of {agency}."
    if not is_of_lead and not question.is_asked_of(agency):
        return f"{question.id} is asked of {' and '.join(question.asked_of)}, not of {agency}."
    about = " for this case" if record.case else ""
    return f"involvement.csv has no row{about} that says that {agency} was asked."


def lead_warnings(audit: Any) -> tuple[str, ...]:
    """What a reader must know where the lead agency's questions are answered, and some case has none that was asked."""
    answered = () if audit.answers is None else dict.fromkeys(audit.answers["question"])
    is_of_lead = any(audit.codebook.questions[question].asked_of == (LEAD,) for question in answered)
    if audit.sample is None or not is_of_lead:
        return ()
    leads = leads_of(audit.sample)
    rows = () if audit.involvement is None else audit.involvement[["agency", "case"]].itertuples(index=False, name=None)
    respondents = {(case, agency) for agency, case in rows}
    warnings = []
    if set(audit.sample["case"]) - set(leads):
        warnings.append("cases.csv: some cases have no lead agency; nobody was asked the lead's questions about them.")
    if set(leads.items()) - respondents:
        warnings.append(
            "involvement.csv has no row for the lead agency of some cases; its questions count as not asked about them."
        )
    return tuple(warnings)


def leads_of(cases: Any) -> dict[str, str]:
    """Case → its lead agency, of the rows of cases.csv that name one."""
    if cases is None:
        return {}
    return {row["case"]: row["lead"] for row in cases[["case", "lead"]].to_dict("records") if row["lead"]}
