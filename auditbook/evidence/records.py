"""The rows people enter, each column declared once. Files: DESIGN section 4."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from auditbook.validation.fields import (
    Day,
    Decimal,
    LocalId,
    Parts,
    Record,
    Refused,
    Whole,
    YesNo,
    from_codebook,
    not_one_of,
    one_of,
)
from auditbook.validation.problems import Place, nearest

SCOPES = ("in", "out_learning_kept", "replaced", "excluded")
ROLES = ("index_child", "sibling", "unborn", "parent", "other")
STATES = (
    "not_known_to_agency",
    "not_involved",
    "involved_unknown",
    "involved_not_scoped",
    "scoped_not_invited",
    "no_response",
    "declined",
    "took_part",
    "returned_late",
    "returned",
    "moderated",
)
STATUSES = ("not_started", "planned", "in_progress", "done", "abandoned", "carried_forward", "not_stated")
PRECISIONS = (
    "exact",
    "derived",
    "at_least",
    "more_than",
    "at_most",
    "less_than",
    "about",
    "percent_only",
    "qualitative",
)

Theme = from_codebook("themes", "T03", "a theme")
Agency = from_codebook("agencies", "A01", "an agency")


def _case_of_audit(case: str, info: ValidationInfo) -> str:
    cases = info.context["cases"]
    if cases is not None and case not in cases:
        what = "is not a case of this audit" if cases else "is a case, and this audit has no cases.csv"
        raise Refused("R01", f'"{case}" {what}.', nearest(case, cases))
    return case


def _channel_of_audit(channel: str, info: ValidationInfo) -> str:
    known = info.context["channels"]
    if known is not None and channel not in known:
        raise not_one_of(channel, known, "R02", "a channel of audit.yml")
    return channel


def _themes(parts: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    known = info.context["codebook"].themes
    labels = {theme.label.casefold(): theme.id for theme in known.values()}
    for part in parts:
        if part not in known:
            near = labels.get(part.casefold()) or nearest(part, known)
            raise Refused("T03", f'"{part}" is not a theme.', near)
    return parts


def _findings_of_audit(parts: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    findings = info.context["findings"]
    for part in parts:
        if findings is not None and part not in findings:
            raise Refused("R03", f'"{part}" is not a finding of this audit.', nearest(part, findings))
    return parts


Case = Annotated[str, AfterValidator(_case_of_audit)]
Channel = Annotated[str, AfterValidator(_channel_of_audit)]
Themes = Annotated[Parts, AfterValidator(_themes)]
Findings = Annotated[Parts, AfterValidator(_findings_of_audit)]


class CaseLine(Record):
    case: LocalId
    scope: one_of(*SCOPES)
    scope_reason: str | None = None


class PersonLine(Record):
    case: Case
    person: LocalId
    role: one_of(*ROLES)


class InvolvementLine(Record):
    agency: Agency
    case: Case | None = None
    state: one_of(*STATES)
    forum: YesNo | None = None
    reason: str | None = None


class FindingLine(Record):
    finding: LocalId
    case: Case | None = None
    agency: Agency | None = None
    channel: Channel | None = None
    polarity: one_of("strength", "development") | None = None
    themes: Themes = ()
    box: str | None = None
    text: str | None = None


class GradeLine(Record):
    case: Case | None = None
    agency: Agency | None = None
    standard: str
    grade: str
    moderated: str | None = None
    moderator: str | None = None
    reason: str | None = None


class RecommendationLine(Record):
    recommendation: LocalId
    box: str | None = None
    text: str | None = None
    kind: one_of("action", "assurance", "consider") | None = None
    owner: str | None = None
    assured_by: str | None = None
    assured_to: str | None = None
    themes: Themes = ()
    findings: Findings = ()
    due: Day | None = None
    status: one_of(*STATUSES) | None = None
    status_date: Day | None = None
    impact: str | None = None
    follows: str | None = None


class TallyLine(Record):
    variable: str
    value: str
    count: Decimal | None = None
    base: Whole | None = None
    base_label: str | None = None
    precision: one_of(*PRECISIONS)
    percent: Decimal | None = None
    statement: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Tally:
    """A published total: a valid line, with its place for messages."""

    place: Place
    variable: str
    value: str
    count: float | None
    base: int | None
    base_label: str | None
    precision: str
    percent: float | None
    statement: str | None
    source: str | None

    @property
    def id(self) -> str:
        return f"{self.variable}.{self.value}"
