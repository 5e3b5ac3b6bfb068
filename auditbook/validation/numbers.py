"""Numbers that stand in what people wrote, in digits or in words, whatever stands beside them.

A number is let through only as part of a set phrase: those of `set_phrases.csv` beside this file, and those that are
given. One detector for every text: the narrative, and titles, sources, owners, labels.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from auditbook.validation.set_phrases import (
    PEOPLE_AND_PAPERS_PATTERN,
    literal_phrase,
    phrase_pattern,
    shipped_phrases,
)

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
VALUES = {**{word: value for value, word in enumerate(UNITS)}, **TENS, "a": 1}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}
PARTS |= {"ninth": 9, "tenth": 10}
QUANTITIES = {"both": 2, "twice": 2, "thrice": 3, "nil": 0, "neither": 0, "no": 0, "not a single": 0}
GROUPS = {"couple": 2, "pair": 2, "duo": 2, "trio": 3, "dozen": 12}
SHARES = {"all": 1.0, "every": 1.0, "each": 1.0, "none": 0.0}
NOT_SIZED = (
    "majority minority doubled doubling halved trebled tripled quadruple quadrupled "
    "threefold fourfold fivefold tenfold dozens hundreds thousands"
).split()
"""They tell a size and no one number: `majority` is more than half. `most`, `many`, `some` and `few` are opinions."""

ONES = "|".join(UNITS[:10])
UNDER_HUNDRED = rf"(?:(?:{'|'.join(TENS)})(?:[-‐‑–\s](?:{ONES}))?|{'|'.join(reversed(UNITS))})"
UNDER_THOUSAND = rf"(?:(?:a|{UNDER_HUNDRED})\s+hundred(?:\s+and\s+{UNDER_HUNDRED})?|{UNDER_HUNDRED})"
IN_WORDS = rf"(?:(?:a|{UNDER_THOUSAND})\s+(?:thousand|million)(?:\s+(?:and\s+)?{UNDER_THOUSAND})?|{UNDER_THOUSAND})"
IN_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
PERCENT = r"(?:\s?[%％]|[\s-]?per\s?cent\b)"
PART_PATTERN = rf"(?P<many>a|{ONES})[-‐‑–\s](?P<part>{'|'.join(PARTS)}|quarter)s?\b"
NTH = {"second": 2} | {part: size for part, size in PARTS.items() if part not in ("half", "quarter")}
"""`every second case` is a share; `every other case` may be all the rest, and is let through."""
ROMAN = r"(?:X{1,3}(?:IX|IV|V?I{0,3})|IX|VII{1,2}|I{2,3})(?<!\bX)"
"""Of two letters or more; `IV` and `VI` are a way of giving medicine, and a way of not seeing well."""
ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
BEFORE_ROMAN = re.compile(
    r"(?:^|[.;:!?\n(]\s*|\b(?:in|of|the|these|those|all|our|other|only|about|for|with|and|from|at|by|than|among|across)\s)$",
    re.IGNORECASE,
)
"""`Part II plans`, `a stage III review` have their word before the number."""
VERB = r"was|were|is|are|had|have|has|did|do|said|felt|told|lived|knew|saw|went|came"
NUMBER_PATTERN = re.compile(
    rf"(?P<ratio>(?<![\w.]){IN_DIGITS}\s?[:/]\s?{IN_DIGITS})"
    rf"|(?P<fraction>\b{PART_PATTERN}(?=\s+(?:of|in)\b|\s+(?:{VERB})\b|\s*[.,;:!?)]|\s*$)|\bhalf\b|\bquarters?\s+of\b)"
    rf"|(?P<digits>(?<![\w.]){IN_DIGITS})(?P<per>{PERCENT})?"
    rf"|\b(?P<words>{IN_WORDS})\b(?P<cent>{PERCENT})?"
    rf"|\b(?P<roman>(?-i:{ROMAN}))(?=\s+{PEOPLE_AND_PAPERS_PATTERN}\b)"
    rf"|\bevery\s+(?P<nth>{'|'.join(NTH)})\b"
    rf"|\b(?P<group>{'|'.join(GROUPS)})\b"
    rf"|\b(?P<word>{'|'.join([*QUANTITIES, *SHARES, *NOT_SIZED])})\b",
    re.IGNORECASE,
)
WORDS_ALONE = re.compile(rf"\b{IN_WORDS}\b", re.IGNORECASE)
LONGEST_PHRASE = 60
"""Letters to either side of a number in which a set phrase is looked for."""
NEAR_LETTERS = 300
"""Letters to either side that tell whether a word counts something: a long sentence."""
GROUPED = re.compile(r"(?:\b(?:an?|one|two|three|half\sa)\s(?:\w+\s)?)$", re.IGNORECASE)
"""Before `couple`, `pair`, `trio`: `a couple of families` is a number, `the couple` is not."""

COUNTED = re.compile(rf"\s+{PEOPLE_AND_PAPERS_PATTERN}\b", re.IGNORECASE)
EACH_PERSON = re.compile(
    r"\s+(?:of\s+(?:the|these|our)\s+)?(?:child(?:ren)?|bab(?:y|ies)|boys?|girls?|young\s+(?:person|people)|mothers?|"
    r"fathers?|parents?|famil(?:y|ies)|households?)\b",
    re.IGNORECASE,
)
"""Of whom `each` tells a share; each agency, case and meeting is how an audit was done."""
HAPPENED = re.compile(
    r"\b(?:was|were|had|has|have|been|did|(?!involved|needed|concerned)\w{3,}ed|"
    r"sent|gave|took|came|went|saw|knew|met|held|made|said|told|wrote|left|got|kept|found|felt)\b",
    re.IGNORECASE,
)
"""`No child had been seen` tells a number; `no child should wait`, `every child matters` do not."""
SHOULD = re.compile(
    r"\b(?:should|must|shall|ought|will|would|can|could|may|might|needs?\sto|to\sensure|ensure|ensures|make\ssure|"
    r"(?:is|are)\s(?:asked|expected|required|reminded|encouraged|invited)\sto|please)\b",
    re.IGNORECASE,
)
"""An exhortation: `all agencies should share` speaks of nobody in particular."""
CLAUSE_END = r"[.;:!?\n](?:\s|$)"
PRONOUN_BEFORE = re.compile(
    r"\b(?:an?|the|this|that|each|every|any|another|which|his|her|their|our)(?:\s[\w’'-]+){0,2}\s$", re.IGNORECASE
)
DETERMINER_BEFORE = re.compile(r"\b(?:the|this|that|each|every|any|another|which)\s$", re.IGNORECASE)
EACH_BEFORE = re.compile(r"\b(?:each|every)\s$", re.IGNORECASE)
ALL_AFTER = re.compile(r"\s+of\s+(?:the|these|those|our)\b", re.IGNORECASE)
ONE_COUNTED = re.compile(
    rf"\s+(?:(?!(?:the|an?|this|that|his|her|their|our|your|my|no|every|each|any)\s)\w+\s+)?{PEOPLE_AND_PAPERS_PATTERN}\b",
    re.IGNORECASE,
)
BOTH_AND = re.compile(rf"\s+(?:(?!(?:{VERB}|been)\b)[\w’'-]+\s+){{1,4}}and\b", re.IGNORECASE)
NEITHER_NOR = re.compile(r"[^.;:!?]*\bnor\b", re.IGNORECASE)


@dataclass(frozen=True)
class TypedNumber:
    """A number in a text: `text[start:end]` is `said`.

    value  what it says: 4 for `four`, 43 for `43%`, 0.5 for `half`; None where it has a size and no one value
    kind   count | percent | share (of a whole: all, none, half, a third)
    """

    start: int
    end: int
    said: str
    value: float | None
    kind: str = "count"


def numbers_in(text: str, phrases: Iterable[str] = ()) -> list[TypedNumber]:
    """The numbers of a text in their order, but for those in a set phrase.

    phrases  more set phrases, as they are written; capitals, white space and kinds of hyphens do not matter
    """
    numbers = [_number(match) for match in NUMBER_PATTERN.finditer(text) if _is_number(match, text)]
    numbers += [_sign(place, letter) for place, letter in enumerate(text) if _is_sign(letter)]
    if not numbers:
        return []
    written, of_any_number = shipped_phrases()
    own_phrases = sorted(filter(None, (phrase.strip() for phrase in phrases)), key=len, reverse=True)
    patterns = [(written, text), (of_any_number, _with_digits(text))]
    patterns += [(phrase_pattern(tuple(map(literal_phrase, own_phrases))), text)] if own_phrases else []
    typed = [number for number in numbers if not any(_stands_in(number, *pattern) for pattern in patterns)]
    return sorted(typed, key=lambda number: number.start)


def _stands_in(number: TypedNumber, phrases: re.Pattern, text: str) -> bool:
    """Whether a number is part of a set phrase; only what is near is looked at."""
    near = phrases.finditer(text, max(0, number.start - LONGEST_PHRASE), number.end + LONGEST_PHRASE)
    return any(match.start() < number.end and number.start < match.end() for match in near)


def _with_digits(text: str) -> str:
    """The text with its numbers in words as digits of the same length, so that `#` needs to know digits only."""
    return WORDS_ALONE.sub(lambda match: "0" * len(match[0]), text)


def _is_sign(letter: str) -> bool:
    """`½`, `Ⅳ`, `④`: numbers that are neither digits nor letters."""
    return not letter.isascii() and unicodedata.category(letter) in ("No", "Nl")


def _sign(place: int, letter: str) -> TypedNumber:
    value = unicodedata.numeric(letter)
    return TypedNumber(place, place + 1, letter, value, "share" if 0 < value < 1 else "count")


def _number(match: re.Match) -> TypedNumber:
    """What a match says."""
    groups = match.groupdict()
    value: float | None = None
    kind = "count"
    if groups["digits"]:
        value, kind = float(groups["digits"].replace(",", "")), "percent" if groups["per"] else "count"
    elif groups["words"]:
        value, kind = value_of(groups["words"]), "percent" if groups["cent"] else "count"
    elif groups["fraction"]:
        value, kind = _part_of(groups), "share"
    elif groups["ratio"]:
        one, many = (float(part.replace(",", "")) for part in re.split(r"\s?[:/]\s?", groups["ratio"]))
        value, kind = one / many if many else None, "share"
    elif groups["roman"]:
        value = _roman(groups["roman"])
    elif groups["nth"]:
        value, kind = 1 / NTH[groups["nth"].casefold()], "share"
    elif groups["group"]:
        value = GROUPS[groups["group"].casefold()]
    else:
        word = groups["word"].casefold()
        kind = "share" if word in SHARES else "count"
        value = SHARES.get(word, QUANTITIES.get(word))
    return TypedNumber(*match.span(), match[0], value, kind)


def _roman(letters: str) -> int:
    """`XIV` → 14: what stands before a greater one is taken away."""
    digits = [ROMAN_DIGITS[letter] for letter in letters]
    return sum(-digit if digit < after else digit for digit, after in zip(digits, [*digits[1:], 0], strict=True))


def _part_of(groups: dict[str, str | None]) -> float:
    if not groups["part"]:
        return 0.5 if groups["fraction"].casefold() == "half" else 0.25
    return VALUES[groups["many"].casefold()] / PARTS[groups["part"].casefold()]


def value_of(words: str) -> int:
    """`twenty-one` → 21, `two hundred and five` → 205."""
    total = group = 0
    for word in re.findall(r"[a-z]+", words.casefold()):
        if word == "hundred":
            group = (group or 1) * 100
        elif word in SCALES:
            total, group = total + (group or 1) * SCALES[word], 0
        elif word != "and":
            group += VALUES[word]
    return total + group


def _is_number(match: re.Match, text: str) -> bool:
    """Whether a match counts something here; words that often do not are looked at with what stands around them."""
    word = match[0].casefold()
    before, after = (
        text[max(0, match.start() - NEAR_LETTERS) : match.start()],
        text[match.end() : match.end() + NEAR_LETTERS],
    )
    clause = re.split(CLAUSE_END, before)[-1] + match[0] + _clause(after)
    if match["roman"]:
        return BEFORE_ROMAN.search(before) is not None
    if match["group"]:
        return word == "dozen" or bool(GROUPED.search(before) and re.match(r"\s+of\b", after))
    if word in ("majority", "minority"):
        return bool(re.search(r"\b(?:the|an?|\w+)\s$", before)) and bool(re.match(r"\s+of\b", after))
    if word == "one":
        return not _is_pronoun(before, after)
    if word in ("all", "both", "neither", "none"):
        if word == "both" and BOTH_AND.match(after) or word == "neither" and NEITHER_NOR.match(after):
            return False
        return not SHOULD.search(clause)
    if word in ("every", "each", "no", "not a single") or match["nth"]:
        counted = EACH_PERSON if word == "each" else COUNTED
        is_told = HAPPENED.search(_clause(after)) or re.search(r"\bin\s$", before, re.IGNORECASE)
        return bool(counted.match(after) and is_told) and not SHOULD.search(clause)
    return True


def _is_pronoun(before: str, after: str) -> bool:
    """`a short one`, `the one nobody asks`; not `the one case`, `and one boy`."""
    if DETERMINER_BEFORE.search(before):
        is_each = EACH_BEFORE.search(before) and ALL_AFTER.match(after)
        return not (is_each or ONE_COUNTED.match(after))
    return bool(PRONOUN_BEFORE.search(before))


def _clause(after: str) -> str:
    """A text up to where its first clause ends."""
    return re.split(CLAUSE_END, after, maxsplit=1)[0]
