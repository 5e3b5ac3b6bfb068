"""What stands in one box of the Word document, in the styles of the template: real lists, headings, tables."""

from functools import partial

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from lxml import etree

from auditbook.briefing.model import Block, Box, Chart, Listing, Paragraph, Quotation, Run, Subheading, Table
from auditbook.briefing.word_tables import after_table, word_chart, word_table

BULLETS, NUMBERED_STYLE, CONTINUED = "List Bullet", "List Number", "List Continue"
SUBHEADING, QUOTE = "Heading 3", "Quote"
DEEPEST_LIST = 3
"""Word has three levels of each list style."""


class StyleMissing(Exception):
    """A style that the text needs; its argument is the style's name."""


class ListStyles:
    """The list styles of one document, and a fresh numbering for each numbered list."""

    def __init__(self, document: Document):
        self.document = document

    def style_id(self, name: str, depth: int) -> str:
        """The id of `List Bullet`, `List Bullet 2` … Raises StyleMissing when there is no such list style."""
        level = min(depth, DEEPEST_LIST)
        full = name if level == 1 else f"{name} {level}"
        if full not in self.document.styles or (name != CONTINUED and self._numbering(full) is None):
            raise StyleMissing(full)
        return self.document.styles[full].style_id

    def plain_style_id(self, name: str) -> str:
        """The id of a style that is no list. Raises StyleMissing."""
        if name not in self.document.styles:
            raise StyleMissing(name)
        return self.document.styles[name].style_id

    def numbering_from(self, start: int, depth: int) -> int:
        """The id of a numbering like the style's own that begins at `start`."""
        level = min(depth, DEEPEST_LIST)
        num_id = self._numbering(NUMBERED_STYLE if level == 1 else f"{NUMBERED_STYLE} {level}")
        numbering = self.document.part.numbering_part.element
        kind = numbering.num_having_numId(num_id).abstractNumId.val
        fresh = numbering.add_num(kind)
        fresh.add_lvlOverride(ilvl=0).add_startOverride(start)
        return fresh.numId

    def _numbering(self, name: str) -> int | None:
        """The numbering a style has, from itself or from the style it is based on."""
        style = self.document.styles[name]
        while style is not None:
            properties = style.element.pPr
            if properties is not None and properties.numPr is not None and properties.numPr.numId is not None:
                return properties.numPr.numId.val
            style = style.base_style
        return None


def body_of(box: Box, styles: ListStyles) -> str:
    """What stands in the box as XML of Word. Raises StyleMissing."""
    return "".join(as_xml(element) for block in box.blocks for element in _block(block, styles))


def _block(block: Block, styles: ListStyles) -> list:
    match block:
        case Paragraph():
            return [_paragraph(block, styles)]
        case Subheading():
            return [_paragraph(block.words, styles, styles.plain_style_id(SUBHEADING))]
        case Quotation():
            return _quotation(block, styles)
        case Table():
            return [word_table(block, lambda cell: _paragraph(cell, styles)), after_table()]
        case Chart():
            return [*word_chart(block, partial(_paragraph, styles=styles)), after_table()]
        case Listing():
            return _listing(block, styles, 1)


def _quotation(quotation: Quotation, styles: ListStyles) -> list:
    style = styles.plain_style_id(QUOTE)
    elements = []
    for part in quotation.every_block:
        elements += [_paragraph(part, styles, style)] if isinstance(part, Paragraph) else _listing(part, styles, 1)
    return elements


def as_xml(element) -> str:
    """An element as text, braces coded so that nothing later takes them for a placeholder."""
    return etree.tostring(element, encoding="unicode").replace("{", "&#123;").replace("}", "&#125;")


def link_of(url: str, words: str, document: Document) -> str:
    """A hyperlink as XML of Word."""
    return as_xml(_linked(url, [_run(Run(words, link=url))], document))


def _listing(listing: Listing, styles: ListStyles, depth: int) -> list:
    """One Word paragraph for each paragraph of the items; lists inside come one level deeper."""
    elements = []
    is_numbered = listing.start is not None
    style = styles.style_id(NUMBERED_STYLE if is_numbered else BULLETS, depth)
    numbering = styles.numbering_from(listing.start, depth) if is_numbered else None
    for item in listing.items:
        is_first = True
        for part in item:
            if isinstance(part, Listing):
                elements += _listing(part, styles, depth + 1)
            elif is_first:
                elements.append(_paragraph(part, styles, style, numbering))
                is_first = False
            else:
                elements.append(_paragraph(part, styles, styles.style_id(CONTINUED, depth)))
    return elements


def _paragraph(paragraph: Paragraph, styles: ListStyles, style: str = "", numbering: int | None = None):
    element = OxmlElement("w:p")
    if style:
        element.get_or_add_pPr().style = style
    if numbering is not None:
        element.pPr.get_or_add_numPr().get_or_add_ilvl().val = 0
        element.pPr.numPr.get_or_add_numId().val = numbering
    for run in paragraph.runs:
        made = _run(run)
        element.append(_linked(run.link, [made], styles.document) if run.link else made)
    return element


def _run(run: Run):
    element = OxmlElement("w:r")
    properties = element.get_or_add_rPr()
    if run.is_strong:
        properties._add_b()
    if run.is_emphasis:
        properties._add_i()
    if run.link:
        properties._add_u().set(qn("w:val"), "single")
    element.text = run.text
    return element


def _linked(url: str, runs: list, document: Document):
    element = OxmlElement("w:hyperlink", nsdecls={prefix: nsmap[prefix] for prefix in ("w", "r")})
    element.set(qn("r:id"), document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    for run in runs:
        element.append(run)
    return element
