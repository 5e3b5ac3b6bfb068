"""The Word template that ships, `book/templates/briefing.docx`, made by this script so that it can be made again.

    python tools/word_template.py book/templates/briefing.docx        (or `make template`)

Real heading and list styles, English (UK), no text boxes: the boxes run in two columns.
"""

import io
import sys
from copy import deepcopy
from datetime import date
from pathlib import Path

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from auditbook.briefing.brand import Brand
from auditbook.briefing.office_zip import Properties, stable_zip

FONT = "Arial"
INK, MUTED = "0B0C0C", "505A5F"
COLOUR, ACCENT = Brand().colour[1:].upper(), Brand().accent[1:].upper()
GUTTER = 454
"""Between columns: 8 mm in twentieths of a point."""
MADE = date(2020, 1, 1)
UNUSED = ("/stylesWithEffects", "/thumbnail")


def starting_template() -> bytes:
    """The template as a .docx file, the same bytes every time."""
    document = Document()
    _drop_unused_parts(document)
    _set_language(document)
    _set_styles(document)
    _write_head(document)
    _write_boxes(document)
    _write_closing(document)
    target = io.BytesIO()
    document.save(target)
    return stable_zip(target.getvalue(), Properties("Template of a briefing", "auditbook", "", MADE))


def _drop_unused_parts(document) -> None:
    """What Word 2010 kept for Word 2007, and a picture of an empty page: nine tenths of python-docx's own template."""
    for owner in (document.part, document.part.package):
        for name in [name for name, relation in owner.rels.items() if relation.reltype.endswith(UNUSED)]:
            del owner.rels[name]


def _set_language(document) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _set_styles(document) -> None:
    styles = document.styles
    for style in list(styles):
        if style.name.startswith(("Light ", "Medium ", "Dark ", "Colorful ")):
            style.delete()
    _look(styles["Normal"], 11, INK, after=6)
    styles["Normal"].paragraph_format.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    styles["Normal"].paragraph_format.line_spacing = 1.12
    _look(styles["Heading 1"], 20, COLOUR, is_bold=True, before=0, after=6)
    _look(styles["Heading 2"], 14, COLOUR, is_bold=True, before=12, after=4)
    _border(styles["Heading 2"], "top", COLOUR, 24)
    _look(styles["Heading 3"], 11.5, COLOUR, is_bold=True, before=8, after=3)
    _look(styles["Quote"], 11, INK, before=4, after=6)
    styles["Quote"].paragraph_format.left_indent = Pt(12)
    _border(styles["Quote"], "left", COLOUR, 18)
    _look(styles["Subtitle"], 11, MUTED, after=2)
    styles["Subtitle"].font.italic = False
    for wide in styles["Subtitle"].element.rPr.findall(qn("w:spacing")):
        styles["Subtitle"].element.rPr.remove(wide)
    for name in ("List Bullet", "List Number", "List Continue"):
        for full in (name, f"{name} 2", f"{name} 3"):
            _look(styles[full], 11, INK, after=4)
            _set_apart(styles[full])
    _look(_added(styles, "Remit"), 12.5, INK, after=8)
    _look(_added(styles, "Notice"), 11, ACCENT, is_bold=True, before=4, after=8)
    styles["Notice"].paragraph_format.left_indent, styles["Notice"].paragraph_format.right_indent = Pt(10), Pt(7)
    for side in ("top", "left", "bottom", "right"):
        _border(styles["Notice"], side, ACCENT, 36 if side == "left" else 6)
    _look(_added(styles, "Closing lines"), 10, INK, before=2, after=2)
    for name in ("Header", "Footer"):
        _look(styles[name], 10, MUTED)
        for stops in styles[name].element.pPr.findall(qn("w:tabs")):
            styles[name].element.pPr.remove(stops)


def _added(styles, name: str) -> ParagraphStyle:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    style.quick_style = True
    return style


def _look(
    style: ParagraphStyle, size: float, colour: str, *, is_bold: bool = False, before: float = 0, after: float = 0
) -> None:
    """Letters in points, spaces before and after too."""
    font, spaces = style.font, style.paragraph_format
    font.name, font.size, font.bold = FONT, Pt(size), is_bold
    font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]  # a theme's font would win over ours
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)
    spaces.space_before, spaces.space_after = Pt(before), Pt(after)


def _set_apart(style: ParagraphStyle) -> None:
    """Items keep their distance: the style's own setting would drop the space between them."""
    for setting in style.element.pPr.findall(qn("w:contextualSpacing")):
        style.element.pPr.remove(setting)


def _border(style: ParagraphStyle, side: str, colour: str, eighths: int) -> None:
    """A rule at one side, `eighths` of a point thick."""
    properties = style.element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind")
    rule = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "6"), ("color", colour)):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)


def _write_head(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(17)
    section.top_margin, section.bottom_margin = Mm(17), Mm(18)
    section.header_distance, section.footer_distance = Mm(9), Mm(9)
    section.different_first_page_header_footer = True
    section.header.paragraphs[
        0
    ].text = "{{ title }}, {{ quarter }}{% for notice in notices %} · {{ notice.partition('.')[0] }}{% endfor %}"
    for foot in (section.footer, section.first_page_footer):
        _write_foot(foot.paragraphs[0])
    for text in ("{%p if logo %}", "{{ logo }}", "{%p endif %}"):
        document.add_paragraph(text)
    document.add_paragraph("{{ standfirst }}", "Subtitle")
    document.add_paragraph("{{ title }}", "Heading 1")
    document.add_paragraph("{%p for notice in notices %}")
    document.add_paragraph("{{ notice }}", "Notice")
    document.add_paragraph("{%p endfor %}")
    _end_section(document, document.add_paragraph("{{ remit }}", "Remit"), columns=1)


def _write_foot(paragraph: Paragraph) -> None:
    paragraph.text = "{{ publisher }}\tPage "
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(176), WD_TAB_ALIGNMENT.RIGHT)
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, what: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    run = OxmlElement("w:r")
    run.text = "1"
    field.append(run)
    paragraph._p.append(field)


def _write_boxes(document) -> None:
    document.add_paragraph("{%p for box in boxes %}")
    document.add_paragraph("{{ box.number }}  {{ box.title }}", "Heading 2")
    document.add_paragraph("{{p box.text }}")
    document.add_paragraph("{%p endfor %}")
    last = document.add_paragraph()
    last.paragraph_format.space_after = Pt(0)
    last.paragraph_format.line_spacing = Pt(1)
    _end_section(document, last, columns=2)


def _write_closing(document) -> None:
    document.add_paragraph("About these figures", "Heading 2")
    document.add_paragraph("{%p for line in closing %}")
    document.add_paragraph("{{ line }}", "Closing lines")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p for link in links %}")
    document.add_paragraph("{{ link.label }}: {{r link.address }}", "Closing lines")
    document.add_paragraph("{%p endfor %}")


def _end_section(document, paragraph: Paragraph, columns: int) -> None:
    """End the section with this paragraph; what follows goes on below it, with the same head and foot of the page."""
    rest = document.element.body.sectPr
    section = deepcopy(rest)
    section.find(qn("w:cols")).set(qn("w:num"), str(columns))
    section.find(qn("w:cols")).set(qn("w:space"), str(GUTTER))
    paragraph._p.get_or_add_pPr().append(section)
    for name in ("w:headerReference", "w:footerReference", "w:titlePg"):
        for element in rest.findall(qn(name)):
            rest.remove(element)
    rest.get_or_add_type().val = WD_SECTION.CONTINUOUS


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(starting_template())
