"""Set phrases with a number in them that counts nothing: those of `set_phrases.csv` beside this file, as patterns."""

import csv
import re
from functools import cache
from pathlib import Path

SET_PHRASES = Path(__file__).with_name("set_phrases.csv")
PEOPLE_AND_PAPERS = (
    "child baby infant toddler boy girl sibling brother sister twin pupil student teenager mother father parent carer "
    "family household case agency practitioner worker professional partner team school record file plan return "
    "assessment referral visit meeting review chronology"
).split()
PLURALS = "children babies families agencies chronologies people".split()
PEOPLE_AND_PAPERS_PATTERN = (
    rf"(?:(?:{'|'.join(PEOPLE_AND_PAPERS)})s?|{'|'.join(PLURALS)}|person|young\s+(?:person|people))"
)
"""One or more of them, in any form."""

PIECES = {
    "#": r"\d[\d,.]*[a-z]?",
    "*": r"[\w’'-]+",
    "<month>": r"(?:January|February|March|April|May|June|July|August|September|October|November|December)",
    "<day>": r"\d{1,2}(?:st|nd|rd|th)?",
    "<days>": r"\d{1,2}(?:st|nd|rd|th)?(?:,\s\d{1,2}(?:st|nd|rd|th)?){0,6}",
    "<years>": r"(?:19|20)\d\d\s?[-/‐‑–]\s?(?:(?:19|20)\d\d|\d\d)",
    "<year>": r"(?:19|20)\d\d(?:\s?[-/‐‑–]\s?(?:(?:19|20)\d\d|\d\d))?",
    "<yy>": r"\d\d",
    "<digits>": r"\d+",
    "<HH:MM>": r"(?:[01]\d|2[0-3]):[0-5]\d",
    "<clock>": r"(?:[01]?\d|2[0-3])[.:][0-5][05]",
    "<quarter-hour>": r"(?:[01]?\d|2[0-3])[.:](?:00|15|30|45)",
    "<hour>": r"\d{1,2}",
    "<NAME>": r"(?-i:[A-Z][A-Za-z]*)",
    "<CAPITALS>": r"(?-i:[A-Z]{2,})",
    "<LETTER>": r"(?-i:[A-Z])",
    "<Place>": r"(?-i:Ward|Team|Locality|Cluster|Hub|Zone|Room|Area|Workshop|Session|Panel|Cohort)",
    "<list>": r"(?:\d+[a-z]?,\s){1,6}",
    "<joint>": r"(?:\s?[-‐‑‒–—]\s?|\s+)",
    "<alone-s>": r"(?<!['’])s",
    "<stroke>": r"\s?/\s?",
    "<sub>": r"(?:\s?\(\w{1,3}\)){0,3}",
    "<nobody>": rf"(?!\s+(?:\w+\s+)?{PEOPLE_AND_PAPERS_PATTERN}\b)",
    "<no-noun>": r"(?=\s*(?:$|[^\w\s])|\s+(?:am|pm|on|in|and|to|until|till|the|each|every|for|when|with|but|or|at|by"
    r"|an?|we|they|daily)\b)",
    "<not-of>": r"(?!\s+of\b)",
    "<start>": r"(?:^|(?<=[.!?(]\s)|(?<=[(“]))",
    "<end>": r"(?=[.;]?\s*$)",
    "<address>": r"(?:https?://|www\.)\S+",
}
"""What a shipped phrase may hold beside words and alternatives in brackets: `#` is any number, `*` any word."""
BEFORE_UNIT = re.compile(r"(?<=#)-(?=[a-z(])")
"""A unit stands behind its number with a hyphen or a blank: `12-month`, `12 month`."""
JOINT_WITH_HYPHEN = re.compile(r" \(((?:[^()]*\|)?-(?:\|[^()]*)?)\) ")
"""Alternatives with a hyphen among them, ` (and|to|-) `: blanks beside the words, and at will beside the hyphen."""


@cache
def shipped_phrases() -> tuple[re.Pattern, re.Pattern]:
    """The phrases that ship, as they are written, and those that hold any number."""
    with SET_PHRASES.open(encoding="utf-8", newline="") as file:
        rows = sorted((row["phrase"] for row in csv.DictReader(file)), key=_length, reverse=True)
    written = phrase_pattern(tuple(_with_pieces(row) for row in rows if "#" not in row))
    return written, phrase_pattern(tuple(_with_pieces(row) for row in rows if "#" in row))


def _length(phrase: str) -> tuple[int, int, int]:
    """The longer phrase is tried first: `sections 17 and 47` before `sections 17`."""
    return len(re.findall("[#<]", phrase)), len(re.sub(r"\([^)]*\)", "or", phrase).split()), len(phrase)


@cache
def phrase_pattern(alternatives: tuple[str, ...]) -> re.Pattern:
    return re.compile(rf"(?<![\w]){'(?:' + '|'.join(alternatives) + ')'}(?!\w)", re.IGNORECASE)


def _with_pieces(phrase: str) -> str:
    pieces = "|".join(map(re.escape, PIECES))
    special = {**PIECES, "(": "(?:", ")": ")", "|": "|"}
    joined = JOINT_WITH_HYPHEN.sub(lambda match: f"({'|'.join(map(_apart, match[1].split('|')))})", phrase)
    joined = BEFORE_UNIT.sub("<joint>", joined)
    return "".join(special.get(part) or literal_phrase(part) for part in re.split(rf"({pieces}|[()|])", joined))


def _apart(joint: str) -> str:
    """A word of a joint with blanks beside it; a hyphen or a stroke as it is."""
    return {"-": "-", "/": "<stroke>"}.get(joint, f" {joint} ")


def literal_phrase(text: str) -> str:
    """Words as a pattern: white space, hyphens and apostrophes of any kind."""
    out = re.escape(text).replace(r"\-", "-")
    out = re.sub(r"(?:\\\s|\s)+", r"\\s+", out)
    return re.sub("['’]", "['’]", re.sub("[-‐‑‒–—]", r"\\s?[-‐‑‒–—]\\s?", out))
