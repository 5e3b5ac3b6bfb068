"""The export of an online form through which the agencies of one demonstration audit answered: a row a response."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from pandas import Series

from auditbook.codebook.questions import Question
from auditbook.demo.plans import TRANSITIONS
from auditbook.demo.replies import REPLIED
from auditbook.evidence.audit import Audit
from auditbook.measures.answers import answers_given

EXPORT, MAPPING = "responses.csv", "responses-mapping.yml"
EXPORT_FOLDER = Path(__file__).parents[1] / "auditbook" / "demo" / TRANSITIONS.id
"""Beside what was written by hand of this audit: an export is never kept in a project."""
OWN_HEADINGS = ("ID", "Start time", "Completion time", "Email", "Name")
"""What the form writes by itself; it was open to all, so it knows nobody."""
STANDIN_WORDS = {"not_known": "Not known", "not_applicable": "N/A"}
ANONYMOUS = "anonymous"
FIRST_DAY = date(2022, 2, 14)
LATE_DAY = date(2022, 3, 21)
"""The Monday after the fieldwork ended."""


def form_export(audit: Audit) -> str:
    """The export as CSV: a column a question and one for the evidence beside it, as the form's makers have them."""
    asked = {each: answers_given(audit, each) for each in audit.codebook.questions.values()}
    questions = {question: given for question, given in asked.items() if given is not None}
    answered = audit.answers.set_index(["agency", "case", "question"])
    rows = [list(_headings(questions))]
    responses = audit.involvement[audit.involvement["state"].isin(REPLIED)]
    for number, response in enumerate(responses.to_dict("records"), 1):
        day = LATE_DAY if response["state"] == "returned_late" else FIRST_DAY + timedelta(days=number % 28)
        when = [f"{day.isoformat()} 09:00:00", f"{day.isoformat()} 09:40:00"]
        agency = audit.codebook.agencies[response["agency"]].label
        row = [str(number), *when, ANONYMOUS, "", agency, response["case"]]
        for question in questions:
            key = (response["agency"], response["case"], question.id)
            row += _cells(question, answered.loc[key] if key in answered.index else None)
        rows.append(row)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _headings(questions: Iterable[Question]) -> Iterator[str]:
    yield from (*OWN_HEADINGS, "Your agency", "Case")
    for question in questions:
        yield question.text
        if question.has_evidence:
            yield f"Your evidence: {question.text}"


def _cells(question: Question, answer: Series | None) -> list[str]:
    """What the form shows of an answer: labels, several of them each with a semicolon behind."""
    given = None if answer is None else answer["answer"]
    labels = {code.code: code.label for code in question.codes}
    if isinstance(given, tuple):
        said = "".join(f"{labels[code]};" for code in given)
    else:
        said = "" if given is None else STANDIN_WORDS.get(given) or labels.get(given) or str(given)
    evidence = "" if answer is None else answer["evidence"] or ""
    return [said, evidence] if question.has_evidence else [said]
