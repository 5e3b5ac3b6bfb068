"""The slides: seven, with real titles and lists, their language, and the source of each figure in the notes."""

import io

import pptx
import pytest
from papers import SHIPPED, a_brand, a_handout, a_list, a_paragraph, shipped_briefing, shipped_figures, shipped_form
from pptx.oxml.ns import qn

from auditbook.making.briefing.figure_sources import sources_of
from auditbook.making.briefing.forms import write_form
from auditbook.making.briefing.model import Run

SENTENCE = "Words of a sentence that says what was seen. "


def slides(content: bytes) -> list:
    return list(pptx.Presentation(io.BytesIO(content)).slides)


def body(slide) -> list:
    return slide.placeholders[1].text_frame.paragraphs


@pytest.mark.parametrize("audit", SHIPPED)
def test_there_are_seven_slides_each_with_its_boxs_title(audit):
    found = [slide.shapes.title.text for slide in slides(shipped_form(audit, "pptx"))]
    assert found == [f"{box.number} {box.heading}" for box in shipped_briefing(audit).boxes]
    assert len(found) == 7


@pytest.mark.parametrize("audit", SHIPPED)
def test_every_figure_of_a_box_has_its_source_in_the_notes(audit):
    shown = slides(shipped_form(audit, "pptx"))
    for slide, box in zip(shown, shipped_briefing(audit).boxes, strict=True):
        notes = slide.notes_slide.notes_text_frame.text
        runs = [run for paragraph in box.paragraphs() for run in paragraph.runs if run.measure]
        assert all(f"“{run.text}”: " in notes and f"({run.measure})" in notes for run in runs)
        assert notes == ("\n".join(sources_of(box, shipped_figures(audit))) or "No figures.")


def test_a_figures_source_is_what_the_data_say():
    box = shipped_briefing("2020-21-Q4").boxes[1]
    lines = sources_of(box, shipped_figures("2020-21-Q4"))
    assert (
        "“4 of the 5 cases”: Domestic abuse by the father (domestic_abuse_by_father.yes). "
        "Source: 7 minute briefing, box 2." in lines
    )
    assert "“2, 4, 4 and 11”: Months open after step-down (months_open_cin). Source: 7 minute briefing, box 2." in lines


def test_a_facts_source_is_what_its_writer_said():
    own = a_handout((a_paragraph("Of ", Run("three boards", fact="minutes of 4 May 2021")),))
    assert sources_of(own.briefing.boxes[0], own.figures) == ["“three boards”: minutes of 4 May 2021."]


@pytest.mark.parametrize("audit", SHIPPED)
def test_every_run_of_text_is_english(audit):
    content = shipped_form(audit, "pptx")
    trees = [slide._element for slide in slides(content)] + [slide.notes_slide._element for slide in slides(content)]
    runs = [run for tree in trees for run in tree.iter(qn("a:r")) if "".join(run.itertext()).strip()]
    assert runs and {run.find(qn("a:rPr")).get("lang") for run in runs} == {"en-GB"}


def test_lists_have_real_marks_and_go_on_counting():
    [slide, *_] = slides(write_form("pptx", a_handout((a_list("a", "b", start=3), a_list("c"), a_paragraph("d")))))
    numbers = [each.get("startAt") for each in slide._element.iter(qn("a:buAutoNum"))]
    bullets = [each.get("char") for each in slide._element.iter(qn("a:buChar"))]
    assert (numbers, bullets) == (["3", "4"], ["•"])
    assert [each.text for each in body(slide)] == ["a", "b", "c", "d"]


def test_a_logo_has_its_words_on_every_slide_and_keeps_clear_of_the_title():
    for slide in slides(write_form("pptx", a_handout(brand=a_brand()))):
        [picture] = [shape for shape in slide.shapes if shape.shape_type == 13]
        assert picture._element.nvPicPr.cNvPr.get("descr") == "Exampleshire, a purple dot"
        title = slide.shapes.title
        assert title.left + title.width < picture.left


@pytest.mark.parametrize(("sentences", "points"), [(3, 26), (24, 20), (60, 14)])
def test_more_text_is_smaller_and_never_under_14_points(sentences, points):
    [slide, *_] = slides(write_form("pptx", a_handout((a_paragraph(SENTENCE * sentences),))))
    assert body(slide)[0].runs[0].font.size.pt == points


def test_no_picture_of_the_librarys_own_template_is_left():
    found = pptx.Presentation(io.BytesIO(shipped_form("2020-21-Q4", "pptx")))
    assert len(found.slide_layouts) == 1
    assert not [part.partname for part in found.part.package.iter_parts() if "thumbnail" in part.partname]
