"""The panel's workbook: a sheet a case, agencies' answers and evidence below each other; and agreed findings."""

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from auditbook.codebook.codebook import Codebook
from auditbook.evidence.audit import Audit
from auditbook.panel.rows import PanelRow, choices_of, code_in_words, panel_rows, question_of
from auditbook.panel.theme_suggestions import HitRate, ThemeSuggestions, hits_in_words
from auditbook.returns.layout import FINDING_COLUMNS, FINDINGS_SHEET, POLARITY_OF_LABEL, WHOLE, Column, theme_choices
from auditbook.returns.questions import PANEL_FORMAT
from auditbook.returns.section_sheets import LEAST_HEIGHT, QUIET
from auditbook.returns.styles import (
    SHEET_INK,
    Lists,
    add_about,
    add_guide,
    add_rule,
    finish,
    fit_height,
    font,
    open_cell,
    put,
    put_header,
)
from auditbook.returns.workbook import add_themes

OF_PANEL = "panel"
"""The beginning of the ids of what the panel agrees on, and the kind of its channel."""
PANEL_ANSWER, WHY, KEY_HEADING = "The panel's answer", "Why", "Key"
PANEL_COLUMNS = (
    Column("Question", "", 36),
    Column("Agency", "", 15),
    Column("Its answer", "", 17),
    Column("Its evidence", "", 48),
    Column(PANEL_ANSWER, "", 18),
    Column(WHY, "", 30),
    Column("Themes it may be about", "", 30),
    Column(KEY_HEADING, "", 12),
)
FINDINGS_OFFERED = 60
"""Rows for agreed findings; more may be written below them."""
NEW_QUESTION = Border(top=Side(style="thin", color=SHEET_INK))
LONGEST_SHEET = 31


def panel_workbook(audit: Audit, suggestions: ThemeSuggestions, rate: HitRate) -> Workbook:
    """The workbook for the panel of an audit; what was moderated and agreed before stands in it."""
    book = Workbook()
    book.remove(book.active)
    lists = Lists(book)
    rows = panel_rows(audit)
    add_guide(book, _guide(audit, rate))
    for number, (case, case_rows) in enumerate(rows.items(), 1):
        _add_case(book, sheet_title(number, case), case_rows, audit.codebook, suggestions, lists)
    _add_findings(book, audit, lists)
    add_themes(book, audit)
    lists.write()
    add_about(book, {"format": PANEL_FORMAT, "audit": str(audit.id)}, f"Panel, {audit.id.label}")
    return book


def sheet_title(number: int, case: str) -> str:
    """`1 CH-3010`; the number keeps two long ids apart that begin alike."""
    return f"{number} {case}"[:LONGEST_SHEET]


def _guide(audit: Audit, rate: HitRate) -> list[tuple[str, str]]:
    case = audit.settings.unit.singular
    learnt = (
        f"They are the themes whose words are nearest to the evidence. So far one of them was the coder's own "
        f"{hits_in_words(rate)}."
        if rate.texts
        else "They are the themes whose words are nearest to the evidence; nothing was coded yet to hold them against."
    )
    return [
        ("title", f"Panel: {audit.settings.title}"),
        ("text", f"{audit.id.label}. One sheet a {case}; agencies stand below each other under each question."),
        ("heading", "What to do"),
        (
            "text",
            f"1. For each answer that the panel looked at, write its own under “{PANEL_ANSWER}”: the same, if it "
            "agrees, or another. An empty cell says that the panel did not look at it; the agency's own answer stays.",
        ),
        ("text", f"2. Where it gives another answer, say under “{WHY}” why. No names."),
        (
            "text",
            f"3. Write what the panel agrees on as findings, on the sheet {FINDINGS_SHEET}: one thing a row, in words "
            "of its own.",
        ),
        ("text", f"4. Save it as an Excel workbook (.xlsx), and run auditbook panel {audit.id} --from FILE."),
        ("heading", "Themes it may be about"),
        ("text", f"Suggestions, nearest first, none of them chosen, and no part of the data. {learnt}"),
        ("heading", "Keep it safe"),
        (
            "text",
            f"It holds every agency's evidence about each {case}. Keep it as safe as the returns, and delete "
            "copies. No names of children, relatives or workers belong in it; a workbook that holds any is refused.",
        ),
    ]


def _add_case(
    book: Workbook, title: str, rows: list[PanelRow], codebook: Codebook, suggestions: ThemeSuggestions, lists: Lists
) -> None:
    sheet = book.create_sheet(title)
    put_header(sheet, PANEL_COLUMNS)
    at, before = 2, None
    for row in rows:
        if before is None or before.section != row.section:
            put(sheet, at, 1, row.section, font(12, is_bold=True, color=SHEET_INK))
            at += 1
        _add_row(sheet, at, row, codebook, suggestions, is_new=before is None or before.item != row.item)
        choices, question = choices_of(row, codebook), question_of(row, codebook)
        if choices and not (question and question.type == "multi"):  # no list lets people choose several
            add_rule(sheet, lists.rule(PANEL_ANSWER, choices, "an answer"), [f"E{at}"])
        at, before = at + 1, row
    finish(sheet)
    sheet.freeze_panes = "C2"


def _add_row(
    sheet: Worksheet, at: int, row: PanelRow, codebook: Codebook, suggestions: ThemeSuggestions, is_new: bool
) -> None:
    put(sheet, at, 1, row.text if is_new else "")
    put(sheet, at, 2, codebook.agencies[row.agency].label)
    put(sheet, at, 3, code_in_words(row, row.given, codebook))
    put(sheet, at, 4, row.evidence)
    for column, words in ((5, code_in_words(row, row.moderated, codebook)), (6, row.reason)):
        open_cell(sheet, at, column)
        sheet.cell(at, column).value = words or None
    near = suggestions.nearest(row.evidence) if row.evidence else ()
    put(sheet, at, 7, "; ".join(codebook.themes[theme].label for theme in near))
    put(sheet, at, 8, row.key, QUIET)
    fit_height(sheet, at)
    sheet.row_dimensions[at].height = max(sheet.row_dimensions[at].height, LEAST_HEIGHT)
    if is_new:
        for cell in sheet[at]:
            if cell.column not in (5, 6):
                cell.border = NEW_QUESTION


def _add_findings(book: Workbook, audit: Audit, lists: Lists) -> None:
    """Agreed findings; those of the panel that findings.csv has already stand there."""
    sheet = book.create_sheet(FINDINGS_SHEET)
    put_header(sheet, FINDING_COLUMNS)
    cases = [*([] if audit.sample is None else audit.sample["case"]), WHOLE]
    before = {int(row["finding"].rpartition("-")[2]): row for row in panel_findings(audit)}
    labels = {theme: label for label, theme in theme_choices(audit.codebook).items()}
    polarity = {code: label for label, code in POLARITY_OF_LABEL.items()}
    last = max([FINDINGS_OFFERED, *before])
    for number in range(1, last + 1):
        put(sheet, number + 1, 1, number)
        row = before.get(number)
        themes = [labels.get(theme, theme) for theme in row["themes"]] if row else []
        first, second = (*themes, "", "")[:2]
        good = polarity.get(row["polarity"] or "", "") if row else ""
        words = (row["case"] or WHOLE, first, good, row["text"], second) if row else ("",) * 5
        for column, text in enumerate(words, 2):
            open_cell(sheet, number + 1, column)
            sheet.cell(number + 1, column).value = text or None
    for heading, choices, what, cells in (
        ("Case", cases, "a case, or the whole audit,", ["B"]),
        ("Theme", theme_choices(audit.codebook), "a theme", ["C", "F"]),
        ("Strength or development", POLARITY_OF_LABEL, "one of the two", ["D"]),
    ):
        add_rule(sheet, lists.rule(heading, choices, what), [f"{cell}2:{cell}{last + 1}" for cell in cells])
    finish(sheet)


def panel_findings(audit: Audit) -> list[dict]:
    """The findings that a panel agreed on, as findings.csv has them."""
    if audit.findings is None:
        return []
    rows = audit.findings.to_dict("records")
    return [row for row in rows if is_panels(row["finding"])]


def is_panels(finding: str) -> bool:
    """Whether an id is one that the panel's workbook gives: `panel-01`."""
    beginning, _, number = finding.rpartition("-")
    return beginning == OF_PANEL and number.isascii() and number.isdigit()
