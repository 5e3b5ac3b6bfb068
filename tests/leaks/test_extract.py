"""What each kind of file gives up: its words with their place, its rows, and the files inside it."""

import json
from base64 import b64encode

import pytest
from files_with import archive, document, jpeg, pdf, png, workbook

from auditbook.leaks.extract import text_of
from auditbook.leaks.extract_binary import pieces_of_archive, pieces_of_pdf, pieces_of_picture, printable
from auditbook.leaks.extract_markup import parse_html, parse_xml, pieces_of_markup
from auditbook.leaks.extract_text import (
    pieces_of_calendar,
    pieces_of_csv,
    pieces_of_json,
    pieces_of_script,
    pieces_of_text,
)
from auditbook.leaks.passages import CODE, LABEL, WORDS, CannotRead, Inside, Passage, Row, Terms
from auditbook.leaks.styles import pieces_of_style

TEXT = "a brown horse of the neighbours"


def words(pieces) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in pieces if isinstance(piece, Passage)]


def rows(pieces) -> list[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    return [(piece.about, piece.heads, piece.cells) for piece in pieces if isinstance(piece, Row)]


def test_a_text_has_its_lines_with_their_place():
    assert [(piece.place, piece.text) for piece in pieces_of_text("one\n\ntwo")] == [
        ("line 1", "one"),
        ("line 3", "two"),
    ]
    assert {piece.kind for piece in pieces_of_text("let a = 1", kind=CODE)} == {CODE}


def test_a_table_of_text_has_rows_under_its_heads():
    assert rows(pieces_of_csv("Sex,Cases\nFemale,3\n")) == [((), ("Sex", "Cases"), ("Female", "3"))]


def test_data_have_a_row_for_each_object():
    found = rows(pieces_of_json(json.dumps({"measures": [{"id": "sex.F", "value": 3}]})))
    assert any("3" in cells and "sex.F" in cells for _, _, cells in found)


def test_a_calendar_has_its_long_lines_whole():
    assert "SUMMARY:one horse" in " ".join(text for _, text in words(pieces_of_calendar("SUMMARY:one\r\n  horse\r\n")))


def test_the_search_index_has_the_words_of_each_page():
    script = 'Search.setIndex({"docnames": ["a"], "titles": ["A horse"], "terms": {"hors": 0}, "titleterms": {}})'
    assert [piece.stems for piece in pieces_of_script(script) if isinstance(piece, Terms)] == [frozenset({"hors"})]


def test_of_a_style_what_is_shown_is_read_by_people():
    assert words(pieces_of_style('p::after { content: "horse" }'))[0] == (LABEL, "horse")


def test_markup_has_words_labels_and_rows():
    page = parse_html(b'<html><body><p>One <b>horse</b></p><img src="x" alt="A horse"></body></html>')
    found = words(pieces_of_markup(page))
    assert (WORDS, "One horse") in found and (LABEL, "A horse") in found
    table = parse_html(
        b"<table><caption>Sex</caption><tr><th>a</th><th>b</th></tr><tr><td>F</td><td>3</td></tr></table>"
    )
    assert (("", "Sex"), ("a", "b"), ("F", "3")) in rows(pieces_of_markup(table))
    drawing = parse_xml(b'<svg xmlns="http://www.w3.org/2000/svg"><desc>A horse</desc></svg>')
    assert "A horse" in [text for _, text in words(pieces_of_markup(drawing))]


def test_a_page_gives_up_the_picture_inside_it():
    address = f"data:image/png;base64,{b64encode(png('horse')).decode()}"
    page = parse_html(f'<html><body><img src="{address}"></body></html>'.encode())
    assert [piece.content for piece in pieces_of_markup(page) if isinstance(piece, Inside)] == [png("horse")]


def test_a_printed_document_has_its_pages():
    assert any(TEXT in text for _, text in words(pieces_of_pdf(pdf(TEXT))))


@pytest.mark.parametrize("picture", [png(TEXT), png(TEXT, is_unicode=True), jpeg(TEXT)])
def test_a_picture_has_what_it_says_of_itself(picture):
    assert any(TEXT in text for _, text in words(pieces_of_picture(picture)))


def test_an_archive_has_its_files_and_an_office_document_its_text():
    inside = [piece.name for piece in pieces_of_archive(archive(**{"a.txt": TEXT})) if isinstance(piece, Inside)]
    assert inside == ["a.txt"]
    office = pieces_of_archive(document(lambda file: file.add_paragraph(TEXT)))
    assert any(TEXT in text for _, text in words(office))


def test_a_workbook_has_its_rows():
    def fill(book) -> None:
        book.active.append(["Sex", "Cases"])
        book.active.append(["Female", 3])

    assert ("Female", "3") in [cells for _, _, cells in rows(pieces_of_archive(workbook(fill)))]


SHEET = '<worksheet><sheetData><row r="1"><c t="s"><v>{}</v></c><c><v>31</v></c></row></sheetData></worksheet>'


@pytest.mark.parametrize(
    "number, cells, is_read",
    [("0", ("Neglect", "31"), False), ("7", ("7", "31"), True), ("KW-0417", ("KW-0417", "31"), True)],
    ids=["a shared text", "beyond the list", "no number"],
)
@pytest.mark.parametrize("types", [{"[Content_Types].xml": "<Types/>"}, {}], ids=["office", "without its types"])
def test_the_number_of_a_shared_text_is_no_figure_and_anything_else_is_read(number, cells, is_read, types):
    parts = {
        **types,
        "xl/sharedStrings.xml": "<sst><si><t>Neglect</t></si></sst>",
        "xl/worksheets/sheet1.xml": SHEET.format(number),
    }
    pieces = [*pieces_of_archive(archive(**parts))]
    in_sheet = {piece.text for piece in pieces if isinstance(piece, Passage) and "sheet1.xml line" in piece.place}
    assert in_sheet == {"31", "s", *([number] if is_read else [])}
    assert [row for _, _, row in rows(pieces)] == [cells]


def test_a_part_that_two_files_have_is_read_in_both():
    for _ in range(2):
        styles = archive(**{"[Content_Types].xml": "<Types/>", "word/styles.xml": f"<w><p>{TEXT}</p></w>"})
        assert any(TEXT in text for _, text in words(pieces_of_archive(styles)))


def test_of_other_bytes_the_printable_ones_are_read():
    assert any("horses" in text for _, text in words(printable(b"\0\1\2horses and more\0\3")))


@pytest.mark.parametrize("content", [b"\xff\xfe\xfa", b"a\0b", b"\xc3\x28"])
def test_what_is_no_text_cannot_be_read(content):
    with pytest.raises(CannotRead):
        text_of(content)
