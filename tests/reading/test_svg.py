"""What matplotlib drew, dressed for a page: the same bytes everywhere, the book's colours, no styles."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from typing import get_args

import pytest
from matplotlib.figure import Figure

from auditbook.engine.page_problems import _is_ours
from auditbook.reading import show
from auditbook.reading.axes import boxes, picture, text
from auditbook.reading.display import (
    Cell,
    Chart,
    ChartWithTable,
    Collapsed,
    Display,
    Drawing,
    Heading,
    Note,
    Notices,
    Stack,
    Table,
)
from auditbook.reading.palette import FILLED, HALF_TONE, OUTLINE, WITHHELD, in_colour
from auditbook.validation.problems import WrongUsage

WORDS = "Seven cases raised neglect, and two did not."
PROGRAM = """
from auditbook.reading import charts, open_audit
figures = open_audit("2020-21-Q4", "recorded")
print("".join(getattr(charts, name)(figures)._repr_html_() for name in ("themes", "flags", "numbers", "agencies")))
"""


def a_figure() -> Figure:
    figure = Figure(figsize=(5, 3))
    axes = figure.subplots()
    axes.barh(["Neglect", "Voice <&>"], [7, 2], color="#12436d")
    axes.plot([1, 2], [0, 1], "o", color="#f46a25")
    axes.set_xlabel("cases")
    return figure


def everything(axes, width: float) -> float:
    for place, look in enumerate((FILLED, HALF_TONE, OUTLINE, WITHHELD)):
        axes.scatter(10 + 20 * place, 10, s=144, **in_colour(look))
        boxes(axes, [(10 + 20 * place, 30, 12, 12)], **in_colour(look))
    axes.plot([100, 105, 100], [45, 50, 55], color="#12436d")
    text(axes, 10, 85, "$5 & <b>", "right", weight=700)
    return 100


def inside(draw) -> str:
    """Of the narrow picture's SVG."""
    return picture(draw, "Title", [WORDS]).narrow.inside


def test_a_picture_is_the_same_in_every_process():
    runs = [
        subprocess.run([sys.executable, "-c", PROGRAM], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
        for seed in ("0", "1")
    ]
    assert runs[0].stdout == runs[1].stdout != b""


def test_dressing_leaves_no_style_no_date_and_no_colour_that_is_no_variable():
    html = picture(everything, "Title", [WORDS])._repr_html_()
    assert not re.search(r"style=|<style|metadata|matplotlib|font-family|xlink|clip-path|-0\b", html)
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', html)) <= {
        "none",
        "currentColor",
        "var(--ab-blue, #12436d)",
        "var(--ab-half, #a9c1d6)",
    }


def test_each_look_is_drawn_as_what_it_is():
    drawn = inside(everything)
    assert drawn.count("<circle") == 4 and drawn.count("<rect") == 4
    assert drawn.count("stroke-dasharray") == 2  # what is withheld, a dot and a box
    assert "$5 &amp; &lt;b&gt;" in drawn and 'text-anchor="end"' in drawn and 'font-weight="700"' in drawn


def test_a_box_and_a_circle_are_what_they_are_whether_matplotlib_repeats_them_or_not():
    def once(axes, width):
        boxes(axes, [(1, 2, 30, 4)], **in_colour(FILLED))
        axes.scatter([50], [60], s=144, **in_colour(OUTLINE))
        return 100

    def often(axes, width):
        axes.scatter([50, 70], [60, 60], s=144, marker="s", **in_colour(FILLED))
        axes.scatter([50, 70], [90, 90], s=144, **in_colour(OUTLINE))
        return 100

    assert re.findall(r"<(?:rect|circle)[^>]+?(?= fill|/)", inside(once)) == [
        '<rect x="1" y="2" width="30" height="4"',
        '<circle cx="50" cy="60" r="6"',
    ]
    assert re.findall(r"<(?:rect|circle)[^>]+?(?= fill|/)", inside(often)) == [
        '<rect x="44" y="54" width="12" height="12"',
        '<rect x="64" y="54" width="12" height="12"',
        '<circle cx="50" cy="90" r="6"',
        '<circle cx="70" cy="90" r="6"',
    ]
    assert not re.search("<path|<use|<defs", inside(once) + inside(often))


def test_text_lies_over_dots_and_dots_over_boxes():
    def draw(axes, width):
        text(axes, 10, 10, "7")
        axes.scatter(10, 10, s=24**2, **in_colour(FILLED))
        boxes(axes, [(0, 0, 20, 20)], **in_colour(FILLED))
        return 30

    drawn = inside(draw)
    assert drawn.index("<rect") < drawn.index("<circle") < drawn.index("<text")


def test_an_analysts_own_figure_is_shown_in_the_pages_ink_with_its_words():
    shown = show(a_figure(), "Themes", WORDS)
    html = shown._repr_html_()
    assert repr(shown) == f"Themes. {WORDS}"
    assert "var(--ab-blue, #12436d)" in html and "currentColor" in html and "Voice &lt;&amp;&gt;" in html
    assert "#ffffff" not in html and "style=" not in html
    assert html == show(a_figure(), "Themes", WORDS)._repr_html_()


def test_a_figure_of_one_width_is_on_the_page_once():
    html = show(a_figure(), "Themes", WORDS)._repr_html_()
    assert html.count("<svg") == 1
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_two_figures_on_a_page_share_no_id():
    ids = [re.findall(r' id="([^"]+)"', show(a_figure(), title, WORDS)._repr_html_()) for title in ("One", "Two")]
    assert not set(ids[0]) & set(ids[1])
    html = show(a_figure(), "One", WORDS)._repr_html_()
    for link in re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', html):
        assert f'id="{link[0] or link[1]}"' in html


@pytest.mark.parametrize(("title", "words"), [("", WORDS), ("Title", ""), ("Title", "A chart")])
def test_a_picture_without_a_title_or_words_is_refused_with_the_line_to_write(title, words):
    with pytest.raises(WrongUsage, match=r"Write: show\(figure"):
        show(a_figure(), title, words)


def test_a_picture_of_pixels_is_refused():
    figure = Figure()
    figure.subplots().imshow([[1, 2], [3, 4]])
    with pytest.raises(WrongUsage, match="pcolormesh"):
        show(figure, "Title", WORDS)


def test_every_kind_of_display_is_one_that_a_page_may_publish():
    drawing = Drawing("", 320, 20)
    table, chart = (
        Table("Cases", ("Agency", "Cases"), ((Cell("Police"), Cell("4")),)),
        Chart("A", ("b",), drawing, drawing),
    )
    made = [Note("None."), Heading("Voice"), Notices((("profile", "True counts."),)), chart, table, Collapsed(table)]
    made += [ChartWithTable(chart, table), Stack((ChartWithTable(replace(chart, is_slim=True), table),) * 2)]
    assert {type(each) for each in made} == set(get_args(Display))
    shown = [{"text/plain": repr(each), "text/html": each._repr_html_()} for each in made]
    assert [each for each in shown if not _is_ours(each)] == []
