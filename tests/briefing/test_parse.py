"""The briefing: seven boxes, every figure a role, no number typed by hand, and one model for every form."""

import pytest
from briefing.boxes import problem, read, read_sentence, said, seven_boxes
from builders import a_tally, a_variable, an_audit
from released import RECORDED, released

from auditbook.briefing.myst import briefing_page, escape_myst
from auditbook.briefing.parse import WITHHELD_PARAGRAPH, parse_briefing
from auditbook.briefing.sources import Sources
from auditbook.reading import open_audit
from auditbook.validation.problems import Refusals


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("{count}`domestic_abuse_by_father.yes`", "4 of the 5 cases"),
        ("{count}`recommendations.total`", "4 recommendations"),
        ("{count}`involvement.returned`", "at least 5 agencies"),
        ("{count}`substance_or_alcohol_misuse.yes`", "other issues included substance and/or alcohol misuse"),
        ("{number}`domestic_abuse_by_father.yes`", "4"),
        ("{words}`domestic_abuse_by_father.yes`", "four"),
        ("{base}`domestic_abuse_by_father.yes`", "5 cases"),
        ("{median}`months_open_cin`", "4 months"),
        ("{median}`months_open_cin.median`", "4 months"),
        ("{list}`months_open_cin`", "2, 4, 4 and 11"),
        ("{list}`ethnicity`", "2 Indian, 2 White British and 1 White and Black Caribbean"),
        ("{fact}`three boards|minutes of 4 May 2021`", "three boards"),
    ],
)
def test_a_role_reads_a_released_figure(role, words, figures):
    assert said(f"So {role}", figures) == f"So {words}"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("{words}`recommendations.total` were made.", "Four were made."),
        ("It was so. {words}`recommendations.total` were made.", "It was so. Four were made."),
        ("**It was so.** {count}`involvement.returned` replied.", "It was so. At least 5 agencies replied."),
        ("“{words}`recommendations.total` were made.”", "“Four were made.”"),
        ("It was so: {words}`recommendations.total` were made.", "It was so: four were made."),
        ("It was so (e.g. {words}`recommendations.total`).", "It was so (e.g. four)."),
        ("- {words}`recommendations.total` were made.", "Four were made."),
        ("- {words}`recommendations.total` of them;", "four of them;"),
        ("{fact}`three boards|minutes of 4 May 2021` met.", "three boards met."),
    ],
)
def test_a_figure_at_the_start_of_a_sentence_has_a_capital(sentence, words, figures):
    briefing, problems = read_sentence(sentence, figures)
    assert not problems
    [_, paragraph] = briefing.boxes[0].paragraphs()
    assert paragraph.text == words


def test_a_recommendation_is_written_once(figures):
    [first, *_] = figures.recommendations
    assert said(f"{{rec}}`{first.id}`", figures) == first.text
    assert problem("{rec}`99`", figures).startswith('briefing.md:3: this audit makes no recommendation "99".')


def test_a_withheld_count_says_so(strict_figures):
    assert said("So {count}`sex.F`", strict_figures) == "So a number that is withheld"


@pytest.mark.parametrize("role", ["{number}`sex.F`", "{words}`sex.F`", "{base}`sex.F`", "{list}`sex`"])
def test_a_withheld_figure_in_any_other_role_stops_the_build(role, strict_figures):
    assert "withheld" in problem(role, strict_figures) and "[B05]" in problem(role, strict_figures)


def test_released_more_strictly_than_written_for_a_paragraph_is_withheld_whole(stricter_figures):
    text = seven_boxes(box1="## 1 T\n\nThere were {number}`sex.F` girls.\n\nIn {count}`sex.F` so.\n")
    briefing, problems = read(text, stricter_figures)
    assert not problems
    assert [block.text for block in briefing.boxes[0].blocks] == [
        WITHHELD_PARAGRAPH,
        "In a number that is withheld so.",
    ]


def test_an_unknown_measure_is_refused_with_its_line_and_the_nearest(figures):
    found = problem("Words.\nMore {count}`domestic_abuse_by_fathr.yes`.", figures)
    assert found == (
        'briefing.md:4: this audit states no measure "domestic_abuse_by_fathr.yes". '
        "Nearest: domestic_abuse_by_father.yes. [B04]"
    )


def test_a_phrase_has_no_number(figures):
    assert "[B05]" in problem("{number}`substance_or_alcohol_misuse.yes`", figures)


def test_a_box_holds_sub_headings_quotations_and_tables(figures):
    text = """## 1 T

### Who took part

> They said *so*.
>
> - And more.
>
> — a practitioner

| Agency | Cases |
|:---|---:|
| Police \\| courts | {number}`cases.total` |
"""
    briefing, problems = read(seven_boxes(box1=text), figures)
    assert not problems
    heading, quotation, table = briefing.boxes[0].blocks
    assert heading.words.text == "Who took part"
    assert [type(part).__name__ for part in quotation.blocks] == ["Paragraph", "Listing"]
    assert quotation.said_by.text == "— a practitioner"
    assert [[cell.text for cell in row] for row in table.every_row] == [["Agency", "Cases"], ["Police | courts", "5"]]
    assert table.sides == ("left", "right")


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("It was **so.", 3, '"**" would be printed as it stands'),
        ("> They said so.", 3, "a quotation ends, after an empty line (>), with who said it, by their part"),
        ("> They said so.\n> — a parent", 3, "a quotation ends, after an empty line (>), with who said it"),
        ("> They said so.\n>\n> — Jane Doe", 5, "by their part: > — a practitioner, not by name"),
        ("So {chart}`sex`.", 3, "stands in a paragraph of its own, in a box"),
        ("> {chart}`sex`\n>\n> — a parent", 3, "stands in a paragraph of its own, in a box"),
        ("{chart}`recommendations`", 3, "recommendations is no table of counts"),
        ("It was ~~so~~.", 3, "struck-out text"),
        ("Words\nand `code`.", 4, "code in backticks"),
        ("A note[^1].", 3, '"[^1]" would be printed'),
        ("::: note", 3, '":::" would be printed'),
        ("- [ ] to do", 3, '"[ ]" would be printed'),
        ("{count} of them", 3, "{count} is a role without what it reads: {count}`id`, at once, between two backticks"),
        ("{words}‘cases.total’", 3, "{words} is a role without what it reads: {words}`id`, at once"),
        ("{nbsp}", 3, '"{nbsp}" would be printed'),
        ("| a | b |\n\nWords.", 3, '"| a | b |" would be printed'),
        ("###No space", 3, '"###N" would be printed'),
        ("a [link](https://example.org", 3, '"](" would be printed'),
        ("#### Too deep", 3, "a heading of another level"),
        ("Words.\n\n---\n\nWords.", 5, "a rule"),
        ("Words.\n\n    indented", 5, "a block of code"),
        ("<br>", 3, "HTML"),
        ("- a\n\n  > b", 5, "a quotation stands in a box by itself, not in a list"),
        ("> | a | b |\n> |---|---|\n> | c | d |", 3, "a table stands in a box by itself, not in a quotation"),
        ("| a | b |\n|---|---|\n| c | d | e |", 5, "this row has 3 cells, its table 2 columns"),
        ("| a | b |\n|---|---|\n| c | d |\nWords.", 6, "this row has 1 cell, its table 2 columns"),
        ("| a | b |\n|---|---|", 3, "a heading over every column, and a row below"),
        ("| a | |\n|---|---|\n| c | d |", 3, "a heading over every column"),
        ("|a|b|c|d|e|\n|-|-|-|-|-|\n|a|b|c|d|e|", 3, "at most 4 columns; this one has 5"),
        ("|a|\n|-|\n" + "|b|\n" * 13, 3, "at most 12 rows; this one has 13"),
    ],
)
def test_markdown_that_no_form_can_show_is_refused_with_its_line(text, line, told, figures):
    briefing, problems = read(seven_boxes(box1=f"## 1 T\n\n{text}\n"), figures)
    assert briefing is None
    assert problems[0].startswith(f"briefing.md:{line}: ") and told in problems[0] and problems[0].endswith("[B08]")


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Voice 👶 of", "“👶”"),
        ("👨‍👩‍👧 and", "“👨”, “👩”, “👧”"),
        ("ਪੰਜਾਬੀ", "“ਪ”, “ਜ”, “ਬ”"),
        ("中", "“中”"),
    ],
)
def test_a_character_that_the_pdf_cannot_show_is_refused_with_its_line(text, letters, figures):
    found = problem(f"Words\nand {text}.", figures)
    assert found.startswith(f"briefing.md:4: the fonts of the PDF do not have {letters}; ") and "[D08]" in found


def test_letters_that_the_pdf_has_are_let_through(figures):
    assert said("Siân, Łódź, ŵ, Ωmega, Жук, “so” – 5‑… → ✓".replace("5", "x"), figures)


def test_boxes_are_ordered_by_number_not_by_place(figures):
    text = seven_boxes(box1="## 7 Last\n\nWords.\n", box7="## 1 First\n\nWords.\n")
    briefing, _ = read(text, figures)
    assert [box.number for box in briefing.boxes] == [1, 2, 3, 4, 5, 6, 7]
    assert briefing.boxes[0].heading == "First"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"box3": ""}, "B01"),
        ({"box3": "## 3 Title\n"}, "B02"),
        ({"box3": "## 2 Again\n\nWords.\n"}, "B01"),
        ({"box3": "## Three\n\nWords.\n"}, "B01"),
        ({"box3": "## 3 Title\n\n{include}`/etc/passwd`\n"}, "B03"),
        ({"box3": "## 3 Title\n\n{fact}`no source`\n"}, "B06"),
        ({"box3": "## 3 Title\n\n<script>alert(1)</script>\n"}, "B08"),
        ({"box3": "## 3 Title\n\n```{include} /etc/passwd\n```\n"}, "B08"),
        ({"box3": "## 3 Title\n\n![picture](x.png)\n"}, "B08"),
        ({"box3": "## 3 Title\n\n[click](ftp://example.org)\n"}, "B08"),
    ],
)
def test_what_a_briefing_may_not_hold_is_refused(changes, rule, figures):
    _, problems = read(seven_boxes(**changes), figures)
    assert problems and f"[{rule}]" in problems[0]


def test_every_problem_of_a_briefing_is_told_at_once(figures):
    _, problems = read(seven_boxes(box1="## 1 T\n\n{count}`a.b`\n", box2="## 2 T\n\n5 cases\n", box5=""), figures)
    assert [each[-5:] for each in problems] == ["[B04]", "[B01]", "[B07]"]


@pytest.mark.parametrize(
    "text",
    ["{count}`x`", "<b>x</b>", "# x", "[x](y)", "$x$", "::: x", "(x)=", "**x**", "1. x", "a_b_c", "&amp;", "{{ x }}"],
)
def test_text_on_the_page_means_only_itself(text):
    from markdown_it import MarkdownIt
    from mdit_py_plugins.myst_role import myst_role_plugin

    tokens = MarkdownIt("commonmark").use(myst_role_plugin).parse(escape_myst(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert "".join(child.content for child in tokens[1].children) == text


def test_the_page_links_each_figure_to_its_rule(figures):
    briefing, _ = read(seven_boxes(box1="## 1 T\n\nIn {count}`domestic_abuse_by_father.yes` so.\n"), figures)
    page = briefing_page(briefing, figures)
    assert "In [4 of the 5 cases](../../method/how-we-count.md#variables){.ab-figure} so" in page
    assert [line for line in page.splitlines() if line.startswith("## ")][0] == "## 1 T"


def test_the_real_briefing_reads_its_figures():
    refusals = Refusals()
    figures = open_audit("2020-21-Q4", "recorded")
    with open("data/audits/2020-21-Q4/briefing.md", encoding="utf-8") as file:
        briefing = parse_briefing(file.read(), Sources(figures), "briefing.md", refusals)
    text = " ".join(paragraph.text for paragraph in briefing.paragraphs())
    for words in (
        "files of 5 cases",
        "3 girls and 2 boys",
        "2 Indian, 2 White British and 1 White and Black Caribbean",
        "fathers featured in 4 of the 5 cases",
        "mental health in 5 of the 5 cases",
        "2, 4, 4 and 11 months before closure, a median of 4 months",
        "attended by 8 of them",
        "at least 5 agencies",
        "at least 1 agency",
        "missed at least 2 agencies",
        "makes four recommendations",
    ):
        assert words in text


PRINTED = {"precision": "percent_only", "percent": 65}


@pytest.mark.parametrize(
    ("tallies", "role", "words"),
    [
        ([("age", "mean", 7.4)], "{mean}`age`", "7.4 years"),
        ([("age", "mean", 1)], "{count}`age.mean`", "1 year"),
        ([("months_open", "median", 1)], "{median}`months_open`", "1 month"),
        ([("sex", "F", 30)], "{percent}`sex.F`", "73% (30 of the 41 children)"),
        ([("sex", "F", "3..5", {"precision": "between"})], "{count}`sex.F`", "Between 3 and 5 of the 41 children"),
        (
            [("sex", "F", None, {"precision": "percent_only", "percent": 65})],
            "{percent}`sex.F`",
            "65% of the 41 children",
        ),
        ([("age", "0-4", 30), ("age", "5-9", 11)], "{list}`age`", "30 aged 0 to 4 and 11 aged 5 to 9"),
        ([("age", 1, 30), ("age", 2, 11)], "{list}`age`", "1 (30 times) and 2 (11 times)"),
    ],
)
def test_a_role_says_what_totals_give(tallies, role, words):
    said_so = said(role, of_totals(*tallies))
    assert said_so[:1].casefold() + said_so[1:] == words[:1].casefold() + words[1:]


def test_a_code_that_begins_with_not_keeps_its_label():
    figures = of_totals(("grade.met", "met", 30), ("grade.met", "not_met", 11))
    assert said("{list}`met`", figures) == "30 Met and 11 Not met"


@pytest.mark.parametrize(
    "tally",
    [
        ("sex", "F", 3, {"base": 19}),
        ("sex", "F", 30, {"base": None}),
        ("sex", "F", 30, {"precision": "at_least"}),
        ("age", "mean", 7.4, {}),
    ],
)
def test_no_percentage_is_worked_out_of_fewer_than_twenty_or_of_what_is_not_exact(tally):
    assert "use {count}" in problem(f"{{percent}}`{tally[0]}.{tally[1]}`", of_totals(tally))


def of_totals(*tallies):
    """Released totals: beginning, end, count, and other cells; their base is 41 unless said."""
    scale = a_variable("met", type="grade", values="met=Met;not_met=Not met")
    parts = [a_tally(*name[:3], **{"base": 41, **(name[3] if name[3:] else {})}) for name in tallies]
    return released(an_audit(scale, *parts, drawn=41, release=RECORDED))
