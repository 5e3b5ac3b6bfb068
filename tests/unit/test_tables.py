"""Tables of released figures: plain, accessible, and never more than what was released."""

import re
from dataclasses import replace

import pytest
from builders import (
    a_case,
    a_channel,
    a_finding,
    a_grade,
    a_recommendation,
    a_tally,
    a_variable,
    an_audit,
    an_involvement,
)
from lxml import html
from released import RECORDED, a_full_audit, a_full_release, an_audit_with_few, cells, released

from auditbook.measures.counts import Counts
from auditbook.measures.every import audit_measures
from auditbook.reading import tables
from auditbook.reading.display import Cell, Note, Table, Together
from auditbook.release.released import Released, release
from auditbook.words.refusals import ReleaseRefused

OF_AUDITS = ("flag_trends", "theme_directions", "theme_trends")
OF_ONE_AUDIT = sorted(set(tables.__all__) - set(OF_AUDITS) - {"page_notes", "pooled_audits"})


def made(name: str, *figures: Released):
    return getattr(tables, name)(figures if name in OF_AUDITS else figures[0])


def parts_of(display) -> list:
    return list(display.parts) if isinstance(display, Together) else [display]


def every_table(profile: str = "recorded") -> list[Table]:
    figures = a_full_release(profile), a_full_release(profile, id="2021-22-Q2")
    names = [*OF_ONE_AUDIT, *OF_AUDITS, "page_notes"]
    parts = [part for name in names for part in parts_of(made(name, *figures))]
    return [part for part in parts if isinstance(part, Table)]


def of_rows(*parts, profile: str = "recorded", **settings) -> Released:
    return released(an_audit(*parts, **{"release": RECORDED, **settings}), profile)


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


def test_a_withheld_count_is_a_c_that_is_explained():
    plans = ["cp"] * 3 + ["closed"] * 2 + ["cin"] * 9
    table = tables.categories(of_rows(*(a_case(f"C{n}", plan=plan) for n, plan in enumerate(plans)), profile="strict"))
    assert cells(table._repr_html_()) == [
        ["Category", "Number"],
        ["Child in need", "9"],
        ["Child protection", "c"],
        ["Closed", "c"],
    ]
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
        ["Parent with mental ill health", "1", "1", "0", "0", "–", "2 people"],
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
    assert [row[1].words for row in table.rows] == ["3", "2"]


def test_bases_that_differ_are_said_with_each_figure():
    table = tables.categories(of_rows(a_tally("plan", "cp", 3, base=5), a_tally("plan", "cin", 2)))
    assert [row[1].words for row in table.rows] == ["3 of the 5 cases", "2 cases"]


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
    assert tables.numbers(figures).rows[0][1].words == "0 to 2 months: 7; 3 months and above: 9"


def test_the_text_of_a_finding_that_names_a_case_is_withheld_where_counts_are():
    parts = [a_case("A"), a_finding("f1", "voice", case="A", polarity="strength", text="About one family.")]
    assert "About one family." in repr(tables.findings(of_rows(*parts)))
    assert "About one family." not in tables.findings(of_rows(*parts, profile="strict"))._repr_html_()


def test_findings_stand_apart_as_strengths_developments_and_reflections():
    parts = [
        a_channel("scrutiny"),
        a_finding("f1", "voice", polarity="strength"),
        a_finding("f2", "voice", polarity="development"),
        a_finding("f3", "voice"),
        a_finding("r1", "voice", channel="scrutiny", polarity="development"),
    ]
    captions = [table.caption for table in parts_of(tables.findings(of_rows(*parts)))]
    assert captions == [
        "Strengths",
        "Areas for development",
        "Findings, neither strength nor area for development",
        "Reflections on the audit itself",
    ]


def test_the_base_of_an_agency_is_the_cases_in_which_it_was_involved():
    rows = [an_involvement("police", state, case) for case, state in (("A", "returned"), ("B", "not_involved"))]
    table = tables.agencies(of_rows(a_case("A"), a_case("B"), *rows))
    assert cells(table._repr_html_()) == [
        ["Agency", "Not involved", "Returned", "Of"],
        ["Police", "1", "1", "1 case in which it was involved"],
    ]


def test_a_partial_list_of_agencies_says_so():
    rows = [an_involvement("police", "returned")]
    assert "Not every agency" in repr(tables.replies(of_rows(*rows)))
    assert "Not every agency" not in repr(tables.replies(of_rows(*rows, involvement="complete")))


def test_the_register_says_in_words_whom_when_and_what_it_follows():
    table = tables.recommendations(
        of_rows(
            a_recommendation(
                "1",
                text="Train.",
                owner="police",
                assured_by="schools",
                assured_to="The board",
                due="2022-03",
                status="in_progress",
                status_date="2022-01-07",
                follows="outside: a review of 2019",
            )
        )
    )
    assert cells(table._repr_html_())[1] == [
        "1",
        "Train.",
        "Police",
        "by Schools to The board",
        "March 2022",
        "In progress, 7 January 2022",
        "a review of 2019",
    ]
    assert table.notes == ("Not recorded for any of them: evidence of impact.",)


def test_rows_of_long_text_stay_a_table_where_they_become_blocks():
    table = tables.recommendations(a_full_release())
    page = html.fromstring(table._repr_html_())
    assert [cell.get("data-label") for cell in page.iter("td")][:2] == ["Recommendation", "Kind"]
    roles = {element.tag: element.get("role") for element in page.iter("table", "tbody", "tr", "td")}
    assert roles == {"table": "table", "tbody": "rowgroup", "tr": "row", "td": "cell"}


def test_a_table_that_may_be_too_wide_can_be_reached_by_keyboard():
    audits = [a_full_release(id=f"2021-22-Q{quarter}") for quarter in (1, 2, 3)]
    page = html.fromstring(tables.theme_trends(audits)._repr_html_())
    region = page if page.get("role") == "region" else page.find(".//div[@role='region']")
    assert region.get("tabindex") == "0"
    assert region.get("aria-labelledby") == page.find(".//caption").get("id")


HOSTILE = '<script>alert("1")</script>'


def test_text_of_the_data_stays_text():
    figures = of_rows(a_recommendation("1", text=HOSTILE), a_finding("f", "voice", text=HOSTILE))
    for name in ("recommendations", "findings"):
        markup = made(name, figures)._repr_html_()
        assert "<script" not in markup
        assert HOSTILE in [cell for row in cells(markup) for cell in row]


@pytest.mark.parametrize("name", OF_ONE_AUDIT)
def test_where_nothing_was_recorded_there_is_one_sentence(name):
    note = made(name, released(an_audit(), "strict"))
    assert isinstance(note, Note)
    assert re.fullmatch(r"This audit[^.]+\.", repr(note))


def test_notices_say_how_the_figures_were_released():
    assert repr(tables.page_notes(of_rows())) == (
        "Synthetic data: made up to demonstrate, no real child.\nTrue counts, published by a recorded decision."
    )


def test_internal_figures_are_marked_as_not_for_publication():
    notices = tables.page_notes(of_rows(profile="internal", collection="live"))
    assert "Internal: not for publication." in repr(notices)
    assert "ab-internal" in notices._repr_html_()
    assert "Synthetic" not in repr(notices)


def test_the_warnings_of_an_audit_stand_among_its_notices():
    notices = tables.page_notes(of_rows(a_tally("plan", "cp", 7, base=5)))
    assert "plan.cp: this part is above its base: 7 of 5." in repr(notices)
    assert 'class="ab-notice ab-warning"' in notices._repr_html_()


def test_notices_of_several_audits_say_which_was_released_how():
    audits = [a_full_release(id="2021-22-Q1"), a_full_release("strict", id="2021-22-Q2")]
    assert repr(tables.page_notes(audits)).split("\n") == [
        "Synthetic data: made up to demonstrate, no real child.",
        "Q1 2021-22: True counts, published by a recorded decision.",
        "Q2 2021-22: Counts from 1 to 5 of children, families and cases are withheld.",
    ]


def test_each_audit_is_a_column_and_what_it_did_not_record_a_dash():
    first = a_full_release(id="2021-22-Q1")
    second = of_rows(*(a_case(f"C{n}", abuse_by_father="yes") for n in range(3)), id="2021-22-Q2")
    third = a_full_release(id="2021-22-Q3")
    assert cells(tables.flag_trends([third, first, second])._repr_html_().replace("<br>", " ")) == [
        ["What was asked", "Q1 2021-22", "Q2 2021-22", "Q3 2021-22"],
        ["Parent with mental ill health", "9 of the 12 people", "–", "9 of the 12 people"],
        ["Domestic abuse by the father", "8 of the 12 cases", "3 of the 3 cases", "8 of the 12 cases"],
    ]
