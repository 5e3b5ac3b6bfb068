"""Questions: what an audit tool asks the agencies, section by section, in the order of `questions.csv`."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from auditbook.codebook.tables import QuestionLine, keyed_records
from auditbook.codebook.values import CodeLists, codes_of
from auditbook.codebook.variables import ANSWER_FAMILY, ANSWERED, Code, Variable
from auditbook.validation.fields import Refused, nearest_id, single_id
from auditbook.validation.problems import Place, Refusals

ALL, LEAD = "all", "lead"
"""Who is asked: every agency, or of each case the one that `cases.csv` names in `lead`."""
PER_CASE, PER_AUDIT = "case", "audit"
FREE_TEXT = "text"


@dataclass(frozen=True)
class Question:
    """One line of `questions.csv`, its code set or scale looked up.

    codes        in display order, those of a scale with their order; empty for a number and for a text
    asked_of     `all`, `lead`, or the ids of agencies
    per          an agency is asked once a `case`, or once in the `audit`
    has_evidence a text is asked for beside the answer
    source       what the question was written after
    """

    id: str
    text: str
    section: str
    type: str
    codes: tuple[Code, ...] = ()
    asked_of: tuple[str, ...] = (ALL,)
    per: str = PER_CASE
    has_evidence: bool = False
    is_sensitive: bool = False
    source: str = ""

    @property
    def label(self) -> str:
        """What it is called beside its id, by everything that also calls variables and themes."""
        return self.text

    def is_asked_of(self, agency: str, lead: str | None = None) -> bool:
        """Whether an agency is asked this, about a case whose lead agency is `lead`."""
        return self.asked_of == (ALL,) or agency in (self.asked_of if self.asked_of != (LEAD,) else (lead,))

    @cached_property
    def variable(self) -> Variable:
        """Its answers as the answers to a variable, so that they are read, counted and shown like any other.

        Of a text nothing is counted but that there is one.
        """
        codes = (Code(ANSWERED, "Answered"),) if self.type == FREE_TEXT else self.codes
        type = "category" if self.type == FREE_TEXT else self.type
        return Variable(self.id, self.text, "answers", type, codes, sensitive=self.is_sensitive, root=ANSWER_FAMILY)

    def variable_of(self, agency: str, label: str) -> Variable:
        """The answers of one agency, whose name is `label`."""
        return replace(self.variable, id=f"{self.id}.{agency}", label=f"{label}: {self.text}")


def by_section(every: Iterable[Question]) -> dict[str, list[Question]]:
    """Section → its questions, both in the order of the tool."""
    sections: dict[str, list[Question]] = {}
    for question in every:
        sections.setdefault(question.section, []).append(question)
    return sections


def read_questions(
    folder: Path,
    name: str,
    lists: CodeLists,
    variables: Container[str],
    agencies: Mapping[str, tuple[str, ...]] | None,
    refusals: Refusals,
) -> dict[str, Question]:
    """The questions of `questions.csv` by id, none without such a file. Problems go to `refusals`.

    agencies  id → what else an agency is called; None where their own file was refused, so that nobody can tell
    """
    if not (folder / "questions.csv").is_file():
        return {}
    rows, records = keyed_records(folder / "questions.csv", f"{name}/questions.csv", QuestionLine, "question", refusals)
    questions = {}
    for row, line in records:
        if line.question in variables:
            problem = f'"{line.question}" is a variable; call one of the two otherwise.'
            refusals.add(rows.place(row, "question"), "C09", problem)
        codes = _codes(line, lists, rows.place(row, "values"), refusals)
        is_known = agencies is not None
        place = rows.place(row, "asked_of")
        asked_of = _asked_of(line.asked_of, agencies, place, refusals) if is_known else line.asked_of
        head = (line.question, line.text, line.section, line.type)
        questions[line.question] = Question(
            *head, codes, asked_of, line.per, line.evidence, line.sensitive, line.source
        )
    return questions


def _codes(line: QuestionLine, lists: CodeLists, place: Place, refusals: Refusals) -> tuple[Code, ...]:
    try:
        return codes_of(line.type, line.values, lists, place, refusals, "question")
    except Refused as problem:
        context = problem.context or {}
        refusals.add(place, problem.type, context["problem"], context["nearest"])
        return ()


def _asked_of(
    words: tuple[str, ...], agencies: Mapping[str, tuple[str, ...]], place: Place, refusals: Refusals
) -> tuple[str, ...]:
    """`all` or `lead` alone, else the ids of agencies, each once; those that are none are refused."""
    names_of = {ALL: (), LEAD: (), **agencies}
    ids: dict[str, None] = {}
    for word in words:
        try:
            asked = single_id(word, names_of, "A01")
        except Refused as problem:
            refusals.add(place, problem.type, (problem.context or {})["problem"])
            continue
        if asked is None:
            refusals.add(place, "A01", f'"{word}" is not an agency.', nearest_id(word, names_of))
        else:
            ids[asked] = None
    if len(ids) > 1 and ids.keys() & {ALL, LEAD}:
        refusals.add(place, "C10", "all or lead stands beside others here; write one of the two alone, or agencies.")
    return tuple(ids)
