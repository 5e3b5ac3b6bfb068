"""Word, Excel and PowerPoint files, and other archives: every part of them."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from auditbook.leaks.extract_markup import local_name, parse_html, parse_xml, pieces_of_markup
from auditbook.leaks.passages import CODE, CannotRead, Inside, Passage, Piece, Row, grid_rows
from auditbook.leaks.pictures import printable

SHARED = "xl/sharedStrings.xml"
LARGEST = 200_000_000
"""Bytes of everything in an archive; a small one that grows beyond is made to break readers."""


def pieces_of_archive(content: bytes) -> Iterator[Piece]:
    """Names, comments and parts of a zip archive; of an office file also the tables."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise CannotRead("it is no valid archive") from None
    with archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
            raise CannotRead(f"it holds more than {LARGEST // 1_000_000} MB")
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
        return archive.read(entry)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        raise CannotRead("a part of it is encrypted or broken") from None


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
