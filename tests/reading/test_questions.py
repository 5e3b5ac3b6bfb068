"""What agencies answered, as pictures and tables: section by section, agency by agency, and whether they agree."""

import pytest
from builders import a_case, a_question, an_answer, an_audit, an_involvement
from lxml import html
from released import RECORDED, released

from auditbook.pages.listings import listed
from auditbook.reading.display import ChartWithTable, Heading, Note
from auditbook.reading.empty_messages import withheld_in_words
from auditbook.reading.opened import OpenedAudit
from auditbook.reading.questions import has_answers

AGENCIES = ("police", "schools")


def opened(*parts, profile: str = "recorded") -> OpenedAudit:
    return OpenedAudit.opened(released(an_audit(*parts, release=RECORDED), profile))


def a_tool() -> list:
    """Two agencies about three cases: seen by both alike but in the last, where one left a question out."""
    cases = [a_case(f"C{number}") for number in (1, 2, 3)]
    asked = [an_involvement(agency, "returned", f"C{number}") for agency in AGENCIES for number in (1, 2, 3)]
    questions = [
        a_question("seen", text="Was the child seen?", section="Voice"),
        a_question("help", "grade", "@met", text="Did it help?", section="Impact"),
        a_question("trained", text="Are staff trained?", section="Oversight", per="audit"),
    ]
    answers = [an_answer(agency, "seen", "yes", case=f"C{number}") for agency in AGENCIES for number in (1, 2)]
    answers += [an_answer("police", "seen", "no", case="C3"), an_answer("schools", "seen", "yes", case="C3")]
    answers += [an_answer("police", "help", "met", case="C1"), an_answer("schools", "trained", "no")]
    return [*cases, *asked, *questions, *answers]


def test_each_section_has_a_heading_and_each_question_its_picture_and_its_folded_table():
    parts = opened(*a_tool()).table("questions").plot.sections().parts
    assert [part.words for part in parts if isinstance(part, Heading)] == ["Voice", "Impact", "Oversight"]
    assert (
        isinstance(parts[1], ChartWithTable)
        and "<summary>The same numbers as a table</summary>" in parts[1]._repr_html_()
    )
    told, table = repr(parts[1]).split("\n\n")
    assert told == "Was the child seen? Of 6 answers by 2 agencies about 3 cases. Yes: 5. No: 1. " + (
        "Nobody answered: not known."
    )
    assert table.splitlines()[-4:] == ["Yes | 5", "No | 1", "Not known | 0", "Not answered | 0"]


def test_slim_pictures_that_follow_each_other_stand_two_abreast():
    tool = [*a_tool(), a_question("heard", text="Was the child heard?", section="Voice")]
    tool += [an_answer(agency, "heard", "yes", case="C1") for agency in AGENCIES]
    shown = html.fromstring(f"<div>{opened(*tool).table('questions').plot.sections()._repr_html_()}</div>")
    assert [len(each) for each in shown.find_class("ab-abreast")] == [2]
    assert len(shown.find_class("ab-folded")) == 4


def test_questions_that_are_withheld_are_quoted_and_many_counted():
    many = [a_question(f"q{number}", text=f"Number {number}?") for number in range(4)]
    answers = [an_answer(agency, f"q{number}", "yes", case="C1") for number in range(4) for agency in AGENCIES]
    audit = opened(*a_tool(), *many, *answers, profile="strict")
    shown = repr(audit.table("questions").show())
    assert "recognised: “Was the child seen?”.\n\nCounted there, and none found: not known" in shown
    assert withheld_in_words(["Was the child seen?", "Heard?"]).endswith("“Was the child seen?”, “Heard?”.")
    assert repr(audit.table("agreement").show()) == "Withheld, so that nobody can be recognised: 5 questions."


def test_the_base_is_said_in_words_of_what_was_asked():
    frame = opened(*a_tool()).table("asked").frame.set_index("question")
    assert frame.loc["seen", ["agencies", "cases", "base", "answered"]].tolist() == [2, 3, 6, 6]
    assert frame.loc["help", ["base", "answered"]].tolist() == [6, 1]
    shown = repr(opened(*a_tool()).table("asked").show())
    assert "Did it help? | 2 | 3 | 5 of the 6 answers" in shown
    assert "Are staff trained? | 2 | the audit | 1 of the 2 agencies" in shown


def test_agencies_stand_beside_each_other_where_an_answer_is_good():
    shown = repr(opened(*a_tool()).table("by_agency").show())
    assert "Was the child seen? | 2 of the 3 cases | 3 of the 3 cases" in shown
    assert "Did it help? | 1 of the 3 cases | 0 of the 3 cases" in shown


def test_disagreement_is_a_number_of_cases_and_names_none():
    table = opened(*a_tool()).table("agreement")
    assert repr(table.show()).splitlines()[-1] == "Was the child seen? | 2 | 1 | 3 cases"
    assert "Was the child seen? 2 the same, 1 differently." in repr(table.plot.shares())


@pytest.mark.parametrize(("table", "kind"), [("questions", "sections"), ("by_agency", "heat"), ("agreement", "shares")])
def test_where_small_counts_are_withheld_the_questions_are_named_and_nothing_else(table, kind):
    own = opened(*a_tool(), profile="strict").table(table)
    for display in (own.show(), getattr(own.plot, kind)()):
        notes = [part for part in getattr(display, "parts", (display,)) if isinstance(part, Note)]
        assert any("Was the child seen?" in repr(note) for note in notes)
        assert not any(told in repr(display) for told in ("5", "of the 3", "?."))


def test_a_question_is_a_table_of_its_own():
    table = opened(*a_tool()).table("seen")
    assert table.frame.set_index("code")["count"].to_dict() == {"yes": 5, "no": 1, "not_known": 0, "not_answered": 0}
    assert table.title == "Was the child seen?"


def test_the_page_is_there_only_where_questions_were_answered():
    without = released(an_audit(a_case("C1"), release=RECORDED))
    for profile in ("recorded", "strict"):
        figures = opened(*a_tool(), profile=profile)
        assert has_answers(figures) and listed(figures).has_answers
    assert not has_answers(without) and not listed(without).has_answers
