"""The book's page “How we count” says what the rules say, and the rules leave no kind of measure out."""

import pytest
from builders import a_case
from spec.print_how_we_count import anchor, modules, singular
from spec.rules import NOT_LISTED, Rule, check, given, gives, is_refused, rules_of

from auditbook.briefing.myst import RULE_ANCHORS
from auditbook.evidence.records import STATES
from auditbook.evidence.tallies import (
    CHANNEL_CATEGORIES,
    FINDING_CATEGORIES,
    INVOLVEMENT_CATEGORIES,
    RECOMMENDATION_CATEGORIES,
    THEME_CATEGORIES,
)

FIXED = {
    "cases": ("total", "in_scope"),
    "people": ("total",),
    "findings": FINDING_CATEGORIES,
    "reflections": ("total",),
    "theme.*": THEME_CATEGORIES,
    "agency.*": STATES,
    "involvement": INVOLVEMENT_CATEGORIES,
    "channel.*": CHANNEL_CATEGORIES,
    "recommendations": RECOMMENDATION_CATEGORIES,
}
VARIABLE = {
    "sex.F": "a code",
    "ethnicity.white": "a group",
    "months_open.2": "a number",
    "months_open.median": "a median",
    "months_open.min": "a smallest number",
    "months_open.max": "a largest number",
    "months_open.n": "how many have a number",
    "plan.not_known": "not known",
    "plan.not_recorded": "not recorded",
    "sex.not_stated": "not stated",
    "grade.overall.good": "a grade",
    "grade.overall.outstanding+good": "a union",
    "grade.overall.good_or_better": "good or better",
    "grade.overall.not_graded": "not graded",
    "grade.overall.not_stated": "not stated, of grades",
}


def family(measure_id: str) -> str:
    """`theme.voice.cases` is of `theme.*.cases`; an agency's states are one family."""
    first, *middle, last = measure_id.split(".")
    return ".".join([first, *("*" for _ in middle), "*" if first == "agency" else last])


def shown() -> set[str]:
    """Every measure that some rule gives a figure for."""
    given = (rule.gives.measures.items() for module in modules() for rule in rules_of(module))
    return {measure for measures in given for measure, words in measures if words != NOT_LISTED}


def test_every_family_of_measures_has_a_rule():
    families = {family(f"{start}.{category}") for start, categories in FIXED.items() for category in categories}
    assert families - {family(measure) for measure in shown()} == set()


def test_every_kind_of_part_of_a_variable_has_a_rule():
    assert VARIABLE.keys() - shown() == set()


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.SECTION)
def test_every_rule_is_said_in_a_sentence(module):
    assert [rule.claim for rule in rules_of(module) if not rule.sentence.endswith(".")] == []
    assert len({rule.claim for rule in rules_of(module)}) == len(rules_of(module)) > 0


def test_every_figure_of_a_briefing_leads_to_a_part_of_the_page():
    assert {*RULE_ANCHORS.values(), "variables"} <= {anchor(module.SECTION) for module in modules()}


def test_an_anchor_is_what_the_heading_would_be_called():
    assert anchor("Findings and themes") == "findings-and-themes"


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("1 cases", "1 case"),
        ("at least 1 of 1 people", "at least 1 of 1 person"),
        ("11 cases", "11 cases"),
        ("2.1", "2.1"),
    ],
)
def test_one_case_is_printed_as_one_case(words, printed):
    assert singular(words) == printed


WRONG = {
    "another figure": gives({"sex.F": "2 of 2 people"}),
    "another base": gives({"sex.F": "1 people"}),
    "not listed": gives({"sex.F": NOT_LISTED}),
    "listed": gives({"sex.U": "0 of 2 people"}),
    "a warning": gives({}, "sex: something is wrong."),
    "a refusal": is_refused("cases.csv:2: … [V01]"),
}


@pytest.mark.parametrize("expected", WRONG.values(), ids=WRONG)
def test_a_rule_whose_example_gives_something_else_fails(expected):
    example = given(a_case("A1", sex="F"), a_case("A2", sex="M"))
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        check(Rule("A claim", "A sentence.", example, expected))
