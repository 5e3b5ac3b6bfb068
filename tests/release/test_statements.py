"""What one printed figure says of its number: the least and the greatest that it leaves."""

import pytest

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Precision
from auditbook.measures.counts import Measure
from auditbook.release.statements import is_recorded, is_small, printed_range, true_count

PRINTED = {
    (Precision.EXACT, 7): (7, 7),
    (Precision.DERIVED, 7): (7, 7),
    (Precision.AT_LEAST, 7): (7, None),
    (Precision.MORE_THAN, 7): (8, None),
    (Precision.AT_MOST, 7): (0, 7),
    (Precision.LESS_THAN, 7): (0, 6),
    (Precision.ABOUT, 7): (0, None),
}
SHARES = {
    (Precision.PERCENT_ONLY, 50): (20, 20),
    (Precision.PERCENT_ONLY, 33): (13, 13),
    (Precision.PERCENT_ONLY, 32.5): (13, 13),
    (Precision.AT_LEAST, 50): (20, 40),
    (Precision.MORE_THAN, 50): (21, 40),
    (Precision.AT_MOST, 50): (0, 20),
    (Precision.LESS_THAN, 50): (0, 19),
    (Precision.ABOUT, 50): (0, 40),
}
"""Of a base of 40."""


def a_count(count: int | None, precision: Precision = Precision.EXACT, **more) -> Measure:
    more = {"source": "the report", "counts": "people", "unit": "cases", **more}
    return Measure(MeasureId("sex.F"), "Sex: Female", count, value=count, precision=precision, **more)


def a_share(percent: float, precision: Precision) -> Measure:
    return Measure(
        MeasureId("sex.F"), "Sex: Female", None, 40, value=percent, unit="percent", precision=precision, counts="people"
    )


@pytest.mark.parametrize(("printed", "expected"), PRINTED.items())
def test_a_printed_count_leaves_what_agrees_with_its_words(printed, expected):
    precision, count = printed
    assert printed_range(a_count(count, precision)) == expected


@pytest.mark.parametrize(("printed", "expected"), SHARES.items())
def test_a_printed_share_leaves_the_counts_that_are_rounded_to_it(printed, expected):
    precision, percent = printed
    assert printed_range(a_share(percent, precision)) == expected


def test_a_range_leaves_its_two_ends_and_a_phrase_or_a_statistic_nothing():
    assert printed_range(a_count(None, Precision.BETWEEN, between=(3, 5))) == (3, 5)
    assert printed_range(a_count(None, Precision.QUALITATIVE, statement="a few")) is None
    assert (
        printed_range(Measure(MeasureId("age.median"), "Age: median", 7, value=7, unit="years", counts="people"))
        is None
    )


def test_a_bound_from_rows_is_how_many_were_recorded():
    assert is_recorded(a_count(7, Precision.AT_LEAST, source="cases.csv; people.csv"))
    assert printed_range(a_count(7, Precision.AT_LEAST, source="cases.csv")) == (7, 7)
    assert not is_recorded(a_count(7, Precision.AT_LEAST, source="cases.csv; the report"))
    assert true_count(a_count(7, Precision.AT_LEAST)) is None


@pytest.mark.parametrize(("count", "expected"), [(0, False), (1, True), (5, True), (6, False)])
def test_one_to_five_is_small(count, expected):
    assert is_small(a_count(count), is_answer=False) is expected


@pytest.mark.parametrize(("count", "base", "expected"), [(0, 40, True), (40, 40, True), (20, 40, False)])
def test_of_a_sensitive_question_nobody_and_everybody_are_small_too(count, base, expected):
    assert is_small(a_count(count, denominator=base), is_answer=True) is expected


def test_any_number_that_a_figure_names_or_that_fits_it_counts():
    assert is_small(a_count(8, Precision.LESS_THAN), is_answer=False) is False
    assert is_small(a_count(6, Precision.LESS_THAN), is_answer=False) is True
    assert is_small(a_share(10, Precision.PERCENT_ONLY), is_answer=False) is True
