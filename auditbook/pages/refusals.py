"""The page “If an input is refused”: the catalogue of rules, with a lasting anchor a rule, `rule-t03`."""

from auditbook.briefing.myst import Myst
from auditbook.pages.render import page
from auditbook.validation.catalogue import catalogue
from auditbook.validation.problems import Rule


def refusals_page() -> str:
    parts = {Myst(part): tuple(map(_entry, rules)) for part, rules in catalogue().items()}
    return page("refusals", parts=parts)


def _entry(rule: Rule) -> dict:
    """A rule for the template; its title, reason and repair are written by us, as MyST."""
    return {
        "code": rule.code,
        "title": Myst(rule.title),
        "messages": tuple(map(_in_type, rule.messages)),
        "why": Myst(rule.why),
        "repair": Myst(rule.repair),
        "own_repairs": [(_in_type(message), Myst(repair)) for message, repair in rule.own_repairs.items()],
        "example": _in_type(rule.example),
    }


def _in_type(text: str) -> Myst:
    """Text in type, whatever marks are in it; unlike a block it wraps on a narrow screen."""
    return Myst(f"`` {text} ``")
