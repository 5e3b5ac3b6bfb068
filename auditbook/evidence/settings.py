"""`audit.yml`: what was audited, how, by whom, and who let its figures out."""

from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from auditbook.words.cells import Day, Snake, Whole, nearest, one_of, tell
from auditbook.words.refusals import Place, Refusals

KINDS = (
    "case_file_audit",
    "self_assessment",
    "panel",
    "forum",
    "survey",
    "interview",
    "family_contact",
    "records",
    "scrutiny",
)
PROFILES = ("internal", "recorded", "strict", "pooled")


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def _one_or_list(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_one_or_list)]


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
    kind: one_of(*KINDS) = ""
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


class Release(Section):
    """Who decided what may be shown. Without it an audit is released `strict`."""

    profile: one_of(*PROFILES) = "strict"
    approver: Words = ()
    date: Day | None = None
    reason: str = ""


class Settings(Section):
    title: str
    collection: one_of("published", "synthetic", "live")
    remit: str = ""
    partnerships: Words = ()
    unit: Unit = Unit()
    sample: Sample = Sample()
    cohort: Period = Period()
    fieldwork: Period = Period()
    lookback_months: Whole | None = None
    channels: tuple[Channel, ...] = ()
    involvement: one_of("complete", "partial") = "partial"
    protocol: str = ""
    deviations: Words = ()
    published: Published = Field(default=Published())
    release: Release = Release()


class _PlainLoader(yaml.SafeLoader):
    """Every scalar is its text, as written; a key that stands twice and an alias are refused."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("references (*name) are not used here")
        return super().compose_node(parent, index)

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise yaml.YAMLError(f'the key "{twice}" stands there twice')
        return super().construct_mapping(node, deep)


def _as_written(loader: _PlainLoader, node: yaml.ScalarNode) -> str | None:
    is_empty = node.tag == "tag:yaml.org,2002:null"
    return None if is_empty else node.value


for _tag in ("bool", "int", "float", "null", "timestamp", "str"):
    _PlainLoader.add_constructor(f"tag:yaml.org,2002:{_tag}", _as_written)


def read_plain_yaml(path: Path, name: str, refusals: Refusals) -> dict[str, Any] | None:
    """A YAML file as plain text values, or None and a refusal (Y01). Empty values are left out."""
    try:
        found = yaml.load(path.read_text("utf-8-sig"), _PlainLoader)  # noqa: S506, a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        refusals.add(Place(name, mark.line + 1 if mark else None), "Y01", f"this is not valid YAML: {problem}.")
        return None
    if not isinstance(found, dict):
        refusals.add(Place(name), "Y01", "this file must hold `key: value` lines.")
        return None
    return _filled_in(found)


def _filled_in(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _filled_in(each) for key, each in value.items() if each is not None}
    return [_filled_in(each) for each in value] if isinstance(value, list) else value


def read_settings(path: Path, name: str, refusals: Refusals) -> Settings | None:
    """Read and check `audit.yml`; None when it was refused. Unknown keys are refused (Y02)."""
    if not path.is_file():
        refusals.add(Place(name), "F08", "this file is missing; every audit has one.")
        return None
    found = read_plain_yaml(path, name, refusals)
    if found is None:
        return None
    try:
        settings = Settings.model_validate(found)
    except ValidationError as error:
        tell(error, lambda key: Place(name, None, key), refusals)
        return None
    _check_meaning(settings, name, refusals)
    return settings


def _check_meaning(settings: Settings, name: str, refusals: Refusals) -> None:
    ids = [channel.channel for channel in settings.channels]
    for index, channel in enumerate(settings.channels):
        if ids.index(channel.channel) != index:
            refusals.add(Place(name, None, "channels"), "V06", f'"{channel.channel}" stands there twice.')
        if not channel.kind and channel.channel not in KINDS:
            problem = f'"{channel.channel}" is not a kind of channel; say its `kind`.'
            refusals.add(Place(name, None, "channels"), "Y03", problem, nearest(channel.channel, KINDS))
    for key, period in (("cohort", settings.cohort), ("fieldwork", settings.fieldwork)):
        if period.start and period.end and period.end.last < period.start.first:
            refusals.add(Place(name, None, key), "V09", f"{period.end} is before {period.start}.")
