"""One agency's workbook, sheet by sheet. What each sheet holds is said in `returns.layout`.

Its bytes are the same every time: no clock, no order of chance, no compressor's version.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from auditbook.codebook.codebook import Codebook
from auditbook.evidence.audit import Audit
from auditbook.returns.guide import guide
from auditbook.returns.items import fact_question, items_by_sheet
from auditbook.returns.layout import (
    CASE_COLUMNS,
    CASES_SHEET,
    FINDING_COLUMNS,
    FINDINGS_SHEET,
    FORUM,
    GRADES,
    MOST_ROWS,
    NOT_ASKED,
    POLARITY_OF_LABEL,
    QUESTION_COLUMNS,
    RETURN,
    RETURN_QUESTIONS,
    RETURNED_ON,
    THEME_SHEET_COLUMNS,
    THEMES_SHEET,
    WHOLE,
    YES_NO_ANSWERS,
    Column,
    grade_choices,
    standard_label,
    state_choices,
    theme_choices,
)
from auditbook.returns.questions import ToolQuestions
from auditbook.returns.section_sheets import add_answer_sheet, fill_answers
from auditbook.returns.styles import (
    Lists,
    add_about,
    add_guide,
    add_rule,
    finish,
    fit_height,
    open_cell,
    put,
    put_header,
)

Rows = Sequence[Mapping[str, str]]
LATE_STATE = "returned_late"
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip archive can say."""
CLOCKS = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
FEWEST_OFFERED, OFFERED_A_CASE = 100, 20
"""Rows for findings; whoever needs more takes the protection off and writes on, down to the last row that is read."""
LAST_ROW = MOST_ROWS + 1


def tool_workbook(audit: Audit, questions: ToolQuestions) -> Workbook:
    """The workbook that asks one agency these questions. Save it with `saving.workbook_bytes`."""
    book = Workbook()
    book.remove(book.active)
    lists = Lists(book)
    add_guide(book, guide(audit, questions))
    _add_return(book, lists)
    _add_cases(book, questions, lists)
    for title, items in items_by_sheet(questions, audit).items():
        add_answer_sheet(book, title, items, lists)
    _add_findings(book, audit, questions, lists)
    if questions.standards:
        _add_grades(book, audit, questions, lists)
    add_themes(book, audit)
    lists.write()
    agency = audit.codebook.agencies[questions.agency].label
    add_about(book, questions.as_cells(), f"Audit tool for {agency}, {audit.id.label}")
    book.properties.subject = audit.settings.title
    book.security.lockStructure = True
    return book


def _add_return(book: Workbook, lists: Lists) -> None:
    sheet = book.create_sheet(RETURN)
    put_header(sheet, QUESTION_COLUMNS)
    cells = {}
    for row, question in enumerate(RETURN_QUESTIONS, 2):
        put(sheet, row, 1, question.title)
        open_cell(sheet, row, 2)
        put(sheet, row, 3, question.how)
        fit_height(sheet, row)
        cells[question] = f"B{row}"
    sheet[cells[RETURNED_ON]].number_format = "yyyy-mm-dd"
    add_rule(sheet, _a_day(), [cells[RETURNED_ON]])
    add_rule(sheet, lists.rule("Yes or no", YES_NO_ANSWERS, "Yes or No"), [cells[FORUM]])
    finish(sheet)


def _a_day() -> DataValidation:
    rule = DataValidation("date", operator="greaterThan", formula1="36525", allow_blank=True)
    rule.showErrorMessage = rule.showInputMessage = True
    rule.errorTitle = rule.promptTitle = RETURNED_ON.text
    rule.error = rule.prompt = "Write the day like 2021-09-17."
    return rule


def _add_cases(book: Workbook, questions: ToolQuestions, lists: Lists) -> None:
    sheet = book.create_sheet(CASES_SHEET)
    put_header(sheet, CASE_COLUMNS)
    for row, case in enumerate(questions.rows, 2):
        put(sheet, row, 1, case)
        open_cell(sheet, row, 2)
        open_cell(sheet, row, 3)
    heading = CASE_COLUMNS[1].heading
    add_rule(sheet, lists.rule(heading, state_choices(), "what your agency did"), [f"B2:B{len(questions.rows) + 1}"])
    finish(sheet)


def _add_findings(book: Workbook, audit: Audit, questions: ToolQuestions, lists: Lists) -> None:
    sheet = book.create_sheet(FINDINGS_SHEET)
    put_header(sheet, FINDING_COLUMNS)
    for number in range(1, max(FEWEST_OFFERED, OFFERED_A_CASE * len(questions.cases)) + 1):
        put(sheet, number + 1, 1, number)
        for column in range(2, len(FINDING_COLUMNS) + 1):
            open_cell(sheet, number + 1, column)
    case, theme, polarity = (column.heading for column in FINDING_COLUMNS[1:4])
    add_rule(sheet, lists.rule(case, questions.places, "a case, or the whole audit,"), [f"B2:B{LAST_ROW}"])
    add_rule(sheet, lists.rule(theme, theme_choices(audit.codebook), "a theme"), [f"C2:C{LAST_ROW}", f"F2:F{LAST_ROW}"])
    add_rule(sheet, lists.rule(polarity, POLARITY_OF_LABEL, "one of the two"), [f"D2:D{LAST_ROW}"])
    finish(sheet)


def _add_grades(book: Workbook, audit: Audit, questions: ToolQuestions, lists: Lists) -> None:
    sheet, asked = book.create_sheet(GRADES), questions.graded_rows(audit.codebook)
    labels = {standard: standard_label(audit.codebook, standard) for standard in questions.standards}
    put_header(sheet, [Column("Case", "", 18), *(Column(label, "", 30, is_required=True) for label in labels.values())])
    for column, (standard, label) in enumerate(labels.items(), 2):
        cells = []
        for row, (case, standards) in enumerate(asked.items(), 2):
            put(sheet, row, 1, case)
            if standard in standards:
                open_cell(sheet, row, column)
                cells.append(f"{get_column_letter(column)}{row}")
            else:
                put(sheet, row, column, NOT_ASKED)
        add_rule(sheet, lists.rule(label, grade_choices(audit.codebook, standard), "a grade"), cells)
    finish(sheet)


def add_themes(book: Workbook, audit: Audit) -> None:
    sheet = book.create_sheet(THEMES_SHEET)
    put_header(sheet, THEME_SHEET_COLUMNS)
    for row, theme in enumerate(theme_choices(audit.codebook).values(), 2):
        entry = audit.codebook.themes[theme]
        for column, words in enumerate((entry.label, entry.definition, entry.domain), 1):
            put(sheet, row, column, words)
        fit_height(sheet, row)
    finish(sheet)


def workbook_bytes(workbook: Workbook) -> bytes:
    """The file of a workbook. Its parts are stored as they are: compressed bytes differ between machines."""
    written, steady = io.BytesIO(), io.BytesIO()
    workbook.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(steady, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = CLOCKS.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", content)
            archive.writestr(zipfile.ZipInfo(name, ZIP_EPOCH), content)
    return steady.getvalue()


def fill_in(
    book: Workbook,
    codebook: Codebook,
    returned: date,
    involvement: Rows,
    findings: Rows,
    grades: Rows,
    answers: Rows = (),
    facts: Rows = (),
) -> None:
    """Write an agency's rows of involvement.csv, findings.csv, grades.csv and answers.csv into its workbook.

    findings  their ids end with the number of the row they go to; `themes` holds one or two
    facts     rows of cases.csv, of the cases that the agency leads
    What a workbook does not ask (`box`, `moderated`, the reason of a late return) is left out.
    """
    book[RETURN]["B2"] = returned
    forum = next((row["forum"] for row in involvement if row.get("forum")), "")
    book[RETURN]["B3"] = _words(YES_NO_ANSWERS, forum)
    _fill_cases(book, involvement)
    _fill_findings(book, codebook, findings)
    _fill_grades(book, codebook, grades)
    _fill_answers(book, codebook, answers, facts)


def _words(choices: Mapping[str, str], code: str) -> str | None:
    return next((words for words, choice_code in choices.items() if choice_code == code), None)


def _rows_by_case(book: Workbook, sheet: str) -> dict[str, int]:
    return {cell.value: cell.row for (cell,) in book[sheet].iter_rows(min_row=2, max_col=1) if cell.value}


def _fill_cases(book: Workbook, involvement: Rows) -> None:
    rows = _rows_by_case(book, CASES_SHEET)
    for line in involvement:
        is_late = line["state"] == LATE_STATE
        row = rows[line.get("case") or WHOLE]
        book[CASES_SHEET].cell(row, 2).value = _words(state_choices(), "returned" if is_late else line["state"])
        book[CASES_SHEET].cell(row, 3).value = None if is_late else line.get("reason") or None


def _fill_findings(book: Workbook, codebook: Codebook, findings: Rows) -> None:
    for line in findings:
        number = int(line["finding"].rpartition("-")[2])
        first, _, second = line["themes"].partition(";")
        themes = theme_choices(codebook)
        cells = (
            line.get("case") or WHOLE,
            _words(themes, first),
            _words(POLARITY_OF_LABEL, line["polarity"]),
            line["text"],
            _words(themes, second),
        )
        for column, words in enumerate(cells, 2):
            book[FINDINGS_SHEET].cell(number + 1, column).value = words


def _fill_grades(book: Workbook, codebook: Codebook, grades: Rows) -> None:
    if not grades:
        return
    rows = _rows_by_case(book, GRADES)
    columns = {cell.value.partition(" (")[0]: cell.column for cell in book[GRADES][1]}
    for line in grades:
        column = columns[standard_label(codebook, line["standard"])]
        words = _words(grade_choices(codebook, line["standard"]), line["grade"])
        book[GRADES].cell(rows[line.get("case") or WHOLE], column).value = words


def _fill_answers(book: Workbook, codebook: Codebook, answers: Rows, facts: Rows) -> None:
    given = {
        (row.get("case") or WHOLE, row["question"]): (row.get("answer") or "", row.get("evidence") or "")
        for row in answers
    }
    given |= {
        (row["case"], variable): (value, "")
        for row in facts
        for variable, value in row.items()
        if variable in codebook.variables and value
    }
    variables = {variable.id: fact_question(variable) for variable in codebook.variables.values()}
    fill_answers(book, given, {**variables, **codebook.questions})
