"""Files of every kind, each with a text in one of the places where it may stand."""

import base64
import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable

import docx
import nbformat
import openpyxl
import pptx
import pypdf
import typst
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from PIL import Image, PngImagePlugin
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

FOLDER = "book/audits/2021-22-Q1"


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>Page</title>{head}</head><body><h1>Page</h1>{body}</body></html>"


def marked(text: str) -> str:
    """A text with an element in the middle of every word."""
    return " ".join(f"{word[:3]}<b>{word[3:]}</b>" for word in text.split())


def notebook(source: str = "1", **output) -> str:
    cell = nbformat.v4.new_code_cell(
        source, outputs=[nbformat.v4.new_output("display_data", **output)] if output else []
    )
    return nbformat.writes(nbformat.v4.new_notebook(cells=[cell]))


def index(**parts) -> str:
    return f"Search.setIndex({json.dumps({'docnames': ['book/index'], 'terms': {}, 'titleterms': {}, **parts})})"


def pdf(text: str) -> bytes:
    escaped = text.replace("\\", "\\\\").replace("/", "\\/").replace("@", "\\@").replace("#", "\\#")
    return typst.compile(f'#set document(title: "A page")\n{escaped}'.encode(), format="pdf")


def changed_pdf(change: Callable[[pypdf.PdfWriter], None]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Nothing.")))
    change(writer)
    return saved(writer.write)


def annotated(text: str) -> bytes:
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Text"),
            NameObject("/Contents"): TextStringObject(text),
        }
    )
    return changed_pdf(lambda writer: writer.add_annotation(0, note))


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    file = io.BytesIO()
    save(file)
    return file.getvalue()


def document(change: Callable) -> bytes:
    file = docx.Document()
    change(file)
    return saved(file.save)


def run_by_run(file, text: str) -> None:
    paragraph = file.add_paragraph()
    for place in range(0, len(text), 3):
        paragraph.add_run(text[place : place + 3]).bold = bool(place % 2)


def picture_in_document(file, text: str) -> None:
    file.add_picture(io.BytesIO(png()))
    file.inline_shapes[0]._inline.docPr.set("descr", text)


def in_table(file, text: str) -> None:
    file.add_table(1, 1).cell(0, 0).text = text


def workbook(change: Callable) -> bytes:
    book = openpyxl.Workbook()
    change(book)
    return saved(book.save)


def slides(change: Callable) -> bytes:
    file = pptx.Presentation()
    change(file, file.slides.add_slide(file.slide_layouts[5]))
    return saved(file.save)


def set_property(name: str, text: str) -> Callable:
    return lambda file, *_: setattr(getattr(file, "core_properties", None) or file.properties, name, text)


def set_cell(text: str) -> Callable:
    return lambda book: book.active.__setitem__("C4", text)


def set_comment(text: str) -> Callable:
    return lambda book: setattr(book.active["A1"], "comment", Comment(text, "Somebody"))


def set_notes(text: str) -> Callable:
    return lambda file, slide: setattr(slide.notes_slide.notes_text_frame, "text", text)


def set_slide(text: str) -> Callable:
    return lambda file, slide: setattr(slide.shapes.title, "text", text)


def png(text: str = "", is_unicode: bool = False) -> bytes:
    info = PngImagePlugin.PngInfo()
    (info.add_itxt if is_unicode else info.add_text)("Comment", text, zip=True)
    return saved(lambda file: Image.new("L", (9, 9)).save(file, "PNG", pnginfo=info))


def jpeg(text: str = "", tag: int | None = None) -> bytes:
    exif = Image.Exif()
    if tag:
        exif[tag] = text
    options = {"exif": exif} if tag else {"comment": text.encode()}
    return saved(lambda file: Image.new("L", (9, 9)).save(file, "JPEG", **options))


def archive(**files: bytes | str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name.replace("__", "."), content)
    return file.getvalue()


def embedded(kind: str, content: bytes) -> str:
    return page(f'<img alt="" src="data:image/{kind};base64,{base64.b64encode(content).decode()}">')


BACK = chr(92)


def escaped(text: str) -> str:
    """Every letter as a script may write it."""
    return "".join(f"{BACK}u{ord(each):04x}" for each in text)


def folded(text: str) -> str:
    """Lines of a calendar, each cut after 20 letters."""
    return "".join("\r\n ".join(re.findall(r".{1,20}", line)) + "\r\n" for line in text.splitlines())


def in_style(text: str) -> str:
    """A string of a style, without its quotation marks."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("'", "\\'").replace("\n", " ")


def attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;")


READ = {
    "page.html paragraph": lambda text: page(f"<p>{text}</p>"),
    "page.html cut by markup": lambda text: page(f"<p>{marked(text)}</p>"),
    "page.html cell": lambda text: page(f"<table><tr><td>x</td><td>{text}</td></tr></table>"),
    "page.html hidden": lambda text: page(f'<div hidden style="display:none">{text}</div>'),
    "page.html alternative text": lambda text: page(f'<img src="x.png" alt="{attribute(text)}">'),
    "page.html tool tip": lambda text: page(f'<p title="{attribute(text)}">x</p>'),
    "page.html data attribute": lambda text: page(f'<td data-label="{attribute(text)}">x</td>'),
    "page.html description": lambda text: page("", f'<meta name="description" content="{attribute(text)}">'),
    "page.html picture title": lambda text: page(f"<svg><title>{text}</title></svg>"),
    "page.html picture text": lambda text: page(f"<svg><text>{text}</text></svg>"),
    "page.html invisible characters": lambda text: page(f"<p>{'&#173;'.join(text)}</p>"),
    "page.html spoken label": lambda text: page(f'<p aria-label="{attribute(text)}">x</p>'),
    "page.html term": lambda text: page(f"<dl><dt>x</dt><dd>{text}</dd></dl>"),
    "page.html in UTF-16": lambda text: page(f"<p>{text}</p>").encode("utf-16"),
    "page.html in UTF-16 without a mark": lambda text: page(f"<p>{text}</p>").encode("utf-16-le"),
    "page.html comment": lambda text: page(f"<!-- {text} -->"),
    "page.html data": lambda text: page(f'<script type="application/json">{json.dumps({"a": text})}</script>'),
    "page.html escaped data": lambda text: page(f'<script type="application/json">"{escaped(text)}"</script>'),
    "page.html shown by a style": lambda text: page(f"<style>p::after {{ content: '{in_style(text)}' }}</style>"),
    "style.css shown": lambda text: f'p::after {{ content: "{in_style(text)}" }}',
    "style.css shown, escaped": lambda text: (
        f'p::after {{ content: "{"".join(f"{BACK}{ord(each):06x}" for each in text)}" }}'
    ),
    "style.css comment": lambda text: f"/* {text} */",
    "days.ics": lambda text: folded(f"BEGIN:VCALENDAR\r\nSUMMARY:{text}\r\nEND:VCALENDAR\r\n"),
    "chart.svg comment": lambda text: f'<svg xmlns="http://www.w3.org/2000/svg"><!-- {text} --></svg>',
    "chart.svg description": lambda text: f'<svg xmlns="http://www.w3.org/2000/svg"><desc>{text}</desc></svg>',
    "chart.svg metadata": lambda text: f'<svg xmlns="http://www.w3.org/2000/svg"><metadata>{text}</metadata></svg>',
    "measures.json": lambda text: json.dumps({"a": [{"b": text}]}),
    "page.ipynb source": lambda text: notebook(source=text),
    "page.ipynb output": lambda text: notebook(data={"text/html": f"<p>{text}</p>"}),
    "page.ipynb plain output": lambda text: notebook(data={"text/plain": text}),
    "page.ipynb metadata": lambda text: notebook(data={}, metadata={"note": text}),
    "page.ipynb picture": lambda text: notebook(data={"image/png": base64.b64encode(png(text)).decode()}),
    "searchindex.js title": lambda text: index(titles=[text]),
    "table.csv": lambda text: f'a,b\nx,"{text}"\n',
    "notes.txt": lambda text: f"Notes\n\n{text}\n",
    "notes.md": lambda text: "# Notes\n\n" + text.replace("-", "\\-").replace("/", "\\/"),
    "old.txt in UTF-16": lambda text: text.encode("utf-16"),
    "briefing.pdf page": pdf,
    "briefing.pdf author": lambda text: changed_pdf(lambda writer: writer.add_metadata({"/Author": text})),
    "briefing.pdf note": annotated,
    "briefing.pdf attached": lambda text: changed_pdf(lambda writer: writer.add_attachment("a.txt", text.encode())),
    "briefing.docx paragraph": lambda text: document(lambda file: file.add_paragraph(text)),
    "briefing.docx cut into runs": lambda text: document(lambda file: run_by_run(file, text)),
    "briefing.docx table": lambda text: document(lambda file: in_table(file, text)),
    "briefing.docx header": lambda text: document(lambda file: file.sections[0].header.paragraphs[0].add_run(text)),
    "briefing.docx title": lambda text: document(set_property("title", text)),
    "briefing.docx author": lambda text: document(set_property("author", text)),
    "briefing.docx alternative text": lambda text: document(lambda file: picture_in_document(file, text)),
    "tables.xlsx cell": lambda text: workbook(set_cell(text)),
    "tables.xlsx comment": lambda text: workbook(set_comment(text)),
    "tables.xlsx description": lambda text: workbook(set_property("description", text)),
    "tables.xlsx header": lambda text: workbook(lambda book: setattr(book.active.oddHeader.left, "text", text)),
    "tables.xlsx footer": lambda text: workbook(lambda book: setattr(book.active.oddFooter.right, "text", text)),
    "tables.xlsx custom property": lambda text: workbook(
        lambda book: book.custom_doc_props.append(StringProperty("x", text))
    ),
    "tables.xlsx name of a property": lambda text: workbook(
        lambda book: book.custom_doc_props.append(StringProperty(text, "x"))
    ),
    "slides.pptx name of a shape": lambda text: slides(lambda file, slide: setattr(slide.shapes.title, "name", text)),
    "slides.pptx title": lambda text: slides(set_slide(text)),
    "slides.pptx notes": lambda text: slides(set_notes(text)),
    "slides.pptx keywords": lambda text: slides(set_property("keywords", text)),
    "chart.png text": png,
    "chart.png international text": lambda text: png(text, is_unicode=True),
    "photo.jpg comment": jpeg,
    "photo.jpg EXIF": lambda text: jpeg(text, 0x010E),
    "photo.jpg Windows comment": lambda text: jpeg(text.encode("utf-16-le"), 0x9C9C),
    "page.html embedded picture": lambda text: embedded("png", png(text)),
    "page.html embedded drawing": lambda text: embedded("svg+xml", f"<svg><title>{text}</title></svg>".encode()),
    "all.zip": lambda text: archive(inner__docx=document(lambda file: file.add_paragraph(text))),
    "table.csv.gz": lambda text: gzip.compress(f"a,b\n1,{text}\n".encode()),
}
"""Where people, screen readers or other programs read a text."""
BEHIND = {
    "page.html script": lambda text: page(f'<script>x = "{text}"</script>'),
    "page.html link": lambda text: page(f'<a href="x.html?{attribute(text)}">x</a>'),
    "page.html encoded link": lambda text: page(
        f'<a href="x.html?{"".join(f"%{ord(each):02x}" for each in text)}">x</a>'
    ),
    "measures.json key": lambda text: json.dumps({text: 1}),
    "script.js": lambda text: f"// {text}\n",
    "script.js escaped": lambda text: f'x = "{escaped(text)}"',
    "objects.inv": lambda text: (
        b"# Sphinx inventory version 2\n# Project: x\n# Version: \n# compressed\n" + zlib.compress(text.encode())
    ),
    "chart.png after its end": lambda text: png() + text.encode(),
    "font.woff2": lambda text: b"wOF2\x00\x01" + text.encode(),
}
"""Where only programs look."""


def file_with(place: str, text: str) -> tuple[str, bytes | str]:
    """A file's name, with nothing but what it is and where it lies, and its content."""
    return f"{FOLDER}/{place.split(' ')[0]}", {**READ, **BEHIND}[place](text)
