"""PNG, JPEG and other pictures of dots: what is written in their metadata."""

import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

from auditbook.leaks.passages import CODE, LABEL, CannotRead, Passage

PRINTABLE = re.compile(rb"[\x20-\x7e]{5,}|(?:[\x20-\x7e]\x00){5,}")
TEXTS = ("APP", "exif", "icc_profile", "photoshop")
"""Entries that are bytes for programs; their words are met among the printable strings."""
POSITION = 0x8825


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
        if isinstance(value, bytes) and not str(name).startswith(TEXTS):
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
