"""Personal data in a workbook: refused wherever they stand, and never shown."""

import pytest
from builders import a_variable
from openpyxl.comments import Comment
from returns.workbooks import (
    GAVE,
    ON_TIME,
    asked_project,
    cell,
    edit,
    filled,
    messages_of,
    part,
    put_return,
    refused,
    return_of,
    returned_project,
)

NOT_SHOWN = "personal data may not be entered (value not shown)"
NOTE = Comment("943 476 5919", "somebody")
PERSONAL = [
    ("P03", "Findings!E2", cell("Findings", "E2", "Known as 943 476 5919.")),
    ("P03", "Findings!E2", cell("Findings", "E2", 9434765919)),
    ("P03", "Lists!A9", cell("Lists", "A9", 9434765919)),
    (
        "P03",
        "Findings!E2 (comment)",
        edit(lambda book: setattr(book["Findings"]["E2"], "comment", Comment("943 476 5919", "x"))),
    ),
    (
        "P07",
        "document properties (in Excel: File, Info, Inspect Document)",
        edit(lambda book: setattr(book.properties, "keywords", "robin@example.org")),
    ),
    ("P05", "xl/worksheets/sheet4.xml", edit(lambda book: setattr(book["Findings"].oddHeader.left, "text", "B70 9EL"))),
    ("P06", "Findings!Z40", cell("Findings", "Z40", "07700 900123")),
]


@pytest.mark.parametrize(("rule", "place", "change"), PERSONAL, ids=[f"{rule} {place}" for rule, place, _ in PERSONAL])
def test_personal_data_is_refused_wherever_it_stands_and_never_shown(rule, place, change, tmp_path):
    messages = refused(tmp_path, change)
    assert [line for line in messages if rule in line][0].startswith(f"returns/police.xlsx › {place}: {NOT_SHOWN}")
    assert [line for line in messages if any(value in line for value in ("943", "9EL", "robin", "0770"))] == []


def test_a_column_that_is_named_for_personal_data_is_refused_by_its_name(tmp_path):
    messages = refused(tmp_path, cell("Cases", "D1", "Date of birth"))
    assert messages == [f"returns/police.xlsx › Cases!D1: {NOT_SHOWN}. [P02]"]


def test_a_file_named_for_a_person_is_not_called_by_its_name(tmp_path):
    project = returned_project(tmp_path)
    return_of(tmp_path).rename(return_of(tmp_path, "return 943 476 5919.xlsx"))
    assert messages_of(project) == [f"returns/(name not shown): {NOT_SHOWN}: this looks like an NHS number. [P03]"]


def test_a_standard_may_be_called_what_a_column_of_names_might_be(tmp_path):
    project = asked_project(tmp_path, a_variable("known_as", type="grade", values="@met", label="Preferred name"))
    gave = [*GAVE, *({"case": case, "standard": "known_as", "grade": "met"} for case in ("A1", "A2"))]
    put_return(project, filled(project, gave=gave))
    assert messages_of(project) == []


def test_a_sheet_named_for_a_person_is_not_called_by_its_name(tmp_path):
    messages = refused(tmp_path, edit(lambda book: book.create_sheet("Robin 9434765919").append(["notes"])))
    assert [line.partition(": ")[0] for line in messages] == [
        "returns/police.xlsx › names of sheets",
        "returns/police.xlsx › (name not shown)",
    ]


def test_personal_data_in_a_workbook_that_another_replaces_is_refused_all_the_same(tmp_path):
    project = returned_project(tmp_path)
    book = filled(project, returned=ON_TIME.replace(day=11))
    put_return(project, book, "police corrected.xlsx")
    cell("Findings", "E2", "Known as 943 476 5919.")(tmp_path)
    assert [line[-5:] for line in messages_of(project)] == ["[P03]"]


def test_text_in_pieces_of_different_fonts_is_searched_as_one(tmp_path):
    pieces = b"<sst><si><r><t>943 476</t></r><r><rPr><b/></rPr><t> 5919</t></r></si></sst>"
    messages = refused(tmp_path, part("xl/sharedStrings.xml", pieces))
    assert messages == [
        f"returns/police.xlsx › text that no cell shows: {NOT_SHOWN}: this looks like an NHS number. [P03]"
    ]
