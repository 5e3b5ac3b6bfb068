"""Words that may be shown: findings without their case, agencies' involvement, recommendations."""

from dataclasses import dataclass

from auditbook.evidence.audit import Audit
from auditbook.measures.themes import is_reflection
from auditbook.release.profiles import Profile
from auditbook.words.dates import ShortDate


@dataclass(frozen=True)
class Finding:
    """One finding without its case. `text` is empty where it may describe one family."""

    id: str
    polarity: str
    themes: tuple[str, ...]
    agency: str
    box: str
    text: str
    is_reflection: bool


@dataclass(frozen=True)
class Involvement:
    """One agency in the audit as a whole; states case by case are figures (`agency.*`)."""

    agency: str
    label: str
    state: str
    is_at_forum: bool | None
    reason: str


@dataclass(frozen=True)
class Recommendation:
    id: str
    box: str
    text: str
    kind: str
    owner: str
    assured_by: str
    assured_to: str
    themes: tuple[str, ...]
    findings: tuple[str, ...]
    due: ShortDate | None
    status: str
    status_date: ShortDate | None
    impact: str
    follows: str


def findings(audit: Audit, profile: Profile) -> tuple[Finding, ...]:
    """Every finding of the audited cases. Where small counts are withheld, so is the text of one that names a case."""
    if audit.findings is None:
        return ()
    found = audit.of_sample(audit.findings)
    return tuple(
        Finding(
            row["finding"],
            row["polarity"] or "",
            row["themes"],
            _label(audit, row["agency"]),
            row["box"] or "",
            "" if profile.threshold and row["case"] else row["text"] or "",
            bool(reflects),
        )
        for row, reflects in zip(found.to_dict("records"), is_reflection(audit, found), strict=True)
    )


def _label(audit: Audit, agency: str | None) -> str:
    """An agency by its name; an owner may also be words."""
    if not agency:
        return ""
    known = audit.codebook.agencies.get(agency)
    return known.label if known else agency


def involvement(audit: Audit) -> tuple[Involvement, ...]:
    """Every agency with one row for the whole audit, in the order of the codebook."""
    if audit.involvement is None:
        return ()
    order = list(audit.codebook.agencies)
    rows = [row for row in audit.involvement.to_dict("records") if not row["case"]]
    return tuple(
        Involvement(row["agency"], _label(audit, row["agency"]), row["state"], row["forum"], row["reason"] or "")
        for row in sorted(rows, key=lambda row: order.index(row["agency"]))
    )


def recommendations(audit: Audit) -> tuple[Recommendation, ...]:
    """Every recommendation, in the order they were entered. A status that is not stated is empty."""
    if audit.recommendations is None:
        return ()
    return tuple(
        Recommendation(
            row["recommendation"],
            row["box"] or "",
            row["text"] or "",
            row["kind"] or "",
            _label(audit, row["owner"]),
            _label(audit, row["assured_by"]),
            _label(audit, row["assured_to"]),
            row["themes"],
            row["findings"],
            row["due"],
            "" if row["status"] == "not_stated" else row["status"] or "",
            row["status_date"],
            row["impact"] or "",
            row["follows"] or "",
        )
        for row in audit.recommendations.to_dict("records")
    )
