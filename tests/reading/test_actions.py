"""Recommendations through time: what became of each, what is one recommendation, and how old it is."""

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

import pytest
from builders import a_finding, a_recommendation, an_audit, write_project
from released import RECORDED, released

from auditbook.build.check import check_audits
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import read_audits
from auditbook.pages.actions_export import format_actions
from auditbook.pages.register import register_text
from auditbook.reading.actions import Action, actions
from auditbook.reading.tables import recommendations as recommendations_table
from auditbook.release.released import Released
from auditbook.validation.problems import InputRefused


def a_quarter(*asked, id: str = "2021-22-Q1", **settings):
    return released(an_audit(*asked, id=id, release=RECORDED, **settings))


def quarters(**asked) -> list[Released]:
    """Audits of one project, which may follow each other: `Q1=[…], Q2=[…]` of 2021-22."""
    with tempfile.TemporaryDirectory() as folder:
        for quarter, parts in asked.items():
            project = write_project(Path(folder), *parts, id=f"2021-22-{quarter}", release=RECORDED)
        return [released(audit) for audit in read_audits(project)]


def standing(*asked, id: str = "2021-22-Q1") -> list[str]:
    return [action.standing for action in actions([a_quarter(*asked, id=id)])]


def by_key(*audits) -> dict[str, Action]:
    return {"/".join(action.key): action for action in actions(audits)}


def test_what_is_overdue_comes_first_then_what_was_never_answered():
    asked = [
        a_recommendation("1", status="done", status_date="2021-06-30"),
        a_recommendation("2", status="in_progress", due="2022-03", status_date="2021-06-30"),
        a_recommendation("3", text="Nobody has said."),
        a_recommendation("4", status="planned", due="2021-05", status_date="2021-06-30"),
    ]
    assert [action.asked.id for action in actions([a_quarter(*asked)])] == ["4", "3", "2", "1"]


def test_ten_stands_behind_two():
    asked = [a_recommendation(number) for number in ("10", "2", "1")]
    assert [action.asked.id for action in actions([a_quarter(*asked)])] == ["1", "2", "10"]


@pytest.mark.parametrize(
    ("status_date", "expected"), [("2021-05-31", "silent"), ("2021-06-01", "overdue"), (None, "silent")]
)
def test_overdue_is_told_by_the_day_of_the_status_and_a_later_day_by_silence(status_date, expected):
    asked = a_recommendation("1", status="in_progress", due="2021-05", status_date=status_date)
    assert standing(asked) == [expected]


def test_what_is_due_on_the_last_day_known_is_still_open():
    assert standing(a_recommendation("1", status="planned", due="2021-06-30")) == ["open"]
    assert standing(a_recommendation("1", status="planned", due="2021-06-29")) == ["silent"]


def statuses(*audits) -> dict[str, tuple[str, str]]:
    """Audit → how many recommendations it calls open, and how many done."""
    ends = ("recommendations.open", "recommendations.done")
    return {str(each.audit_id): tuple(str(each[end].value) if end in each else "" for end in ends) for each in audits}


@pytest.mark.parametrize("status", ["carried_forward", None, "not_stated"])
def test_what_was_carried_forward_or_never_answered_is_unanswered_until_a_later_row_says_more(status):
    first, second = quarters(
        Q1=[a_recommendation("1", status=status)], Q2=[a_recommendation("1", follows="2021-22-Q1/1")]
    )
    found = by_key(first, second)
    assert {key: action.standing for key, action in found.items()} == {"2021-22-Q2/1": "unanswered"}


def test_what_was_carried_forward_and_not_taken_up_is_dropped():
    assert standing(a_recommendation("1", status="carried_forward")) == ["dropped"]


def test_an_open_recommendation_stays_open_when_another_takes_it_up_and_says_nothing_yet():
    audits = quarters(
        Q1=[a_recommendation("1", status="in_progress", due="2021-05", status_date="2021-06")],
        Q2=[a_recommendation("4", follows="2021-22-Q1/1")],
    )
    found = by_key(*audits)
    assert list(found) == ["2021-22-Q2/4"]
    assert (found["2021-22-Q2/4"].standing, str(found["2021-22-Q2/4"].asked.due)) == ("overdue", "2021-05")


DONE_LATER = {
    "Q1": [a_recommendation("1", text="Ask.", owner="police", themes="voice", due="2021-08", status="not_started")],
    "Q2": [a_recommendation("7", follows="2021-22-Q1/1", status="in_progress", impact="Asked twice.")],
    "Q4": [a_recommendation("2", follows="2021-22-Q2/7", status="done", status_date="2022-03-31")],
}


def test_a_recommendation_of_three_quarters_is_one_done_and_as_old_as_its_first_row():
    [action] = actions(quarters(**DONE_LATER))
    assert ("/".join(action.key), action.standing, action.months) == ("2021-22-Q4/2", "done", 9)
    asked = action.asked
    assert (asked.text, asked.owner, asked.impact, action.themes) == ("Ask.", "Police", "Asked twice.", ("voice",))


def test_no_row_of_what_is_done_is_open_in_any_audit_and_one_taken_up_again_is_open_in_all():
    assert statuses(*quarters(**DONE_LATER)) == dict.fromkeys(("2021-22-Q1", "2021-22-Q2", "2021-22-Q4"), ("0", "1"))
    again = DONE_LATER | {"Q4": [a_recommendation("2", follows="2021-22-Q2/7", status="planned")]}
    assert statuses(*quarters(**again)) == dict.fromkeys(("2021-22-Q1", "2021-22-Q2", "2021-22-Q4"), ("1", "0"))


def test_an_audit_read_alone_knows_what_later_audits_say_of_its_recommendations():
    first, *_ = quarters(**DONE_LATER)
    [action] = actions([first])
    assert (action.standing, action.later) == ("done", (("2021-22-Q2", "7"), ("2021-22-Q4", "2")))
    assert "done" in repr(recommendations_table(first)).casefold() and "said in Q4 2021-22" in repr(
        recommendations_table(first)
    )


def test_a_recommendation_done_in_a_live_audit_is_not_open_in_the_published_one_before_it():
    with tempfile.TemporaryDirectory() as folder:
        for (quarter, parts), collection in zip(DONE_LATER.items(), ("published", "live", "live"), strict=True):
            project = write_project(
                Path(folder),
                *parts,
                id=f"2021-22-{quarter}",
                collection=collection,
                release=RECORDED,
                published={"url": "https://example.org"},
            )
        rows = list(csv.DictReader(io.StringIO(format_actions(project, "csv", "published", None))))
    assert [(row["recommendation"], row["standing"], row["taken_up_by"]) for row in rows] == [
        ("1", "done", "2021-22-Q2/7;2021-22-Q4/2")
    ]


SPLIT = {
    "Q1": [a_recommendation("1", status="not_started")],
    "Q2": [
        a_recommendation("1", follows="2021-22-Q1/1", status="done"),
        a_recommendation("2", follows="2021-22-Q1/1", status="planned"),
    ],
}


def test_of_two_rows_that_follow_the_same_one_in_one_audit_the_open_one_counts_for_the_older():
    audits = quarters(**SPLIT)
    assert {key: action.standing for key, action in by_key(*audits).items()} == {
        "2021-22-Q2/1": "done",
        "2021-22-Q2/2": "open",
    }
    assert statuses(*audits) == {"2021-22-Q1": ("1", "0"), "2021-22-Q2": ("1", "1")}


def test_of_two_rows_that_follow_the_same_one_in_different_audits_the_newest_counts_for_all():
    later = a_recommendation("5", follows="2021-22-Q1/1", status="done")
    audits = quarters(Q1=SPLIT["Q1"], Q2=SPLIT["Q2"][1:], Q3=[later])
    assert {key: action.standing for key, action in by_key(*audits).items()} == {"2021-22-Q3/5": "done"}
    assert statuses(*audits)["2021-22-Q2"] == ("0", "1")


@pytest.mark.parametrize(
    ("asked", "audit", "told"),
    [
        (
            SPLIT,
            "2021-22-Q2",
            "recommendations.csv: 1 and 2 follow 2021-22-Q1/1; one recommendation goes on in one row an audit: empty "
            "“follows” in all but one of them.",
        ),
        (
            {**SPLIT, "Q2": SPLIT["Q2"][:1], "Q3": [a_recommendation("5", follows="2021-22-Q1/1")]},
            "2021-22-Q3",
            "recommendations.csv: 5 follows 2021-22-Q1/1, which 2021-22-Q2/1 follows too; one recommendation goes on "
            "in one row an audit: follow 2021-22-Q2/1 instead.",
        ),
    ],
)
def test_check_warns_once_of_two_rows_that_follow_the_same_one(asked, audit, told):
    with tempfile.TemporaryDirectory() as folder:
        for quarter, parts in asked.items():
            project = write_project(Path(folder), *parts, id=f"2021-22-{quarter}", release=RECORDED)
        number, warnings = check_audits(project, None)
    assert (number, warnings) == (len(asked), [{"audit": audit, "text": told}])


@pytest.mark.parametrize(("cells", "rule"), [({"status": "finished"}, "V01"), ({"status_date": "soon"}, "V04")])
def test_an_audit_whose_follow_up_cannot_be_read_is_refused_even_when_read_alone(cells, rule):
    with tempfile.TemporaryDirectory() as folder:
        write_project(Path(folder), a_recommendation("1", status="planned"))
        later = a_recommendation("1", follows="2021-22-Q1/1", **cells)
        project = write_project(Path(folder), later, id="2021-22-Q2")
        with pytest.raises(InputRefused) as refused:
            read_audits(project, [AuditId.read("2021-22-Q1")])
    [refusal] = refused.value.refusals
    assert (refusal.rule, refusal.place.file) == (rule, "data/audits/2021-22-Q2/recommendations.csv")


def test_a_recommendation_that_only_shares_its_number_with_another_is_its_own():
    audits = quarters(Q1=[a_recommendation("1", status="planned")], Q2=[a_recommendation("1", status="done")])
    assert len(actions(audits)) == 2
    assert statuses(*audits) == {"2021-22-Q1": ("1", "0"), "2021-22-Q2": ("0", "1")}


A_THREAD = {
    "Q1": [a_recommendation("1", follows="outside: a review", status="carried_forward", status_date="2021-08")],
    "Q2": [a_recommendation("2", follows="2021-22-Q1/1")],
    "Q3": [a_recommendation("3", follows="2021-22-Q2/2")],
}


def test_a_thread_leads_back_to_its_beginning_outside_of_the_audits():
    found = by_key(*reversed(quarters(**A_THREAD)))["2021-22-Q3/3"]
    assert found.earlier == (("2021-22-Q2", "2"), ("2021-22-Q1", "1"))
    assert found.outside == "a review"


def test_an_earlier_recommendation_that_is_not_in_this_book_is_named_without_a_link():
    *_, only = quarters(**A_THREAD)
    assert by_key(only)["2021-22-Q3/3"].earlier == (("2021-22-Q2", "2"),)
    assert "Takes up again\n: Recommendation 2 of Q2 2021\\-22\n" in register_text([only])


@pytest.mark.parametrize(
    ("status", "status_date", "age"),
    [
        ("done", "2021-09-29", "2 months"),
        ("done", "2021-09-30", "3 months"),
        ("abandoned", "2021-07-30", "1 month"),
        ("done", "2021-05-01", "less than a month"),
        ("done", None, ""),
        ("in_progress", "2021-07-31", "9 months"),
    ],
)
def test_age_runs_from_the_quarters_end_until_it_was_closed_else_to_the_last_day_known(status, status_date, age):
    first = a_quarter(a_recommendation("1", status=status, status_date=status_date))
    found = by_key(first, a_quarter(id="2021-22-Q4"))["2021-22-Q1/1"]
    assert found.as_of == date(2022, 3, 31)
    assert found.age == age


@pytest.mark.parametrize(
    ("status", "status_date", "words"),
    [
        ("done", "2021-09-29", "Asked in Q1 2021-22, done in Q2 2021-22"),
        ("done", "2022-01-02", "Asked in Q1 2021-22, done in Q4 2021-22"),
        ("abandoned", "2021-05-01", "Asked and abandoned in Q1 2021-22"),
        ("done", "2021", "Asked in Q1 2021-22, done in 2021"),
        ("done", None, "Asked in Q1 2021-22, done"),
        ("in_progress", "2021-07-31", "Asked in Q1 2021-22, after 9 months still open"),
        (None, None, "Asked in Q1 2021-22, after 9 months never answered"),
    ],
)
def test_the_time_of_a_recommendation_is_told_by_its_quarters(status, status_date, words):
    first = a_quarter(a_recommendation("1", status=status, status_date=status_date))
    assert by_key(first, a_quarter(id="2021-22-Q4"))["2021-22-Q1/1"].lifetime == words


def test_against_today_what_is_open_after_its_day_is_overdue_and_else_nobody_has_said_so():
    figures = a_quarter(a_recommendation("1", status="planned", status_date="2021-06-01", due="2021-09"))
    standings = {
        (day, is_today): actions([figures], day, is_today)[0].standing
        for day in (date(2021, 9, 30), date(2021, 10, 1))
        for is_today in (False, True)
    }
    assert [*standings.values()] == ["open", "open", "silent", "overdue"]


@pytest.mark.parametrize(("day", "standing"), [("2021-09-30", "open"), ("2021-10-01", "overdue")])
def test_nothing_is_overdue_on_an_earlier_day_than_its_day_due_whatever_was_said_since(day, standing):
    figures = a_quarter(a_recommendation("1", status="in_progress", status_date="2022-01-31", due="2021-09-30"))
    assert actions([figures], date.fromisoformat(day))[0].standing == standing


def test_a_status_after_the_last_quarter_moves_the_last_day_known():
    first = a_quarter(a_recommendation("1"), a_recommendation("2", status="done", status_date="2021-08"))
    assert by_key(first)["2021-22-Q1/1"].as_of == date(2021, 8, 31)


def test_themes_are_its_own_and_those_of_the_findings_it_answers():
    figures = a_quarter(a_finding("f1", "fathers;voice"), a_recommendation("1", themes="voice", findings="f1"))
    assert actions([figures])[0].themes == ("voice", "fathers")
