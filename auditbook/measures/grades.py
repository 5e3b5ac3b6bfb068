"""Grades: how many of what was graded got each grade of its scale, after moderation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Precision
from auditbook.codebook.variables import Variable
from auditbook.evidence.audit import Audit
from auditbook.evidence.links import standards
from auditbook.evidence.tallies import tallied_variable
from auditbook.measures.case_overview import noun_of, people_described, people_precision
from auditbook.measures.counts import Counts, together
from auditbook.measures.distribution import Distribution, Quantity, from_tallies
from auditbook.measures.tallies import refuse_tally
from auditbook.measures.variables import variable_measures
from auditbook.validation.problems import Refusals

if TYPE_CHECKING:
    import pandas as pd

UNGRADED = ("not_graded", "not_known")


@dataclass(frozen=True)
class GivenGrades:
    """One row per grade given: `unit`, the case or person graded, and `grade` after moderation."""

    grades: pd.DataFrame
    source: str
    precision: Precision = Precision.EXACT


def grades(audit: Audit, refusals: Refusals) -> Counts:
    """`grade.*` of every standard that was graded, in the order of the codebook: variables, then themes.

    Behind each standard stand the grades of each agency (`grade.<standard>.<agency>.*`), where several graded it, and
    those of each sample (`grade.<standard>.<channel>.*`), where it was graded in several.
    """
    families = [f"grade.{standard}" for standard in standards(audit.codebook)]
    return together(_of_family(audit, part, refusals) for family in families for part in _with_parts(audit, family))


def _with_parts(audit: Audit, family: str) -> list[str]:
    """A standard's family, and those of the agencies and of the samples that rows or a source tell apart."""
    printed = {tally.variable for tally in audit.tallies}
    rows = _rows_of(audit, tallied_variable(family, audit.codebook))
    parts = []
    for column, names in (("agency", audit.codebook.agencies), ("channel", audit.channels)):
        named = set() if rows is None else {MeasureId.of(family, name) for name in rows[column].dropna()}
        several = named if len(named) > 1 else set()
        part_families = [MeasureId.of(family, name) for name in names]
        parts += [part for part in part_families if part in several or part in printed]
    return [family, *parts]


def _of_family(audit: Audit, family: str, refusals: Refusals) -> Counts:
    variable = tallied_variable(family, audit.codebook)
    tallies = [tally for tally in audit.tallies if tally.variable == family]
    given = given_grades(audit, variable)
    if given is not None:
        for tally in tallies:
            refuse_tally(tally, refusals)
        return variable_measures(grade_frequency(variable, given), noun_of(audit, variable))
    if tallies:
        return variable_measures(from_tallies(variable, tallies), noun_of(audit, variable))
    return Counts()


def given_grades(audit: Audit, variable: Variable) -> GivenGrades | None:
    """Every grade of a standard, from grades.csv and from its own column. None when nobody graded it.

    Of one agency's grades, or one sample's, whose variable is called `overall.police`, those in grades.csv.
    """
    given = [table for table in (_from_grades(audit, variable), _from_column(audit, variable)) if table is not None]
    together = _in_one_frame(given)
    if together is None or together.empty:
        return None
    weakest = Precision.exact_if(all(table.precision == Precision.EXACT for table in given))
    return GivenGrades(together, "; ".join(table.source for table in given if len(table.grades)), weakest)


def _in_one_frame(given: list[GivenGrades]) -> pd.DataFrame | None:
    import pandas as pd

    return pd.concat([table.grades for table in given], ignore_index=True) if given else None


def _rows_of(audit: Audit, variable: Variable) -> pd.DataFrame | None:
    """The rows of grades.csv that grade a standard, or of one agency or sample that do; None where there are none."""
    if audit.grades is None:
        return None
    standard, _, part = variable.id.partition(".")
    every = audit.of_sample(audit.grades)
    column = "agency" if part in audit.codebook.agencies else "channel"
    rows = every[(every["standard"] == standard) & ((every[column] == part) if part else True)]
    return None if rows.empty else rows


def _from_grades(audit: Audit, variable: Variable) -> GivenGrades | None:
    import pandas as pd

    rows = _rows_of(audit, variable)
    if rows is None:
        return None
    moderated = rows["moderated"].fillna(rows["grade"])
    return GivenGrades(pd.DataFrame({"unit": rows["case"], "grade": moderated}, dtype=object), "grades.csv")


def _from_column(audit: Audit, variable: Variable) -> GivenGrades | None:
    """A grade may also stand beside a case or a person; an empty cell is not graded."""
    import pandas as pd

    recorded = audit.codebook.variables.get(variable.id)
    if recorded is None or recorded.type != "grade":  # a theme, perhaps with the name of a flag
        return None
    if audit.sample is not None and variable.id in audit.sample.columns:
        units, names, source, precision = audit.sample, audit.sample["case"], "cases.csv", Precision.EXACT
    elif audit.people is not None and variable.id in audit.people.columns and people_precision(audit):
        units, source, precision = people_described(audit, variable), "people.csv", people_precision(audit)
        names = units["case"] + "/" + units["person"]
    else:
        return None
    if units[variable.id].isna().all():
        return None
    cells = units[variable.id].where(units[variable.id].notna(), "not_graded")
    return GivenGrades(pd.DataFrame({"unit": names, "grade": cells}, dtype=object), source, precision)


def grade_frequency(variable: Variable, given: GivenGrades) -> Distribution:
    """How many got each grade, of those that were graded.

    Not applicable leaves the base, and what was not graded stands beside it. Where a unit was graded more than once, or
    is not named, the base is the grades. Source: DESIGN section 5; worked example in tests/spec/test_grades.py.
    """
    applicable = given.grades[given.grades["grade"] != "not_applicable"]
    graded = applicable[~applicable["grade"].isin(UNGRADED)]
    counted = {**Counter(graded["grade"]), "not_graded": len(applicable) - len(graded)}
    parts = {
        grade: Quantity(count, given.precision, source=given.source, has_base=grade != "not_graded")
        for grade, count in counted.items()
    }
    is_exact = given.precision == Precision.EXACT
    is_once = applicable["unit"].notna().all() and applicable["unit"].is_unique
    base_label = None if is_once else "grades"
    return Distribution(variable, len(graded) if is_exact else None, base_label, parts, {}, is_exact)
