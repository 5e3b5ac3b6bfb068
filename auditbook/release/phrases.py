"""Words that say a number: where small counts are withheld, what people wrote must not tell them either."""

import re
from collections.abc import Collection, Iterable

from auditbook.validation.numbers import IN_WORDS, numbers_in

CARDINALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred twice thrice once both half "
    "halves third thirds quarter quarters fifth fifths sixth sixths tenth tenths dozen couple pair pairs duo trio "
    "quartet twins triplets sole single zero nil"
).split()
SHARE_WORDS = (
    "all every each everybody everyone none no nobody neither most nearly almost hardly some several few handful "
    "majority minority any"
).split()
PEOPLE_WORDS = (
    "child children baby babies infant infants toddler toddlers boy boys girl girls sibling siblings brother brothers "
    "sister sisters young mother mothers father fathers parent parents carer carers family families case cases "
    "person people household households pupil pupils student students twin twins triplet triplets newborn newborns "
    "teenager teenagers adolescent adolescents adult adults youngster youngsters kid kids son sons daughter daughters "
    "victim victims patient patients resident residents partner partners grandparent grandparents unborn "
    "males females lad lads lass lasses uncle uncles aunt aunts cousin cousins"
).split()
YEAR_IN_TEXT = re.compile(r"(?:19|20)\d\d[,.]?")
"""Four digits that are a year count nobody."""
REACH = 3
"""Words between a number and whom it counts, at the most (DESIGN section 8 has the same for briefings)."""
A_FIGURE = rf"(?:\d+|{IN_WORDS})"
SHARE = re.compile(
    rf"\bn\s*=\s*\d+"
    rf"|(?:(?<=[(\[:;,])\s*|^\s*)(?:{A_FIGURE}\s+(?:out\s+)?of\s+(?:the\s+)?{A_FIGURE}|\d+\s+in\s+\d+|\d+\s?(?:%|per\s?cent))"
    r"(?:\s+of\s+(?:them|these|those))?(?=\s*(?:[)\].;,]|$))"
    rf"|\b{A_FIGURE}\s+(?:LAC|CLA|CYP|YP|UASC)\b(?!\s+(?:review|nurse|team|plan|doctor|service))",
    re.IGNORECASE,
)
"""What says how many, whoever they are: `n=3`; `3 of 9`, `1 in 3` and `33%` that stand alone or in brackets, where
`90%` of something is a target and `3 of 9 standards` are no people; people by their letters, `4 LAC`."""
WITHHELD_MARK = "[withheld]"
NUMBER_OR_WORD = re.compile(r"\d[\d,.]*%?|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|[^\W\d_]+", re.UNICODE)


def says_a_number(phrase: str) -> bool:
    """Whether a phrase holds a digit, a number in words, or a share: `two of the mothers`, `in every case`."""
    return bool(_numbers(phrase, (*CARDINALS, *SHARE_WORDS), shares=True))


def says_a_count(phrase: str) -> bool:
    """Whether a phrase holds a digit or a number in words; shares of something may stand in it."""
    return bool(_numbers(phrase, CARDINALS, shares=False))


def _numbers(text: str, words: Iterable[str], shares: bool) -> list[tuple[int, int]]:
    """Where numbers stand: those the narrative's detector finds, and what says a number beside people.

    shares  `all` and `none` are numbers too
    """
    words = frozenset(words)
    spans = [match.span() for match in NUMBER_OR_WORD.finditer(text) if _is_number(match[0], words)]
    return [*spans, *((number.start, number.end) for number in numbers_in(text) if shares or number.kind != "share")]


def _is_number(token: str, words: Collection[str]) -> bool:
    if YEAR_IN_TEXT.fullmatch(token):
        return False
    return token[0].isnumeric() or token.casefold() in words


def without_counts(text: str, nouns: Iterable[str], is_share_told: bool = True) -> str:
    """The text with a mark for every number that may count people: one within three words of whom it counts, and what
    says how many of how many.

    nouns          more nouns for people: what the audit calls its cases
    is_share_told  `all`, `most`, `some` and `none` may stay; not over a base that is itself withheld
    """
    people_words = {word for noun in nouns for word in noun.casefold().split()} | set(PEOPLE_WORDS)
    tokens = list(NUMBER_OR_WORD.finditer(text))
    of_people = [place for place, token in enumerate(tokens) if token[0].casefold() in people_words]
    near = {place + step for place in of_people for step in range(-REACH, REACH + 1)}
    words = CARDINALS if is_share_told else (*CARDINALS, *SHARE_WORDS)
    numbers = _numbers(text, words, shares=not is_share_told)
    beside = [token.span() for place, token in enumerate(tokens) if place in near]
    counting = [span for span in numbers if any(span[0] < end and start < span[1] for start, end in beside)]
    return _marked(text, [*counting, *(match.span() for match in SHARE.finditer(text))])


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with one mark in place of each of these parts; parts that touch become one."""
    end = len(text) + 1
    for start, stop in sorted(spans, reverse=True):
        text = text[:start] + WITHHELD_MARK + text[stop:] if stop <= end else text[:start] + text[end:]
        end = start
    return text
