"""Tables of what was written and of who took part, and the notices that stand around tables."""

import re

import pytest
from builders import a_case, a_channel, a_finding, a_recommendation, a_tally, an_audit, an_involvement
from lxml import html
from released import a_full_release, cells, released
from tables_made import OF_ONE_AUDIT, made, of_rows, parts_of

from auditbook.reading import tables
from auditbook.reading.display import Collapsed, Note


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


def test_of_many_findings_what_the_analyst_chose_is_seen_first_and_the_rest_unfolds():
    def of(count: int):
        chosen = {count: {"headline": "yes"}}
        return [
            a_finding(f"f{each}", "voice", polarity="strength", **chosen.get(each, {})) for each in range(1, count + 1)
        ]

    seen, folded = parts_of(tables.findings(of_rows(*of(8))))
    assert [row[0].words for row in seen.rows] == ["f8", "f1", "f2", "f3", "f4"]
    assert isinstance(folded, Collapsed) and folded.table.caption == "Strengths: 3 more"
    assert [row[0].words for row in folded.table.rows] == ["f5", "f6", "f7"]
    [whole] = parts_of(tables.findings(of_rows(*of(7))))
    assert len(whole.rows) == 7


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
        ["Parent with mental ill health", "9 of the 12 parents", "–", "9 of the 12 parents"],
        ["Domestic abuse by the father", "8 of the 12 cases", "3 of the 3 cases", "8 of the 12 cases"],
    ]
