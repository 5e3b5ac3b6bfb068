"""Which figures may not be shown.

`auditbook.release.policy` has every threshold. What is withheld, where a profile has one:

- counts from 1 to 5 of people (children, families, cases, family contacts; agencies, findings and recommendations are
  not people), and their bases from 1 to 5; bounds and shares that a small count fits;
- nobody and everybody of a sensitive question (0 % and 100 %, also as a bound or a phrase), but for answers that are no
  answers: not known, not recorded, not stated;
- minimum and maximum, which describe one person; the mean, which is as telling as the sum of all numbers; a median of
  5 or fewer; percentages whose base is not printed; phrases and ranges that say a number;
- figures of a source that contradict each other: with them nothing could be reckoned, so nothing could be promised;
- as many other numbers of people as it takes to keep the promise below (`auditbook.release.secondary_suppression`).

Single numbers (`age.14`) and bands that a source prints (`age.5-10`) are not even listed, nor in how many cases a theme
was raised when so few findings raised it that they would tell, nor what agencies graded and answered one by one where
any number of that would be withheld, nor in how many cases they answered the same where anything followed from it
(`auditbook.release.agreement_constraints`). Zeros stay, but for those of a sensitive question.

The promise. Take everything released of one audit under the profile, and a reader who knows

- every shown number, and which are withheld;
- that numbers are whole, and that nobody is counted below zero;
- everything that links them (`auditbook.release.constraints`): one-way tables with their groups and unions, bases,
  cases in scope, people and their roles, answers of which there may be several, agencies' states, grades and answers
  agency by agency, who was asked, a theme's cases and the findings that are listed with themes;
- this rule: a withheld number is not 0 unless the question is sensitive; of numbers that hang together through withheld
  ones, one at least is small, or everybody or nobody;

then for every withheld number of people there are two values, `PROTECTION_RANGE` or more apart, that the reader cannot
tell from the true one. So none can be worked out, and a count from 1 to 5 may be any of at least four numbers, or of
two far apart. The same holds for what is printed nowhere but left between printed numbers: the people a question did
not apply to, cases out of scope.

Not promised: anything against a reader who knows a case from elsewhere; who has other releases of the same people
(`auditbook.release.differencing` compares two of ours); or who runs this program on every audit there could have been
and keeps those that give the same release. The last is measured in tests/laws/test_disclosure_rerun.py.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Statistic
from auditbook.codebook.variables import AGREEMENT_FAMILY
from auditbook.measures.counts import Counts, Measure
from auditbook.measures.crossings import FAMILY as CROSSING
from auditbook.measures.themes import FINDINGS_FILE as FINDINGS
from auditbook.release.agreement_constraints import releasable_agreements
from auditbook.release.answer_constraints import agency_of, releasable_by_agency
from auditbook.release.constraints import consistent, constraints
from auditbook.release.model import Model
from auditbook.release.phrases import says_a_count, says_a_number
from auditbook.release.policy import MEDIAN_NEEDS, PROTECTION_RANGE
from auditbook.release.population import Population
from auditbook.release.secondary_suppression import Search, is_protected, suppressed
from auditbook.validation.problems import ReleaseRefused


@dataclass(frozen=True)
class Decision:
    """What is said of each listed measure.

    listed        those that are in the release at all, in their order
    threshold     counts of people from 1 to this are small; 0 where true counts are shown
    hidden        ids of figures that are withheld
    without_base  ids of figures whose denominator is withheld
    without_n     ids of medians that are shown without how many numbers are behind them
    model         the numbers of people behind the figures, and what links them
    suppressed    keys of those of them that are withheld
    contradicted  families of the measures whose own figures contradict each other, all withheld
    """

    listed: tuple[Measure, ...]
    threshold: int = 0
    hidden: frozenset[str] = frozenset()
    without_base: frozenset[str] = frozenset()
    without_n: frozenset[str] = frozenset()
    model: Model = field(default_factory=Model)
    suppressed: frozenset[str] = frozenset()
    contradicted: frozenset[str] = frozenset()


def decision(
    counts: Counts, codebook: Codebook, people: Population, threshold: int, search: Search | None = None
) -> Decision:
    """What may be shown of an audit's measures. A threshold of 0 hides nothing.

    search  finds what else must be withheld; `suppressed` unless given

    Raises ReleaseRefused when a small number cannot be protected by withholding others.
    """
    if not threshold:
        return Decision(tuple(counts))
    decided = decided_numbers(counts, codebook, people, threshold, search)
    listed, model, withheld, contradicted = decided.listed, decided.model, decided.suppressed, decided.contradicted
    medians = _shown_medians(listed, model, withheld)
    without_base = frozenset(name for name, base in model.bases.items() if base in withheld)
    hidden = {name for name, key in model.figures.items() if key in withheld}
    hidden |= {measure.id for measure in listed if _is_hidden_alone(measure, model, medians, without_base)}
    hidden |= {measure.id for measure in listed if measure.counts == "people" and measure.family in contradicted}
    without_n = frozenset(median for median in medians if median.beside(Statistic.N) in withheld)
    return replace(decided, hidden=frozenset(hidden), without_base=without_base, without_n=without_n)


def decided_numbers(
    counts: Counts, codebook: Codebook, people: Population, threshold: int, search: Search | None = None
) -> Decision:
    """As far as other releases reckon with it: which numbers of people are withheld, and nothing of its figures.

    Where nothing that is printed protects one of them, derived variables and crossings are not listed at all; where
    that does not help, ReleaseRefused.
    """
    listed = listed_measures(counts, people, threshold)
    try:
        decided = _decided_numbers(listed, codebook, people, threshold, search)
    except ReleaseRefused:
        plain = [measure for measure in listed if not combines_others(measure, codebook)]
        if len(plain) == len(listed):
            raise
        decided = _decided_numbers(plain, codebook, people, threshold, search)
    return _with_agreements(decided, counts, codebook, people)


def _with_agreements(decided: Decision, counts: Counts, codebook: Codebook, people: Population) -> Decision:
    """The same, and in how many cases agencies agree, as far as that may be told beside the rest."""
    agreements = [measure for measure in counts if measure.id.root == AGREEMENT_FAMILY]
    shown = decided.model, decided.suppressed, decided.listed
    model, told = releasable_agreements(*shown, agreements, codebook, people.answers)
    by_id = {measure.id: measure for measure in (*decided.listed, *told)}
    listed = tuple(by_id[measure.id] for measure in counts if measure.id in by_id) if told else decided.listed
    return replace(decided, model=model, listed=listed)


def combines_others(measure: Measure, codebook: Codebook) -> bool:
    """Whether a figure is of a derived variable or a crossing."""
    variable = codebook.variables.get(measure.id.variable)
    return measure.id.root == CROSSING or (variable is not None and variable.derivation is not None)


def _decided_numbers(
    listed: list[Measure], codebook: Codebook, people: Population, threshold: int, search: Search | None
) -> Decision:
    counted = [replace(measure, source=people.sources.get(measure.id, measure.source)) for measure in listed]
    model, contradicted = consistent(constraints(counted, codebook, people))
    withheld = (search or suppressed)(model)
    return Decision(tuple(listed), threshold, model=model, suppressed=withheld, contradicted=contradicted)


def _shown_medians(listed: Iterable[Measure], model: Model, withheld: frozenset[str]) -> set[MeasureId]:
    """Ids of medians with more than a few numbers behind them.

    A median that is shown tells that `n` is above the threshold: where `n` is withheld, that must not help a reader.
    """
    shown = set()
    for measure in listed:
        is_of_many = (measure.numerator or 0) >= MEDIAN_NEEDS
        if measure.counts == "people" and measure.category == Statistic.MEDIAN and is_of_many:
            n = measure.id.beside(Statistic.N)
            narrowed = model.with_least(n, MEDIAN_NEEDS) if n in withheld else model
            if n not in withheld or is_protected(narrowed, withheld, around=n):
                model = narrowed
                shown.add(measure.id)
    return shown


def _is_hidden_alone(measure: Measure, model: Model, medians: Collection[str], without_base: Collection[str]) -> bool:
    """Figures that no sum links to others: what is not in the model is not shown."""
    if measure.counts != "people":
        return False
    if measure.id.is_statistic:
        return measure.id not in medians
    if measure.unit == "percent" and measure.numerator is None:
        return measure.denominator is None or measure.id in without_base
    if measure.value is None:
        return says_a_number(measure.statement)
    return measure.id not in model.figures


def listed_measures(counts: Counts, people: Population, threshold: int) -> list[Measure]:
    """All but single numbers, which are one person's, a theme's cases where its few findings would tell them, and what
    agencies gave one by one where it was few."""
    uncertainties = {
        measure.family: _uncertainty(measure, people) for measure in counts if measure.category == "findings"
    }
    by_agency = releasable_by_agency(counts, threshold)
    listed = (
        measure
        for measure in counts
        if _is_listed(measure, uncertainties.get(measure.family), threshold)
        if measure.counts != "people" or not agency_of(measure.family) or measure.family in by_agency
    )
    return [with_plain_nouns(measure) for measure in listed]


def _uncertainty(findings: Measure, people: Population) -> int:
    """How unsure a theme's findings leave a reader of its cases: listed with or without a case, or only counted."""
    if people.sources.get(findings.id, findings.source) == FINDINGS:
        return people.uncertainty(findings.id.subject)
    return (findings.numerator or 0) - 1


def with_plain_nouns(measure: Measure) -> Measure:
    """A noun that says a number itself, `cases of two sisters`, is not repeated."""
    if measure.counts != "people" or not says_a_count(f"{measure.unit} {measure.base_label or ''}"):
        return measure
    unit = "people" if says_a_count(measure.unit) else measure.unit
    return replace(measure, unit=unit, base_label=measure.base_label and "people")


def _is_listed(measure: Measure, uncertainty: int | None, threshold: int) -> bool:
    if measure.counts != "people":
        return True
    if measure.id.root == AGREEMENT_FAMILY:
        return False  # what may be told of it hangs on what else is shown: `releasable_agreements`
    if measure.id.root == "theme" and measure.category == "cases" and uncertainty is not None:
        is_small = measure.numerator is not None and 1 <= measure.numerator <= threshold
        return not (is_small and uncertainty < PROTECTION_RANGE)
    return not measure.is_of_numbers
