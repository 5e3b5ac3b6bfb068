"""Which features came together in one case or person: exact, and only for `auditbook.release` to let out.

Joint counts need rows; tallies give none. A feature is a yes, or one of the codes of which a unit may have several.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditbook.codebook.variables import Variable
from auditbook.evidence.audit import Audit
from auditbook.measures.case_overview import PEOPLE_NOUN, ROLES_OF, people_described, people_precision

if TYPE_CHECKING:
    import pandas as pd

MOST_FEATURES = 6
"""Features in one picture; of more, those that fewest had are left out by name."""
UNKNOWN_CELLS = (None, "not_known")
ROLE_NOUNS = {ROLES_OF["child"]: "children", ROLES_OF["parent"]: "parents", (): PEOPLE_NOUN}


@dataclass(frozen=True, repr=False)
class Combination:
    """One combination: of its features each unit has all, and of the others it is not said to have any.

    unsure  of the `count` units, those in which another feature is not known or not recorded
    """

    features: tuple[str, ...]
    count: int
    unsure: int = 0


@dataclass(frozen=True, repr=False)
class Combined:
    """Features of the same units, and how often each combination was met; every unit is counted once.

    about     the variable whose codes are the features; empty for answers of yes
    noun      what the units are, a plural noun
    total     units of which at least one feature is known
    unknown   units of which none is; they would look as if they had none, so they are not among the combinations
    features  labels, the most frequent first
    left_out  labels of features that fewest had, and that are in no combination
    """

    about: str
    noun: str
    total: int
    features: tuple[str, ...]
    rows: tuple[Combination, ...]
    left_out: tuple[str, ...] = ()
    unknown: int = 0

    def __repr__(self) -> str:
        return f"<Combined: {len(self.rows)} exact combinations, not released>"


Unit = dict[str, bool | None]
"""Feature's label → whether it is there; None where that is not known."""


def combinations(audit: Audit) -> tuple[Combined, ...]:
    """Answers of yes in each case, codes that came together, then answers of yes of each person, by role.

    An answer that does not apply is no yes. Only what two features or more can come together in is given.
    """
    if audit.sample is None:
        return ()
    noun = audit.settings.unit.plural
    of_cases = [
        variable for variable in _recorded(audit, audit.sample, "flag") if variable.unit == "case" or _are_cases(audit)
    ]
    pictures = [combined("", noun, _answers(audit.sample, of_cases))]
    for variable in _recorded(audit, audit.sample, "multi"):
        pictures.append(combined(variable.label, noun, _codes(audit.sample[variable.id], variable)))
    if not _are_cases(audit) and people_precision(audit):
        pictures += _of_people(audit)
    return tuple(picture for picture in pictures if picture is not None)


def _are_cases(audit: Audit) -> bool:
    return audit.people_are_cases


def _recorded(audit: Audit, units: pd.DataFrame, kind: str) -> list[Variable]:
    """Without those derived from others, which would come together with them by their nature."""
    variables = [
        variable for variable in audit.codebook.variables.values() if variable.type == kind and not variable.derivation
    ]
    return [variable for variable in variables if variable.id in units.columns]


def _of_people(audit: Audit) -> list[Combined | None]:
    """Answers about the same people: children's are never mixed with parents'."""
    by_role: dict[tuple[str, ...], list[Variable]] = {}
    for flag in _recorded(audit, audit.people, "flag"):
        by_role.setdefault(ROLES_OF.get(flag.subject, ()), []).append(flag)
    return [
        combined("", ROLE_NOUNS[roles], _answers(people_described(audit, flags[0]), flags))
        for roles, flags in by_role.items()
    ]


def _answers(units: pd.DataFrame, flags: Sequence[Variable]) -> list[Unit]:
    rows = units.to_dict("records")
    return [{flag.label: _answer(row[flag.id]) for flag in flags} for row in rows]


def _answer(cell: object) -> bool | None:
    return None if cell in UNKNOWN_CELLS else cell == "yes"


def _codes(cells: Iterable, variable: Variable) -> list[Unit]:
    """Where nothing was recorded no code is known to be there, and none not to be."""
    labels = {code.code: code.label for code in variable.codes}
    return [
        {label: code in cell if isinstance(cell, tuple) else None for code, label in labels.items()}
        for cell in cells
        if cell != "not_applicable"
    ]


def combined(about: str, noun: str, units: Sequence[Unit]) -> Combined | None:
    """Every combination met, the most frequent first; None where fewer than two features were."""
    known_units = [unit for unit in units if any(answer is not None for answer in unit.values())]
    times = Counter(label for unit in known_units for label, answer in unit.items() if answer)
    order = [label for label, _ in times.most_common()]
    if len(order) < 2:
        return None
    features, left_out = tuple(order[:MOST_FEATURES]), tuple(order[MOST_FEATURES:])
    met = Counter(tuple(label for label in features if unit[label]) for unit in known_units)
    unsure = Counter(
        tuple(label for label in features if unit[label])
        for unit in known_units
        if any(unit[label] is None for label in features)
    )
    rows = sorted(met, key=lambda labels: (-met[labels], -len(labels), [features.index(label) for label in labels]))
    made = tuple(Combination(labels, met[labels], unsure[labels]) for labels in rows)
    return Combined(about, noun, len(known_units), features, made, left_out, len(units) - len(known_units))
