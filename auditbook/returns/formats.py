"""A workbook as any spreadsheet program saves it → its sheets: .xlsx, strict or not, .ods, .xls."""

import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from datetime import date
from pathlib import Path

from auditbook.returns.archive import OLE, SAVE_AGAIN, open_archive, refuse_size, zip_archive
from auditbook.returns.calamine_cells import DAMAGED, SECONDS, TOO_MUCH
from auditbook.returns.layout import MOST_ROWS
from auditbook.returns.old_excel import survey_old_excel
from auditbook.returns.open_document import survey_open_document
from auditbook.returns.sheets import MOST_COLUMNS, Cell, Sheet, cell_of, read_sheets, refuse_personal_cells, shown
from auditbook.returns.survey import Survey, survey_parts
from auditbook.returns.word_sheets import is_word, read_word
from auditbook.validation.problems import Place, Refusals

NEEDED_PARTS = ("mimetype", "content.xml", "styles.xml", "META-INF/manifest.xml")
TAB = re.compile(rb"<text:tab\b[^<>]*/>")
CALAMINE_PROGRAM = Path(__file__).with_name("calamine_cells.py")


def read_workbook(content: bytes, name: str, refusals: Refusals) -> tuple[dict[str, Sheet] | None, tuple[str, ...]]:
    """Title → sheet, and what a person should know of the file; None and a refusal when it cannot be read.

    Which program saved it is told from the bytes: people change the endings of names.
    """
    if is_word(content):
        return read_word(content, name, refusals), ()
    if content.startswith(OLE):
        survey = None if refuse_size(len(content), name, refusals) else survey_old_excel(content, name, refusals)
        sheets = _read_apart(content, name, survey, refusals) if survey else None
    else:
        archive = open_archive(content, name, refusals)
        is_open_document = archive is not None and "content.xml" in archive.namelist()
        look_through = survey_open_document if is_open_document else survey_parts
        read = _read_apart if is_open_document else read_sheets
        survey = look_through(archive, name, refusals) if archive else None
        sheets = read(content, name, survey, refusals) if survey else None
    if sheets is not None:
        refuse_personal_cells(sheets, name, survey, refusals)
    return sheets, survey.notes if survey else ()


def _read_apart(content: bytes, name: str, survey: Survey, refusals: Refusals) -> dict[str, Sheet] | None:
    """The sheets as python-calamine reads them, in a process of its own (W01, W04, W14)."""
    if _refuse_endless(survey, name, refusals):
        return None
    try:
        code, output = _ask(without_tabs(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError):
        code, output = DAMAGED, b""
    if code == TOO_MUCH or code < 0:
        problem = f"it takes more memory or time to read than a return does; {SAVE_AGAIN}."
        refusals.add(Place(name), "W04", problem)
        return None
    sheets = _sheets(json.loads(output), name, survey) if code == 0 else None
    if sheets is None:
        refusals.add(Place(name), "W01", f"this workbook was damaged, and cannot be read; {SAVE_AGAIN}.")
    return sheets


def _ask(content: bytes) -> tuple[int, bytes]:
    """How the program ended, below 0 when the system or the clock ended it, and what it told."""
    command = [sys.executable, "-I", str(CALAMINE_PROGRAM)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=2 * SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return -1, b""
    return done.returncode, done.stdout


def _refuse_endless(survey: Survey, name: str, refusals: Refusals) -> bool:
    """A cell far away makes the library lay out every cell before it."""
    for title, extent in survey.extents.items():
        if extent.last_row > MOST_ROWS + 1 or extent.last_column > MOST_COLUMNS:
            problem = (
                f"something stands below row {MOST_ROWS + 1:,} or far to the right, and would not be read; move it."
            )
            refusals.add(Place(name, sheet=shown(title)), "W14", problem)
            return True
    return False


def _sheets(raw_sheets: list, name: str, survey: Survey) -> dict[str, Sheet] | None:
    """None when the library did not find what the first look through the file did."""
    if (
        {title for title, _ in raw_sheets} != set(survey.extents)
        or len(raw_sheets) != len(survey.extents)
        or not raw_sheets
    ):
        return None
    sheets = {}
    for title, values in raw_sheets:
        extent = survey.extents[title]
        cells = {(row, column): _cell(kind, value) for row, column, kind, value in values}
        cells |= {place: Cell("", "formula") for place in extent.formulas}
        cells |= {place: Cell("", "error") for place in extent.errors - extent.formulas}
        if not extent.filled <= set(cells):
            return None
        sheets[title] = sheet = Sheet(name, title, extent=extent)
        for row, column in sorted(cells):
            sheet.rows.setdefault(row, {})[column] = cells[row, column]
    return sheets


def _cell(kind: str, value: object) -> Cell:
    if kind == "value":
        return cell_of(value)
    return Cell(str(value), "date", date.fromisoformat(str(value)) if kind == "day" else None)


def without_tabs(content: bytes) -> bytes:
    """An OpenDocument with a blank for each tab in a cell, which the library would leave out between two words."""
    if content.startswith(OLE):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist() if info.filename in NEEDED_PARTS}
    if b":tab" not in parts["content.xml"]:
        return content
    return zip_archive({**parts, "content.xml": TAB.sub(b" ", parts["content.xml"])})
