"""The cases and people audited, and every variable of theirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Precision
from auditbook.codebook.variables import Variable
from auditbook.evidence.audit import Audit
from auditbook.measures.consistency import row_warnings
from auditbook.measures.counts import Counts, Measure, together
from auditbook.measures.distribution import Distribution, from_rows, from_tallies
from auditbook.measures.tallies import refuse_tally, with_printed
from auditbook.measures.variables import variable_measures
from auditbook.validation.problems import Refusals

if TYPE_CHECKING:
    import pandas as pd

ROLES_OF = {
    "child": ("index_child", "sibling", "unborn"),
    "mother": ("parent",),
    "father": ("parent",),
    "parent": ("parent",),
}
"""The roles whose people a subject is about; any other subject is about everybody in the case."""
PEOPLE_NOUN, CHILDREN, PARENTS = "people", "children", "parents"


def case_total(audit: Audit) -> int | None:
    """How many cases were audited: in scope, or out of it with their learning kept.

    Without rows: the source's own total, else the cases drawn. None when nobody says.
    """
    if audit.sample is not None:
        return len(audit.sample)
    printed = next((tally for tally in audit.tallies if tally.id == "cases.total"), None)
    if printed is not None and printed.precision.is_exact and printed.count is not None:
        return int(printed.count)
    return audit.settings.sample.drawn if printed is None else None


def cases(audit: Audit, refusals: Refusals) -> Counts:
    """`cases.total` and `cases.in_scope`; the base of the second is the first."""
    noun, total = audit.settings.unit.plural, case_total(audit)
    tallies = [tally for tally in audit.tallies if tally.variable == "cases"]
    counted = []
    if total is not None and not any(tally.value == "total" for tally in tallies if audit.sample is None):
        source = "audit.yml" if audit.sample is None else "cases.csv"
        counted.append(_count("cases.total", "Cases audited", total, noun, source))
    if audit.sample is not None:
        in_scope = int((audit.sample["scope"] == "in").sum())
        counted.append(_count("cases.in_scope", "Cases in scope", in_scope, noun, "cases.csv", total))
    words = {
        "total": ("Cases audited", noun, PEOPLE_NOUN),
        "in_scope": ("Cases in scope", noun, PEOPLE_NOUN),
    }
    return with_printed(counted, tallies, ("total", "in_scope"), words, refusals)


def people(audit: Audit, refusals: Refusals) -> Counts:
    """`people.total`: everybody in the audited cases. At least so many when some cases have no people recorded."""
    counted = []
    precision = people_precision(audit)
    if precision:
        everybody = audit.of_sample(audit.people)
        source, noun = "cases.csv" if audit.people_are_cases else "people.csv", _noun_of_roles(everybody["role"])
        counted.append(_count("people.total", "People in the cases", len(everybody), noun, source, precision=precision))
    tallies = [tally for tally in audit.tallies if tally.variable == "people"]
    return with_printed(
        counted, tallies, ("total",), {"total": ("People in the cases", PEOPLE_NOUN, PEOPLE_NOUN)}, refusals
    )


def people_precision(audit: Audit) -> Precision | None:
    """exact when every audited case has its people, at_least when some have, None when none has."""
    if audit.people is None:
        return None
    with_people = set(audit.of_sample(audit.people)["case"])
    if not with_people:
        return None
    return Precision.exact_if(with_people >= set(audit.sample["case"]))


def variables(audit: Audit, refusals: Refusals) -> Counts:
    """Every variable that rows or tallies record, in the order of the codebook; grades apart."""
    every = audit.codebook.variables.values()
    return together(
        _variable(audit, variable, refusals) for variable in every if variable.type not in ("date", "grade")
    )


def _variable(audit: Audit, variable: Variable, refusals: Refusals) -> Counts:
    """Rows give a variable, or tallies do, which are refused where rows are whole."""
    tallies = [tally for tally in audit.tallies if tally.variable == variable.id]
    counted = _counted(audit, variable)
    if counted is None and not tallies:
        return Counts()
    if counted is None:
        return variable_measures(from_tallies(variable, tallies), noun_of(audit, variable))
    if not counted.is_counted and tallies:
        printed = from_tallies(variable, tallies)
        return variable_measures(printed, noun_of(audit, variable)) + Counts((), row_warnings(printed, counted))
    for tally in tallies:
        refuse_tally(tally, refusals)
    return variable_measures(counted, noun_of(audit, variable))


def noun_of(audit: Audit, variable: Variable) -> str:
    """What a variable counts, where the data does not say: children, parents, people, or what the audit samples.

    The roles of the people in the base say it, and without rows of people the variable's subject.
    """
    if variable.unit != "person":
        return audit.settings.unit.plural
    if audit.people is not None and variable.id in audit.people.columns:
        return _noun_of_roles(people_described(audit, variable)["role"])
    return _noun_of_roles(ROLES_OF.get(variable.subject, ()))


def _noun_of_roles(roles: Iterable[str]) -> str:
    """The noun of people who all have these roles; people where some are children and some are not."""
    roles = set(roles)
    by_noun = {CHILDREN: set(ROLES_OF["child"]), PARENTS: set(ROLES_OF["parent"])}
    return next((noun for noun, noun_roles in by_noun.items() if roles and roles <= noun_roles), PEOPLE_NOUN)


def _counted(audit: Audit, variable: Variable) -> Distribution | None:
    """The distribution counted from rows; None when no file has a column for the variable, or one without a word."""
    is_case = variable.unit == "case"
    units = audit.cases if is_case else audit.people
    if variable.unit not in ("case", "person") or units is None or variable.id not in units.columns:
        return None
    precision = Precision.EXACT if is_case else people_precision(audit)
    if precision is None:
        return None
    units = audit.sample if is_case else people_described(audit, variable)
    if units[variable.id].isna().all():
        return None
    source = "cases.csv" if is_case or audit.people_are_cases else "people.csv"
    return from_rows(variable, units[variable.id], None, precision, source)


def people_described(audit: Audit, variable: Variable) -> pd.DataFrame:
    """The people in audited cases whose role fits the variable's subject."""
    everybody = audit.of_sample(audit.people)
    if audit.people_are_cases or variable.subject not in ROLES_OF:
        return everybody
    return everybody[everybody["role"].isin(ROLES_OF[variable.subject])]


def _count(
    measure_id: str,
    label: str,
    count: int,
    noun: str,
    source: str,
    base: int | None = None,
    precision: Precision = Precision.EXACT,
) -> Measure:
    return Measure(
        MeasureId(measure_id),
        label,
        numerator=count,
        denominator=base,
        base_label=None if base is None else noun,
        value=count,
        unit=noun,
        precision=precision,
        source=source,
        counts=PEOPLE_NOUN,
    )
