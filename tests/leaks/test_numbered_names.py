"""Numbers that are a part of a name: they count nothing, and hide none that does."""

import json
import re
from dataclasses import replace
from functools import cache

import pytest
from builders import (
    a_case,
    a_person,
    a_project,
    a_question,
    a_variable,
    an_answer,
    an_involvement,
)
from leaks.test_labels import FOLDER, tells
from projects import shown

from auditbook.codebook.measure_id import MeasureId
from auditbook.downloads.tables import open_tables
from auditbook.downloads.workbook import workbook_bytes
from auditbook.downloads.write import handout_of
from auditbook.evidence.audit import read_audits
from auditbook.leaks.extract import pieces_of_file
from auditbook.leaks.labels import has_withheld_cell, withheld_numbers
from auditbook.leaks.numbered_names import numbered_names, with_names_spelt
from auditbook.leaks.passages import Row
from auditbook.leaks.scan import secrets_of_project
from auditbook.leaks.search import Search
from auditbook.measures.all_measures import audit_measures
from auditbook.release.released import released_audits


@cache
def numbered() -> Search:
    """Nine children of nine cases; two with a profile, their missing episodes 0, 0, 1, 1, 2, 2, 3, 4 and 5."""
    labels = {"gcp2": "Graded Care Profile 2 completed", "tier": "Two or more moves"}
    parts = [a_variable(name, type="flag", label=label) for name, label in labels.items()]
    parts.append(a_variable("missing", "person", "count", label="Missing episodes"))
    for n, episodes in enumerate((0, 0, 1, 1, 2, 2, 3, 4, 5)):
        flags = dict.fromkeys(labels, "yes" if n < 2 else "no")
        parts += [a_case(f"KW-{400 + n}", **flags), a_person(f"KW-{400 + n}", f"KW-{400 + n}-p", missing=episodes)]
    with a_project(*parts) as project:
        [found] = released_audits(read_audits(project), "strict")
        assert found["missing.median"].is_shown and found["missing.median"].value == 2
        assert not found["gcp2.yes"].is_shown and "missing.2" not in found
        secrets = secrets_of_project(project, [found])
        return Search(replace(secrets, numbers=dict(secrets.numbers)))


def says(body: str) -> bool:
    page = f"<!DOCTYPE html><html><body>{body}</body></html>".encode()
    return bool(numbered().leaks(f"{FOLDER}/x.html", pieces_of_file("x.html", page)))


@pytest.mark.parametrize(
    "body",
    [
        "<p>Graded Care Profile 2 completed: a number that is withheld.</p>",
        "<p>Was a Graded Care\nProfile 2 completed?</p>",
        "<p>GRADED CARE PROFILE 2 COMPLETED</p><p>Two or more moves</p>",
        "<p>Two or more moves: withheld</p>",
        "<table><tr><td>Graded Care Profile 2 completed</td><td>c</td></tr></table>",
        "<table><tr><td>gcp2.yes</td><td>c</td></tr></table>",
        '<svg><title>Graded Care Profile 2 completed</title><text y="1">Graded Care Profile 2</text></svg>',
        "<h2>Missing episodes</h2><p>Median 2, smallest withheld, largest withheld.</p>",
        "<p>Missing episodes: median 2 of 9 people.</p><p>Missing episodes, of 9 people. Half had 2 or fewer.</p>",
        "<table><tr><th>Missing episodes</th><td>2</td><td>c</td><td>9 people</td></tr></table>",
        "<table><tr><td>Missing episodes: Median</td><td>2</td><td>missing episodes</td><td>9</td></tr></table>",
        '<svg><title>Missing episodes</title><text y="9">0</text><text y="9">2</text><text y="9">4</text></svg>',
        "<table><caption>Missing episodes</caption><tr><td>2</td><td>c</td></tr><tr><td>3</td><td>c</td></tr></table>",
    ],
)
def test_a_number_in_a_label_a_median_or_a_scale_is_no_withheld_count(body):
    assert not says(body)


def test_a_row_with_broken_lines_and_marks_in_its_cells_is_read():
    cells = {"x": "a-\nb", "sex": "Sex\x1f", "girl": 4}
    assert tells(f"{FOLDER}/x.json", json.dumps([cells])) and not tells(
        f"{FOLDER}/x.json", json.dumps([{**cells, "girl": 3}])
    )


@pytest.mark.parametrize(
    "body",
    [
        "<p>Graded Care Profile 2 completed: 2</p>",
        "<p>A Graded Care Profile 2 was completed. Graded Care Profile 2 completed (2 of the 9)</p>",
        "<table><tr><td>Graded Care Profile 2 completed</td><td>2</td></tr></table>",
        "<p>Two or more moves: two</p>",
        "<table><caption>Missing episodes</caption><tr><td>1</td><td>2</td></tr></table>",
        '<svg><title>Two or more moves</title><text y="1">Yes</text><text y="1">2</text></svg>',
    ],
)
def test_a_withheld_count_is_found_beside_a_label_that_holds_a_number(body):
    assert says(body)


@pytest.mark.parametrize("cases", [1, 5])
def test_the_rule_itself_is_no_withheld_number(cases):
    """`Counts from 1 to 5 of … cases are withheld` stands in every strict release, whatever there is to withhold."""
    with a_project(*(a_case(f"KW-{n}") for n in range(400, 400 + cases))) as project:
        [audit] = shown(project, "strict").audits
        figures = audit.released
        secrets = secrets_of_project(project, [figures])
        search = Search(replace(secrets, numbers=dict(secrets.numbers)))
        workbook = workbook_bytes(handout_of(project, figures, audit.briefing), open_tables(figures))
    assert not figures["cases.total"].is_shown

    def leaks(name: str, content: bytes) -> list[str]:
        return [leak.rule for leak in search.leaks(name, pieces_of_file(name, content))]

    assert leaks(f"{FOLDER}/x.xlsx", workbook) == []
    rule = figures.profile.words
    for said in (rule, rule.replace(" families", "\nfamilies")):
        assert leaks(f"{FOLDER}/x.txt", f"Cases audited. {said}".encode()) == []
    assert leaks(f"{FOLDER}/x.txt", f"There were {cases} cases audited. {rule}".encode()) == ["withheld-number"]


@pytest.mark.parametrize(
    "line", ["Level 2 review,1 to 4,6", "Level 2 review,5 or more,6", "Seen,Tier 4,12", "1 to 4,6"]
)
def test_the_comma_of_a_line_of_a_table_ends_a_name(line):
    names = numbered_names(["Level 2 review", "1 to 4", "5 or more", "Tier 4", "4 cases"])
    *_, last = line.split(",")
    assert re.findall(r"\d+", with_names_spelt(line, names)) == [last]


def test_a_part_of_a_number_in_thousands_is_no_name():
    assert with_names_spelt("of Tier 4,500", numbered_names(["Tier 4"])) == "of Tier 4,500"


def test_a_part_of_a_decimal_is_no_number_of_a_name():
    """`5 years` is a label, and stands in `3.5 years` only by chance: 3 would be left, as a count."""
    names = numbered_names(["5 years", "Tier 4"])
    assert with_names_spelt("Median 3.5 years, Tier 4.5", names) == "Median 3.5 years, Tier 4.5"
    assert "5" not in with_names_spelt("aged 5 years, at Tier 4.", names)


def test_the_number_of_an_audits_title_is_part_of_a_name():
    """`Tier 4` was a find beside `Cases and people`, of which 4 were withheld."""
    with a_project(a_case("KW-400"), title="Tier 4") as project:
        [audit] = read_audits(project)
        withheld = withheld_numbers(audit_measures(audit), released_audits([audit], "strict")[0])
    assert with_names_spelt("Cases and people. Tier 4, Q1", withheld.numbered) != "Cases and people. Tier 4, Q1"
    assert with_names_spelt("Cases and people: 4, Q1", withheld.numbered) == "Cases and people: 4, Q1"


def test_the_label_of_a_long_question_is_no_prose():
    """Three agencies were asked about three cases: the shown number of agencies was a find beside `cases`."""
    text = "Are fathers, partners and other carers part of the picture that your agency has of this family?"
    rows = [(agency, f"KW-{400 + n}") for agency in ("police", "schools", "hospital") for n in range(3)]
    parts = [a_case(f"KW-{400 + n}") for n in range(3)]
    parts += [an_involvement(agency, "returned", case) for agency, case in rows]
    parts += [an_answer(agency, "carers", "yes", case=case) for agency, case in rows]
    with a_project(*parts, a_question("carers", text=text)) as project:
        [audit] = read_audits(project)
        found = released_audits([audit], "strict")[0]
        withheld = withheld_numbers(audit_measures(audit), found)
    asked, cases = (found.figures[MeasureId.of("asked", "carers", each)] for each in ("agencies", "cases"))
    assert asked.is_shown and asked.numerator == 3 and not cases.is_shown
    about = ("Counts from 1 to 5 of children, families and cases are withheld.",)
    heads = ("Label", "Count", "Unit")
    assert not has_withheld_cell(Row("", about, heads, (asked.label, "3", "agencies")), withheld)
    assert has_withheld_cell(Row("", about, heads, (cases.label, "3", "cases")), withheld)
