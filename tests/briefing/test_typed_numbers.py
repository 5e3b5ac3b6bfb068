"""Numbers that were typed by hand: refused wherever they stand, with the role that gives them."""

from dataclasses import replace

import pytest
from briefing.boxes import problem, read, read_sentence, seven_boxes


@pytest.mark.parametrize(
    "sentence",
    [
        "In 4 of these cases it was so.",
        "Four very young children were seen.",
        "Half of all the homes had it.\n\nThe cases: both.",
        "It was 3 of the {base}`sex.F` then.",
        "A 5-case audit.",
        "For 11 long months.",
        "The 7 homes on that long street were old.",
        "### The 5 girls\n\nWords.",
        "> We saw 5 girls.\n>\n> — a practitioner",
        "- It was so in 5.",
        "| Sex | Count |\n|---|---|\n| Girls | 3 |",
        "It was [so in 5](https://example.org).",
        "It was **5** times.",
    ],
)
def test_a_number_typed_by_hand_is_refused_wherever_it_stands(sentence, figures):
    _, problems = read_sentence(sentence, figures)
    assert problems and all("[B07]" in each for each in problems)


def test_a_number_in_a_title_is_refused_and_the_box_has_its_number(figures):
    _, problems = read(seven_boxes(box1="## 1 The 5 babies\n\nWords.\n"), figures)
    assert problems == ['briefing.md:1: "5" is typed by hand; use a role, or {fact}`5|its source`. [B07]']


@pytest.mark.parametrize(
    "sentence",
    [
        "The cases were read closely in the year 2021.",
        "During COVID-19 agencies kept going.",
        "{fact}`Three cases|minutes of 4 May 2021` were named.",
        "The files of {count}`cases.total` were read under section 47.",
        "1. One thing at a time.\n2. Listen to one another.",
    ],
)
def test_a_number_that_counts_nothing_is_left_alone(sentence, figures):
    assert read_sentence(sentence, figures)[1] == []


def test_a_phrase_of_the_codebook_may_stand_in_a_briefing(figures):
    own = replace(figures, codebook=replace(figures.codebook, phrases=("Pathway 3",)))
    text = seven_boxes(box1="## 1 Title\n\nPathway 3 was used.\n")
    assert read(text, own)[1] == []
    assert "[B07]" in read(text, figures)[1][0]


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("There were 3 girls, by sex.", "{count}`sex.F` (“3 of the 5 children”)"),
        (
            "Domestic abuse by the father was there in four.",
            "{count}`domestic_abuse_by_father.yes` (“4 of the 5 cases”)",
        ),
        ("80% had domestic abuse by a father.", "{count}`domestic_abuse_by_father.yes` (“4 of the 5 cases”)"),
        ("All had poor parental mental health.", "{count}`poor_parental_mental_health.yes` (“5 of the 5 cases”)"),
    ],
)
def test_the_refusal_names_the_role_that_gives_the_number(sentence, role, figures):
    assert f"is typed by hand; write {role}, or {{fact}}`" in problem(sentence, figures)


def test_no_role_is_named_where_none_gives_the_number_or_too_many_do(figures):
    assert "use a role, or" in problem("There were 977 of them.", figures)
    assert "use a role, or" in problem("Xylophones: 4.", figures)


@pytest.mark.parametrize("name", ["In kw-3 there were girls.", "Girls in KW 03, by sex."])
def test_no_role_is_named_for_a_number_that_is_part_of_a_name(name, figures):
    assert "use a role, or" in problem(name, figures)


def test_a_withheld_figure_is_never_named(strict_figures):
    """The number would be confirmed by it."""
    assert "sex.F" not in problem("There were 3 girls, by sex.", strict_figures)


def test_the_line_told_is_the_one_in_which_it_stands(figures):
    text = seven_boxes(box1="## 1 T\n\nWords go on,\nand on, to 5,\nand {number}`x.y`.\n\n- a\n- 6\n")
    assert [each.partition(": ")[0] for each in read(text, figures)[1]] == [
        "briefing.md:5",
        "briefing.md:4",
        "briefing.md:8",
    ]
