"""Two variables counted together: how many cases or people have one answer to each. Only rows can tell."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.variables import Variable
from auditbook.evidence.audit import Audit
from auditbook.measures.case_overview import noun_of, people_described, people_precision
from auditbook.measures.counts import Counts, Measure, Warning, together
from auditbook.measures.distribution import UNKNOWN
from auditbook.measures.variables import label_of
from auditbook.validation.problems import Refusals

if TYPE_CHECKING:
    import pandas as pd

FAMILY = "crossing"


def crossing_categories(variable: Variable) -> tuple[str, ...]:
    """The answers that a crossing has a row or a column for: every code, and what is not known or not recorded."""
    return (*(code.code for code in variable.codes), *UNKNOWN)


def crossing_id(first: str, row: str, second: str, column: str) -> MeasureId:
    return MeasureId.of(FAMILY, first, row, second, column)


def answers_of(crossing: MeasureId | str) -> list[str]:
    """The first variable and its answer, the second and its answer; of a family the last is left out."""
    return crossing.split(".")[1:]


def crossings(audit: Audit, refusals: Refusals) -> Counts:
    """`crossing.*` of the pairs that `audit.yml` names, in its order; nothing of a variable that nobody recorded.

    Of everybody to whom both apply, so the numbers of a table make its base. Source: DESIGN section 5; worked example
    in tests/spec/test_crossings.py.
    """
    variables = audit.codebook.variables
    return together(_crossing(audit, variables[first], variables[second]) for first, second in audit.settings.crossings)


def _crossing(audit: Audit, first: Variable, second: Variable) -> Counts:
    units = units_of(audit, first)
    if units is None or not {first.id, second.id} <= set(units.columns):
        return Counts()
    if units[first.id].isna().all() or units[second.id].isna().all():
        return Counts()
    if not is_of_cases(audit, first) and people_precision(audit) != "exact":
        name = f"{FAMILY}.{first.id}.{second.id}"
        text = f"{name}: not counted, because the people of some cases are not recorded."
        return Counts((), (Warning(name, text, text),))
    answers = crossing_frequency(units[[first.id, second.id]])
    base, noun = sum(answers.values()), noun_of(audit, first)
    source = "cases.csv" if is_of_cases(audit, first) else "people.csv"
    return Counts(
        tuple(
            Measure(
                crossing_id(first.id, row, second.id, column),
                f"{label_of(first, row)}; {label_of(second, column)}",
                numerator=answers[row, column],
                denominator=base,
                base_label=noun,
                value=answers[row, column],
                unit=noun,
                source=source,
                counts="people",
                is_sensitive=first.sensitive or second.sensitive,
            )
            for row in crossing_categories(first)
            for column in crossing_categories(second)
        )
    )


def crossing_frequency(answers: pd.DataFrame) -> Counter[tuple[str, str]]:
    """How many units have each pair of answers.

    answers  one row per unit, two columns: a code, not_known, not_applicable, or None: not recorded

    Where one of the two does not apply the unit is not counted.
    """
    pairs = ((as_category(first), as_category(second)) for first, second in answers.itertuples(index=False, name=None))
    return Counter(pair for pair in pairs if "not_applicable" not in pair)


def as_category(cell: object) -> str:
    """The category that counts this cell."""
    return "not_recorded" if cell is None or cell != cell else str(cell)


def is_of_cases(audit: Audit, variable: Variable) -> bool:
    """Whether it is recorded once a case; so is what is recorded of people where each case is one child."""
    return variable.unit == "case" or audit.people_are_cases


def units_of(audit: Audit, variable: Variable) -> pd.DataFrame | None:
    """The audited cases, or the people in them whom the variable describes; None without rows of them."""
    if is_of_cases(audit, variable):
        return audit.sample
    return None if audit.people is None else people_described(audit, variable)
