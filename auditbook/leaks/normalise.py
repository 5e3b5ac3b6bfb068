"""How texts are compared: without case, accents of typography, escapes and invisible characters."""

import html
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

from auditbook.validation.personal import EMAIL, POSTCODE, RUN, plain

TOKEN = re.compile(r"[^\W_]+(?:[-_][^\W_]+)*")
"""A word or an id: letters and digits, with single hyphens and underscores between them."""
WORD = re.compile(r"[^\W_]+")
ESCAPED = re.compile(r"\\([^\w\s])")
"""Markdown writes a backslash before a mark, JSON before some."""
UNICODE_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}|\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
"""A letter as scripts may write it."""
INVISIBLE = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
BROKEN = re.compile(r"(?<=\w)([-_])[ \t]*\n[ \t]*(?=\w)")
"""An id at the end of a line of a page, cut at its hyphen."""


def legible(text: str) -> str:
    """Text as a reader sees it."""
    if not text.isascii():
        text = DASHES.sub("-", INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))
    return BROKEN.sub(r"\1", text) if "\n" in text else text


def decoded(text: str) -> list[str]:
    """The text as a reader sees it, and what it means where it looks like HTML, an address or Markdown."""
    text = legible(text)
    found = [text]
    if "&" in text and ";" in text:
        found.append(html.unescape(text))
    if "%" in text:
        found.append(unquote(text))
    if "\\" in text:
        found.append(ESCAPED.sub(r"\1", text))
        found.append(UNICODE_ESCAPE.sub(_letter, text))
    return list(dict.fromkeys(found))


def _letter(match: re.Match[str]) -> str:
    number = int(next(filter(None, match.groups())), 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else " "


def tokens(text: str) -> list[str]:
    """Words and ids in small letters."""
    return TOKEN.findall(legible(text).casefold())


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, without any mark."""
    return tuple(WORD.findall(legible(text).casefold()))


def own_contacts(texts: Iterable[str]) -> frozenset[str]:
    """Addresses, postcodes and long numbers in texts that the publisher wrote to be found under."""
    found: set[str] = set()
    for text in map(plain, texts):
        found |= {word.strip(".,;:()<>[]\"'") for word in text.split() if EMAIL.search(word)}
        found |= {match[0] for match in re.finditer(r"[\w.+'-]+@[\w.-]+\w", text)}
        found |= {match[0] for match in POSTCODE.finditer(text)}
        found |= {match[0] for match in RUN.finditer(text) if sum(map(str.isdigit, match[0])) >= 9}
    return frozenset(found)


def without_contacts(text: str, contacts: Iterable[str]) -> str:
    text = plain(text)
    for contact in contacts:
        text = text.replace(contact, " ")
    return text
