"""Grades: how many of what was graded got each grade of its scale, after moderation."""

import pandas as pd

from auditbook.evidence.audit import Audit
from auditbook.evidence.links import standards
from auditbook.evidence.tallies import tallied_variable
from auditbook.measures.counts import Counts, Measure, together
from auditbook.measures.distribution import from_tallies
from auditbook.measures.printed import refuse_tally
from auditbook.measures.variables import variable_measures
from auditbook.words.refusals import Refusals
from auditbook.words.variables import Variable

UNGRADED = ("not_graded", "not_known")


def grades(audit: Audit, refusals: Refusals) -> Counts:
    """`grade.*` of every standard that was graded, in the order of the codebook: variables, then themes."""
    found = []
    for standard in standards(audit.codebook):
        variable = tallied_variable(f"grade.{standard}", audit.codebook)
        tallies = [tally for tally in audit.tallies if tally.variable == f"grade.{standard}"]
        rows = given_grades(audit, standard)
        if rows is not None:
            for tally in tallies:
                refuse_tally(tally, refusals)
            found.append(grade_frequency(variable, rows, audit.settings.unit.plural))
        elif tallies:
            found.append(variable_measures(from_tallies(variable, tallies), audit.settings.unit.plural))
    return together(found)


def given_grades(audit: Audit, standard: str) -> pd.DataFrame | None:
    """One row per grade of a standard: `case`, and `grade` after moderation. None when nobody graded it."""
    frames = []
    if audit.grades is not None:
        own = audit.of_sample(audit.grades)
        own = own[own["standard"] == standard]
        frames.append(pd.DataFrame({"case": own["case"], "grade": own["moderated"].fillna(own["grade"])}, dtype=object))
    if audit.sample is not None and standard in audit.sample.columns:
        cells = audit.sample[standard].where(audit.sample[standard].notna(), "not_graded")
        frames.append(pd.DataFrame({"case": audit.sample["case"], "grade": cells}, dtype=object))
    given = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    return given if len(given) else None


def grade_frequency(variable: Variable, given: pd.DataFrame, noun: str) -> Counts:
    """How many got each grade, of those that were graded; every grade of the scale, zeros kept.

    given  one row per grade given; columns `case`, `grade`; the moderated grade where there is one
    noun   what is graded, a plural noun; "grades" when a case was graded more than once

    Not applicable leaves the base; not graded is a row of its own. Good or better is what the scale says.
    Source: DESIGN section 5; worked example in tests/spec/test_grades.py.
    """
    given = given[given["grade"] != "not_applicable"]
    graded = given[~given["grade"].isin(UNGRADED)]
    unit = noun if given["case"].notna().all() and given["case"].is_unique else "grades"
    good = [code.code for code in variable.codes if code.is_good]
    counts = {code.code: int((graded["grade"] == code.code).sum()) for code in variable.codes}
    counts["good_or_better"] = int(graded["grade"].isin(good).sum())
    if not good:
        del counts["good_or_better"]
    counts["not_graded"] = len(given) - len(graded)
    return Counts(
        tuple(
            Measure(
                f"grade.{variable.id}.{end}",
                f"{variable.label}: {variable.label_of(end)}",
                numerator=count,
                denominator=None if end == "not_graded" else len(graded),
                base_label=None if end == "not_graded" else unit,
                value=count,
                unit=unit,
                source="grades.csv",
                counts="people",
                is_sensitive=variable.sensitive,
            )
            for end, count in counts.items()
        )
    )
