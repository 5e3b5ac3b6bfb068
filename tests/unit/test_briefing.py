"""The briefing: seven boxes, every figure a role, no number typed by hand, and one model for every form."""

from dataclasses import replace

import pytest

from auditbook.briefing.model import Briefing
from auditbook.briefing.myst import briefing_page, literal
from auditbook.briefing.parse import WITHHELD, parse_briefing
from auditbook.reading import open_audit
from auditbook.validation.problems import Refusals


@pytest.fixture(scope="module")
def figures():
    return open_audit("2020-21-Q4", "recorded")


@pytest.fixture(scope="module")
def stricter_figures():
    return open_audit("2020-21-Q4", "strict")


@pytest.fixture(scope="module")
def strict_figures(stricter_figures):
    """Figures of an audit whose own record says strict, so that its briefing must be written for it."""
    own = stricter_figures.settings.release.model_copy(update={"profile": "strict"})
    return replace(stricter_figures, settings=stricter_figures.settings.model_copy(update={"release": own}))


def seven_boxes(**changes: str) -> str:
    boxes = {number: f"## {number} Title\n\nWords.\n" for number in range(1, 8)}
    boxes |= {int(key.removeprefix("box")): text for key, text in changes.items()}
    return "\n".join(text for text in boxes.values() if text)


def read(text: str, figures) -> tuple[Briefing | None, list[str]]:
    refusals = Refusals()
    briefing = parse_briefing(text, figures, "briefing.md", refusals)
    return briefing, [str(refusal) for refusal in refusals.found]


def said(sentence: str, figures) -> str:
    briefing, problems = read(seven_boxes(box1=f"## 1 Title\n\n{sentence}\n"), figures)
    assert not problems
    return briefing.boxes[0].blocks[0].text


def problem(sentence: str, figures) -> str:
    briefing, problems = read(seven_boxes(box1=f"## 1 Title\n\n{sentence}\n"), figures)
    assert briefing is None and len(problems) == 1
    return problems[0]


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
    assert said(role, figures) == words


def test_a_withheld_count_says_so(strict_figures):
    assert said("{count}`sex.F`", strict_figures) == "a number that is withheld"


@pytest.mark.parametrize("role", ["{number}`sex.F`", "{words}`sex.F`", "{base}`sex.F`", "{list}`sex`"])
def test_a_withheld_figure_in_any_other_role_stops_the_build(role, strict_figures):
    assert "withheld" in problem(role, strict_figures) and "[B05]" in problem(role, strict_figures)


def test_released_more_strictly_than_written_for_a_paragraph_is_withheld_whole(stricter_figures):
    text = seven_boxes(box1="## 1 T\n\nThere were {number}`sex.F` girls.\n\nIn {count}`sex.F` so.\n")
    briefing, problems = read(text, stricter_figures)
    assert not problems
    assert [block.text for block in briefing.boxes[0].blocks] == [WITHHELD, "In a number that is withheld so."]


def test_an_unknown_measure_is_refused_with_its_line_and_the_nearest(figures):
    found = problem("Words.\nMore {count}`domestic_abuse_by_fathr.yes`.", figures)
    assert found == (
        'briefing.md:3: this audit states no measure "domestic_abuse_by_fathr.yes". '
        "Nearest: domestic_abuse_by_father.yes. [B04]"
    )


def test_a_phrase_has_no_number(figures):
    assert "[B05]" in problem("{number}`substance_or_alcohol_misuse.yes`", figures)


@pytest.mark.parametrize(
    "sentence",
    [
        "In 4 of these cases it was so.",
        "Four very young children were seen.",
        "Half of all the homes had it.\n\nThe cases: both.",
        "It was 3 of the {base}`sex.F` then.",
        "A 5-case audit.",
        "For 11 long months.",
    ],
)
def test_a_number_typed_beside_what_is_counted_is_refused(sentence, figures):
    _, problems = read(seven_boxes(box1=f"## 1 Title\n\n{sentence}\n"), figures)
    assert problems and all("[B07]" in each for each in problems)


@pytest.mark.parametrize(
    "sentence",
    [
        "The cases were read closely in the year 2021.",
        "During COVID-19 agencies kept going.",
        "{fact}`Three cases|minutes of 4 May 2021` were named.",
        "The 7 homes on that long street were old.",
    ],
)
def test_a_number_that_counts_nothing_is_left_alone(sentence, figures):
    assert read(seven_boxes(box1=f"## 1 Title\n\n{sentence}\n"), figures)[1] == []


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

    tokens = MarkdownIt("commonmark").use(myst_role_plugin).parse(literal(text))
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
        briefing = parse_briefing(file.read(), figures, "briefing.md", refusals)
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
