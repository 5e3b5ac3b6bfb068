"""A panel's workbook that came back → what it moderated, and the findings it agreed on."""

from dataclasses import dataclass, field
from pathlib import Path

from auditbook.evidence.audit import Audit
from auditbook.evidence.window import Window
from auditbook.panel.rows import PanelRow, choices_of, code_in_words, panel_rows, question_of
from auditbook.panel.workbook import KEY_HEADING, OF_PANEL, PANEL_ANSWER, PANEL_COLUMNS, WHY
from auditbook.returns.answers import answered
from auditbook.returns.archive import received
from auditbook.returns.findings import read_findings
from auditbook.returns.formats import read_workbook
from auditbook.returns.layout import ABOUT_SHEET, FINDINGS_SHEET, WHOLE
from auditbook.returns.opening import Opened
from auditbook.returns.questions import PANEL_FORMAT, ToolQuestions
from auditbook.returns.sheets import KNOWN, Cell, Sheet, refuse_wrong_sheets
from auditbook.returns.tables import MOST_ABOVE, Answer, Line, as_compared, plain_title, read_lines
from auditbook.validation.problems import Place, Refusals, WrongUsage

ITS_ANSWER = PANEL_COLUMNS[2].heading


@dataclass(frozen=True)
class Moderation:
    """What the panel made of one answer; `answer` is a code, empty where it did not look at it."""

    row: PanelRow
    answer: str
    reason: str
    line: Line


@dataclass
class Panel:
    """What came back of a panel."""

    file: str
    moderated: list[Moderation] = field(default_factory=list)
    findings: list[Answer] = field(default_factory=list)
    notes: tuple[str, ...] = ()


def read_panel(path: Path, name: str, audit: Audit, refusals: Refusals) -> Panel:
    """Everything a panel wrote. Problems go to `refusals`, each with its cell. Raises WrongUsage without a file."""
    panel = Panel(name)
    content = _content(path, name, refusals)
    sheets, panel.notes = read_workbook(content, name, refusals) if content is not None else (None, ())
    if sheets is None or not _is_of(sheets, name, audit, refusals):
        return panel
    cases = {title: sheet for title, sheet in sheets.items() if title not in KNOWN and _is_of_a_case(sheet)}
    finding_sheets = refuse_wrong_sheets(sheets, [FINDINGS_SHEET], name, refusals, cases)
    rows = {row.key: row for case_rows in panel_rows(audit).values() for row in case_rows}
    lines: dict[str, Line] = {}
    before = len(refusals.found)
    for sheet in cases.values():
        _read_case(sheet, rows, lines, refusals)
    if len(refusals.found) == before:  # else a row may be there whose key was refused
        _refuse_missing(name, rows, lines, refusals)
    panel.moderated = [_moderation(rows[key], line, audit, refusals) for key, line in lines.items()]
    panel.findings = _findings(finding_sheets, name, audit, refusals)
    return panel


def _content(path: Path, name: str, refusals: Refusals) -> bytes | None:
    if not path.exists() and not path.is_symlink():
        raise WrongUsage(f"there is no file {path}.")
    return received(path, name, refusals)


def _is_of(sheets: dict[str, Sheet], name: str, audit: Audit, refusals: Refusals) -> bool:
    """Whether it is a panel's workbook of this audit; else a refusal (W12, W13)."""
    rows = sheets[ABOUT_SHEET].rows.values() if ABOUT_SHEET in sheets else ()
    written = {row[1].text: row.get(2, Cell("")).text for row in rows if 1 in row}
    if written.get("format") != PANEL_FORMAT:
        problem = "auditbook panel did not make this workbook, or its hidden sheet was changed"
        refusals.add(Place(name), "W13", f"{problem}; run auditbook panel {audit.id}.")
    elif written.get("audit") != str(audit.id):
        problem = (
            f"this is the panel's workbook of the audit {written.get('audit')}, not of {audit.id}; take that one's."
        )
        refusals.add(Place(name), "W12", problem)
    else:
        return True
    return False


def _is_of_a_case(sheet: Sheet) -> bool:
    wanted = {plain_title(PANEL_ANSWER), plain_title(KEY_HEADING)}
    first = sorted(sheet.rows)[:MOST_ABOVE]
    return any(wanted <= {plain_title(cell.text) for cell in sheet.rows[row].values()} for row in first)


def _read_case(sheet: Sheet, rows: dict[str, PanelRow], lines: dict[str, Line], refusals: Refusals) -> None:
    for line in read_lines(sheet, [column.heading for column in PANEL_COLUMNS], refusals):
        key = line.cells.get(KEY_HEADING)
        if key is None and (PANEL_ANSWER in line.cells or WHY in line.cells):
            problem = "nothing says which answer this row is about; put back its key, or empty the row."
            line.refuse(KEY_HEADING, "W19", problem, refusals)
        elif key is not None and key not in rows:
            problem = f'"{key}" is the key of no answer of this audit; make a new workbook with auditbook panel.'
            line.refuse(KEY_HEADING, "W19", problem, refusals)
        elif key in lines:
            line.refuse(KEY_HEADING, "V06", f'"{key}" stands there twice.', refusals)
        elif key is not None:
            lines[key] = line


def _refuse_missing(name: str, rows: dict[str, PanelRow], lines: dict[str, Line], refusals: Refusals) -> None:
    missing = [key for key in rows if key not in lines]
    if missing:
        problem = (
            f"answers of agencies are missing from it: {len(missing)}, the first {missing[0]}; make a new workbook "
            "with auditbook panel, and copy what the panel wrote."
        )
        refusals.add(Place(name), "W19", problem)


def _moderation(row: PanelRow, line: Line, audit: Audit, refusals: Refusals) -> Moderation:
    """What the panel wrote in a row. It must have looked at the answer that stands in the table (W23)."""
    seen, stands = line.cells.get(ITS_ANSWER, ""), code_in_words(row, row.given, audit.codebook)
    if as_compared(seen) != as_compared(stands) and ITS_ANSWER not in line.refused:
        problem = (
            f"{row.agency} answers otherwise by now than the panel saw; make a new workbook with auditbook panel, and "
            "ask the panel again."
        )
        line.refuse(ITS_ANSWER, "W23", problem, refusals)
    question = question_of(row, audit.codebook)
    if question is None:
        given = line.chosen(PANEL_ANSWER, choices_of(row, audit.codebook), "G02", f"a grade of {row.item}", refusals)
    else:
        given = answered(line, PANEL_ANSWER, question, Window.of(audit.id, audit.settings), refusals)
    reason = line.cells.get(WHY, "")
    if reason and not given:
        line.required(PANEL_ANSWER, refusals)
    return Moderation(row, given or "", reason, line)


def _findings(finding_sheets: dict[str, Sheet], name: str, audit: Audit, refusals: Refusals) -> list[Answer]:
    """The findings it agreed on: of no single agency, through the audit's panel, where audit.yml names one."""
    channels = [channel.channel for channel in audit.settings.channels if (channel.kind or channel.channel) == OF_PANEL]
    cases = () if audit.sample is None else tuple(audit.sample["case"])
    asked = ToolQuestions(str(audit.id), OF_PANEL, channels[0] if len(channels) == 1 else "", "", None, cases, ())
    opened = Opened(name, finding_sheets, asked, None)
    written = read_findings(opened, {WHOLE: "returned"}, audit.codebook, refusals)
    return [Answer(finding.cells | {"agency": ""}, finding.places) for finding in written]
