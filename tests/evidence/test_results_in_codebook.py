"""What the codebook may not say: of how many something was found. What an answer means may hold any number."""

import csv
from pathlib import Path

import pytest

from auditbook.evidence.screening import counts_people, tells_a_result

CODEBOOK = Path(__file__).parents[2] / "data" / "codebook"


@pytest.mark.parametrize(
    "text",
    [
        "Fathers and male partners (n=3)",
        "Neglect, n = 12",
        "Raised in 3 of the 5 cases",
        "Found in three out of five families",
        "Neglect (4 cases)",
        "four girls in this audit",
        "Two young people were audited",
        "３ of the ５ cases",
        "Two thirds of the families",
        "A quarter of our cases",
        "Three of the five children",
    ],
)
def test_a_text_that_tells_a_result_is_known(text):
    assert tells_a_result(text)


@pytest.mark.parametrize(
    "text",
    [
        "2 or more plans",
        "Aged 16 or 17",
        "Three children or more",
        "Large family (4 children)",
        "One of two parents lives elsewhere",
        "2 of 3 criteria met",
        "Under 5 years",
        "Tier 4",
        "Section 47 enquiry",
        "Graded Care Profile 2 completed",
        "Twins",
        "Two children were at home",
        "Children aged 0 to 4 in the household",
        "Plan ended within 3 months",
        "Working Together 2018, chapter 1",
        "5 or more cases of the team at once",
        "One of two children in the family has a plan",
        "Two of three children of the household were seen",
        "A third of the plan was done",
    ],
)
def test_a_text_that_says_what_an_answer_means_is_not(text):
    assert not tells_a_result(text) and not counts_people(text)


@pytest.mark.parametrize("phrase", ["four girls", "5 cases", "two young people", "3 of the 5 cases"])
def test_a_number_of_people_is_no_set_phrase(phrase):
    assert counts_people(phrase)


def test_nothing_in_the_shipped_codebook_tells_a_result():
    for path in CODEBOOK.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert [cell for row in csv.reader(file) for cell in row if counts_people(cell)] == []
