"""What people can read in bytes that are no XML: runs of letters, in the two ways in which programs write them."""

import re
from collections.abc import Iterator

SHORTEST = 6
"""Letters. A postcode without its space has five, and bytes of chance are full of runs of four."""
NARROW = re.compile(rb"[\t\n\r\x20-\x7e\xa0-\xff]{%d,}" % SHORTEST)
WIDE = re.compile(rb"(?:[\t\n\r\x20-\x7e\xa0-\xff]\x00){%d,}" % SHORTEST)
TAG = re.compile(r"""<[^<>"']*|[<>"']""")
FILES_INSIDE = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"RIFF",
    b"II*\0",
    b"MM\0*",
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
)
"""How pictures, documents and archives begin."""


def texts_in(content: bytes) -> Iterator[str]:
    """Each run of letters, without the tags in it."""
    for found, code in ((NARROW, "latin-1"), (WIDE, "utf-16-le")):
        for run in found.findall(content):
            yield from (piece for piece in TAG.split(run.decode(code)) if piece.strip())
