"""In how many cases agencies agree: told of a question where no withheld number, and no small one, follows from it.

All that agencies answered to the question must be shown. What it could tell then is printed nowhere: in how many cases
they all gave one answer, or just these two. For each of these that is small, other answers to the same cases are looked
for that print the same figures: the answers that one agency gave to two of its cases, exchanged. Such are true to
everything published, whatever it is, and what they do not find counts as told. Where nothing may be told, nothing is
listed.
"""

import random
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.measure_id import subject_of
from auditbook.codebook.questions import Question
from auditbook.codebook.variables import ASKED_FAMILY
from auditbook.measures.answers import DIFFERENT, SAME, AnswersToCase
from auditbook.measures.counts import Measure, families_of
from auditbook.release.answer_constraints import Families, involved_of, is_small_or_revealing
from auditbook.release.model import Model
from auditbook.release.policy import EXCHANGES, PROTECTION_RANGE
from auditbook.release.printed import put_base, put_figure
from auditbook.release.secondary_suppression import is_protected

MOST_OFF = 3
"""Cases by which agreement may differ on the way from answers that print the same figures to others that do."""


def releasable_agreements(
    model: Model,
    withheld: frozenset[str],
    listed: Iterable[Measure],
    agreements: Iterable[Measure],
    codebook: Codebook,
    answers: Mapping[str, Sequence[AnswersToCase]],
) -> tuple[Model, list[Measure]]:
    """The agreements that may be told, and the model with them.

    withheld  keys of what is withheld of the listed figures; nothing more is, for the sake of agreement
    answers   question → what was answered about each case
    """
    families, told = families_of(listed), []
    for family, agreement in families_of(agreements).items():
        question = codebook.questions[subject_of(family)]
        if any(is_small_or_revealing(measure, model.small) for measure in agreement.values()):
            continue
        if _is_shown(model, withheld, question, families) and _is_open(answers[question.id], model.small):
            wider = with_agreement(model, question, agreement, families)
            if wider and is_protected(wider, withheld, around=f"{family}/base"):
                model, told = wider, [*told, *agreement.values()]
    return model, told


def _is_shown(model: Model, withheld: frozenset[str], question: Question, families: Families) -> bool:
    """Whether everything is shown that agencies answered to the question, together and by agency, and of how many."""
    asked, start = f"{ASKED_FAMILY}.{question.id}.cases", question.variable.family
    measures = [
        measure
        for name, figures in families.items()
        if f"{name}.".startswith(f"{start}.")
        for measure in figures.values()
    ]
    keys = {asked, *(model.figures.get(measure.id, "") for measure in measures)}
    keys |= {model.bases[measure.id] for measure in measures if measure.id in model.bases}
    return all(key in model and key not in withheld for key in keys)


def with_agreement(
    model: Model, question: Question, agreement: Mapping[str, Measure], families: Families
) -> Model | None:
    """The model with the agreement; None where it is not told in how many cases the agencies were involved.

    Those about which two agencies or more answered are among those asked about, and count twice at least among the
    cases of each agency.
    """
    wider, asked = model.without(()), f"{ASKED_FAMILY}.{question.id}.cases"
    involved = list(involved_of(wider, question, families).values())
    if not involved:
        return None
    wider.family = family = agreement[SAME].family
    base = put_base(wider, agreement[SAME], f"{family}/base")
    wider.link(base, [put_figure(wider, agreement[category], base) for category in (SAME, DIFFERENT)])
    wider.link(asked, [base], rest=f"{family}/not_compared")
    wider.at_most([asked, base], involved)
    return wider.complete()


def _is_open(cases: Sequence[AnswersToCase], small: int) -> bool:
    """Whether each small number of cases that were answered alike may be one of several, as far as this finds them."""
    now, chance = _Cases(cases), random.Random(0)
    wanted, seen = now.agreeing(), {kind: {count} for kind, count in now.counts.items() if count <= small}
    asked = {
        agency: [place for place, answers in enumerate(cases) if agency in answers] for case in cases for agency in case
    }
    several = [agency for agency, places in asked.items() if len(places) > 1]
    for _ in range(EXCHANGES if several else 0):
        if _are_far(seen.values()):
            return True
        agency = chance.choice(several)
        pair = chance.sample(asked[agency], 2)
        now.exchange(agency, pair)
        off = sum(abs(number - other) for number, other in zip(now.agreeing(), wanted, strict=True))
        if off > MOST_OFF:
            now.exchange(agency, pair)
        elif not off:
            for kind, counts in seen.items():
                counts.add(now.counts[kind])
    return _are_far(seen.values())


def _are_far(seen: Iterable[Collection[int]]) -> bool:
    return all(max(counts) - min(counts) >= PROTECTION_RANGE for counts in seen)


class _Cases:
    """What each agency answered about each case, and how many cases are of each kind.

    The kind of a case is which answers were given where there are two or more; else how many.
    """

    def __init__(self, cases: Iterable[AnswersToCase]):
        self.answers = [dict(case) for case in cases]
        self.kinds = [self._kind(answers) for answers in self.answers]
        self.counts = Counter(self.kinds)

    @staticmethod
    def _kind(answers: AnswersToCase) -> Hashable:
        given = [answer for answer in answers.values() if answer is not None]
        return frozenset(given) if len(given) > 1 else len(given)

    def exchange(self, agency: str, pair: Sequence[int]) -> None:
        first, second = (self.answers[place] for place in pair)
        first[agency], second[agency] = second[agency], first[agency]
        for place in pair:
            self.counts[self.kinds[place]] -= 1
            self.kinds[place] = self._kind(self.answers[place])
            self.counts[self.kinds[place]] += 1

    def agreeing(self) -> tuple[int, int]:
        """In how many cases agencies answered the same, and in how many they did not."""
        told = [(len(kind), count) for kind, count in self.counts.items() if isinstance(kind, frozenset)]
        return sum(count for size, count in told if size == 1), sum(count for size, count in told if size > 1)
