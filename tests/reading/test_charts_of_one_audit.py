"""Each kind of picture of one audit."""

import re

import pytest
from builders import (
    a_case,
    a_finding,
    a_grade,
    a_person,
    a_tally,
    an_agency,
    an_audit,
    an_involvement,
)
from charts_drawn import dots, drawn, from_tallies, narrow, parts_of
from lxml import html
from released import RECORDED, a_full_release, drawn_text, released

from auditbook.reading import charts
from auditbook.reading.display import Note
from auditbook.release.released import Released


def test_a_unit_chart_has_one_dot_a_unit_of_the_base():
    cases = [a_case(f"C{number}", abuse_by_father="yes" if number < 4 else "not_known") for number in range(5)]
    flags = charts.flags(released(an_audit(*cases, release=RECORDED)))
    assert dots(flags) == 3 + 5  # the key's, and the cases
    assert "Domestic abuse by the father: 4 yes, 1 not known." in repr(flags)


def test_flags_of_different_bases_stand_in_pictures_of_their_own():
    titles = [part.title for part in parts_of(drawn("flags", a_full_release()))]
    assert titles == ["Yes or no, of 12 parents", "Yes or no, of 12 cases"]


def test_a_bound_is_drawn_open_and_never_as_exact():
    chart = charts.replies(from_tallies(a_tally("involvement", "returned", 5, precision="at_least")))
    assert "Returned it: at least 5." in repr(chart)
    assert dots(chart) == 5
    assert len(re.findall(r'<path d="M \S+ \S+ L \S+ \S+ L \S+ \S+" fill="none"', narrow(chart))) == 1  # an arrow


@pytest.mark.parametrize("precision", ["at_most", "less_than", "about"])
def test_what_is_known_at_the_most_is_drawn_neither_solid_nor_as_those_who_are_not(precision):
    chart = charts.replies(from_tallies(a_tally("involvement", "returned", 5, precision=precision)))
    [dots_of_look] = html.fromstring(narrow(chart)).iter("g")
    assert (dots_of_look.get("fill"), len(dots_of_look)) == ("var(--ab-half, #a9c1d6)", 5)


def test_a_percentage_without_a_count_is_written_and_not_counted_out():
    chart = charts.categories(from_tallies(a_tally("plan", "cp", percent=65, precision="percent_only")))
    assert repr(chart) == "Plan, base not stated. Child protection: 65%."
    assert dots(chart) == 0


def test_a_phrase_is_quoted_and_never_drawn():
    tally = a_tally("abuse_by_father", "yes", precision="qualitative", statement="seen in many")
    flags = charts.flags(from_tallies(tally))
    assert repr(flags) == "Domestic abuse by the father: the source gives no number, only “seen in many”."
    assert isinstance(flags, Note)


def test_a_code_nobody_had_is_told_and_not_drawn():
    cases = [a_case(f"C{number}", plan="cp") for number in range(5)]
    chart = charts.categories(released(an_audit(*cases, release=RECORDED)))
    assert "Child in need" not in drawn_text(chart._repr_html_())
    assert "Counted, and none found: Child in need, Closed, not known and not recorded." in repr(chart)


def test_grades_keep_their_zeros_in_the_order_of_the_scale():
    grades = [a_grade("overall", "good", case="A"), a_grade("overall", "inadequate", case="B")]
    chart = charts.grades(released(an_audit(a_case("A"), a_case("B"), *grades, release=RECORDED)))
    assert "Outstanding: 0. Good: 1. Requires improvement: 0. Inadequate: 1." in repr(chart)


def test_many_withheld_codes_stand_in_one_row():
    cases = [a_case(f"C{number}", factors="4B" if number < 9 else "3A") for number in range(12)]
    known = ["WBRI"] * 9 + ["AIND"] * 3 + ["not_known"] * 2 + [None] * 2
    people = [a_person(f"C{number % 12}", f"c{number}", ethnicity=each) for number, each in enumerate(known)]
    chart = charts.categories(released(an_audit(*cases, *people), "strict"))
    assert "Ethnicity, of 16 children. White British: 9. 5 other values: withheld." in repr(chart)


def test_single_numbers_that_may_not_be_listed_are_not_drawn():
    numbers = drawn("numbers", a_full_release("strict"))
    assert "<svg" not in numbers._repr_html_()
    assert repr(numbers).count("Single numbers are not listed in this release") == 1


def months_in_bands() -> Released:
    months = [1] * 7 + [4] * 8 + [9]
    return released(an_audit(*(a_case(f"C{n}", months_open=each) for n, each in enumerate(months))), "strict")


def test_numbers_that_may_not_be_listed_are_drawn_in_bands():
    chart = parts_of(charts.numbers(months_in_bands()))[0]
    assert "Months open, of 16 cases. 0 to 2 months: 7. 3 months or more: 9." in repr(chart)
    assert dots(chart) == 16


def test_themes_diverge_from_one_line():
    audit = an_audit(
        *(a_finding(f"s{number}", "voice", polarity="strength") for number in range(2)),
        a_finding("d", "voice", polarity="development"),
        a_finding("e", "neglect", polarity="development"),
        release=RECORDED,
    )
    chart = charts.themes(released(audit))
    assert chart.sentences == (
        "Voice of the child: 2 strengths, 1 area for development.",
        "Neglect: 0 strengths, 1 area for development.",
    )
    assert chart.notes == ("Looked for, and not raised: Fathers.",)


def test_a_theme_without_polarity_says_so():
    chart = charts.themes(released(an_audit(a_finding("f", "voice"), release=RECORDED)))
    assert "Voice of the child: 1 finding, strength or area for development: not recorded." in repr(chart)


def test_themes_whose_cases_are_not_even_listed_are_said_to_be_left_out():
    audit = an_audit(a_case("A"), a_case("B"), a_finding("f", "voice", case="A"))
    assert "is withheld" in repr(charts.theme_cases(released(audit, "strict")))


def test_the_matrix_has_a_column_for_each_state_that_occurs():
    audit = an_audit(
        an_involvement("police", "returned", forum="yes"),
        an_involvement("schools", "no_response"),
        release=RECORDED,
    )
    chart = charts.agencies(released(audit))
    assert drawn_text(narrow(chart)) == [
        "invited, no answer",
        "returned",
        "came to the forum",
        "Police",
        "Schools",
        "?",
    ]
    assert "Police: returned, came to the forum. Schools: invited, no answer." in repr(chart)


def test_many_columns_keep_their_headings_apart():
    states = (
        "not_known_to_agency",
        "not_involved",
        "no_response",
        "declined",
        "returned_late",
        "returned",
        "moderated",
    )
    rows = [an_involvement(f"agency_{state}", state) for state in states]
    audit = an_audit(*rows, *(an_agency(f"agency_{state}") for state in states), release=RECORDED)
    picture = html.fromstring(narrow(charts.agencies(released(audit))))
    heads = [text for text in picture.iter("text") if text.get("text-anchor") == "end"]
    assert len(heads) == 7
    assert len({head.get("y") for head in heads}) == 7


@pytest.mark.parametrize(
    "yes",
    [
        {"count": 7, "precision": "at_least"},
        {"count": 7, "precision": "more_than"},
        {"count": 7, "precision": "at_most"},
        {"count": 7, "precision": "less_than"},
        {"count": 7, "precision": "about"},
        {"count": "3..5", "precision": "between"},
        {"count": None, "percent": 60, "precision": "more_than"},
        {"count": None, "percent": 60, "precision": "percent_only"},
    ],
)
def test_what_a_bound_leaves_open_is_never_drawn_as_no(yes):
    chart = charts.flags(from_tallies(a_tally("signed_off", "yes", base=10, **yes)))
    marks = html.fromstring(narrow(chart)).xpath("//*[self::circle or self::rect][ancestor-or-self::*[@fill='none']]")
    assert [mark.tag for mark in marks] == ["circle"]  # the one in the key


def test_a_code_is_shown_under_its_own_name_where_its_group_is_known_too():
    figures = from_tallies(a_tally("ethnicity", "WBRI", 6, base=10), a_tally("ethnicity", "white", 8, base=10))
    assert "White British: 6." in repr(charts.categories(figures))
    assert "In groups: White 8." in repr(charts.categories(figures))


def test_a_code_alone_never_turns_into_its_group():
    chart = charts.categories(from_tallies(a_tally("ethnicity", "WBRI", 6, base=10)))
    assert "White British: 6." in repr(chart)
    assert "White at least 6" not in repr(chart).replace(":", "")


def test_a_union_never_turns_into_its_group():
    chart = charts.categories(from_tallies(a_tally("ethnicity", "WBRI+WIRI", 6, base=10)))
    assert "White British or White Irish: 6." in repr(chart)


def test_a_range_is_drawn_up_to_its_end_and_said_in_words():
    chart = charts.categories(from_tallies(a_tally("plan", "cp", "3..5", base=10, precision="between")))
    assert "Child protection: between 3 and 5." in repr(chart)
    assert dots(chart) == 5


def test_bands_of_ages_are_drawn_in_their_order():
    chart = charts.numbers(from_tallies(a_tally("age", "5-9", 2, base=6), a_tally("age", "0-4", 4, base=6)))
    assert repr(chart).startswith("Age, of 6 children. 0 to 4 years: 4. 5 to 9 years: 2.")
