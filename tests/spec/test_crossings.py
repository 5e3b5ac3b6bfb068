"""How two variables are counted together."""

from builders import a_case, a_person
from spec.rules import NOT_LISTED, given, gives, rule

from auditbook.measures.crossings import crossing_categories, crossing_frequency

SECTION = "Crossings"
INTRODUCTION = """
A crossing counts two variables together: how many gave one answer to the first and one to the second. Only rows can
tell; two totals cannot be crossed. `crossings` in `audit.yml` says which.
"""
CODE = (crossing_categories, crossing_frequency)


@rule
def test_every_pair_of_answers_is_counted_zero_too():
    """Everybody of the base is in one pair, so the numbers make the base."""
    return given(
        a_case("A1", plan="cp", abuse_by_father="yes"),
        a_case("A2", plan="cp", abuse_by_father="no"),
        a_case("A3", plan="cin", abuse_by_father="no"),
        a_case("A4", plan="cin"),
        crossings=[["plan", "abuse_by_father"]],
    ), gives(
        {
            "crossing.plan.cp.abuse_by_father.yes": "1 of 4 cases",
            "crossing.plan.cp.abuse_by_father.no": "1 of 4 cases",
            "crossing.plan.cin.abuse_by_father.yes": "0 of 4 cases",
            "crossing.plan.cin.abuse_by_father.no": "1 of 4 cases",
            "crossing.plan.cin.abuse_by_father.not_recorded": "1 of 4 cases",
            "crossing.plan.closed.abuse_by_father.yes": "0 of 4 cases",
        }
    )


@rule
def test_whom_one_of_the_two_does_not_apply_to_is_not_counted():
    """Where there is no father, his abuse can be told together with nothing."""
    return given(
        a_case("A1", plan="cp", abuse_by_father="yes"),
        a_case("A2", plan="cp", abuse_by_father="not_applicable"),
        crossings=[["plan", "abuse_by_father"]],
    ), gives({"plan.cp": "2 of 2 cases", "crossing.plan.cp.abuse_by_father.yes": "1 of 1 cases"})


@rule
def test_a_variable_that_nobody_recorded_is_crossed_with_nothing():
    """No figure says that nobody had both."""
    return given(a_case("A1", plan="cp"), crossings=[["plan", "abuse_by_father"]]), gives(
        {"plan.cp": "1 of 1 cases", "crossing.plan.cp.abuse_by_father.yes": NOT_LISTED}
    )


@rule
def test_where_the_people_of_some_cases_are_not_recorded_nothing_of_people_is_crossed():
    """Of how many it would be is not known; a warning says so."""
    return given(
        a_case("A1"), a_case("A2"), a_person("A1", "P1", sex="F", ethnicity="WBRI"), crossings=[["sex", "ethnicity"]]
    ), gives(
        {"crossing.sex.F.ethnicity.WBRI": NOT_LISTED},
        "crossing.sex.ethnicity: not counted, because the people of some cases are not recorded.",
    )
