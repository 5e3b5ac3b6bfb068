"""Of every random audit whose agencies answer much alike: how often they do tells nothing that is small or withheld."""

import random
from dataclasses import replace

import pandas as pd
from builders import counts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from laws.disclosure_attacker import Reader
from laws.disclosure_audits import random_audit, silent_in
from laws.published import published

from auditbook.evidence.answers import AnswerLine
from auditbook.evidence.audit import Audit
from auditbook.evidence.records import InvolvementLine
from auditbook.release import agreement_constraints
from auditbook.release.policy import PROTECTION_RANGE
from auditbook.release.released import Released, release

AGENCIES = ("police", "schools", "hospital")
UNASKED = ("not_involved", "scoped_not_invited", "no_response")


def audit_of_agencies(seed: int) -> Audit:
    """12 to 40 cases; agencies that were asked about most of them, and mostly answer what the others do."""
    chance = random.Random(seed)
    audit = random_audit(seed, has_together=False, has_answers=False)
    names = [f"A{number}" for number in range(chance.randint(12, 40))]
    cases = pd.DataFrame({"case": names, "scope": "in", "lead": None}, dtype=object)
    people = cases.assign(person=cases["case"], role="index_child")
    told = audit.settings.model_copy(update={"channels": ()})
    chosen = chance.sample(AGENCIES, k=chance.choice([2, 3, 3]))
    gaps = {agency: chance.choice([0, 0, 0, 0.2, 0.5]) for agency in chosen}
    states = [
        {"agency": agency, "case": name, "state": chance.choice(UNASKED) if chance.random() < gap else "returned"}
        for agency, gap in gaps.items()
        for name in names
    ]
    plain = {"findings": None, "grades": None, "people_are_cases": True, "settings": told}
    audit = replace(audit, cases=cases, people=people, involvement=_frame(InvolvementLine, states), **plain)
    return replace(audit, answers=_frame(AnswerLine, _answers(audit, chance)))


def _answers(audit: Audit, chance: random.Random) -> list[dict]:
    rows, silent = [], silent_in(audit)
    for question in audit.codebook.questions.values():
        if question.type in ("flag", "category"):
            codes = [code.code for code in question.codes] or ["yes", "no"]
            weights = [chance.random() ** 2 for _ in codes]
            alike, left = chance.choice([0.5, 0.9, 1]), chance.choice([0, 0, 0.1, 0.4])
            usual = {name: chance.choices(codes, weights)[0] for name in audit.cases["case"]}
            for agency, case in audit.respondents(question):
                answer = usual[case] if chance.random() < alike else chance.choice(codes)
                if chance.random() >= left and (agency, case) not in silent:
                    rows.append({"agency": agency, "case": case, "question": question.id, "answer": answer})
    return rows


def _frame(kind: type, rows: list[dict]) -> pd.DataFrame:
    made = [kind.model_construct(**row).model_dump() for row in rows]
    return pd.DataFrame(made, columns=list(kind.model_fields), dtype=object)


def worked_out(audit: Audit, released: Released) -> dict:
    return Reader.of(published(released), audit.codebook, audit.settings.unit.plural).worked_out(PROTECTION_RANGE)


def is_told(released: Released) -> bool:
    return any(figure.id.root == "agreement" for figure in released)


@settings(max_examples=settings().max_examples // 2)
@given(seed=st.integers(0, 2**40))
def test_how_often_agencies_agree_tells_nothing_that_is_small_or_withheld(seed):
    audit = audit_of_agencies(seed)
    assert worked_out(audit, release(counts_of(audit), audit, "strict")) == {}


def test_agreement_is_told_of_some_audits_and_the_reader_finds_what_it_would_tell_of_others(monkeypatch):
    """Else the law above would say nothing."""
    audit = audit_of_agencies(21)
    assert not is_told(release(counts_of(audit), audit, "strict"))
    assert is_told(release(counts_of(audit_of_agencies(2)), audit_of_agencies(2), "strict"))
    monkeypatch.setattr(agreement_constraints, "_is_open", lambda *_: True)
    careless = release(counts_of(audit), audit, "strict")
    assert "agreement.felt of ('badly',)" in worked_out(audit, careless)
