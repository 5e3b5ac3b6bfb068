"""Words that say a number: where small counts are withheld, what people wrote must not tell them either."""

import re
from collections.abc import Iterable

CARDINALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred twice thrice once both half "
    "halves third thirds quarter quarters fifth fifths sixth sixths tenth tenths dozen couple pair pairs duo trio "
    "quartet twins triplets sole single zero nil"
).split()
SHARES = (
    "all every each everybody everyone none no nobody neither most nearly almost hardly some several few handful "
    "majority minority any"
).split()
PEOPLE = (
    "child children baby babies infant infants toddler toddlers boy boys girl girls sibling siblings brother brothers "
    "sister sisters young mother mothers father fathers parent parents carer carers family families case cases "
    "person people household households pupil pupils student students twin twins triplet triplets newborn newborns "
    "teenager teenagers adolescent adolescents adult adults youngster youngsters kid kids son sons daughter daughters "
    "victim victims patient patients resident residents partner partners grandparent grandparents unborn"
).split()
YEAR = re.compile(r"(?:19|20)\d\d[,.]?")
"""Four digits that are a year count nobody."""
REACH = 3
"""Words between a number and whom it counts, at the most (DESIGN section 8 has the same for briefings)."""
WITHHELD = "[withheld]"
TOKEN = re.compile(r"\d[\d,.]*%?|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|[^\W\d_]+", re.UNICODE)


def says_a_number(phrase: str) -> bool:
    """Whether a phrase holds a digit, a number in words, or a share: `two of the mothers`, `in every case`."""
    return any(_is_number(token, (*CARDINALS, *SHARES)) for token in TOKEN.findall(phrase))


def says_a_count(phrase: str) -> bool:
    """Whether a phrase holds a digit or a number in words; shares of something may stand in it."""
    return any(_is_number(token, CARDINALS) for token in TOKEN.findall(phrase))


def _is_number(token: str, words: Iterable[str]) -> bool:
    if YEAR.fullmatch(token):
        return False
    return token[0].isnumeric() or token.casefold() in words


def without_counts(text: str, nouns: Iterable[str], is_share_told: bool = True) -> str:
    """The text with a mark for every number that may count people: one within three words of whom it counts.

    nouns          more nouns for people: what the audit calls its cases
    is_share_told  `all`, `most`, `some` and `none` may stay; not over a base that is itself withheld
    """
    known = {word for noun in nouns for word in noun.casefold().split()} | set(PEOPLE)
    found = list(TOKEN.finditer(text))
    near = {
        place + step
        for place, match in enumerate(found)
        if match[0].casefold() in known
        for step in range(-REACH, REACH + 1)
    }
    numbers = CARDINALS if is_share_told else (*CARDINALS, *SHARES)
    for place in reversed(range(len(found))):
        start, end = found[place].span()
        if place in near and _is_number(found[place][0], numbers):
            text = text[:start] + WITHHELD + text[end:]
    return text
