"""A table of a briefing on a slide: PowerPoint's own, its first row marked as the header that is read out."""

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from auditbook.briefing.brand import Brand
from auditbook.briefing.model import Paragraph, Table
from auditbook.briefing.slide_text import INK, LETTER_WIDTH, LINE_SPACING, write_runs

ALIGNMENTS = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}
PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's style “No Style, No Grid”."""
PADDING = Inches(0.07)
"""Above and below a cell's text, and to its sides."""
HAIRLINE = "B1B4B6"


def table_height(table: Table, size: int, wide: int) -> int:
    """How high the table is likely to stand at this size."""
    return sum(_row_height(table, row, size, wide) for row in table.every_row)


def _shares(table: Table, size: int, wide: int) -> list[float]:
    return table.shares(int(wide / (LETTER_WIDTH * Pt(size))) - 2 * len(table.header))


def _row_height(table: Table, row: tuple[Paragraph, ...], size: int, wide: int) -> int:
    rooms = [wide * share - 2 * PADDING for share in _shares(table, size, wide)]
    lines = [
        max(1, -(-len(cell.text) * LETTER_WIDTH * Pt(size) // room)) for cell, room in zip(row, rooms, strict=True)
    ]
    return int(max(lines) * LINE_SPACING * Pt(size) + 2 * PADDING)


def add_table(slide, table: Table, size: int, place: tuple[int, int, int], brand: Brand, name: str) -> None:
    """place  left, top and width"""
    left, top, wide = place
    rows, columns = len(table.every_row), len(table.header)
    frame = slide.shapes.add_table(rows, columns, left, top, wide, table_height(table, size, wide))
    frame.name = name
    made = frame.table
    made.horz_banding = False
    made._tbl.tblPr.find(qn("a:tableStyleId")).text = PLAIN_STYLE
    for column, share in zip(made.columns, _shares(table, size, wide), strict=True):
        column.width = int(wide * share)
    for place_of, row in enumerate(table.every_row):
        made.rows[place_of].height = _row_height(table, row, size, wide)
        for cell, words, side in zip(made.rows[place_of].cells, row, table.sides, strict=True):
            _write_cell(cell, words, size, side, brand, is_header=not place_of)


def _write_cell(cell, words: Paragraph, size: int, side: str, brand: Brand, is_header: bool) -> None:
    cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = PADDING
    cell.vertical_anchor = MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = ALIGNMENTS[side]
    write_runs(paragraph, words.runs, size, INK, is_bold=is_header)
    colour, thick = (brand.colour[1:].upper(), Pt(1.5)) if is_header else (HAIRLINE, Pt(0.75))
    line = f'<a:lnB {nsdecls("a")} w="{thick}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:lnB>'
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(line))
