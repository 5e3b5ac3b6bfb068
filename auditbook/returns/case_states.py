"""The sheet Cases: what the agency did in each case → rows of involvement.csv."""

from datetime import date

from auditbook.returns.layout import CASE_COLUMNS, CASES_SHEET, WHOLE, state_choices
from auditbook.returns.opening import Opened
from auditbook.returns.tables import Answer, Line, answer, read_lines
from auditbook.validation.problems import Place, Refusals

CASE, STATE, NOTE = (column.heading for column in CASE_COLUMNS)
AUDITED_STATE, LATE_STATE, WAITING_STATE = "returned", "returned_late", "no_response"
CaseStates = dict[str, str | None]
"""Case, or the audit as a whole → what the agency did; None where the answer was refused."""


def is_audited(case_states: CaseStates, row: str) -> bool | None:
    """Whether the agency says that it audited a case, or any case; None where what it says was refused."""
    states = [case_states.get(row)] if row in case_states or row != WHOLE else list(case_states.values())
    if AUDITED_STATE in states:
        return True
    return None if None in states else False


def read_case_states(opened: Opened, refusals: Refusals) -> tuple[CaseStates, list[Answer]]:
    """What the agency did in each case it was asked about, and the rows of involvement.csv that say so."""
    if CASES_SHEET not in opened.sheets:
        return {}, []
    lines = read_lines(opened.sheets[CASES_SHEET], (CASE, STATE, NOTE), refusals)
    asked = {case: case for case in opened.questions.rows}
    case_states: CaseStates = {}
    answers = []
    for line in lines:
        line.required(CASE, refusals)
        case = line.chosen(CASE, asked, "W19", "a case this workbook asks about", refusals)
        line.required(STATE, refusals)
        state = line.chosen(STATE, state_choices(), "V01", "an answer of the list", refusals)
        if case in case_states:
            line.refuse(CASE, "V06", f'"{case}" stands there twice.', refusals)
        elif case:
            case_states[case] = state
            answers.append(_involvement(line, case, state, opened))
    if not any(CASE in line.refused for line in lines):
        _refuse_missing(opened, case_states, refusals)
    return case_states, answers


def _involvement(line: Line, case: str, state: str | None, opened: Opened) -> Answer:
    is_late = state == AUDITED_STATE and opened.is_late
    reason = [line.cells.get(NOTE, "")]
    if is_late:
        reason.append(why_late(opened.returned, opened.questions.due))
    cells = {
        "agency": opened.questions.agency,
        "case": "" if case == WHOLE else case,
        "state": LATE_STATE if is_late else state or "",
        "forum": opened.forum,
        "reason": " ".join(filter(None, reason)),
        "asked": "yes",
    }
    return answer(line, {"case": CASE, "state": STATE, "reason": NOTE}, cells)


def why_late(returned: date | None, due: date | None) -> str:
    return f"Returned on {returned}, due on {due}."


def _refuse_missing(opened: Opened, case_states: CaseStates, refusals: Refusals) -> None:
    for case in opened.questions.rows:
        if case not in case_states:
            problem = f"the row of {case} is missing; put it back, and say what your agency did."
            refusals.add(Place(opened.file, sheet=CASES_SHEET), "W19", problem)
