"""Leaks of every kind as people and programs write them, at random, for files of every kind.

Left out is what SECURITY.md says is not found: codes made to hide, texts retold in other words, a withheld number that
equals a shown one of the same name.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from builders import a_case, a_finding, a_person, a_project, an_involvement

from auditbook.evidence.audit import read_audits
from auditbook.leaks.scan import secrets_of_project
from auditbook.leaks.secrets import Secrets
from auditbook.release.released import released_audits

CASES = tuple(f"KW-0{400 + number}" for number in range(13))
PERSONS = tuple(f"{case}-c1" for case in CASES)
COPIED = (
    "The health visitor wrote each week to a grandmother who had moved to another town and never answered.",
    "The family moved abroad before the audit began and nobody knew where the children had gone to school.",
    "The officer in charge was on leave for the month and no colleague of hers opened the letters.",
)
NUMBER_OF_GIRLS = 4
Spelling = Callable[[str], str]


@cache
def secrets() -> Secrets:
    """A strict audit of thirteen children, four of them girls."""
    parts = (
        *(a_case(case, plan="cp" if number < 7 else "cin") for number, case in enumerate(CASES)),
        a_case("KW-0417", "replaced", plan_start="2021-02-19", scope_reason=COPIED[1]),
        *(
            a_person(case, person, sex="F" if number < NUMBER_OF_GIRLS else "M")
            for number, (case, person) in enumerate(zip(CASES, PERSONS, strict=True))
        ),
        a_finding("f1", "voice", case=CASES[1], text=COPIED[0]),
        an_involvement("police", "no_response", CASES[2], reason=COPIED[2]),
    )
    with a_project(*parts) as project:
        found = secrets_of_project(project, released_audits(read_audits(project), "strict"))
        return replace(found, paths=("/srv/partnership/secret-book",), numbers=dict(found.numbers))


def as_written(text: str) -> str:
    return text


ID_SPELLINGS: tuple[Spelling, ...] = (
    as_written,
    str.lower,
    str.title,
    lambda each: each.replace("-", ""),
    lambda each: each.replace("-", "").lower(),
    lambda each: each.replace("-", " "),
    lambda each: each.replace("-", "_"),
    lambda each: each.replace("-", "/"),
    lambda each: each.replace("-", "."),
    lambda each: each.replace("-", "\u2011"),
    lambda each: each.replace("-", "–"),
    lambda each: each.replace("-", " - "),
    lambda each: each.replace("-", " no. "),
    lambda each: each.replace("-0", "-"),
    lambda each: each.replace("-", " – "),
    lambda each: each.replace("-", "\u00a0"),
    lambda each: each.replace("-", ":"),
    lambda each: each.replace("-", "#"),
    lambda each: each.replace("-", "  "),
    lambda each: each.replace("-", "+"),
    lambda each: f"({each.replace('-', ') ')}",
    lambda each: each.replace("-", "\u00ad-"),
    lambda each: each.replace("-", "\u200b-"),
    lambda each: "".join(chr(ord(letter) + 0xFEE0) if letter.isalnum() else letter for letter in each),
    lambda each: f"{each}'s",
    lambda each: f"({each})",
    lambda each: f"x/{each}/y",
    lambda each: f"{each}.docx",
    lambda each: f"{each},",
    lambda each: f"“{each}”",
)
TEXT_SPELLINGS: tuple[Spelling, ...] = (
    as_written,
    str.upper,
    str.lower,
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" ", "\n", 3),
    lambda text: text.replace(" ", ", "),
    lambda text: text.replace(" ", " – ", 2),
    lambda text: text.replace("e", "e\u00ad"),
    lambda text: f"“{text}”",
    lambda text: text.rstrip(".") + "!",
    lambda text: "- " + text.replace(" ", "\n- ", 1),
)


def a_case_id(chance: random.Random) -> str:
    return f"See {chance.choice(ID_SPELLINGS)(chance.choice(CASES))} again."


def a_person_id(chance: random.Random) -> str:
    return f"And {chance.choice(ID_SPELLINGS)(chance.choice(PERSONS))} too."


def a_restricted_text(chance: random.Random) -> str:
    """A stretch of at least ten words."""
    words = chance.choice(COPIED).split()
    start = chance.randrange(len(words) - 9)
    return chance.choice(TEXT_SPELLINGS)(" ".join(words[start : chance.randrange(start + 10, len(words) + 1)]))


def a_day_of_life(chance: random.Random) -> str:
    """19 February 2021, when a plan began."""
    month = chance.choice(("February", "Feb", "FEBRUARY", "february", "Feb."))
    return chance.choice(
        (
            f"It began 19 {month} 2021.",
            f"It began on 19th {month} 2021.",
            f"On the 19th of {month}, 2021 it began.",
            f"{month} 19, 2021 it began.",
            f"{month} 19th, 2021.",
            f"Friday 19 {month} 2021",
            f"19-{month}-2021",
            "since 2021-02-19",
            "since 2021-02-19T09:30",
            "since 2021/02/19",
            "since 2021.02.19",
            "since 19/02/2021",
            "since 19/2/2021",
            "since 19.02.2021",
            "since 19.2.2021",
            "since 19-02-2021",
            "since 19/02/21",
            "since 19.2.21",
            "since 20210219",
            f"since 19 {month} '21",
            "since 19 / 02 / 2021",
            "since ＪＡＮ, no: １９/０２/２０２１",
            "since 19\u00a0February\u00a02021",
        )
    )


def a_withheld_number(chance: random.Random) -> str:
    """Four of thirteen are girls; the release shows neither."""
    girls = chance.choice(("girls", "Girls", "girl"))
    return chance.choice(
        (
            f"By sex there were 4 {girls}.",
            f"By sex there were four {girls}.",
            f"Sex: {girls} 4.",
            f"Sex: {girls}: 4.",
            f"Sex: {girls} (4).",
            f"Sex: {girls} = 4.",
            f"Sex of the children: {girls} – 4.",
            f"Sex: 4 of the 13 were {girls}.",
            f"Sex: {girls}, 4 of 13.",
            f"Sex: {girls}, 4.",
            f"Sex ({girls}: 4 of 13)",
            f"Of the children by sex, 4 were {girls}.",
            f"Sex | {girls} | 4",
            f"Sex; {girls} [4]",
            f"Sex. {girls}: ４",
            f"Sex: {girls} 31%.",
            f"Sex: {girls}\u00a04",
        )
    )


def a_machine_path(chance: random.Random) -> str:
    name = chance.choice(("anna", "j.doe", "svc-audit", "Ann Doe"))
    path = chance.choice(
        (
            f"/home/{name}/book/cases.csv",
            f"/Users/{name}/Documents/cases.csv",
            f"/root/{name}",
            f"/tmp/{name}/x.csv",
            f"/mnt/share/{name}/x.csv",
            f"/media/{name}/stick/cases.csv",
            f"C:\\Users\\{name}\\cases.csv",
            f"c:/Users/{name}/cases.csv",
            f"D:\\Projects\\{name}\\x.csv",
            f"S:\\{name}\\cases\\2021.xlsx",
            f"\\\\fileserver01\\safeguarding\\{name}\\cases.xlsx",
            f"file:///home/{name}/x.csv",
            f"file://C:/Users/{name}/x.csv",
            "/srv/partnership/secret-book/data",
            f"/private/var/{name}/x",
            "/var/folders/zz/x1/T/x.csv",
            f"/workspace/{name}/x.csv",
            f"smb://fileserver01/safeguarding/{name}",
        )
    )
    return chance.choice((f"From {path} now.", f"({path})", f'"{path}"', path))


def personal_data(chance: random.Random) -> str:
    number = chance.choice(("9434765919", "4010232137", "9000000009"))
    gap = chance.choice((" ", "-", "", ".", "\u00a0", "–"))
    in_threes = gap.join((number[:3], number[3:6], number[6:]))
    return chance.choice(
        (
            f"Call {in_threes}.",
            f"NHS number {number[:4]} {number[4:6]} {number[6:]}",
            "Write to jane.doe@example.org.",
            "Write to jane.doe [at] example (dot) org",
            "Ring 0121 496 0123.",
            "Ring +44 121 496 0123.",
            "Ring (0121) 496-0123",
            "Ring 07700 900123",
            "She lives at B70 9EL.",
            "Postcode b70 9el",
            "NI QQ 12 34 56 C".replace("QQ", "AB"),
            "AB123456C",
            "Pupil B801200005001.",
            "Born: 04052012",
            "D.O.B. 3/5/2012",
            "born on 3 May 2012",
            "Child's name: Jane Doe",
            "Name: Jane Doe",
        )
    )


PLANTED: dict[str, Callable[[random.Random], str]] = {
    "case-id": a_case_id,
    "person-id": a_person_id,
    "restricted-text": a_restricted_text,
    "day-of-life": a_day_of_life,
    "withheld-number": a_withheld_number,
    "machine-path": a_machine_path,
    "personal-data": personal_data,
}
