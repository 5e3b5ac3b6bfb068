"""Every part of files that are no text: Office and other archives; PDF, attached files too; pictures."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from auditbook.leaks.extract_markup import local_name, parse_html, parse_xml, pieces_of_markup
from auditbook.leaks.passages import ADDRESS, CODE, LABEL, CannotRead, Inside, Passage, Piece, Row, grid_rows

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
SHARED = "xl/sharedStrings.xml"
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
        names = archive.namelist()
        for entry in archive.infolist():
            yield Passage("a part's name", entry.filename, CODE)
            yield Passage("a part's comment", entry.comment.decode("utf-8", "replace"), CODE)
            if not entry.is_dir():
                yield from _part(entry.filename, _read(archive, entry), "[Content_Types].xml" in names)
        yield from _worksheets(archive)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        content = archive.read(entry)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        raise CannotRead("a part of it is encrypted or broken") from None
    return OFFICE_ESCAPE.sub(_letter, content) if entry.filename.endswith(".xml") else content


def _letter(match: re.Match[bytes]) -> bytes:
    number = int(match[1], 16)
    return f"&#{number};".encode() if number >= 32 and not 0xD800 <= number < 0xE000 else b" "


def _part(name: str, content: bytes, is_office: bool) -> Iterator[Piece]:
    if is_office and name.endswith(".bin"):  # settings of a printer, macros: text among bytes
        yield from printable(content)
        return
    if not (is_office and name.endswith((".xml", ".rels", ".vml"))):
        yield Inside(name, name, content)
        return
    root = parse_html(content) if name.endswith(".vml") else parse_xml(content)
    yield from pieces_of_markup(root, name)
    for table in root.iter("{*}tbl"):
        grid = [
            [_text(cell) for cell in row if local_name(cell.tag) == "tc"]
            for row in table
            if local_name(row.tag) == "tr"
        ]
        yield from grid_rows(f"{name} table", (_before(table),), grid)


def _text(cell: etree._Element) -> str:
    return " ".join("".join(part.itertext()) for part in cell if not local_name(part.tag).endswith("Pr"))


def _before(table: etree._Element) -> str:
    """The paragraph before a table of a document, which is its title."""
    before = table.getprevious()
    return "" if before is None else "".join(before.itertext())


def _worksheets(archive: zipfile.ZipFile) -> Iterator[Row]:
    """The rows of a workbook's sheets. Texts that several cells share stand in a list of their own."""
    names = archive.namelist()
    shared: list[str] = []
    if SHARED in names:
        shared = ["".join(text.text or "" for text in item.iter("{*}t")) for item in _parsed(archive, SHARED)]
    for name in names:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            lines = _parsed(archive, name).iter("{*}row")
            yield from grid_rows(name, (), [[_value(cell, shared) for cell in line.iter("{*}c")] for line in lines])


def _parsed(archive: zipfile.ZipFile, name: str) -> etree._Element:
    return parse_xml(_read(archive, archive.getinfo(name)))


def _value(cell: etree._Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter("{*}t"))
    value = cell.findtext("{*}v") or ""
    is_shared = cell.get("t") == "s" and value.isdigit() and int(value) < len(shared)
    return shared[int(value)] if is_shared else value


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
