"""The codebook: C. Each broken input gives one message, with its place."""

import pytest
from evidence.broken import add, broken, lines_of, swap

BROKEN = [
    broken(
        "C01",
        'codebook/agencies.csv:4: successor: "icbs" is not in this file. Nearest: icb.',
        swap("codebook/agencies.csv", "2022-06-30,icb", "2022-06-30,icbs"),
    ),
    broken(
        "C02",
        'codebook/code_sets/factors.csv:5: code: "5 A" is not a code: letters, digits, - and _ only.',
        add("codebook/code_sets/factors.csv", "5 A,Learning disability,,,\n"),
    ),
    broken(
        "C02",
        'codebook/scales.csv:8: grade: "min" has a meaning of its own and cannot be a code.',
        add("codebook/scales.csv", "progress,min,Minimal,3,\n"),
    ),
    broken(
        "C03",
        'codebook/variables.csv:11: variable: "cases" is the beginning of other measures; choose another name.',
        add("codebook/variables.csv", "cases,Cases,case,count,,,no,\n"),
    ),
    broken(
        "C04",
        'codebook/variables.csv:6: values: "plan_start-plan_end" is not start..end with two variables of type date.',
        swap("codebook/variables.csv", "plan_start..plan_end", "plan_start-plan_end"),
    ),
    broken(
        "C04",
        'codebook/variables.csv:11: values: "poor" is not a code=Label pair.',
        add("codebook/variables.csv", "housing,Housing,case,category,good=Good;poor,,no,\n"),
    ),
    broken(
        "C04",
        "codebook/variables.csv:11: values: a variable of type category needs its values.",
        add("codebook/variables.csv", "housing,Housing,case,category,,,no,\n"),
    ),
    broken(
        "C05",
        'codebook/variables.csv:11: values: "@ofstead" is no code set and no scale. Nearest: ofsted.',
        add("codebook/variables.csv", "planning,Planning,case,grade,@ofstead,,no,\n"),
    ),
    broken(
        "C06",
        'codebook/phrases.csv:2: phrase: "3" is a number without words; it would be let through wherever it stands.',
        add("codebook/phrases.csv", "3\n"),
    ),
    broken(
        "C06",
        'codebook/phrases.csv:2: phrase: "Pathway" holds no number.',
        add("codebook/phrases.csv", "Pathway\n"),
    ),
    broken(
        "C07",
        "codebook/themes.csv:4: label: this tells of how many cases or children something was found; the codebook "
        "says what words mean.",
        swap("codebook/themes.csv", "fathers,Fathers", "fathers,Fathers (n=3)"),
    ),
    broken(
        "C07",
        "codebook/phrases.csv:2: phrase: this tells of how many cases or children something was found; the codebook "
        "says what words mean.",
        add("codebook/phrases.csv", "four girls\n"),
    ),
]


@pytest.mark.parametrize("each", BROKEN, ids=str)
def test_a_broken_codebook_is_told_in_one_message_with_its_place(each, tmp_path):
    assert lines_of(tmp_path, *each.changes) == [each.message]
