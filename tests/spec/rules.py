"""Counting rules as data: a tiny table in, a tiny table out. Each is a test, and a paragraph of “How we count”.

A rule is a function under `@rule`: its name is the claim, its docstring the sentence for readers, and what it returns
the example: `given(rows and settings)`, then `gives({measure: words}, warnings)` or `is_refused(messages)`.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

import pytest
from builders import AUDIT_ID, Later, Part, an_audit, flat, measures_of, warnings_of

from auditbook.measures.counts import Measure
from auditbook.validation.problems import InputRefused

NOT_LISTED = "not listed"
STATISTICS = ("median", "mean", "min", "max")
CERTAIN = ("exact", "percent_only")


@dataclass(frozen=True)
class Given:
    """An audit's rows and settings; and the rows of audits after it, by their id."""

    parts: tuple[Part, ...]
    settings: dict[str, object]
    later: dict[str, list[Part]] | None = None


@dataclass(frozen=True)
class Gives:
    """Measures in short words, and every warning; or the refusals."""

    measures: dict[str, str]
    warnings: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One counting rule: the claim, its sentence, and the example that proves it."""

    claim: str
    sentence: str
    given: Given
    gives: Gives


def given(*parts: Part | list[Part], later: Later = None, **settings: object) -> Given:
    return Given(tuple(flat(parts)), settings, later)


def gives(measures: dict[str, str], *warnings: str) -> Gives:
    return Gives(measures, warnings)


def is_refused(*refusals: str) -> Gives:
    """Each refusal's message; `…` stands for any words."""
    return Gives({}, (), refusals)


def rule(example: Callable[[], tuple[Given, Gives]]) -> Callable[[], None]:
    """A test of the example that the function returns; `.rule` holds it for the page."""
    claim = example.__name__.removeprefix("test_").replace("_", " ")
    found = Rule(claim[0].upper() + claim[1:], " ".join((example.__doc__ or "").split()), *example())

    @functools.wraps(example)
    def test() -> None:
        check(found)

    test.rule = found
    return test


def rules_of(module: ModuleType) -> list[Rule]:
    """Every rule of a module, in the order they are written."""
    return [each.rule for each in vars(module).values() if hasattr(each, "rule")]


def check(the_rule: Rule) -> None:
    """Every measure named is as said, or is not listed; there is no warning and no refusal but those said."""
    if the_rule.gives.refusals:
        with pytest.raises(InputRefused) as problem:
            measures_of(an_audit(*the_rule.given.parts, **the_rule.given.settings))
        found = [str(refusal).partition(f"audits/{AUDIT_ID}/")[2] for refusal in problem.value.refusals]
        assert len(found) == len(the_rule.gives.refusals), found
        for refusal, expected in zip(found, the_rule.gives.refusals, strict=True):
            start, _, end = expected.partition("…")
            assert refusal.startswith(start) and refusal.endswith(end)
        return
    audit = an_audit(*the_rule.given.parts, later=the_rule.given.later, **the_rule.given.settings)
    counted = measures_of(audit)
    assert the_rule.gives.measures == {
        each: in_short(counted[each]) if each in counted else NOT_LISTED for each in the_rule.gives.measures
    }
    assert tuple(warnings_of(audit)) == the_rule.gives.warnings


def in_short(measure: Measure) -> str:
    """Everything a measure says, in few words.

    `3 of 5 people`, `3 people` without a base, `at least 12 of 15 families`, `65%`, `more than 90% of 40 returns`,
    `4 months, from 4 of 5 people` of a statistic and the numbers behind it, `“a few”` of a phrase.
    """
    bound = "" if measure.precision in CERTAIN else measure.precision.replace("_", " ") + " "
    base = "" if measure.denominator is None else f" of {measure.denominator} {measure.base_label}"
    if measure.value is None:
        return f"“{measure.statement}”{base}"
    if measure.category in STATISTICS:
        behind = base if measure.numerator is None else f", from {measure.numerator}{base}"
        return f"{bound}{measure.value} {measure.unit}{behind}"
    if measure.unit == "percent":
        assert measure.numerator is None
        return f"{bound}{measure.value}%{base}"
    assert measure.numerator == measure.value
    same_noun = base and measure.unit == measure.base_label
    return f"{bound}{measure.value}{'' if same_noun else ' ' + measure.unit}{base}"
