"""Four or more audits of one collection, released as one: `strict`, then rounded to five.

Counts are added up over the audits, `strict` decides what is withheld, and what is shown is rounded so that tables
still add up (`auditbook.release.rounding`). Beside the audits' own `strict` releases nothing of theirs is told either:
where a rounded total, with all that they and other pools say, leaves too little room for what one of them withholds, it
is withheld as well (`auditbook.release.pool_constraints`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from auditbook.codebook.precision import Precision, Statistic
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import Audit
from auditbook.evidence.settings import Period, Published, Release, Sample, Settings
from auditbook.measures.counts import Counts
from auditbook.measures.joint_counts import pooled_joint_counts
from auditbook.measures.recommendations import counted_once, taken_up_again
from auditbook.release import texts
from auditbook.release.disclosure import Decision, combines_others, decided_numbers, decision
from auditbook.release.figures import ReleasedMeasure, figure
from auditbook.release.model import Model
from auditbook.release.policy import POOL_NEEDS
from auditbook.release.pool_constraints import RoundedPool, joint_model
from auditbook.release.population import Population, population
from auditbook.release.profiles import POOLED, PROFILES, profile_for, profile_named
from auditbook.release.released import Released, sealed
from auditbook.release.rounding import rounded
from auditbook.release.secondary_suppression import CannotProtect, Search, suppressed
from auditbook.release.summing import summed
from auditbook.validation.problems import ReleaseRefused

PROFILE = PROFILES[POOLED]


@dataclass(frozen=True)
class PooledId:
    """Several audits by one name: their ids, oldest first, with `+` between."""

    audits: tuple[AuditId, ...]

    @property
    def label(self) -> str:
        """For readers: `Q1 2021-22 to Q4 2021-22`."""
        return f"{self.audits[0].label} to {self.audits[-1].label}"

    @property
    def year(self) -> str:
        """The financial years, `2021-22` or `2020-21 to 2021-22`."""
        return " to ".join(dict.fromkeys((self.audits[0].year, self.audits[-1].year)))

    @property
    def first_day(self) -> date:
        return self.audits[0].first_day

    @property
    def last_day(self) -> date:
        return self.audits[-1].last_day

    def __str__(self) -> str:
        return "+".join(map(str, self.audits))


Counted = tuple[Counts, Audit]


def pooled(
    audits: Sequence[Counted], title: str = "", before: Sequence[Sequence[Counted]] = (), search: Search = suppressed
) -> Released:
    """These audits released together.

    audits  each with its exact measures; four or more, of one collection, the same partnerships and the same unit
    title   of their page; how many audits of which quarters, unless given
    before  pools that are released too, and were decided before this one: what they say is known
    search  finds what else must be withheld

    Raises ReleaseRefused, with every reason, for fewer or for audits that do not belong together.
    """
    decisions = _OwnDecisions(search)
    pools: list[RoundedPool] = []
    for pool in (*before, audits):
        pool = sorted(pool, key=lambda counted: counted[1].id)
        refuse_unlike([audit for _, audit in pool])
        pools.append(_released_pool(pool, pools, decisions))
    last, ordered = pools[-1], [audit for _, audit in pool]
    decided = last.decided
    figures = {measure.id: _rounded_figure(figure(measure, decided), last) for measure in decided.listed}
    released = sealed(
        _summed(pool),
        decided,
        audit_id=PooledId(tuple(audit.id for audit in ordered)),
        profile=PROFILE,
        settings=_settings(ordered, title),
        codebook=ordered[-1].codebook,
        findings=tuple(_findings(ordered)),
        involvement=(),
        recommendations=tuple(_recommendations(ordered)),
    )
    return replace(released, figures=figures, bands={})


def refuse_unlike(audits: Sequence[Audit]) -> None:
    """Refuse to pool too few audits, or audits that count different things."""
    what = {
        "the same audit twice": len(set(audit.id for audit in audits)) < len(audits),
        "several collections": len({audit.settings.collection for audit in audits}) > 1,
        "several sets of partnerships": len({frozenset(audit.settings.partnerships) for audit in audits}) > 1,
        "several units of analysis": len({audit.settings.unit for audit in audits}) > 1,
        f"fewer than {POOL_NEEDS} audits": len(audits) < POOL_NEEDS,
    }
    reasons = [reason for reason, is_so in what.items() if is_so]
    if reasons:
        ids = ", ".join(str(audit.id) for audit in audits) or "no audit"
        raise ReleaseRefused(
            f"{ids}: these cannot be released together: {'; '.join(reasons)}. Change the list in data/pooled.yml."
        )


def _people(parts: Sequence[Population]) -> Population:
    """Everybody behind all audits; roles only where every audit has rows of people."""
    cases = [part.cases for part in parts]
    roles = parts[0].roles if all(part.roles for part in parts) else {}
    theme_cases, raising = Counter(), Counter()
    for part in parts:
        theme_cases.update(part.theme_cases)
        raising.update(part.raising)
    return Population(
        None if None in cases else sum(cases),
        parts[0].noun,
        {role: sum(part.roles[role] for part in parts) for role in roles},
        all(part.is_one_a_case for part in parts),
        tuple(themes for part in parts for themes in part.named_findings),
        theme_cases,
        raising,
        joint_counts=pooled_joint_counts([part.joint_counts for part in parts]),
    )


def _summed(audits: Sequence[Counted]) -> Counts:
    """All measures added up; a recommendation that several of the audits follow is one.

    Derived variables and crossings are of each audit alone, as is what one agency gave: what they combine is added up.
    """
    ids = [audit.id for _, audit in audits]
    counts = summed([counted_once(counts, audit, ids) for counts, audit in audits])
    codebook = audits[-1][1].codebook
    kept = (measure for measure in counts if not measure.id.is_of_a_part and not combines_others(measure, codebook))
    return replace(counts, measures=tuple(kept))


class _OwnDecisions:
    """What audits may publish alone: as their own record allows, and `strict`. A book may be built either way."""

    def __init__(self, search: Search):
        self.search = search
        self._made: dict[tuple[str, int], Decision] = {}
        self._by_audit: dict[tuple[str, bool], Decision] = {}

    def of(self, audits: Iterable[Counted], is_strict: bool) -> dict[str, Decision]:
        return {str(audit.id): self._decision(counts, audit, is_strict) for counts, audit in audits}

    def known(self, pools: Iterable[RoundedPool], is_strict: bool) -> dict[str, Decision]:
        """The decisions for the audits of pools that were decided before."""
        ids = {audit for pool in pools for audit in pool.audits}
        return {audit: self._by_audit[audit, is_strict] for audit in sorted(ids)}

    def _decision(self, counts: Counts, audit: Audit, is_strict: bool) -> Decision:
        name = "strict" if is_strict else profile_for(audit.settings)
        threshold = profile_named(name).threshold
        key = (str(audit.id), threshold)
        if key not in self._made:
            strict = (str(audit.id), PROFILE.threshold)
            if strict not in self._made:
                self._made[strict] = decided_numbers(
                    counts, audit.codebook, population(audit), PROFILE.threshold, self.search
                )
            if not threshold:  # everything is shown
                self._made[key] = replace(self._made[strict], threshold=0, suppressed=frozenset())
        self._by_audit[str(audit.id), is_strict] = self._made[key]
        return self._made[key]


def _released_pool(audits: Sequence[Counted], before: Sequence[RoundedPool], decisions: _OwnDecisions) -> RoundedPool:
    """The pool with whatever more is withheld for the sake of the audits' own releases and of pools before it."""
    counts = _summed(audits)
    people = replace(_people([population(audit) for _, audit in audits]), sources=_sources(audits))
    ids = tuple(str(audit.id) for _, audit in audits)
    decided = decision(counts, audits[-1][1].codebook, people, PROFILE.threshold, decisions.search)
    pool = _rounded(ids, decided, frozenset())
    while True:
        more: set[str] = set()
        overlapping = [other for other in before if set(other.audits) & set(ids)]
        both_ways = [
            decisions.of(audits, is_strict) | decisions.known(overlapping, is_strict) for is_strict in (False, True)
        ]
        for own_decisions in both_ways[: 1 if both_ways[0] == both_ways[1] else 2]:
            model, withheld = joint_model(own_decisions, [*overlapping, pool])
            keys = _withheld_beside(model, withheld, [other.prefix for other in (*overlapping, pool)], decisions.search)
            more |= {key.removeprefix(pool.prefix) for key in keys}
        if not more:
            return pool
        pool = _rounded(ids, pool.decided, more)


def _withheld_beside(model: Model, withheld: frozenset[str], prefixes: Sequence[str], search: Search) -> frozenset[str]:
    """What more of a pool must be withheld beside its audits' own releases, and beside pools before it.

    prefixes  of the keys of these pools

    Of a number of a pool that can be worked out though all of the last one is withheld, the audits have told: no pool
    hides it, nor tells it.
    """
    while True:
        try:
            return search(model, withheld) - withheld
        except CannotProtect as refused:
            if not refused.key.startswith(tuple(prefixes)):
                raise
            model, withheld = model.without_protecting(refused.key), withheld - {refused.key}


def _sources(audits: Iterable[Counted]) -> dict[str, str]:
    """Measure id → the file that it was counted from in every audit that counted it."""
    files: dict[str, set[str]] = {}
    for counts, _ in audits:
        for measure in counts:
            files.setdefault(measure.id, set()).add(measure.source)
    return {name: next(iter(sources)) for name, sources in files.items() if len(sources) == 1}


def _rounded(ids: tuple[str, ...], decided: Decision, more: Collection[str]) -> RoundedPool:
    """The pool's numbers rounded, these withheld too."""
    keys = decided.model.figures
    withheld = decided.model.closure(decided.suppressed.union(more))
    names = {name for name, key in keys.items() if key in withheld}
    bases = frozenset(name for name, key in decided.model.bases.items() if key in withheld)
    decided = replace(decided, suppressed=withheld, hidden=decided.hidden | names, without_base=bases)
    at_least = (measure.id for measure in decided.listed if measure.precision == Precision.AT_LEAST)
    bounds = frozenset(keys[name] for name in at_least if name in keys)
    return RoundedPool(ids, decided, rounded(decided.model, withheld, bounds), bounds)


def _rounded_figure(released: ReleasedMeasure, pool: RoundedPool) -> ReleasedMeasure:
    """A shown figure with the rounded numbers of people; one whose number fits no sum is withheld."""
    keys, bases, numbers = pool.decided.model.figures, pool.decided.model.bases, pool.numbers
    is_median = released.category == Statistic.MEDIAN
    key = keys.get(released.id.beside(Statistic.N) if is_median else released.id)
    if not released.is_shown or not (key or is_median):
        return released
    number = None if released.numerator is None else numbers.get(key)
    denominator = None if released.denominator is None else numbers.get(bases[released.id])
    if is_median:
        return replace(released, numerator=number, denominator=denominator, status="rounded")
    if number is None:
        return released.withheld()
    return replace(released, numerator=number, denominator=denominator, value=number, status="rounded")


def _settings(audits: Sequence[Audit], title: str) -> Settings:
    """What audits share; what one of them alone is about is left out."""
    first, last = audits[0].id.label, audits[-1].id.label
    return audits[-1].settings.model_copy(
        update={
            "title": title or f"{len(audits)} audits together, {first} to {last}",
            "remit": "",
            "sample": Sample(),
            "cohort": Period(),
            "fieldwork": Period(),
            "channels": (),
            "protocol": "",
            "deviations": (),
            "published": Published(),
            "release": Release(profile="pooled"),
        }
    )


def _findings(audits: Iterable[Audit]) -> Iterable[texts.Finding]:
    for audit in audits:
        for finding in texts.findings(audit, PROFILE):
            yield replace(finding, id=f"{audit.id}/{finding.id}")


def _recommendations(audits: Sequence[Audit]) -> Iterable[texts.Recommendation]:
    """Each once, as the newest of these audits that has it says it."""
    ids = [audit.id for audit in audits]
    for audit in audits:
        again = taken_up_again(audit, ids)
        for recommendation in texts.recommendations(audit, PROFILE):
            if recommendation.id not in again:
                yield replace(recommendation, id=f"{audit.id}/{recommendation.id}")
