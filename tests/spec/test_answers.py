"""How agencies' answers to the questions of an audit tool are counted."""

from builders import a_case, a_question, a_tally, an_answer, an_involvement
from spec.rules import NOT_LISTED, given, gives, is_refused, rule

from auditbook.measures.answers import (
    agreement,
    agreement_frequency,
    answer_frequency,
    answers,
    answers_given,
    questions_asked,
)

SECTION = "What agencies answered"
INTRODUCTION = """
An agency is asked a question once for each case that its rows of involvement name, unless it was not involved, did not
know the family or was never invited; some questions it is asked once in the audit. The base is what was asked.
"""
CODE = (answers, answers_given, answer_frequency, questions_asked, agreement, agreement_frequency)

CASES = [a_case("A1", lead="police"), a_case("A2", lead="schools")]
ASKED = [an_involvement(agency, "returned", case) for agency in ("police", "schools") for case in ("A1", "A2")]


@rule
def test_the_base_is_every_answer_that_was_asked_for():
    """Two agencies are asked about two cases; what one of them left out is not answered, and stays in the base."""
    return given(
        *CASES,
        *ASKED,
        a_question("seen"),
        an_answer("police", "seen", "yes", case="A1"),
        an_answer("police", "seen", "no", case="A2"),
        an_answer("schools", "seen", "yes", case="A1"),
    ), gives(
        {
            "answer.seen.yes": "2 of 4 answers",
            "answer.seen.no": "1 of 4 answers",
            "answer.seen.not_known": "0 of 4 answers",
            "answer.seen.not_answered": "1 of 4 answers",
            "answer.seen.police.yes": "1 of 2 cases",
            "answer.seen.police.not_answered": "0 of 2 cases",
            "answer.seen.schools.yes": "1 of 2 cases",
            "answer.seen.schools.not_answered": "1 of 2 cases",
            "asked.seen.agencies": "2 agencies",
            "asked.seen.cases": "2 of 2 cases",
        }
    )


@rule
def test_who_was_not_involved_is_not_asked_and_not_applicable_leaves_the_base():
    """Of three agencies one was not involved, and to one the question does not apply."""
    return given(
        a_case("A1"),
        an_involvement("police", "returned", "A1"),
        an_involvement("schools", "returned", "A1"),
        an_involvement("hospital", "not_involved", "A1"),
        a_question("seen"),
        an_answer("police", "seen", "yes", case="A1"),
        an_answer("schools", "seen", "not_applicable", case="A1"),
    ), gives(
        {
            "answer.seen.yes": "1 of 1 answers",
            "answer.seen.not_answered": "0 of 1 answers",
            "answer.seen.schools.not_answered": NOT_LISTED,
            "answer.seen.hospital.not_answered": NOT_LISTED,
            "asked.seen.agencies": "2 agencies",
        }
    )


@rule
def test_the_answer_after_moderation_counts():
    """The panel read a grade another way; the first is kept, and counted nowhere but in whether agencies agree."""
    return given(
        a_case("A1"),
        a_case("A2"),
        an_involvement("police", "moderated", "A1"),
        an_involvement("police", "moderated", "A2"),
        a_question("risk", type="grade", values="@ofsted"),
        an_answer("police", "risk", "good", case="A1", moderated="inadequate"),
        an_answer("police", "risk", "outstanding", case="A2"),
    ), gives(
        {
            "answer.risk.outstanding": "1 of 2 cases",
            "answer.risk.good": "0 of 2 cases",
            "answer.risk.inadequate": "1 of 2 cases",
            "answer.risk.good_or_better": "1 of 2 cases",
            "answer.risk.not_answered": "0 of 2 cases",
            "answer.risk.police.good": NOT_LISTED,
            "agreement.risk.same": NOT_LISTED,
        }
    )


@rule
def test_where_each_case_is_asked_about_once_the_base_is_the_cases():
    """The lead agency is asked about its own cases: one answer a case."""
    return given(
        *CASES,
        *ASKED,
        a_question("risk", type="grade", values="@met", asked_of="lead"),
        an_answer("police", "risk", "met", case="A1"),
        an_answer("schools", "risk", "not_met", case="A2"),
    ), gives(
        {
            "answer.risk.met": "1 of 2 cases",
            "answer.risk.not_met": "1 of 2 cases",
            "answer.risk.police.met": "1 of 1 cases",
        }
    )


@rule
def test_what_is_asked_once_in_the_audit_is_of_agencies():
    """Agencies are not people: such answers are shown as they are."""
    return given(
        *CASES,
        *ASKED,
        an_involvement("hospital", "declined"),
        a_question("trained", type="count", per="audit"),
        an_answer("police", "trained", 12),
        an_answer("schools", "trained", 4),
    ), gives(
        {
            "answer.trained.4": "1 of 3 agencies",
            "answer.trained.12": "1 of 3 agencies",
            "answer.trained.not_answered": "1 of 3 agencies",
            "answer.trained.median": "8 each, from 2 of 3 agencies",
            "asked.trained.agencies": "3 agencies",
            "asked.trained.cases": NOT_LISTED,
        }
    )


@rule
def test_several_codes_each_may_overlap():
    """Two agencies got the plan and one of them the minutes too."""
    return given(
        a_case("A1"),
        an_involvement("police", "returned", "A1"),
        an_involvement("schools", "returned", "A1"),
        a_question("papers", type="multi", values="plan=The plan;minutes=The minutes"),
        an_answer("police", "papers", "plan;minutes", case="A1"),
        an_answer("schools", "papers", "plan", case="A1"),
    ), gives({"answer.papers.plan": "2 of 2 answers", "answer.papers.minutes": "1 of 2 answers"})


@rule
def test_of_a_text_is_counted_that_there_is_one():
    """What it says stays inside."""
    return given(
        *CASES,
        *ASKED,
        a_question("changed", type="text", asked_of="lead"),
        an_answer("police", "changed", "Less fear at home.", case="A1"),
    ), gives({"answer.changed.answered": "1 of 2 cases", "answer.changed.not_answered": "1 of 2 cases"})


@rule
def test_a_question_that_nobody_answered_was_not_asked_in_this_audit():
    """The codebook's questions grow from audit to audit; no figure says 0 of what was not asked yet."""
    return given(
        *CASES,
        *ASKED,
        a_question("seen"),
        a_question("heard"),
        an_answer("police", "seen", "yes", case="A1"),
    ), gives({"answer.seen.yes": "1 of 4 answers", "answer.heard.yes": NOT_LISTED, "asked.heard.agencies": NOT_LISTED})


@rule
def test_agencies_agree_where_all_that_answered_about_a_case_said_the_same():
    """Of three cases two have answers of two agencies or more; not known is no answer to compare."""
    rows = [an_involvement(agency, "returned", case) for agency in ("police", "schools") for case in ("A1", "A2", "A3")]
    given_answers = {"A1": ("yes", "yes"), "A2": ("yes", "no"), "A3": ("yes", "not_known")}
    return given(
        a_case("A1"),
        a_case("A2"),
        a_case("A3"),
        *rows,
        a_question("seen"),
        *(
            an_answer(agency, "seen", answer, case=case)
            for case, own in given_answers.items()
            for agency, answer in zip(("police", "schools"), own, strict=True)
        ),
    ), gives({"agreement.seen.same": "1 of 2 cases", "agreement.seen.different": "1 of 2 cases"})


@rule
def test_published_totals_of_a_question_are_tallied_under_its_id():
    """What a partnership printed of a question without rows, with the base that it gives."""
    return given(
        a_question("trained", type="flag", per="audit"),
        a_tally("answer.trained", "yes", 9, base=12, base_label="agencies"),
    ), gives({"answer.trained.yes": "9 of 12 agencies", "answer.trained.not_stated": "3 of 12 agencies"})


@rule
def test_a_total_of_what_agencies_answered_in_rows_is_refused():
    """Rows give it; a second figure could only contradict them."""
    return given(
        *CASES,
        *ASKED,
        a_question("seen"),
        an_answer("police", "seen", "yes", case="A1"),
        a_tally("answer.seen", "yes", 1),
    ), is_refused(
        "tallies.csv:2: variable: answer.seen.yes is counted from rows; a tally is for what no rows give. [N06]"
    )
