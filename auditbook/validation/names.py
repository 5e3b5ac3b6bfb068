"""What somebody wrote → the id that it means: the id, its label, or either spelt a little differently."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufeff"
)
"""Soft hyphen, zero-width characters, marks of direction, byte-order mark: pasted along, and seen by nobody."""
WITHOUT_INVISIBLE = str.maketrans(dict.fromkeys(INVISIBLE))
NOT_APPLICABLE_WORDS = frozenset({"n/a", "n.a.", "n.a", "na", "not applicable"})
NOT_KNOWN = frozenset({"n/k", "n.k.", "nk", "u/k", "not known", "unknown", "don't know", "do not know"})
NOT_RECORDED = frozenset({"not recorded"})
QUOTES = str.maketrans({**dict.fromkeys("‘’‛′`´", "'"), **dict.fromkeys("“”„″", '"')})
"""What word processors and telephones make of straight quotation marks and apostrophes."""
BESIDE_STROKE = re.compile(r"\s*/\s*")
HYPHENS = "-_\u2010\u2011\u2012\u2013\u2014\u2212"
HYPHENS_TO_BLANKS = WITHOUT_INVISIBLE | str.maketrans(dict.fromkeys(HYPHENS, " "))


def trimmed(text: str) -> str:
    """Text without blanks and invisible characters at its two ends; what stands between them is its writer's."""
    if text.isascii():  # none of those that nobody sees is, and most cells are
        return text.strip()
    before = None
    while text != before:
        before, text = text, text.strip().strip(INVISIBLE)
    return text


@lru_cache(1 << 14)  # a codebook's names are compared with every heading and cell
def folded(text: str) -> str:
    """Text without what does not tell two names apart: capitals, width, hyphens for blanks, invisible characters.

    Curved quotation marks and apostrophes are straight ones, blanks beside a stroke are none, and `&` is `and`.
    """
    plain = unicodedata.normalize("NFKC", text.translate(QUOTES)).casefold()
    seen = plain.translate(HYPHENS_TO_BLANKS).replace("&", " and ")
    return " ".join(BESIDE_STROKE.sub("/", seen).split())


def matching_ids(text: str, names_of: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The ids that a text may mean: none, one, or several where it cannot be told which.

    names_of  id → its labels and other names

    An id as it is written is that id, whatever else is called so; then a label as it is written; then either folded.
    """
    if text in names_of:
        return (text,)
    exactly = tuple(key for key, names in names_of.items() if text in names)
    if exactly:
        return exactly
    wanted = folded(text)
    return tuple(key for key, names in names_of.items() if wanted in map(folded, (key, *names))) if wanted else ()


def missing_value(text: str) -> str | None:
    """`not_applicable`, `not_known` or `not_recorded` for the ways people write them; None for any other text."""
    wanted = folded(text)
    for word, spellings in (
        ("not_applicable", NOT_APPLICABLE_WORDS),
        ("not_known", NOT_KNOWN),
        ("not_recorded", NOT_RECORDED),
    ):
        if wanted in spellings:
            return word
    return None


def says_nothing(text: str) -> bool:
    """Whether a cell that may be empty is as good as empty: `N/A`. `NA` may be an id."""
    return missing_value(text) == "not_applicable" and folded(text) != "na"
