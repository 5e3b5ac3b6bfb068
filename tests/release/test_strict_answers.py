"""`strict`: what agencies answered and how they graded, agency by agency or of all together."""

import pytest
from builders import (
    a_case,
    a_grade,
    a_question,
    an_answer,
    an_involvement,
)
from release.test_strict import strict, withheld

from auditbook.release.released import Released


def answered(**answers: dict[str, int]) -> Released:
    """Two agencies asked about twenty cases: agency → answer → in how many."""
    cases = [a_case(f"C{number}") for number in range(20)]
    asked = [an_involvement(agency, "returned", f"C{number}") for agency in answers for number in range(20)]
    told = {agency: [answer for answer, n in own.items() for _ in range(n)] for agency, own in answers.items()}
    about = [
        an_answer(agency, "seen", answer, case=f"C{number}")
        for agency, own in told.items()
        for number, answer in enumerate(own)
    ]
    return strict(*cases, *asked, a_question("seen", sensitive="no"), a_question("trained", per="audit"), *about)


def test_what_agencies_answered_is_shown_where_nobody_can_work_out_few():
    figures = answered(police={"yes": 12, "no": 8}, schools={"yes": 10, "no": 10})
    ids = [*(f"answer.seen.{code}" for code in ("yes", "no")), "answer.seen.police.yes", "asked.seen.cases"]
    assert [figures[each].numerator for each in ids] == [22, 18, 12, 20]
    assert "agreement.seen.same" in figures.unlisted


def test_where_one_agency_gave_an_answer_of_few_cases_answers_are_told_of_all_agencies_together():
    figures = answered(police={"yes": 2, "no": 18}, schools={"yes": 10, "no": 10})
    assert [each.id for each in figures if each.id.startswith("answer.seen.") and len(each.id.split(".")) > 3] == []
    assert figures["answer.seen.yes"].numerator == 12
    assert {"answer.seen.police.yes", "answer.seen.schools.yes"} <= figures.unlisted


def test_that_one_agency_left_few_questions_open_is_told_of_all_agencies_together_only():
    figures = answered(police={"yes": 9, "no": 9}, schools={"yes": 10, "no": 10})
    assert "answer.seen.police.yes" in figures.unlisted
    assert "not_answered" in withheld(figures, "answer.seen")
    assert len(withheld(figures, "answer.seen")) > 1


@pytest.mark.parametrize(("good", "is_told"), [(5, False), (6, True)])
def test_grades_are_told_agency_by_agency_where_none_of_them_is_few(good, is_told):
    cases = [a_case(f"C{number}") for number in range(20)]
    given = {"police": ["good"] * good + ["inadequate"] * (20 - good), "schools": ["good"] * 10 + ["inadequate"] * 10}
    grades = [
        a_grade("overall", grade, case=f"C{number}", agency=agency)
        for agency, own in given.items()
        for number, grade in enumerate(own)
    ]
    figures = strict(*cases, *grades)
    assert ("grade.overall.schools.good" in figures) == is_told
    assert figures["grade.overall.good"].numerator == 10 + good
