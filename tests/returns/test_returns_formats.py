"""Workbooks as other programs save them: read like our own where their answers can be read, else refused by name."""

import csv
import io
import re
import subprocess
import sys
import zipfile

import pytest
from builders import a_theme
from openpyxl import Workbook
from returns.workbooks import (
    ID,
    Change,
    cell,
    edit,
    file,
    messages_of,
    part,
    put_return,
    rebuilt,
    refused,
    return_of,
    returned_project,
    store_texts,
    stored_texts,
)

from auditbook.build.check import check_audits
from auditbook.project import Project
from auditbook.returns.calamine_cells import DAMAGED, TOO_MUCH
from auditbook.returns.formats import CALAMINE_PROGRAM
from auditbook.returns.importing import format_import, plan_import
from auditbook.returns.reading import other_files
from auditbook.validation.files import is_left_behind
from auditbook.validation.problems import WrongUsage

NHS = "943 476 5919"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DRAWING = b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"%s'


def texts_of(project: Project) -> dict[str, str]:
    """File → the text that an import would give it."""
    return {path.name: text for path, text in plan_import(project, ID).files.items()}


def notes_of(project: Project) -> tuple[str, ...]:
    [found] = plan_import(project, ID).returns
    return found.notes


def every_part(change) -> Change:
    """Every part of the archive changed."""
    return lambda root: return_of(root).write_bytes(rebuilt(return_of(root).read_bytes(), change))


def strict(name: str, content: bytes) -> bytes:
    """As Excel saves “Strict Open XML Spreadsheet”."""
    return re.sub(
        rb"http://schemas.openxmlformats.org/([a-zA-Z]+)/2006/(?!metadata)", rb"http://purl.oclc.org/ooxml/\1/", content
    )


def strict_in_single_marks(name: str, content: bytes) -> bytes:
    return re.sub(rb'="(http://purl[^"]*)"', rb"='\1'", strict(name, content))


def prefixed(name: str, content: bytes) -> bytes:
    """Sheets whose every element has a prefix, as some programs write them."""
    if not name.startswith("xl/worksheets/sheet"):
        return content
    content = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", content)
    return content.replace(b'xmlns="' + MAIN, b'xmlns:x="' + MAIN)


def moved(name: str, content: bytes) -> bytes:
    return content.replace(b"/xl/workbook.xml", b"/xl/workbook2.xml").replace(b'"xl/workbook.xml', b'"xl/workbook2.xml')


PERSONS = b'<personList><person displayName="A Worker" id="{1}" userId="worker@example.org"/></personList>'
LABEL = b'<labelList><label id="{f42aa342-8706-4288-bd11-ebb85995028c}" method="Standard"/></labelList>'
OPEN_TAGS = b"<xml><v:shape><br>Ask the ward</v:shape></xml>"
READ = {
    "strict Open XML": every_part(strict),
    "strict Open XML in single quotation marks": every_part(strict_in_single_marks),
    "prefixed namespaces": every_part(prefixed),
    "an empty drawing": part("xl/drawings/drawing1.xml", DRAWING % b"/>"),
    "a persons part": part("xl/persons/person.xml", PERSONS),
    "a note's drawing with open tags": part("xl/drawings/vmlDrawing1.vml", OPEN_TAGS),
    "a label of sensitivity": part("docMetadata/LabelInfo.xml", LABEL),
    "a binary property": part("xl/customProperty1.bin", "Department: safeguarding".encode("utf-16-le")),
    "what an editor threw away": part("[trash]/0000.dat", b"\0" * 400),
    "a blank row above the headings": edit(lambda book: book["Findings"].insert_rows(1)),
    "invisible characters around an id": cell("Findings", "B2", "\u200b\u00a0A1\u200f\ufeff"),
    "invisible characters in an id": cell("Findings", "B2", "A\u200d1"),
    "a soft hyphen in a theme": cell("Findings", "C2", "Voice of the chi\u00adld"),
}


@pytest.mark.parametrize("change", READ.values(), ids=READ)
def test_what_another_program_saved_is_read_as_what_was_filled_in(change, tmp_path):
    plain = texts_of(returned_project(tmp_path / "plain"))
    other = returned_project(tmp_path / "other")
    change(other.root)
    assert texts_of(other) == plain


def test_a_workbook_under_another_name_in_its_archive_is_read(tmp_path):
    project = returned_project(tmp_path)
    packed = io.BytesIO()
    with zipfile.ZipFile(return_of(tmp_path)) as found, zipfile.ZipFile(packed, "w") as archive:
        for name in found.namelist():
            content = moved(name, found.read(name))
            archive.writestr(name.replace("workbook.xml", "workbook2.xml"), content)
    put_return(project, packed.getvalue())
    assert messages_of(project) == []


def test_a_word_is_kept_whole_with_the_joining_characters_inside_it(tmp_path):
    project = returned_project(tmp_path)
    family = "A family \U0001f468\u200d\U0001f469\u200d\U0001f467."
    cell("Findings", "E2", f"\u200b{family}\u200b")(tmp_path)
    assert family in texts_of(project)["findings.csv"]


REFUSED = {
    "a drawing that draws": (
        part("xl/drawings/drawing1.xml", DRAWING % b"><xdr:sp/></xdr:wsDr>"),
        "it holds a picture, a drawing, a chart, an object or a link to another file (xl/drawings/drawing1.xml)",
    ),
    "a picture called a property": (part("xl/customProperty1.bin", b"\x89PNG\r\n"), "(xl/customProperty1.bin)"),
    "a signature": (part("_xmlsignatures/origin.sigs", b""), "(_xmlsignatures/origin.sigs)"),
    "no sheet": (
        part("xl/workbook.xml", lambda old: re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", old)),
        "this workbook was damaged, and cannot be read; open it in Excel or LibreOffice",
    ),
    "a sheet that is not in the file": (
        part("xl/_rels/workbook.xml.rels", lambda old: old.replace(b"sheet6.xml", b"sheet60.xml")),
        "this workbook was damaged on its way (xl/workbook.xml); open it in Excel or LibreOffice",
    ),
    "a cell with two values": (
        part("xl/worksheets/sheet4.xml", lambda old: old.replace(b"</is></c>", b"</is><v>0</v></c>", 1)),
        "this workbook was damaged on its way (xl/worksheets/sheet4.xml)",
    ),
}


@pytest.mark.parametrize(("change", "problem"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_safely_is_refused_by_name(change, problem, tmp_path):
    [message] = refused(tmp_path, change)
    assert message.startswith("returns/police.xlsx: ") and problem in message


def point_at(place: str) -> Change:
    """The first theme of the sheet Findings points at another place in the store of texts."""
    theme = rb'(<c r="C2"[^>]*t="s"[^>]*><v>)\d+'
    return part("xl/worksheets/sheet4.xml", lambda sheet: re.sub(theme, rb"\g<1>" + place.encode(), sheet))


def test_texts_in_a_store_of_their_own_are_read(tmp_path):
    plain = texts_of(returned_project(tmp_path / "plain"))
    other = returned_project(tmp_path / "other")
    store_texts(other.root)
    assert texts_of(other) == plain


@pytest.mark.parametrize("beyond", [-1, None, 5_000], ids=["before the first", "behind the last", "far behind"])
def test_a_place_outside_the_store_of_texts_is_refused_with_its_cell(beyond, tmp_path):
    project = returned_project(tmp_path)
    store_texts(tmp_path)
    point_at(str(stored_texts(tmp_path) if beyond is None else beyond))(tmp_path)
    assert messages_of(project) == [
        "returns/police.xlsx › Findings!C2: the words of this cell are not in the file, which was damaged on its way; "
        "open it in Excel or LibreOffice and save it as “Excel Workbook (.xlsx)”. [W01]"
    ]


def test_the_last_place_in_the_store_of_texts_is_one(tmp_path):
    project = returned_project(tmp_path)
    store_texts(tmp_path)
    point_at(str(stored_texts(tmp_path) - 1))(tmp_path)
    assert [line[-5:] for line in messages_of(project)] in ([], ["[T03]"])


@pytest.mark.parametrize("place", ["1_0", "0x1", "1e1", "\u0661", "99999999999", "-", "one"])
def test_a_place_in_the_store_of_texts_that_is_no_number_is_refused(place, tmp_path):
    project = returned_project(tmp_path)
    store_texts(tmp_path)
    point_at(place)(tmp_path)
    [message] = messages_of(project)
    assert "damaged on its way (xl/worksheets/sheet4.xml)" in message


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("xl/customProperty1.bin", NHS.encode("utf-16-le")),
        ("xl/customProperty1.bin", NHS.encode()),
        ("xl/drawings/vmlDrawing1.vml", b"<xml><br>" + NHS.encode() + b"</xml>"),
        ("docMetadata/LabelInfo.xml", b"<labelList><label name='%s'/></labelList>" % NHS.encode()),
    ],
)
def test_parts_that_nothing_reads_are_searched_for_personal_data(path, content, tmp_path):
    [message] = refused(tmp_path, part(path, content))
    assert message.startswith(f"returns/police.xlsx › {path}: personal data") and message.endswith("[P03]")


def test_the_accounts_that_deleted_comments_left_behind_are_told(tmp_path):
    project = returned_project(tmp_path)
    part("xl/persons/person.xml", PERSONS)(tmp_path)
    assert notes_of(project) == ("the accounts of people who commented in it are not imported",)


# A codebook that changed while workbooks were out.


def change_themes(project: Project, old: str, new: str) -> None:
    path = project.data / "codebook" / "themes.csv"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_theme_that_was_added_since_refuses_nothing_and_is_told(tmp_path):
    project = returned_project(tmp_path)
    path = project.data / "codebook" / "themes.csv"
    line = (
        path.read_text()
        .splitlines()[-1]
        .replace("pre_birth_assessment", "poverty")
        .replace("Pre-birth assessment", "Poverty")
    )
    path.write_text(path.read_text() + line + "\n")
    assert messages_of(project) == []
    assert notes_of(project) == ("it was made before the codebook changed; all that it chose is still there",)


def test_a_theme_that_was_renamed_refuses_only_the_answer_that_chose_it(tmp_path):
    project = returned_project(tmp_path)
    change_themes(project, "Voice of the child", "Lived experience")
    [message] = messages_of(project)
    assert message.startswith('returns/police.xlsx › Findings!C2: "Voice of the child" is not a theme')


def test_a_theme_that_nobody_chose_may_go(tmp_path):
    project = returned_project(tmp_path)
    change_themes(project, "Pre-birth assessment", "Unborn children")
    assert messages_of(project) == []


def test_a_theme_that_another_took_the_place_of_proposes_the_other(tmp_path):
    project = returned_project(tmp_path, a_theme("men_who_care"))
    path = project.data / "codebook" / "themes.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    for row in rows:
        row["successor"] = "men_who_care" if row["theme"] == "fathers" else ""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue())
    [message] = messages_of(project)
    assert message.endswith('"Fathers" is not a theme. Did you mean men_who_care (Men who care)? [T03]')


def test_a_grade_that_was_added_since_refuses_nothing(tmp_path):
    project = returned_project(tmp_path)
    cell("auditbook", "B5", "older")(tmp_path)
    assert messages_of(project) == []


# Other files among the returns.


def test_another_file_is_named_once_and_stops_nothing(tmp_path):
    project = returned_project(tmp_path)
    plain = texts_of(project)
    for name in ("letter.docx", "scan.pdf", "minutes.csv"):
        file(b"Dear all,\n", name)(tmp_path)
    planned = plan_import(project, ID)
    assert texts_of(project) == plain
    told = format_import(project, planned, is_dry=True)
    for name in ("letter.docx", "scan.pdf", "minutes.csv"):
        assert told.count(f"warning: returns/{name} is not a workbook, and was not read") == 1


def test_where_nothing_but_another_file_lies_that_is_said(tmp_path):
    project = returned_project(tmp_path)
    return_of(tmp_path).unlink()
    file(b"", "letter.docx")(tmp_path)
    with pytest.raises(WrongUsage, match="letter.docx is not a workbook"):
        plan_import(project, ID)


LEFT = (".DS_Store", "Thumbs.db", "thumbs.DB", "desktop.ini", "~$police.xlsx", ".~lock.police.xlsx#", "._police.xlsx")


def test_what_systems_and_editors_leave_behind_is_passed_over_in_silence(tmp_path):
    project = returned_project(tmp_path)
    for name in LEFT:
        file(b"\0", name)(tmp_path)
    assert messages_of(project) == []
    assert other_files(return_of(tmp_path).parent) == ()


@pytest.mark.parametrize("name", ["DS_Store", "police.xlsx", ".~lock.police.xlsx", "desktop.ini.xlsx", "$police.xlsx"])
def test_a_name_that_only_looks_like_one_is_not_passed_over(name):
    assert not is_left_behind(name)


# The process of its own.


def far_away() -> bytes:
    """A workbook of two cells, for which the library lays out 17 billion."""
    book, packed = Workbook(), io.BytesIO()
    book.active["A1"] = book.active["XFD1048576"] = 1
    book.save(packed)
    return packed.getvalue()


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of memory")
def test_a_file_that_would_take_all_memory_ends_its_own_process_alone():
    done = subprocess.run([sys.executable, "-I", CALAMINE_PROGRAM], input=far_away(), capture_output=True, timeout=120)
    assert done.returncode == TOO_MUCH or done.returncode < 0


def test_a_file_that_the_library_cannot_read_is_told_as_damaged():
    done = subprocess.run([sys.executable, "-I", CALAMINE_PROGRAM], input=b"Dear all", capture_output=True, timeout=120)
    assert done.returncode == DAMAGED


def test_check_warns_of_another_file_among_the_returns_too(tmp_path):
    project = returned_project(tmp_path)
    file(b"", "letter.docx")(tmp_path)
    _, warnings = check_audits(project, None)
    told = [warning["text"] for warning in warnings if "letter.docx" in warning["text"]]
    assert len(told) == 1
    assert told[0].startswith("returns/letter.docx is not a workbook, and was not read")
