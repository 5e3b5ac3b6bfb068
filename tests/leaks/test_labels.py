"""A withheld number beside its label is found in tables, pictures, data and sentences; a shown one never is."""

import csv
import io
import json
from dataclasses import replace
from functools import cache

import openpyxl
import pytest
from builders import (
    a_case,
    a_finding,
    a_project,
    an_involvement,
)

from auditbook.evidence.audit import read_audits
from auditbook.leaks.extract import pieces_of_file
from auditbook.leaks.scan import secrets_of_project
from auditbook.leaks.search import Search
from auditbook.leaks.secrets import Secrets
from auditbook.release.released import Released, released_audits
from auditbook.validation.problems import BookFailed

FOLDER = "book/audits/2021-22-Q1"


@cache
def released() -> tuple[Secrets, Released]:
    """Twenty cases: 4 girls and 16 boys (both withheld), 13 with a child protection plan, the police in 20."""
    cases = [
        a_case(
            f"KW-{400 + n}",
            sex="F" if n < 4 else "M",
            age=n % 9,
            plan="cp" if n < 13 else "cin",
            abuse_by_father="yes" if n < 7 else "no",
        )
        for n in range(20)
    ]
    findings = [a_finding(f"f{n}", "voice", case=f"KW-{400 + n % 3}", polarity="strength") for n in range(9)]
    states = [an_involvement("police", "returned" if n < 17 else "declined", f"KW-{400 + n}") for n in range(20)]
    with a_project(*cases, *findings, *states, involvement="complete") as project:
        [found] = released_audits(read_audits(project), "strict")
        secrets = secrets_of_project(project, [found])
        return replace(secrets, numbers=dict(secrets.numbers)), found


def test_numbers_of_data_that_changed_meanwhile_are_not_taken_for_those_of_the_release():
    with a_project(*(a_case(f"KW-{n}", sex="F" if n < 404 else "M") for n in range(400, 420))) as project:
        [found] = released_audits(read_audits(project), "strict")
        numbers = secrets_of_project(project, [found]).numbers
        cases = next(project.audits.glob("*/cases.csv"))
        cases.write_text(cases.read_text().replace(",M", ",F", 1))
        with pytest.raises(BookFailed, match="data changed while the book was being made"):
            numbers[str(found.audit_id)]


def tells(name: str, content: str | bytes) -> bool:
    content = content.encode() if isinstance(content, str) else content
    leaks = Search(released()[0]).leaks(name, pieces_of_file(name, content))
    assert {leak.rule for leak in leaks} <= {"withheld-number"}
    return bool(leaks)


def table(caption: str, heads: list[str], *rows: list[str]) -> str:
    lines = "".join(f"<tr><th>{row[0]}</th>{''.join(f'<td>{cell}</td>' for cell in row[1:])}</tr>" for row in rows)
    columns = "".join(f"<th>{head}</th>" for head in heads)
    return (
        "<!DOCTYPE html><html><body><h2>Cases</h2>"
        f"<table><caption>{caption}</caption><thead><tr>{columns}</tr></thead><tbody>{lines}</tbody></table></body></html>"
    )


def in_sentence(text: str) -> bool:
    return tells(f"{FOLDER}/x.html", f"<!DOCTYPE html><html><body><p>{text}</p></body></html>")


def in_table(caption: str, heads: list[str], *rows: list[str]) -> bool:
    return tells(f"{FOLDER}/x.html", table(caption, heads, *rows))


def test_the_release_withholds_what_these_tests_are_about():
    figures = released()[1]
    assert not any(figures[each].is_shown for each in ("sex.F", "sex.M", "theme.voice.cases", "agency.police.declined"))
    assert all(figures[each].is_shown for each in ("cases.total", "plan.cp", "plan.cin", "abuse_by_father.yes"))


@pytest.mark.parametrize("cell", ["4", " 4 ", "4 of 20", "4 (20%)", "20%", "20.0%", "20 per cent", "4*"])
def test_a_withheld_number_in_the_row_of_its_label_is_found(cell):
    assert in_table("Sex", ["Value", "Number"], ["Girl", cell])


@pytest.mark.parametrize("cell", ["c", "3", "5", "40", "4.5", "–", "Q4", "2021-22-Q4", "1/4", "24", "box 40"])
def test_other_cells_in_the_row_of_a_label_are_no_find(cell):
    assert not in_table("Sex", ["Value", "Number"], ["Girl", cell])


def test_a_number_that_counts_nothing_is_no_find():
    assert not in_table("Sex", ["Value", "Source", "Number"], ["Girl", "Minutes, box 4", "c"])
    assert not in_table("Sex", ["Value", "Box", "Number"], ["Girl", "4", "c"])
    assert not in_table("Sex", ["Value", "Text"], ["Girl", f"It took 4 weeks {'until somebody asked ' * 5}"])


def test_the_same_label_of_another_question_is_another_label():
    assert not in_table("Favourite colour", ["Value", "Number"], ["Girl", "4"])
    assert in_table("", ["What", "Girl", "Boy"], ["Sex", "c", "16"])
    assert in_table("", ["What", "Girl", "Boy"], ["Sex", "4", "c"])
    assert not in_table("", ["What", "Girl", "Boy"], ["Sex", "16", "4"])


def test_a_number_that_a_shown_figure_of_the_same_name_has_is_explained():
    assert released()[1]["theme.voice.findings"].value == 9
    assert not in_table("Findings by theme", ["Theme", "Findings", "Strengths"], ["Voice of the child", "9", "9"])
    assert in_table("Cases that raised each theme", ["Theme", "Cases"], ["Voice of the child", "3"])
    assert not in_table("Plan", ["Value", "Number"], ["Child protection", "13"], ["Child in need", "7"])


def test_a_count_of_one_number_is_not_listed_and_so_is_withheld():
    assert "age.8" not in released()[1]
    assert in_table("Age", ["Age", "Number"], ["8", "2"]) and not in_table("Age", ["Age", "Number"], ["8", "1"])


@pytest.mark.parametrize(
    "text",
    [
        "By sex: 4 girls and many boys.",
        "Sex: boys many, girls 4.",
        "Sex was recorded for all, and four were girls.",
        "Of either sex, 20% were girls",
        "Sex (girl 4).",
        "In 3 cases that raised it, the voice of the child was heard.",
        "Police: 3 declined.",
        "The police declined 3 times.",
    ],
)
def test_a_withheld_number_in_a_sentence_beside_its_label_is_found(text):
    assert in_sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "By sex: a number that is withheld were girls.",
        "Sex: girls withheld, and the panel met 4 times.",
        "Sex: the girls were asked about home and about all that they had wanted to say in the 4 meetings.",
        "Girls were heard. 4 agencies replied.",
        "Child protection was the plan in 13 of the 20 cases.",
        "Domestic abuse by the father: 7 yes, 13 no.",
    ],
)
def test_other_numbers_in_a_sentence_are_no_find(text):
    assert not in_sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "Girl: 4",
        "Girl (4)",
        "Girl [4]",
        "Girl = 4",
        "Girl - 4",
        "Girl | 4",
        "Girls: four",
        "Girl: 4 of the 20",
        "Girl: 20%",
        "Girl, 4",
        "Girl, 4.",
    ],
)
def test_a_label_and_its_number_are_found_whatever_stands_between(text):
    assert in_sentence(f"Sex</p><p>{text}")
    assert in_sentence(f"Sex</p><p>Boy: c, {text.replace('Girl', 'girl')}")
    assert not in_sentence(f"Sex</p><p>{text.replace('4', '3').replace('four', 'three').replace('20%', '15%')}")


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>Girl: 4</li></ul>",
        "<ul><li><span>Girl</span> <b>4</b></li></ul>",
        "<ul><li><p>Girl</p><p>4</p></li></ul>",
        "<dl><dt>Girl</dt><dd>4</dd></dl>",
        "<div><div>Girl</div><div>4</div></div>",
        '<p aria-label="Girl: 4">x</p>',
        '<img alt="Girl 4" src="x.png">',
        "<svg><desc>Girl: 4, boy: withheld</desc></svg>",
        "<!-- girl: 4 -->",
        "<style>p::after { content: 'Girl: 4' }</style>",
        '<script type="application/json">{"sex": "Sex", "girl": 4}</script>',
    ],
)
def test_a_label_and_its_number_are_found_in_lists_cards_and_what_is_read_out(body):
    page = f"<!DOCTYPE html><html><body><h2>Sex</h2><p>Who.</p><p>Where.</p><p>When.</p>{body}</body></html>"
    assert tells(f"{FOLDER}/x.html", page)
    assert not tells(f"{FOLDER}/x.html", page.replace("4", "3"))


def test_what_a_sentence_is_about_may_stand_in_the_paragraph_before():
    assert in_sentence("Sex</p><p>Girls were 4") and in_sentence("Sex</p><p>x</p><p>Girls were 4")
    assert not in_sentence("Sex</p><p>x</p><p>y</p><p>Girls were 4")


@pytest.mark.parametrize(
    ("picture", "is_found"),
    [
        ('<text y="1">Girl</text><text y="1">4</text>', True),
        ('<text y="1">A long label that says</text><text y="2">Girl</text><text y="2">4</text>', True),
        ('<text y="1">Girl</text><text y="1">c</text>', False),
        ('<text y="1">Boy</text><text y="1">4</text><text y="2">Girl</text><text y="2">c</text>', False),
        ("<desc>Girl 4, boy withheld.</desc>", True),
        ("<desc>Girl withheld, boy withheld.</desc>", False),
    ],
)
def test_the_words_of_a_picture_are_read_line_by_line(picture, is_found):
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><title>Sex</title>{picture}</svg>'
    assert tells(f"{FOLDER}/chart.svg", drawing) is is_found
    assert tells(f"{FOLDER}/x.html", f"<html><body><h2>Sex</h2>{drawing}</body></html>") is is_found


def measures(**changed: object) -> str:
    found = released()[1].as_json()
    for measure in found["measures"]:
        if measure["id"] == "sex.F":
            measure |= changed
    return json.dumps(found)


@pytest.mark.parametrize("key", ["numerator", "value"])
def test_a_withheld_number_in_the_measures_is_found(key):
    assert tells(f"{FOLDER}/measures.json", measures(**{key: 4}))
    assert not tells(f"{FOLDER}/measures.json", measures())


def lines(number: str) -> list[list[str]]:
    return [
        ["Tables of the audit"],
        ["id", "label", "value"],
        ["sex.F", "Sex: Girl", number],
        ["plan.cp", "Plan: x", "13"],
    ]


@pytest.mark.parametrize(("number", "is_found"), [("4", True), ("c", False), ("", False)])
def test_a_withheld_number_in_a_table_to_take_away_is_found(number, is_found):
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(lines(number)[1:])
    book, file = openpyxl.Workbook(), io.BytesIO()
    for line in lines(number):
        book.active.append(line)
    book.active["C3"] = int(number) if number.isdigit() else number
    book.save(file)
    assert tells(f"{FOLDER}/measures.csv", text.getvalue()) is is_found
    assert tells(f"{FOLDER}/tables.xlsx", file.getvalue()) is is_found


@pytest.mark.parametrize("girls", [4, 3])
def test_the_head_of_the_first_column_says_what_a_row_is_of_in_files_of_every_kind(girls):
    rows = [["Sex", "Number"], ["Girl", str(girls)], ["Boy", "c"]]
    text, book, file = io.StringIO(), openpyxl.Workbook(), io.BytesIO()
    csv.writer(text).writerows(rows)
    for row in rows:
        book.active.append(row)
    book.active["B2"] = girls
    book.save(file)
    is_found = girls == 4
    assert in_table("Table", *rows) is is_found
    assert tells(f"{FOLDER}/x.csv", text.getvalue()) is is_found
    assert tells(f"{FOLDER}/x.xlsx", file.getvalue()) is is_found


@pytest.mark.parametrize("girls", [4, 3])
@pytest.mark.parametrize(
    "form",
    [
        lambda girls: {"Sex": {"Girl": girls}},
        lambda girls: {"Sex": [{"Girl": girls}]},
        lambda girls: {"title": "Sex", "labels": ["Girl", "Boy"], "values": [girls, "c"]},
        lambda girls: {"Sex": {"labels": ["Girl", "Boy"], "values": [girls, "c"]}},
    ],
    ids=["key", "list", "columns", "columns under a key"],
)
def test_a_withheld_number_in_data_of_a_picture_is_found(form, girls):
    assert tells(f"{FOLDER}/x.json", json.dumps(form(girls))) is (girls == 4)


def test_on_a_page_over_several_audits_each_column_is_its_own_audits():
    heads = ["What", "Q4 2020-21", "Q1 2021-22"]
    assert tells("book/trends/live.html", table("Sex", heads, ["Girl", "c", "4"]))
    assert not tells("book/trends/live.html", table("Sex", heads, ["Girl", "4", "c"]))


def test_another_audits_pages_may_hold_the_same_number():
    for name in ("book/audits/2021-22-Q2/x.html", "book/audits/2021-22-Q1-neglect/x.html", "book/index.html"):
        assert not tells(name, table("Sex", ["Value", "Number"], ["Girl", "4"]))
    assert tells("downloads/briefing-2021-22-Q1.html", table("Sex", ["Value", "Number"], ["Girl", "4"]))
