"""The people behind an audit's figures: cases, and the people in them by their roles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auditbook.codebook.precision import Precision
from auditbook.evidence.audit import Audit
from auditbook.measures.answers import AnswersToCase, answers_about_cases
from auditbook.measures.case_overview import ROLES_OF, case_total, people_precision
from auditbook.measures.joint_counts import JointCounts, joint_counts

OTHERS = "people/others"


@dataclass(frozen=True)
class Population:
    """The people behind an audit's figures.

    cases  how many were audited; None when nobody says
    noun   what the audit calls them, a plural noun
    roles  role group → people in it, where people have rows of their own
    named_findings  the themes of each finding that names a case, as readers can tell: it has no text
    theme_cases     theme → in how many cases these findings raise it
    raising         theme → in how many audits they do; each of them raised it in one case at least
    together        units → which answers were met together, of the variables that are derived or crossed
    answers         question → what each agency answered about each case, where their answers can be compared
    sources         measure id → the file it was counted from in all of several audits; its own source says but that
    """

    cases: int | None
    noun: str
    roles: Mapping[str, int]
    is_one_a_case: bool
    named_findings: tuple[tuple[str, ...], ...] = ()
    theme_cases: Mapping[str, int] = field(default_factory=dict)
    raising: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    joint_counts: Mapping[str, JointCounts] = field(default_factory=dict)
    answers: Mapping[str, Sequence[AnswersToCase]] = field(default_factory=dict)

    def uncertainty(self, theme: str) -> int:
        """Between how many numbers of cases a theme's list of findings leaves a reader unsure, less one."""
        return sum(theme in themes for themes in self.named_findings) - self.raising.get(theme, 0)


def population(audit: Audit) -> Population:
    """Who was audited: cases, and the people in them by the roles that variables are about."""
    roles: dict[str, int] = {}
    if people_precision(audit) == Precision.EXACT and not audit.people_are_cases:
        everybody = audit.of_sample(audit.people)
        groups = {role_group(subject): names for subject, names in ROLES_OF.items()}
        roles = {group: int(everybody["role"].isin(names).sum()) for group, names in groups.items()}
        roles[OTHERS] = len(everybody) - sum(roles.values())
    findings, cases = _named(audit)
    noun, raising = audit.settings.unit.plural, dict.fromkeys(cases, 1)
    everything = (case_total(audit), noun, roles, audit.people_are_cases, findings, cases, raising)
    return Population(*everything, joint_counts=joint_counts(audit), answers=answers_about_cases(audit))


def _named(audit: Audit) -> tuple[tuple[tuple[str, ...], ...], dict[str, int]]:
    """The themes of every finding that names a case, and how many cases each theme was raised in."""
    if audit.findings is None:
        return (), {}
    findings = audit.of_sample(audit.findings)
    findings = findings[findings["case"].notna()]
    cases: dict[str, set[str]] = {}
    for case, themes in zip(findings["case"], findings["themes"], strict=True):
        for theme in themes:
            cases.setdefault(theme, set()).add(case)
    return tuple(map(tuple, findings["themes"])), {theme: len(case_ids) for theme, case_ids in cases.items()}


def role_group(subject: str) -> str:
    """The key of everybody a variable with this subject may describe; empty when it may describe all."""
    if subject not in ROLES_OF:
        return ""
    return "people/children" if subject == "child" else "people/parents"
