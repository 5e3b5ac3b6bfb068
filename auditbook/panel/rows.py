"""What a panel looks at: every answer and grade that agencies gave, case by case, agencies below each other."""

from collections.abc import Iterator
from dataclasses import dataclass

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.questions import Question
from auditbook.evidence.answers import ANSWERS_FILE
from auditbook.evidence.audit import Audit
from auditbook.returns.answers import answer_choices, answer_words
from auditbook.returns.layout import WHOLE, grade_choices, standard_label
from auditbook.validation.fields import written

GRADES_FILE = "grades.csv"
GRADED = "Grades"
"""The section of what grades.csv holds, behind those of the questions."""


@dataclass(frozen=True)
class PanelRow:
    """One answer or grade of one agency. Codes as the tables have them; empty where nothing was given.

    file, item  the table it stands in, and the question or standard
    case        WHOLE where it is about the audit as a whole
    """

    file: str
    item: str
    section: str
    text: str
    case: str
    agency: str
    given: str
    evidence: str
    moderated: str
    reason: str

    @property
    def key(self) -> str:
        """What tells the row in a workbook that came back: `seen_alone/police`, on the sheet of its case."""
        return f"{self.item}/{self.agency}/{self.case}"


def panel_rows(audit: Audit) -> dict[str, list[PanelRow]]:
    """Case → its rows, in the order of cases.csv and of the tool; what is about the whole audit last."""
    rows = [*_answers(audit), *_grades(audit)]
    cases = [*([] if audit.sample is None else audit.sample["case"]), WHOLE]
    return {case: case_rows for case in cases if (case_rows := [row for row in rows if row.case == case])}


def _answers(audit: Audit) -> Iterator[PanelRow]:
    if audit.answers is None:
        return
    records = audit.of_sample(audit.answers).to_dict("records")
    questions = audit.codebook.questions.values()
    sections = list(dict.fromkeys(question.section for question in questions))
    for question in sorted(questions, key=lambda question: sections.index(question.section)):
        answers = [row for row in records if row["question"] == question.id]
        for row in sorted(answers, key=lambda row: row["agency"]):
            cells = (written(row[column]) for column in ("answer", "evidence", "moderated", "reason"))
            head = (ANSWERS_FILE, question.id, question.section, question.text, row["case"] or WHOLE, row["agency"])
            yield PanelRow(*head, *cells)


def _grades(audit: Audit) -> Iterator[PanelRow]:
    """Of the sample that the panel moderates: a self-assessment stays what it was. Agencies stand below each other."""
    if audit.grades is None:
        return
    rows = audit.of_sample(audit.grades).to_dict("records")
    records = [row for row in rows if row["agency"] and (row["channel"] or "") == audit.settings.main_channel]
    standards = list(dict.fromkeys(row["standard"] for row in records))
    for row in sorted(records, key=lambda row: (standards.index(row["standard"]), row["agency"])):
        head = (row["standard"], GRADED, standard_label(audit.codebook, row["standard"]), row["case"] or WHOLE)
        given = (row["agency"], written(row["grade"]), "", written(row["moderated"]), written(row["reason"]))
        yield PanelRow(GRADES_FILE, *head, *given)


def choices_of(row: PanelRow, codebook: Codebook) -> dict[str, str]:
    """Words → code of what the panel may answer in a row; none for a number and for a text."""
    if row.file == GRADES_FILE:
        return grade_choices(codebook, row.item)
    return answer_choices(codebook.questions[row.item])


def code_in_words(row: PanelRow, code: str, codebook: Codebook) -> str:
    """A code of a row in the words that people choose."""
    if row.file == GRADES_FILE:
        return next((words for words, choice in choices_of(row, codebook).items() if choice == code), code)
    return answer_words(codebook.questions[row.item], code)


def question_of(row: PanelRow, codebook: Codebook) -> Question | None:
    """The question of a row; None where it is a grade of a standard."""
    return codebook.questions[row.item] if row.file == ANSWERS_FILE else None
