"""The rows people enter, each column declared once. Files: DESIGN section 4."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Precision
from auditbook.codebook.variables import Code
from auditbook.validation.fields import (
    Amount,
    Day,
    LocalId,
    Parts,
    Record,
    Refused,
    Whole,
    YesNo,
    from_codebook,
    names_in,
    nearest_id,
    not_one_of,
    one_of,
    single_id,
    whole,
)
from auditbook.validation.names import folded, missing_value
from auditbook.validation.problems import Place, nearest

SCOPES = ("in", "out_learning_kept", "replaced", "excluded")
SCOPE_WORDS = {"in": "In scope"}
"""What people write in place of a word."""
PERSON_ROLES = ("index_child", "sibling", "unborn", "parent", "other")
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
NOT_INVOLVED = ("not_known_to_agency", "not_involved")
NOT_ASKED_STATES = ("scoped_not_invited",)
"""States that say that an agency was never asked for a return."""
CALLED = {
    "returned": "Audited for this return",
    "not_known_to_agency": "Not known to us",
    "involved_unknown": "Cannot tell",
    "development": "Area for development",
}
"""States and polarities that agencies' workbooks call by other words than their ids."""
STATUSES = ("not_started", "planned", "in_progress", "done", "abandoned", "carried_forward", "not_stated")
NO_GRADE = ("not_applicable", "not_graded")
PROGRESS = "progress"
BOXES = tuple("1234567")


@dataclass(frozen=True)
class Standard:
    """Something that is graded: what it is called beside its id, and its grades in order."""

    names: tuple[str, ...]
    codes: tuple[Code, ...]


Theme = from_codebook("themes", "T03", "a theme")
Agency = from_codebook("agencies", "A01", "an agency")


def _among(ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {key: () for key in ids}


def _case_of_audit(case: str, info: ValidationInfo) -> str:
    cases = info.context["cases"]
    if cases is None or case in cases:
        return case
    case_id = single_id(whole(case), _among(cases), "R01")
    if case_id is None:
        what = "is not a case of this audit" if cases else "is a case, and this audit has no cases.csv"
        raise Refused("R01", f'"{case}" {what}.', nearest_case(case, cases))
    return case_id


def nearest_case(case: str, cases: Iterable[str]) -> str:
    """The case whose id is most like this one and has the same numbers; empty when there is none."""
    near = nearest(case, cases)
    return near if _numbers(near) == _numbers(case) else ""


def _numbers(case: str) -> list[int]:
    """The numbers in a case's id: one with another number is another child's, however like it is."""
    return [int(digits) for digits in re.findall(r"[0-9]+", case)]


def _in_use(agency: str, info: ValidationInfo) -> str:
    entry = info.context["codebook"].agencies[agency]
    info.context["window"].refuse_outside(entry.valid_from, entry.valid_to, entry.label, entry.successor)
    return agency


def _channel_of_audit(channel: str, info: ValidationInfo) -> str:
    channels = info.context["channels"]
    if channels is None or channel in channels:
        return channel
    channel_id = single_id(channel, _among(channels), "R02")
    if channel_id is None:
        raise not_one_of(channel, channels, "R02", "a channel of audit.yml")
    return channel_id


def _themes(parts: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    codebook = info.context["codebook"]
    if all(part in codebook.themes for part in parts):
        return parts
    names_of = names_in(codebook, "themes")
    themes = []
    for part in parts:
        theme = single_id(part, names_of, "T03")
        if theme is None:
            raise Refused("T03", f'"{part}" is not a theme.', nearest_id(part, names_of))
        if theme in themes:
            raise Refused("V06", f'"{theme}" stands twice in this cell.')
        themes.append(theme)
    return tuple(themes)


def _findings_of_audit(parts: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    findings = info.context["findings"]
    if findings is None:
        return parts
    named_findings = []
    for part in parts:
        finding = single_id(part, _among(findings), "R03")
        if finding is None:
            raise Refused("R03", f'"{part}" is not a finding of this audit.', nearest(part, findings))
        named_findings.append(finding)
    return tuple(named_findings)


def gradable(codebook: Codebook) -> dict[str, Standard]:
    """What can be graded: variables of type grade, and themes on the scale `progress`."""
    variables = [variable for variable in codebook.variables.values() if variable.type == "grade"]
    standards = {variable.id: Standard((variable.label,), variable.codes) for variable in variables}
    if PROGRESS in codebook.scales:
        codes = codebook.scales[PROGRESS].codes
        themes = names_in(codebook, "themes").items()
        standards |= {theme: Standard(names, codes) for theme, names in themes if theme not in standards}
    return standards


def _standard(text: str, info: ValidationInfo) -> str:
    if text in info.context["standards"]:
        return text
    names_of = {standard_id: standard.names for standard_id, standard in info.context["standards"].items()}
    standard_id = single_id(text, names_of, "G01")
    if standard_id is None:
        problem = f'"{text}" is not a standard: a variable of type grade, or a theme.'
        raise Refused("G01", problem, nearest_id(text, names_of))
    return standard_id


def _grade(text: str, info: ValidationInfo) -> str:
    """A grade of the row's standard; of one that was refused nothing can be said."""
    standard = info.context["standards"].get(info.data.get("standard"))
    if standard is None:
        return text
    names_of = {code.code: (code.label, *code.also_called) for code in standard.codes} | _among(NO_GRADE)
    grade = single_id(text, names_of, "G02")
    if grade is None and info.field_name == "grade" and missing_value(text) in NO_GRADE:
        return missing_value(text)
    if grade is None:
        raise not_one_of(text, names_of, "G02", f"a grade of {info.data['standard']}")
    return grade


def _box(text: str) -> str:
    """The number of a briefing's box: `3`, `3.0` and `Box 3` are 3."""
    box = whole(folded(text).removeprefix("box").strip())
    if box not in BOXES:
        raise Refused("V03", f'"{text}" is no box of the briefing; expected a number from 1 to 7.')
    return box


Case = Annotated[str, AfterValidator(_case_of_audit)]
LeadAgency = Annotated[Agency, AfterValidator(_in_use)]
Channel = Annotated[str, AfterValidator(_channel_of_audit)]
Themes = Annotated[Parts, AfterValidator(_themes)]
Findings = Annotated[Parts, AfterValidator(_findings_of_audit)]
Box = Annotated[str, AfterValidator(_box)]


class CaseLine(Record):
    case: LocalId
    scope: one_of(*SCOPES, called=SCOPE_WORDS)
    scope_reason: str | None = None
    lead: LeadAgency | None = None


class PersonLine(Record):
    case: Case
    person: LocalId
    role: one_of(*PERSON_ROLES)


class InvolvementLine(Record):
    agency: Agency
    case: Case | None = None
    state: one_of(*STATES, called=CALLED)
    forum: YesNo | None = None
    reason: str | None = None
    asked: YesNo | None = None


class FindingLine(Record):
    finding: LocalId
    case: Case | None = None
    agency: Agency | None = None
    channel: Channel | None = None
    polarity: one_of("strength", "development", called=CALLED) | None = None
    themes: Themes = ()
    box: Box | None = None
    text: str | None = None
    headline: YesNo | None = None


class GradeLine(Record):
    says_more = ("moderated",)

    case: Case | None = None
    agency: Agency | None = None
    standard: Annotated[str, AfterValidator(_standard)]
    grade: Annotated[str, AfterValidator(_grade)]
    moderated: Annotated[str, AfterValidator(_grade)] | None = None
    moderator: str | None = None
    reason: str | None = None
    channel: Channel | None = None


class RecommendationLine(Record):
    recommendation: LocalId
    box: Box | None = None
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
    headline: YesNo | None = None


class TallyLine(Record):
    variable: str
    value: str
    count: Amount | None = None
    base: Whole | None = None
    base_label: str | None = None
    precision: one_of(*Precision)
    percent: Amount | None = None
    statement: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Tally:
    """A published total: a valid line, with its place for messages.

    count, percent  of a range the least; `greatest` is its other end
    """

    place: Place
    variable: str
    value: str
    count: float | None
    base: int | None
    base_label: str | None
    precision: Precision
    percent: float | None
    statement: str | None
    source: str | None
    greatest: float | None = None

    @property
    def id(self) -> MeasureId:
        return MeasureId.of(self.variable, self.value)
