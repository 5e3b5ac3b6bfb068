"""The text of a slide: as large as its slide allows, with real bullets and numbers."""

from dataclasses import dataclass, replace

from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from auditbook.briefing.brand import Brand
from auditbook.briefing.model import Block, Chart, Listing, Paragraph, Quotation, Run, Subheading
from auditbook.reading.palette import INK

LANGUAGE = "en-GB"
FONT = "Arial"
LETTER_WIDTH = 0.5
"""An Arial letter's average width as a share of its size, taken wide, so that text is never taken for shorter."""
LINE_SPACING = 1.2
SPACE_BETWEEN = 0.45
"""Line height, and space after a paragraph, in letter sizes."""
INDENT = Inches(0.45)
INSETS = Inches(0.2)
"""What a text box keeps free at its sides together."""


@dataclass(frozen=True)
class SlideLine:
    """One paragraph of a slide: its runs, how deep it stands in lists, its mark (`•`, a number, or none)."""

    runs: tuple[Run, ...]
    depth: int = 0
    mark: str = ""
    is_heading: bool = False

    @property
    def letters(self) -> int:
        return sum(len(run.text) for run in self.runs)


def lines_of(block: Block, depth: int = 0) -> list[SlideLine]:
    """The paragraphs of a block that is no table and no chart. What somebody said stands in, and in italics."""
    match block:
        case Paragraph():
            return [SlideLine(block.runs, depth)]
        case Subheading():
            return [SlideLine(tuple(replace(run, is_strong=True) for run in block.words.runs), is_heading=True)]
        case Quotation():
            lines = [line for part in block.every_block for line in lines_of(part, depth + 1)]
            return [replace(line, runs=tuple(replace(run, is_emphasis=True) for run in line.runs)) for line in lines]
        case Listing():
            return _items(block, depth)
        case Chart():
            return []  # PowerPoint draws it


def _items(listing: Listing, depth: int) -> list[SlideLine]:
    lines = []
    for place, item in enumerate(listing.items):
        mark = "•" if listing.start is None else str(listing.start + place)
        for part in item:
            if isinstance(part, Listing):
                lines += _items(part, depth + 1)
            else:
                lines.append(SlideLine(part.runs, depth + 1, mark))
                mark = ""
    return lines


def height_of(lines: list[SlideLine], size: int, wide: int) -> int:
    """How high these lines are likely to stand in a text box of this width."""
    total = 0.0
    for line in lines:
        room = wide - INSETS - line.depth * INDENT
        rows = -(-line.letters * LETTER_WIDTH * Pt(size) // room)
        total += (max(rows, 1) * LINE_SPACING + SPACE_BETWEEN) * Pt(size)
    return int(total)


def write_lines(frame, lines: list[SlideLine], size: int, brand: Brand) -> None:
    """Fill a text frame."""
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", str(line.depth * INDENT))
        properties.set("indent", str(-INDENT if line.mark else 0))
        paragraph.space_before = Pt(0)
        paragraph.space_after = Pt(round(size * SPACE_BETWEEN))
        properties.extend(_mark(line.mark, brand))
        write_runs(paragraph, line.runs, size, brand.colour if line.is_heading else INK)


def _mark(mark: str, brand: Brand) -> list:
    """The elements of a paragraph's mark: a real bullet or number, not a letter that looks like one."""
    if not mark:
        return [parse_xml(f"<a:buNone {nsdecls('a')}/>")]
    colour = f'<a:srgbClr val="{brand.colour[1:].upper()}"/>'
    kind = '<a:buChar {}char="•"/>' if mark == "•" else f'<a:buAutoNum {{}}type="arabicPeriod" startAt="{mark}"/>'
    return [
        parse_xml(f"<a:buClr {nsdecls('a')}>{colour}</a:buClr>"),
        parse_xml(f'<a:buFont {nsdecls("a")} typeface="{FONT}"/>'),
        parse_xml(kind.format(f"{nsdecls('a')} ")),
    ]


def write_runs(paragraph, runs: tuple[Run, ...], size: int, colour: str, is_bold: bool = False) -> None:
    for run in runs:
        made = paragraph.add_run()
        made.text = run.text
        made._r.get_or_add_rPr().set("lang", LANGUAGE)
        font = made.font
        font.name, font.size, font.color.rgb = FONT, Pt(size), RGBColor.from_string(colour[1:].upper())
        font.bold, font.italic = is_bold or run.is_strong, run.is_emphasis
        if run.link:
            made.hyperlink.address = run.link
