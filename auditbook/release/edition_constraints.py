"""An audit's figures beside those of its earlier editions, as one model: what follows from several of them together.

Two things are asked, beside what single figures tell (`auditbook.release.differencing`):

- Of numbers that did not change an earlier edition says the same as this one does, and each may print what the other
  withholds or does not list: a crossing then, another now. What any of them prints is put into one model; a number that
  can be worked out there, and from no edition alone, is told by this one.
- Of numbers that changed a reader takes one edition from the other. What differs are people too, and what adds up in
  both adds up in the differences: where all are known but one, that one is. If it is few, these few are told.

Editions of true counts are not asked: they hide nothing. Nor are pools, whose numbers are rounded.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.measure_id import MeasureId, subject_of
from auditbook.codebook.variables import AGREEMENT_FAMILY
from auditbook.evidence.audit import Audit
from auditbook.measures.all_measures import audit_measures
from auditbook.measures.counts import Counts, Measure, families_of
from auditbook.measures.crossings import FAMILY as CROSSING
from auditbook.measures.crossings import answers_of
from auditbook.release.agreement_constraints import with_agreement
from auditbook.release.constraints import consistent, constraints
from auditbook.release.differencing import SHOWN_ONCE, Release, revealed_beside
from auditbook.release.disclosure import with_plain_nouns
from auditbook.release.joint_constraints import TOGETHER as COMBINED
from auditbook.release.model import Model
from auditbook.release.policy import CHANGED_BY_FEW as FEW
from auditbook.release.population import Population, population
from auditbook.release.profiles import profile_named
from auditbook.release.published_reader import Reader

BY_ALL = "worked out from these and earlier figures together"
DIFFERENCES = "a few people are left where figures are taken from each other"
SAMPLE = ("cases", "people")
COUNT, OF_HOW_MANY, VALUE = "numerator", "denominator", "value"
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Counted:
    """What was counted in an audit, with all that the model of its release is made from. Exact, and shown to nobody."""

    counts: Counts
    codebook: Codebook
    people: Population

    @classmethod
    def of(cls, audit: Audit, earlier: Iterable[Release]) -> "Counted":
        """With the crossings that its earlier releases had, of variables that are still there."""
        ids = (MeasureId(figure["id"]) for release in earlier for figure in release["measures"])
        crossed = dict.fromkeys(tuple(answers_of(measure_id)[::2]) for measure_id in ids if measure_id.root == CROSSING)
        kept_pairs = [pair for pair in crossed if all(name in audit.codebook.variables for name in pair)]
        pairs = dict.fromkeys([*audit.settings.crossings, *kept_pairs])
        audit = replace(audit, settings=audit.settings.model_copy(update={"crossings": tuple(pairs)}))
        return cls(audit_measures(audit), audit.codebook, population(audit))

    @cached_property
    def by_id(self) -> dict[str, Measure]:
        return {measure.id: measure for measure in self.counts if measure.counts == "people"}

    def model(self, ids: Set[str]) -> Model:
        """The model of a release that lists these."""
        listed = [with_plain_nouns(measure) for name, measure in self.by_id.items() if name in ids]
        plain = [measure for measure in listed if measure.id.root != AGREEMENT_FAMILY]
        model, _ = consistent(constraints(plain, self.codebook, self.people))
        agreements = families_of(measure for measure in listed if measure.id.root == AGREEMENT_FAMILY)
        for family, agreement in agreements.items():
            question = self.codebook.questions[subject_of(family)]
            model = with_agreement(model, question, agreement, families_of(plain)) or model
        return model


@dataclass(frozen=True)
class PrintedRelease:
    """What a release prints of people: the ids that it lists, and each number of them that is shown.

    numbers  id, and what of it (count, base or value) → what is printed
    """

    ids: frozenset[str]
    numbers: Mapping[tuple[str, str], float]

    @classmethod
    def of(cls, release: Release, counted: Counted) -> "PrintedRelease":
        figures = [figure for figure in release["measures"] if figure["id"] in counted.by_id]
        parts = product(figures, (COUNT, OF_HOW_MANY, VALUE))
        shown = {(figure["id"], part): figure[part] for figure, part in parts if figure[part] is not None}
        return cls(frozenset(figure["id"] for figure in figures), shown)

    def __add__(self, other: "PrintedRelease") -> "PrintedRelease":
        return PrintedRelease(self.ids | other.ids, {**self.numbers, **other.numbers})

    def says_all_of(self, other: "PrintedRelease") -> bool:
        return other.ids <= self.ids and other.numbers.items() <= self.numbers.items()

    def still_true(self, counted: Counted) -> "PrintedRelease":
        """Without the tables of which a number is another now; nothing where the cases or the people are others."""
        measures = counted.by_id
        changed = {
            measures[name].family for (name, part), n in self.numbers.items() if n != getattr(measures[name], part)
        }
        ids = frozenset() if changed.intersection(SAMPLE) else self.ids
        ids = frozenset(name for name in ids if measures[name].family not in changed)
        return PrintedRelease(ids, {key: number for key, number in self.numbers.items() if key[0] in ids})

    def withheld(self, model: Model) -> frozenset[str]:
        """Keys of the numbers that are listed, and printed nowhere."""
        figures = {key: (name, VALUE) in self.numbers for name, key in model.figures.items()}
        bases = {key for name, key in model.bases.items() if (name, OF_HOW_MANY) in self.numbers}
        printed = bases.union(key for key, is_printed in figures.items() if is_printed)
        return frozenset({*figures, *model.bases.values()} - printed)

    def by_key(self, model: Model) -> dict[str, float]:
        """Key of the model → the number that is printed of it."""
        named = [(key, (name, COUNT)) for name, key in model.figures.items()]
        named += [(key, (name, OF_HOW_MANY)) for name, key in model.bases.items()]
        return {key: self.numbers[part] for key, part in named if part in self.numbers}


def revealed_by_edition(earlier: Sequence[Release], later: Release, counted: Counted) -> list[dict[str, list[str]]]:
    """What an audit's figures would reveal beside each of its earlier editions: reason → ids, never a value.

    earlier  each release of the same audit that was published, as `measures.json` has it
    counted  what the later release was made from

    What all of them tell together is said of the last one. That less is shown than before reveals nothing as long as
    all that was shown is true.
    """
    now, revealed = PrintedRelease.of(later, counted), [revealed_beside(release, later) for release in earlier]
    strict = [place for place, release in enumerate(earlier) if profile_named(release["profile"]).threshold]
    editions = [PrintedRelease.of(earlier[place], counted) for place in strict]
    for place, before in zip(strict, editions, strict=True):
        if before.says_all_of(now) and before.still_true(counted) == before:
            revealed[place].pop(SHOWN_ONCE, None)
        revealed[place] |= {DIFFERENCES: _few_between(before, now, counted)}
    if strict:
        revealed[strict[-1]] |= {BY_ALL: _told_together(editions, now, counted)}
    return [{reason: ids for reason, ids in reasons.items() if ids} for reasons in revealed]


def _told_together(editions: Iterable[PrintedRelease], now: PrintedRelease, counted: Counted) -> list[str]:
    """Names of the numbers that can be worked out from all editions, and from none of them alone."""
    true = [now, *(edition.still_true(counted) for edition in editions)]
    everything = sum(true[1:], now)
    if any(printed.says_all_of(everything) for printed in true):
        return []
    narrow, model = _narrow(everything, counted)
    for printed in true if narrow else ():
        narrow -= _narrow(printed, counted)[0]
    return _names(model, narrow)


def _narrow(printed: PrintedRelease, counted: Counted) -> tuple[set[str], Model]:
    """Keys of what is protected and can be worked out from this, though it is not printed."""
    model = counted.model(printed.ids)
    reader = Reader(model, printed.withheld(model), {})
    hidden = (key for key in model.cells if reader.is_open(key) and reader.must_be_wide(key))
    return {key for key in hidden if not reader.is_protected(key)}, model


def _few_between(before: PrintedRelease, now: PrintedRelease, counted: Counted) -> list[str]:
    """Names of numbers of which a few people came or went, though it is not told of these alone."""
    if all(before.numbers.get(part, number) == number for part, number in now.numbers.items()):
        return []
    model = counted.model(now.ids)
    old, new = before.by_key(model), now.by_key(model)
    changes = {key: number - old[key] for key, number in new.items() if key in old}
    solved = _solved(model, changes)
    return _names(model, {key for key, by in solved.items() if model[key].is_people and 1 <= abs(by) <= FEW})


def _solved(model: Model, numbers: Mapping[str, float]) -> dict[str, int]:
    """The numbers that follow from known ones, by all sums in which each part is as it is in its total."""
    import numpy as np

    rows = [row.terms for row in model.rows if row.least == row.most == 0 and not row.terms.keys() <= numbers.keys()]
    unknown = {
        key: place for place, key in enumerate(dict.fromkeys(k for row in rows for k in row if k not in numbers))
    }
    factors, sums = np.zeros((len(rows), len(unknown))), np.zeros(len(rows))
    for line, row in enumerate(rows):
        for key, factor in row.items():
            if key in numbers:
                sums[line] -= factor * numbers[key]
            else:
                factors[line, unknown[key]] = factor
    while True:
        values = np.linalg.lstsq(factors, sums, rcond=None)[0]
        is_true = abs(factors @ values - sums) < TOLERANCE
        if is_true.all():
            break
        factors, sums = factors[is_true], sums[is_true]  # what added up so in one edition only
    _, sizes, directions = np.linalg.svd(factors)
    is_free = (abs(directions[(sizes > TOLERANCE).sum() :]) > TOLERANCE).any(axis=0)
    return {key: round(values[place]) for key, place in unknown.items() if not is_free[place]}


def _names(model: Model, keys: Iterable[str]) -> list[str]:
    """The id of a number that is a figure; of what is printed nowhere, the table it is left over in."""
    figures = {key: name for name, key in model.figures.items()}
    order = sorted(keys, key=model.place.__getitem__)
    families = {key: model[key].family.removeprefix(COMBINED).replace("*", " with ") for key in order}
    return list(dict.fromkeys(figures.get(key) or families[key] for key in order))
