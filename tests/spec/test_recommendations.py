"""How recommendations are counted, and what became of them."""

from builders import a_recommendation, a_tally, no_rows
from spec.rules import NOT_LISTED, given, gives, rule

from auditbook.measures.recommendations import is_overdue, recommendations

SECTION = "Recommendations"
INTRODUCTION = """
The base of every figure about recommendations is their total. A status is as good as the day it was recorded.
"""
CODE = (recommendations, is_overdue)


@rule
def test_a_recommendation_is_open_until_it_is_done_abandoned_or_carried_forward():
    """Not started, planned and in progress are open."""
    return given(
        a_recommendation("1", status="not_started", kind="action"),
        a_recommendation("2", status="planned", kind="assurance"),
        a_recommendation("3", status="in_progress", kind="consider"),
        a_recommendation("4", status="done", kind="assurance"),
        a_recommendation("5", status="abandoned", kind="action"),
        a_recommendation("6", status="carried_forward", kind="action"),
    ), gives(
        {
            "recommendations.total": "6 recommendations",
            "recommendations.open": "3 of 6 recommendations",
            "recommendations.done": "1 of 6 recommendations",
            "recommendations.assurance": "2 of 6 recommendations",
            "recommendations.not_stated": "0 of 6 recommendations",
        }
    )


@rule
def test_a_recommendation_is_overdue_when_it_was_open_after_the_last_day_it_was_due():
    """Due in June means until 30 June; the day counts on which the status was recorded, not today."""
    return given(
        a_recommendation("1", status="planned", due="2021-06", status_date="2021-07-01"),
        a_recommendation("2", status="planned", due="2021-06", status_date="2021-06-30"),
        a_recommendation("3", status="in_progress", due="2021-06-30", status_date="2021-06-30"),
        a_recommendation("4", status="done", due="2021-06", status_date="2021-09-01"),
        a_recommendation("5", status="not_started", due="2021", status_date="2022-01"),
    ), gives({"recommendations.overdue": "2 of 5 recommendations", "recommendations.open": "4 of 5 recommendations"})


@rule
def test_whether_an_open_recommendation_without_a_due_date_is_overdue_is_not_known():
    """Those that can be told are counted, and the figure is at least so many."""
    return given(
        a_recommendation("1", status="planned", due="2021-05", status_date="2021-07"),
        a_recommendation("2", status="planned"),
        a_recommendation("3", status="done"),
    ), gives({"recommendations.overdue": "at least 1 of 3 recommendations"})


@rule
def test_where_only_some_recommendations_have_a_status_it_is_at_least():
    """What is not stated is counted exactly."""
    return given(
        a_recommendation("1", status="done"), a_recommendation("2"), a_recommendation("3", status="not_stated")
    ), gives(
        {
            "recommendations.done": "at least 1 of 3 recommendations",
            "recommendations.open": NOT_LISTED,
            "recommendations.not_stated": "2 of 3 recommendations",
        }
    )


@rule
def test_where_no_recommendation_has_a_status_only_that_is_said():
    """A briefing that makes four recommendations does not say that none is done."""
    return given(a_recommendation("1"), a_recommendation("2", status="not_stated")), gives(
        {
            "recommendations.total": "2 recommendations",
            "recommendations.open": NOT_LISTED,
            "recommendations.done": NOT_LISTED,
            "recommendations.overdue": NOT_LISTED,
            "recommendations.assurance": NOT_LISTED,
            "recommendations.not_stated": "2 of 2 recommendations",
        }
    )


@rule
def test_a_recommendation_that_later_audits_follow_has_the_status_of_its_newest_row():
    """It is one recommendation: done in the newest audit, it is open in none, also not in the audit that made it."""
    return given(
        a_recommendation("1", due="2021-08", status="not_started"),
        a_recommendation("2", status="planned"),
        later={
            "2021-22-Q2": [a_recommendation("5", status="in_progress", follows="2021-22-Q1/1")],
            "2021-22-Q3": [a_recommendation("1", status="done", status_date="2021-12-10", follows="2021-22-Q2/5")],
        },
    ), gives(
        {
            "recommendations.total": "2 recommendations",
            "recommendations.open": "1 of 2 recommendations",
            "recommendations.done": "1 of 2 recommendations",
        }
    )


@rule
def test_a_newer_row_without_a_status_does_not_take_away_what_was_said():
    """Status and day due are those stated last. What was carried forward is not stated until a later row says more."""
    return given(
        a_recommendation("1", due="2021-05", status="planned", status_date="2021-06-30"),
        a_recommendation("2", status="carried_forward"),
        later={
            "2021-22-Q2": [
                a_recommendation("1", follows="2021-22-Q1/1"),
                a_recommendation("2", follows="2021-22-Q1/2"),
            ]
        },
    ), gives(
        {
            "recommendations.open": "at least 1 of 2 recommendations",
            "recommendations.overdue": "at least 1 of 2 recommendations",
            "recommendations.not_stated": "1 of 2 recommendations",
        }
    )


@rule
def test_a_list_without_recommendations_says_nothing():
    """A header alone is how every list begins. No figure says that none was made."""
    return given(no_rows("recommendations.csv")), gives(
        {"recommendations.total": NOT_LISTED, "recommendations.open": NOT_LISTED}
    )


@rule
def test_overdue_is_listed_only_where_a_recommendation_has_a_due_day_and_a_status():
    """Of recommendations without a day nobody can be late, and without a status nobody knows."""
    return given(
        a_recommendation("1", status="done"),
        a_recommendation("2", status="in_progress", status_date="2021-07-01"),
        a_recommendation("3", due="2021-06-01"),
    ), gives({"recommendations.total": "3 recommendations", "recommendations.overdue": NOT_LISTED})


@rule
def test_published_totals_of_recommendations_are_shown_as_printed():
    """What the source leaves out is not listed."""
    return given(a_tally("recommendations", "total", 12), a_tally("recommendations", "done", 9, base=12)), gives(
        {
            "recommendations.total": "12 recommendations",
            "recommendations.done": "9 of 12 recommendations",
            "recommendations.open": NOT_LISTED,
        }
    )
