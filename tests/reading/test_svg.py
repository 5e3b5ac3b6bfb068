"""What matplotlib drew, dressed for a page: the same bytes everywhere, the book's colours, no styles."""

import os
import re
import subprocess
import sys

import pytest
from matplotlib.figure import Figure

from auditbook.reading import show
from auditbook.reading.picture import FILLED, HALF_TONE, OUTLINE, WITHHELD, Canvas, picture
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


def everything(canvas: Canvas) -> None:
    for place, look in enumerate((FILLED, HALF_TONE, OUTLINE, WITHHELD)):
        canvas.dot(10 + 20 * place, 10, 6, look)
        canvas.box(10 + 20 * place, 30, 12, 12, look)
    canvas.arrow(100, 50)
    canvas.text(10, 90, "$5 & <b>", "right", is_bold=True)


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
    html = Canvas(320)
    everything(html)
    inside = html.drawing().inside
    assert inside.count("<circle") == 4 and inside.count("<rect") == 4
    assert inside.count("stroke-dasharray") == 2  # what is withheld, a dot and a box
    assert "$5 &amp; &lt;b&gt;" in inside and 'text-anchor="end"' in inside and 'font-weight="700"' in inside


def test_one_box_alone_is_a_box_too():
    canvas = Canvas(320)
    canvas.box(1, 2, 30, 4)
    assert canvas.drawing().inside.startswith('<rect x="1" y="2" width="30" height="4" ')


def test_text_lies_over_dots_and_dots_over_boxes():
    canvas = Canvas(320)
    canvas.text(10, 15, "7")
    canvas.dot(10, 10, 12)
    canvas.box(0, 0, 20, 20)
    inside = canvas.drawing().inside
    assert inside.index("<rect") < inside.index("<circle") < inside.index("<text")


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
