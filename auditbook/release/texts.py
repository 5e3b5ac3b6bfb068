"""Words that may be shown: findings without their case, agencies' involvement, recommendations, what audit.yml says."""

from collections.abc import Callable
from dataclasses import dataclass

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import Audit
from auditbook.evidence.settings import Channel, Sample, Settings
from auditbook.evidence.threads import Thread
from auditbook.measures.case_overview import case_total
from auditbook.measures.themes import is_reflection
from auditbook.release.phrases import without_counts
from auditbook.release.profiles import Profile
from auditbook.validation.dates import ShortDate


@dataclass(frozen=True)
class Finding:
    """One finding without its case. `text` is empty where it may describe one family.

    headline  `yes` where the analyst chose it for the front page
    """

    id: str
    polarity: str
    themes: tuple[str, ...]
    agency: str
    box: str
    text: str
    is_reflection: bool
    headline: str = ""


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
    """One recommendation with its status and day due as the newest row that states them has them.

    thread   its rows in all audits, oldest first; empty where no other audit has one
    said_in  the other audit that states its status; None where it is this one
    headline  `yes` where the analyst chose it for the front page
    """

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
    thread: Thread = ()
    said_in: AuditId | None = None
    headline: str = ""


def speech(audit: Audit, profile: Profile) -> Callable[[str | None], str]:
    """How what people wrote is printed: as it is, or, where small counts are withheld, without numbers of people."""
    if not profile.threshold:
        return lambda text: text or ""
    unit, total = audit.settings.unit, case_total(audit)
    is_share_told = total is not None and total > profile.threshold
    return lambda text: without_counts(text or "", (unit.singular, unit.plural), is_share_told)


def settings(audit: Audit, profile: Profile) -> Settings:
    """What audit.yml says. Where small counts are withheld it holds no numbers: figures say what may be said."""
    if not profile.threshold:
        return audit.settings
    say, record = speech(audit, profile), audit.settings
    changes = {
        "title": say(record.title),
        "remit": say(record.remit),
        "sample": Sample(method=say(record.sample.method)),
        "channels": tuple(_channel(channel, say) for channel in record.channels),
        "protocol": say(record.protocol),
        "deviations": tuple(map(say, record.deviations)),
        "partnerships": type(record.partnerships)(map(say, record.partnerships)),
        "published": record.published.model_copy(update={"citation": say(record.published.citation)}),
        "release": record.release.model_copy(update={"reason": say(record.release.reason)}),
    }
    return record.model_copy(update=changes)


def _channel(channel: Channel, say: Callable[[str | None], str]) -> Channel:
    return channel.model_copy(update={"participants": None, "cases": None, "note": say(channel.note)})


def findings(audit: Audit, profile: Profile) -> tuple[Finding, ...]:
    """Every finding of the audited cases. Where small counts are withheld, so is the text of one that names a case."""
    if audit.findings is None:
        return ()
    rows = audit.of_sample(audit.findings)
    say = speech(audit, profile)
    return tuple(
        Finding(
            row["finding"],
            row["polarity"] or "",
            row["themes"],
            _label(audit, row["agency"]),
            row["box"] or "",
            "" if profile.threshold and row["case"] else say(row["text"]),
            bool(reflects),
            "yes" if row["headline"] else "",
        )
        for row, reflects in zip(rows.to_dict("records"), is_reflection(audit, rows), strict=True)
    )


def _label(audit: Audit, agency: str | None) -> str:
    """An agency by its name; an owner may also be words."""
    if not agency:
        return ""
    entry = audit.codebook.agencies.get(agency)
    return entry.label if entry else agency


def involvement(audit: Audit, profile: Profile) -> tuple[Involvement, ...]:
    """Every agency with one row for the whole audit, in the order of the codebook."""
    if audit.involvement is None:
        return ()
    order, say = list(audit.codebook.agencies), speech(audit, profile)
    rows = [row for row in audit.involvement.to_dict("records") if not row["case"]]
    return tuple(
        Involvement(row["agency"], _label(audit, row["agency"]), row["state"], row["forum"], say(row["reason"]))
        for row in sorted(rows, key=lambda row: order.index(row["agency"]))
    )


def recommendations(audit: Audit, profile: Profile) -> tuple[Recommendation, ...]:
    """Every recommendation, in the order they were entered. A status that is not stated is empty."""
    if audit.recommendations is None:
        return ()
    say = speech(audit, profile)
    rows = audit.recommendations_now.to_dict("records")
    stated_in = [audit.step_now(row).audit for row in audit.recommendations.to_dict("records")]
    return tuple(
        Recommendation(
            row["recommendation"],
            row["box"] or "",
            say(row["text"]),
            row["kind"] or "",
            say(_label(audit, row["owner"])),
            say(_label(audit, row["assured_by"])),
            say(_label(audit, row["assured_to"])),
            row["themes"],
            row["findings"],
            row["due"],
            "" if row["status"] == "not_stated" else row["status"] or "",
            row["status_date"],
            say(row["impact"]),
            row["follows"] or "",
            audit.followed.threads.get(row["recommendation"], ()),
            None if said_in == audit.id else said_in,
            "yes" if row["headline"] else "",
        )
        for row, said_in in zip(rows, stated_in, strict=True)
    )
