"""Four or more audits of one collection, released as one: `strict`, then rounded to five.

Counts are added up over the audits, `strict` decides what is withheld, and what is shown is rounded so that tables
still add up (`auditbook.release.rounding`). Beside the audits' own `strict` releases nothing of theirs is told either:
where what they show of a number leaves, under the rounded total, too little room for what they withhold, the total is
withheld as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import Audit
from auditbook.evidence.settings import Period, Published, Release, Sample, Settings
from auditbook.measures.counts import AT_LEAST, Counts
from auditbook.measures.recommendations import counted_once, taken_up_again
from auditbook.release import texts
from auditbook.release.disclosure import WIDTH, Decision, decision
from auditbook.release.figures import Figure, figure
from auditbook.release.population import Population, population
from auditbook.release.profiles import POOLED, PROFILES, profile_for, profile_named
from auditbook.release.released import Released, sealed
from auditbook.release.rounding import NEAREST, rounded
from auditbook.release.summing import summed
from auditbook.validation.problems import ReleaseRefused

FEWEST = 4
"""Audits in a pool, at least (DESIGN section 10)."""
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


def pooled(audits: Sequence[tuple[Counts, Audit]], title: str = "") -> Released:
    """These audits released together.

    audits  each with its exact measures; four or more, of one collection, the same partnerships and the same unit
    title   of their page; how many audits of which quarters, unless given

    Raises ReleaseRefused, with every reason, for fewer or for audits that do not belong together.
    """
    audits = sorted(audits, key=lambda each: each[1].id)
    refuse_unlike([audit for _, audit in audits])
    ids = [audit.id for _, audit in audits]
    counts = summed([counted_once(counts, audit, ids) for counts, audit in audits])
    together = _people([population(audit) for _, audit in audits])
    codebook = audits[-1][1].codebook
    decided = decision(counts, codebook, together, PROFILE.threshold)
    decided, numbers = _rounded(decided, [_own_releases(*each) for each in audits])
    figures = {each.id: _rounded_figure(figure(each, decided), decided, numbers) for each in decided.listed}
    released = sealed(
        counts,
        decided,
        audit_id=PooledId(tuple(audit.id for _, audit in audits)),
        profile=PROFILE,
        settings=_settings([audit for _, audit in audits], title),
        codebook=codebook,
        findings=tuple(_findings(audit for _, audit in audits)),
        involvement=(),
        recommendations=tuple(_recommendations([audit for _, audit in audits])),
    )
    return replace(released, figures=figures, bands={})


def refuse_unlike(audits: Sequence[Audit]) -> None:
    """Refuse to pool too few audits, or audits that count different things."""
    what = {
        "the same audit twice": len(set(audit.id for audit in audits)) < len(audits),
        "several collections": len({audit.settings.collection for audit in audits}) > 1,
        "several sets of partnerships": len({frozenset(audit.settings.partnerships) for audit in audits}) > 1,
        "several units of analysis": len({audit.settings.unit for audit in audits}) > 1,
        f"fewer than {FEWEST} audits": len(audits) < FEWEST,
    }
    found = [reason for reason, is_so in what.items() if is_so]
    if found:
        ids = ", ".join(str(audit.id) for audit in audits) or "no audit"
        raise ReleaseRefused(
            f"{ids}: these cannot be released together: {'; '.join(found)}. Change the list in data/pooled.yml."
        )


def _people(parts: Sequence[Population]) -> Population:
    """Everybody behind all audits; roles only where every audit has rows of people."""
    cases = [part.cases for part in parts]
    roles = parts[0].roles if all(part.roles for part in parts) else {}
    named = set(parts[0].named).intersection(*(part.named for part in parts))
    return Population(
        None if None in cases else sum(cases),
        parts[0].noun,
        {role: sum(part.roles[role] for part in parts) for role in roles},
        all(part.is_one_a_case for part in parts),
        {theme: sum(part.named[theme] for part in parts) for theme in named},
    )


@dataclass(frozen=True)
class _Own:
    """One audit as it may be published alone: its measures, and what of them is withheld."""

    counts: Counts
    decided: Decision

    def number(self, measure_id: str) -> int | None:
        """What it says of a measure; None when it withholds it."""
        if measure_id not in self.counts:
            return 0
        return None if measure_id in self.decided.hidden else self.counts[measure_id].numerator


def _own_releases(counts: Counts, audit: Audit) -> tuple[_Own, _Own]:
    """An audit as its own record allows, and `strict`: a book may be built either way, and the pool stands in both."""
    names = (profile_for(audit.settings), "strict")
    people = population(audit)
    first, second = (decision(counts, audit.codebook, people, profile_named(name).threshold) for name in names)
    return _Own(counts, first), _Own(counts, second)


def _rounded(decided: Decision, releases: list[tuple[_Own, _Own]]) -> tuple[Decision, dict[str, int]]:
    """The rounded numbers, and the decision with whatever more is withheld for the sake of the audits' own releases."""
    keys = decided.cells.figures
    bounds = {keys[each.id] for each in decided.listed if each.precision == AT_LEAST and each.id in keys}
    while True:
        numbers = rounded(decided.cells, decided.gone, bounds)
        telling = {
            key
            for name, key in decided.cells.figures.items()
            if key in numbers and numbers[key]
            if any(_tells(numbers[key], [each.number(name) for each in own]) for own in zip(*releases, strict=True))
        }
        if not telling:
            return decided, numbers
        gone = decided.gone | telling
        names = {name for name, key in decided.cells.figures.items() if key in gone}
        bases = frozenset(name for name, key in decided.cells.bases.items() if key in gone)
        decided = replace(decided, gone=gone, hidden=decided.hidden | names, without_base=bases)


def _tells(total: int, parts: list[int | None]) -> bool:
    """Whether a rounded total, less what audits show of it, leaves those that withhold it too little room."""
    withheld = parts.count(None)
    shown = sum(part for part in parts if part is not None)
    least, most = max(withheld, total - NEAREST + 1 - shown), total + NEAREST - 1 - shown
    return withheld > 0 and most - least < WIDTH


def _rounded_figure(said: Figure, decided: Decision, numbers: dict[str, int]) -> Figure:
    """A shown figure with the rounded numbers of people; one whose number fits no sum is withheld."""
    keys, bases = decided.cells.figures, decided.cells.bases
    is_median = said.end == "median"
    key = keys.get(f"{said.id.removesuffix('.median')}.n" if is_median else said.id)
    if not said.is_shown or not (key or is_median):
        return said
    number = None if said.numerator is None else numbers.get(key)
    denominator = None if said.denominator is None else numbers.get(bases[said.id])
    if is_median:
        return replace(said, numerator=number, denominator=denominator, status="rounded")
    if number is None:
        return replace(said, numerator=None, denominator=None, value=None, precision="exact", status="suppressed")
    return replace(said, numerator=number, denominator=denominator, value=number, status="rounded")


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
        for each in texts.findings(audit, PROFILE):
            yield replace(each, id=f"{audit.id}/{each.id}")


def _recommendations(audits: Sequence[Audit]) -> Iterable[texts.Recommendation]:
    """Each once, as the newest of these audits that has it says it."""
    ids = [audit.id for audit in audits]
    for audit in audits:
        again = taken_up_again(audit, ids)
        for each in texts.recommendations(audit, PROFILE):
            if each.id not in again:
                yield replace(each, id=f"{audit.id}/{each.id}")
