"""What links answers and grades of single agencies: to those of all agencies, to who was asked, and to the cases."""

from collections.abc import Iterable, Mapping
from itertools import permutations

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.measure_id import MeasureId, root_of, subject_of
from auditbook.codebook.questions import ALL, LEAD, Question
from auditbook.codebook.variables import ANSWER_FAMILY, ASKED_FAMILY, NOT_ANSWERED
from auditbook.evidence.links import NO_ANSWER_STATES
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
            parts = [part for part in families if part.startswith(f"{family}.")]
            agencies = [part for part in parts if agency_of(part) in codebook.agencies]
            _link_sums(model, family, agencies, families, "others")
            samples = [part for part in parts if part not in agencies]
            _link_sums(model, family, samples, families, "other_samples")
            if root_of(family) == ANSWER_FAMILY:
                _link_question(model, codebook.questions[subject_of(family)], agencies, families)
    model.family = ASKED_FAMILY
    _link_alike(model, codebook)


def agency_of(family: str) -> str:
    """`police` of `answer.seen.police` and `grade.overall.police`; nothing of what is of no single agency.

    Of the grades of one sample it is the channel, `self_assessment`: release treats both alike.
    """
    return subject_of(subject_of(family)) if root_of(family) in OF_AGENCIES else ""


def releasable_by_agency(measures: Iterable[Measure], threshold: int) -> set[str]:
    """Families of single agencies, and of samples, in which no number is so small, or so telling, as to be withheld.

    Their tables are small: withheld numbers in them would take those of all agencies with them, which readers need
    more. So where one number of any agency is small, what agencies gave to that question is told together only.
    """
    by_agency = [measure for measure in measures if measure.counts == "people" and agency_of(measure.family)]
    small = {_of_all(measure) for measure in by_agency if is_small_or_revealing(measure, threshold)}
    return {measure.family for measure in by_agency if _of_all(measure) not in small}


def _of_all(measure: Measure) -> str:
    return measure.family.rpartition(".")[0]


def is_small_or_revealing(measure: Measure, threshold: int) -> bool:
    """Whether a count or its base is small, or says nobody or everybody to a sensitive question, or is not known."""
    count, base = measure.numerator, measure.denominator
    if measure.id.is_statistic:
        return False
    if count is None or not measure.precision.is_exact:
        return True
    is_revealing = measure.is_sensitive and measure.category not in HOW_MUCH_IS_KNOWN and count in (0, base)
    return is_revealing or any(number is not None and 1 <= number <= threshold for number in (count, base))


def _link_sums(model: Model, family: str, apart: list[str], families: Families, others: str) -> None:
    """Every number of all, and its base, is the sum of those of the parts, or more where not all parts are told.

    apart   families of each agency, or of each sample
    others  what the numbers of the parts that are not told are called
    """
    if not apart:
        return
    for end in [*(f".{category}" for category in families[family]), "/base"]:
        parts = [f"{name}{end}" for name in apart]
        if f"{family}{end}" in model and all(part in model for part in parts):
            counts = [model.count(part) for part in parts]
            is_whole = None not in counts and sum(counts) == model.count(f"{family}{end}")
            model.link(f"{family}{end}", parts, rest="" if is_whole else f"{family}{end}/{others}")


def _link_question(model: Model, question: Question, agencies: list[str], families: Families) -> None:
    """Those to whom a question applies are among those asked: each agency about cases in which it was involved.

    Of the lead agency's these are some.
    """
    asked, is_of_lead = f"{ASKED_FAMILY}.{question.id}.cases", question.asked_of == (LEAD,)
    involved = involved_of(model, question, families)
    measures = families[question.variable.family].values()
    is_once = asked in model and all(measure.base_label == measure.unit != "answers" for measure in measures)
    if asked in model and involved:
        _link_asked(model, asked, list(involved.values()), is_once=is_once and not is_of_lead, is_of_all=not is_of_lead)
    for family in agencies:
        model.at_most([f"{family}/base"], [asked if asked in model else CASES])
        if agency_of(family) in involved:
            _link_within(model, [involved[agency_of(family)]], f"{family}/base", is_whole=not is_of_lead)
    if not is_of_lead:
        _link_silent(model, question.variable.family, involved)
        for family in agencies:
            _link_silent(model, family, [agency_of(family)])
    whole = [asked] if is_once else list(involved.values())
    _link_within(model, whole, f"{question.variable.family}/base", is_whole=is_once or not is_of_lead)


def _link_silent(model: Model, family: str, agencies: Iterable[str]) -> None:
    """What agencies did not respond to is not answered: at most as many cases as have no answer."""
    unanswered = f"{family}.{NOT_ANSWERED}"
    silent = [MeasureId.of("agency", agency, state) for agency in agencies for state in NO_ANSWER_STATES]
    silent = [state for state in silent if state in model]
    counts = [model.count(state) for state in silent]
    if unanswered in model and None not in counts and sum(counts) <= (model.count(unanswered) or 0):
        model.at_most(silent, [unanswered])


def _link_alike(model: Model, codebook: Codebook) -> None:
    """What is asked of the same agencies is asked about the same cases, what is asked of more about no fewer."""
    first: dict[frozenset[str], str] = {}
    for question in codebook.questions.values():
        asked = f"{ASKED_FAMILY}.{question.id}.cases"
        if asked in model:
            same = first.setdefault(frozenset(question.asked_of), asked)
            if same != asked and model.count(same) == model.count(asked):
                model.link(same, [asked])
                model.withhold_with(same, asked)
                model.withhold_with(asked, same)
    for (some, fewer), (others, more) in permutations(first.items(), 2):
        is_among = others == {ALL} or (some < others and some.isdisjoint((ALL, LEAD)))
        if is_among and (model.count(fewer) or 0) <= (model.count(more) or 0):
            model.at_most([fewer], [more])


def involved_of(model: Model, question: Question, families: Families) -> dict[str, str]:
    """Each agency that may be asked → the number of cases in which it was involved; none where not all is told.

    Not of those that were not invited. Of the lead agency's questions any agency may be asked.
    """
    involved = {}
    for family in families:
        agency = subject_of(family)
        if root_of(family) == "agency" and (question.asked_of == (LEAD,) or question.is_asked_of(agency)):
            states = [measure.id for category, measure in families[family].items() if category not in UNASKED]
            if any(state not in model for state in states):
                return {}
            key = f"{family}/asked"
            if states:
                involved[agency] = key if key in model else model.put_sum(key, states)
    return involved


def _link_asked(model: Model, asked: str, involved: list[str], is_once: bool, is_of_all: bool) -> None:
    """The cases asked about are those of any agency that is asked.

    is_once    no case is of two of them
    is_of_all  each is asked about all of its cases
    """
    counts, total = [model.count(key) for key in involved], model.count(asked)
    if None in (*counts, total) or not (total <= sum(counts) and (not is_of_all or max(counts) <= total)):
        return
    if is_of_all and (is_once or len(involved) == 1):
        model.link(asked, involved)
        return
    model.at_most([asked], involved)
    for key in involved if is_of_all else ():
        model.at_most([key], [asked])


def _link_within(model: Model, whole: list[str], part: str, is_whole: bool) -> None:
    """A base is part of those who were asked; what it leaves did not apply to them.

    is_whole  they make up those who were asked, and are no more than these
    """
    if part not in model or not whole or sum(model.count(key) or 0 for key in whole) < (model.count(part) or 0):
        return
    if not is_whole:
        model.at_most([part], whole)
        return
    total = whole[0] if len(whole) == 1 else model.put_sum(f"{part}/asked", whole)
    model.link(total, [part], rest=f"{part}/not_applicable")
