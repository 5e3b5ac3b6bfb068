"""The catalogue of rules (`rules.yml`): every code that a refusal can carry, what it means, and how to repair it."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from auditbook.validation.problems import Refusal, Rule

RULES_FILE = Path(__file__).with_name("rules.yml")


@cache
def catalogue() -> dict[str, tuple[Rule, ...]]:
    """Part of the catalogue → its rules, in the order of the page."""
    parts = yaml.safe_load(RULES_FILE.read_text("utf-8"))
    return {part: tuple(map(_rule, entries)) for part, entries in parts.items()}


def _rule(entry: dict) -> Rule:
    """A message is a text, or a text with a repair of its own."""
    written = [each if isinstance(each, dict) else {"message": each} for each in entry["messages"]]
    own = {each["message"]: each["repair"] for each in written if "repair" in each}
    return Rule(**{**entry, "messages": tuple(each["message"] for each in written), "own_repairs": own})


def every_rule() -> dict[str, Rule]:
    """Code → its rule."""
    return {rule.code: rule for rules in catalogue().values() for rule in rules}


def repairs(refusals: Iterable[Refusal]) -> list[str]:
    """What to do about each rule that was broken, and each of its causes, a line each, in the order given."""
    rules = every_rule()
    return [*dict.fromkeys(f"{each.rule}: {rules[each.rule].repair_of(each.problem)}" for each in refusals)]
