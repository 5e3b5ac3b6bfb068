"""How figures are counted that a source prints as totals, without rows behind them."""

from builders import a_case, a_person, a_tally
from spec.rules import NOT_LISTED, given, gives, is_refused, rule

from auditbook.measures.distribution import from_tallies, separate_parts
from auditbook.measures.tallies import measure_of, printed_measure, with_printed
from auditbook.measures.variables import group_sum, variable_measures

SECTION = "Published totals"
INTRODUCTION = """
Many audits print totals only. A total is entered as it was printed, with its own base in the source's words, and how
exact it is. One variable has one base. It is then the same thing as a variable counted from rows.
"""
CODE = (from_tallies, variable_measures, group_sum, separate_parts, printed_measure, measure_of, with_printed)


@rule
def test_totals_that_add_up_to_their_base_are_as_good_as_rows():
    """Who is in no printed part is in none: zero was counted."""
    return given(a_tally("sex", "F", 3, base=5), a_tally("sex", "M", 2, base=5)), gives(
        {
            "sex.F": "3 of 5 children",
            "sex.M": "2 of 5 children",
            "sex.not_known": "0 of 5 children",
            "sex.not_recorded": "0 of 5 children",
            "sex.not_stated": NOT_LISTED,
        }
    )


@rule
def test_what_the_parts_leave_of_the_base_is_not_stated():
    """A source that prints only the three girls of five children does not say that there were two boys."""
    return given(a_tally("sex", "F", 3, base=5)), gives(
        {
            "sex.F": "3 of 5 children",
            "sex.M": NOT_LISTED,
            "sex.not_recorded": NOT_LISTED,
            "sex.not_stated": "2 of 5 children",
        }
    )


@rule
def test_a_base_is_told_in_the_sources_words():
    """Its label, else what the variable counts, else the audit's unit; people for persons."""
    return given(
        a_tally("sex", "F", 60, base=122, base_label="children"),
        a_tally("sex", "M", 62, base=122),
        a_tally("age", 3, 5, base=122),
        a_tally("signed_off", "yes", 20, base=26),
        a_tally("plan", "cp", 9, base=61),
        plural="families",
        drawn=61,
    ), gives(
        {
            "sex.F": "60 of 122 children",
            "sex.M": "62 of 122 children",
            "age.3": "5 of 122 children",
            "signed_off.yes": "20 of 26 returns",
            "plan.cp": "9 of 61 families",
        }
    )


@rule
def test_a_base_is_a_noun_without_article_and_number():
    """It completes “3 of the 5 …”. The number stands in its own column."""
    return given(
        a_tally("sex", "F", 3, base=5, base_label="five children"),
        a_tally("plan", "cp", 3, base=5, base_label="the families"),
        a_tally("overall", "good", 3, base=5, base_label="children under one"),
    ), is_refused("tallies.csv:2: base_label: … [N04]", "tallies.csv:3: base_label: … [N04]")


@rule
def test_a_total_without_a_base_is_shown_without():
    """A count of nominations is no share of anything; and without a base nothing is left over."""
    return given(
        a_tally("plan", "cp", 40, base_label="nominations"), a_tally("sex", "F", 3, base=5), a_tally("sex", "M", 1)
    ), gives(
        {
            "plan.cp": "40 nominations",
            "plan.not_stated": NOT_LISTED,
            "sex.M": "1 children",
            "sex.not_stated": "1 of 5 children",
        }
    )


@rule
def test_a_percentage_without_a_count_stays_a_percentage():
    """No count is worked out of it, no sum and no rest."""
    return given(
        a_tally("overall", "good", precision="percent_only", percent=48),
        a_tally("overall", "outstanding", precision="percent_only", percent=12),
        a_tally("abuse_by_father", "yes", precision="percent_only", percent=65, base=188),
    ), gives(
        {
            "grade.overall.good": "48%",
            "grade.overall.good_or_better": NOT_LISTED,
            "grade.overall.not_stated": NOT_LISTED,
            "abuse_by_father.yes": "65% of 188 cases",
            "abuse_by_father.no": NOT_LISTED,
            "abuse_by_father.not_stated": NOT_LISTED,
        }
    )


@rule
def test_a_bound_is_shown_as_a_bound():
    """At least 12 of 15 is never 12 of 15, and leaves no rest."""
    return given(
        a_tally("abuse_by_father", "yes", 12, base=15, precision="at_least"),
        a_tally("signed_off", "yes", precision="more_than", percent=90, base=40),
        a_tally("plan", "cp", 3, precision="at_most"),
        a_tally("sex", "F", 30, base=61, precision="about"),
    ), gives(
        {
            "abuse_by_father.yes": "at least 12 of 15 cases",
            "abuse_by_father.no": NOT_LISTED,
            "abuse_by_father.not_stated": NOT_LISTED,
            "signed_off.yes": "more than 90% of 40 returns",
            "plan.cp": "at most 3 cases",
            "sex.F": "about 30 of 61 children",
        }
    )


@rule
def test_a_phrase_is_shown_as_a_phrase():
    """“A significant proportion” is no number, and not zero."""
    return given(
        a_tally("abuse_by_father", "yes", precision="qualitative", statement="a significant proportion", base=15)
    ), gives({"abuse_by_father.yes": "“a significant proportion” of 15 cases", "abuse_by_father.no": NOT_LISTED})


@rule
def test_a_derived_count_is_the_only_one_that_fits_the_printed_percentage():
    """33% of 12 children can only be 4. What is added up of derived counts is derived too."""
    return given(
        a_tally("ethnicity", "WBRI", 4, base=12, precision="derived", percent=33),
        a_tally("ethnicity", "WIRI", 1, base=12, precision="derived", percent=8),
        a_tally("ethnicity", "MWBC", 2, base=12),
    ), gives(
        {
            "ethnicity.WBRI": "derived 4 of 12 children",
            "ethnicity.white": "derived 5 of 12 children",
            "ethnicity.not_stated": "derived 5 of 12 children",
        }
    )


@rule
def test_a_union_has_its_codes_in_display_order():
    """“Good or outstanding” is the union of the two, however the source has them; here it is the group's figure too."""
    return given(a_tally("overall", "good+outstanding", 14, base=20)), gives(
        {
            "grade.overall.outstanding+good": "14 of 20 cases",
            "grade.overall.good+outstanding": NOT_LISTED,
            "grade.overall.good_or_better": "14 of 20 cases",
            "grade.overall.good": NOT_LISTED,
            "grade.overall.not_stated": "6 of 20 cases",
        }
    )


@rule
def test_a_union_that_fills_the_base_leaves_zero_outside_and_nothing_inside():
    """All twenty were good or outstanding: none was inadequate, and how many were good is not stated."""
    return given(a_tally("overall", "good+outstanding", 20, base=20)), gives(
        {
            "grade.overall.outstanding+good": "20 of 20 cases",
            "grade.overall.inadequate": "0 of 20 cases",
            "grade.overall.good": NOT_LISTED,
            "grade.overall.outstanding": NOT_LISTED,
        }
    )


@rule
def test_a_total_may_be_entered_under_its_label():
    """It is counted under the code that the label means."""
    return given(a_tally("sex", "Girl", 3, base=5)), gives({"sex.F": "3 of 5 children"})


@rule
def test_a_variable_with_many_codes_has_no_union():
    """Its parts may overlap, so their sum is nobody's number."""
    return given(a_tally("factors", "3A+3B", 4, base=9)), is_refused("tallies.csv:2: value: … [N02]")


@rule
def test_a_union_beside_its_own_parts_is_not_added_up_again():
    """The parts and the rest make the base."""
    return given(
        a_tally("overall", "outstanding", 2, base=10),
        a_tally("overall", "good", 5, base=10),
        a_tally("overall", "outstanding+good", 7, base=10),
    ), gives({"grade.overall.outstanding+good": "7 of 10 cases", "grade.overall.not_stated": "3 of 10 cases"})


@rule
def test_unions_that_overlap_leave_no_rest():
    """Five were outstanding or good, four good or not yet: how many were neither cannot be told."""
    return given(
        a_tally("overall", "outstanding+good", 5, base=10),
        a_tally("overall", "good+requires_improvement", 4, base=10),
    ), gives(
        {
            "grade.overall.good_or_better": "5 of 10 cases",
            "grade.overall.good": NOT_LISTED,
            "grade.overall.not_stated": NOT_LISTED,
        }
    )


@rule
def test_a_group_is_at_least_what_is_stated_of_it():
    """White British is stated, White Irish is not: the group is at least as many. Of the Mixed group all is stated."""
    return given(a_tally("ethnicity", "WBRI", 4, base=10), a_tally("ethnicity", "MWBC", 1, base=10)), gives(
        {
            "ethnicity.white": "at least 4 of 10 children",
            "ethnicity.mixed": "1 of 10 children",
            "ethnicity.asian": NOT_LISTED,
            "ethnicity.not_stated": "5 of 10 children",
        }
    )


@rule
def test_a_group_can_be_printed_itself():
    """Then its codes are not stated."""
    return given(a_tally("ethnicity", "white", 6, base=10), a_tally("ethnicity", "mixed", 4, base=10)), gives(
        {
            "ethnicity.white": "6 of 10 children",
            "ethnicity.WBRI": NOT_LISTED,
            "ethnicity.asian": "0 of 10 children",
            "ethnicity.AIND": "0 of 10 children",
        }
    )


@rule
def test_totals_of_a_variable_with_many_codes_never_add_up_to_a_base():
    """They may overlap, so nothing is left over, no group is added up, and zero is not known."""
    return given(a_tally("factors", "3A", 4, base=9), a_tally("factors", "4B", 5, base=9)), gives(
        {
            "factors.3A": "4 of 9 cases",
            "factors.3B": NOT_LISTED,
            "factors.domestic_abuse": NOT_LISTED,
            "factors.not_stated": NOT_LISTED,
        }
    )


@rule
def test_a_median_comes_from_numbers_that_add_up_to_their_base():
    """Of 2, 4, 4 and 11 months it is 4."""
    return given(
        a_tally("months_open", 2, 1, base=4, base_label="cases stepped down"),
        a_tally("months_open", 4, 2, base=4),
        a_tally("months_open", 11, 1, base=4),
    ), gives(
        {
            "months_open.4": "2 of 4 cases stepped down",
            "months_open.median": "4 months, from 4 of 4 cases stepped down",
            "months_open.n": "4 of 4 cases stepped down",
            "months_open.not_recorded": "0 of 4 cases stepped down",
        }
    )


@rule
def test_numbers_that_leave_some_of_their_base_have_no_median():
    """One of five is not stated, so the middle is not known; nor is it without a base, nor beside a bound."""
    return given(
        a_tally("months_open", 2, 3, base=5),
        a_tally("months_open", 4, 1, base=5),
        a_tally("age", 3, 2),
        a_tally("age", 5, 2),
        a_tally("referrals", 1, 3, base=5),
        a_tally("referrals", 2, 2, base=5, precision="at_least"),
    ), gives(
        {
            "months_open.not_stated": "1 of 5 cases",
            "months_open.median": NOT_LISTED,
            "age.median": NOT_LISTED,
            "referrals.median": NOT_LISTED,
        }
    )


@rule
def test_what_is_not_known_has_no_number_and_leaves_the_median_alone():
    """Three of the four have a number."""
    return given(
        a_tally("months_open", 2, 1, base=4),
        a_tally("months_open", 5, 2, base=4),
        a_tally("months_open", "not_known", 1, base=4),
    ), gives({"months_open.median": "5 months, from 3 of 4 cases", "months_open.n": "3 of 4 cases"})


@rule
def test_a_printed_median_is_shown_as_printed():
    """So are a smallest and a largest number; “24 or more” is a bound."""
    return given(
        a_tally("months_open", "median", 4.5, base=20),
        a_tally("months_open", "max", 24, base=20, precision="at_least"),
        a_tally("months_open", "n", 18, base=20),
    ), gives(
        {
            "months_open.median": "4.5 months, from 18 of 20 cases",
            "months_open.min": NOT_LISTED,
            "months_open.max": "at least 24 months, from 18 of 20 cases",
            "months_open.n": "18 of 20 cases",
        }
    )


@rule
def test_a_median_is_no_percentage():
    """A smallest, a largest and a middle number are entered as the count."""
    return given(a_tally("months_open", "median", precision="percent_only", percent=40, base=20)), is_refused(
        "tallies.csv:2: precision: median, mean, min and max have their figure as count, and no percent. [N03]"
    )


@rule
def test_a_variable_counted_from_rows_takes_no_totals():
    """Two ways to the same figure would be two figures."""
    return given(a_case("A1", plan="cin"), a_tally("plan", "cin", 1, base=1)), is_refused(
        "tallies.csv:2: variable: plan.cin is counted from rows; a tally is for what no rows give. [N06]"
    )


@rule
def test_a_published_total_stands_where_rows_give_only_a_bound():
    """Rows list the people of one case of two, and the source prints how many there were."""
    return given(
        a_case("A1"), a_case("A2"), a_person("A1", "P1", sex="F"), a_tally("people", "total", 5, base_label="children")
    ), gives({"people.total": "5 children", "sex.F": "at least 1 children"})


@rule
def test_every_measure_can_be_entered_as_a_total():
    """Totals of themes, agencies and recommendations have the base that the source prints, or none."""
    return given(
        a_tally("theme.voice", "cases", 12, base=15),
        a_tally("theme.neglect", "cases", precision="qualitative", statement="in most cases"),
        a_tally("findings", "strength", 30),
        a_tally("agency.police", "returned", 11, base=15),
        a_tally("involvement", "returned", 9, base=12, base_label="agencies asked"),
        a_tally("involvement", "no_response", 3, base=12),
        a_tally("people", "total", 22),
        a_tally("recommendations", "total", 4),
        a_tally("recommendations", "done", 3, base=4),
    ), gives(
        {
            "people.total": "22 people",
            "findings.strength": "30 findings",
            "theme.voice.cases": "12 of 15 cases",
            "theme.voice.findings": NOT_LISTED,
            "theme.neglect.cases": "“in most cases”",
            "agency.police.returned": "11 of 15 cases",
            "involvement.returned": "9 of 12 agencies asked",
            "involvement.no_response": "3 of 12 agencies asked",
            "recommendations.total": "4 recommendations",
            "recommendations.done": "3 of 4 recommendations",
        }
    )


@rule
def test_the_count_of_a_union_is_the_sum_of_its_codes_where_they_are_known_exactly():
    """The percentage a source prints of it stays a percentage; when it differs that is a warning with both."""
    return given(
        a_tally("overall", "outstanding", 2, base=24),
        a_tally("overall", "good", 10, base=24),
        a_tally("overall", "good+outstanding", precision="percent_only", percent=75, base=24),
        a_tally("overall", "good_or_better", precision="percent_only", percent=50, base=24),
    ), gives(
        {"grade.overall.outstanding+good": "12 of 24 cases", "grade.overall.good_or_better": "12 of 24 cases"},
        "grade.overall.outstanding+good: the printed percentage contradicts its count: 75% beside 12 of 24.",
    )


@rule
def test_a_bound_of_a_union_that_its_codes_contradict_is_a_warning():
    """Two and ten are not at least 13, nor between 13 and 15; they are at most 12."""
    return given(
        a_tally("overall", "outstanding", 2, base=24),
        a_tally("overall", "good", 10, base=24),
        a_tally("overall", "good_or_better", 13, precision="at_least", base=24),
        a_tally("ethnicity", "WBRI", 2, base=24),
        a_tally("ethnicity", "WIRI", 10, base=24),
        a_tally("ethnicity", "white", 12, precision="at_most", base=24),
    ), gives(
        {"grade.overall.good_or_better": "12 of 24 cases", "ethnicity.white": "12 of 24 children"},
        "grade.overall.good_or_better: the printed sum contradicts its counts: 12 of 24 beside at least 13.",
    )


@rule
def test_a_range_is_shown_as_a_range_and_never_as_a_number():
    """`3..5` is between 3 and 5."""
    return given(
        a_tally("sex", "F", "3..5", base=24, precision="between"),
        a_tally("plan", "cp", precision="between", percent="60..65", base=24),
        a_tally("months_open", "median", "3..5", precision="between"),
    ), gives(
        {
            "sex.F": "“between 3 and 5” of 24 children",
            "plan.cp": "“between 60% and 65%” of 24 cases",
            "months_open.median": "“between 3 and 5”",
            "sex.not_stated": NOT_LISTED,
        }
    )


@rule
def test_a_range_has_its_smaller_number_first_and_its_own_precision():
    """Anything else has one number."""
    return given(
        a_tally("sex", "F", "5..3", base=24, precision="between"),
        a_tally("sex", "M", "3..5", base=24, precision="about"),
        a_tally("plan", "cp", 4, base=24, precision="between"),
    ), is_refused(
        "tallies.csv:2: count: … [V03]", "tallies.csv:3: precision: … [N03]", "tallies.csv:4: precision: … [N03]"
    )


@rule
def test_ages_may_be_printed_in_bands():
    """Bands that add up to their base count everybody; no median can be told from them."""
    return given(
        a_tally("age", "0-4", 9, base=24),
        a_tally("age", "5-9", 8, base=24),
        a_tally("age", "10-17", 7, base=24),
        a_tally("age", "mean", 7.4, base=24),
        a_tally("age", "min", 0.5, base=24),
    ), gives(
        {
            "age.5-9": "8 of 24 children",
            "age.not_known": "0 of 24 children",
            "age.n": "24 of 24 children",
            "age.mean": "7.4 years, from 24 of 24 children",
            "age.min": "0.5 years, from 24 of 24 children",
            "age.median": NOT_LISTED,
        }
    )


@rule
def test_a_median_and_a_mean_come_from_numbers_that_add_up_to_their_base():
    """The mean is printed to one decimal; half a tenth goes up."""
    return given(
        a_tally("months_open", 2, 1, base=4),
        a_tally("months_open", 4, 2, base=4),
        a_tally("months_open", 11, 1, base=4),
        a_tally("age", 3, 2, base=4),
        a_tally("age", 5, 1, base=4),
    ), gives(
        {
            "months_open.median": "4 months, from 4 of 4 cases",
            "months_open.mean": "5.3 months, from 4 of 4 cases",
            "age.median": NOT_LISTED,
            "age.mean": NOT_LISTED,
        }
    )


@rule
def test_a_table_of_nobody_says_nothing():
    """Where a question applied to nobody, 0 of the 0 cases is no figure."""
    return given(a_case("A1", plan="not_applicable"), a_case("A2", plan="not_applicable")), gives(
        {"plan.cp": NOT_LISTED, "plan.not_recorded": NOT_LISTED}
    )
