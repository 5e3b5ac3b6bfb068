"""Every measure of an audit, in the order of DESIGN section 5."""

from auditbook.evidence.audit import Audit
from auditbook.measures.answers import agreement, answers, questions_asked
from auditbook.measures.case_overview import cases, people, variables
from auditbook.measures.counts import Counts, Measure, Warning, together
from auditbook.measures.crossings import crossings
from auditbook.measures.grades import grades
from auditbook.measures.involvement import agencies, channels, involvement
from auditbook.measures.recommendations import recommendations
from auditbook.measures.themes import findings, reflections, themes
from auditbook.validation.problems import Refusals

EVERY_QUESTION = (
    cases,
    people,
    variables,
    findings,
    reflections,
    themes,
    agencies,
    involvement,
    channels,
    grades,
    answers,
    questions_asked,
    agreement,
    crossings,
    recommendations,
)


def audit_measures(audit: Audit) -> Counts:
    """Every measure the audit's rows and tallies give. Raises InputRefused for tallies of what rows give (N06)."""
    refusals = Refusals()
    counts = together(question(audit, refusals) for question in EVERY_QUESTION)
    refusals.stop_if_any()
    kept = tuple(measure for measure in counts if not _is_of_nobody(measure))
    rows = tuple(Warning(str(audit.id), text, text) for text in audit.warnings)
    return Counts(kept, rows + counts.warnings)


def _is_of_nobody(measure: Measure) -> bool:
    """`0 of the 0 cases` is no figure: nothing was there to be counted."""
    return measure.denominator == 0 and not measure.numerator
