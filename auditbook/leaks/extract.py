"""A file that is about to be published → everything that is written in it, whatever its format."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from auditbook.leaks.extract_binary import pieces_of_archive, pieces_of_pdf, pieces_of_picture, printable
from auditbook.leaks.extract_markup import parse_html, parse_xml, pieces_of_markup
from auditbook.leaks.extract_text import (
    pieces_of_calendar,
    pieces_of_csv,
    pieces_of_json,
    pieces_of_script,
    pieces_of_text,
)
from auditbook.leaks.passages import CODE, LABEL, CannotRead, Inside, Passage, Piece
from auditbook.leaks.styles import pieces_of_style

PICTURE_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")
SUFFIXES_OF_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".ico")
FONT_SUFFIXES = (".woff", ".woff2", ".ttf", ".otf", ".eot")
"""Compressed shapes of letters; only their printable strings are looked at."""
DEEPEST_FILE = 5
"""Files inside files; more are made to break readers."""


def pieces_of_file(name: str, content: bytes, depth: int = 0) -> Iterator[Piece]:
    """Everything written in a file, files inside it included.

    name  decides, with the first bytes, how it is read
    Raises CannotRead for what is broken, encrypted or of a kind that cannot be looked through.
    """
    if depth > DEEPEST_FILE:
        raise CannotRead("files inside files inside files")
    yield Passage("the file's name", name, LABEL)
    try:
        for piece in _pieces(PurePosixPath(name).suffix.lower(), name, content):
            if not isinstance(piece, Inside):
                yield piece
                continue
            for inner in pieces_of_file(piece.name, piece.content, depth + 1):
                yield inner if isinstance(inner, Inside) else inner._replace(place=f"{piece.place}: {inner.place}")
    except CannotRead:
        raise
    except Exception as problem:  # a file made to break its reader has not passed, and breaks no other's reading
        raise CannotRead(f"reading it failed ({type(problem).__name__})") from None


def _pieces(suffix: str, name: str, content: bytes) -> Iterator[Piece]:
    if content.startswith(b"%PDF") or suffix == ".pdf":
        return pieces_of_pdf(content)
    if content.startswith(b"PK") or suffix in (".zip", ".docx", ".xlsx", ".pptx"):
        return pieces_of_archive(content)
    if content.startswith(PICTURE_SIGNATURES) or suffix in SUFFIXES_OF_PICTURES:
        return pieces_of_picture(content)
    if content.startswith(b"\x1f\x8b"):
        return iter([Inside("unpacked", name.removesuffix(".gz"), _unpacked(content))])
    if suffix == ".inv" and content.startswith(b"# Sphinx inventory"):
        return _inventory(content)
    if suffix in FONT_SUFFIXES:
        return printable(content)
    return _pieces_of_text(suffix, content)


def _unpacked(content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        raise CannotRead("it is no valid gzip file") from None


def _inventory(content: bytes) -> Iterator[Piece]:
    """Sphinx's list of what can be linked to: four lines, then the list, packed."""
    *head, packed = content.split(b"\n", 4)
    text = b"\n".join(head) + b"\n" + zlib.decompress(packed)
    return pieces_of_text(text.decode("utf-8"), kind=CODE)


def _pieces_of_text(suffix: str, content: bytes) -> Iterator[Piece]:
    if suffix in (".html", ".htm", ".xhtml"):
        return pieces_of_markup(parse_html(content)) if content.strip() else iter(())
    if suffix in (".svg", ".xml", ".rss", ".atom"):
        return pieces_of_markup(parse_xml(content))
    text = text_of(content)
    if suffix in (".json", ".ipynb", ".webmanifest", ".geojson", ".jsonld"):
        return pieces_of_json(text)
    if suffix in (".csv", ".tsv"):
        return pieces_of_csv(text)
    if suffix == ".js":
        return pieces_of_script(text)
    if suffix == ".css":
        return pieces_of_style(text)
    if suffix in (".ics", ".vcf"):
        return pieces_of_calendar(text)
    return pieces_of_text(text, kind=CODE if suffix in (".mjs", ".map") else "words")


def text_of(content: bytes) -> str:
    """The text of a file, by its byte-order mark or as UTF-8. Raises CannotRead when it is none."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise CannotRead("files of this kind cannot be looked through") from None
    if "\0" in text:
        raise CannotRead("files of this kind cannot be looked through")
    return text
