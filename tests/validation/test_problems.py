"""Refusals: their order and wording, and the catalogue that says of each rule what it means."""

import ast
import importlib
import pickle
import pkgutil
import re
from pathlib import Path

import pytest

import auditbook
from auditbook.pages.refusals import refusals_page
from auditbook.validation.catalogue import catalogue, every_rule
from auditbook.validation.problems import (
    MOST_PROBLEMS,
    MOST_TOLD,
    AuditbookError,
    InputRefused,
    Place,
    Refusal,
    Refusals,
    Rule,
    nearest,
    up_to_many,
)

ROOT = Path(__file__).parents[2]
ROOMS_THAT_READ = ("evidence", "returns", "forms", "panel")
RULES = every_rule()


def codes_in(module: Path) -> set[str]:
    """Every string of a module that is a rule's code: a letter and two digits."""
    strings = [each.value for each in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(each, ast.Constant)]
    return {text for text in strings if isinstance(text, str) and len(text) == 3 and _is_code(text)}


def _is_code(text: str) -> bool:
    return text[0].isascii() and text[0].isupper() and text[1:].isdigit()


def codes_used() -> set[str]:
    return set().union(*map(codes_in, (ROOT / "auditbook").rglob("*.py")))


def broken_inputs() -> list:
    """Every broken input of the rooms that read what people enter: what their tests list as BROKEN."""
    modules = [module for room in ROOMS_THAT_READ for module in sorted((ROOT / "tests" / room).glob("test_*.py"))]
    found = [importlib.import_module(f"{module.parent.name}.{module.stem}") for module in modules]
    return [each for module in found for each in getattr(module, "BROKEN", [])]


def refused(*found: tuple[Place, str]) -> list[str]:
    refusals = Refusals()
    for place, problem in found:
        refusals.add(place, "V01", problem)
    with pytest.raises(InputRefused) as problem:
        refusals.stop_if_any()
    return str(problem.value).split("\n")


def test_every_code_that_is_used_is_in_the_catalogue():
    assert sorted(codes_used() - set(RULES)) == []


def test_every_rule_of_the_catalogue_is_used():
    assert sorted(set(RULES) - codes_used()) == []


def test_every_code_stands_once_in_the_catalogue():
    codes = [rule.code for rules in catalogue().values() for rule in rules]
    assert len(codes) == len(set(codes)) == len(RULES)


def test_every_rule_has_a_broken_input_of_its_own():
    assert sorted(set(RULES) - {each.rule for each in broken_inputs()}) == []


@pytest.mark.parametrize("code", RULES)
def test_the_catalogues_example_is_what_the_first_broken_input_of_the_rule_gives(code):
    first = next(each for each in broken_inputs() if each.rule == code)
    assert RULES[code].example == first.message


def is_worded_as(rule: Rule, problem: str) -> bool:
    """Whether a problem is worded as the catalogue says."""
    return any(rule.is_worded_as(message, problem) for message in rule.messages)


def test_every_message_is_worded_as_the_catalogue_says():
    unlisted = [each.message for each in broken_inputs() if not is_worded_as(RULES[each.rule], _problem(each.message))]
    assert unlisted == []


def _problem(message: str) -> str:
    """A message without its place, its nearest and its code."""
    told = message.rpartition(" [")[0].partition(" Nearest: ")[0].partition(" Did you mean ")[0]
    return re.sub(r"^.*?: (?:[\w.]+: )?", "", told, count=1)


def test_every_entry_says_why_and_how_to_repair():
    assert [
        rule.code for rule in RULES.values() if not (rule.title and rule.why and rule.repair and rule.messages)
    ] == []


def test_a_repair_reads_in_a_terminal_as_it_does_on_the_page():
    """It is printed below the problems. A project may have none of the guides that it names, so it links nowhere."""
    told = [(code, repair) for code, rule in RULES.items() for repair in (rule.repair, *rule.own_repairs.values())]
    assert [code for code, repair in told if "](" in repair] == []


def test_a_message_with_a_repair_of_its_own_has_that_one():
    rule = RULES["F10"]
    assert (
        rule.repair_of("this table has more than 50,000 rows.") == rule.own_repairs["this table has more than … rows."]
    )
    assert rule.repair_of("this cell is longer than 5 characters; is a quotation mark missing?") == rule.repair


def test_the_page_has_an_anchor_for_every_rule():
    page = refusals_page()
    assert [code for code in RULES if f"(rule-{code.lower()})=\n### {code} " not in page] == []


def test_problems_stand_in_the_order_of_folders_files_and_rows():
    found = refused(
        (Place("data/codebook/themes.csv", 2), "a"),
        (Place("data/audits/A/findings.csv", 9, "text"), "b"),
        (Place("data/audits/A/cases.csv", 10), "c"),
        (Place("data/audits/A/cases.csv", 9), "d"),
        (Place("data/audits/A/cases.csv"), "e"),
        (Place("data/codebook/agencies.csv", 3), "f"),
    )
    assert [line[-8:-6] for line in found] == [" f", " a", " e", " d", " c", " b"]


def test_a_problem_found_twice_is_told_once():
    assert len(refused((Place("a.csv", 1), "x"), (Place("a.csv", 1), "x"))) == 1


def test_many_problems_of_one_file_are_told_to_a_number_and_then_counted():
    of_one = [(Place("a.csv", line), "x") for line in range(1, MOST_TOLD + 31)]
    told = refused(*of_one, (Place("b.csv", 1), "y"))
    assert len(told) == MOST_TOLD + 2
    assert told[-2:] == ["a.csv: and 30 more.", "b.csv:1: y [V01]"]


def test_reading_ends_where_a_file_has_too_many_problems():
    refusals, lines = Refusals(), iter(range(1, 1_000_000))
    with up_to_many(refusals) as found:
        for line in lines:
            found.add(Place("a.csv", line), "V01", "x")
    assert next(lines) == MOST_PROBLEMS + 2
    with pytest.raises(InputRefused) as problem:
        refusals.stop_if_any()
    first, *_, last = str(problem.value).split("\n")
    assert first == "a.csv: more than 1,000 problems stand in this file; what stands below was not looked at. [F10]"
    assert last == f"a.csv: and {MOST_PROBLEMS + 2 - MOST_TOLD} more."


def test_a_message_stays_on_one_line_whatever_it_quotes():
    assert refused((Place("a\nb.csv", 1, "c\nd"), 'e "\n\r\x1b[31m\u2028\u202e" f')) == [
        'a b.csv:1: c d: e " �[31m �" f [V01]'
    ]


def test_a_long_quotation_is_cut():
    [line] = refused((Place("a.csv", 1), f'"{"x" * 100_000}" is not a theme.'))
    assert line == f'a.csv:1: "{"x" * 80}…" is not a theme. [V01]'


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("VOIC", "voice_of_child"),
        ("Pre-birth asesment", "pre_birth_assessment"),
        ("voice of the child", "voice_of_child"),
        ("housing", ""),
        ("x" * 1_000_000, ""),
        ("", ""),
    ],
)
def test_the_nearest_word_is_one_that_begins_so_or_is_much_like_it(word, found):
    assert nearest(word, ["fathers", "voice_of_child", "pre_birth_assessment"]) == found


STATUSES = ["not_started", "planned", "in_progress", "done", "abandoned", "carried_forward", "not_stated"]
OFSTED = ["outstanding", "good", "requires_improvement", "inadequate"]


@pytest.mark.parametrize(
    ("word", "accepted"),
    [
        ("open", STATUSES),
        ("started", STATUSES),
        ("not done", STATUSES),
        ("adequate", OFSTED),
        ("met", ["not_met"]),
        ("unmet", ["met", "not_applicable"]),
        ("known_to_agency", ["not_known_to_agency", "returned"]),
        ("not_involved", ["involved_unknown"]),
        ("effective", ["ineffective"]),
        ("dissatisfied", ["satisfied"]),
        ("increased", ["decreased"]),
        ("abuse_by_mother", ["abuse_by_father"]),
        ("closed", ["open"]),
        ("more", ["less_than", "at_most"]),
    ],
)
def test_the_nearest_word_is_never_the_opposite(word, accepted):
    assert nearest(word, accepted) == ""


@pytest.mark.parametrize(
    ("word", "accepted", "found"),
    [
        ("inadequat", OFSTED, "inadequate"),
        ("in progres", STATUSES, "in_progress"),
        ("progress", STATUSES, "in_progress"),
        ("notstarted", STATUSES, "not_started"),
        ("not startd", STATUSES, "not_started"),
        ("unmt", ["met", "unmet"], "unmet"),
        ("indain", ["indian", "any_other"], "indian"),
        ("morethan", ["more_than", "less_than"], "more_than"),
    ],
)
def test_a_slip_in_a_word_that_denies_is_still_mended(word, accepted, found):
    assert nearest(word, accepted) == found


def every_error() -> list[type[AuditbookError]]:
    """Every error that the package raises for people; its modules are all read to find them."""
    for module in pkgutil.walk_packages(auditbook.__path__, "auditbook."):
        if "sphinx" not in module.name:
            importlib.import_module(module.name)

    def below(kind: type) -> list[type]:
        return [kind, *(each for child in kind.__subclasses__() for each in below(child))]

    return [each for each in dict.fromkeys(below(AuditbookError)) if each.__module__.startswith("auditbook.")]


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_an_error_comes_through_a_process_boundary_whole(kind):
    found = (
        Refusal(Place("a.csv", 2, "b"), "V01", "x", "y"),
        Refusal(Place("c.xlsx", None, None, "S", "B2"), "V02", "z"),
    )
    error = kind(found) if issubclass(kind, InputRefused) else kind("the cause, the place and the way out")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (kind, str(error), vars(error))
    assert again.exit_code == kind.exit_code


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("", '1 problem. See "If an input is refused" in the book.'),
        ("nothing was written", '1 problem; nothing was written. See "If an input is refused" in the book.'),
    ],
)
def test_only_what_would_have_written_says_that_nothing_was_written(kept, said):
    assert InputRefused([Refusal(Place("a.csv"), "V01", "x")]).ending(kept) == said
