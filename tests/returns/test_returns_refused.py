"""One broken workbook a rule: W. What a person may have done to it, and the one message that comes of it."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from evidence.broken import Broken
from openpyxl import Workbook
from openpyxl.styles import Font
from returns.workbooks import (
    ON_TIME,
    Change,
    broken,
    cell,
    edit,
    file,
    filled,
    moderated,
    part,
    put_return,
    refused,
    store_texts,
    typed,
)

from auditbook.project import Project
from auditbook.returns.archive import ENCRYPTED, OLE

SAVE_AGAIN = "open it in Excel or LibreOffice and save it as “Excel Workbook (.xlsx)”"
HEADINGS = "No., Case, Theme, Strength or development, What was seen, Second theme"


def zipped(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, each in parts.items():
            archive.writestr(name, each)
    return content.getvalue()


def with_doctype(content: bytes) -> bytes:
    return b'<!DOCTYPE a [<!ENTITY b "c">]>' + content[content.find(b"<", 2) if content.startswith(b"<?") else 0 :]


def format_rows(book: Workbook) -> None:
    for row in range(202, 50_202):
        book["Findings"].cell(row, 2).font = Font(bold=True)


def move_theme_to_the_end(book: Workbook) -> None:
    sheet = book["Findings"]
    for row in range(1, sheet.max_row + 1):
        cells = [sheet.cell(row, column).value for column in (4, 5, 6, 3)]
        for column, value in enumerate(cells, 3):
            sheet.cell(row, column).value = value


def put_a_title_above(book: Workbook) -> None:
    book["Findings"].insert_rows(1)
    book["Findings"]["A1"] = "OFFICIAL-SENSITIVE"


def rival(change: Callable[[Workbook], None]) -> Change:
    """A second workbook of the police, of the same day."""

    def changed(root: Path) -> None:
        project = Project.find(root)
        book = filled(project)
        change(book)
        put_return(project, book, "police corrected.xlsx")

    return changed


def ended_agency(agency: str) -> Change:
    """The codebook has an agency that ended before the audit."""

    def changed(root: Path) -> None:
        path = root / "data" / "codebook" / "agencies.csv"
        lines = path.read_text().splitlines()
        ended = [f"{lines[0]},valid_to", *(f"{line}," for line in lines[1:]), f"{agency},{agency.title()},2020-12-31"]
        path.write_text("\n".join(ended) + "\n")

    return changed


def say_more(book: Workbook) -> None:
    book["Findings"]["E2"] = "Seen alone, and heard."


TYPED = {
    ("W07", "Findings!E2", '=HYPERLINK("http://example.org")'): (
        "a formula stands here; type the answer itself, or copy it and choose Paste Special › Values."
    ),
    ("W10", "Findings!C1", "Topic"): '"Topic" stands where the heading “Theme” belongs; put the heading back.',
    ("W10", "Cases!D1", "Worker"): (
        '"Worker" is not a column of this sheet, and would not be read; expected Case, What your agency did, Note.'
    ),
    ("W10", "Cases!D2", "By the duty team"): (
        "this column has no heading, and would not be read; move what it says, and empty it."
    ),
    ("W10", "Return!A5", "Signed by"): (
        "this row is not a question of the tool, and would not be read; expected Date of this return, Did your "
        "agency come to the practitioner forum?."
    ),
    ("W15", "Findings!E2", "- seen alone"): (
        "the text begins with “-”, and a spreadsheet would run it; begin with a word."
    ),
    ("W16", "Findings!E2", ON_TIME): (
        "a date stands here (value not shown), and words belong here; give the cell the format Text, and type it again."
    ),
    ("W16", "Cases!C2", "#N/A"): "an error value stands here; type the answer itself.",
    ("W16", "Cases!C2", True): "TRUE is a value of its own to a spreadsheet, and words belong here; type words.",
    ("V04", "Return!B2", "10/06/21"): '"10/06/21" is not a day; write it like 2021-09-17.',
    ("V05", "Return!B2", None): "“Date of this return” must be filled in.",
    ("V05", "Findings!E2", None): "“What was seen” must be filled in.",
    ("V05", "Grades!C2", None): "“Chronology” must be filled in.",
    ("V06", "Findings!A3", 1): '"1" stands there twice.',
    ("V06", "Findings!F3", "Fathers"): '"Fathers" stands there twice.',
    ("V03", "Findings!A3", "2b"): '"2b" is not a whole number.',
    ("V01", "Return!B3", "Perhaps"): '"Perhaps" is not one of the answers; expected Yes, No.',
    ("V01", "Cases!B4", "Maybe"): (
        '"Maybe" is not an answer of the list; expected Audited for this return, Not involved, Not known to us, '
        "Cannot tell, Declined."
    ),
    ("V09", "Return!B2", "2012-06-10"): "2012-06-10 is before the first day of the fieldwork, 2021-05-03.",
    ("T03", "Findings!C2", "Zebra"): (
        '"Zebra" is not a theme; expected Voice of the child, Fathers, Neglect, Pre-birth assessment.'
    ),
    ("R01", "Findings!B2", "B7"): '"B7" is not a case of this audit; expected A1, A2, A3, Whole audit.',
    ("G02", "Grades!B2", "B+"): (
        '"B+" is not a grade of overall; expected Outstanding, Good, Requires improvement, Inadequate, Not '
        "applicable, Not graded."
    ),
}
"""The rule that is broken, the cell that something is typed into, and what → what is said of it."""
BROKEN = [
    broken("W01", "", f"this is not an Excel workbook, or it was damaged on its way; {SAVE_AGAIN}.", file(b"Dear all")),
    broken("W01", "", f"this file is an archive, but not an Excel workbook; {SAVE_AGAIN}.", file(zipped(a=b"b"))),
    broken(
        "W01",
        "",
        f"this workbook was damaged on its way (xl/styles.xml); {SAVE_AGAIN}.",
        part("xl/styles.xml", lambda old: old[:200]),
    ),
    broken(
        "W01",
        "",
        f"this workbook was damaged, and cannot be read; {SAVE_AGAIN}.",
        part("xl/workbook.xml", lambda old: old.replace(b"sheetId", b"sheet")),
    ),
    broken(
        "W01",
        "Findings!C2",
        f"the words of this cell are not in the file, which was damaged on its way; {SAVE_AGAIN}.",
        store_texts,
        part("xl/worksheets/sheet4.xml", lambda old: re.sub(rb'(r="C2"[^>]*><v>)', rb"\1-", old)),
    ),
    broken(
        "W02",
        "",
        "this workbook is encrypted with a password; take the password off and save it.",
        file(OLE + bytes(500) + ENCRYPTED + bytes(500)),
    ),
    broken(
        "W01",
        "",
        f"this is not an Excel workbook, or it was damaged on its way; {SAVE_AGAIN}.",
        file(OLE + bytes(500)),
    ),
    broken(
        "W03",
        "",
        f"this workbook holds macros, which are never accepted; {SAVE_AGAIN}.",
        part("xl/vbaProject.bin", b"Sub Auto_Open()"),
    ),
    Broken(
        "W03",
        "returns/schools.xlsm: a workbook of this kind may hold macros, which are never accepted; save it as .xlsx. "
        "[W03]",
        (file(b"", "schools.xlsm"),),
    ),
    broken(
        "W04",
        "",
        "this file unpacks to 100 MB, and a return to less than 24 MB; copy the answers into a new workbook from "
        "auditbook tool.",
        part("xl/media/a.bmp", bytes(100_000_000)),
    ),
    broken(
        "W04",
        "",
        "this file holds 1,001 parts, and a return about twenty; copy the answers into a new workbook from auditbook "
        "tool.",
        file(zipped(**{f"part{number}": b"" for number in range(1_001)})),
    ),
    broken(
        "W04",
        "",
        "it holds more than 250,000 cells and other parts, or 3,000,000 letters; copy the answers into a new workbook "
        "from auditbook tool.",
        part("xl/worksheets/sheet1.xml", b"<a>" + b"<b/>" * 250_000 + b"</a>"),
    ),
    broken(
        "W05",
        "",
        f"it declares XML entities (docProps/core.xml), which no spreadsheet program writes; {SAVE_AGAIN}.",
        part("docProps/core.xml", with_doctype),
    ),
    broken(
        "W06",
        "",
        "it holds a picture, a drawing, a chart, an object or a link to another file (xl/media/image1.png), which "
        "cannot be searched for personal data; delete it, say in words what it shows, and save.",
        part("xl/media/image1.png", b"\x89PNG"),
    ),
    broken(
        "W08",
        "Cases!B2:B3",
        "these cells are merged; unmerge them, and fill in each cell that should hold something.",
        edit(lambda book: book["Cases"].merge_cells("B2:B3")),
    ),
    broken(
        "W09",
        "Our findings",
        "this sheet was called Findings, and can only be read under that name; rename it.",
        edit(lambda book: setattr(book["Findings"], "title", "Our findings")),
    ),
    broken(
        "W09",
        "",
        "the sheet Grades is missing; copy the answers into a new workbook from auditbook tool.",
        edit(lambda book: book.remove(book["Grades"])),
    ),
    broken(
        "W09",
        "Chronology",
        "this sheet is not part of the tool, and would not be read; move what it says, and delete it.",
        edit(lambda book: book.create_sheet("Chronology").append(["A move"])),
    ),
    broken(
        "W10",
        "Findings",
        "the columns stand in the order No., Case, Strength or development, What was seen, Second theme, Theme; move "
        f"them back to {HEADINGS}.",
        edit(move_theme_to_the_end),
    ),
    broken(
        "W10",
        "Findings!F1",
        "the heading “Second theme” is missing; put the column back.",
        cell("Findings", "F1", None),
        cell("Findings", "F3", None),
    ),
    broken(
        "W10",
        "Return",
        "the question “Did your agency come to the practitioner forum?” is missing; put its row back.",
        edit(lambda book: book["Return"].delete_rows(3)),
    ),
    broken(
        "W11",
        "",
        "it was made with another version of the codebook: timeliness is no longer graded; run auditbook tool "
        "2021-22-Q1 --agency police --replace, and copy the answers over.",
        cell("auditbook", "B8", "overall;chronology;timeliness"),
    ),
    broken(
        "W10",
        "Findings!A1",
        "this row stands above the headings, and would not be read; move what it says, and delete the row.",
        edit(put_a_title_above),
    ),
    broken(
        "W11",
        "",
        "it was made with another version of the codebook: fire is no longer an agency; run auditbook tool 2021-22-Q1, "
        "and copy the answers into the new workbook.",
        cell("auditbook", "B3", "fire"),
    ),
    broken(
        "R02",
        "",
        '"panel" is not a channel of audit.yml; expected case_file_audit.',
        cell("auditbook", "B4", "panel"),
    ),
    broken("V13", "", "Fire ended on 2020-12-31.", ended_agency("fire"), cell("auditbook", "B3", "fire")),
    broken(
        "W12",
        "",
        "this is a workbook of the audit 2020-21-Q4, not of 2021-22-Q1; move it to its returns.",
        cell("auditbook", "B2", "2020-21-Q4"),
    ),
    broken(
        "W13",
        "",
        "auditbook tool did not make this workbook, or its hidden sheet was changed; run auditbook tool 2021-22-Q1, "
        "and copy the answers into the new workbook.",
        edit(lambda book: book.remove(book["auditbook"])),
    ),
    broken(
        "W14",
        "Findings",
        "50,101 rows are formatted, and nothing is written below row 101; mark the rows from 102 down, delete them, "
        "and save.",
        edit(format_rows),
    ),
    broken(
        "W14",
        "Findings",
        "something stands below row 5,001 or far to the right, and would not be read; move it.",
        cell("Findings", "E5002", "One more thing."),
    ),
    Broken(
        "W17",
        "returns/police corrected.xlsx: returns/police.xlsx is of the same agency and has the same date, and they "
        "differ; write the later day in the one that is the correction, or take the other away. [W17]",
        (rival(say_more),),
    ),
    broken(
        "W18",
        "Grades!B4",
        "A3 has grades, and on the sheet Cases it is not “Audited for this return”; correct one of the two.",
        cell("Grades", "B4", "Good"),
        cell("Grades", "C4", "Met"),
    ),
    broken(
        "W18",
        "Findings!B4",
        "A3 has a finding, and on the sheet Cases it is not “Audited for this return”; correct one of the two.",
        cell("Findings", "B4", "A3"),
        cell("Findings", "C4", "Neglect"),
        cell("Findings", "D4", "Strength"),
        cell("Findings", "E4", "Seen."),
    ),
    broken(
        "W19",
        "Cases",
        "the row of A3 is missing; put it back, and say what your agency did.",
        cell("Cases", "A4", None),
        cell("Cases", "B4", None),
    ),
    broken("W19", "Grades", "the row of A2 is missing; put it back.", edit(lambda book: book["Grades"].delete_rows(3))),
    broken(
        "W19",
        "Cases!A5",
        '"B7" is not a case this workbook asks about; expected A1, A2, A3.',
        cell("Cases", "A5", "B7"),
        cell("Cases", "B5", "Not known to us"),
    ),
    Broken(
        "W20",
        "returns/police.csv: this is one sheet of a workbook at most, and does not say whose; save the workbook as "
        ".xlsx and send that, or else every sheet under these names: police-auditbook.csv, police-Return.csv, "
        "police-Cases.csv, police-Findings.csv, police-Grades.csv. [W20]",
        (file(b"Case,What your agency did (required),Note\nA1,Declined,\n", "police.csv"),),
    ),
    broken(
        "W21",
        "Grades!B2",
        "the panel moderated overall from good to outstanding, and now the agency says inadequate; empty the cell "
        "data/audits/2021-22-Q1/grades.csv:2: moderated, or have the earlier grade put back.",
        moderated("good", "outstanding"),
        cell("Grades", "B2", "Inadequate"),
    ),
    broken(
        "W21",
        "Grades",
        "the panel moderated overall from good to outstanding, and now the agency says no grade; empty the cell "
        "data/audits/2021-22-Q1/grades.csv:2: moderated, or have the earlier grade put back.",
        moderated("good", "outstanding"),
        cell("Cases", "B2", "Not involved"),
        cell("Findings", "B2", "Whole audit"),
        cell("Grades", "B2", None),
        cell("Grades", "C2", None),
    ),
    # Rules that other files share, as they sound of a workbook.
    broken("V06", "Cases!A5", '"A1" stands there twice.', cell("Cases", "A5", "A1"), cell("Cases", "B5", "Declined")),
    *typed(TYPED),
]


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_a_broken_workbook_gives_this_one_message(case: Broken, tmp_path):
    assert refused(tmp_path, *case.changes) == [case.message]


def test_an_unbroken_workbook_gives_none(tmp_path):
    assert refused(tmp_path) == []


def test_a_sheets_name_stays_on_one_line(tmp_path):
    [message] = refused(
        tmp_path, part("xl/workbook.xml", lambda old: old.replace(b'name="Grades"', b'name="Gra&#10;&#x202e;des"'))
    )
    assert message.startswith("returns/police.xlsx › Gra �des: this sheet was called Grades")


TEN = (
    cell("Findings", "C2", "Pre-birth asesment"),
    cell("Findings", "D2", "Weakness"),
    cell("Findings", "E2", "+44"),
    cell("Findings", "B3", "A9"),
    cell("Findings", "E3", None),
    cell("Cases", "B4", None),
    cell("Cases", "D3", "By the duty team"),
    cell("Grades", "B2", "Super"),
    cell("Grades", "B3", "=B2"),
    cell("Return", "B2", "10/06/21"),
)


def test_ten_mistakes_give_ten_refusals_at_once_each_with_its_cell(tmp_path):
    messages = refused(tmp_path, *TEN)
    assert [line.removeprefix("returns/police.xlsx › ").partition(":")[0] for line in messages] == [
        "Return!B2",
        "Cases!D3",
        "Cases!B4",
        "Findings!C2",
        "Findings!D2",
        "Findings!E2",
        "Findings!B3",
        "Findings!E3",
        "Grades!B2",
        "Grades!B3",
    ]


def test_a_misspelt_theme_is_told_with_the_theme_that_was_meant(tmp_path):
    assert refused(tmp_path, TEN[0]) == [
        'returns/police.xlsx › Findings!C2: "Pre-birth asesment" is not a theme. Did you mean pre_birth_assessment '
        "(Pre-birth assessment)? [T03]"
    ]
