"""How texts are compared: without case, accents of typography, escapes and invisible characters; and telling shapes."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from sys import intern
from urllib.parse import unquote

from auditbook.validation.personal import EMAIL, NAMED, POSTCODE, RUN, SPELT_EMAIL, plain_characters

MACHINE_FOLDERS = ("home", "root", "Users", "tmp", "mnt", "media", "workspace", "private/var", "var/folders")
MACHINE = re.compile(
    rf"(?<![\w.\-/])/(?:{'|'.join(MACHINE_FOLDERS)})/+[\w.~-]"
    r"|file:/{1,3}\w"
    r"|\b(?:smb|cifs|afp|nfs)://\w"
    r"|(?<![\w/])[A-Za-z]:(?:\\{1,4}|/)(?:Users|Documents and Settings|home|Windows|Program Files|Temp|Projects?)\b"
    r"|(?<![\w:])[A-Za-z]:\\{1,2}\w[\w .-]*\\"
    r"|(?<!\\)\\{2,4}[A-Za-z][\w.-]+\\{1,2}\w",
    re.IGNORECASE,
)
EVERYWHERE = frozenset("bin boot dev etc lib lib32 lib64 libx32 lost+found proc run sbin sys usr var book".split())
"""Folders of every machine, and what a link of a book may begin with."""
PATH_SIGNS = (
    ":/",
    "file:",
    *(f"/{folder[:4]}" for folder in MACHINE_FOLDERS),
    *(f"/{folder[:4].upper()}" for folder in MACHINE_FOLDERS),
)
"""One of these stands in every path of a machine that has no backslash; looking for them first is much faster."""
DAY_IN_TEXT = re.compile(
    r"(?<!\d)(?:(?P<year3>\d{4})(?P<mark>[-/.]|\s?[-/.]\s?|)(?P<month3>\d{2})(?P=mark)(?P<day3>\d{2})"
    r"|(?P<day>\d{1,2})(?:st|nd|rd|th)?\s?[\s./-]\s?(?:of\s)?"
    r"(?P<month>\d{1,2}|[a-z]{3,9})\s?[\s.,/-]{1,2}\s?(?P<year>\d{4}|['’]?\d{2})"
    r"|(?P<month2>[a-z]{3,9})\.?\s(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<year2>\d{4}))(?!\d)"
)
DAY_GROUPS = [[f"{part}{way}" for way in ("", "2", "3")] for part in ("year", "month", "day")]
"""Groups of the pattern: the day written first, the month first, the year first."""
CENTURY, APOSTROPHES = "20", "'’"
"""Of a year in two digits: no audit looks further back."""
CHECKSUM = re.compile(
    r"(?<![0-9A-Za-z])(?=[0-9]*[A-Fa-f])[0-9a-fA-F]{16,}(?![0-9A-Za-z])"
    r"|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
    r"|\bsha\d+[-:][\w+/]{20,}={0,2}"
    r"|#[A-Za-z][\w-]*"
    r"|(?<![\d.])0\.\d{8,}"
)
"""What a program made of a file, of a place in it or of two numbers: it is no text, and may hold any digits."""
MONTH_STARTS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
TOKEN = re.compile(r"[^\W_]+(?:[-_][^\W_]+)*")
"""A word or an id: letters and digits, with single hyphens and underscores between them."""
WORD = re.compile(r"[^\W_]+")
ESCAPED = re.compile(r"\\([^\w\s])")
"""Markdown writes a backslash before a mark, JSON before some."""
UNICODE_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}|\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
"""A letter as scripts may write it."""
UNSEEN_IN_TEXT = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
DASH_CHARACTERS = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
BROKEN = re.compile(r"([-_])(?<=\w[-_])[ \t]*\n[ \t]*(?=\w)")
"""An id at the end of a line of a page, cut at its hyphen."""


def as_seen(text: str) -> str:
    """Text as a reader sees it."""
    if not text.isascii():
        text = DASH_CHARACTERS.sub("-", UNSEEN_IN_TEXT.sub("", unicodedata.normalize("NFKC", text)))
    return BROKEN.sub(r"\1", text) if "\n" in text else text


def decoded(text: str) -> list[str]:
    """The text as a reader sees it, and what it means where it looks like HTML, an address or Markdown."""
    text = as_seen(text)
    forms = [text]
    if "&" in text and ";" in text:
        forms.append(html.unescape(text))
    if "%" in text:
        forms.append(unquote(text))
    if "\\" in text:
        forms.append(ESCAPED.sub(r"\1", text))
        forms.append(UNICODE_ESCAPE.sub(_letter, text))
    return list(dict.fromkeys(forms))


def _letter(match: re.Match[str]) -> str:
    number = int(next(filter(None, match.groups())), 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else " "


def tokens(text: str) -> list[str]:
    """Words and ids in small letters."""
    return TOKEN.findall(as_seen(text).casefold())


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, without any mark; each word is one object, for most stand in many texts."""
    return tuple(map(intern, WORD.findall(as_seen(text).casefold())))


def own_contacts(texts: Iterable[str]) -> frozenset[str]:
    """Addresses, postcodes and long numbers in texts that the publisher wrote to be found under."""
    contacts: set[str] = set()
    for text in map(plain_characters, texts):
        contacts |= {word.strip(".,;:()<>[]\"'") for word in text.split() if EMAIL.search(word)}
        contacts |= {
            f"{word}{match[0]}" for match in SPELT_EMAIL.finditer(text) for word in text[: match.start()].split()[-1:]
        }
        contacts |= {match[0] for match in re.finditer(r"[\w.+'-]+@[\w.-]+\w", text)}
        contacts |= {match[0] for shape in (POSTCODE, NAMED) for match in shape.finditer(text)}
        contacts |= {match[0] for match in RUN.finditer(text) if sum(map(str.isdigit, match[0])) >= 9}
    return frozenset(contacts)


def without_contacts(text: str, contacts: Iterable[str]) -> str:
    text = plain_characters(text)
    for contact in contacts:
        text = text.replace(contact, " ")
    return text


def names_a_machine(text: str, folders: Iterable[str]) -> bool:
    """Whether a text holds a path that only a machine has, or one of these folders of this machine.

    folders  with a slash at the end, the beginning of a path: `/data/` is meant, and not `see/data/`
    """
    plain = text.replace("\\\\", "/").replace("\\", "/") if "\\" in text else text
    if any(folder in plain and _is_there(folder, plain) for folder in folders):
        return True
    return ("\\" in text or any(sign in text for sign in PATH_SIGNS)) and MACHINE.search(text) is not None


def _is_there(folder: str, text: str) -> bool:
    if not folder.endswith("/"):
        return True
    return re.search(rf"(?<![\w.\-/:]){re.escape(folder)}[\w.~-]", text) is not None


def root_folders(roots: Iterable[str]) -> tuple[str, ...]:
    """Those folders at a machine's root that are its own; such as every machine has tell nothing of this one."""
    return tuple(f"/{name}/" for name in sorted(roots) if name not in EVERYWHERE and not name.startswith("."))


def days_in(text: str) -> Iterator[str]:
    """Every day that a text names, as `2021-02-19`."""
    for match in DAY_IN_TEXT.finditer(as_seen(text).casefold()):
        year, month, day = (next(filter(None, map(match.group, groups))) for groups in DAY_GROUPS)
        number = (
            int(month) if month.isdigit() else MONTH_STARTS.index(month[:3]) + 1 if month[:3] in MONTH_STARTS else 0
        )
        yield f"{CENTURY if len(year) < 4 else ''}{year.strip(APOSTROPHES)}-{number:02}-{int(day):02}"


def without_checksums(text: str) -> str:
    """The text without checksums, anchors and long fractions."""
    return CHECKSUM.sub(" ", text)
