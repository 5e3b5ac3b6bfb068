"""Numbers that are a part of a name, as in `Tier 4` or `5 to 9 years`: they count nothing, so they are spelt as words.

A text in which every known name is spelt so has only those digits left that may be counts.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from auditbook.leaks.normalise import as_seen

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}
NUMBER_IN_NAME = re.compile(rf"\d|\b(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)
TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
NO_MORE_DIGITS = r"(?!(?<=\d)(?:\.\d|,\d{3}(?!\d)))"
"""Behind a name that ends in a digit: no decimal and no thousands. The comma of a line of CSV is neither."""
DIGITS = str.maketrans("0123456789", "աբգդեզէըթժ")
"""Letters that stand for the digits of a name: of an alphabet that no page here is written in."""
SPELT_WORD = re.compile(rf"\b({'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)


def numbered_names(texts: Iterable[str]) -> tuple[str, ...]:
    """Those names that hold a number and something else, the longest first. A number alone may be a count."""
    names = {" ".join(as_seen(text).split()) for text in texts if text and NUMBER_IN_NAME.search(text)}
    whole = {text for text in names if TWO_LETTERS.search(SPELT_WORD.sub("", text))}
    others = whole.union(*map(_beginnings, whole))
    return tuple(sorted(others, key=lambda text: (-len(text), text)))


def _beginnings(name: str) -> Iterator[str]:
    """A name cut where a picture may wrap it: `Graded Care Profile 2` of `Graded Care Profile 2 completed`."""
    words = name.split()
    yield from (" ".join(words[:end]) for end in range(2, len(words)) if NUMBER_IN_NAME.search(" ".join(words[1:end])))


def with_names_spelt(text: str, names: tuple[str, ...]) -> str:
    """The text as it is seen, with the numbers of these names spelt as words that are no number."""
    text = as_seen(text)
    return _any_of(names).sub(lambda match: spelt(match[0]), text) if names and NUMBER_IN_NAME.search(text) else text


def spelt(name: str) -> str:
    """A name without any number in it."""
    return SPELT_WORD.sub(lambda match: match[0] + "ա", name.translate(DIGITS))


@lru_cache(maxsize=64)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    shapes = (r"\s+".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"(?<!\w)(?<!\d\.)(?:{'|'.join(shapes)})(?!\w){NO_MORE_DIGITS}", re.IGNORECASE)
