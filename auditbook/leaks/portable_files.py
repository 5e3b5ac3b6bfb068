"""PDF: the text of its pages, and every other string in it, attached files too."""

import io
from collections.abc import Iterator
from typing import Any

from auditbook.leaks.extract_markup import parse_xml, pieces_of_markup
from auditbook.leaks.passages import ADDRESS, CODE, LABEL, CannotRead, Inside, Passage, Piece

SPOKEN = ("/Alt", "/ActualText", "/E", "/Title", "/Author", "/Subject", "/Keywords", "/Contents", "/T", "/TU", "/V")
"""Entries that are shown or read out, or describe the file."""


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
    numbers = {(number, generation) for generation, found in reader.xref.items() for number in found}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(numbers):
        found = reader.get_object(IndirectObject(number, generation, reader))
        yield from _strings(found, f"object {number}", set())
        yield from _stream(found, f"object {number}")


def _stream(found: Any, place: str) -> Iterator[Piece]:
    from pypdf.generic import StreamObject

    if not isinstance(found, StreamObject):
        return
    if found.get("/Type") == "/EmbeddedFile":
        yield Inside(f"{place} attached file", "attached", found.get_data())
    elif found.get("/Type") == "/Metadata":
        yield from pieces_of_markup(parse_xml(found.get_data()), f"{place} metadata")


def _strings(found: Any, place: str, seen: set[int], key: str = "") -> Iterator[Passage]:
    """Strings of an object that stand in it directly; what it refers to is an object of its own."""
    from pypdf.generic import IndirectObject, NameObject

    if isinstance(found, IndirectObject) or id(found) in seen:
        return
    if isinstance(found, dict):
        seen.add(id(found))
        for name in found:
            yield from _strings(found.raw_get(name), place, seen, name)
    elif isinstance(found, list):
        seen.add(id(found))
        for each in found:
            yield from _strings(each, place, seen, key)
    elif isinstance(found, bytes):
        yield Passage(f"{place} {key}".strip(), found.decode("latin-1"), ADDRESS if key == "/ID" else CODE)
    elif isinstance(found, str):
        kind = ADDRESS if isinstance(found, NameObject) else LABEL if key in SPOKEN else CODE
        yield Passage(f"{place} {key}".strip(), found, kind)
