"""Every part of files that are no text: Office and other archives; PDF, attached files too; pictures."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from lxml import etree

from auditbook.leaks.extract_markup import local_name, parse_html, parse_xml, pieces_of_markup
from auditbook.leaks.passages import ADDRESS, CODE, LABEL, CannotRead, Inside, Passage, Piece, grid_rows

PRINTABLE = re.compile(rb"[\x20-\x7e]{5,}|(?:[\x20-\x7e]\x00){5,}")
TEXT_BLOCKS = ("APP", "exif", "icc_profile", "photoshop")
"""Entries that are bytes for programs; their words are met among the printable strings."""
OFFICE_ESCAPE = re.compile(rb"_x([0-9A-Fa-f]{4})_")
"""A letter as office programs write what XML cannot hold: `_x000D_`."""
POSITION = 0x8825
SPOKEN_KEYS = (
    "/Alt",
    "/ActualText",
    "/E",
    "/Title",
    "/Author",
    "/Subject",
    "/Keywords",
    "/Contents",
    "/T",
    "/TU",
    "/V",
)
"""Entries that are shown or read out, or describe the file."""
CONTENT_TYPES = "[Content_Types].xml"
"""The part by which an archive is an office file."""
SHARED = "xl/sharedStrings.xml"
LARGEST_REPEATED = 500_000
"""Bytes of a part whose pieces are remembered for the next file that has the same."""
LARGEST_PART = 200_000_000
"""Bytes of everything in an archive; a small one that grows beyond is made to break readers."""


def pieces_of_archive(content: bytes) -> Iterator[Piece]:
    """Names, comments and parts of a zip archive; of an office file also the tables."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise CannotRead("it is no valid archive") from None
    with archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST_PART:
            raise CannotRead(f"it holds more than {LARGEST_PART // 1_000_000} MB")
        yield Passage("comment", archive.comment.decode("utf-8", "replace"), CODE)
        is_office = CONTENT_TYPES in archive.namelist()
        shared = _shared_texts(archive)
        for entry in archive.infolist():
            yield Passage("a part's name", entry.filename, CODE)
            yield Passage("a part's comment", entry.comment.decode("utf-8", "replace"), CODE)
            if not entry.is_dir():
                yield from _part(entry.filename, _read(archive, entry), is_office, shared)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        content = archive.read(entry)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        raise CannotRead("a part of it is encrypted or broken") from None
    return OFFICE_ESCAPE.sub(_letter, content) if entry.filename.endswith(".xml") else content


def _letter(match: re.Match[bytes]) -> bytes:
    number = int(match[1], 16)
    return f"&#{number};".encode() if number >= 32 and not 0xD800 <= number < 0xE000 else b" "


def _part(name: str, content: bytes, is_office: bool, shared: Sequence[str]) -> Iterator[Piece]:
    if is_office and name.endswith(".bin"):  # settings of a printer, macros: text among bytes
        yield from printable(content)
    elif name.startswith("xl/worksheets/") and name.endswith(".xml"):
        yield from _worksheet(name, parse_xml(content), shared)
    elif not (is_office and name.endswith((".xml", ".rels", ".vml"))):
        yield Inside(name, name, content)
    elif len(content) > LARGEST_REPEATED:
        yield from _office_part(name, content)
    else:
        yield from _repeated_part(name, content)


def _office_part(name: str, content: bytes) -> Iterator[Piece]:
    root = parse_html(content) if name.endswith(".vml") else parse_xml(content)
    yield from pieces_of_markup(root, name)
    for table in root.iter("{*}tbl"):
        grid = [
            [_text(cell) for cell in row if local_name(cell.tag) == "tc"]
            for row in table
            if local_name(row.tag) == "tr"
        ]
        yield from grid_rows(f"{name} table", (_before(table),), grid)


@lru_cache(maxsize=256)
def _repeated_part(name: str, content: bytes) -> tuple[Piece, ...]:
    """Of a small part, which may be a theme, styles or a layout that every file made in the same way has."""
    return tuple(_office_part(name, content))


def _text(cell: etree._Element) -> str:
    return " ".join("".join(part.itertext()) for part in cell if not local_name(part.tag).endswith("Pr"))


def _before(table: etree._Element) -> str:
    """The paragraph before a table of a document, which is its title."""
    before = table.getprevious()
    return "" if before is None else "".join(before.itertext())


def _shared_texts(archive: zipfile.ZipFile) -> list[str]:
    """Texts that several cells of a workbook may have: a list of their own."""
    if SHARED not in archive.namelist():
        return []
    root = parse_xml(_read(archive, archive.getinfo(SHARED)))
    return ["".join(text.text or "" for text in item.iter("{*}t")) for item in root.iter("{*}si")]


def _worksheet(name: str, root: etree._Element, shared: Sequence[str]) -> Iterator[Piece]:
    """A sheet's rows, and everything else in it. The number by which a cell names a shared text is nobody's figure."""
    grid = [[_taken_value(cell, shared) for cell in line.iter("{*}c")] for line in root.iter("{*}row")]
    yield from grid_rows(name, (), grid)
    yield from pieces_of_markup(root, name)


def _taken_value(cell: etree._Element, shared: Sequence[str]) -> str:
    """What stands in a cell; the number of a shared text is taken out of it."""
    kind = cell.get("t")
    if kind == "inlineStr":
        return "".join(text.text or "" for text in cell.iter("{*}t"))
    value = next(cell.iterchildren("{*}v"), None)
    text = "" if value is None else value.text or ""
    if kind == "s" and text.isdecimal() and int(text) < len(shared):
        value.text = None
        return shared[int(text)]
    return text


def pieces_of_pdf(content: bytes) -> Iterator[Piece]:
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise CannotRead("it is encrypted")
        for number, page in enumerate(reader.pages, start=1):
            yield Passage(f"page {number}", page.extract_text())
        yield from _objects(reader)
    except CannotRead:
        raise
    except Exception as problem:  # a broken PDF can raise anything
        raise CannotRead(f"it is no valid PDF ({type(problem).__name__})") from None


def _objects(reader: Any) -> Iterator[Piece]:
    """Every object of the file, whether a page uses it or not: metadata, alternative text, links, outline, files."""
    from pypdf.generic import IndirectObject

    yield from _strings(reader.trailer, "the file's description", set())
    numbers = {(number, generation) for generation, offsets in reader.xref.items() for number in offsets}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(numbers):
        pdf_object = reader.get_object(IndirectObject(number, generation, reader))
        yield from _strings(pdf_object, f"object {number}", set())
        yield from _stream(pdf_object, f"object {number}")


def _stream(pdf_object: Any, place: str) -> Iterator[Piece]:
    from pypdf.generic import StreamObject

    if not isinstance(pdf_object, StreamObject):
        return
    if pdf_object.get("/Type") == "/EmbeddedFile":
        yield Inside(f"{place} attached file", "attached", pdf_object.get_data())
    elif pdf_object.get("/Type") == "/Metadata":
        yield from pieces_of_markup(parse_xml(pdf_object.get_data()), f"{place} metadata")


def _strings(value: Any, place: str, seen: set[int], key: str = "") -> Iterator[Passage]:
    """Strings of an object that stand in it directly; what it refers to is an object of its own."""
    from pypdf.generic import IndirectObject, NameObject

    if isinstance(value, IndirectObject) or id(value) in seen:
        return
    if isinstance(value, dict):
        seen.add(id(value))
        for name in value:
            yield from _strings(value.raw_get(name), place, seen, name)
    elif isinstance(value, list):
        seen.add(id(value))
        for item in value:
            yield from _strings(item, place, seen, key)
    elif isinstance(value, bytes):
        yield Passage(f"{place} {key}".strip(), value.decode("latin-1"), ADDRESS if key == "/ID" else CODE)
    elif isinstance(value, str):
        kind = ADDRESS if isinstance(value, NameObject) else LABEL if key in SPOKEN_KEYS else CODE
        yield Passage(f"{place} {key}".strip(), value, kind)


def pieces_of_picture(content: bytes) -> Iterator[Passage]:
    """Every text in a picture's metadata, and every run of printable characters in its bytes."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content)) as picture:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture.load()
            yield from _described(picture.info)
            exif = picture.getexif()
            yield from _tags(exif)
            for number in (0x8769, POSITION, 0xA005):
                yield from _tags(exif.get_ifd(number))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        raise CannotRead("it is no valid picture") from None
    yield from printable(content)


def _described(info: dict[Any, Any]) -> Iterator[Passage]:
    for name, value in info.items():
        yield Passage("metadata", str(name), CODE)
        if isinstance(value, bytes) and not str(name).startswith(TEXT_BLOCKS):
            yield Passage("metadata", value.decode("utf-8", "replace"), LABEL)
        elif isinstance(value, str):
            yield Passage("metadata", value, LABEL)


def _tags(tags: Any) -> Iterator[Passage]:
    for value in tags.values():
        if isinstance(value, bytes):
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                yield Passage("EXIF", value.removeprefix(b"ASCII\0\0\0").decode(encoding, "replace"), LABEL)
        elif isinstance(value, str):
            yield Passage("EXIF", value, LABEL)


def printable(content: bytes) -> Iterator[Passage]:
    """Runs of printable characters in bytes of any kind."""
    for match in PRINTABLE.finditer(content):
        yield Passage(f"byte {match.start()}", match[0].replace(b"\0", b"").decode("ascii"), CODE)
