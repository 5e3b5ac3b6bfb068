"""Random audits large and lopsided enough for disclosure control to have work: rows in memory, no files."""

import random
from dataclasses import replace
from functools import cache

import pandas as pd
from builders import CODEBOOK, a_question, a_variable, an_audit

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.answers import AnswerLine
from auditbook.evidence.audit import IN_SAMPLE, Audit
from auditbook.evidence.records import FindingLine, GradeLine, InvolvementLine
from auditbook.evidence.settings import Channel, Settings
from auditbook.evidence.units import with_derived

STATES = ["not_known_to_agency", "not_involved", "involved_unknown", "no_response", "returned", "returned", "moderated"]
SCOPES = ["in"] * 8 + ["out_learning_kept", "replaced"]
CASE_VARIABLES = ["abuse_by_father", "screened", "escalated", "plan", "factors", "kinds", "months_open", "referrals"]
PERSON_VARIABLES = ["sex", "ethnicity", "age", "seen", "carer_ill", "at_home"]
DERIVED = {
    "open_bands": ("case", "", "bands(months_open; 0-2; 3-8; 9-1200)"),
    "harm": ("case", "", "any(abuse_by_father; screened)"),
    "both": ("case", "", "all(screened; escalated)"),
    "how_many": ("case", "", "number(screened; escalated; abuse_by_father)"),
    "age_bands": ("person", "child", "bands(age; 0-4; 5-9; 10-15)"),
    "age_halves": ("person", "child", "bands(age; 0-6; 7-130)"),
}
CROSSED = {
    "case": ["abuse_by_father", "screened", "plan", "open_bands", "harm", "both"],
    "person": ["sex", "ethnicity", "seen", "age_bands"],
}
TALLIED = [
    *("sex", "ethnicity", "abuse_by_father", "plan", "levels", "months_open", "factors", "kinds", "grade.overall"),
]
NUMBERS = [0, 1, 2, 4, 7, 11, 15]


QUESTIONS = (
    a_question("told", sensitive="no"),
    a_question("at_risk", sensitive="yes"),
    a_question("felt", "category", "well=Well;badly=Badly;mixed=Mixed", asked_of="police;schools", sensitive="no"),
    a_question("ways", "multi", "letter=Letter;call=Call;visit=Visit", asked_of="hospital", sensitive="no"),
    a_question("led", "category", "well=Well;badly=Badly", asked_of="lead", sensitive="no"),
)


@cache
def codebook() -> Codebook:
    """The builders' codebook, and what it has none of: answers of which several may be, that are not sensitive."""
    assert "ethnicity" in CODEBOOK["variables.csv"]
    kinds = a_variable("kinds", type="multi", values="@factors", sensitive="no")
    flags = [a_variable(name, type="flag", sensitive="no") for name in ("screened", "escalated")]
    flags += [a_variable("seen", type="flag", unit="person", subject="child", sensitive="no")]
    derived = [
        a_variable(name, unit, "derived", values, subject=subject) for name, (unit, subject, values) in DERIVED.items()
    ]
    levels = a_variable("levels", values="la=A;lb=B;lc=C;ld=D", sensitive="no")
    return an_audit(kinds, levels, *flags, *derived, *QUESTIONS).codebook


class _Dice:
    """Lopsided draws: each column has a favourite, and some gaps."""

    def __init__(self, chance: random.Random):
        self.chance = chance

    def column(self, values: list, length: int) -> list:
        """Values, None and not_applicable; `not_known` among them."""
        chance = self.chance
        weights = [chance.random() ** chance.choice([1, 3, 8]) for _ in values]
        gaps = [chance.choice([0, 0, 0.02, 0.1, 0.3]) for _ in range(3)]
        found = chance.choices(values, weights, k=length)
        for gap, stand_in in zip(gaps, [None, "not_known", "not_applicable"], strict=True):
            found = [stand_in if chance.random() < gap else value for value in found]
        return found

    def several(self, values: list, length: int) -> list:
        weights = [self.chance.random() for _ in values]
        drawn = [
            tuple(value for value, weight in zip(values, weights, strict=True) if self.chance.random() < weight)
            for _ in range(length)
        ]
        stand_ins = self.column(["in"], length)
        return [(each or None) if kept == "in" else kept for each, kept in zip(drawn, stand_ins, strict=True)]

    def variable(self, name: str, length: int) -> list:
        known = codebook().variables[name]
        codes = [code.code for code in known.codes]
        if known.type == "multi":
            return self.several(codes, length)
        return self.column(codes or NUMBERS, length)


Pairs = tuple[tuple[str, str], ...]


def random_pairs(seed: int) -> Pairs:
    """One or two pairs of variables that several audits cross alike."""
    chance = random.Random(seed)
    own = chance.choice(list(CROSSED.values()))
    return tuple({frozenset(pair): pair for pair in (tuple(chance.sample(own, k=2)) for _ in range(2))}.values())


def _recorded(pairs: Pairs) -> set[str]:
    """The variables that crossings are of in the end."""
    names, derived = {name for pair in pairs for name in pair}, codebook().variables
    while made := [name for name in names if derived[name].derivation]:
        names = names.difference(made).union(*(derived[name].derivation.parents for name in made))
    return names


def random_audit(
    seed: int, has_together: bool = True, pairs: Pairs | None = None, has_answers: bool | None = None
) -> Audit:
    """An audit of 1 to 30 cases, with people of their own or not, and something of everything that is counted.

    has_together  with derived variables and crossings
    pairs         those that are crossed; drawn, unless given
    has_answers   with what agencies answered; in every third, unless given
    """
    has_answers = seed % 3 == 0 if has_answers is None else has_answers
    chance = random.Random(seed)
    dice = _Dice(chance)
    names = [f"A{number}" for number in range(chance.choice([chance.randint(1, 8), chance.randint(6, 14), 20, 30]))]
    with_people = chance.random() < 0.7
    own = CASE_VARIABLES if with_people else CASE_VARIABLES + PERSON_VARIABLES
    always = _recorded(pairs or ())
    chosen = [name for name in own if chance.random() < 0.6 or name in always]
    cases = pd.DataFrame(
        {"case": names, "scope": chance.choices(SCOPES if chance.random() < 0.7 else ["in"], k=len(names))}
        | {name: dice.variable(name, len(names)) for name in chosen},
        dtype=object,
    )
    people = _people(chance, dice, names, always) if with_people else cases
    sample = int(cases["scope"].isin(IN_SAMPLE).sum())
    channels = [Channel(channel="case_file_audit", cases=str(sample)), Channel(channel="scrutiny")]
    reached = chance.randint(0, sample)
    channels.append(
        Channel(channel="family_contact", cases=str(reached), participants=str(reached + chance.randint(0, 3)))
    )
    derived = codebook().variables if has_together else {}
    cases, people = with_derived(cases, derived), with_derived(people, derived)
    if not with_people:
        people = cases.assign(person=cases["case"], role="index_child")
    told = _crossings(random.Random(seed + 1), with_people) if has_together and pairs is None else pairs or ()
    settings = Settings(title="An audit", collection="synthetic", channels=tuple(channels), crossings=told)
    audit = Audit(
        AuditId.read("2021-22-Q1"),
        settings,
        codebook(),
        cases,
        people,
        not with_people,
        _frame(InvolvementLine, _involvement(chance, names)),
        _frame(FindingLine, _findings(chance, names)),
        _frame(GradeLine, _in_samples(random.Random(seed + 3), _grades(chance, names))),
    )
    return with_answers(audit, random.Random(seed + 2)) if has_answers else audit


def with_answers(audit: Audit, chance: random.Random) -> Audit:
    """The same with what agencies answered to some questions."""
    leads = [chance.choice(["police", "schools", None]) for _ in range(len(audit.cases))]
    audit = replace(audit, cases=audit.cases.assign(lead=pd.Series(leads, dtype=object, index=audit.cases.index)))
    rows, silent = [], silent_in(audit)
    for question in audit.codebook.questions.values():
        asked = audit.respondents(question) if chance.random() < 0.6 else []
        codes = [code.code for code in question.codes] or ["yes", "no"]
        dice = _Dice(chance)
        given = dice.several(codes, len(asked)) if question.type == "multi" else dice.column(codes, len(asked))
        rows += [
            {"agency": each.agency, "case": each.case, "question": question.id, "answer": answer}
            for each, answer in zip(asked, given, strict=True)
            if answer is not None and each not in silent
        ]
    return replace(audit, answers=_frame(AnswerLine, rows))


def silent_in(audit: Audit) -> set[tuple[str, str]]:
    """Agency and case, where the agency did not respond: there it answers nothing."""
    states = audit.involvement[audit.involvement["state"].isin(["no_response", "declined"])]
    return set(states[["agency", "case"]].itertuples(index=False, name=None))


def _crossings(chance: random.Random, with_people: bool) -> tuple[tuple[str, str], ...]:
    """None, one or two; of cases and of children together only where each case is one child."""
    units = list(CROSSED.values()) if with_people else [[name for own in CROSSED.values() for name in own]]
    pairs = [tuple(chance.sample(chance.choice(units), k=2)) for _ in range(chance.choice([0, 0, 1, 1, 2]))]
    return tuple({frozenset(pair): pair for pair in pairs}.values())


def _frame(kind: type, rows: list[dict]) -> pd.DataFrame:
    return pd.DataFrame(
        [kind.model_construct(**row).model_dump() for row in rows], columns=list(kind.model_fields), dtype=object
    )


def _people(chance: random.Random, dice: _Dice, names: list[str], always: set[str]) -> pd.DataFrame:
    roles = [["index_child"], ["index_child", "parent"], ["index_child", "sibling", "parent", "parent", "other"]]
    family = chance.choice(roles)
    of_all = [(name, role) for name in names for role in family if role == "index_child" or chance.random() < 0.8]
    if chance.random() < 0.1 and len(of_all) > 1:
        of_all = [each for each in of_all if each[0] != names[0]]
    chosen = [name for name in PERSON_VARIABLES if chance.random() < 0.7 or name in always]
    columns = {name: dice.variable(name, len(of_all)) for name in chosen}
    rows = {"case": [name for name, _ in of_all], "person": [f"P{n}" for n in range(len(of_all))]}
    return pd.DataFrame(rows | {"role": [role for _, role in of_all]} | columns, dtype=object)


def _involvement(chance: random.Random, names: list[str]) -> list[dict]:
    rows = []
    for agency in ["police", "schools", "hospital"]:
        states = chance.sample(STATES, k=chance.randint(1, 4))
        known = names if chance.random() < 0.8 else names[: len(names) // 2]
        rows += [{"agency": agency, "case": name, "state": chance.choice(states)} for name in known]
    return rows


def _findings(chance: random.Random, names: list[str]) -> list[dict]:
    favourite = chance.random()
    share_without = chance.choice([0, 0, 0.1])
    several = chance.choice([0, 0, 0.3, 0.9])
    rows = []
    for number in range(chance.randint(0, 3 * len(names))):
        themes = ("voice",) if chance.random() < favourite else tuple(chance.sample(["fathers", "neglect"], k=1))
        if chance.random() < several:
            themes = tuple(chance.sample(["voice", "fathers", "neglect"], k=chance.choice([2, 2, 3])))
        case = None if chance.random() < share_without else chance.choice(names)
        polarity = chance.choice(["strength", "development"])
        rows.append({"finding": f"f{number}", "case": case, "themes": themes, "polarity": polarity, "text": "Words."})
    return rows


def _grades(chance: random.Random, names: list[str]) -> list[dict]:
    rows = []
    agencies = [None] if chance.random() < 0.5 else ["police", "schools"]
    for standard in ["overall", "chronology"]:
        codes = [code.code for code in codebook().variables[standard].codes]
        own = chance.sample([*codes, "not_graded", "not_applicable"], k=chance.randint(1, 5) if len(codes) > 3 else 3)
        rows += [
            {"case": name, "agency": agency, "standard": standard, "grade": chance.choice(own)}
            for name in names
            for agency in agencies
        ]
    return rows


def _in_samples(chance: random.Random, rows: list[dict]) -> list[dict]:
    """The same grades, some of them through another channel: two samples of an audit."""
    if chance.random() < 0.6:
        return rows
    return [{**row, "channel": chance.choice(["case_file_audit", "family_contact"])} for row in rows]
