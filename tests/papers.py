"""Briefings on paper for tests: every shipped audit's, and invented ones; what is read out of each form again."""

import io
import re
import struct
import subprocess
import tempfile
import unicodedata
import zlib
from functools import cache
from pathlib import Path

import docx
import pptx
from docx.oxml.ns import qn
from lxml import html
from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin
from pptx.oxml.ns import qn as drawing

from auditbook.briefing.brand import Brand
from auditbook.briefing.forms import Handout, handout, write_form
from auditbook.briefing.model import Box, Briefing, Listing, Paragraph, Run
from auditbook.briefing.myst import briefing_page
from auditbook.briefing.parse import parse_briefing
from auditbook.briefing.sources import Sources
from auditbook.briefing.word_template import word_template
from auditbook.build.public_words import audit_words
from auditbook.build.publication import is_published
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import read_audits
from auditbook.measures.all_measures import audit_measures
from auditbook.project import Project
from auditbook.release.profiles import profile_for
from auditbook.release.released import Released, release
from auditbook.validation.problems import Refusals

ROOT = Path(__file__).parents[1]
PROJECT = Project.find(ROOT)
SHIPPED = sorted(path.name for path in (ROOT / "data" / "audits").iterdir())
LIBREOFFICE_LIMIT = 240
"""Seconds; its first start writes a profile."""


@cache
def shipped_figures(audit: str) -> Released:
    [found] = read_audits(PROJECT, [AuditId.read(audit)])
    return release(audit_measures(found), found, profile_for(found.settings))


@cache
def shipped_briefing(audit: str) -> Briefing:
    refusals = Refusals()
    text = (PROJECT.audits / audit / "briefing.md").read_text("utf-8")
    briefing = parse_briefing(text, Sources(shipped_figures(audit)), "briefing.md", refusals)
    refusals.stop_if_any()
    return briefing


@cache
def shipped_handout(audit: str) -> Handout:
    """As the command makes it: without the mark of a draft where the last edition has these figures and words."""
    figures, briefing = shipped_figures(audit), shipped_briefing(audit)
    is_draft = not is_published(PROJECT, figures, audit_words(figures, briefing))
    return handout(briefing, figures, Brand(), word_template(PROJECT), is_draft)


def figures_under(audit: str, profile: str) -> Released:
    [found] = read_audits(PROJECT, [AuditId.read(audit)])
    return release(audit_measures(found), found, profile)


@cache
def shipped_form(audit: str, form: str) -> bytes:
    return write_form(form, shipped_handout(audit))


def a_handout(
    *boxes: tuple, audit: str = "2021-22-Q1", brand: Brand | None = None, template: bytes | None = None
) -> Handout:
    """A briefing whose boxes hold these blocks; boxes that are not given hold one word."""
    blocks = {place: given for place, given in enumerate(boxes, 1)}
    every = tuple(
        Box(number, (Run(f"Box {number}"),), blocks.get(number, (a_paragraph("Words."),))) for number in range(1, 8)
    )
    briefing = Briefing(every)
    return handout(briefing, shipped_figures(audit), brand or Brand(), template or word_template(PROJECT))


def a_paragraph(*texts: str | Run) -> Paragraph:
    return Paragraph(tuple(text if isinstance(text, Run) else Run(text) for text in texts))


def a_list(*items: str | tuple, start: int | None = None) -> Listing:
    return Listing(tuple(item if isinstance(item, tuple) else (a_paragraph(item),) for item in items), start)


def a_brand(**changes: str) -> Brand:
    """A brand with a logo: a picture of one dot."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    picture = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\x5b\x2a\x86")) + chunk(b"IEND", b"")
    settings = {"name": "Exampleshire", "logo": "logo.png", "logo_alt": "Exampleshire, a purple dot", **changes}
    brand = Brand(**settings)
    brand._picture = b"\x89PNG\r\n\x1a\n" + picture
    return brand


def solid(text: str) -> str:
    """Text without white space and invisible marks: lines break elsewhere in each form."""
    return "".join(letter for letter in text if not letter.isspace() and unicodedata.category(letter) != "Cf")


def boxes_of_page(audit: str, has_numbers: bool) -> list[str]:
    """The seven boxes of the book's page, heading and text, without white space; with the numbers of lists, or not."""
    page = briefing_page(shipped_briefing(audit), shipped_figures(audit))
    tokens = MarkdownIt("commonmark").use(attrs_plugin).parse("## " + _boxes_source(page))
    boxes: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            boxes.append("")
        elif token.type == "list_item_open" and has_numbers:
            boxes[-1] += f"{token.info}." if token.info else ""
        elif token.type == "inline":
            boxes[-1] += "".join(child.content for child in token.children if child.type == "text")
    return list(map(solid, boxes))


def _boxes_source(page: str) -> str:
    """The page from its first box to what stands below the last one: files to take away, and the release."""
    boxes = page.partition("\n## ")[2]
    return re.split(r"\n(?:Take this briefing away:|```\{downloads\}|:{3,4}\{div\} ab-release)", boxes)[0]


def boxes_of_plain(content: bytes) -> list[str]:
    """The boxes of the plain text, numbers of lists among them; marks of bullets and lines under headings left out."""
    lines = content.decode().split("\n" + "-" * 78 + "\n")[0].split("\n")
    starts = [place - 1 for place, line in enumerate(lines) if re.fullmatch("-+", line)]
    parts = [lines[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    return [
        solid("\n".join(re.sub(r"^\s*- ", "", line) for line in part if not re.fullmatch("-+", line))) for part in parts
    ]


def boxes_of_html(content: bytes) -> list[str]:
    return [solid(box.text_content()) for box in html.fromstring(content.decode()).iter("section")]


def boxes_of_word(content: bytes) -> list[str]:
    boxes: list[str] = []
    for paragraph in docx.Document(io.BytesIO(content)).paragraphs:
        if paragraph.style.name == "Heading 2":
            boxes.append("")
        if boxes:
            boxes[-1] += solid(paragraph.text)
    return boxes[:-1]  # the last heading is that of the lines about the figures


def boxes_of_slides(content: bytes) -> list[str]:
    shows = pptx.Presentation(io.BytesIO(content)).slides
    return [solid(slide.shapes.title.text + slide.placeholders[1].text_frame.text) for slide in shows]


def boxes_of_pdf(content: bytes) -> list[str]:
    """The boxes as the tags give them to a screen reader; bullets are left out, numbers of lists are text."""
    boxes: list[str] = []
    for tag, text in tagged_text(content):
        if tag == "H2":
            boxes.append("")
        if boxes:
            boxes[-1] += solid(text).removeprefix("•").removeprefix("–") if tag == "Lbl" else solid(text)
    return boxes[:-1]


@cache
def everything(form: str, content: bytes) -> str:
    """Every text of a form, without white space."""
    if form == "pdf":
        return solid(" ".join(text for _, text in tagged_text(content)))
    if form == "docx":
        body = docx.Document(io.BytesIO(content)).element.body
        return solid("".join(text.text or "" for text in body.iter(qn("w:t"))))
    if form == "pptx":
        slides = pptx.Presentation(io.BytesIO(content)).slides
        return solid("".join(text.text or "" for slide in slides for text in slide._element.iter(drawing("a:t"))))
    return solid(content.decode() if form == "txt" else html.fromstring(content.decode()).text_content())


@cache
def tagged_text(content: bytes) -> tuple[tuple[str, str], ...]:
    """Every stretch of text of a PDF with the block element it stands in, in reading order, as poppler reads them."""
    found: list[tuple[str, str]] = []
    for line in structure(content):
        quoted = re.fullmatch(r'\s*"(.*)"', line)
        element = re.match(r"\s*(H\d|P|L|LI|Lbl|LBody|Figure|Document|Div|Title)\b", line)
        if quoted and found:
            found[-1] = (found[-1][0], found[-1][1] + quoted[1])
        elif element:
            found.append((element[1], ""))
    return tuple(found)


def structure(content: bytes) -> list[str]:
    """What `pdfinfo -struct-text` prints."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        done = subprocess.run(["pdfinfo", "-struct-text", file.name], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def in_libreoffice(to: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """Files by name, converted by LibreOffice in a folder and with a profile of their own."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in files]
        for path in paths:
            path.write_bytes(files[path.name])
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", f"{folder}/made", *map(str, paths)]
        subprocess.run(command, capture_output=True, check=True, timeout=LIBREOFFICE_LIMIT)
        return {path.stem: path.read_bytes() for path in (Path(folder) / "made").iterdir()}


BOXES = {
    "pdf": (boxes_of_pdf, True),
    "docx": (boxes_of_word, False),
    "pptx": (boxes_of_slides, False),
    "txt": (boxes_of_plain, True),
    "html": (boxes_of_html, False),
}
"""Form → how its boxes are read, and whether the numbers of lists are text in it."""
