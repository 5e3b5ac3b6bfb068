"""Opening one workbook: whose it is, what it asked, and on which day it came back.

Of one that was sent before a case was taken out of the audit, what it says of the others is still read.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from auditbook.codebook.codebook import Codebook
from auditbook.evidence.audit import Audit
from auditbook.evidence.links import standards
from auditbook.evidence.window import Window
from auditbook.returns.formats import read_workbook
from auditbook.returns.layout import (
    ABOUT_SHEET,
    CASE_COLUMNS,
    CASES_SHEET,
    FINDINGS_SHEET,
    FORUM,
    GRADES,
    QUESTION_COLUMNS,
    RETURN,
    RETURN_QUESTIONS,
    RETURNED_ON,
    YES_NO_ANSWERS,
)
from auditbook.returns.questions import KEYS, PANEL_FORMAT, ToolQuestions, codebook_version
from auditbook.returns.sheets import KNOWN, Cell, Sheet, refuse_wrong_shape, refuse_wrong_sheets, words_in
from auditbook.returns.tables import MOST_ABOVE, asks_questions, columns_of, plain_title
from auditbook.validation.dates import ShortDate
from auditbook.validation.fields import YES_NO
from auditbook.validation.names import matching_ids, says_nothing
from auditbook.validation.problems import Place, Refusals, listed

CASE = CASE_COLUMNS[0].heading
QUESTION, YOURS, HOW = (column.heading for column in QUESTION_COLUMNS)


@dataclass(frozen=True)
class Opened:
    """A workbook that belongs to this audit.

    sheets    the sheets of answers, by the name they should have
    returned  the day it came back; None when that was refused
    forum     yes, no or empty
    notes     what a person should know of it
    """

    file: str
    sheets: dict[str, Sheet]
    questions: ToolQuestions
    returned: date | None
    forum: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_late(self) -> bool:
        return bool(self.returned and self.questions.due and self.returned > self.questions.due)

    def says_the_same(self, other: "Opened") -> bool:
        """Whether two workbooks hold the same in every cell: one that was saved or sent again."""
        own_rows, others = ({title: sheet.rows for title, sheet in opened.sheets.items()} for opened in (self, other))
        return own_rows == others


def open_return(content: bytes, name: str, audit: Audit, refusals: Refusals) -> Opened | None:
    """Open one workbook; None when nothing can be said of its answers. Problems go to `refusals`.

    content  the file's bytes; name  how refusals call it, `returns/police.xlsx`
    """
    sheets, notes = read_workbook(content, name, refusals)
    return open_sheets(sheets, name, audit, refusals, notes) if sheets else None


def open_sheets(
    sheets: dict[str, Sheet], name: str, audit: Audit, refusals: Refusals, notes: tuple[str, ...] = ()
) -> Opened | None:
    """What the sheets of one workbook say of whose it is; None when nothing can be said of its answers."""
    questions = _questions(sheets, name, audit, refusals)
    if questions is None:
        return None
    questions = _in_this_codebook(questions, name, audit.codebook, refusals)
    asked_for = (*questions.questions, *questions.facts)
    if questions.codebook != codebook_version(audit.codebook, questions.standards, asked_for):
        notes = (*notes, "it was made before the codebook changed; all that it chose is still there")
    needed = [RETURN, CASES_SHEET, FINDINGS_SHEET, *([GRADES] if questions.standards else [])]
    asking = {title: sheet for title, sheet in sheets.items() if title not in KNOWN and asks_questions(sheet)}
    answer_sheets = refuse_wrong_sheets(sheets, needed, name, refusals, asking) | asking
    audit_cases = questions.cases if audit.cases is None else list(audit.cases["case"])
    asked, removed = asked_and_removed(questions.cases, audit_cases)
    if removed and not asked:
        problem = "none of the cases it asks about is a case of this audit; make a new one with auditbook tool."
        refusals.add(Place(name), "W13", problem)
        return None
    questions = replace(questions, cases=asked)
    answer_sheets, left_out = without_cases(answer_sheets, removed)
    answers = _answers(answer_sheets[RETURN], refusals) if RETURN in answer_sheets else {}
    returned = _day(answers.get(RETURNED_ON.text), answer_sheets.get(RETURN), audit, refusals)
    forum = _forum(answers.get(FORUM.text), answer_sheets.get(RETURN), refusals)
    comments = sum(sheet.extent.comments for sheet in sheets.values())
    notes = (*([f"{comments} comments in it are not imported"] if comments else []), *notes, *left_out)
    return Opened(name, answer_sheets, questions, returned, forum, notes)


def _questions(sheets: dict[str, Sheet], name: str, audit: Audit, refusals: Refusals) -> ToolQuestions | None:
    """What the workbook asked, from its hidden sheet; None and a refusal when it is not of this audit (W11 to W13)."""
    make_new = f"run auditbook tool {audit.id}, and copy the answers into the new workbook"
    rows = sheets[ABOUT_SHEET].rows.values() if ABOUT_SHEET in sheets else ()
    cells = {row[1].text: row.get(2, Cell("")).text for row in rows if 1 in row}
    place, earlier = Place(name), "it was made with another version of the codebook"
    if cells.get("format") == PANEL_FORMAT:
        way_out = f"keep it elsewhere, and take it back with auditbook panel {audit.id} --from"
        refusals.add(place, "W13", f"this is the panel's workbook, not an agency's; {way_out}.")
        return None
    try:
        questions = ToolQuestions.read({key: cells.get(key, "") for key in KEYS})
    except ValueError:
        problem = f"auditbook tool did not make this workbook, or its hidden sheet was changed; {make_new}."
        refusals.add(place, "W13", problem)
        return None
    if questions.audit != str(audit.id):
        problem = f"this is a workbook of the audit {questions.audit}, not of {audit.id}; move it to its returns."
        refusals.add(place, "W12", problem)
    elif questions.agency not in audit.codebook.agencies:
        refusals.add(place, "W11", f"{earlier}: {questions.agency} is no longer an agency; {make_new}.")
    elif questions.channel and questions.channel not in audit.channels:
        channels = listed(audit.channels) or "none"
        refusals.add(place, "R02", f'"{questions.channel}" is not a channel of audit.yml; expected {channels}.')
    elif Window.of(audit.id, audit.settings).includes(audit.codebook.agencies[questions.agency], place, refusals):
        return questions
    return None


def _in_this_codebook(questions: ToolQuestions, name: str, codebook: Codebook, refusals: Refusals) -> ToolQuestions:
    """What it asked that can still be asked. What is no longer graded at all is refused (W11).

    A codebook that grew, or gave a theme another name, refuses only answers whose own word is gone: each is looked up
    where it stands.
    """
    kept = {}
    for asked, known_ids, done in (
        ("standards", standards(codebook), "graded"),
        ("questions", codebook.questions, "asked"),
        ("facts", codebook.variables, "asked"),
    ):
        every = getattr(questions, asked)
        kept[asked] = tuple(item for item in every if item in known_ids)
        _refuse_gone([item for item in every if item not in known_ids], done, questions, name, refusals)
    return replace(questions, **kept)


def _refuse_gone(gone: list[str], done: str, questions: ToolQuestions, name: str, refusals: Refusals) -> None:
    if not gone:
        return
    verb = "is" if len(gone) == 1 else "are"
    problem = (
        f"it was made with another version of the codebook: {listed(gone)} {verb} no longer {done}; run "
        f"auditbook tool {questions.audit} --agency {questions.agency} --replace, and copy the answers over."
    )
    refusals.add(Place(name), "W11", problem)


def _answers(sheet: Sheet, refusals: Refusals) -> dict[str, tuple[int, int, Cell]]:
    """Question → the row and column of its answer, and the cell there."""
    refuse_wrong_shape(sheet, refusals)
    columns = columns_of(sheet, [QUESTION, YOURS, HOW], refusals)
    question_by_title = {plain_title(question.text): question.text for question in RETURN_QUESTIONS}
    answers = {}
    for row, cells in sheet:
        asked = cells.get(columns.get(QUESTION, 1), Cell(""))
        if plain_title(asked.text) in question_by_title:
            column = columns.get(YOURS, 2)
            answers[question_by_title[plain_title(asked.text)]] = (row, column, cells.get(column, Cell("")))
        elif asked.kind != "personal":
            problem = "this row is not a question of the tool, and would not be read; expected"
            refusals.add(sheet.place(row, 1), "W10", f"{problem} {listed(question_by_title.values())}.")
    for question in RETURN_QUESTIONS:
        if question.text not in answers:
            problem = f"the question “{question.text}” is missing; put its row back."
            refusals.add(Place(sheet.file, sheet=sheet.title), "W10", problem)
    return answers


def _day(
    answer_cell: tuple[int, int, Cell] | None, sheet: Sheet | None, audit: Audit, refusals: Refusals
) -> date | None:
    """The day of the return: a date, or text like 2021-09-17; every other way of writing it can be misread (V04)."""
    if answer_cell is None or sheet is None:
        return None
    row, column, cell = answer_cell
    place = sheet.place(row, column)
    day = cell.day
    if cell.kind == "text" and cell.text and not day:
        day = _iso(cell.text)
    start = audit.settings.fieldwork.start
    if cell.kind in ("personal", "formula"):
        words_in(sheet, row, column, refusals)
        return None
    if not cell.text and cell.kind == "text":
        refusals.add(place, "V05", f"“{RETURNED_ON.text}” must be filled in.")
    elif day is None:
        shown = f'"{cell.text}"' if cell.text else f"what stands here ({cell.kind})"
        refusals.add(place, "V04", f"{shown} is not a day; write it like 2021-09-17.")
    elif start and day < start.first:
        refusals.add(place, "V09", f"{day} is before the first day of the fieldwork, {start}.")
    else:
        return day
    return None


def _iso(text: str) -> date | None:
    try:
        short_date = ShortDate.read(text)
    except ValueError:
        return None
    return short_date.first if short_date.first == short_date.last else None


def _forum(answer_cell: tuple[int, int, Cell] | None, sheet: Sheet | None, refusals: Refusals) -> str:
    if answer_cell is None or sheet is None:
        return ""
    row, column, _ = answer_cell
    text = words_in(sheet, row, column, refusals)
    if not text or says_nothing(text):
        return ""
    answer = matching_ids(text.rstrip(" .,;"), YES_NO)
    if not answer:
        refusals.add(
            sheet.place(row, column), "V01", f'"{text}" is not one of the answers; expected {listed(YES_NO_ANSWERS)}.'
        )
    return "".join(answer)


def asked_and_removed(cases: Collection[str], audit_cases: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of the cases that a workbook asks about those that the audit has, spelt as it spells them, and the others."""
    spelt = {case.casefold(): case for case in audit_cases}
    asked = tuple(spelt[case.casefold()] for case in cases if case.casefold() in spelt)
    return asked, tuple(case for case in cases if case.casefold() not in spelt)


def without_cases(sheets: dict[str, Sheet], removed: Collection[str]) -> tuple[dict[str, Sheet], tuple[str, ...]]:
    """The sheets without the rows of these cases, and a note on each: what is left out, and what to do about it."""
    rows = {title: _rows_of_cases(sheet) for title, sheet in sheets.items() if title != RETURN}
    gone = {case.casefold() for case in removed}
    kept = dict(sheets)
    for title, cases in rows.items():
        sheet = sheets[title]
        kept[title] = replace(
            sheet, rows={row: cells for row, cells in sheet.rows.items() if cases.get(row, "") not in gone}
        )
    return kept, tuple(_note(case, rows) for case in removed)


def _note(case: str, rows: dict[str, dict[int, str]]) -> str:
    rows_of_case = {
        title: [str(row) for row, row_case in cases.items() if row_case == case.casefold()]
        for title, cases in rows.items()
    }
    places = [
        f"{title} row{'s' * (len(numbers) > 1)} {', '.join(numbers)}"
        for title, numbers in rows_of_case.items()
        if numbers
    ]
    left_out = f"; left out: {'; '.join(places)}" if places else ""
    return f"{case} is no longer a case of this audit{left_out}. If it has another id now, write that in its place"


def _rows_of_cases(sheet: Sheet) -> dict[int, str]:
    """Row → the case it is about, in small letters. The headings may stand below a row that somebody put above them."""
    headings = (
        (row, column)
        for row in sorted(sheet.rows)[:MOST_ABOVE]
        for column, cell in sheet.rows[row].items()
        if plain_title(cell.text) == CASE.casefold()
    )
    top, column = next(headings, (0, 0))
    below = {row: cells for row, cells in sheet.rows.items() if row > top and column in cells}
    return {row: " ".join(cells[column].text.split()).casefold() for row, cells in below.items()}
