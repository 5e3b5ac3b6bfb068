"""A table of a briefing as a real table of Word: its first row is a header that is read out, and repeated overleaf."""

from collections.abc import Callable, Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from auditbook.briefing.brand import Brand
from auditbook.briefing.model import Chart, Paragraph, Table

FULL_WIDTH = 5000
"""Fiftieths of a per cent: as wide as the column of text."""
COLUMN = 4762
"""Twentieths of a point: a column of the template that ships, for programs that lay tables out by their grid."""
LETTERS_A_TABLE = 38
"""So many stand in a line of that column."""
LINES = {"head": ("12", "505A5F"), "row": ("4", "B1B4B6")}
"""Eighths of a point, and the colour, of the line under the header and under a row."""
CHART_SHARES = (0.4, 0.36, 0.24)
"""Of the width of a chart: what a bar is of, the bar, its number."""
BAR_COLOUR = Brand().colour[1:].upper()
"""Of the plain brand; the document takes its own afterwards, as its styles do."""
TEXT_SIZE = Pt(10)
MARGIN = "140"
"""Twentieths of a point between a cell's text and the next cell."""


def word_table(table: Table, paragraph: Callable[[Paragraph], object]):
    """The table's element. `paragraph` makes the element of what stands in a cell."""
    element = _with("w:tbl", _properties(), _grid(table.shares(LETTERS_A_TABLE)))
    for place, row in enumerate(table.every_row):
        element.append(_row(table, row, paragraph, is_header=not place))
    return element


def word_chart(chart: Chart, paragraph: Callable[[Paragraph], object]) -> list:
    """A chart's title, and a table without lines: what each bar is of, the bar, and its number.

    A bar is an empty paragraph whose ground is coloured up to where its length ends: no picture, nothing to read aloud.
    """
    title = paragraph(chart.title)
    title.get_or_add_pPr().get_or_add_keepNext()
    for run in title.iter(qn("w:r")):
        run.get_or_add_rPr().get_or_add_b()
    element = _with("w:tbl", _properties(), _grid(CHART_SHARES))
    for bar in chart.bars:
        label, words = paragraph(bar.label), paragraph(bar.words)
        cells = []
        for text, share in zip((label, _bar(bar.share), words), CHART_SHARES, strict=True):
            _dress(text, "left", is_header=False)
            width = _element("w:tcW", w=str(round(share * FULL_WIDTH)), type="pct")
            cells.append(_with("w:tc", _with("w:tcPr", width, _element("w:vAlign", val="center")), text))
        element.append(_with("w:tr", _with("w:trPr", OxmlElement("w:cantSplit")), *cells))
    return [title, element]


def _bar(share: float):
    element = OxmlElement("w:p")
    properties = element.get_or_add_pPr()
    room = round(CHART_SHARES[1] * COLUMN) - int(MARGIN)
    if share:
        indent = properties.get_or_add_ind()
        indent.set(qn("w:right"), str(round((1 - share) * room)))
        properties.insert_element_before(
            _element("w:shd", val="clear", color="auto", fill=BAR_COLOUR), "w:tabs", "w:spacing", "w:ind", "w:jc"
        )
    return element


def after_table():
    """A paragraph as low as can be: Word wants one between a table and what follows."""
    element = OxmlElement("w:p")
    spacing = element.get_or_add_pPr().get_or_add_spacing()
    for name, value in {"before": "0", "after": "0", "line": "120", "lineRule": "exact"}.items():
        spacing.set(qn(f"w:{name}"), value)
    return element


def _properties():
    margins = [_element("w:left", w="0", type="dxa"), _element("w:right", w=MARGIN, type="dxa")]
    layout = _element("w:tblLayout", type="fixed")
    look = _element("w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0")
    return _with(
        "w:tblPr", _element("w:tblW", w=str(FULL_WIDTH), type="pct"), layout, _with("w:tblCellMar", *margins), look
    )


def _grid(shares: Sequence[float]):
    return _with("w:tblGrid", *(_element("w:gridCol", w=str(round(share * COLUMN))) for share in shares))


def _row(table: Table, cells: tuple[Paragraph, ...], paragraph: Callable, is_header: bool):
    row = OxmlElement("w:tr")
    properties = [OxmlElement("w:cantSplit"), *([OxmlElement("w:tblHeader")] if is_header else [])]
    row.append(_with("w:trPr", *properties))
    size, colour = LINES["head" if is_header else "row"]
    for cell, share, side in zip(cells, table.shares(LETTERS_A_TABLE), table.sides, strict=True):
        line = _with("w:tcBorders", _element("w:bottom", val="single", sz=size, space="0", color=colour))
        text = paragraph(cell)
        _dress(text, side, is_header)
        width = _element("w:tcW", w=str(round(share * FULL_WIDTH)), type="pct")
        row.append(_with("w:tc", _with("w:tcPr", width, line), text))
    return row


def _dress(paragraph, side: str, is_header: bool) -> None:
    """Little space around a cell's text; a header is strong, and stays with the rows below it."""
    properties = paragraph.get_or_add_pPr()
    if is_header:
        properties.get_or_add_keepNext()
    spacing = properties.get_or_add_spacing()
    spacing.set(qn("w:before"), "40")
    spacing.set(qn("w:after"), "40")
    properties.get_or_add_jc().set(qn("w:val"), side)
    for run in paragraph.iter(qn("w:r")):
        look = run.get_or_add_rPr()
        if is_header:
            look.get_or_add_b()
        look.get_or_add_sz().val = TEXT_SIZE


def _element(name: str, **attributes: str):
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element


def _with(name: str, *children):
    element = OxmlElement(name)
    for child in children:
        element.append(child)
    return element
