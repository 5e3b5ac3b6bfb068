"""The PDF: two A4 pages, its tags, its fonts, its letters' size, and what happens when a box is too long.

Typst writes it in its PDF/UA-1 mode. What is tested here is what poppler and pypdf read of it: title, language, the
order of headings, paragraphs, lists and links, alternative text, fonts. No checker of the whole standard has been run.
"""

import io
import re
from collections import Counter
from dataclasses import replace

import pypdf
import pytest
from briefing.test_forms_of_charts import the_chart
from briefing.test_forms_of_tables import a_table
from papers import (
    SHIPPED,
    a_brand,
    a_handout,
    a_list,
    a_paragraph,
    boxes_of_pdf,
    shipped_briefing,
    shipped_form,
    shipped_handout,
    solid,
    structure,
    tagged_text,
)

from auditbook.briefing.forms import write_form
from auditbook.briefing.model import Box, Briefing, Listing, Paragraph, Run, Subheading
from auditbook.briefing.pdf import boxes_too_long

A4 = (595, 842)
SENTENCE = "Words of a sentence that says what was seen in this audit. "


def reader(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def tags(content: bytes) -> list[str]:
    return [tag for tag, _ in tagged_text(content)]


def headings(content: bytes) -> list[tuple[str, str]]:
    return [(tag, text) for tag, text in tagged_text(content) if re.fullmatch(r"H\d", tag)]


@pytest.mark.parametrize("audit", SHIPPED)
def test_a_shipped_briefing_has_two_a4_pages_and_no_box_too_long(audit):
    pages = reader(shipped_form(audit, "pdf")).pages
    assert [tuple(map(round, page.mediabox[2:])) for page in pages] == [A4, A4]
    assert boxes_too_long(shipped_handout(audit)) == []


@pytest.mark.parametrize("kind", ["table", "chart"])
def test_what_heads_a_table_or_a_chart_never_stands_alone_at_the_foot_of_a_page(kind):
    """Each line more above it moves it down: somewhere among these the page ends between the head and what it heads."""
    chart = the_chart()
    below = {"table": (a_table(("Agency", "Cases"), ("Police", "8"), ("Schools", "7")),), "chart": (chart,)}[kind]
    head, first = {"table": ("Agency", "Police"), "chart": (chart.title.text, chart.bars[0].label.text)}[kind]
    on_both = set()
    for lines in range(24, 34):
        filled = (*(a_paragraph(f"Line {line}.") for line in range(lines)), Subheading(a_paragraph("Below")), *below)
        pages = [solid(page.extract_text()) for page in reader(write_form("pdf", a_handout(filled))).pages]
        [under] = [place for place, page in enumerate(pages) if solid("Below") in page]
        assert all(solid(words) in pages[under] for words in (head, first)), lines
        on_both.add(under)
    assert on_both == {0, 1}


@pytest.mark.parametrize("audit", SHIPPED)
def test_the_headings_are_the_title_then_the_seven_boxes_in_order(audit):
    boxes = shipped_briefing(audit).boxes
    found = headings(shipped_form(audit, "pdf"))
    assert found[0] == ("H1", shipped_handout(audit).title)
    assert found[1:-1] == [("H2", f"{box.number} {box.heading}") for box in boxes]
    assert [box.number for box in boxes] == [1, 2, 3, 4, 5, 6, 7]
    assert found[-1] == ("H2", "About these figures")


@pytest.mark.parametrize("audit", SHIPPED)
def test_every_list_is_tagged_as_a_list_with_its_items(audit):
    listings = [block for box in shipped_briefing(audit).boxes for block in box.blocks if isinstance(block, Listing)]
    found = tags(shipped_form(audit, "pdf"))
    assert listings and found.count("L") == len(listings)
    assert found.count("LI") == found.count("LBody") == sum(len(listing.items) for listing in listings)


@pytest.mark.parametrize("audit", SHIPPED)
def test_the_file_is_tagged_and_says_its_title_language_and_standard(audit):
    found, own = reader(shipped_form(audit, "pdf")), shipped_handout(audit)
    root = found.trailer["/Root"]
    assert root["/Lang"] == "en-GB" and root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata.title == f"{own.title}, {own.quarter}" and found.metadata.author == own.publisher
    assert found.metadata.creation_date.date() == own.made
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()


@pytest.mark.parametrize("audit", SHIPPED)
def test_every_font_is_embedded(audit):
    fonts = [
        font.get_object()
        for page in reader(shipped_form(audit, "pdf")).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert fonts and all("/FontFile3" in each or "/FontFile2" in each for each in described)
    assert all("LibertinusSerif" in each["/FontName"] for each in described)


def sizes(content: bytes) -> Counter[float]:
    """How many letters there are of each size, in points on paper."""
    found = Counter()

    def note(text, matrix, text_matrix, font, size) -> None:
        if text.strip():
            found[round(abs(size * text_matrix[3] * matrix[3]), 1)] += len(text)

    for page in reader(content).pages:
        page.extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("audit", SHIPPED)
def test_no_letter_is_smaller_than_10_points(audit):
    assert min(sizes(shipped_form(audit, "pdf"))) >= 10


def test_no_letter_of_a_full_briefing_is_smaller_than_10_points():
    assert min(sizes(write_form("pdf", a_handout(*[(a_paragraph(SENTENCE * 30),)] * 7)))) >= 10


def test_a_briefing_with_few_words_has_larger_letters_than_a_full_one():
    few, many = (write_form("pdf", a_handout(*[(a_paragraph(SENTENCE * number),)] * 7)) for number in (5, 12))
    assert [sizes(each).most_common(1)[0][0] for each in (few, many)] == [12, 11.5]
    assert len(reader(few).pages) == len(reader(many).pages) == 2


def test_a_box_that_is_too_long_is_named_flows_on_and_loses_nothing():
    own = a_handout((a_paragraph("Words."),), (a_paragraph("Words."),), (a_paragraph(SENTENCE * 80),))
    [found] = boxes_too_long(own)
    assert found.box == 3
    assert str(found).startswith("box 3 is too long by about ")
    content = write_form("pdf", own)
    assert len(reader(content).pages) == 3
    assert solid(SENTENCE * 80) in boxes_of_pdf(content)[2]


@pytest.mark.parametrize("boxes", [{1: 60}, {4: 90}, {1: 50, 3: 50}, {2: 60, 6: 80, 7: 80}])
def test_without_the_words_that_are_too_many_everything_fits(boxes):
    given = {number: (SENTENCE * count).split() for number, count in boxes.items()}
    own = a_handout(*((a_paragraph(" ".join(given.get(number, ["Words."]))),) for number in range(1, 8)))
    found = boxes_too_long(own)
    assert {each.box for each in found} == set(boxes)
    for each in found:
        given[each.box] = given[each.box][: -each.words]
    shorter = a_handout(*((a_paragraph(" ".join(given.get(number, ["Words."]))),) for number in range(1, 8)))
    assert boxes_too_long(shorter) == []
    assert len(reader(write_form("pdf", shorter)).pages) == 2


def test_words_behind_the_last_box_that_are_too_many_are_named_too():
    own = a_handout()
    own = replace(own, release=SENTENCE * 100)
    assert [each.box for each in boxes_too_long(own)] == [8]
    assert str(boxes_too_long(own)[0]).startswith("the panel about the figures is too long")


def test_a_logo_has_its_words():
    content = write_form("pdf", a_handout(brand=a_brand()))
    assert "Figure" in tags(content)
    assert "Exampleshire, a purple dot" in alternatives(reader(content).trailer["/Root"]["/StructTreeRoot"])


def alternatives(element) -> list[str]:
    """The alternative texts in a tree of tags."""
    element = element.get_object()
    if isinstance(element, list):
        return [text for child in element for text in alternatives(child)]
    if not isinstance(element, dict):
        return []
    own = [str(element["/Alt"])] if "/Alt" in element else []
    return own + (alternatives(element["/K"]) if "/K" in element else [])


def test_without_its_words_typst_itself_refuses_a_logo():
    import typst

    with pytest.raises(typst.TypstError, match="missing alt text"):
        write_form("pdf", a_handout(brand=a_brand(logo_alt="")))


def test_the_brands_colours_are_on_the_page():
    content = reader(write_form("pdf", a_handout(brand=a_brand(colour="#5b2a86")))).pages[0].get_contents().get_data()
    red, green, blue = (int("5b2a86"[place : place + 2], 16) / 255 for place in (0, 2, 4))
    colours = {
        tuple(round(float(part), 2) for part in found)
        for found in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) sc", content)
    }
    assert (round(red, 2), round(green, 2), round(blue, 2)) in colours


def test_lists_in_lists_numbers_that_go_on_and_links_keep_their_tags():
    inner = a_list("inner one", "inner two")
    outer = a_list((a_paragraph("outer"), inner), "second", start=8)
    link = Paragraph((Run("see "), Run("the report", link="https://example.org/report")))
    content = write_form("pdf", a_handout((outer, link)))
    found = tagged_text(content)
    assert [tag for tag, _ in found].count("L") == 2
    assert [text for tag, text in found if tag == "Lbl"] == ["8.", "•", "•", "9."]
    assert any(re.match(r"\s*Link", line) for line in structure(content))
    addresses = [note.get_object()["/A"]["/URI"] for page in reader(content).pages for note in page.get("/Annots", [])]
    assert "https://example.org/report" in addresses


def test_a_title_with_emphasis_keeps_all_its_words():
    box = Box(1, (Run("One "), Run("strong", is_strong=True), Run(" title")), (a_paragraph("Words."),))
    own = a_handout()
    own = replace(own, briefing=Briefing((box, *own.briefing.boxes[1:])))
    assert ("H2", "1 One strong title") in headings(write_form("pdf", own))
