"""The sheets that ask the codebook's questions → rows of answers.csv, and facts for cases.csv."""

from collections.abc import Collection

from auditbook.evidence.audit import Audit
from auditbook.evidence.window import Window
from auditbook.returns.answers import answered, in_order
from auditbook.returns.case_states import CaseStates, is_audited
from auditbook.returns.items import Item, items_answerable
from auditbook.returns.layout import (
    ANSWER_COLUMNS,
    ANSWER_HEADING,
    AUDITED,
    CASE_HEADING,
    CASES_SHEET,
    CODE_HEADING,
    EVIDENCE_HEADING,
    FACT_COLUMNS,
    WHOLE,
)
from auditbook.returns.opening import Opened
from auditbook.returns.sheets import KNOWN, Sheet
from auditbook.returns.tables import Answer, Line, answer, asks_facts, asks_questions, read_lines
from auditbook.validation.problems import Place, Refusals, nearest

Key = tuple[str, str]
"""The case, or WHOLE, and the code of a question."""


def read_answers(
    opened: Opened, case_states: CaseStates, audit: Audit, refusals: Refusals
) -> tuple[list[Answer], list[Answer]]:
    """The answers, and the facts of cases. Problems go to `refusals`; what was left empty is no problem."""
    items = items_answerable(opened.questions, audit.codebook)
    if not items:
        return [], []
    lines: dict[Key, Line] = {}
    before = len(refusals.found)
    for title, sheet in opened.sheets.items():
        if title not in KNOWN and asks_questions(sheet):
            _read_sheet(sheet, items, lines, refusals)
    if len(refusals.found) == before:  # else a row may be there whose code or case was refused
        _refuse_missing(opened.file, items, lines, refusals)
    told: set[str] = set()
    entries = [_answer(items[key], line, opened, case_states, audit, told, refusals) for key, line in lines.items()]
    answers = [entry for entry in entries if entry and "question" in entry.cells]
    return in_order(answers, audit), [entry for entry in entries if entry and "question" not in entry.cells]


def _read_sheet(sheet: Sheet, items: dict[Key, Item], lines: dict[Key, Line], refusals: Refusals) -> None:
    """Each row by its case and code; one that the workbook did not ask is refused (W19), and so is a double (V06)."""
    columns = FACT_COLUMNS if asks_facts(sheet) else ANSWER_COLUMNS
    codes = {code for _, code in items}
    cases = {case: case for case, _ in items}
    for line in read_lines(sheet, [column.heading for column in columns], refusals, may_be_days=(ANSWER_HEADING,)):
        line.required(CODE_HEADING, refusals)
        line.required(CASE_HEADING, refusals)
        case = line.chosen(CASE_HEADING, cases, "W19", "a case this workbook asks about", refusals)
        code = line.cells.get(CODE_HEADING)
        if code is not None and code not in codes:
            problem = f'"{code}" is not the code of a question that this workbook asks.'
            line.refuse(CODE_HEADING, "W19", problem, refusals, nearest(code, codes))
        elif case and code and (case, code) not in items:
            problem = f"{code} is not asked about {case}; put back what stood in this row, or delete it."
            line.refuse(CODE_HEADING, "W19", problem, refusals)
        elif case and code and (case, code) in lines:
            line.refuse(CODE_HEADING, "V06", f'"{code}" stands there twice about {case}.', refusals)
        elif case and code:
            lines[case, code] = line


def _refuse_missing(file: str, items: dict[Key, Item], lines: Collection[Key], refusals: Refusals) -> None:
    """Refuse, once, that rows are gone: nobody could tell whether they were answered (W19)."""
    missing = [key for key, item in items.items() if key not in lines and not item.is_of_lead]
    if missing:
        case, code = missing[0]
        problem = (
            f"rows that ask questions are missing: {len(missing)}, the first about {case}: {code}; put them back, or "
            "copy the answers into a new workbook from auditbook tool."
        )
        refusals.add(Place(file), "W19", problem)


def _answer(
    item: Item, line: Line, opened: Opened, case_states: CaseStates, audit: Audit, told: set[str], refusals: Refusals
) -> Answer | None:
    """What a row answers; None when it is empty. In a case that was not audited it is refused, once a case (W18).

    told  the cases of which that was said
    """
    given = answered(line, ANSWER_HEADING, item.question, Window.of(audit.id, audit.settings), refusals)
    evidence = line.cells.get(EVIDENCE_HEADING, "")
    if evidence and not item.question.has_evidence:
        problem = f"{item.question.id} asks for no evidence; move the words to a finding, or into the answer."
        line.refuse(EVIDENCE_HEADING, "W18", problem, refusals)
    if not given and not evidence:
        return None
    if is_audited(case_states, item.case) is False and not item.is_fact:
        problem = (
            f"{item.case} has an answer to {item.question.id}, and on the sheet {CASES_SHEET} it is not “{AUDITED}”; "
            f"correct that, or empty this and every other answer about {item.case}."
        )
        if item.case not in told:
            line.refuse(ANSWER_HEADING, "W18", problem, refusals)
        told.add(item.case)
        return None
    headings = {
        "agency": ANSWER_HEADING,
        "case": CASE_HEADING,
        "question": CODE_HEADING,
        "answer": ANSWER_HEADING,
        "evidence": EVIDENCE_HEADING,
    }
    case = "" if item.case == WHOLE else item.case
    if item.is_fact:
        return answer(line, {item.question.id: ANSWER_HEADING}, {"case": case, item.question.id: given})
    cells = {"agency": opened.questions.agency, "case": case, "question": item.question.id}
    return answer(line, headings, cells | {"answer": given, "evidence": evidence})
