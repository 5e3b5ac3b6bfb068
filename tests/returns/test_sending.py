"""The workbooks that go out: that they are accessible, protected and the same every time."""

import time
import zipfile
from io import BytesIO

import pytest
from builders import (
    a_theme,
    write_project,
)
from openpyxl import load_workbook
from returns.workbooks import ASKED, ID, asked_project, audit_of, questions

from auditbook.returns.sending import questions_of, write_tools
from auditbook.returns.styles import put
from auditbook.returns.workbook import tool_workbook, workbook_bytes
from auditbook.validation.problems import WrongUsage


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return asked_project(tmp_path_factory.mktemp("asked"))


@pytest.fixture(scope="module")
def book(project):
    return load_workbook(BytesIO(workbook_bytes(tool_workbook(audit_of(project), questions(project)))))


def column(sheet, letter: str) -> list:
    return [cell.value for cell in sheet[letter] if cell.value is not None]


def choices(book, sheet: str, cell: str) -> list:
    """What the drop-down of a cell offers."""
    [rule] = [
        each for each in book[sheet].data_validations.dataValidation if cell in each.sqref and each.type == "list"
    ]
    name, _, cells = rule.formula1.partition("!")
    return [each.value for (each,) in book[name][cells.replace("$", "")]]


def test_the_sheets_stand_in_the_order_in_which_they_are_filled_in(book):
    assert book.sheetnames == ["Guide", "Return", "Cases", "Findings", "Grades", "Themes", "Lists", "auditbook"]
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["Lists", "auditbook"]


def test_the_workbook_has_a_title_and_a_language(book):
    assert book.properties.title == "Audit tool for Police, Q1 2021-22"
    assert book.properties.language == "en-GB"


def test_every_sheet_is_protected_without_a_secret(book):
    assert [sheet.title for sheet in book if not sheet.protection.sheet or sheet.protection.password] == []
    assert book.security.lockStructure and not book.security.workbookPassword


def test_only_cells_to_be_filled_in_are_open(book):
    is_open = {
        sheet.title: {cell.coordinate for row in sheet for cell in row if not cell.protection.locked} for sheet in book
    }
    assert is_open["Return"] == {"B2", "B3"}
    assert is_open["Cases"] == {f"{letter}{row}" for letter in "BC" for row in (2, 3, 4)}
    assert is_open["Grades"] == {f"{letter}{row}" for letter in "BC" for row in (2, 3, 4)}
    assert is_open["Findings"] == {f"{letter}{row}" for letter in "BCDEF" for row in range(2, 102)}
    assert not any(is_open[sheet] for sheet in ("Guide", "Themes", "Lists", "auditbook"))


def test_required_columns_say_so_in_words(book):
    titles = [cell.value for sheet in ("Cases", "Findings", "Grades") for cell in book[sheet][1]]
    assert [title for title in titles if title.endswith(" (required)")] == [
        "What your agency did (required)",
        "Case (required)",
        "Theme (required)",
        "Strength or development (required)",
        "What was seen (required)",
        "Overall (required)",
        "Chronology (required)",
    ]
    assert book["Return"]["A2"].value == "Date of this return (required)"


def test_headers_stay_in_sight_and_columns_are_wide_enough_for_their_headings(book):
    for name in ("Return", "Cases", "Findings", "Grades", "Themes"):
        assert book[name].freeze_panes == "A2"
        for cell in book[name][1]:
            width = book[name].column_dimensions[cell.column_letter].width
            assert width >= max(map(len, cell.value.split())), cell.value


def test_no_cell_is_merged_and_every_sheet_begins_at_its_first_cell(book):
    assert [sheet.title for sheet in book if sheet.merged_cells.ranges or sheet["A1"].value is None] == []


def test_the_drop_downs_are_the_codebooks_words(book):
    themes = ["Voice of the child", "Fathers", "Neglect", "Pre-birth assessment"]
    assert choices(book, "Findings", "C2") == choices(book, "Findings", "F5001") == themes
    assert choices(book, "Findings", "B2") == ["A1", "A2", "A3", "Whole audit"]
    assert choices(book, "Findings", "D2") == ["Strength", "Area for development"]
    assert choices(book, "Grades", "B3") == [
        *("Outstanding", "Good", "Requires improvement", "Inadequate", "Not applicable", "Not graded"),
    ]
    assert choices(book, "Grades", "C2") == ["Met", "Partially met", "Not met", "Not applicable", "Not graded"]
    assert choices(book, "Cases", "B4")[0] == "Audited for this return"
    assert choices(book, "Return", "B3") == ["Yes", "No"]


def test_a_drop_down_says_what_to_do_and_what_was_wrong(book):
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    assert [rule for rule in rules if not (rule.prompt and rule.error and rule.showErrorMessage)] == []


def test_the_guide_says_who_when_and_what_not_to_write(book):
    guide = " ".join(column(book["Guide"], "A"))
    assert "Audit tool for Police" in guide
    assert "Please send this workbook back by 25 June 2021." in guide
    assert "No names of children, relatives or workers" in guide


def test_a_theme_is_explained_and_one_that_has_a_successor_is_not_offered(tmp_path):
    old = a_theme("dads", successor="fathers", definition="Old.")
    project = write_project(tmp_path, *ASKED, old, a_theme("beds", definition="Where children sleep."))
    book = tool_workbook(audit_of(project), questions(project))
    assert column(book["Themes"], "B") == ["What it means", "Where children sleep."]
    assert "Dads" not in column(book["Themes"], "A")


def test_a_label_that_begins_like_a_formula_stays_text(book):
    sheet = book["Lists"]
    put(sheet, 50, 1, "=SUM(A1)")
    found = load_workbook(BytesIO(workbook_bytes(book)))["Lists"]["A50"]
    assert (found.value, found.data_type, found.quotePrefix) == ("=SUM(A1)", "s", True)


def test_a_workbook_is_the_same_bytes_at_another_time(project):
    def written() -> bytes:
        return workbook_bytes(tool_workbook(audit_of(project), questions(project)))

    first = written()
    time.sleep(2.1)  # a zip archive tells even seconds
    assert written() == first
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# Where they are written.


def test_a_workbook_that_differs_is_not_overwritten_unless_asked(project, tmp_path):
    asked = questions_of(audit_of(project))
    [police, schools] = write_tools(project, audit_of(project), asked, tmp_path, False)
    write_tools(project, audit_of(project), asked, tmp_path, False)
    filled_in = load_workbook(police)
    filled_in["Findings"]["E2"] = "Seen."
    filled_in.save(police)
    before = police.read_bytes()
    with pytest.raises(WrongUsage, match="police.xlsx in .* would be overwritten; --replace does so"):
        write_tools(project, audit_of(project), asked, tmp_path, False)
    assert police.read_bytes() == before
    write_tools(project, audit_of(project), asked, tmp_path, True)
    assert police.read_bytes() != before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["police.xlsx", "schools.xlsx"]


def test_workbooks_that_go_out_are_never_put_among_those_that_came_back(project):
    folder = project.audits / str(ID) / "returns"
    with pytest.raises(WrongUsage, match="do not belong among the audits"):
        write_tools(project, audit_of(project), questions_of(audit_of(project)), folder, True)
