"""Agreement between agencies and the panel: counts always, Gwet's AC1 of many pairs, as irrCAC 0.4.4 gives it."""

from fractions import Fraction
from random import Random

import pytest

from auditbook.panel.agreement import FEWEST_PAIRS, ac1, agreement, agreement_in_words, interval_of_ac1

GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
DOMINANT = [("good", "good")] * 18 + [("good", "inadequate"), ("inadequate", "good")]
"""18 of 20 agree and one grade is nearly all there is: Cohen's kappa says -0.05 of it."""


def random_pairs() -> list[tuple[str, str]]:
    """Forty pairs, of which most agree, the same every time."""
    draw = Random(7)
    return [(own := draw.choice("abcd"), own if draw.random() < 0.7 else draw.choice("abcd")) for _ in range(40)]


def test_a_pair_that_is_next_to_each_other_on_the_scale_is_one_grade_apart():
    pairs = [("good", "good"), ("good", "requires_improvement"), ("outstanding", "inadequate"), ("good", "outstanding")]
    found = agreement(pairs, GRADES, is_ordered=True)
    assert (found.pairs, found.agreed, found.one_apart, found.coefficient) == (4, 1, 2, None)
    assert agreement_in_words(found) == "1 of 4 agreed, 2 one grade apart"


def test_of_yes_and_no_nothing_is_one_grade_apart():
    assert agreement_in_words(agreement([("yes", "no"), ("no", "no")], ("yes", "no"), False)) == "1 of 2 agreed"


def test_what_is_no_answer_of_the_scale_is_no_pair():
    pairs = [("good", "good"), ("not_applicable", "good"), ("", "good"), ("good", "not_graded")]
    assert agreement(pairs, GRADES, True).pairs == 1


def test_no_coefficient_is_told_below_25_pairs_and_one_is_told_from_25_on():
    few = [("good", "good")] * (FEWEST_PAIRS - 2) + [("good", "inadequate")]
    assert agreement(few, GRADES, True).coefficient is None
    assert agreement([*few, ("good", "good")], GRADES, True).coefficient is not None


def test_where_all_agree_there_is_nothing_to_work_out():
    found = agreement([("good", "good")] * 40, GRADES, True)
    assert found.coefficient is None
    assert agreement_in_words(found) == "all 40 agreed"


@pytest.mark.parametrize(
    ("pairs", "scale", "coefficient", "standard_error"),
    [
        (DOMINANT, GRADES, 0.89673, 0.073277),
        (DOMINANT, ("good", "inadequate"), 0.889503, 0.083612),
        (random_pairs(), "abcd", 0.800857, 0.076033),
    ],
)
def test_the_coefficient_and_its_error_are_those_of_irrcac(pairs, scale, coefficient, standard_error):
    """Every category of the scale counts, those that nobody gave too."""
    found, least, _ = interval_of_ac1(pairs, scale)
    assert found == pytest.approx(coefficient, abs=1e-6)
    assert (found - least) / 2 == pytest.approx(standard_error, abs=1e-6)


def test_the_coefficient_is_exact():
    assert ac1(DOMINANT, ("good", "inadequate")) == Fraction(161, 181)


def test_the_interval_stays_within_what_a_coefficient_can_be_and_is_told_in_words():
    found = agreement(DOMINANT * 2, GRADES, True)
    assert -1 <= found.coefficient[1] <= found.coefficient[0] <= found.coefficient[2] <= 1
    assert agreement_in_words(found) == "36 of 40 agreed, 0 one grade apart; Gwet's AC1 0.90 (0.79 to 1.00)"
