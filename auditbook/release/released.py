"""Released figures: the only ones that tables, charts and wording accept, and that only `release` makes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import get_type_hints

from typing_extensions import TypedDict

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import Audit
from auditbook.evidence.settings import Settings
from auditbook.measures.all_measures import audit_measures
from auditbook.measures.combinations import Combined, combinations
from auditbook.measures.counts import Counts
from auditbook.release import texts
from auditbook.release.bands import Band, bands
from auditbook.release.disclosure import Decision, decision
from auditbook.release.figures import Columns, ReleasedMeasure, as_columns, figure, from_columns, warnings
from auditbook.release.population import population
from auditbook.release.profiles import Profile, profile_for, profile_named, refuse_unnamed_crossings, refuse_unrecorded
from auditbook.release.texts import Finding, Involvement, Recommendation
from auditbook.validation.problems import ReleaseRefused

SCHEMA = 1
FIELDS = (
    "id",
    "label",
    "numerator",
    "denominator",
    "base_label",
    "value",
    "unit",
    "precision",
    "status",
    "source",
)
_PRINTED = attrgetter(*FIELDS)
INSIDE = "internal"
"""The one profile under which combinations are let out: one can describe one family (DESIGN section 10)."""


class _Seal:
    """Stays the one it is when released figures travel to the process of a page."""

    def __reduce__(self) -> str:
        return "_SEAL"


_SEAL = _Seal()


@dataclass(frozen=True)
class HandedOver:
    """Where figures come from that another partnership released (`release.partners`).

    partner  its id in this project, `northshire`;  name  what it calls itself
    edition, day, checksum  of its edition that holds them
    """

    partner: str
    name: str
    edition: int
    day: date
    checksum: str


@dataclass(frozen=True)
class Released:
    """What disclosure control lets out of one audit. Raises ReleaseRefused when made by anything but `release`.

    bands   variable id → how many numbers lie in each band, where single numbers are withheld; not in measures.json
    combinations  which features came together, only inside the business unit; not in measures.json
    unlisted  ids that were measured and are not listed under this profile
    handed_over  whose they are, where a partnership handed over its editions; None of this project's own
    """

    audit_id: AuditId
    profile: Profile
    settings: Settings
    codebook: Codebook
    figures: dict[str, ReleasedMeasure]
    findings: tuple[Finding, ...]
    involvement: tuple[Involvement, ...]
    recommendations: tuple[Recommendation, ...]
    warnings: tuple[str, ...]
    bands: dict[str, tuple[Band, ...]] = field(default_factory=dict)
    combinations: tuple[Combined, ...] = ()
    unlisted: frozenset[MeasureId] = frozenset()
    handed_over: HandedOver | None = None
    seal: object = None

    def __post_init__(self):
        if self.seal is not _SEAL:
            raise ReleaseRefused("released figures are only made by auditbook.release.released.release")

    def __iter__(self) -> Iterator[ReleasedMeasure]:
        return iter(self.figures.values())

    def __getitem__(self, measure_id: str) -> ReleasedMeasure:
        return self.figures[measure_id]

    def __contains__(self, measure_id: str) -> bool:
        return measure_id in self.figures

    def of(self, family: str) -> list[ReleasedMeasure]:
        """Every figure with this family, `sex` or `theme.voice_of_child`, in order."""
        return list(self.by_family.get(family, {}).values())

    @cached_property
    def by_family(self) -> dict[str, dict[str, ReleasedMeasure]]:
        """Family → category → figure, all in order."""
        families: dict[str, dict[str, ReleasedMeasure]] = {}
        for measure in self:
            families.setdefault(measure.id.family, {})[measure.category] = measure
        return families

    def __repr__(self) -> str:
        return f"<Released: {self.audit_id}, {len(self.figures)} figures, {self.profile.name}>"

    def as_json(self) -> dict:
        """The contract of `measures.json` (DESIGN section 5)."""
        return {
            "schema": SCHEMA,
            "audit": str(self.audit_id),
            "profile": self.profile.name,
            "measures": [_as_json(figure) for figure in self],
        }


def _as_json(figure: ReleasedMeasure) -> dict[str, object]:
    """Its fields; a range as it is entered: `3..5`."""
    printed = dict(zip(FIELDS, _PRINTED(figure), strict=True))
    return printed | {"value": "{}..{}".format(*figure.between)} if figure.between else printed


def release(counts: Counts, audit: Audit, profile: str) -> Released:
    """Let out what the profile allows.

    Raises ReleaseRefused when the profile is `recorded` and nobody recorded a decision, or `pooled`, which no single
    audit can be; WrongUsage when there is no such profile.
    """
    chosen = profile_named(profile)
    if chosen.name == "pooled":
        raise ReleaseRefused(
            f"{audit.id}: one audit alone cannot be released pooled; four or more together can (data/pooled.yml)."
        )
    if chosen.name == "recorded":
        refuse_unrecorded(audit.id, audit.settings)
        refuse_unnamed_crossings(audit.id, audit.settings, audit.codebook)
    decided = decision(counts, audit.codebook, population(audit), chosen.threshold)
    return sealed(
        counts,
        decided,
        audit_id=audit.id,
        profile=chosen,
        settings=texts.settings(audit, chosen),
        codebook=audit.codebook,
        findings=texts.findings(audit, chosen),
        involvement=texts.involvement(audit, chosen),
        recommendations=texts.recommendations(audit, chosen),
        say=texts.speech(audit, chosen),
        combinations=combinations(audit) if chosen.name == INSIDE else (),
    )


def sealed(
    counts: Counts, decided: Decision, *, codebook: Codebook, profile: Profile, say: Callable[[str], str] = str, **words
) -> Released:
    """The decided figures with their words. Only for this layer: what it returns is taken as safe to show.

    say  how a figure's source is printed, which people wrote
    """
    listed = {measure.id for measure in decided.listed}
    shown = (figure(measure, decided) for measure in decided.listed)
    return Released(
        figures={measure.id: replace(measure, source=say(measure.source)) for measure in shown},
        warnings=warnings(counts, decided),
        bands=bands(counts, decided, codebook, profile.threshold),
        unlisted=frozenset(measure.id for measure in counts) - listed,
        codebook=codebook,
        profile=profile,
        seal=_SEAL,
        **words,
    )


def released_audit(audit: Audit, profile: str) -> Released:
    """Count an audit and release it. Raises ReleaseRefused, and InputRefused for tallies of what rows give."""
    return release(audit_measures(audit), audit, profile)


def released_audits(audits: list[Audit], asked: str | None) -> list[Released]:
    """Each audit as it may be shown. Raises what `released_audit` does."""
    return [released_audit(audit, profile_for(audit.settings, asked)) for audit in audits]


def record_shape(audit_id: type = AuditId) -> type:
    """The type of `as_record`, for what keeps released figures between runs: all of them but the codebook."""
    shapes = {**get_type_hints(Released), "audit_id": audit_id, "figures": Columns}
    return TypedDict("ReleasedRecord", {name: shapes[name] for name in _RECORDED})  # type: ignore[operator]


def as_record(released: Released) -> dict[str, object]:
    return {name: getattr(released, name) for name in _RECORDED} | {"figures": as_columns(released)}


def from_record(record: dict, codebook: Codebook) -> Released:
    """What `as_record` gave, with the codebook it was counted by: only for what this package itself has kept."""
    return put_together(record | {"figures": from_columns(record["figures"])}, codebook)


def put_together(parts: dict, codebook: Codebook) -> Released:
    """A release of its parts: only for what was released before, and is read from where this package wrote it."""
    return Released(**parts, codebook=codebook, seal=_SEAL)


_RECORDED = tuple(part.name for part in fields(Released) if part.name not in ("codebook", "seal"))
