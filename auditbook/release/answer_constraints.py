"""What links answers and grades of single agencies: to those of all agencies, to who was asked, and to the cases."""

from collections.abc import Iterable, Mapping

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.measure_id import root_of, subject_of
from auditbook.codebook.questions import LEAD, Question
from auditbook.codebook.variables import ANSWER_FAMILY, ASKED_FAMILY
from auditbook.evidence.records import NOT_ASKED_STATES, NOT_INVOLVED
from auditbook.measures.counts import Measure
from auditbook.release.model import CASES, Model
from auditbook.release.statements import HOW_MUCH_IS_KNOWN

Families = Mapping[str, Mapping[str, Measure]]
OF_AGENCIES = (ANSWER_FAMILY, "grade")
UNASKED = (*NOT_INVOLVED, *NOT_ASKED_STATES)


def link_agencies(model: Model, families: Families, codebook: Codebook) -> None:
    """All that agencies answered and graded, agency by agency and together; grades sample by sample, too."""
    for family in families:
        if root_of(family) in OF_AGENCIES and not agency_of(family):
            model.family = family
            parts = [each for each in families if each.startswith(f"{family}.")]
            agencies = [each for each in parts if agency_of(each) in codebook.agencies]
            _link_sums(model, family, agencies, families, "others")
            samples = [each for each in parts if each not in agencies]
            _link_sums(model, family, samples, families, "other_samples")
            if root_of(family) == ANSWER_FAMILY:
                _link_asked(model, codebook.questions[subject_of(family)], agencies, families)


def agency_of(family: str) -> str:
    """`police` of `answer.seen.police` and `grade.overall.police`; nothing of what is of no single agency.

    Of the grades of one sample it is the channel, `self_assessment`: release treats both alike.
    """
    return subject_of(subject_of(family)) if root_of(family) in OF_AGENCIES else ""


def told_by_agency(measures: Iterable[Measure], threshold: int) -> set[str]:
    """Families of single agencies, and of samples, in which no number is so small, or so telling, as to be withheld.

    Their tables are small: withheld numbers in them would take those of all agencies with them, which readers need
    more. So where one number of any agency is small, what agencies gave to that question is told together only.
    """
    own = [each for each in measures if each.counts == "people" and agency_of(each.family)]
    small = {_of_all(each) for each in own if _is_small(each, threshold)}
    return {each.family for each in own if _of_all(each) not in small}


def _of_all(measure: Measure) -> str:
    return measure.family.rpartition(".")[0]


def _is_small(measure: Measure, threshold: int) -> bool:
    count, base = measure.numerator, measure.denominator
    if measure.id.is_statistic:
        return False
    if count is None or not measure.precision.is_exact:
        return True
    is_telling = measure.is_sensitive and measure.category not in HOW_MUCH_IS_KNOWN and count in (0, base)
    return is_telling or any(number is not None and 1 <= number <= threshold for number in (count, base))


def _link_sums(model: Model, family: str, apart: list[str], families: Families, others: str) -> None:
    """Every number of all, and its base, is the sum of those of the parts, or more where not all parts are told.

    apart   families of each agency, or of each sample
    others  what the numbers of the parts that are not told are called
    """
    if not apart:
        return
    for end in [*(f".{category}" for category in families[family]), "/base"]:
        parts = [f"{each}{end}" for each in apart]
        if f"{family}{end}" in model and all(part in model for part in parts):
            counts = [model.count(part) for part in parts]
            is_whole = None not in counts and sum(counts) == model.count(f"{family}{end}")
            model.link(f"{family}{end}", parts, rest="" if is_whole else f"{family}{end}/{others}")


def _link_asked(model: Model, question: Question, agencies: list[str], families: Families) -> None:
    """Those to whom it applies are among those who were asked, each agency about cases in which it was involved."""
    family = question.variable.family
    asked = f"{ASKED_FAMILY}.{question.id}.cases"
    if asked in model and not agencies and f"{family}/base" in model:
        is_once = all(measure.base_label == measure.unit != "answers" for measure in families[family].values())
        if is_once:
            _link_within(model, asked, f"{family}/base")
    for each in agencies:
        base = f"{each}/base"
        if base in model:
            model.at_most([base], [asked if asked in model else CASES])
            _link_states(model, question, base, f"agency.{agency_of(each)}", families)


def _link_states(model: Model, question: Question, base: str, agency: str, families: Families) -> None:
    """An agency is asked about the cases in which it was involved: of the lead agency's these are some."""
    states = [measure.id for category, measure in families.get(agency, {}).items() if category not in UNASKED]
    if not states or any(state not in model for state in states):
        return
    counts = [model.count(state) for state in states]
    if None in counts or sum(counts) < model.count(base):
        return
    if question.asked_of == (LEAD,):
        model.at_most([base], states)
        return
    model.link(model.put_sum(f"{base}/asked", states), [base], rest=f"{base}/not_applicable")


def _link_within(model: Model, whole: str, part: str) -> None:
    if (model.count(whole) or 0) >= (model.count(part) or 0):
        model.link(whole, [part], rest=f"{part}/not_applicable")
