"""In how many cases agencies agree, where small counts are withheld: told where nothing small or withheld follows."""

import pytest
from builders import a_case, a_question, an_answer, an_audit, an_involvement, counts_of

from auditbook.release.released import Released, release

YES, NO = "yes", "no"


def answered(*cases: tuple[str | None, ...], sensitive: str = "no", moderated: str | None = None) -> Released:
    """One row a case: what the police and the schools answered; None where they answered nothing."""
    rows = []
    for number, answers in enumerate(cases):
        rows.append(a_case(f"C{number}"))
        for agency, answer in zip(("police", "schools"), answers, strict=True):
            rows.append(an_involvement(agency, "returned", f"C{number}"))
            if answer:
                cells = {"moderated": moderated, "moderator": "Panel", "reason": "Seen."} if moderated else {}
                rows.append(an_answer(agency, "seen", answer, case=f"C{number}", **cells))
    audit = an_audit(*rows, a_question("seen", sensitive=sensitive))
    return release(counts_of(audit), audit, "strict")


def agreement(released: Released) -> dict[str, tuple[int, int]]:
    return {figure.category: (figure.value, figure.denominator) for figure in released.of("agreement.seen")}


@pytest.mark.parametrize(("different", "is_told"), [(0, True), (2, False), (4, False), (6, True)])
def test_agreement_is_told_where_neither_number_is_few(different, is_told):
    half = different // 2
    cases = [(YES, YES)] * 12 + [(NO, NO)] * 12 + [(YES, NO)] * half + [(NO, YES)] * half
    told = {"same": (24, 24 + different), "different": (different, 24 + different)}
    assert agreement(answered(*cases)) == (told if is_told else {})


def test_that_nobody_disagreed_about_a_sensitive_question_is_not_told():
    assert agreement(answered(*[(YES, YES)] * 12, *[(NO, NO)] * 12, sensitive="yes")) == {}


@pytest.mark.parametrize(("alike", "is_told"), [(4, False), (6, True)])
def test_agreement_that_tells_about_how_few_cases_both_said_yes_is_not_told(alike, is_told):
    assert bool(agreement(answered(*[(YES, YES)] * alike, *[(NO, NO)] * 20))) is is_told


def test_agreement_beside_withheld_answers_is_not_told():
    """Where all agree, each answer was given twice about a case: of 1 to 5 only 2 and 4 are left."""
    figures = answered(*[(YES, YES)] * 2, *[(NO, NO)] * 18)
    assert not figures["answer.seen.yes"].is_shown
    assert agreement(figures) == {}


def test_about_how_few_cases_only_one_agency_answered_is_not_told():
    cases = [(YES, YES)] * 12 + [(NO, NO)] * 12 + [(YES, None)] * 3
    assert agreement(answered(*cases)) == {}
    many = [(YES, YES)] * 12 + [(NO, NO)] * 12 + [(YES, None)] * 7 + [(None, NO)] * 7
    assert agreement(answered(*many)) == {"same": (24, 24), "different": (0, 24)}


def test_agreement_is_of_what_agencies_answered_and_not_of_what_the_panel_made_of_it():
    cases = [(YES, YES)] * 12 + [(YES, NO)] * 6 + [(NO, YES)] * 6
    assert agreement(answered(*cases, moderated=YES)) == {"same": (12, 24), "different": (12, 24)}
