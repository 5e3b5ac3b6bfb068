"""The briefing as slides, one a box and more where a table needs the room: seven, as a rule.

A chart stands where the figures of a box allow one; the notes have the source of each figure.
"""

import io
from dataclasses import replace

from pptx import Presentation
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches

from auditbook.briefing.brand import Brand
from auditbook.briefing.forms import Handout
from auditbook.briefing.model import Box, Chart, Run, Table
from auditbook.briefing.office_zip import office_file
from auditbook.briefing.slide_charts import add_chart, bars_of, sources_of
from auditbook.briefing.slide_tables import add_table, table_height
from auditbook.briefing.slide_text import FONT, INK, LANGUAGE, SlideLine, height_of, lines_of, write_lines, write_runs

MUTED = "#505a5f"
SLIDE_WIDTH, HIGH = Inches(13.333), Inches(7.5)
SIDE = Inches(0.65)
TITLE_TOP, TITLE_HIGH = Inches(0.45), Inches(1.0)
BODY_TOP, BODY_HIGH = Inches(1.6), Inches(5.1)
FOOT_TOP, FOOT_HIGH = Inches(6.85), Inches(0.4)
BODY_WIDE = SLIDE_WIDTH - 2 * SIDE
BESIDE_CHART, SLIDE_GAP = Inches(6.9), Inches(0.25)
"""The width of a text beside a chart, and the space between them."""
WITH_CHART = 16
"""Points; a text that would be smaller beside a chart has the slide to itself."""
SIZES = (26, 24, 22, 20, 18, 16, 14)
"""Points, the largest first; the text of a box is as large as its slide allows."""
ON_MANY = 16
"""Points, of a box that needs more slides than one."""
SPACE = 228_600
"""Between two parts: a quarter of an inch."""
Part = list[SlideLine] | Table


def write(handout: Handout) -> bytes:
    """A .pptx file of seven slides, the same bytes every time."""
    show = Presentation()
    show.slide_width, show.slide_height = SLIDE_WIDTH, HIGH
    layout = show.slide_layouts[1]
    _drop_other_layouts(show, layout)
    _drop_thumbnail(show)
    _dress(show.slide_master, handout.brand)
    for shape in list(layout.placeholders):
        _place(shape)
    for box in handout.briefing.boxes:
        _slides(show, layout, box, handout)
    return office_file(show.save, handout.properties)


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
        0: (SIDE, TITLE_TOP, SLIDE_WIDTH - 2 * SIDE, TITLE_HIGH),
        1: (SIDE, BODY_TOP, SLIDE_WIDTH - 2 * SIDE, BODY_HIGH),
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
        f'<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{SLIDE_WIDTH}" cy="{Inches(0.22)}"/></a:xfrm>'
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


def _slides(show, layout, box: Box, handout: Handout) -> None:
    """One slide a box; a box with tables may have more."""
    if not any(isinstance(block, Table) for block in box.blocks):
        _slide_of_text(show, layout, box, handout)
        return
    for place, (parts, size) in enumerate(stacked(_without_charts(box), BODY_WIDE, BODY_HIGH)):
        slide = _titled(show, layout, box, handout, " (continued)" if place else "")
        _stack(slide, parts, size, handout)
        _finish(slide, box, handout, [])
    _slide_of_chart(show, layout, box, handout)


def _without_charts(box: Box) -> Box:
    return replace(box, blocks=tuple(block for block in box.blocks if not isinstance(block, Chart)))


def _slide_of_chart(show, layout, box: Box, handout: Handout) -> None:
    """The chart of a box by itself, where it has no room beside the words; nothing unless the box holds one."""
    if not any(isinstance(block, Chart) for block in box.blocks):
        return
    slide, bars = _titled(show, layout, box, handout, " (continued)"), bars_of(box, handout.released)
    body = slide.placeholders[1]
    body._element.getparent().remove(body._element)
    add_chart(slide, bars, SIDE, BODY_TOP, BODY_WIDE, handout.brand, FONT, INK)
    _finish(slide, box, handout, [])


def _titled(show, layout, box: Box, handout: Handout, after: str = ""):
    slide = show.slides.add_slide(layout)
    heading = slide.shapes.title.text_frame
    heading.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    runs = (Run(f"{box.number} "), *box.title, *([Run(after)] if after else []))
    write_runs(heading.paragraphs[0], runs, 32, handout.brand.colour, is_bold=True)
    body = slide.placeholders[1].text_frame
    body.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    body.word_wrap = True
    return slide


def _slide_of_text(show, layout, box: Box, handout: Handout) -> None:
    slide = _titled(show, layout, box, handout)
    lines = [line for block in box.blocks for line in lines_of(block)]
    bars = bars_of(box, handout.released)
    has_no_room = bool(bars) and _size(lines, BESIDE_CHART) < WITH_CHART
    if has_no_room:
        bars = None  # the words come first
    size = _size(lines, BESIDE_CHART if bars else BODY_WIDE)
    if bars:
        _make_room(slide.placeholders[1])
        left = SIDE + BESIDE_CHART + SLIDE_GAP
        add_chart(slide, bars, left, BODY_TOP, SLIDE_WIDTH - SIDE - left, handout.brand, FONT, INK)
    write_lines(slide.placeholders[1].text_frame, lines, size, handout.brand)
    _finish(slide, box, handout, [f"Chart: {bars.title}. Source: {bars.source}."] if bars and bars.source else [])
    if has_no_room:
        _slide_of_chart(show, layout, box, handout)


def _stack(slide, parts: list[Part], size: int, handout: Handout) -> None:
    """Text and tables below each other, in their order; the first text stands in the layout's own place for it."""
    body, top = slide.placeholders[1], BODY_TOP
    for place, part in enumerate(parts):
        height = part_height(part, size, BODY_WIDE)
        if isinstance(part, Table):
            add_table(slide, part, size, (SIDE, top, BODY_WIDE), handout.brand, f"Table {place + 1}")
        else:
            shape = body if place == 0 else slide.shapes.add_textbox(SIDE, top, BODY_WIDE, height)
            shape.left, shape.top, shape.width, shape.height = SIDE, top, BODY_WIDE, height
            shape.text_frame.word_wrap = True
            write_lines(shape.text_frame, part, size, handout.brand)
        top += height + SLIDE_GAP
    if isinstance(parts[0], Table):
        body._element.getparent().remove(body._element)


def _finish(slide, box: Box, handout: Handout, notes: list[str]) -> None:
    """What stands on every slide: foot, logo, and the sources in the notes."""
    _write_foot(slide, handout)
    _write_logo(slide, handout.brand)
    notes_below = [*sources_of(box, handout.released), *notes]
    slide.notes_slide.notes_text_frame.text = "\n".join(notes_below) or "No figures."
    for run in slide.notes_slide._element.iter(qn("a:r")):
        run.get_or_add_rPr().set("lang", LANGUAGE)


def _make_room(body) -> None:
    """Leave the right side of the slide to a chart."""
    body.left, body.top, body.width, body.height = SIDE, BODY_TOP, BESIDE_CHART, BODY_HIGH


def _size(lines: list[SlideLine], wide: int) -> int:
    """The largest size at which the text is likely to fit; PowerPoint shrinks what does not."""
    return next((size for size in SIZES if height_of(lines, size, wide) <= BODY_HIGH - Inches(0.2)), SIZES[-1])


def _write_foot(slide, handout: Handout) -> None:
    """Whose briefing it is, and what must be known first, on every slide: one slide may be shown alone."""
    foot = slide.shapes.add_textbox(SIDE, FOOT_TOP, SLIDE_WIDTH - 2 * SIDE, FOOT_HIGH)
    foot.name = "Foot"
    foot.text_frame.word_wrap = True
    words = " · ".join([f"{handout.title}, {handout.quarter}", handout.partnership])
    paragraph = foot.text_frame.paragraphs[0]
    if handout.notices:
        write_runs(paragraph, (Run(" ".join(handout.notices) + " "),), 12, handout.brand.accent, is_bold=True)
    write_runs(paragraph, (Run(words),), 12, MUTED)


def _write_logo(slide, brand: Brand) -> None:
    if not brand.picture:
        return
    picture = slide.shapes.add_picture(io.BytesIO(brand.picture), Emu(0), Inches(0.4), height=Inches(0.7))
    picture.left = SLIDE_WIDTH - SIDE - picture.width
    title = slide.shapes.title
    title.left, title.top, title.height = SIDE, TITLE_TOP, TITLE_HIGH
    title.width = picture.left - 2 * SIDE  # a long title keeps clear of the logo
    picture.name = "Logo"
    picture._element.nvPicPr.cNvPr.set("descr", brand.logo_alt)


def part_height(part: Part, size: int, wide: int) -> int:
    return table_height(part, size, wide) if isinstance(part, Table) else height_of(part, size, wide)


def stacked(box: Box, wide: int, high: int) -> list[tuple[list[Part], int]]:
    """The slides of a box: their parts in order, and the size of their letters."""
    parts = _parts(box)
    for size in SIZES:
        if _height(parts, size, wide) <= high:
            return [(parts, size)]
    slides: list[list[Part]] = [[]]
    for part in parts:
        if slides[-1] and _height([*slides[-1], part], ON_MANY, wide) > high:
            slides.append([])
        slides[-1].append(part)
    return [
        (slide, next((size for size in SIZES if _height(slide, size, wide) <= high), SIZES[-1])) for slide in slides
    ]


def _height(parts: list[Part], size: int, wide: int) -> int:
    return sum(part_height(part, size, wide) for part in parts) + SPACE * (len(parts) - 1)


def _parts(box: Box) -> list[Part]:
    """Tables, and the lines between them."""
    parts: list[Part] = []
    for block in box.blocks:
        if isinstance(block, Table):
            parts.append(block)
        elif parts and isinstance(parts[-1], list):
            parts[-1] += lines_of(block)
        else:
            parts.append(lines_of(block))
    return parts
