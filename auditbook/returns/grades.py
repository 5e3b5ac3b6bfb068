"""The sheet Grades → rows of grades.csv."""

from auditbook.codebook.codebook import Codebook
from auditbook.returns.case_states import CaseStates, is_audited
from auditbook.returns.layout import (
    AUDITED,
    CASES_SHEET,
    GRADES,
    NOT_ASKED,
    WHOLE,
    grade_choices,
    grades_also_called,
    standard_label,
)
from auditbook.returns.opening import Opened
from auditbook.returns.tables import Answer, Line, answer, read_lines
from auditbook.validation.problems import Place, Refusals

CASE = "Case"


def read_grades(
    opened: Opened, case_states: CaseStates, sample: str, codebook: Codebook, refusals: Refusals
) -> list[Answer]:
    """A grade for every standard of every case that the agency audited, and none elsewhere (W18).

    sample  the channel that its rows name; empty of the case file audit
    """
    if GRADES not in opened.sheets:
        return []
    asked = opened.questions.graded_rows(codebook)
    lines = _lines(opened, asked, codebook, refusals)
    answers = []
    for row, standards in asked.items():
        was_audited = is_audited(case_states, row)
        if row in lines and was_audited:
            given = _given(lines[row], row, standards, opened, codebook, refusals)
            answers += [
                Answer({**grade.cells, "channel": sample}, grade.places) if sample else grade for grade in given
            ]
        elif row in lines and was_audited is False:
            _refuse_any(lines[row], row, refusals)
        elif was_audited:
            refusals.add(Place(opened.file, sheet=GRADES), "W19", f"the row of {row} is missing; put it back.")
    return answers


def _lines(opened: Opened, asked: dict, codebook: Codebook, refusals: Refusals) -> dict[str, Line]:
    headings = [CASE, *(standard_label(codebook, standard) for standard in opened.questions.standards)]
    lines: dict[str, Line] = {}
    for line in read_lines(opened.sheets[GRADES], headings, refusals):
        line.required(CASE, refusals)
        row = line.chosen(CASE, {row: row for row in asked}, "W19", "a row of this sheet", refusals)
        if row in lines:
            line.refuse(CASE, "V06", f'"{row}" stands there twice.', refusals)
        elif row:
            lines[row] = line
    return lines


def _given(
    line: Line, row: str, asked: tuple[str, ...], opened: Opened, codebook: Codebook, refusals: Refusals
) -> list[Answer]:
    """The grades of one audited row: one for each standard asked there, and none beside them."""
    answers = []
    for standard in opened.questions.standards:
        heading = standard_label(codebook, standard)
        if standard not in asked:
            _refuse_unasked(line, heading, refusals)
            continue
        line.required(heading, refusals)
        choices, also = grade_choices(codebook, standard), grades_also_called(codebook, standard)
        grade = line.chosen(heading, choices, "G02", f"a grade of {standard}", refusals, also=also)
        if grade:
            cells = {"case": "" if row == WHOLE else row, "agency": opened.questions.agency}
            columns = {"case": CASE, "standard": heading, "grade": heading}
            answers.append(answer(line, columns, cells | {"standard": standard, "grade": grade}))
    return answers


def _refuse_unasked(line: Line, heading: str, refusals: Refusals) -> None:
    if line.cells.get(heading, NOT_ASKED) != NOT_ASKED:
        problem = f"{heading} was not to be graded here; write “{NOT_ASKED}” again."
        line.refuse(heading, "W18", problem, refusals)


def _refuse_any(line: Line, row: str, refusals: Refusals) -> None:
    for heading, text in line.cells.items():
        if heading != CASE and text != NOT_ASKED:
            problem = f"{row} has grades, and on the sheet {CASES_SHEET} it is not “{AUDITED}”; correct one of the two."
            line.refuse(heading, "W18", problem, refusals)
            return
