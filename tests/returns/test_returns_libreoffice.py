"""The workbooks in the real LibreOffice Calc: opened, saved as .xlsx, .ods and .xls, and imported."""

import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from PIL import Image as PillowImage
from returns.workbooks import (
    ID,
    ON_TIME,
    asked_project,
    audit_of,
    filled,
    messages_of,
    put_return,
    questions,
    return_of,
    returned_project,
)

from auditbook.project import Project
from auditbook.returns.importing import import_returns, plan_import
from auditbook.returns.merging import MERGED_FILES
from auditbook.returns.workbook import tool_workbook, workbook_bytes


def converted(path: Path, to: str, folder: Path) -> tuple[Path, str]:
    """What Calc saves of a file, and what it said meanwhile."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", to]
    done = subprocess.run([*command, "--outdir", folder, path], capture_output=True, text=True, timeout=180, check=True)
    return folder / path.with_suffix(f".{to}").name, done.stdout + done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("calc")


@pytest.fixture(scope="module")
def saved(folder) -> tuple[Project, Path, str]:
    """The project, the return of the police as Calc saved it, and what Calc said."""
    project = asked_project(folder / "project")
    return project, *converted(put_return(project, filled(project)), "xlsx", folder)


def test_calc_opens_and_saves_a_return_without_a_warning(saved):
    [said] = [line for line in saved[2].splitlines() if line and "javaldx" not in line]  # no Java: nothing of ours
    assert said.startswith("convert ") and said.endswith("using filter : Calc Office Open XML")


def test_what_calc_saved_is_imported_as_what_was_filled_in(saved):
    project, path, _ = saved
    import_returns(project, ID)
    written = [file for file in MERGED_FILES if (project.audits / str(ID) / file).exists()]
    tables = {file: (project.audits / str(ID) / file).read_bytes() for file in written}
    return_of(project.root).write_bytes(path.read_bytes())
    assert messages_of(project) == []
    import_returns(project, ID)
    assert {file: (project.audits / str(ID) / file).read_bytes() for file in written} == tables


def test_calc_keeps_the_drop_downs_the_hidden_sheets_and_the_protection(saved):
    book = load_workbook(saved[1])
    assert [sheet.title for sheet in book if sheet.sheet_state == "hidden"] == ["Lists", "auditbook"]
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)
    lists = {rule.formula1 for sheet in book for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert len(lists) == 7


def test_a_workbook_that_nobody_filled_in_prints_on_whole_pages(folder):
    """A page too narrow for its words would cut them off: the guide's last words are all there."""
    project = asked_project(folder / "unfilled")
    path = folder / "tool.xlsx"
    path.write_bytes(workbook_bytes(tool_workbook(audit_of(project), questions(project))))
    pdf, _ = converted(path, "pdf", folder)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    words = " ".join(text.split())
    assert "send it again: the later one counts." in words
    assert "A workbook that holds any is refused." in words


# Saved in other formats. Each change is made to a workbook of its own; all are converted in one go.

PHONE = "07700 900123"


def picture_of(book: Workbook) -> None:
    pixel = io.BytesIO()
    PillowImage.new("RGB", (9, 9), "red").save(pixel, "png")
    book["Findings"].add_image(Image(pixel), "H2")


def chart_of(book: Workbook) -> None:
    chart = BarChart()
    chart.add_data(Reference(book["Findings"], min_col=1, min_row=2, max_row=9))
    book["Findings"].add_chart(chart, "H2")


def put(sheet: str, reference: str, value: object) -> Callable[[Workbook], None]:
    return lambda book: book[sheet].__setitem__(reference, value)


def comment(words: str) -> Callable[[Workbook], None]:
    return lambda book: setattr(book["Findings"]["E2"], "comment", Comment(words, "x"))


CHANGED = {
    "as_it_was": (lambda book: None, []),
    "formula": (put("Findings", "E2", '="Seen "&"alone."'), ["Findings!E2 W07"]),
    "error": (put("Cases", "C2", "=1/0"), ["Cases!C2 W07"]),
    "date": (put("Findings", "E2", ON_TIME), ["Findings!E2 W16"]),
    "theme": (put("Findings", "C2", "Zebra"), ["Findings!C2 T03"]),
    "merged": (lambda book: book["Cases"].merge_cells("B2:B3"), ["Cases!B2:B3 W08"]),
    "row_above": (lambda book: book["Findings"].insert_rows(1), []),
    "number": (put("Findings", "E2", 9434765919), ["Findings!E2 P03"]),
    "hidden": (put("Lists", "A30", PHONE), ["Lists!A30 P06"]),
    "comment": (comment("Ask the ward"), []),
    "comment_personal": (comment(f"Ring {PHONE}"), ["P06"]),
    "link": (lambda book: setattr(book["Findings"]["E2"], "hyperlink", "mailto:robin@example.org"), ["P07"]),
    "header": (lambda book: setattr(book["Findings"].oddHeader.left, "text", PHONE), ["P06"]),
    "property": (lambda book: setattr(book.properties, "keywords", "robin@example.org"), ["P07"]),
    "picture": (picture_of, ["W06"]),
    "chart": (chart_of, ["W06"]),
    "sheet": (lambda book: book.create_sheet("Chronology").append(["A move"]), ["Chronology W09"]),
}
"""What was done to a workbook → place and rule of what is refused; the rule alone where formats differ in the place."""


@pytest.fixture(scope="module")
def other_formats(folder) -> tuple[Project, Path]:
    """The project, and the folder of every changed workbook as Calc saves it as .ods and .xls."""
    project = returned_project(folder / "changed")
    out = folder / "formats"
    out.mkdir()
    for name, (change, _) in CHANGED.items():
        book = load_workbook(return_of(project.root))
        change(book)
        book.save(out / f"{name}.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for to in ("ods", "xls"):
        command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", out, *sorted(out.glob("*.xlsx"))]
        subprocess.run(command, capture_output=True, timeout=300, check=True)
    return project, out


@pytest.mark.parametrize("name", CHANGED)
@pytest.mark.parametrize("to", ["ods", "xls"])
def test_a_workbook_in_another_format_is_refused_for_what_an_xlsx_is(other_formats, to, name):
    project, out = other_formats
    return_of(project.root).write_bytes((out / f"{name}.{to}").read_bytes())
    found = [f"{line.partition(': ')[0].rpartition(' › ')[2]} {line[-4:-1]}" for line in messages_of(project)]
    assert len(found) == len(CHANGED[name][1])
    assert all(line.endswith(expected) for line, expected in zip(found, CHANGED[name][1], strict=True))


@pytest.mark.parametrize("to", ["ods", "xls"])
def test_a_workbook_in_another_format_gives_the_same_tables(other_formats, to):
    project, out = other_formats
    texts = []
    for ending in ("xlsx", to):
        return_of(project.root).write_bytes((out / f"as_it_was.{ending}").read_bytes())
        texts.append({path.name: text for path, text in plan_import(project, ID).files.items()})
    assert texts[0] == texts[1]


@pytest.mark.parametrize("to", ["ods", "xls"])
def test_comments_in_another_format_are_counted_and_told(other_formats, to):
    project, out = other_formats
    return_of(project.root).write_bytes((out / f"comment.{to}").read_bytes())
    [found] = plan_import(project, ID).returns
    assert found.notes == ("1 comments in it are not imported",)


def changed_body(content: bytes, old: bytes, new: bytes, name: str = "content.xml") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as found, zipfile.ZipFile(packed, "w") as archive:
        for path in found.namelist():
            body = found.read(path)
            assert path != name or old in body
            archive.writestr(path, body.replace(old, new, 1) if path == name else body)
    return packed.getvalue()


SEEN = b"<text:p>Seen alone, and often.</text:p>"
REPEATED = b"""<table:table-row table:number-rows-repeated="%d">\
<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>"""
DOCTYPE = b'<!DOCTYPE a [<!ENTITY b "c">]><office:document-content'
ENCRYPTED = b"<manifest:encryption-data/></manifest:manifest>"


def test_what_an_open_document_hides_is_refused(other_formats):
    project, out = other_formats
    whole = (out / "as_it_was.ods").read_bytes()
    end = b"</table:table-row>"
    cases = {
        "[W14]": changed_body(whole, end, end + REPEATED % 6_000),
        "[W04]": changed_body(whole, end, end + REPEATED % 1_000_000),
        "[W05]": changed_body(whole, b"<office:document-content", DOCTYPE),
        "[W06]": changed_body(whole, SEEN, SEEN + b"<draw:custom-shape/>"),
        "[W02]": changed_body(whole, b"</manifest:manifest>", ENCRYPTED, "META-INF/manifest.xml"),
    }
    for rule, content in cases.items():
        return_of(project.root).write_bytes(content)
        assert [line[-5:] for line in messages_of(project)] == [rule]


def test_tabs_between_words_of_an_open_document_stay_between_them(other_formats):
    project, out = other_formats
    whole = (out / "as_it_was.ods").read_bytes()
    tabbed = changed_body(whole, SEEN, b"<text:p>Seen<text:tab/>alone.</text:p>")
    return_of(project.root).write_bytes(tabbed)
    [found] = plan_import(project, ID).returns
    assert found.findings[0].cells["text"] == "Seen alone."


def test_cut_and_damaged_files_of_other_formats_are_refused_or_read_whole(other_formats):
    project, out = other_formats
    for ending in ("ods", "xls"):
        whole = (out / f"as_it_was.{ending}").read_bytes()
        for share in range(1, 10):
            at = share * len(whole) // 10
            for content in (whole[:at], whole[:at] + b"\xff\0\xff\0" * 8 + whole[at + 32 :]):
                return_of(project.root).write_bytes(content)
                assert all(line.endswith("]") for line in messages_of(project))


BOOK_BEGINS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
"""The first record of an .xls, which says that the workbook's own follow."""
PROPERTIES = "\x05SummaryInformation".encode("utf-16-le")
WORDS_OF_A_CELL = b"\xfd\x00\x0a\x00"
"""The record of a cell whose words stand in the store of all texts: row, column, style and place, 10 bytes."""


def patched(content: bytes, after: bytes, gap: int, new: bytes) -> bytes:
    at = content.index(after) + len(after) + gap
    return content[:at] + new + content[at + len(new) :]


def test_what_an_old_workbook_hides_is_refused(other_formats):
    project, out = other_formats
    whole = (out / "as_it_was.xls").read_bytes()
    cases = {
        "encrypted with a password": patched(whole, BOOK_BEGINS, 12, b"\x2f\x00"),
        "a format before Excel 97": patched(whole, BOOK_BEGINS, -4, b"\x00\x05"),
        "holds macros": whole.replace(PROPERTIES, "_VBA_PROJECT_CUR_xx".encode("utf-16-le")),
        "(Ctls_of_a_workbook_)": whole.replace(PROPERTIES, "Ctls_of_a_workbook_".encode("utf-16-le")),
        "Guide!A1: the words of this cell are not in the file": patched(whole, WORDS_OF_A_CELL, 6, b"\xff\xff\xff\x7f"),
    }
    for problem, content in cases.items():
        return_of(project.root).write_bytes(content)
        [message] = messages_of(project)
        assert problem in message
