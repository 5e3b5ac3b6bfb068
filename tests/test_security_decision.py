"""The decision to publish true counts: who took it, when, why, and what they answered, on the page about the audit."""

import pytest
from builders import a_case, a_project, an_audit
from released import RECORDED, released

from auditbook.evidence.audit import read_audits
from auditbook.evidence.settings import IntruderQuestions
from auditbook.pages.about_audit import DISCLOSURE_QUESTIONS, about_text
from auditbook.validation.problems import InputRefused

ANSWERS = {key: f"Answer to {place}, in *words*" for place, key in enumerate(DISCLOSURE_QUESTIONS)}


def about(profile: str = "recorded", **decision: object) -> str:
    audit = an_audit(*(a_case(f"KW-{n}", sex="F") for n in range(3)), release={**RECORDED, **decision})
    return about_text(released(audit, profile))


def test_there_is_a_question_for_every_key_of_the_settings():
    assert list(IntruderQuestions.model_fields) == list(DISCLOSURE_QUESTIONS)


def test_a_recorded_decision_is_printed_with_who_when_why_and_every_answer():
    text = about(approver=["Independent Scrutineer", "Head of Quality"], questions=ANSWERS)
    for words in ("Independent Scrutineer, Head of Quality", "2021\\-07\\-05", "Everything here is invented\\."):
        assert words in text
    for place, question in enumerate(DISCLOSURE_QUESTIONS.values()):
        assert f"{question}\n: Answer to {place}, in \\*words\\*" in text


def test_a_question_without_an_answer_is_said_to_have_none():
    text = about(questions={"already_public": "Yes, since May."})
    assert text.count("Not answered.") == 3 and "Is it public already?\n: Yes, since May\\." in text
    assert about().count("Not answered.") == 4


@pytest.mark.parametrize("profile", ["strict", "internal"])
def test_the_answers_to_another_decision_are_not_printed(profile):
    text = about(profile, questions=ANSWERS)
    assert "Answer to" not in text and "Not answered" not in text


def test_the_page_says_how_much_is_shown_and_how_much_is_not():
    assert "All " in about() and "withheld" not in about()
    strict = about("strict")
    assert "are withheld" in strict and " of " in strict


def test_a_question_nobody_knows_is_refused_with_the_nearest():
    decision = {**RECORDED, "questions": {"distres": "No."}}
    with a_project(a_case("KW-1"), release=decision) as project, pytest.raises(InputRefused) as problem:
        read_audits(project)
    assert "release.questions.distres" in str(problem.value) and "Nearest: distress. [V07]" in str(problem.value)
