"""The vocabulary: quarters, short dates, and what a variable calls its parts."""

from datetime import date

import pytest
from builders import write_project

from auditbook.codebook.quarter import AuditId
from auditbook.codebook.variables import Code, Variable, snake
from auditbook.evidence.audit import read_audits
from auditbook.validation.dates import ShortDate, completed_months, months_between
from auditbook.validation.problems import InputRefused


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020-21-Q1", date(2020, 4, 1), date(2020, 6, 30)),
        ("2020-21-Q2", date(2020, 7, 1), date(2020, 9, 30)),
        ("2020-21-Q3", date(2020, 10, 1), date(2020, 12, 31)),
        ("2020-21-Q4", date(2021, 1, 1), date(2021, 3, 31)),
        ("1999-00-Q4-neglect", date(2000, 1, 1), date(2000, 3, 31)),
    ],
)
def test_quarters_are_of_the_financial_year(text, first, last):
    audit = AuditId.read(text)
    assert (audit.first_day, audit.last_day, str(audit)) == (first, last, text)


@pytest.mark.parametrize(
    "text",
    [
        "2020-21",
        "2020-22-Q1",
        "2020-21-Q0",
        "2020-21-Q5",
        "2020-21-q4",
        "2020-21-Q4-",
        "2020-21-Q4-Neglect",
        "20-21-Q4",
    ],
)
def test_what_is_no_quarter_is_no_audit_id(text):
    with pytest.raises(ValueError, match="is not an audit id"):
        AuditId.read(text)


def test_audits_stand_in_the_order_of_their_quarters_and_then_of_their_slugs():
    order = ["2019-20-Q4", "2020-21-Q1", "2020-21-Q4", "2020-21-Q4-neglect", "2020-21-Q4-youth", "2021-22-Q1"]
    assert [str(each) for each in sorted(map(AuditId.read, reversed(order)))] == order


def test_a_reader_sees_the_quarter_first():
    assert AuditId.read("2020-21-Q4-early-help").label == "Q4 2020-21 early help"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2012-02-29", date(2012, 2, 29), date(2012, 2, 29)),
    ],
)
def test_a_date_is_every_day_it_may_mean(text, first, last):
    found = ShortDate.read(text)
    assert (found.first, found.last, str(found)) == (first, last, text)


@pytest.mark.parametrize(
    "text", ["12", "2012-2", "2012-13", "2013-02-29", "2012-02-29T10:00", "20120229", "Spring 2012", ""]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):
        ShortDate.read(text)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("2025-26-q1", "2025-26-Q1"),
        ("Q1 2025/26", "2025-26-Q1"),
        ("2025/2026 Q1", "2025-26-Q1"),
        ("2025-26-Q1-Neglect_2", "2025-26-Q1-neglect-2"),
    ],
)
def test_an_audit_id_spelt_otherwise_is_told_as_it_has_to_be(text, near):
    with pytest.raises(ValueError, match=f"is not an audit id such as .*Nearest: {near}$"):
        AuditId.read(text)


@pytest.mark.parametrize("text", ["2025-Q1", "Q1-2025", "2025-27-Q1", "2025-26-Q5", "2025-26-T1"])
def test_no_audit_id_is_proposed_where_the_financial_year_or_the_quarter_is_not_said(text):
    with pytest.raises(ValueError, match="or 2020-21-Q4-neglect$"):
        AuditId.read(text)


@pytest.mark.parametrize("text", ["Tuesday 10 June 2025", "Tue 10 June 2025", "tues, 10/06/2025", "TUESDAY 10.6.2025"])
def test_the_name_of_a_weekday_before_a_day_is_nothing(text):
    assert str(ShortDate.read(text)) == "2025-06-10"


@pytest.mark.parametrize("text", ["9/6/25", "9-Jun-25", "Jun-25", "June 25", "09.06.25", "6/25"])
def test_a_year_of_two_digits_is_refused_with_what_to_write(text):
    with pytest.raises(
        ValueError, match="has no year of four digits, and could be read in two ways; write it like 2025"
    ):
        ShortDate.read(text)


@pytest.mark.parametrize("text", ["6/13/2025", "12-31-2025", "02.30.2025"])
def test_a_day_written_month_first_is_refused_and_says_why(text):
    with pytest.raises(ValueError, match="the day comes before the month, and"):
        ShortDate.read(text)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2021, 1, 31), date(2021, 2, 27), 0),
        (date(2021, 1, 31), date(2021, 2, 28), 1),
        (date(2021, 1, 30), date(2021, 2, 28), 1),
        (date(2020, 1, 31), date(2020, 2, 28), 0),
        (date(2021, 2, 28), date(2021, 3, 27), 0),
        (date(2021, 2, 28), date(2021, 3, 28), 1),
        (date(2020, 12, 15), date(2021, 12, 14), 11),
        (date(2020, 12, 15), date(2021, 12, 15), 12),
        (date(2021, 4, 1), date(2021, 4, 30), 0),
    ],
)
def test_a_month_is_complete_on_its_day_or_on_the_last_day_of_a_shorter_month(start, end, months):
    assert completed_months(start, end) == months


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2021-01-01", "2021-03", 2),
        ("2021-01", "2021-03-31", 2),
        ("2021-01", "2021-03", None),
        ("2021-01", "2021-01", 0),
        ("2020", "2021", None),
    ],
)
def test_short_dates_give_months_only_where_every_day_they_may_mean_does(start, end, months):
    assert months_between(ShortDate.read(start), ShortDate.read(end)) == months


@pytest.mark.parametrize(
    ("label", "name"), [("Mixed / Multiple", "mixed_multiple"), ("White", "white"), ("A&E", "a_e")]
)
def test_a_group_is_named_in_lower_snake_case(label, name):
    assert snake(label) == name


def a_variable(type: str, *codes: Code) -> Variable:
    return Variable("x", "X", "case", type, codes)


def test_a_scale_without_good_grades_has_no_good_or_better():
    assert a_variable("grade", Code("up", "Up"), Code("down", "Down")).groups == {}
    assert a_variable("grade", Code("up", "Up", is_good=True), Code("down", "Down")).groups == {
        "good_or_better": ("up",)
    }


def test_a_union_reads_as_a_phrase_and_its_labels_stay_as_they_are_spelt():
    grades = a_variable("grade", Code("o", "Outstanding"), Code("g", "Good"))
    names = a_variable("category", Code("w", "White Irish"), Code("i", "Indian"))
    assert (grades.label_of("o+g"), names.label_of("w+i")) == ("Outstanding or Good", "White Irish or Indian")


@pytest.mark.parametrize("group", ["Not known", "Not stated", "Median", "WBRI"])
def test_a_group_named_like_another_figure_is_refused(tmp_path, group):
    project = write_project(tmp_path)
    codes = tmp_path / "data" / "codebook" / "code_sets" / "ethnicity.csv"
    codes.write_text(f"code,label,group\nwbri,White British,{group}\nmedian_,No,\n")
    with pytest.raises(InputRefused, match="is the name of a code and of a group"):
        read_audits(project)
