"""Questions and answers: Q, C09 and C10. Each broken input gives one message, with its place."""

import pytest
from builders import a_case, a_question, an_answer, an_audit, an_involvement
from evidence.broken import add, broken, lines_of, swap

QUESTIONS = "codebook/questions.csv"
BROKEN = [
    broken(
        "Q01",
        'answers.csv:3: question: "riks" is not a question. Nearest: risk.',
        swap("answers.csv", "A1,risk,good", "A1,riks,good"),
    ),
    broken(
        "Q02",
        "answers.csv:3: case: risk is asked once a case; name the case.",
        swap("answers.csv", "A1,risk,good", ",risk,good"),
    ),
    broken(
        "Q02",
        "answers.csv:6: case: trained is asked once in the audit; leave the case empty.",
        swap("answers.csv", "schools,,trained", "schools,A1,trained"),
    ),
    broken(
        "Q03",
        "answers.csv:7: agency: risk is asked of the lead agency; of this case that is schools, not of police.",
        add("answers.csv", "police,A1,risk,good,,,,\n"),
    ),
    broken(
        "Q03",
        "answers.csv:7: agency: risk is asked of the lead agency, and cases.csv names none for this case, not of "
        "schools.",
        add("answers.csv", "schools,A2,risk,good,,,,\n"),
    ),
    broken(
        "Q03",
        "answers.csv:7: agency: changed is asked of schools, not of police.",
        add("answers.csv", "police,A1,changed,Less fear.,,,,\n"),
    ),
    broken(
        "Q03",
        "answers.csv:7: agency: involvement.csv has no row for this case that says that police was asked.",
        add("answers.csv", "police,A1,seen,yes,,,,\n"),
    ),
    broken(
        "Q03",
        "answers.csv:6: agency: involvement.csv has no row that says that icb was asked.",
        swap("answers.csv", "schools,,trained", "icb,,trained"),
        swap("codebook/agencies.csv", "2022-07-01", "2020-07-01"),
    ),
    broken(
        "V01",
        'answers.csv:3: answer: "god" is not a code of risk; expected outstanding, good, requires_improvement, '
        "inadequate. Nearest: good.",
        swap("answers.csv", "risk,good", "risk,god"),
    ),
    broken(
        "V03",
        'answers.csv:6: answer: "a few" is not a whole number.',
        swap("answers.csv", "trained,12", "trained,a few"),
    ),
    broken(
        "V06",
        'answers.csv:7: question: "seen A1 schools" stands on line 2 too.',
        add("answers.csv", "schools,A1,seen,no,,,,\n"),
    ),
    broken(
        "A01",
        'cases.csv:2: lead: "school" is not an agency. Nearest: schools.',
        swap("cases.csv", "3A;4B,schools", "3A;4B,school"),
    ),
    broken(
        "A01",
        'codebook/questions.csv:4: asked_of: "polic" is not an agency. Nearest: police.',
        swap(QUESTIONS, "schools;police", "schools;polic"),
    ),
    broken(
        "C04",
        "codebook/questions.csv:4: values: a question of type multi needs its values.",
        swap(QUESTIONS, "plan=The plan;minutes=The minutes", ""),
    ),
    broken(
        "C04",
        "codebook/questions.csv:6: values: a question of type text has no values.",
        swap(QUESTIONS, "Impact,text,", "Impact,text,a=A"),
    ),
    broken(
        "C09",
        'codebook/questions.csv:7: question: "plan" is a variable; call one of the two otherwise.',
        add(QUESTIONS, "plan,Is there a plan?,Planning,flag,,all,case,no,no\n"),
    ),
    broken(
        "C10",
        "codebook/questions.csv:2: asked_of: all or lead stands beside others here; write one of the two alone, or "
        "agencies.",
        swap(QUESTIONS, "flag,,all,case", "flag,,all;police,case"),
    ),
]


@pytest.mark.parametrize("each", BROKEN, ids=str)
def test_a_broken_answer_is_told_in_one_message_with_its_place(each, tmp_path):
    assert lines_of(tmp_path, *each.changes) == [each.message]


def asked_in(question: str, *parts) -> list[tuple[str, str | None]]:
    audit = an_audit(*parts)
    return [tuple(each) for each in audit.respondents(audit.codebook.questions[question])]


CASES = [a_case("A1", lead="police"), a_case("A2", lead="schools"), a_case("A3", scope="excluded")]


def test_an_agency_is_asked_once_for_each_case_that_its_rows_name():
    rows = [an_involvement("police", "returned", case) for case in ("A1", "A2", "A3")]
    assert asked_in("seen", a_question("seen"), *CASES, *rows) == [("police", "A1"), ("police", "A2")]


@pytest.mark.parametrize("state", ["not_involved", "not_known_to_agency", "scoped_not_invited"])
def test_who_was_not_involved_or_never_invited_is_not_asked(state):
    rows = [an_involvement("police", state, "A1"), an_involvement("schools", "no_response", "A1")]
    assert asked_in("seen", a_question("seen"), *CASES, *rows) == [("schools", "A1")]


def test_the_lead_agency_is_asked_about_its_own_cases():
    rows = [an_involvement(agency, "returned", case) for agency in ("police", "schools") for case in ("A1", "A2")]
    question = a_question("seen", asked_of="lead")
    assert asked_in("seen", question, *CASES, *rows) == [("police", "A1"), ("schools", "A2")]


def test_what_is_asked_of_some_agencies_is_asked_of_no_other():
    rows = [an_involvement(agency, "returned", "A1") for agency in ("police", "schools", "hospital")]
    question = a_question("seen", asked_of="hospital;schools")
    assert asked_in("seen", question, *CASES, *rows) == [("schools", "A1"), ("hospital", "A1")]


def test_what_is_asked_once_in_the_audit_is_asked_of_every_agency_once():
    rows = [an_involvement("police", "returned", case) for case in ("A1", "A2")]
    rows += [an_involvement("schools", "declined"), an_involvement("hospital", "not_involved")]
    assert asked_in("seen", a_question("seen", per="audit"), *CASES, *rows) == [("police", None), ("schools", None)]


def test_an_answer_is_what_its_question_asks_for():
    asked = [an_involvement("police", "returned", "A1")]
    questions = [
        a_question("seen"),
        a_question("heard", type="multi", values="parents=The parents;school=The school"),
        a_question("visits", type="count"),
        a_question("changed", type="text"),
    ]
    given = {"seen": "Yes", "heard": "school;The parents", "visits": "3.0", "changed": "Less fear."}
    answers = [an_answer("police", question, answer, case="A1") for question, answer in given.items()]
    audit = an_audit(*CASES, *asked, *questions, *answers)
    assert audit.answers["answer"].tolist() == ["yes", ("school", "parents"), 3, "Less fear."]


def test_not_applicable_and_not_known_are_answers_and_not_recorded_is_none():
    asked = [an_involvement(agency, "returned", "A1") for agency in ("police", "schools", "hospital")]
    given = {"police": "N/A", "schools": "Unknown", "hospital": "not recorded"}
    answers = [an_answer(agency, "seen", answer, case="A1") for agency, answer in given.items()]
    audit = an_audit(*CASES, *asked, a_question("seen"), *answers)
    assert audit.answers["answer"].tolist() == ["not_applicable", "not_known", None]


def test_a_case_without_a_lead_that_was_asked_is_told():
    question = a_question("risk", asked_of="lead")
    asked = an_involvement("police", "returned", "A1")
    answered = an_answer("police", "risk", "yes", case="A1")
    assert an_audit(a_case("A1", lead="police"), asked, question, answered).warnings == ()
    no_lead = an_audit(a_case("A1", lead="police"), a_case("A2"), asked, question, answered).warnings
    assert no_lead == ("cases.csv: some cases have no lead agency; nobody was asked the lead's questions about them.",)
    [told] = an_audit(*CASES, asked, question, answered).warnings
    assert told.startswith("involvement.csv has no row for the lead agency of some cases;")


def test_a_question_may_be_named_by_its_text():
    asked = an_involvement("police", "returned", "A1")
    answer = an_answer("police", "Was the child seen?", "yes", case="A1")
    audit = an_audit(*CASES, asked, a_question("seen", text="Was the child seen?"), answer)
    assert audit.answers["question"].tolist() == ["seen"]


def test_an_audit_with_no_answer_about_an_audited_case_has_none():
    asked = an_involvement("police", "returned", "A3")
    audit = an_audit(*CASES, asked, a_question("seen"), an_answer("police", "seen", "yes", case="A3"))
    assert audit.answers is None
    assert audit.warnings[0] == "answers.csv: 1 row names a case that was replaced or excluded; nothing counts it."
