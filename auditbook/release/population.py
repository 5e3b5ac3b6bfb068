"""The people behind an audit's figures: cases, and the people in them by their roles."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditbook.evidence.audit import Audit
from auditbook.measures.case_overview import ROLES_OF, case_total, people_precision

OTHERS = "people/others"


@dataclass(frozen=True)
class Population:
    """The people behind an audit's figures.

    cases  how many were audited; None when nobody says
    noun   what the audit calls them, a plural noun
    roles  role group → people in it, where people have rows of their own
    named  theme → how many of its findings name a case, as readers can tell from the list: those without their text
    """

    cases: int | None
    noun: str
    roles: Mapping[str, int]
    is_one_a_case: bool
    named: Mapping[str, int] = field(default_factory=dict)


def population(audit: Audit) -> Population:
    """Who was audited: cases, and the people in them by the roles that variables are about."""
    roles: dict[str, int] = {}
    if people_precision(audit) == "exact" and not audit.people_are_cases:
        everybody = audit.of_sample(audit.people)
        groups = {role_group(subject): own for subject, own in ROLES_OF.items()}
        roles = {group: int(everybody["role"].isin(own).sum()) for group, own in groups.items()}
        roles[OTHERS] = len(everybody) - sum(roles.values())
    return Population(case_total(audit), audit.settings.unit.plural, roles, audit.people_are_cases, _named(audit))


def _named(audit: Audit) -> dict[str, int]:
    if audit.findings is None:
        return {}
    found = audit.of_sample(audit.findings)
    raised = found[found["case"].notna()]["themes"].explode().value_counts()
    return {theme: int(raised.get(theme, 0)) for theme in audit.codebook.themes}


def role_group(subject: str) -> str:
    """The key of everybody a variable with this subject may describe; empty when it may describe all."""
    if subject not in ROLES_OF:
        return ""
    return "people/children" if subject == "child" else "people/parents"
