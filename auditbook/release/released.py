"""Released figures: the only ones that tables, charts and wording accept, and that only `release` makes."""

from collections.abc import Iterator
from dataclasses import dataclass

from auditbook.evidence.audit import Audit
from auditbook.evidence.settings import Settings
from auditbook.measures.counts import Counts, Measure
from auditbook.release import disclosure
from auditbook.release.profiles import Profile, profile_named, refuse_unrecorded
from auditbook.release.texts import Finding, Involvement, Recommendation, findings, involvement, recommendations
from auditbook.words.codebook import Codebook
from auditbook.words.quarter import AuditId
from auditbook.words.refusals import ReleaseRefused

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
_SEAL = object()


@dataclass(frozen=True)
class Figure:
    """One released measure; `status` is shown, suppressed or rounded. What is suppressed holds no number at all."""

    id: str
    label: str
    numerator: int | None
    denominator: int | None
    base_label: str | None
    value: int | float | None
    unit: str
    precision: str
    status: str
    source: str
    statement: str = ""

    @property
    def is_shown(self) -> bool:
        return self.status != "suppressed"

    @property
    def end(self) -> str:
        return self.id.rpartition(".")[2]


@dataclass(frozen=True)
class Released:
    """What disclosure control lets out of one audit. Raises ReleaseRefused when made by anything but `release`."""

    audit_id: AuditId
    profile: Profile
    settings: Settings
    codebook: Codebook
    figures: dict[str, Figure]
    findings: tuple[Finding, ...]
    involvement: tuple[Involvement, ...]
    recommendations: tuple[Recommendation, ...]
    warnings: tuple[str, ...]
    seal: object = None

    def __post_init__(self):
        if self.seal is not _SEAL:
            raise ReleaseRefused("released figures are only made by auditbook.release.released.release")

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures.values())

    def __getitem__(self, measure_id: str) -> Figure:
        return self.figures[measure_id]

    def __contains__(self, measure_id: str) -> bool:
        return measure_id in self.figures

    def of(self, beginning: str) -> list[Figure]:
        """Every figure with this beginning, `sex` or `theme.voice_of_child`, in order."""
        return [figure for figure in self if figure.id.rpartition(".")[0] == beginning]

    def __repr__(self) -> str:
        return f"<Released: {self.audit_id}, {len(self.figures)} figures, {self.profile.name}>"

    def as_json(self) -> dict:
        """The contract of `measures.json` (DESIGN section 5)."""
        return {
            "schema": SCHEMA,
            "audit": str(self.audit_id),
            "profile": self.profile.name,
            "measures": [{field: getattr(figure, field) for field in FIELDS} for figure in self],
        }


def release(counts: Counts, audit: Audit, profile: str) -> Released:
    """Let out what the profile allows.

    Raises ReleaseRefused when the profile is `recorded` and nobody recorded a decision, or `pooled`, which no single
    audit can be; WrongUsage when there is no such profile.
    """
    chosen = profile_named(profile)
    if chosen.name == "pooled":
        raise ReleaseRefused(f"{audit.id}: one audit alone cannot be released pooled; four or more together can.")
    if chosen.name == "recorded":
        refuse_unrecorded(audit.id, audit.settings)
    hidden = disclosure.hidden(counts, chosen.threshold)
    listed = [measure for measure in counts if disclosure.is_listed(measure, chosen.threshold)]
    return Released(
        audit_id=audit.id,
        profile=chosen,
        settings=audit.settings,
        codebook=audit.codebook,
        figures={measure.id: _figure(measure, measure.id in hidden, chosen) for measure in listed},
        findings=findings(audit, chosen),
        involvement=involvement(audit),
        recommendations=recommendations(audit),
        warnings=tuple(warning.withheld if chosen.threshold else warning.text for warning in counts.warnings),
        seal=_SEAL,
    )


def _figure(measure: Measure, is_hidden: bool, profile: Profile) -> Figure:
    shared = {"id": measure.id, "label": measure.label, "source": measure.source, "unit": measure.unit}
    if is_hidden:
        return Figure(
            **shared,
            numerator=None,
            denominator=None,
            base_label=measure.base_label,
            value=None,
            precision="exact",
            status="suppressed",
        )
    is_base_hidden = measure.counts == "people" and disclosure.is_small(measure.denominator, profile.threshold)
    return Figure(
        **shared,
        numerator=measure.numerator,
        denominator=None if is_base_hidden else measure.denominator,
        base_label=measure.base_label,
        value=measure.value,
        precision=measure.precision,
        status="shown",
        statement=measure.statement,
    )
