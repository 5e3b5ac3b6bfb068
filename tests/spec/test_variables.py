"""How one variable is counted from rows."""

from builders import a_case, a_person
from spec.rules import NOT_LISTED, given, gives, rule

from auditbook.codebook.precision import Statistic
from auditbook.measures.distribution import from_rows, numbers
from auditbook.measures.variables import group_sum, variable_measures
from auditbook.validation.dates import completed_months, months_between

SECTION = "Variables"
INTRODUCTION = """
A variable is what is recorded of each case or person. Its figures add up: every unit of the base is in one row, or in
the rows of what is not known and not recorded.
"""
CODE = (from_rows, variable_measures, group_sum, numbers, Statistic, completed_months, months_between)


@rule
def test_every_code_is_listed_zero_too():
    """Nobody had another code, and that was counted."""
    return given(a_case("A1", plan="cin"), a_case("A2", plan="cin")), gives(
        {
            "plan.cin": "2 of 2 cases",
            "plan.cp": "0 of 2 cases",
            "plan.closed": "0 of 2 cases",
            "plan.not_known": "0 of 2 cases",
            "plan.not_recorded": "0 of 2 cases",
            "plan.not_stated": NOT_LISTED,
        }
    )


@rule
def test_what_is_not_recorded_stays_in_the_base():
    """An empty cell is a row of its own, apart from what was looked for and is not known."""
    return given(
        a_case("A1", plan="cin"), a_case("A2", plan="not_known"), a_case("A3", plan="cin"), a_case("A4")
    ), gives({"plan.cin": "2 of 4 cases", "plan.not_known": "1 of 4 cases", "plan.not_recorded": "1 of 4 cases"})


@rule
def test_what_is_not_applicable_leaves_the_base():
    """Where there is no father, domestic abuse by him is neither there nor not there."""
    return given(
        a_case("A1", abuse_by_father="yes"),
        a_case("A2", abuse_by_father="no"),
        a_case("A3", abuse_by_father="not_applicable"),
    ), gives(
        {
            "abuse_by_father.yes": "1 of 2 cases",
            "abuse_by_father.no": "1 of 2 cases",
            "abuse_by_father.not_applicable": NOT_LISTED,
        }
    )


@rule
def test_a_column_without_any_cell_says_as_little_as_a_missing_one():
    """Nothing of it is listed: no figure says that nobody was."""
    return given(a_case("A1", plan=""), a_case("A2")), gives(
        {"plan.not_recorded": NOT_LISTED, "plan.cin": NOT_LISTED, "abuse_by_father.yes": NOT_LISTED}
    )


@rule
def test_a_group_counts_everybody_with_one_of_its_codes():
    """Groups are added up from counts."""
    return given(
        a_case("A1", ethnicity="WBRI"), a_case("A2", ethnicity="WIRI"), a_case("A3", ethnicity="AIND"), a_case("A4")
    ), gives(
        {
            "ethnicity.WBRI": "1 of 4 children",
            "ethnicity.WIRI": "1 of 4 children",
            "ethnicity.white": "2 of 4 children",
            "ethnicity.mixed": "0 of 4 children",
            "ethnicity.asian": "1 of 4 children",
            "ethnicity.not_recorded": "1 of 4 children",
        }
    )


@rule
def test_parts_of_a_variable_with_many_codes_may_overlap():
    """One case may have several factors; a case with two of a group counts once in the group."""
    return given(
        a_case("A1", factors="3A;3B"), a_case("A2", factors="3B;4B"), a_case("A3", factors="not_known"), a_case("A4")
    ), gives(
        {
            "factors.3A": "1 of 4 cases",
            "factors.3B": "2 of 4 cases",
            "factors.4B": "1 of 4 cases",
            "factors.domestic_abuse": "2 of 4 cases",
            "factors.not_known": "1 of 4 cases",
            "factors.not_recorded": "1 of 4 cases",
        }
    )


@rule
def test_of_numbers_the_median_is_the_middle_one():
    """Each number is listed with how many had it; the statistics are of those with a number."""
    return given(
        a_case("A1", months_open="11"),
        a_case("A2", months_open="2"),
        a_case("A3", months_open="4"),
        a_case("A4", months_open="not_known"),
        a_case("A5", months_open="not_applicable"),
    ), gives(
        {
            "months_open.2": "1 of 4 cases",
            "months_open.4": "1 of 4 cases",
            "months_open.11": "1 of 4 cases",
            "months_open.3": NOT_LISTED,
            "months_open.not_known": "1 of 4 cases",
            "months_open.median": "4 months, from 3 of 4 cases",
            "months_open.min": "2 months, from 3 of 4 cases",
            "months_open.max": "11 months, from 3 of 4 cases",
            "months_open.n": "3 of 4 cases",
        }
    )


@rule
def test_of_an_even_number_of_numbers_the_median_is_the_mean_of_the_middle_two():
    """Of 0, 2, 5 and 9 it is 3.5."""
    return given(a_case("A1", age=9), a_case("A2", age=0), a_case("A3", age=2), a_case("A4", age=5)), gives(
        {"age.median": "3.5 years, from 4 of 4 children", "age.0": "1 of 4 children"}
    )


@rule
def test_without_any_number_there_is_no_median():
    """How many have a number is counted, and is zero."""
    return given(a_case("A1", referrals="not_known")), gives(
        {"referrals.median": NOT_LISTED, "referrals.n": "0 of 1 cases", "referrals.not_known": "1 of 1 cases"}
    )


@rule
def test_a_count_is_told_in_the_variables_own_words():
    """Of earlier referrals the median is so many earlier referrals."""
    return given(a_case("A1", referrals="3")), gives({"referrals.median": "3 earlier referrals, from 1 of 1 cases"})


@rule
def test_months_between_two_dates_are_completed_months_and_month_ends_count():
    """From 31 January to 28 February is one month; from 15 January to 14 March is one, to 15 March two."""
    return given(
        a_case("A1", plan_start="2021-01-31", plan_end="2021-02-28"),
        a_case("A2", plan_start="2021-01-15", plan_end="2021-03-14"),
        a_case("A3", plan_start="2021-01-15", plan_end="2021-03-15"),
        a_case("A4", plan_start="2021-04-01", plan_end="2021-04-30"),
    ), gives(
        {
            "months_on_plan.0": "1 of 4 cases",
            "months_on_plan.1": "2 of 4 cases",
            "months_on_plan.2": "1 of 4 cases",
            "months_on_plan.median": "1 months, from 4 of 4 cases",
            "plan_start.not_recorded": NOT_LISTED,
        }
    )


@rule
def test_months_between_dates_that_are_too_short_to_tell_are_not_known():
    """From some day in January to some day in March is one month or two. Within one month it is none."""
    return given(
        a_case("A1", plan_start="2021-01", plan_end="2021-03"),
        a_case("A2", plan_start="2021-01-31", plan_end="2021-02"),
        a_case("A3", plan_start="2021-01-01", plan_end="2021-03"),
        a_case("A4", plan_start="2021-01-01"),
        a_case("A5", plan_start="not_known", plan_end="2021-03-01"),
        a_case("A6", plan_start="not_applicable"),
        a_case("A7", plan_start="2021-03", plan_end="2021-03"),
    ), gives(
        {
            "months_on_plan.not_known": "3 of 6 cases",
            "months_on_plan.0": "1 of 6 cases",
            "months_on_plan.2": "1 of 6 cases",
            "months_on_plan.not_recorded": "1 of 6 cases",
            "months_on_plan.n": "2 of 6 cases",
        }
    )


@rule
def test_a_sibling_group_is_one_case_and_as_many_people():
    """Case variables count the case once, however many children it has."""
    return given(
        a_case("A1", plan="cp"),
        a_case("A2", plan="cin"),
        *(a_person("A1", f"P{number}", "sibling", age=number) for number in (6, 9, 14, 18)),
        a_person("A2", "P1", age=2),
    ), gives({"plan.cp": "1 of 2 cases", "people.total": "5 children", "age.median": "9 years, from 5 of 5 children"})
