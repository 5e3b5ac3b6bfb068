"""`audit.yml`: what was audited, how, by whom, and who let its figures out."""

from pathlib import Path
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from auditbook.codebook.quarter import AuditId
from auditbook.validation.fields import Day, Refused, Snake, Whole, one_of
from auditbook.validation.model_errors import read_model
from auditbook.validation.problems import Place, Refusals, nearest
from auditbook.validation.yaml_text import PlainYaml

SYNTHETIC = "synthetic"
CASE_FILES = "case_file_audit"
CHANNEL_KINDS = (
    CASE_FILES,
    "self_assessment",
    "panel",
    "forum",
    "survey",
    "interview",
    "family_contact",
    "records",
    "scrutiny",
)
PROFILE_NAMES = ("internal", "recorded", "strict", "pooled")


def is_made_up(collection: str) -> bool:
    """Whether audits of a collection are a demonstration: `synthetic`, or `synthetic-northshire` of a partner."""
    return collection.partition("-")[0] == SYNTHETIC


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def _one_or_list(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _audit_id(text: str) -> str:
    try:
        return str(AuditId.read(text)) if text else ""
    except ValueError:
        raise Refused("R04", f'"{text}" is not the id of an audit; expected one such as 2020-21-Q4.') from None


Words = Annotated[tuple[str, ...], BeforeValidator(_one_or_list)]
Earlier = Annotated[str, AfterValidator(_audit_id)]


class Unit(Section):
    singular: str = "case"
    plural: str = "cases"


class Sample(Section):
    method: str = ""
    planned: Whole | None = None
    drawn: Whole | None = None


class Period(Section):
    start: Day | None = None
    end: Day | None = None


class Channel(Section):
    """One way in which evidence came: its kind is by default its id."""

    channel: Snake
    kind: one_of(*CHANNEL_KINDS) = ""
    participants: Whole | None = None
    cases: Whole | None = None
    agencies: Words = ()
    note: str = ""

    @property
    def is_scrutiny(self) -> bool:
        return (self.kind or self.channel) == "scrutiny"


class Published(Section):
    date: Day | None = None
    url: str = ""
    citation: str = ""


class IntruderQuestions(Section):
    """What is asked before true counts are published: what somebody in the area could do with them.

    Source: DESIGN 10; the page about an audit's release asks them in words.
    """

    who_would_know: str = ""
    what_would_they_learn: str = ""
    already_public: str = ""
    distress: str = ""


class Release(Section):
    """Who decided what may be shown, a name or a role, and what they considered. Without it `strict`."""

    profile: one_of(*PROFILE_NAMES) = "strict"
    approver: Words = ()
    date: Day | None = None
    reason: str = ""
    questions: IntruderQuestions = IntruderQuestions()


class Settings(Section):
    title: str
    collection: one_of("published", SYNTHETIC, "live")
    remit: str = ""
    partnerships: Words = ()
    unit: Unit = Unit()
    sample: Sample = Sample()
    cohort: Period = Period()
    fieldwork: Period = Period()
    due: Day | None = None
    lookback_months: Whole | None = None
    channels: tuple[Channel, ...] = ()
    crossings: tuple[Words, ...] = ()
    involvement: one_of("complete", "partial") = "partial"
    re_audit_of: Earlier = ""
    protocol: str = ""
    deviations: Words = ()
    published: Published = Field(default=Published())
    release: Release = Release()

    @property
    def is_made_up(self) -> bool:
        """Whether it is a demonstration: of this project, or of a partnership that handed it over."""
        return is_made_up(self.collection)

    @property
    def case_file_audits(self) -> list[str]:
        return [channel.channel for channel in self.channels if (channel.kind or channel.channel) == CASE_FILES]

    @property
    def main_channel(self) -> str:
        """The one case file audit among the channels: what grades without a channel are of; empty without one."""
        fitting = self.case_file_audits
        return fitting[0] if len(fitting) == 1 else ""


def read_settings(path: Path, name: str, refusals: Refusals) -> Settings | None:
    """Read and check `audit.yml`; None when it was refused. Unknown keys are refused (V07)."""
    if not path.is_file():
        refusals.add(Place(name), "F08", "this file is missing; every audit has one.")
        return None
    settings, plain_yaml = read_model(Settings, path, name, refusals, _keys_beside)
    if settings:
        _check_meaning(settings, plain_yaml, refusals)
    return settings


def _keys_beside(key: tuple[str | int, ...]) -> list[str]:
    """The keys known in the section that a key stands in."""
    section: type[Section] = Settings
    for part in key[:-1]:
        if isinstance(part, str):
            annotation = section.model_fields[part].annotation
            section = next((kind for kind in (annotation, *get_args(annotation)) if _is_section(kind)), section)
    return list(section.model_fields)


def _is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Section)


def _check_meaning(settings: Settings, plain_yaml: PlainYaml, refusals: Refusals) -> None:
    ids = [channel.channel for channel in settings.channels]
    for index, channel in enumerate(settings.channels):
        place = plain_yaml.place("channels", index, "channel")
        if ids.index(channel.channel) != index:
            refusals.add(place, "V06", f'"{channel.channel}" stands there twice.')
        if not channel.kind and channel.channel not in CHANNEL_KINDS:
            problem = f'"{channel.channel}" is not a kind of channel; say its `kind`.'
            refusals.add(place, "Y03", problem, nearest(channel.channel, CHANNEL_KINDS))
    for key, period in (("cohort", settings.cohort), ("fieldwork", settings.fieldwork)):
        if period.start and period.end and period.end.last < period.start.first:
            refusals.add(plain_yaml.place(key), "V09", f"{period.end} is before {period.start}.")
