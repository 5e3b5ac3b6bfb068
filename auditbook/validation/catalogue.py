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
    written = [message if isinstance(message, dict) else {"message": message} for message in entry["messages"]]
    own_repairs = {message["message"]: message["repair"] for message in written if "repair" in message}
    return Rule(**{**entry, "messages": tuple(message["message"] for message in written), "own_repairs": own_repairs})


def every_rule() -> dict[str, Rule]:
    """Code → its rule."""
    return {rule.code: rule for rules in catalogue().values() for rule in rules}


def repairs(refusals: Iterable[Refusal]) -> list[str]:
    """What to do about each rule that was broken, and each of its causes, a line each, in the order given."""
    rules = every_rule()
    return [*dict.fromkeys(f"{refusal.rule}: {rules[refusal.rule].repair_of(refusal.problem)}" for refusal in refusals)]
