"""Tables and pictures on paper, as Chromium prints them in the book's own styles."""

import io

import pypdf
import pytest

from auditbook.reading.display import STACKED, Cell, Table
from auditbook.site.sphinx_ext import THEME_FOLDER

STYLES = "".join(
    f"<style>{(THEME_FOLDER / 'static' / name).read_text('utf-8')}</style>" for name in ("auditbook.css", "charts.css")
)
FILLED = range(820, 1000, 12)
"""Pixels above a table on its sheet, of the 1,000 that a sheet has: somewhere among these it begins at its foot."""

PARTS = ("Asks", "Begins", "ends", "Drawn")


def sheets(page, body: str) -> list[str]:
    page.set_content(f'<!doctype html>{STYLES}<article class="bd-article">{body}</article>')
    return [each.extract_text() for each in pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]


@pytest.mark.parametrize("layout", ["plain", STACKED])
def test_what_heads_a_table_never_stands_alone_at_the_foot_of_a_sheet(page, layout):
    body = ""
    for number in FILLED:
        rows = tuple((Cell(f"Row{number}-{row}"), Cell("4", is_number=True)) for row in range(4))
        table = Table(f"Caption{number}", (f"Head{number}", "Number"), rows, layout=layout)
        body += f'<div style="break-before: page; height: {number}px"></div>{table._repr_html_()}'
    text = sheets(page, body)
    ended = set()
    for number in FILLED:
        [on] = [place for place, sheet in enumerate(text) if f"Caption{number}" in sheet]
        assert f"Head{number}" in text[on] and f"Row{number}-0" in text[on], number
        ended.add(f"Row{number}-3" in text[on])
    assert ended == {True, False}, "no table reached over the end of its sheet"


@pytest.mark.parametrize(
    "between", ["", '<div class="cell container"></div>'], ids=["next to it", "a silent cell between"]
)
def test_the_heading_and_the_sentences_above_a_picture_stand_on_its_sheet(page, between):
    """A cell that shows nothing, as one that only makes a frame, parts nothing."""
    body = ""
    for number in FILLED:
        said = f"Begins{number} " + "with words of a sentence that goes on " * 5 + f"ends{number}"
        shown = (
            f'<figure class="ab-chart"><svg width="300" height="240"><text y="20">Drawn{number}</text></svg></figure>'
        )
        cell = f'<div class="cell container"><div class="cell_output container"><div>{shown}</div></div></div>'
        body += f'<div style="break-before: page; height: {number - 240}px"></div>'
        body += f"<section><h2>Asks{number}</h2><p>{said}</p>{between}{cell}</section>"
    text = sheets(page, body)
    for number in FILLED:
        parts = {part: [place for place, sheet in enumerate(text) if f"{part}{number}" in sheet] for part in PARTS}
        assert len({tuple(on) for on in parts.values()}) == 1, (number, parts)


def test_what_numbers_are_parts_of_is_not_broken_word_by_word(page):
    heads = ("Agency", "Improving", "Continued development of practice", "Development", "Not graded at all", "Of")
    cells = (Cell("Child and adolescent mental health services"), *[Cell("1", is_number=True)] * 4, Cell("1 grade"))
    [sheet] = sheets(page, Table("By agency", heads, (cells,) * 3, layout=STACKED)._repr_html_())
    assert sheet.count("1 grade") == 3
