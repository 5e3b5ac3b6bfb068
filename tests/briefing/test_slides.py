"""The slides: seven, with real titles and lists, their language, and the source of each figure in the notes."""

import io
import zipfile

import openpyxl
import pptx
import pytest
from papers import (
    SHIPPED,
    a_brand,
    a_handout,
    a_list,
    a_paragraph,
    figures_under,
    shipped_briefing,
    shipped_figures,
    shipped_form,
)
from pptx.oxml.ns import qn
from released import a_full_audit, released

from auditbook.briefing.forms import write_form
from auditbook.briefing.model import Run
from auditbook.briefing.slide_charts import MOST_BARS_ON_A_SLIDE, bars_of, sources_of
from auditbook.leaks.extract import pieces_of_file
from auditbook.leaks.leak import CASE_ID
from auditbook.leaks.search import Search
from auditbook.leaks.secrets import Secrets

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
        told = [line for line in notes.splitlines() if not line.startswith("Chart: ")]
        assert told == (sources_of(box, shipped_figures(audit)) or (["No figures."] if told else []))


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
    assert sources_of(own.briefing.boxes[0], own.released) == ["“three boards”: minutes of 4 May 2021."]


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


def charts(content: bytes) -> list:
    """Each slide's chart, as its shape; None for a slide without one."""
    return [next((shape for shape in slide.shapes if shape.has_chart), None) for slide in slides(content)]


@pytest.mark.parametrize("audit", SHIPPED)
def test_a_chart_is_powerpoints_own_and_is_told_in_words(audit):
    shown = charts(shipped_form(audit, "pptx"))
    for shape, box in zip(shown, shipped_briefing(audit).boxes, strict=True):
        if shape is None:
            continue
        bars = bars_of(box, shipped_figures(audit))
        [series] = shape.chart.plots[0].series
        assert list(zip(shape.chart.plots[0].categories, series.values, strict=True)) == list(bars.lengths)
        words = shape._element.nvGraphicFramePr.cNvPr.get("descr")
        assert bars.title in words and all(f"{label}: {length}" in words for label, length in bars.lengths)
    assert any(shown)


@pytest.mark.parametrize("audit", SHIPPED)
def test_words_and_charts_are_14_points_or_more_and_do_not_meet(audit):
    for slide, shape in zip(slides(shipped_form(audit, "pptx")), charts(shipped_form(audit, "pptx")), strict=True):
        sizes = [run.font.size.pt for paragraph in body(slide) for run in paragraph.runs]
        assert min(sizes) >= 14
        if shape is not None:
            text = slide.placeholders[1]
            assert min(sizes) >= 16 and text.left + text.width < shape.left
            assert shape.top + shape.height <= text.top + text.height
            assert shape.chart.font.size.pt >= 14


@pytest.mark.parametrize("audit", SHIPPED)
@pytest.mark.parametrize("profile", ["strict", "internal"])
def test_a_chart_shows_only_exact_figures_that_are_let_out(audit, profile):
    figures = figures_under(audit, profile)
    exact = {figure.value for figure in figures if figure.is_shown and figure.precision in ("exact", "derived")}
    for box in shipped_briefing(audit).boxes:
        bars = bars_of(box, figures)
        assert bars is None or {length for _, length in bars.lengths} <= exact


def test_where_the_figures_of_people_are_withheld_a_box_has_no_chart_of_them():
    """The real quarter counts 5 cases: under the strict rule nothing of them is said."""
    box = shipped_briefing("2020-21-Q4").boxes[1]
    assert bars_of(box, shipped_figures("2020-21-Q4")) is not None
    assert bars_of(box, figures_under("2020-21-Q4", "strict")) is None


def a_box_of(*measures: str):
    [box, *_] = a_handout((a_paragraph(*(Run("n", measure=each) for each in measures)),)).briefing.boxes
    return box


def test_only_counts_of_one_base_stand_in_one_chart():
    figures = released(a_full_audit())
    based = {}
    for figure in figures:
        if figure.denominator and figure.unit != "percent" and figure.precision == "exact":
            based.setdefault((figure.denominator, figure.base_label), []).append(figure.id)
    [first, second, *_] = [ids for ids in based.values() if len(ids) >= 3]
    bars = bars_of(a_box_of(*first[:3], *second[:2]), figures)
    assert len(bars.lengths) == 3
    assert bars_of(a_box_of(first[0], second[0]), figures) is None


def test_a_median_or_a_number_of_months_is_no_bar_among_counts():
    figures = shipped_figures("2021-22-Q4")
    bars = bars_of(shipped_briefing("2021-22-Q4").boxes[1], figures)
    assert bars.title == "Of 7 cases" and not {"Median", "Max", "Min"} & {label for label, _ in bars.lengths}


def test_of_bars_that_are_as_long_as_one_without_room_none_is_picked():
    figures = released(a_full_audit())
    zeros = [figure.id for figure in figures if figure.value == 0 and figure.denominator == 12]
    longer = [figure.id for figure in figures if figure.value and figure.denominator == 12 and figure.unit == "cases"]
    assert len(zeros) > MOST_BARS_ON_A_SLIDE and len(longer) >= 2
    bars = bars_of(a_box_of(*longer[:2], *zeros), figures)
    assert bars is None or all(length > 0 for _, length in bars.lengths)


def test_a_charts_workbook_tells_no_more_than_the_chart_and_no_date():
    content = shipped_form("2020-21-Q4", "pptx")
    shape = charts(content)[1]
    embedded = shape.chart.part.chart_workbook.xlsx_part.blob
    [sheet] = openpyxl.load_workbook(io.BytesIO(embedded)).worksheets
    [(_, title), *rows] = sheet.iter_rows(values_only=True)
    bars = bars_of(shipped_briefing("2020-21-Q4").boxes[1], shipped_figures("2020-21-Q4"))
    assert (title, tuple(rows)) == (bars.title, bars.lengths)
    dates = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(embedded)).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_a_leak_in_a_charts_workbook_is_found():
    """Nobody sees the second sheet of a workbook behind a chart, and everybody gets it."""
    content = shipped_form("2020-21-Q4", "pptx")
    search = Search(Secrets(ids={"kw-0417": CASE_ID}))
    assert search.leaks("a.pptx", pieces_of_file("a.pptx", content)) == []
    [leak] = {each.rule for each in search.leaks("b.pptx", pieces_of_file("b.pptx", planted(content, "KW-0417")))}
    assert leak == CASE_ID


def planted(content: bytes, word: str) -> bytes:
    """The slides with a word on another sheet of a chart's workbook."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as found, zipfile.ZipFile(target, "w") as changed:
        for name in found.namelist():
            part = found.read(name)
            if name.endswith(".xlsx"):
                workbook = openpyxl.load_workbook(io.BytesIO(part))
                workbook.create_sheet("Notes").append([word])
                written = io.BytesIO()
                workbook.save(written)
                part = written.getvalue()
            changed.writestr(name, part)
    return target.getvalue()
