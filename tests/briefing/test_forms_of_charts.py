"""A chart in a box: the same numbers in every form, drawn by each in its own way, and nothing that is withheld."""

import io

import docx
import pptx
import pytest
from docx.oxml.ns import qn
from lxml import html
from papers import a_brand, a_handout, a_paragraph, everything, figures_under, in_libreoffice, shipped_figures, solid

from auditbook.briefing.charts import MOST_BARS, read_chart
from auditbook.briefing.forms import FORMS, write_form
from auditbook.briefing.model import Chart
from auditbook.briefing.myst import briefing_page
from auditbook.briefing.parse import WITHHELD_PARAGRAPH, parse_briefing
from auditbook.briefing.pdf import boxes_too_long
from auditbook.briefing.sources import Sources
from auditbook.reading.wording import NotInWords
from auditbook.validation.problems import Refusals

REAL = "2020-21-Q4"


def the_chart(content: str = "ethnicity", audit: str = REAL) -> Chart:
    return read_chart(content, shipped_figures(audit), 3)


def said(chart: Chart) -> list[tuple[str, str]]:
    return [(bar.label.text, bar.words.text) for bar in chart.bars]


def test_a_chart_has_the_values_of_a_variable_above_zero_with_their_base_said_once():
    chart = the_chart()
    assert chart.title.text == "Ethnicity, of 5 children"
    assert said(chart) == [("White British", "2"), ("White and Black Caribbean", "1"), ("Indian", "2")]
    assert [bar.share for bar in chart.bars] == [1, 0.5, 1]


def test_a_chart_may_have_a_title_of_its_own():
    assert the_chart("sex|Who the babies were").title.text == "Who the babies were, of 5 children"


def test_themes_stand_with_most_findings_first_and_not_all_of_them():
    bars = the_chart("themes", "2021-22-Q1").bars
    values = [bar.value for bar in bars]
    assert len(bars) == MOST_BARS and values == sorted(values, reverse=True)


def test_what_is_withheld_has_words_and_no_bar():
    chart = read_chart("sex", shipped_figures("2021-22-Q3"), 3)
    assert said(chart) == [("Female", "withheld"), ("Male", "14"), ("Unborn or not known", "withheld")]
    assert [bar.share for bar in chart.bars] == [0, 1, 0]


def test_of_what_is_withheld_whole_nothing_is_drawn():
    with pytest.raises(NotInWords):
        read_chart("ethnicity", figures_under(REAL, "strict"), 3)


def test_released_more_strictly_than_written_a_sentence_stands_in_its_place():
    boxes = "".join(f"## {number} T\n\nWords.\n\n" for number in range(2, 8))
    refusals = Refusals()
    text = f"## 1 T\n\n{{chart}}`ethnicity`\n\n{boxes}"
    briefing = parse_briefing(text, Sources(figures_under(REAL, "strict")), "briefing.md", refusals)
    assert not refusals.found and briefing.boxes[0].blocks[0].text == WITHHELD_PARAGRAPH


def made(form: str, **more) -> bytes:
    return write_form(form, a_handout((a_paragraph("Before."), the_chart()), audit=REAL, **more))


@pytest.mark.parametrize("form", [form for form in FORMS if form != "pptx"])
def test_every_form_says_every_number_in_order(form):
    text = everything(form, made(form))
    words = ["Ethnicity, of 5 children", *(word for pair in said(the_chart()) for word in pair)]
    start = 0
    for word in words:
        start = text.index(solid(word), start)


def test_a_slide_has_powerpoints_own_chart_with_words_for_it():
    [slide, *_] = pptx.Presentation(io.BytesIO(made("pptx"))).slides
    [frame] = [shape for shape in slide.shapes if shape.has_chart]
    plot = frame.chart.plots[0]
    assert list(plot.categories) == [label for label, _ in said(the_chart())]
    assert list(plot.series[0].values) == [2, 1, 2]
    assert "Indian: 2" in frame._element.nvGraphicFramePr.cNvPr.get("descr")


def test_a_chart_without_room_beside_its_words_has_a_slide_of_its_own():
    own = a_handout((a_paragraph("Words go on. " * 90), the_chart()), audit=REAL)
    shown = pptx.Presentation(io.BytesIO(write_form("pptx", own))).slides
    charts = [any(shape.has_chart for shape in slide.shapes) for slide in shown]
    assert charts[:3] == [False, True, False] and shown[1].shapes.title.text == "1 Box 1 (continued)"


def test_words_bars_are_coloured_by_the_brand_and_end_where_their_share_ends():
    document = docx.Document(io.BytesIO(made("docx", brand=a_brand(colour="#5b2a86"))))
    [table] = document.tables
    bars = [row.cells[1].paragraphs[0]._p.pPr for row in table.rows]
    assert {each.find(qn("w:shd")).get(qn("w:fill")) for each in bars} == {"5B2A86"}
    ends = [int(each.ind.get(qn("w:right"))) for each in bars]
    assert ends[0] == ends[2] == 0 and ends[1] > 500
    [content] = in_libreoffice("pdf", {"a.docx": made("docx")}).values()
    assert content.startswith(b"%PDF")


def test_the_page_and_the_html_file_have_a_table_with_heads_of_rows():
    own = a_handout((the_chart(),), audit=REAL)
    page = briefing_page(own.briefing, shipped_figures(REAL))
    for markup in (page, write_form("html", own).decode()):
        table = html.fromstring(markup[markup.index("<table") : markup.index("</table>") + 8])
        assert table.findtext("caption") == "Ethnicity, of 5 children"
        assert [row.find("th").get("scope") for row in table.iter("tr")] == ["row"] * 3
        assert [row.find("td").text_content() for row in table.iter("tr")] == ["2", "1", "2"]


def test_a_box_that_a_chart_makes_too_long_is_named():
    words = a_paragraph("Words of a sentence that says what was seen in this audit. " * 34)
    assert boxes_too_long(a_handout((words,), audit=REAL)) == []
    [too_long] = boxes_too_long(a_handout((words, the_chart()), audit=REAL))
    assert str(too_long).startswith("box 1 is too long by about")
