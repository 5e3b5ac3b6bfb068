"""Tables of released figures: plain, accessible, and never more than what was released."""

from dataclasses import replace

import pytest
from builders import (
    a_case,
    a_grade,
    a_tally,
    a_variable,
)
from lxml import html
from released import a_full_audit, a_full_release, an_audit_with_few, cells, released
from tables_made import OF_AUDITS, OF_ONE_AUDIT, every_table, made, of_rows

from auditbook.measures.all_measures import audit_measures
from auditbook.measures.counts import Counts
from auditbook.reading import tables
from auditbook.reading.display import Cell, Table
from auditbook.release.released import release
from auditbook.validation.problems import ReleaseRefused


@pytest.mark.parametrize("name", tables.__all__)
def test_no_table_lists_exact_counts(name):
    counts = audit_measures(a_full_audit())
    for given in (counts, [counts]):
        with pytest.raises(ReleaseRefused, match="only released figures"):
            getattr(tables, name)(given if name not in OF_AUDITS else [counts])


@pytest.mark.parametrize("profile", ["recorded", "strict"])
def test_the_text_of_a_table_is_what_its_cells_say(profile):
    for table in every_table(profile):
        caption, *lines = repr(table).split("\n")
        rows = [line.split(" | ") for line in lines[: len(table.rows) + 1]]
        found = cells(table._repr_html_().replace("<br>", " "))
        assert found == rows
        assert html.fromstring(f"<div>{table._repr_html_()}</div>").findtext(".//caption") == caption


def test_every_table_has_a_caption_headings_with_scope_and_no_empty_heading():
    listed = every_table()
    assert len(listed) > 15
    for table in listed:
        page = html.fromstring(f"<div>{table._repr_html_()}</div>")
        assert page.findtext(".//caption")
        assert {head.get("scope") for head in page.iterfind(".//thead//th")} == {"col"}
        assert [row[0].get("scope") for row in page.iterfind(".//tbody/tr")] == ["row"] * len(table.rows)
        assert all(head.text_content().strip() for head in page.iter("th"))
        assert not page.xpath("//@style")


def test_numbers_stand_at_the_right_and_words_at_the_left():
    table = Table("Caption", ("Head", "Number"), ((Cell("A"), Cell("4", True)), (Cell("B"), Cell("“a phrase”"))))
    page = html.fromstring(table._repr_html_())
    assert [cell.get("class") for cell in page.iter("td")] == ["ab-number", None]


@pytest.mark.parametrize("name", [*OF_ONE_AUDIT, *OF_AUDITS, "page_notes"])
def test_a_withheld_count_of_one_reads_like_one_of_five(name):
    one, five = (released(an_audit_with_few(few), "strict") for few in (1, 5))
    assert made(name, one)._repr_html_() == made(name, five)._repr_html_()


def test_a_withheld_count_beside_a_shown_one_is_a_c_that_is_explained():
    answers = ["yes"] * 9 + ["no"] * 3 + ["not_known"] * 2
    cases = [a_case(f"C{number}", abuse_by_father=answer) for number, answer in enumerate(answers)]
    table = tables.flags(of_rows(*cases, profile="strict"))
    assert [cell.words for cell in table.rows[0]][1:3] == ["9", "c"]
    assert table.notes[0].startswith("c: withheld")


@pytest.mark.parametrize("name", ["flags", "categories", "grades", "numbers"])
def test_one_figure_that_moved_changes_text_and_markup(name):
    audit = a_full_audit()
    counts = audit_measures(audit)
    moved = {"abuse_by_father.yes", "plan.cp", "grade.overall.good", "months_open.median"}
    altered = [replace(each, numerator=9, value=9) if each.id in moved else each for each in counts]
    before, after = released(audit), release(Counts(tuple(altered)), audit, "recorded")
    assert repr(made(name, before)) != repr(made(name, after))
    assert made(name, before)._repr_html_() != made(name, after)._repr_html_()


def test_what_is_not_recorded_is_a_dash_that_is_explained():
    yes_only = a_tally("abuse_by_father", "yes", 4, base=5)
    rows = [a_case("A", carer_ill="yes"), a_case("B", carer_ill="no")]
    table = tables.flags(of_rows(*rows, a_tally("signed_off", "yes", 4, base=5)))
    assert cells(table._repr_html_())[1:] == [
        ["Parent with mental ill health", "1", "1", "0", "0", "–", "2 children"],
        ["Signed off by a manager", "4", "–", "–", "–", "1", "5 returns"],
    ]
    assert "–: not recorded." in table.notes
    assert "–" not in repr(tables.flags(of_rows(yes_only)))


def test_a_column_without_anything_in_it_is_left_out():
    table = tables.flags(of_rows(a_tally("abuse_by_father", "yes", 5, precision="at_least")))
    assert table.columns == ("What was asked", "Yes", "Of")


def test_a_base_is_said_once_where_all_have_the_same():
    table = tables.categories(of_rows(a_tally("plan", "cp", 3, base=5), a_tally("plan", "cin", 2, base=5)))
    assert table.caption == "Plan, of 5 cases"
    assert [row[1].words for row in table.rows] == ["2", "3"]


def test_bases_that_differ_are_said_with_each_figure():
    table = tables.categories(of_rows(a_tally("plan", "cp", 3, base=5), a_tally("plan", "cin", 2)))
    assert [row[1].words for row in table.rows] == ["2 cases", "3 of the 5 cases"]


def test_a_bound_a_percentage_and_a_phrase_are_written_as_what_they_are():
    table = tables.categories(
        of_rows(
            a_tally("plan", "cp", 5, precision="at_least"),
            a_tally("plan", "cin", percent=65, precision="percent_only"),
            a_tally("plan", "closed", precision="qualitative", statement="a few"),
        )
    )
    assert [row[1].words for row in table.rows] == ["65%", "at least 5", "“a few”"]
    assert table.caption == "Plan, base not stated"


def test_every_zero_is_named_below_the_table():
    table = tables.categories(of_rows(*(a_case(f"C{n}", plan="cp") for n in range(5))))
    assert table.notes == ("Counted, and none found: Child in need, Closed, not known and not recorded.",)


def test_many_zeros_are_folded_and_all_named():
    codes = ";".join(f"z{number}=Code {number}" for number in range(8))
    rows = [a_case("A", many="z0"), a_variable("many", values=codes)]
    table = tables.categories(of_rows(*rows))
    folded = html.fromstring(f"<div>{table._repr_html_()}</div>").find("details")
    assert folded.findtext("summary") == "Counted, and none found: 7 other values, not known and not recorded."
    assert folded.text_content().endswith("Code 1; Code 2; Code 3; Code 4; Code 5; Code 6; Code 7.")
    assert "Code 7." in repr(table)


def test_groups_are_told_beside_their_codes():
    figures = of_rows(*(a_case(f"C{n}", ethnicity=code) for n, code in enumerate(["WBRI", "WIRI", "AIND"])))
    assert "In groups: White 2 and Asian 1." in repr(tables.categories(figures))


def test_grades_name_what_is_good_or_better():
    figures = of_rows(a_case("A"), a_grade("overall", "good", case="A"))
    assert tables.grades(figures).notes == ("Good or better: 1 of the 1 case.",)


def test_numbers_are_listed_with_median_and_base():
    figures = of_rows(*(a_case(f"C{n}", months_open=months) for n, months in enumerate([2, 4, 4, 11])))
    assert cells(tables.numbers(figures)._repr_html_())[1] == [
        "Months open",
        "2, 4, 4 and 11",
        "4",
        "5.3",
        "2",
        "11",
        "4 cases",
    ]


def test_single_numbers_that_may_not_be_listed_are_not():
    table = tables.numbers(a_full_release("strict"))
    assert "Numbers" not in table.columns
    assert any(note.startswith("Single numbers are not listed") for note in table.notes)


def test_numbers_that_may_not_be_listed_are_told_in_bands():
    months = [1] * 7 + [4] * 8 + [9]
    figures = of_rows(*(a_case(f"C{n}", months_open=each) for n, each in enumerate(months)), profile="strict")
    assert tables.numbers(figures).rows[0][1].words == "0 to 2 months: 7; 3 months or more: 9"
