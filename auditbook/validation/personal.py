"""What looks personal in a text, and which columns are for it. Nothing here keeps, prints or returns a value.

P01 a name column, P02 a date of birth, P03 an NHS number, P04 a unique pupil number, P05 a postcode, P06 a phone
number, P07 an e-mail address, P08 an address or another number of a person.

False alarms: none on the shipped data. Where a number cannot be told from a personal one it is refused (fail closed):
see the page “If an input is refused” for the rates measured.
Source: DESIGN section 6; check digits by python-stdnum.
"""

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator

from stdnum.gb import nhs, upn

from auditbook.validation.names import folded

LOOKS = {
    "P01": "a person's name",
    "P02": "a date of birth",
    "P03": "an NHS number",
    "P04": "a unique pupil number",
    "P05": "a postcode",
    "P06": "a phone number",
    "P07": "an e-mail address",
    "P08": "a National Insurance number",
}
WHOSE = r"(?:_(?:of_)?(?:the_)?(?:index_)?(?:child|baby|sibling|mother|father|parent|carer|person|family)|_?\d+)?"
NOT_A_PERSON = (
    r"(?<!agency_)(?<!organisation_)(?<!school_)(?<!service_)(?<!team_)(?<!partnership_)(?<!theme_)(?<!file_)"
)
COLUMN_PATTERNS = {
    "P02": r"d_?o_?b|date_of_birth|birth_?date|birth_?day|date_born|born_on|(?<!_)born",
    "P03": r"nhs_?(?:no|num|number|id)",
    "P04": r"upn_?(?:no|number)?|unique_pupil_(?:no|number|reference)|uln|unique_learner_(?:no|number)",
    "P07": r"e_?mails?(?:_address)?",
    "P05": r"post_?codes?|zip_?codes?",
    "P06": r"(?:(?:tele)?phones?|tel|mobiles?)(?:_?(?:no|number))?|contact_(?:no|number)",
    "P01": r"fore_?names?|sur_?names?|(?:first|last|full|middle|nick|given|maiden)?_?names?|initials|known_as"
    r"|alias(?:es)?",
    "P08": r"addr(?:ess(?:es)?)?(?:_line)?|street|house_(?:no|number)|(?:ni|national_insurance)_?(?:no|number)|nino"
    r"|passport_(?:no|number)|hospital_(?:no|number)|pnc_?(?:id|no|number)?|social_care_(?:id|no|number)",
}
IDENTIFYING = {
    rule: re.compile(rf"(?:.*_)?{NOT_A_PERSON if rule == 'P01' else ''}(?:{names}){WHOSE}")
    for rule, names in COLUMN_PATTERNS.items()
}
"""A name is identifying for how it ends: `child_name` is, `preferred_name_used` asks about practice."""

WORKER = (
    r"(?:auditor|reviewer|moderator|manager|chair|author|respondent|(?:social |key |allocated )?worker|practitioner"
    r"|(?:lead )?professional|person (?:who|completing))"
)
ASKS_WHO = re.compile(
    rf"(?:what is )?(?:the |your )?(?:full )?names?(?:(?: and|,) [a-z ]{{2,30}}?)? of (?:the |your )?{WORKER}\b.*"
    r"|(?:this |the )?(?:form |tool |audit |return )?(?:completed|filled in|submitted|audited|entered) by(?: \(.*\))?"
    r"|who (?:has |is )?(?:complet|fill|audit|submitt)\w+(?: in)? (?:this|the) (?:form|audit|tool|return|case).*"
    r"|(?:your |the )?(?:signature|initials)(?: of .*)?|(?:your )?name,? (?:and )?(?:role|post|job title|agency)"
)
"""Questions that a worker's name answers. `Who took part in the meeting?` asks for agencies, and is none."""

RUN = re.compile(r"\d+(?:[\s._/\\*~()\[\]:+'’•·-]{1,3}\d+)*")
LABELLED_NHS = re.compile(r"\bNHS[^\d\n]{0,20}?((?:\d[^\dA-Za-z\n]{0,3}){9}\d)(?!\d)", re.IGNORECASE)
"""Ten digits that are said to be one, in whatever groups."""
ODD_GROUPS = re.compile(
    r"\d{2,5}([ -])\d{2,5}(?:\1\d{2,5}){0,3}|\d([ -])\d{3}\2\d{3}\2\d{3}|\d{3}([ -])\d{3}\3\d{3}\3\d"
)
"""Numbers alone with one mark between them all: `94 34 76 59 19`; a date beside another number has more marks."""
PUPIL = re.compile(r"([A-HJ-NP-RT-Z])[ .-]?(\d{3})[ .-]?(\d{4})[ .-]?(\d{2})[ .-]?(\d{2}[A-HJ-NP-RT-Z0-9])(?![A-Z0-9])")
POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z]{1,2})\d[A-Za-z\d]?[\s.-]{0,3}\d([ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})(?![A-Za-z0-9])"
)
AREAS = frozenset(
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH "
    "EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK "
    "ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD "
    "TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE".split()
)
"""Postcode areas of the Royal Mail, with BF and BX, which have no place, and those of the islands."""
NO_UNIT = frozenset({"st", "nd", "rd", "th", "yr", "hr"})
"""`S47 2nd enquiry` is no postcode; in small letters these are ordinals and units of time."""
EMAIL = re.compile(r"(?<=[\w.+'-])@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")
AT = r"(?:\s?[\[({<]\s?(?:at|@)\s?[\])}>]\s?|\s?@\s?|%40)"
DOT = r"(?:\s?[\[({<]\s?(?:dot|\.)\s?[\])}>]\s?|\s?\.|\sdot\s)"
DOMAIN_ENDS = r"(?:com|org|net|uk|gov|eu|info|edu)\b"
SPELT_EMAIL = re.compile(
    rf"(?<=[\w.+'-])(?:{AT}(?=[\w-]*[^\W\d_])[\w-]{{1,63}}(?:{DOT}[\w-]{{2,63}}){{0,4}}{DOT}[^\W\d_]{{2,24}}"
    rf"|\sat\s[\w-]{{1,63}}(?:\sdot\s[\w-]{{2,63}}){{0,4}}\sdot\s{DOMAIN_ENDS}"
    rf"|\s?[_-]at[_-]\s?[\w-]{{1,63}}?(?:(?:\s?[_-]dot[_-]\s?|\.)[\w-]{{2,63}}?){{0,4}}(?:\s?[_-]dot[_-]\s?|\.){DOMAIN_ENDS})"
    rf"|(?<![\w.])[^\W\d_]+\.[^\W\d_]+\sat\s[\w-]{{1,63}}(?:\.[\w-]{{2,63}}){{0,4}}\.{DOMAIN_ENDS}",
    re.IGNORECASE,
)
"""`jane [at] example (dot) org`, `jane @ example.org`, `jane_at_example.org`; a bare `at` only where every
dot is a word and the end is one of a domain, or behind two names with a dot between them: `jane.doe at example.org`."""
INSURANCE = re.compile(
    r"(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"(?!\s?(?:[0-2]\d|3[01])[./](?:0\d|1[0-2])[./]\d\d)(?:[ ./-]?\d){6}[ ./-]?[A-D](?![A-Za-z0-9])"
    r"|(?<![a-z0-9])(?:ni\s?(?:no\.?|number)|nino|national\sinsurance)[^\w\n]{0,3}(?:(?:no\.?|number)[^\w\n]{0,3})?(?:is\s)?"
    r"[a-z][ ]?[a-z](?:[ ./-]?\d){6}",
    re.IGNORECASE,
)
"""A National Insurance number; prefixes that were never given are none, and its last letter may be left out where
it is said to be one."""
WHO = r"(?:child|baby|mother|father|parent|carer|sibling|patient|pupil|client|person)"
NAME_WORD = (
    r"(?!(?:Early|Help|Team|Service|Form|Police|Health|School|Trust|Council|Plan|Audit|Tool|Review|Children|Family"
    r"|Social|Working|Group|Known|Unknown|Recorded|Unrecorded|Missing|Given|Held|Checked|Shown|Redacted|Removed|Withheld"
    r"|Correct|Wrong|Yes|No|None|Not)\b)[A-ZÀ-ÖØ-ÞĀ-Ž](?:[^\W\d_]|['’-])+"
)
INITIALS = r"(?:[A-Z]\.?\s){0,2}"
QUOTE_MARKS = r"[\"'*_]*\s?[\"'*_]*"
NAMED = re.compile(
    rf"(?i:(?<![\w-])(?:{WHO}(?:['’]?s)?\s(?:full\s|first\s|last\s)?|(?:full|first|last|fore|sur|family|given)[\s-]?)"
    rf"name|(?<![\w-])name\s(?:of\s(?:the\s)?{WHO}|\({WHO}\)))[*_]*(?:\s?[:=]|\s-|\sis\b){QUOTE_MARKS}{NAME_WORD}"
    rf"|(?:^\s*|[\n.;|]\s?)[\"'*_]*(?i:names?)[*_]*(?:\s?[:=]|\s-){QUOTE_MARKS}{NAME_WORD}(?:,?\s{INITIALS}{NAME_WORD}){{1,2}}"
    r"(?=[\"'*_]*\s*(?:$|[\n,;.|]))"
)
"""`Child's name: Jane`, `Name: Jane Doe`; `Name: Early Help` and `Name of the form: …` name no person."""


DIGIT_OR_AT = re.compile(r"[\d@]|(?<![^\W_])at(?![^\W_])|name", re.IGNORECASE)
"""Without either there is nothing to find; most texts are done with here."""
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
DAY_OF_MONTH = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
DATE = (
    rf"(?<!\d)(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|{DAY_OF_MONTH}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?\d{{2,4}}"
    rf"|{DAY_OF_MONTH}[\s./-]{{1,2}}(?:of\s)?{MONTH}|{MONTH}[.,]?\s{DAY_OF_MONTH}|(?:19|20)\d{{6}})(?!\d)"
)
DATE_OF_BIRTH = (
    r"(?<![\w-])(?:d[.\s/-]{0,2}o[.\s/-]{0,2}b\b\.?|date[\s-]of[\s-]birth|birth[\s-]?da(?:te|y)|b\.(?=\s?\d))"
)
BORN = (
    r"(?<![\w-])born(?!\s(?:between|from|since|before|after|during|within|by|on\sor\s(?:after|before))\b)"
    r"[^.!?;\n]{0,40}?"
)
BIRTH = r"(?<![\w-])birth(?:\s(?:was\s)?(?:on|dated?|of(?:\s\w+){1,3}\son)\s(?:the\s)?|\s?[:=(,-]?\s?)"
BORN_AS = r"(?<![\w-])(?:born|birth)(?:\s(?:on\s)?\d{8}|\s?(?:on\s|[:=]\s?)\d{6}(?:\d\d)?)(?!\d)"
BORN_THEN = (
    r"(?:\s\d\d\d\d)?(?:\s?[:,;-]\s?|\s)(?:the\s)?(?:\w+\s)?(?:baby|child|infant|boy|girl|son|daughter|twins?|sibling|[A-Z]\d?)"
    r"\s(?:is\s)?born(?=\s*(?:$|[.,;:()\n-])|\s(?:at|by|via|pre\w+|early|well|safely|healthy|weighing)\b)"
)
"""As chronologies have it: `3 May 2021: baby born`, `03/05/21 - twins born at term`."""
NOT_GIVEN = r"(?!missing|absent|unknown|audit|meeting|held|review|visit)"
NOT_THEN = r"(?!before|after|until|when|since|while)"
BARE_DAY = (
    rf"(?<!\d)(?:\d{{6}}(?:\d\d)?|\d{{1,2}}\s\d{{1,2}}\s\d\d(?:\d\d)?|\d{{1,2}}{MONTH[:-2]}(?:\d\d){{1,2}})(?!\d)"
)
"""A day as it stands beside the words for it alone: `040512`, `04 05 2012`, `4May2012`."""
BIRTHS = re.compile(
    rf"{DATE_OF_BIRTH};?(?:{NOT_GIVEN}[^!?;]){{0,40}}?(?:{DATE}|{BARE_DAY})|{DATE}[^.!?;\n]{{0,15}}{DATE_OF_BIRTH}"
    rf"|{BORN}{DATE}|{BORN_AS}|{DATE}{BORN_THEN}|{DATE}(?:{NOT_THEN}[^.!?;\n]){{0,25}}\b(?:was|were)\sborn\b|{BIRTH}{DATE}",
    re.IGNORECASE,
)
ABROAD = re.compile(r"440?[1-35789]\d{8,9}")
MOBILE_ABROAD = re.compile(r"447\d{9}")
AT_HOME = re.compile(r"0[1-35789]\d{8,9}")
A_DAY = re.compile(DATE, re.IGNORECASE)
BIRTH_WORD = re.compile(r"birth|born|o[.\s/-]{0,2}b\b|b\.\s?\d", re.IGNORECASE)
"""What every one of BIRTHS has in it, and is found far sooner."""


def identifying(column: str) -> str | None:
    """The rule that forbids a column, key or variable of this name; None when it may be used."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", plain_characters(column)).casefold().replace("'", "").replace("’", "")
    name = re.sub(r"[^a-z0-9]+", "_", name).strip("_")
    return next((rule for rule, shape in IDENTIFYING.items() if shape.fullmatch(name)), None)


def asks_who(words: str) -> bool:
    """Whether a question asks for a worker's name, like `Name of auditor`."""
    return ASKS_WHO.fullmatch(folded(words).rstrip(" ?:.")) is not None


def personal_in(text: str) -> set[str]:
    """The rules that a text breaks: P01 to P08."""
    return {rule for rule, _ in personal_lines(text)}


def has_day(text: str) -> bool:
    """Whether a text names a day, whosever it is."""
    return A_DAY.search(plain_characters(text)) is not None


def personal_lines(text: str) -> list[tuple[str, int]]:
    """Each rule that a text breaks, with the line it breaks it on, counted from 1."""
    text = plain_characters(text)
    if not DIGIT_OR_AT.search(text):
        return []
    ends = [place for place, letter in enumerate(text) if letter == "\n"]
    hits = {(rule, bisect_left(ends, start) + 1) for rule, start in _found(text)}
    return sorted(hits, key=lambda hit: (hit[1], hit[0]))


def plain_characters(text: str) -> str:
    """Text as a reader sees it: full-width and other digits as 0 to 9, one kind of dash, nothing invisible."""
    text = html.unescape(text) if "&" in text else text
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).translate(_PLAIN)


class _Plain(dict):
    """A letter's number → what `plain` makes of it, found once."""

    def __missing__(self, number: int) -> str:
        self[number] = _plain(chr(number))
        return self[number]


_PLAIN = _Plain()


def _plain(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in ("Cf", "Me", "Mn"):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if category == "Pd" or letter == "\u2212":
        return "-"
    return " " if category == "Zs" else letter


def _found(text: str) -> Iterator[tuple[str, int]]:
    """Each rule that plain text breaks, and where."""
    if BIRTH_WORD.search(text):
        yield from (("P02", match.start()) for match in BIRTHS.finditer(text))
    yield from (("P03", match.start()) for match in LABELLED_NHS.finditer(text) if _is_one(match[1]))
    for run in RUN.finditer(text):
        if ODD_GROUPS.fullmatch(run[0]) and _is_one(run[0]):
            yield "P03", run.start()
        groups = [(run.start() + match.start(), match[0]) for match in re.finditer(r"\d+", run[0])]
        for first, (start, _) in enumerate(groups):
            digits = [group for _, group in groups[first : first + 11]]
            if _is_nhs_number(digits):
                yield "P03", start
            if _is_phone_number(digits, has_plus=text[max(start - 1, 0) : start] == "+"):
                yield "P06", start
    for match in PUPIL.finditer(text.upper()):
        if upn.calc_check_digit("".join(match.groups()[1:])) == match[1]:
            yield "P04", match.start()
    for match in POSTCODE.finditer(text):
        if match[1].upper() in AREAS and match[2] not in NO_UNIT:
            yield "P05", match.start()
    for rule, shape in (("P07", EMAIL), ("P07", SPELT_EMAIL), ("P08", INSURANCE), ("P01", NAMED)):
        yield from ((rule, match.start()) for match in shape.finditer(text))


def _is_one(text: str) -> bool:
    return nhs.is_valid(re.sub(r"\D", "", text))


def _together(groups: list[str], first: int, least: int) -> Iterator[str]:
    """The digits of one group, of two, of three …: the first of at least `first` digits, the others of `least`."""
    digits = ""
    for place, group in enumerate(groups):
        if len(group) < (least if place else first):
            return
        digits += group
        yield digits


def _is_nhs_number(groups: list[str]) -> bool:
    """Ten digits with a good check digit, in groups of three or more, or one by one."""
    singles = [*_together(groups, 1, 1)][9:10] if all(len(group) == 1 for group in groups[:10]) else []
    return any(len(digits) == 10 and nhs.is_valid(digits) for digits in [*_together(groups, 3, 3), *singles])


def _is_phone_number(groups: list[str], has_plus: bool) -> bool:
    """A British number: 0 or +44, then nine or ten digits; in groups, so that a list of small numbers is none."""
    if has_plus:
        return any(map(ABROAD.fullmatch, _together(groups, 1, 1)))
    if groups[0].startswith("00"):
        return any(digits[:2] == "00" and ABROAD.fullmatch(digits, 2) for digits in _together(groups, 2, 1))
    if groups[0].startswith("44"):
        return any(map(MOBILE_ABROAD.fullmatch, _together(groups, 2, 3)))
    singles = [*_together(groups, 1, 1)][9:11] if all(len(group) == 1 for group in groups[:10]) else []
    return any(map(AT_HOME.fullmatch, [*_together(groups, 3, 2), *singles]))
