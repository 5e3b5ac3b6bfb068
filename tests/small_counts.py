"""Small counts of people in words, as a search finds them that knows nothing of the release."""

import json
import re
from functools import cache
from pathlib import Path

from lxml import html

ROOT = Path(__file__).parents[1]
SMALL = (
    "1",
    "2",
    "3",
    "4",
    "5",
    "one",
    "two",
    "three",
    "four",
    "five",
    "twice",
    "both",
    "half",
    "single",
    "pair",
)
SHARES = ("all", "most", "some", "none", "every", "each", "nobody", "everybody", "no", "several", "few")
PEOPLE = (
    r"child|children|bab(?:y|ies)|infants?|famil(?:y|ies)|mothers?|fathers?|parents?|carers?|cases?|people|persons?|girls?"
    r"|boys?|siblings?|brothers?|sisters?|young people|households?"
)
BAND = re.compile(r"\b\d+(?: to \d+| or more| years or over| or over)?(?: \w+)?: (?=\d)")
OF_TEXTS = re.compile(r"^\d+(?= texts are withheld)")
"""How many texts of findings are withheld: it counts no people."""


def words(element: html.HtmlElement) -> str:
    """The text of an element; `1 to 4:` and `1 or more:` say which numbers a band holds, not how many."""
    return BAND.sub("", " ".join(element.text_content().split()))


@cache
def written_for_every_audit() -> str:
    """What templates and the package say in words of their own, on one line."""
    own = [path for ending in ("*.py", "*.j2") for path in (ROOT / "auditbook").rglob(ending)]
    texts = [path.read_text("utf-8") for path in own]
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        texts += ["".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]]
    texts.append((ROOT / "data" / "codebook" / "questions.csv").read_text("utf-8"))
    return re.sub(r"[\s\"]+", " ", " ".join(texts))


def is_of_every_audit(sentence: str) -> bool:
    return OF_TEXTS.sub("{number}", sentence) in written_for_every_audit()


def sentences(text: str) -> list[str]:
    """Stretches of text between marks of punctuation."""
    return [part.strip() for part in re.split(r"[.;:()!?\n•|#]|,(?!\d)", BAND.sub("", text))]


@cache
def near_people(numbers: tuple[str, ...]) -> re.Pattern:
    """One of these numbers within three words of whom it counts."""
    near = r"(?:\W+[\w’'-]+){0,2}\W+"
    of = "|".join(numbers)
    return re.compile(rf"\b(?:(?:{of}){near}(?:{PEOPLE})|(?:{PEOPLE}){near}(?:{of}))\b(?!%)", re.IGNORECASE)


def counts_of_people(text: str, numbers: tuple[str, ...] = SMALL) -> list[str]:
    """Sentences that count people with such a number, without those that are the same for every audit."""
    shape = near_people(numbers)
    return [each for each in sentences(text) if shape.search(each) and not is_of_every_audit(each)]
