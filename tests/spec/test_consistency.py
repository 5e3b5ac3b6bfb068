"""What is said where a source's figures do not agree with each other."""

from builders import a_case, a_channel, a_person, a_tally, an_involvement
from spec.rules import NOT_LISTED, given, gives, rule

from auditbook.measures.consistency import base_warnings, consistency_warnings, percent_warnings, sum_warnings
from auditbook.measures.tallies import tally_warnings

SECTION = "Figures that do not agree"
INTRODUCTION = """
Figures are entered as they were printed and never mended. Where they contradict each other the pages of the audit say
so, with the figures.
"""
CODE = (consistency_warnings, base_warnings, sum_warnings, percent_warnings, tally_warnings)


@rule
def test_a_part_above_its_base_is_a_warning():
    """So is a bound above it; “at most” and “about” may be less."""
    return given(
        a_tally("plan", "cp", 6, base=5),
        a_tally("abuse_by_father", "yes", 6, base=5, precision="at_least"),
        a_tally("sex", "F", 6, base=5, precision="at_most"),
        a_tally("theme.voice", "cases", 6, base=5, precision="at_least"),
        a_channel("panel", cases=6),
        drawn=5,
    ), gives(
        {"plan.cp": "6 of 5 cases", "plan.not_stated": NOT_LISTED},
        "abuse_by_father.yes: this part is above its base: 6 of 5.",
        "plan.cp: this part is above its base: 6 of 5.",
        "theme.voice.cases: this part is above its base: 6 of 5.",
        "channel.panel.cases: this part is above its base: 6 of 5.",
    )


@rule
def test_parts_that_add_up_to_more_than_their_base_are_a_warning():
    """Also a part that is printed without the base; the codes of a variable with many may overlap."""
    return given(
        a_tally("sex", "F", 3, base=5),
        a_tally("sex", "M", 3),
        a_tally("factors", "3A", 4, base=5),
        a_tally("factors", "3B", 4, base=5),
    ), gives(
        {"sex.F": "3 of 5 children", "sex.M": "3 children", "factors.3A": "4 of 5 cases"},
        "sex: the parts add up to more than their base: 3 + 3 of 5.",
    )


@rule
def test_parts_that_add_up_to_more_than_their_printed_total_are_a_warning():
    """Nothing is open and done, and no agency both answers and does not."""
    return given(
        a_tally("findings", "total", 9),
        a_tally("findings", "strength", 5),
        a_tally("findings", "development", 5),
        a_tally("involvement", "returned", 9, base=12),
        a_tally("involvement", "no_response", 4, base=12),
    ), gives(
        {"findings.strength": "5 findings"},
        "findings: the parts add up to more than their base: 5 + 5 of 9.",
        "involvement: the parts add up to more than their base: 9 + 4 of 12.",
    )


@rule
def test_a_printed_sum_that_its_counts_contradict_is_a_warning():
    """Two and five are seven, whatever is printed; one stated code above its group's figure is too many."""
    return given(
        a_tally("overall", "outstanding", 2, base=20),
        a_tally("overall", "good", 5, base=20),
        a_tally("overall", "good_or_better", 8, base=20),
        a_tally("ethnicity", "WBRI", 4, base=9),
        a_tally("ethnicity", "white", 3, base=9),
    ), gives(
        {"grade.overall.good_or_better": "7 of 20 cases"},
        "ethnicity.white: the printed sum contradicts its counts: 4 beside 3.",
        "grade.overall.good_or_better: the printed sum contradicts its counts: 2 + 5 beside 8.",
    )


@rule
def test_a_printed_sum_of_shares_may_be_half_a_point_off_for_each():
    """12% and 36% may be 47% together, and 49.5%; not 45%."""
    return given(
        a_tally("overall", "outstanding", precision="percent_only", percent=12),
        a_tally("overall", "good", precision="percent_only", percent=36),
        a_tally("overall", "good_or_better", precision="percent_only", percent=47),
        a_tally("ethnicity", "WBRI", precision="percent_only", percent=12),
        a_tally("ethnicity", "WIRI", precision="percent_only", percent=36),
        a_tally("ethnicity", "white", precision="percent_only", percent=45),
    ), gives(
        {"grade.overall.good_or_better": "47%"},
        "ethnicity.white: the printed sum contradicts its counts: 12% + 36% beside 45%.",
    )


@rule
def test_a_percentage_beside_its_count_may_be_half_a_point_off():
    """1 of 8 is 12.5%: printed as 12% or 13% it is right, as 14% it is not."""
    return given(
        a_tally("sex", "F", 1, base=8, percent=12),
        a_tally("plan", "cp", 1, base=8, percent=13),
        a_tally("abuse_by_father", "yes", 1, base=8, percent=14),
        a_tally("theme.voice", "cases", 1, base=8, percent=14),
    ), gives(
        {"sex.F": "1 of 8 children"},
        "abuse_by_father.yes: the printed percentage contradicts its count: 14% beside 1 of 8.",
        "theme.voice.cases: the printed percentage contradicts its count: 14% beside 1 of 8.",
    )


@rule
def test_shares_may_make_half_a_point_a_part_more_than_100():
    """51% and 50% do; three parts that make 102% do not. Of a variable with many codes shares may overlap."""
    return given(
        a_tally("sex", "F", precision="percent_only", percent=51),
        a_tally("sex", "M", precision="percent_only", percent=50),
        a_tally("plan", "cin", precision="percent_only", percent=34),
        a_tally("plan", "cp", precision="percent_only", percent=34),
        a_tally("plan", "closed", precision="percent_only", percent=34),
        a_tally("factors", "3A", precision="percent_only", percent=80),
        a_tally("factors", "3B", precision="percent_only", percent=80),
    ), gives({"sex.F": "51%"}, "plan: the shares make more than 100%: 34% + 34% + 34%.")


@rule
def test_shares_that_make_less_than_100_leave_something_not_said():
    """No warning, and no number for the rest."""
    return given(a_tally("sex", "F", precision="percent_only", percent=40)), gives(
        {"sex.F": "40%", "sex.M": NOT_LISTED, "sex.not_stated": NOT_LISTED}
    )


@rule
def test_a_derived_count_that_is_not_the_only_one_to_fit_is_a_warning():
    """65% of 188 is 122 or 123, and 65.4% only 123."""
    return given(
        a_tally("plan", "cp", 122, base=188, precision="derived", percent=65),
        a_tally("abuse_by_father", "yes", 123, base=188, precision="derived", percent=65.4),
    ), gives(
        {"plan.cp": "derived 122 of 188 cases", "abuse_by_father.yes": "derived 123 of 188 cases"},
        "plan.cp: the derived count is not the only one that fits: 65% of 188 is any of 122 to 123.",
    )


@rule
def test_a_printed_median_that_its_numbers_contradict_is_a_warning():
    """The counted one is shown."""
    return given(
        a_tally("months_open", 2, 1, base=3),
        a_tally("months_open", 4, 2, base=3),
        a_tally("months_open", "median", 3, base=3),
    ), gives(
        {"months_open.median": "4 months, from 3 of 3 cases"},
        "months_open.median: the printed figure contradicts its counts: printed 3, counted 4.",
    )


@rule
def test_a_total_below_what_rows_give_already_is_a_warning():
    """Rows name two agencies that returned; the source says one. So it is with people of some cases."""
    return given(
        a_case("A1"),
        a_case("A2"),
        a_person("A1", "P1", sex="F"),
        a_person("A1", "P2", "sibling", sex="F"),
        a_tally("sex", "F", 1, base=5),
        an_involvement("police", "returned"),
        an_involvement("schools", "returned"),
        a_tally("involvement", "returned", 1),
    ), gives(
        {"sex.F": "1 of 5 children", "involvement.returned": "1 agencies"},
        "sex.F: the printed figure is below what rows give: 1 beside at least 2.",
        "involvement.returned: the printed figure is below what rows give: 1 beside at least 2.",
    )
