"""What people can read in bytes that are no XML: runs of letters, in the two ways in which programs write them."""

import re
from collections.abc import Iterator

SHORTEST_STRING = 6
"""Letters. A postcode without its space has five, and bytes of chance are full of runs of four."""
NARROW_TEXT = re.compile(rb"[\t\n\r\x20-\x7e\xa0-\xff]{%d,}" % SHORTEST_STRING)
WIDE_TEXT = re.compile(rb"(?:[\t\n\r\x20-\x7e\xa0-\xff]\x00){%d,}" % SHORTEST_STRING)
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
    for pattern, code in ((NARROW_TEXT, "latin-1"), (WIDE_TEXT, "utf-16-le")):
        for run in pattern.findall(content):
            yield from (piece for piece in TAG.split(run.decode(code)) if piece.strip())
