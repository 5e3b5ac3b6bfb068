"""The briefing as seven slides, one a box, with a chart where its figures allow one and their sources in the notes."""

import io

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Pt

from auditbook.briefing.brand import Brand
from auditbook.briefing.figure_sources import sources_of
from auditbook.briefing.forms import Handout
from auditbook.briefing.model import Block, Box, Listing, Paragraph, Run
from auditbook.briefing.office_zip import Properties, packed
from auditbook.briefing.slide_charts import add_chart, bars_of

LANGUAGE = "en-GB"
FONT = "Arial"
INK = "#0b0c0c"
MUTED = "#505a5f"
WIDE, HIGH = Inches(13.333), Inches(7.5)
SIDE = Inches(0.65)
TITLE_TOP, TITLE_HIGH = Inches(0.45), Inches(1.0)
BODY_TOP, BODY_HIGH = Inches(1.6), Inches(5.1)
FOOT_TOP, FOOT_HIGH = Inches(6.85), Inches(0.4)
BODY_WIDE = WIDE - 2 * SIDE
BESIDE_CHART, GAP = Inches(6.9), Inches(0.25)
"""The width of a text beside a chart, and the space between them."""
WITH_CHART = 16
"""Points; a text that would be smaller beside a chart has the slide to itself."""
SIZES = (26, 24, 22, 20, 18, 16, 14)
"""Points, the largest first; the text of a box is as large as its slide allows."""
LETTER = 0.5
"""An Arial letter's average width as a share of its size, taken wide, so that text is never taken for shorter."""
LINE = 1.2
BETWEEN = 0.45
"""Line height, and space after a paragraph, in letter sizes."""
INDENT = Inches(0.45)


def write(handout: Handout) -> bytes:
    """A .pptx file of seven slides, the same bytes every time."""
    show = Presentation()
    show.slide_width, show.slide_height = WIDE, HIGH
    layout = show.slide_layouts[1]
    _drop_other_layouts(show, layout)
    _drop_thumbnail(show)
    _dress(show.slide_master, handout.brand)
    for shape in list(layout.placeholders):
        _place(shape)
    for box in handout.briefing.boxes:
        _slide(show, layout, box, handout)
    target = io.BytesIO()
    show.save(target)
    properties = Properties(f"{handout.title}, {handout.quarter}", handout.publisher, handout.standfirst, handout.made)
    return packed(target.getvalue(), properties)


def _drop_other_layouts(show, kept) -> None:
    for layout in list(show.slide_layouts):
        if layout is not kept:
            show.slide_layouts.remove(layout)


def _drop_thumbnail(show) -> None:
    """The library's template brings a picture of an empty slide."""
    package = show.part.package
    for key, relation in list(package._rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            package._rels.pop(key)


def _place(shape) -> None:
    """Put a placeholder of the layout where it belongs on a wide slide."""
    places = {
        0: (SIDE, TITLE_TOP, WIDE - 2 * SIDE, TITLE_HIGH),
        1: (SIDE, BODY_TOP, WIDE - 2 * SIDE, BODY_HIGH),
    }
    number = shape.placeholder_format.idx
    if number in places:
        shape.left, shape.top, shape.width, shape.height = places[number]
    else:
        shape._element.getparent().remove(shape._element)


def _dress(master, brand: Brand) -> None:
    """The look of every slide: a band of the brand's colour, titles in it, Arial."""
    for shape in list(master.placeholders):
        _place(shape)
    colour = brand.colour[1:].upper()
    band = parse_xml(
        f"<p:sp {nsdecls('p', 'a')}>"
        '<p:nvSpPr><p:cNvPr id="90" name="Band"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{WIDE}" cy="{Inches(0.22)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></p:spPr></p:sp>'
    )
    master.shapes._spTree.insert(2, band)
    styles = master._element.find(qn("p:txStyles"))
    for properties in styles.iter(qn("a:defRPr")):
        for fonts in properties.findall(qn("a:latin")):
            fonts.set("typeface", FONT)
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")


def _slide(show, layout, box: Box, handout: Handout) -> None:
    slide = show.slides.add_slide(layout)
    heading = slide.shapes.title.text_frame
    heading.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    _write_runs(heading.paragraphs[0], (Run(f"{box.number} "), *box.title), 32, handout.brand.colour, is_bold=True)
    body = slide.placeholders[1].text_frame
    body.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    body.word_wrap = True
    lines = [line for block in box.blocks for line in _lines(block)]
    bars = bars_of(box, handout.figures)
    if bars and _size(lines, BESIDE_CHART) < WITH_CHART:
        bars = None  # the words come first
    size = _size(lines, BESIDE_CHART if bars else BODY_WIDE)
    if bars:
        _make_room(slide.placeholders[1])
        left = SIDE + BESIDE_CHART + GAP
        add_chart(slide, bars, left, BODY_TOP, WIDE - SIDE - left, handout.brand, FONT, INK)
    for place, line in enumerate(lines):
        paragraph = body.paragraphs[0] if place == 0 else body.add_paragraph()
        _write_line(paragraph, line, size, handout.brand)
    _write_foot(slide, handout)
    _write_logo(slide, handout.brand)
    notes = [*sources_of(box, handout.figures), *([f"Chart: {bars.title}. Source: {bars.source}."] if bars else [])]
    slide.notes_slide.notes_text_frame.text = "\n".join(notes) or "No figures."
    for run in slide.notes_slide._element.iter(qn("a:r")):
        run.get_or_add_rPr().set("lang", LANGUAGE)


class _Line:
    """One paragraph of a slide: its runs, how deep it stands in lists, its mark (`•`, a number, or none)."""

    def __init__(self, runs: tuple[Run, ...], depth: int = 0, mark: str = ""):
        self.runs, self.depth, self.mark = runs, depth, mark

    @property
    def letters(self) -> int:
        return sum(len(run.text) for run in self.runs)


def _make_room(body) -> None:
    """Leave the right side of the slide to a chart."""
    body.left, body.top, body.width, body.height = SIDE, BODY_TOP, BESIDE_CHART, BODY_HIGH


def _lines(block: Block, depth: int = 0) -> list[_Line]:
    if isinstance(block, Paragraph):
        return [_Line(block.runs, depth)]
    lines = []
    for place, item in enumerate(block.items):
        mark = "•" if block.start is None else str(block.start + place)
        for part in item:
            if isinstance(part, Listing):
                lines += _lines(part, depth + 1)
            else:
                lines.append(_Line(part.runs, depth + 1, mark))
                mark = ""
    return lines


def _size(lines: list[_Line], wide: int) -> int:
    """The largest size at which the text is likely to fit; PowerPoint shrinks what does not."""
    return next((size for size in SIZES if _height(lines, size, wide) <= BODY_HIGH - Inches(0.2)), SIZES[-1])


def _height(lines: list[_Line], size: int, body: int) -> int:
    total = 0.0
    for line in lines:
        wide = body - Inches(0.2) - line.depth * INDENT
        rows = -(-line.letters * LETTER * Pt(size) // wide)
        total += (max(rows, 1) * LINE + BETWEEN) * Pt(size)
    return int(total)


def _write_line(paragraph, line: _Line, size: int, brand: Brand) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(line.depth * INDENT))
    properties.set("indent", str(-INDENT if line.mark else 0))
    paragraph.space_before = Pt(0)
    paragraph.space_after = Pt(round(size * BETWEEN))
    properties.extend(_mark(line.mark, brand))
    _write_runs(paragraph, line.runs, size, INK)


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


def _write_runs(paragraph, runs: tuple[Run, ...], size: int, colour: str, is_bold: bool = False) -> None:
    for run in runs:
        made = paragraph.add_run()
        made.text = run.text
        made._r.get_or_add_rPr().set("lang", LANGUAGE)
        font = made.font
        font.name, font.size, font.color.rgb = FONT, Pt(size), RGBColor.from_string(colour[1:].upper())
        font.bold, font.italic = is_bold or run.is_strong, run.is_emphasis
        if run.link:
            made.hyperlink.address = run.link


def _write_foot(slide, handout: Handout) -> None:
    """Whose briefing it is, and what must be known first, on every slide: one slide may be shown alone."""
    foot = slide.shapes.add_textbox(SIDE, FOOT_TOP, WIDE - 2 * SIDE, FOOT_HIGH)
    foot.name = "Foot"
    foot.text_frame.word_wrap = True
    words = " · ".join([f"{handout.title}, {handout.quarter}", handout.partnership])
    paragraph = foot.text_frame.paragraphs[0]
    if handout.notices:
        _write_runs(paragraph, (Run(" ".join(handout.notices) + " "),), 12, handout.brand.accent, is_bold=True)
    _write_runs(paragraph, (Run(words),), 12, MUTED)


def _write_logo(slide, brand: Brand) -> None:
    if not brand.picture:
        return
    picture = slide.shapes.add_picture(io.BytesIO(brand.picture), Emu(0), Inches(0.4), height=Inches(0.7))
    picture.left = WIDE - SIDE - picture.width
    title = slide.shapes.title
    title.left, title.top, title.height = SIDE, TITLE_TOP, TITLE_HIGH
    title.width = picture.left - 2 * SIDE  # a long title keeps clear of the logo
    picture.name = "Logo"
    picture._element.nvPicPr.cNvPr.set("descr", brand.logo_alt)
