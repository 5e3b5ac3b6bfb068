"""`strict` at its boundaries: 5 and 6, nobody and everybody, bases, rests and medians."""

import pytest
from builders import (
    a_case,
    a_channel,
    a_finding,
    a_grade,
    a_person,
    a_tally,
    a_variable,
    an_audit,
    an_involvement,
    counts_of,
)

from auditbook.release.released import Released, release


def strict(*parts, **settings) -> Released:
    audit = an_audit(*parts, **settings)
    return release(counts_of(audit), audit, "strict")


def cases_with(variable: str, **counts: int) -> list:
    """So many cases with each answer."""
    answers = [answer for answer, count in counts.items() for _ in range(count)]
    return [a_case(f"C{number}", **{variable: answer}) for number, answer in enumerate(answers)]


def other_tables(cases: int) -> list:
    """Other tables with all cases as their base: to withhold how many cases there are would cost them all."""
    agencies = ("schools", "hospital", "social_care")
    return [an_involvement(agency, "returned", f"C{number}") for agency in agencies for number in range(cases)]


def withheld(released: Released, family: str) -> set[str]:
    return {figure.category for figure in released.of(family) if not figure.is_shown}


def shown(released: Released, family: str) -> dict[str, int]:
    return {figure.category: figure.numerator for figure in released.of(family) if figure.is_shown}


def test_six_is_shown_and_five_is_withheld():
    assert withheld(strict(*cases_with("plan", cin=6, cp=6, closed=6)), "plan") == set()
    assert "closed" in withheld(strict(*cases_with("plan", cin=6, cp=7, closed=5)), "plan")


@pytest.mark.parametrize("few", [1, 2, 3, 4, 5])
def test_every_count_from_1_to_5_is_withheld_and_with_it_the_number_that_would_tell_it(few):
    figures = strict(*cases_with("plan", cin=20 - few, cp=few))
    assert withheld(figures, "plan") == {"cin", "cp"}


def test_zero_of_a_plain_variable_stays():
    figures = strict(*cases_with("plan", cin=6, cp=6))
    assert shown(figures, "plan") == {"cin": 6, "cp": 6, "closed": 0, "not_known": 0, "not_recorded": 0}


def test_nobody_and_everybody_of_a_sensitive_question_are_withheld():
    assert withheld(strict(*cases_with("abuse_by_father", yes=12)), "abuse_by_father") == {"yes", "no"}
    assert withheld(strict(*cases_with("abuse_by_father", no=12)), "abuse_by_father") == {"yes", "no"}


def test_everybody_of_a_plain_question_is_shown():
    assert shown(strict(*cases_with("plan", cp=12)), "plan")["cp"] == 12


def test_that_all_is_known_of_a_sensitive_question_is_shown():
    figures = strict(*cases_with("abuse_by_father", yes=7, no=7))
    assert shown(figures, "abuse_by_father") == {"yes": 7, "no": 7, "not_known": 0, "not_recorded": 0}


def test_nobody_is_shown_where_nothing_is_recorded_of_a_sensitive_question():
    figures = strict(*cases_with("abuse_by_father", not_known=7))
    assert shown(figures, "abuse_by_father") == {"yes": 0, "no": 0, "not_known": 7, "not_recorded": 0}


def test_two_withheld_counts_that_make_few_together_take_a_third_with_them():
    assert withheld(strict(*cases_with("plan", cin=9, cp=2, closed=2)), "plan") == {"cin", "cp", "closed"}
    assert withheld(strict(*cases_with("plan", cin=9, cp=2, closed=3)), "plan") == {"cp", "closed"}


def test_a_withheld_figure_holds_no_number_and_looks_like_any_other():
    small, partner = (strict(*cases_with("plan", cin=15, cp=5))[f"plan.{category}"] for category in ("cp", "cin"))
    for figure in (small, partner):
        assert (figure.numerator, figure.denominator, figure.value) == (None, None, None)
        assert (figure.status, figure.precision, figure.statement) == ("suppressed", "exact", "")


def test_an_audit_of_five_cases_shows_no_count_of_them():
    figures = strict(*cases_with("plan", cin=3, cp=2), a_channel("case_file_audit", cases=5))
    assert withheld(figures, "cases") == {"total", "in_scope"}
    assert withheld(figures, "channel.case_file_audit") == {"cases"}
    assert all(figure.denominator is None for figure in figures.of("plan"))


def test_a_case_out_of_scope_is_not_told_by_the_cases_in_scope():
    cases = [a_case(f"C{number}", "in" if number < 11 else "out_learning_kept") for number in range(12)]
    figures = strict(*cases)
    assert figures["cases.total"].numerator == 12
    assert withheld(figures, "cases") == {"in_scope"}


def test_those_to_whom_a_question_did_not_apply_are_not_told_by_its_base():
    figures = strict(*cases_with("plan", cin=9, cp=9, not_applicable=2), *other_tables(20))
    assert figures["cases.total"].numerator == 20
    assert all(figure.denominator is None for figure in figures.of("plan"))
    assert len(withheld(figures, "plan")) == 1


def test_a_group_does_not_tell_the_one_code_that_is_withheld_in_it():
    known = ["WBRI"] * 8 + ["WIRI"] * 2 + ["AIND"] * 9
    people = [a_person(f"C{number}", "c", ethnicity=code) for number, code in enumerate(known)]
    figures = strict(*(a_case(f"C{number}") for number in range(19)), *people)
    assert "WIRI" in withheld(figures, "ethnicity")
    assert {"WBRI", "white"} & withheld(figures, "ethnicity")


def test_a_union_does_not_tell_the_part_that_is_withheld_in_it():
    told = [("cin+cp", 9), ("cin", 7), ("closed", 8)]
    figures = strict(*(a_tally("plan", value, count, base=17) for value, count in told), drawn=20)
    assert {"cin", "cin+cp"} & withheld(figures, "plan")


def test_good_or_better_does_not_tell_the_grade_that_is_withheld():
    grades = ["outstanding"] * 2 + ["good"] * 9 + ["requires_improvement"] * 8 + ["inadequate"] * 5
    rows = [a_grade("overall", grade, case=f"C{number}") for number, grade in enumerate(grades)]
    figures = strict(*(a_case(f"C{number}") for number in range(24)), *rows)
    assert {"outstanding", "inadequate"} < withheld(figures, "grade.overall")
    assert {"good", "good_or_better"} & withheld(figures, "grade.overall")


def test_an_agency_does_not_tell_in_how_many_cases_it_was_not_involved():
    cases = [a_case(f"C{number}") for number in range(12)]
    rows = [an_involvement("police", "returned" if n < 9 else "not_involved", f"C{n}") for n in range(12)]
    assert withheld(strict(*cases, *rows, *other_tables(12)), "agency.police") == {"returned", "not_involved"}


def test_agencies_findings_and_recommendations_are_no_people():
    cases = [a_case(f"C{number}") for number in range(12)]
    rows = [a_finding("f1", "voice", case="C1", polarity="strength"), an_involvement("police", "returned", "C1")]
    figures = strict(*cases, *rows)
    assert figures["findings.total"].numerator == 1
    assert figures["theme.voice.findings"].numerator == 1
    assert figures["involvement.returned"].numerator == 1


def test_participants_of_a_family_contact_are_people_and_of_a_forum_are_not():
    channels = [a_channel("family_contact", participants=3), a_channel("forum", participants=3)]
    figures = strict(*(a_case(f"C{number}") for number in range(12)), *channels)
    assert not figures["channel.family_contact.participants"].is_shown
    assert figures["channel.forum.participants"].numerator == 3


@pytest.mark.parametrize(("findings", "is_listed"), [(3, False), (4, True)])
def test_in_how_many_cases_a_theme_was_raised_is_not_listed_where_few_findings_would_tell(findings, is_listed):
    cases = [a_case(f"C{number}") for number in range(12)]
    rows = [a_finding(f"f{number}", "voice", case="C1", polarity="strength") for number in range(findings)]
    figures = strict(*cases, *rows)
    assert ("theme.voice.cases" in figures) == is_listed
    assert ("theme.voice.cases" in figures.unlisted) != is_listed
    assert "1" not in {str(figure.numerator) for figure in figures.of("theme.voice") if figure.category == "cases"}


def test_findings_that_name_no_case_do_not_hide_the_one_that_does():
    cases = [a_case(f"C{number}") for number in range(12)]
    rows = [a_finding(f"f{number}", "voice", case="C1" if number == 0 else None, text="Words.") for number in range(9)]
    figures = strict(*cases, *rows)
    assert [finding.text for finding in figures.findings].count("") == 1
    assert "theme.voice.cases" not in figures


def test_no_minimum_no_maximum_and_no_single_number():
    figures = strict(*(a_case(f"C{number}", months_open=number) for number in range(12)))
    assert withheld(figures, "months_open") == {"mean", "min", "max"}
    assert not [figure.id for figure in figures.of("months_open") if figure.category.isdigit()]
    assert "months_open.11" in figures.unlisted


@pytest.mark.parametrize(("numbers", "is_shown"), [(5, False), (6, True)])
def test_a_median_needs_more_than_five_numbers(numbers, is_shown):
    cases = [a_case(f"C{n}", months_open=2 if n < numbers else "not_known") for n in range(numbers + 9)]
    assert strict(*cases)["months_open.median"].is_shown == is_shown


def test_a_median_may_stand_without_how_many_numbers_are_behind_it():
    cases = [a_case(f"C{number}", months_open=2 if number < 18 else "not_applicable") for number in range(20)]
    median = strict(*cases, *other_tables(20))["months_open.median"]
    assert (median.value, median.numerator, median.denominator, median.is_shown) == (2, None, None, True)


def test_a_percentage_is_withheld_when_its_count_may_be_small_or_its_base_is_not_printed():
    figures = strict(
        a_tally("plan", "cin", percent=10, base=30, precision="percent_only"),
        a_tally("sex", "F", percent=40, precision="percent_only"),
        a_tally("referrals", "not_known", percent=40, base=30, precision="percent_only"),
        drawn=30,
    )
    assert withheld(figures, "plan") == {"cin"}
    assert withheld(figures, "sex") == {"F"}
    assert figures["referrals.not_known"].value == 40


def test_a_base_of_something_that_is_not_of_the_cases_is_its_own():
    figures = strict(
        a_variable("helped", unit="families", type="flag"),
        a_tally("helped", "yes", 30, base=33),
        a_tally("cases", "total", 40),
    )
    assert withheld(figures, "helped") == {"yes", "not_stated"}
    assert figures["cases.total"].numerator == 40


def test_true_counts_are_shown_inside():
    audit = an_audit(*cases_with("plan", cin=3, cp=1))
    figures = release(counts_of(audit), audit, "internal")
    assert shown(figures, "plan") == {"cin": 3, "cp": 1, "closed": 0, "not_known": 0, "not_recorded": 0}
    assert figures.unlisted == frozenset()


@pytest.mark.parametrize("words", [{"precision": "qualitative", "statement": "some"}, {"precision": "at_most"}])
def test_cases_in_scope_told_in_words_or_as_a_bound_make_no_sum(words):
    count = None if "statement" in words else 8
    bound = a_tally("sex", "not_known", 7, precision="more_than")
    figures = strict(a_tally("cases", "in_scope", count, base=9, **words), bound)
    assert figures["sex.not_known"].is_shown
    assert figures["cases.in_scope"].numerator == count


def test_a_mean_is_withheld_as_its_sum_would_be():
    figures = strict(*(a_case(f"C{number}", months_open=number) for number in range(12)))
    assert not figures["months_open.mean"].is_shown
    assert not strict(a_tally("age", "mean", 7.4, base=40), drawn=40)["age.mean"].is_shown


def test_a_range_of_people_is_withheld_with_both_its_ends():
    figure = strict(a_tally("sex", "F", "3..5", base=40, precision="between"), drawn=40)["sex.F"]
    assert (figure.is_shown, figure.between, figure.statement, figure.value) == (False, None, "", None)


def test_a_percentage_beside_a_count_is_not_released_where_small_counts_are_withheld():
    assert strict(a_tally("plan", "cp", 12, base=40, percent=30), drawn=40)["plan.cp"].percent is None


@pytest.mark.parametrize(("least", "is_shown"), [(5, False), (6, True)])
def test_printed_bands_are_shown_only_with_more_than_five_in_each(least, is_shown):
    figures = strict(a_tally("age", "0-4", least, base=40), a_tally("age", "5-17", 40 - least, base=40), drawn=40)
    assert "age.0-4" not in figures
    assert [band.count for band in figures.bands.get("age", ())] == ([least, 40 - least] if is_shown else [])
