"""Released figures for tests: an audit with something of everything, and what is read out of its pictures."""

from functools import cache

from builders import (
    a_case,
    a_channel,
    a_finding,
    a_grade,
    a_person,
    a_question,
    a_recommendation,
    an_answer,
    an_audit,
    an_involvement,
)
from lxml import html

from auditbook.evidence.audit import Audit
from auditbook.measures.all_measures import audit_measures
from auditbook.release.released import Released, release

STATES = ("returned", "no_response", "not_involved")
RECORDED = {
    "profile": "recorded",
    "approver": "Independent Scrutineer",
    "date": "2021-07-05",
    "reason": "Everything here is invented.",
}


def released(audit: Audit, profile: str = "recorded") -> Released:
    return release(audit_measures(audit), audit, profile)


def a_full_audit(id: str = "2021-22-Q1", **settings: object) -> Audit:
    """Twelve cases with rows for everything: flags, codes, numbers, themes, agencies, grades and recommendations."""
    cases = [_case(number) for number in range(12)]
    people = [_child(number) for number in range(12)] + [
        a_person(f"C{number}", "p1", "parent", carer_ill="yes" if number < 9 else "not_known") for number in range(12)
    ]
    findings = [
        a_finding(f"f{number}", ("voice", "fathers")[number % 2], case=f"C{number}", polarity=polarity, text="Words.")
        for number, polarity in enumerate(["strength"] * 3 + ["development"] * 6)
    ]
    agencies = [
        an_involvement("police", "returned" if number < 9 else "not_known_to_agency", f"C{number}")
        for number in range(12)
    ]
    whole = [an_involvement(agency, state) for agency, state in zip(("schools", "hospital"), STATES, strict=False)]
    grades = [a_grade("overall", "good" if number < 8 else "inadequate", case=f"C{number}") for number in range(12)]
    asked = [
        a_recommendation("1", text="Listen.", owner="police", kind="assurance", status="done", findings="f1"),
        a_recommendation("2", text="Train.", owner="schools", due="2022-03", status="in_progress", findings="f2"),
    ]
    parts = [*cases, *people, *findings, *agencies, *whole, *grades, *asked, a_channel("forum", participants=8)]
    parts += _tool()
    return an_audit(*parts, id=id, **{"release": RECORDED, **settings})


def _tool() -> list:
    """Questions of an audit tool, answered by the police and by social care, of which one leads."""
    asked = [an_involvement("social_care", "moderated", f"C{number}") for number in range(12)]
    questions = [
        a_question("seen", text="Was the child seen?", section="Voice of the child"),
        a_question("risk", "grade", "@ofsted", text="Are the risks understood?", section="Assessment"),
        a_question("visits", "count", text="How often was the child seen?", section="Voice of the child"),
        a_question("papers", "multi", "plan=The plan;minutes=The minutes", text="What did you get?"),
        a_question("changed", "text", text="What is different now?"),
        a_question("trained", per="audit", text="Were staff trained?"),
    ]
    given = {"seen": "yes", "risk": "good", "visits": 3, "papers": "plan;minutes", "changed": "Less fear at home."}
    answers = [
        an_answer(agency, question, answer, case=f"C{number}")
        for agency, last in (("police", 8), ("social_care", 11))
        for number in range(last)
        for question, answer in given.items()
    ]
    differing = [an_answer("social_care", "risk", "inadequate", case="C11", moderated="requires_improvement")]
    return [*asked, *questions, *answers, *differing, an_answer("police", "trained", "yes")]


def _case(number: int):
    plan = "cp" if number < 10 else "cin"
    factors = "3B;4B" if number < 7 else "4B"
    abuse = "yes" if number < 8 else "no" if number < 11 else "not_known"
    scope = "in" if number < 11 else "out_learning_kept"
    return a_case(f"C{number}", scope, plan=plan, factors=factors, abuse_by_father=abuse, months_open=number % 4)


def _child(number: int):
    ethnicity = "WBRI" if number < 8 else "AIND" if number < 11 else None
    return a_person(f"C{number}", "c1", sex="F" if number < 7 else "M", ethnicity=ethnicity, age=number)


@cache
def a_full_release(profile: str = "recorded", id: str = "2021-22-Q1") -> Released:
    return released(a_full_audit(id), profile)


def an_audit_with_few(few: int) -> Audit:
    """Fourteen cases, of which so many, from 1 to 5, differ from the others in everything that two can differ in."""
    parts = [a_channel("forum", participants=8), a_channel("family_contact", cases=few)]
    for number in range(14):
        case, differs = f"C{number}", number >= 14 - few
        plan, abuse, factor, grade = ("cin", "no", "3B", "inadequate") if differs else ("cp", "yes", "4B", "good")
        state, role, ill = ("not_known_to_agency", "M", "no") if differs else ("returned", "F", "yes")
        parts += [
            a_case(case, plan=plan, abuse_by_father=abuse, factors=factor, months_open=3 if differs else 1),
            a_person(case, "c1", sex=role),
            a_person(case, "p1", "parent", carer_ill=ill),
            an_involvement("police", state, case),
            a_grade("overall", grade, case=case),
        ]
        raising = ("voice", case) if number < 9 else ("fathers", f"C{number % few}")
        parts.append(a_finding(f"f{number}", raising[0], case=raising[1], polarity="strength", text="Words."))
        if not differs:
            parts.append(an_answer("police", "seen", "yes" if number < few else "no", case=case))
    return an_audit(*parts, a_question("seen"))


def drawn_text(markup: str) -> list[str]:
    """Every text inside the pictures of some HTML, in order."""
    return [text.text_content() for text in html.fromstring(f"<div>{markup}</div>").iter("text")]


def cells(markup: str) -> list[list[str]]:
    """The words of every row of every table, heads included."""
    rows = html.fromstring(f"<div>{markup}</div>").iter("tr")
    return [[" ".join(cell.itertext()).strip() for cell in row] for row in rows]
