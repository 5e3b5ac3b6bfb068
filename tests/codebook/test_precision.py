"""How exactly a number is known, and the statistics of numbers."""

import pytest

from auditbook.codebook.precision import Precision, Statistic

ANSWERS = {
    Precision.EXACT: {"is_exact", "has_least", "can_be_added"},
    Precision.DERIVED: {"is_exact", "has_least", "can_be_added"},
    Precision.AT_LEAST: {"is_lower_bound", "is_one_sided", "is_bound", "has_least", "can_be_added"},
    Precision.MORE_THAN: {"is_lower_bound", "is_one_sided", "is_bound", "has_least"},
    Precision.AT_MOST: {"is_upper_bound", "is_one_sided", "is_bound", "may_be_less"},
    Precision.LESS_THAN: {"is_upper_bound", "is_one_sided", "is_bound", "may_be_less"},
    Precision.ABOUT: {"is_bound", "may_be_less"},
    Precision.BETWEEN: {"is_bound", "has_least"},
    Precision.PERCENT_ONLY: set(),
    Precision.QUALITATIVE: set(),
}
QUESTIONS = [name for name, what in vars(Precision).items() if isinstance(what, property)]


@pytest.mark.parametrize("precision", Precision)
def test_each_precision_answers_every_question(precision):
    assert {name for name in QUESTIONS if getattr(precision, name)} == ANSWERS[precision]


@pytest.mark.parametrize(
    ("statistic", "of", "expected"),
    [
        (Statistic.MEDIAN, [2, 4, 4, 11], 4),
        (Statistic.MEDIAN, [1, 2], 1.5),
        (Statistic.MEAN, [2, 4, 4, 11], 5.3),
        (Statistic.MEAN, [1, 1, 2], 1.3),
        (Statistic.MEAN, [3, 5], 4),
        (Statistic.MIN, [2, 4], 2),
        (Statistic.MAX, [2, 4], 4),
        (Statistic.N, [2, 4, 4], 3),
    ],
)
def test_a_statistic_is_of_all_the_numbers(statistic, of, expected):
    assert statistic.of(of) == expected
