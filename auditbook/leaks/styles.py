"""Styles: their comments and what they show are words, all else is looks."""

import re
from collections.abc import Iterator

from auditbook.leaks.passages import CODE, LABEL, Passage

COMMENT = re.compile(r"/\*(.*?)(?:\*/|\Z)", re.DOTALL)
SHOWN_PROPERTIES = re.compile(r"(?:content|quotes|--[\w-]+)\s*:([^;}]*)")
QUOTED_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'", re.DOTALL)
ESCAPE = re.compile(r"\\\\|\\([0-9a-fA-F]{1,6})\s?")


def pieces_of_style(text: str, within: str = "") -> Iterator[Passage]:
    """Comments and shown strings, then every line as what programs read."""
    text = ESCAPE.sub(_letter, text)
    for match in COMMENT.finditer(text):
        yield Passage(_place(text, match, within), match[1], LABEL)
    for match in SHOWN_PROPERTIES.finditer(text):
        words = "".join(double or single for double, single in QUOTED_STRING.findall(match[1]))
        yield Passage(_place(text, match, within), words, LABEL)
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield Passage(f"{within} line {number}".strip(), line, CODE)


def _letter(match: re.Match[str]) -> str:
    if match[1] is None:  # a backslash itself
        return match[0]
    number = int(match[1], 16)
    return chr(number) if 31 < number < 0x110000 and not 0xD800 <= number < 0xE000 else " "


def _place(text: str, match: re.Match[str], within: str) -> str:
    return f"{within} line {text.count(chr(10), 0, match.start()) + 1}".strip()
