"""The briefing as a Word document, from a template that a partnership can replace.

The template says where things stand and how they look; it can hold the placeholders of `placeholders` and nothing
else. Real headings and lists come of its styles. Source of the guide to it: book/method/word-template.md.
"""

import io
from collections.abc import Iterator
from functools import lru_cache
from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from auditbook.briefing.brand import Brand
from auditbook.briefing.forms import Handout
from auditbook.briefing.model import Box, Paragraph
from auditbook.briefing.office_zip import office_file
from auditbook.briefing.word_body import ListStyles, StyleMissing, body_of, link_of
from auditbook.briefing.word_template import TEMPLATE_FILE
from auditbook.validation.problems import InputRefused, Place, Refusals, nearest

PLACEHOLDERS = {
    "title": "the audit's title",
    "quarter": "its quarter, such as Q4 2020-21",
    "partnership": "whose audit it is",
    "publisher": "who publishes the book: `name` in `book/brand.yml`, else the partnership",
    "standfirst": "one line: 7 minute briefing, quarter, partnership",
    "remit": "what the audit asked",
    "notices": "what a reader must know first, a list: synthetic data, not for publication",
    "boxes": "the seven boxes, a list; each has `box.number`, `box.title` and `box.text`, what stands in it",
    "release": "which figures are shown, and why",
    "contact": "whom to ask, from `book/brand.yml`",
    "footer": "the foot of every page, from `book/brand.yml`",
    "closing": "release, contact and footer as a list of lines, empty ones left out",
    "links": "addresses, a list; each has `link.label`, `link.url`, and `link.address`, which can be clicked",
    "logo": "the logo with its words, from `book/brand.yml`; empty without one",
}
"""Every placeholder and what it holds."""
REQUIRED_FIELDS = ("title", "quarter", "notices", "boxes", "release")
"""What no template may leave out; `standfirst` holds the quarter, `closing` the release."""
STANDS_FOR = {"quarter": "standfirst", "release": "closing"}
LOGO_HEIGHT = Mm(14)


def write(handout: Handout) -> bytes:
    """A .docx file, the same bytes every time. Raises InputRefused (D06, D07) when the template cannot make it."""
    template = open_template(handout.template)
    try:
        template.render(placeholders(handout, template), _environment())
    except UndefinedError as problem:
        raise _refused("D06", f"a placeholder is not known: {problem}.") from None
    except (TemplateError, ValueError, TypeError) as problem:
        raise _refused("D07", f"this template cannot be filled in: {problem}.") from None
    _refuse_lost_text(template.docx, handout)
    _colour(template.docx, handout.brand)
    return office_file(template.save, handout.properties)


def placeholders(handout: Handout, template: DocxTemplate) -> dict[str, object]:
    """Everything a template may name. Texts are data: nothing in them is read as a placeholder or as markup."""
    document, brand = template.docx, handout.brand
    styles = ListStyles(document)
    return {
        "title": xml_text(handout.title),
        "quarter": xml_text(handout.quarter),
        "partnership": xml_text(handout.partnership),
        "publisher": xml_text(handout.publisher),
        "standfirst": xml_text(handout.standfirst),
        "remit": xml_text(handout.remit),
        "notices": [xml_text(notice) for notice in handout.notices],
        "boxes": [_box(box, styles) for box in handout.briefing.boxes],
        "release": xml_text(handout.release),
        "contact": xml_text(brand.contact),
        "footer": xml_text(brand.footer),
        "closing": [xml_text(line) for line in handout.closing],
        "links": [
            {"label": xml_text(label), "url": xml_text(url), "address": Markup(link_of(url, url, document))}  # noqa: S704
            for label, url in handout.links
        ],
        "logo": _Logo(template, brand) if brand.picture else "",
    }


def _box(box: Box, styles: ListStyles) -> dict[str, object]:
    try:
        text = Markup(body_of(box, styles))  # noqa: S704
    except StyleMissing as problem:
        raise _refused("D06", f'the style "{problem}" is missing, or is no list; box {box.number} needs it.') from None
    return {"number": box.number, "title": xml_text(box.heading), "text": text}


def xml_text(text: str) -> Markup:
    """Text as XML that shows exactly this text; braces are coded, for docxtpl reads them even in what it filled in."""
    return Markup(escape(text).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704


class _Logo(InlineImage):
    """The logo with its alternative text, which docxtpl has no place for."""

    def __init__(self, template: DocxTemplate, brand: Brand):
        super().__init__(template, io.BytesIO(brand.picture), height=LOGO_HEIGHT)
        self.words = brand.logo_alt

    def _insert_image(self) -> str:
        inline = self.tpl.current_rendering_part.new_pic_inline(self.image_descriptor, self.width, self.height)
        for properties in inline.iter(qn("wp:docPr"), qn("pic:cNvPr")):
            properties.set("descr", self.words)
            properties.set("name", "Logo")
        drawing = f"<w:drawing>{inline.xml}</w:drawing>"
        return f'</w:t></w:r><w:r>{drawing}</w:r><w:r><w:t xml:space="preserve">'


@lru_cache(maxsize=1)
def refuse_template(content: bytes) -> None:
    """Raise InputRefused (D06, D07) with every problem of a template; one that is well is opened once a process."""
    open_template(content)


def open_template(content: bytes) -> DocxTemplate:
    """A template whose placeholders are all known and complete. Raises InputRefused (D06, D07) with every problem."""
    template = DocxTemplate(io.BytesIO(content))
    try:
        template.init_docx()
        used = template.get_undeclared_template_variables(_environment())
    except TemplateError as problem:
        raise _refused("D07", f"a placeholder cannot be read: {problem}.") from None
    except Exception as problem:  # python-docx raises whatever zip, XML and its own look-ups raise
        raise _refused("D07", f"this is not a Word document (.docx): {type(problem).__name__}.") from None
    refusals = Refusals()
    for name in sorted(used - set(PLACEHOLDERS)):
        refusals.add(Place(TEMPLATE_FILE), "D06", f'"{name}" is not a placeholder.', nearest(name, PLACEHOLDERS))
    for name in REQUIRED_FIELDS:
        if not used & {name, STANDS_FOR.get(name, name)}:
            refusals.add(
                Place(TEMPLATE_FILE), "D06", f'the placeholder "{name}" is missing; every briefing must say it.'
            )
    refusals.stop_if_any()
    return template


def _environment() -> ImmutableSandboxedEnvironment:
    """Templates come from elsewhere: they may read what they are given, and do nothing else."""
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _refuse_lost_text(document: Document, handout: Handout) -> None:
    """Whatever the template does, every paragraph of the briefing must be in the document."""
    shown = {_text(paragraph) for paragraph in document.element.body.iter(qn("w:p"))}
    together = "\n".join(shown)
    for box in handout.briefing.boxes:
        heading, *paragraphs = box.paragraphs()
        if heading.text.strip() not in together or any(_words(paragraph) not in shown for paragraph in paragraphs):
            raise _refused("D06", f"box {box.number} is not whole in what this template makes; it needs box.text.")
    for notice in handout.notices:
        if notice not in together:
            raise _refused("D06", f'what must be said first is not there: "{notice}"')


def _words(paragraph: Paragraph) -> str:
    return paragraph.text.strip()


def _text(paragraph) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip()


def _colour(document: Document, brand: Brand) -> None:
    """Styles and bars in the plain brand's colours take this brand's."""
    plain_brand = Brand()
    ours = {
        plain_brand.colour[1:].upper(): brand.colour[1:].upper(),
        plain_brand.accent[1:].upper(): brand.accent[1:].upper(),
    }
    for element, name in _attributes(document):
        colour = element.get(name).upper()
        if colour in ours:
            element.set(name, ours[colour])


def _attributes(document: Document) -> Iterator[tuple]:
    for element in (*document.styles.element.iter(), *document.element.body.iter(qn("w:shd"))):
        for name in ("w:val", "w:color", "w:fill"):
            if element.get(qn(name)):
                yield element, qn(name)


def _refused(rule: str, problem: str) -> InputRefused:
    refusals = Refusals()
    refusals.add(Place(TEMPLATE_FILE), rule, problem)
    return InputRefused(refusals.in_order())
