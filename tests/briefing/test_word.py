"""The Word document: real headings and lists, its language, a partnership's own template, and LibreOffice."""

import io
import re
import subprocess
import sys
import zipfile
from tempfile import NamedTemporaryFile

import docx
import pptx
import pypdf
import pytest
from docx.oxml.ns import qn
from papers import (
    PROJECT,
    SHIPPED,
    a_brand,
    a_handout,
    a_list,
    a_paragraph,
    boxes_of_page,
    everything,
    in_libreoffice,
    shipped_briefing,
    shipped_form,
    shipped_handout,
    solid,
)

from auditbook.briefing.forms import write_form
from auditbook.briefing.model import Listing, Paragraph, Run
from auditbook.briefing.word import PLACEHOLDERS
from auditbook.briefing.word_template import TEMPLATE_FILE, word_template
from auditbook.validation.problems import InputRefused

WHOLE = (
    "{{ standfirst }} {{ title }} {{ notices|join }} {{ release }}",
    "{%p for box in boxes %}",
    "{{ box.title }}",
    "{{p box.text }}",
    "{%p endfor %}",
)


def test_a_short_briefing_stands_in_both_columns():
    boxes = [(a_paragraph("Words of a short box."), a_list("first", "second"))] * 7
    [content] = in_libreoffice("pdf", {"a.docx": write_form("docx", a_handout(*boxes))}).values()
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        done = subprocess.run(["pdftotext", "-bbox", file.name, "-"], capture_output=True, text=True, check=True)
    words = [
        (float(left), float(top)) for left, top in re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)".*>first<', done.stdout)
    ]
    left = [top for place, top in words if place < 297]
    right = [top for place, top in words if place > 297]
    assert len(left) in (3, 4) and len(left) + len(right) == 7 and abs(max(left) - max(right)) < 60


def document(content: bytes):
    return docx.Document(io.BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def a_template(*paragraphs: str, without_style: str = "") -> bytes:
    """A partnership's own template: these paragraphs in Word's own styles."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if without_style:
        made.styles[without_style].delete()
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def refused(template: bytes, *boxes: tuple) -> str:
    with pytest.raises(InputRefused) as problem:
        write_form("docx", a_handout(*boxes, template=template))
    return str(problem.value)


@pytest.mark.parametrize("audit", SHIPPED)
def test_title_and_boxes_are_real_headings_in_order(audit):
    paragraphs = document(shipped_form(audit, "docx")).paragraphs
    found = [
        (each.style.name, " ".join(each.text.split())) for each in paragraphs if each.style.name.startswith("Head")
    ]
    boxes = [("Heading 2", f"{box.number} {box.heading}") for box in shipped_briefing(audit).boxes]
    assert found == [("Heading 1", shipped_handout(audit).title), *boxes, ("Heading 2", "About these figures")]


@pytest.mark.parametrize("audit", SHIPPED)
def test_every_list_item_is_an_item_of_a_real_list(audit):
    listings = [block for box in shipped_briefing(audit).boxes for block in box.blocks if isinstance(block, Listing)]
    styles = [each.style.name for each in document(shipped_form(audit, "docx")).paragraphs]
    assert styles.count("List Bullet") == sum(len(each.items) for each in listings if each.start is None)
    assert styles.count("List Number") == sum(len(each.items) for each in listings if each.start is not None)
    assert styles.count("List Bullet") + styles.count("List Number") > 0


def numbering(content: bytes) -> list[tuple[str, int]]:
    """Each numbered paragraph with the number at which its list begins."""
    made = document(content)
    kinds = {each.numId: each for each in made.part.numbering_part.element.num_lst}
    found = []
    for paragraph in made.paragraphs:
        if paragraph.style.name.startswith("List Number"):
            own = kinds[paragraph._p.pPr.numPr.numId.val]
            found.append((paragraph.text, own.find(f".//{qn('w:startOverride')}").get(qn("w:val"))))
    return [(text, int(start)) for text, start in found]


def test_a_numbered_list_begins_with_its_own_number_and_the_next_one_anew():
    content = write_form("docx", a_handout((a_list("a", "b", start=3), a_list("c", start=1))))
    assert numbering(content) == [("a", 3), ("b", 3), ("c", 1)]


def test_lists_in_lists_and_paragraphs_in_items_take_the_styles_of_their_depth():
    deep = a_list((a_paragraph("one"), a_paragraph("more"), a_list((a_paragraph("two"), a_list("three")))))
    content = write_form("docx", a_handout((deep,)))
    found = [each.style.name for each in document(content).paragraphs if each.style.name.startswith("List")]
    assert found == ["List Bullet", "List Continue", "List Bullet 2", "List Bullet 3"]


def test_emphasis_and_links_are_kept():
    runs = (
        Run("strong", is_strong=True),
        Run("slanted", is_emphasis=True),
        Run("link", link="https://example.org/a?b"),
    )
    made = document(write_form("docx", a_handout((Paragraph(runs),))))
    [paragraph] = [each for each in made.paragraphs if "strong" in each.text]
    assert [(run.text, bool(run.bold), bool(run.italic)) for run in paragraph.runs] == [
        ("strong", True, False),
        ("slanted", False, True),
    ]
    assert [link.address for link in paragraph.hyperlinks] == ["https://example.org/a?b"]


@pytest.mark.parametrize("audit", SHIPPED)
def test_content_stands_in_no_text_box_picture_or_table_and_the_language_is_english(audit):
    found = parts(shipped_form(audit, "docx"))
    body = found["word/document.xml"]
    assert [mark for mark in (b"txbxContent", b"w:pict", b"w:tbl>", b"w:drawing") if mark in body] == []
    assert re.findall(rb'<w:lang [^>]*w:val="([^"]+)"', found["word/styles.xml"]) == [b"en-GB"]


@pytest.mark.parametrize("form", ["docx", "pptx"])
def test_properties_are_the_audits_and_nobodys_machine(form):
    content, own = shipped_form("2020-21-Q4", form), shipped_handout("2020-21-Q4")
    made = document(content) if form == "docx" else pptx.Presentation(io.BytesIO(content))
    properties = made.core_properties
    assert properties.title == f"{own.title}, {own.quarter}" and properties.language == "en-GB"
    assert properties.author == properties.last_modified_by == own.publisher
    assert properties.created.date() == properties.modified.date() == own.made
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_word_documents_open_in_libreoffice_and_become_pdf_with_all_their_text():
    files = {f"{audit}.docx": shipped_form(audit, "docx") for audit in SHIPPED}
    files["branded.docx"] = write_form("docx", a_handout((a_list("one", "two", start=5),), brand=a_brand()))
    made = in_libreoffice("pdf", files)
    assert set(made) == {*SHIPPED, "branded"}
    for audit in SHIPPED:
        text = solid(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made[audit])).pages))
        for figure in re.findall(r"\d+ofthe\d+\w{5}", "".join(boxes_of_page(audit, has_numbers=False))):
            assert figure in text
        assert len(pypdf.PdfReader(io.BytesIO(made[audit])).pages) <= 2
    branded = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made["branded"])).pages)
    assert "5. one" in " ".join(branded.split())


def test_the_template_that_ships_is_what_its_script_makes(tmp_path):
    made = tmp_path / "briefing.docx"
    subprocess.run([sys.executable, PROJECT.root / "tools" / "word_template.py", made], check=True)
    assert parts((PROJECT.root / TEMPLATE_FILE).read_bytes()) == parts(made.read_bytes())


def test_a_project_without_a_template_of_its_own_has_the_one_that_ships(tmp_path):
    from auditbook.project import Project

    empty = Project(tmp_path, tmp_path / "data")
    assert word_template(empty) == (PROJECT.root / TEMPLATE_FILE).read_bytes()


def test_a_partnerships_own_template_gives_the_same_text():
    own = a_handout((a_paragraph("Said."), a_list("item")), template=a_template("House style", *WHOLE))
    found = everything("docx", write_form("docx", own))
    assert found.startswith("Housestyle") and "Said.item" in found


def test_a_template_may_place_each_box_by_itself():
    places = [f"{{{{ boxes[{place}].title }}}} \n{{{{p boxes[{place}].text }}}}".split(" \n") for place in range(7)]
    own = a_handout(
        (a_paragraph("First."),), template=a_template(WHOLE[0], *[line for pair in places for line in pair])
    )
    found = everything("docx", write_form("docx", own))
    assert "Box1First.Box2Words." in found


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("{{ box.title }}", "{{ box.titel }}"), "a placeholder is not known: "),
        (("{{p box.text }}", "{{ box.number }}"), "box 1 is not whole in what this template makes; it needs box.text."),
        (("{{ notices|join }}", "{% if notices and 0 %}{% endif %}"), "what must be said first is not there: "),
        (("{{ box.title }}", "{{ box.title.x() }}"), "a placeholder is not known: "),
        (("{{ box.title }}", "{{ ''.__class__.mro() }}"), "is unsafe.. [D07]"),
        (("{{ box.title }}", "{{ box.title + 1 }}"), "[D07]"),
    ],
)
def test_a_template_that_would_lose_text_or_do_other_things_is_refused(change, message):
    changed = a_template(*(text.replace(*change) for text in WHOLE))
    assert message in refused(changed)


def test_a_template_without_a_list_style_is_refused_with_the_styles_name():
    message = refused(a_template(*WHOLE, without_style="List Number"), (a_list("a", start=1),))
    assert 'the style "List Number" is missing, or is no list; box 1 needs it.' in message


def test_a_list_style_that_makes_no_list_is_refused():
    made = docx.Document(io.BytesIO(a_template(*WHOLE)))
    style = made.styles["List Bullet"]
    style.element.pPr.remove(style.element.pPr.numPr)
    target = io.BytesIO()
    made.save(target)
    assert 'the style "List Bullet" is missing, or is no list' in refused(target.getvalue(), (a_list("a"),))


def test_styles_in_the_plain_colours_take_the_brands():
    made = document(write_form("docx", a_handout(brand=a_brand(colour="#5b2a86", accent="#9c2a00"))))
    assert str(made.styles["Heading 1"].font.color.rgb) == "5B2A86"
    assert str(made.styles["Notice"].font.color.rgb) == "9C2A00"


def test_a_logo_has_its_words_in_word():
    content = write_form("docx", a_handout(brand=a_brand()))
    pictures = [each.get("descr") for each in document(content).element.body.iter(qn("wp:docPr"))]
    assert pictures == ["Exampleshire, a purple dot"]


def test_the_guide_to_the_template_names_every_placeholder():
    guide = (PROJECT.root / "book" / "method" / "word-template.md").read_text("utf-8")
    assert [name for name in PLACEHOLDERS if f"`{name}`" not in guide] == []
    assert [text for text in PLACEHOLDERS.values() if text not in guide] == []
