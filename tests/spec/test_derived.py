"""How variables are counted that are worked out from others."""

from builders import Part, a_case, a_variable
from spec.rules import NOT_LISTED, given, gives, rule

from auditbook.codebook.derivation import Derivation
from auditbook.evidence.units import with_derived

SECTION = "Derived variables"
INTRODUCTION = """
A derived variable is worked out from other variables of the same case or person, and then counted like any other. The
codebook says how: `bands(age_years; 0-4; 5-9)`, `any(a; b)`, `all(a; b; c)`, or `number(a; b; c)`, how many of them are
answered by yes.
"""
CODE = (Derivation, with_derived)


def worked_out(**definitions: str) -> list[Part]:
    """Two questions of yes or no, and what is made of them."""
    asked = [a_variable(name, type="flag") for name in ("harm", "misuse")]
    return [*asked, *(a_variable(name, type="derived", values=text) for name, text in definitions.items())]


@rule
def test_bands_count_the_numbers_that_lie_in_them():
    """A number in none of the bands is counted as outside them, and what is not known stays not known."""
    return given(
        a_variable("waited", type="derived", values="bands(months_open; 0-2; 3-8)"),
        a_case("A1", months_open=0),
        a_case("A2", months_open=3),
        a_case("A3", months_open=8),
        a_case("A4", months_open=12),
        a_case("A5", months_open="not_known"),
        a_case("A6"),
        a_case("A7", months_open="not_applicable"),
    ), gives(
        {
            "waited.0-2": "1 of 6 cases",
            "waited.3-8": "2 of 6 cases",
            "waited.outside": "1 of 6 cases",
            "waited.not_known": "1 of 6 cases",
            "waited.not_recorded": "1 of 6 cases",
        }
    )


@rule
def test_any_and_all_are_not_known_where_they_hang_on_what_is_not_known():
    """One yes is enough for any, and one no against all, whatever the other answer is."""
    return given(
        *worked_out(either="any(harm; misuse)", both="all(harm; misuse)"),
        a_case("A1", harm="yes", misuse="yes"),
        a_case("A2", harm="yes", misuse="not_known"),
        a_case("A3", harm="no", misuse="not_known"),
        a_case("A4", harm="no", misuse="no"),
    ), gives(
        {
            "either.yes": "2 of 4 cases",
            "either.no": "1 of 4 cases",
            "either.not_known": "1 of 4 cases",
            "both.yes": "1 of 4 cases",
            "both.no": "2 of 4 cases",
            "both.not_known": "1 of 4 cases",
        }
    )


@rule
def test_number_counts_how_many_are_answered_by_yes():
    """Where one of them is not known or not recorded, neither is how many."""
    return given(
        *worked_out(how_many="number(harm; misuse)"),
        a_case("A1", harm="yes", misuse="yes"),
        a_case("A2", harm="yes", misuse="no"),
        a_case("A3", harm="no", misuse="no"),
        a_case("A4", harm="yes"),
        a_case("A5"),
    ), gives(
        {
            "how_many.0": "1 of 5 cases",
            "how_many.1": "1 of 5 cases",
            "how_many.2": "1 of 5 cases",
            "how_many.not_known": "1 of 5 cases",
            "how_many.not_recorded": "1 of 5 cases",
        }
    )


@rule
def test_an_answer_that_does_not_apply_is_no_yes():
    """Only where none of the questions applies does what is made of them not apply."""
    return given(
        *worked_out(either="any(harm; misuse)", both="all(harm; misuse)"),
        a_case("A1", harm="not_applicable", misuse="yes"),
        a_case("A2", harm="not_applicable", misuse="no"),
        a_case("A3", harm="not_applicable", misuse="not_applicable"),
    ), gives(
        {
            "either.yes": "1 of 2 cases",
            "either.no": "1 of 2 cases",
            "both.yes": "0 of 2 cases",
            "both.no": "2 of 2 cases",
        }
    )


@rule
def test_without_one_of_its_columns_a_derived_variable_is_not_recorded():
    """What it is worked out from must be there; otherwise nothing of it is listed."""
    return given(*worked_out(either="any(harm; misuse)"), a_case("A1", harm="yes")), gives({"either.yes": NOT_LISTED})
