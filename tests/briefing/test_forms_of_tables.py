"""Tables, sub-headings and quotations of a briefing: real ones in every form, and nowhere their marks."""

import io
import re

import docx
import pptx
import pytest
from docx.oxml.ns import qn
from lxml import html
from markdown_it import MarkdownIt
from papers import a_handout, a_list, a_paragraph, everything, in_libreoffice, shipped_figures, solid, structure
from pptx.util import Inches

from auditbook.briefing.forms import FORMS, write_form
from auditbook.briefing.model import Quotation, Run, Subheading, Table
from auditbook.briefing.myst import briefing_page
from auditbook.briefing.slides import BODY_HIGH, BODY_WIDE, stacked
from auditbook.briefing.word_body import StyleMissing

LONG = "often, and well before the conference was called by its chair"


def a_table(*rows: tuple[str, ...], sides: tuple[str, ...] = ()) -> Table:
    """The first row is the header."""
    header, *others = (tuple(a_paragraph(cell) for cell in row) for row in rows)
    return Table(header, tuple(others), sides or ("left",) * len(header))


def a_box() -> tuple:
    table = a_table(
        ("Agency", "Seen", "Cases"),
        ("Police", LONG, "8"),
        ("Schools | colleges", "<late>", ""),
        sides=("left", "center", "right"),
    )
    quotation = Quotation((a_paragraph("Nobody rang ", Run("us", is_strong=True)), a_list("first", "second")))
    return (Subheading(a_paragraph("Who took part")), quotation, a_paragraph("Before."), table, a_paragraph("After."))


IN_ORDER = ("Who took part", "Nobody rang us", "first", "second", "Before.", "Agency", "Seen", "Cases", "Police")


def made(form: str) -> bytes:
    return write_form(form, a_handout(a_box()))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_all_of_it_in_its_order(form):
    said = everything(form, made(form))
    places = [said.find(solid(words)) for words in (*IN_ORDER, "After.")]
    assert -1 not in places and places == sorted(places)
    if form != "txt":  # there a cell goes on beside its neighbours
        assert solid(LONG) in said and "Schools|colleges" in said and "<late>" in said


def test_the_page_has_a_table_a_heading_and_a_quotation():
    own = a_handout(a_box())
    page = briefing_page(own.briefing, shipped_figures("2021-22-Q1"))
    tree = html.fromstring(MarkdownIt("commonmark").enable("table").render(page))
    [table] = tree.iter("table")
    assert [[cell.text_content() for cell in row] for row in table.iter("tr")] == [
        ["Agency", "Seen", "Cases"],
        ["Police", LONG, "8"],
        ["Schools | colleges", "<late>", ""],
    ]
    assert [heading.text for heading in tree.iter("h3")] == ["Who took part"]
    [quotation] = tree.iter("blockquote")
    assert [item.text for item in quotation.iter("li")] == ["first", "second"]


def test_the_html_file_tells_a_header_from_its_cells_and_where_they_stand():
    tree = html.fromstring(made("html").decode())
    assert [(cell.text, cell.get("scope"), cell.get("class")) for cell in tree.iter("th")] == [
        ("Agency", "col", None),
        ("Seen", "col", "ab-center"),
        ("Cases", "col", "ab-right"),
    ]
    assert len(list(tree.iter("td"))) == 6 and tree.findtext(".//h3") == "Who took part"


def test_word_has_a_real_table_with_a_header_and_real_styles():
    document = docx.Document(io.BytesIO(made("docx")))
    [table] = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows][1] == ["Police", LONG, "8"]
    assert [row._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in table.rows] == [
        True,
        False,
        False,
    ]
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["Who took part"] == "Heading 3" and styles["Nobody rang us"] == "Quote"
    alignments = [paragraph.alignment for cell in table.rows[1].cells for paragraph in cell.paragraphs]
    assert [int(each) for each in alignments] == [0, 1, 2]


def test_word_with_a_table_opens_in_libreoffice_with_all_its_text():
    [content] = in_libreoffice("pdf", {"a.docx": made("docx")}).values()
    assert content.startswith(b"%PDF")


def test_a_template_without_the_style_of_a_quotation_is_refused_by_its_name():
    document = docx.Document(io.BytesIO(a_handout().template))
    document.styles["Quote"].delete()
    target = io.BytesIO()
    document.save(target)
    with pytest.raises(Exception, match='the style "Quote" is missing') as refused:
        write_form("docx", a_handout(a_box(), template=target.getvalue()))
    assert not isinstance(refused.value, StyleMissing)


def test_the_pdf_tags_a_table_its_header_a_heading_and_a_quotation():
    elements = [line for line in structure(made("pdf")) if line.strip() and not line.strip().startswith('"')]
    tags = [line.split()[0].rstrip(":") for line in elements]
    for tag in ("Table", "TH", "TD", "H3", "BlockQuote"):
        assert tag in tags
    assert tags.count("TH") == 3 and tags.count("TD") == 6


def test_plain_text_keeps_columns_within_78_letters_and_breaks_no_word():
    text = made("txt").decode()
    assert max(map(len, text.splitlines())) <= 78
    assert re.search(r"^Agency +Seen +Cases$", text, re.MULTILINE) and "> Nobody rang us" in text
    wide = a_table(
        ("Standard", "What was seen", "What should change", "By whom"), ("Supervision", LONG, LONG, "Everybody")
    )
    text = write_form("txt", a_handout((wide,))).decode()
    assert max(map(len, text.splitlines())) <= 78
    assert {*LONG.split(), "Supervision", "Everybody"} <= {*text.split()}


def test_a_slide_has_a_real_table_with_a_header_and_nothing_on_it_meets():
    [slide, *_] = pptx.Presentation(io.BytesIO(made("pptx"))).slides
    [frame] = [shape for shape in slide.shapes if shape.has_table]
    assert frame.table.first_row and not frame.table.horz_banding
    assert [cell.text for cell in frame.table.rows[1].cells] == ["Police", LONG, "8"]
    shapes = sorted(slide.shapes, key=lambda shape: shape.top)
    assert all(above.top + above.height <= below.top for above, below in zip(shapes, shapes[1:], strict=False))
    sizes = [
        run.font.size.pt for row in frame.table.rows for cell in row.cells for run in cell.text_frame.paragraphs[0].runs
    ]
    assert min(sizes) >= 14


def test_a_table_that_does_not_fit_beside_its_text_goes_on_to_the_next_slide():
    table = a_table(("Agency", "Seen"), *((f"Agency {letter}", LONG) for letter in "abcdefghijkl"))
    own = a_handout((a_paragraph("Words go on. " * 40), table, a_paragraph("After.")))
    shown = list(pptx.Presentation(io.BytesIO(write_form("pptx", own))).slides)
    assert len(shown) == 9 and shown[1].shapes.title.text == "1 Box 1 (continued)"
    assert [any(shape.has_table for shape in slide.shapes) for slide in shown[:4]] == [False, True, False, False]
    for slide in shown[:3]:
        assert max(shape.top + shape.height for shape in slide.shapes if shape.name != "Foot") <= Inches(6.85)


def test_the_parts_of_a_box_are_on_its_slides_once():
    box = a_handout(a_box()).briefing.boxes[0]
    [(parts, size)] = stacked(box, BODY_WIDE, BODY_HIGH)
    assert [isinstance(part, Table) for part in parts] == [False, True, False] and size >= 14


def test_columns_have_room_for_their_longest_word_where_that_can_be():
    table = a_table(("Standard", "What was seen"), ("Supervision", LONG))
    first, second = table.widths(40)
    assert first >= len("Supervision") and first + second <= 40
    assert sum(a_table(("A" * 60, "B" * 60), ("a", "b")).widths(40)) <= 40
