"""What is withheld whole is said once a table or a picture: no row of it, no empty picture."""

from functools import cache

import pytest
from builders import a_case, a_channel, a_finding, a_grade, a_person, an_audit, an_involvement
from released import a_full_release, released
from tables_made import OF_AUDITS, OF_ONE_AUDIT, made, parts_of

from auditbook.reading import charts, tables
from auditbook.reading.display import Chart, Note, Table
from auditbook.reading.opened import OpenedAudit
from auditbook.release.released import Released

SENTENCE = "Withheld, so that nobody can be recognised: "


@cache
def small() -> Released:
    """Four cases: every count of people is withheld, in rows of every kind."""
    parts = [a_channel("forum", participants=8)]
    for n in range(4):
        case = f"C{n}"
        answer, plan = ("yes", "cp") if n < 2 else ("no", "cin")
        parts += [a_case(case, abuse_by_father=answer, plan=plan, months_open=n)]
        parts += [a_person(case, "c1", sex="F" if n < 2 else "M", age=n)]
        parts += [a_finding(f"f{n}", "voice", case=case, polarity=("strength", "development")[n % 2], text="Words.")]
        parts += [an_involvement("police", "returned" if n < 2 else "not_involved", case)]
        parts += [a_grade("overall", "good" if n < 2 else "inadequate", case=case)]
    return released(an_audit(*parts), "strict")


def rows_of_c(table: Table) -> list[str]:
    """The labels of rows that show nothing but `c`; a dash says that there is nothing to withhold."""
    numbers = {row[0].words: [cell.words for cell in row[1:] if cell.words != "–"] for row in table.rows}
    return [label for label, words in numbers.items() if words and set(words) == {"c"}]


@pytest.mark.parametrize("figures", [small, lambda: a_full_release("strict")], ids=["small", "full"])
@pytest.mark.parametrize("name", [*OF_ONE_AUDIT, *OF_AUDITS])
def test_no_row_of_a_table_shows_nothing_but_withheld_numbers(name, figures):
    for part in parts_of(made(name, figures())):
        if isinstance(part, Table):
            assert part.rows and not rows_of_c(part), part


@pytest.mark.parametrize("name", ["cases", "flags", "categories", "grades", "numbers", "theme_cases"])
def test_a_table_of_which_everything_is_withheld_is_a_sentence(name):
    assert not [part for part in parts_of(made(name, small())) if isinstance(part, Table)]


@pytest.mark.parametrize("name", ["cases", "flags", "categories", "grades", "numbers", "theme_cases"])
def test_a_picture_of_which_everything_is_withheld_is_a_sentence(name):
    assert not [part for part in parts_of(getattr(charts, name)(small())) if isinstance(part, Chart)]


@pytest.mark.parametrize("name", ["cases", "flags", "categories", "grades", "numbers", "theme_cases"])
def test_a_picture_and_its_table_say_the_same_sentence(name):
    drawn, listed = ([repr(part) for part in parts_of(made) if isinstance(part, Note)] for made in both(name))
    assert drawn and drawn == listed[: len(drawn)]


def both(name: str):
    return getattr(charts, name)(small()), getattr(tables, name)(small())


def test_all_variables_that_are_withheld_whole_stand_in_one_sentence():
    words = repr(tables.categories(small()))
    assert words.count(SENTENCE) == 1 and "Sex; Plan" in words


def test_rows_that_are_withheld_are_named_once_below_the_others():
    plans = ["cp"] * 3 + ["closed"] * 2 + ["cin"] * 9
    audit = an_audit(*(a_case(f"C{n}", plan=plan) for n, plan in enumerate(plans)))
    table = tables.categories(released(audit, "strict"))
    assert [[cell.words for cell in row] for row in table.rows] == [["Child in need", "9"]]
    assert table.notes[0] == f"{SENTENCE}Child protection; Closed."


def test_a_statistic_that_nothing_shows_has_no_column():
    months = [1] * 7 + [4] * 8 + [9]
    audit = an_audit(*(a_case(f"C{n}", months_open=each) for n, each in enumerate(months)))
    table = tables.numbers(released(audit, "strict"))
    assert table.columns == ("What was recorded", "Numbers", "Median", "Of")
    assert f"{SENTENCE}Mean; Smallest; Largest." in table.notes


def test_texts_that_are_withheld_are_counted_and_not_listed():
    findings = [a_finding(f"f{n}", "voice", case="C1", polarity="strength", text="About one.") for n in range(3)]
    said = a_finding("f9", "voice", polarity="strength", text="Of all.")
    figures = released(an_audit(a_case("C1"), *findings, said), "strict")
    table = tables.findings(figures)
    assert [row[0].words for row in table.rows] == ["f9"]
    assert table.notes[-1] == "3 texts are withheld because each could describe one family."


def test_where_every_text_is_withheld_one_sentence_says_so():
    figures = released(an_audit(a_case("C1"), a_finding("f1", "voice", case="C1", polarity="strength")), "strict")
    assert repr(tables.findings(figures)) == "Strengths: 1 text is withheld because it could describe one family."


def test_a_text_that_nobody_recorded_is_no_text_that_is_withheld():
    figures = released(an_audit(a_case("C1"), a_finding("f1", "voice", case="C1", polarity="strength")), "internal")
    assert [row[0].words for row in tables.findings(figures).rows] == ["f1"]


def test_an_analysts_own_picture_of_withheld_rows_is_a_sentence():
    audit = OpenedAudit.opened(small())
    assert repr(audit.table("sex").plot.dots()).startswith(SENTENCE)
    assert f"{SENTENCE}Girl; Boy." in repr(audit.table("sex").show())
