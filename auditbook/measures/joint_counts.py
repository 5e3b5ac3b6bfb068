"""What was recorded together of the same cases or people: for the release, which must know what follows from what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from auditbook.codebook.variables import Variable
from auditbook.evidence.audit import Audit
from auditbook.measures.crossings import as_category, units_of

OF_CASES = "case"


@dataclass(frozen=True, repr=False)
class JointCounts:
    """How often each combination of answers was met among the same units.

    variables  those that are derived or crossed, and those that they are worked out from
    counts     one answer to each of them → units: exact, of rows, and shown by nobody
    """

    variables: tuple[str, ...] = ()
    counts: Mapping[tuple[str, ...], int] = field(default_factory=dict)

    def of(self, variables: Sequence[str]) -> Counter[tuple[str, ...]]:
        """The same of some of the variables."""
        places = [self.variables.index(name) for name in variables]
        counts: Counter[tuple[str, ...]] = Counter()
        for answers, count in self.counts.items():
            counts[tuple(answers[place] for place in places)] += count
        return counts

    def __repr__(self) -> str:
        return f"<JointCounts: {len(self.counts)} exact combinations, not released>"


def units_key(variable: Variable, is_one_a_case: bool) -> str:
    """Which units a variable describes: cases, or people of some roles. Only of the same can two be told together."""
    return OF_CASES if variable.unit == "case" or is_one_a_case else f"people/{variable.people}"


def joint_counts(audit: Audit) -> dict[str, JointCounts]:
    """Units → what was recorded together of them, of the variables that are derived or crossed."""
    variables = _concerned(audit)
    by_units = {}
    for key in dict.fromkeys(units_key(variable, audit.people_are_cases) for variable in variables):
        group = [variable for variable in variables if units_key(variable, audit.people_are_cases) == key]
        units = units_of(audit, group[0])
        names = tuple(variable.id for variable in group if units is not None and variable.id in units.columns)
        if names:
            rows = units[list(names)].itertuples(index=False, name=None)
            by_units[key] = JointCounts(names, Counter(tuple(map(as_category, row)) for row in rows))
    return by_units


def _concerned(audit: Audit) -> list[Variable]:
    variables = audit.codebook.variables
    names = {name for pair in audit.settings.crossings for name in pair}
    for variable in variables.values():
        if variable.derivation:
            names |= {variable.id, *variable.derivation.parents}
    return [variables[name] for name in variables if name in names and variables[name].unit in ("case", "person")]


def pooled_joint_counts(parts: Iterable[Mapping[str, JointCounts]]) -> dict[str, JointCounts]:
    """The same of several audits, of the variables that all of them have."""
    parts = list(parts)
    by_units = {}
    for key in parts[0]:
        if all(key in part for part in parts):
            names = [name for name in parts[0][key].variables if all(name in part[key].variables for part in parts)]
            by_units[key] = JointCounts(tuple(names), sum((part[key].of(names) for part in parts), Counter()))
    return by_units
