"""What an edition keeps of an audit beside its figures: the words that its pages say, and nothing else.

With it the figures of an edition are released figures again, as they were on the day of publication: so a partnership
hands over its editions, and no row (`auditbook join`).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import plain
from auditbook.codebook.quarter import AuditId
from auditbook.codebook.variables import AGREEMENT_FAMILY, ANSWER_FAMILY, ASKED_FAMILY, numbers_in_words
from auditbook.engine.typed_json import from_plain, to_json
from auditbook.evidence.settings import Channel, IntruderQuestions, Sample, Settings
from auditbook.release.bands import Band, Joined
from auditbook.release.edition import InEdition
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.profiles import PROFILES
from auditbook.release.released import Released, put_together
from auditbook.release.texts import Finding, Involvement, Recommendation

BRIEFING_TEXTS = "briefing"
"""Among the texts of an audit, beside these: `build.handed_over` writes and reads it."""
UNLISTED = "left_out"
"""The end of an id of what a release does not even list: that there is something, and not what."""
RELEASED_WORDS = ("settings", "findings", "involvement", "recommendations", "warnings")
"""Fields of a release that hold what people wrote."""


@dataclass(frozen=True)
class EditionTexts:
    """The words of one audit.

    percents, ranges  what the source prints beside a figure, and from where to where it says that it lies
    left_out          what its pages say is left out
    """

    settings: Settings
    findings: tuple[Finding, ...] = ()
    involvement: tuple[Involvement, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    warnings: tuple[str, ...] = ()
    percents: dict[MeasureId, float] = field(default_factory=dict)
    ranges: dict[MeasureId, tuple[float, float]] = field(default_factory=dict)
    left_out: tuple[MeasureId, ...] = ()


def edition_texts(released: Released) -> dict[str, Any]:
    """The words of a release, in what JSON has."""
    texts = EditionTexts(
        _printed_settings(released),
        released.findings,
        released.involvement,
        tuple(map(_printed_recommendation, released.recommendations)),
        released.warnings,
        {figure.id: figure.percent for figure in released if figure.percent is not None},
        {figure.id: figure.between for figure in released if figure.between is not None},
        tuple(sorted(set(_said_to_be_left_out(released)))),
    )
    return json.loads(to_json(texts, EditionTexts))


def _printed_settings(released: Released) -> Settings:
    """What pages say of `audit.yml`: how many cases were planned, and whom an intruder would know, is not among it."""
    settings = released.settings
    channels = (Channel.model_construct(**_of_channel(channel)) for channel in settings.channels)
    changes: dict[str, Any] = {"sample": Sample(method=settings.sample.method), "channels": tuple(channels)}
    changes |= {"due": None, "lookback_months": None, "crossings": ()}
    if released.profile.name != "recorded":
        changes["release"] = settings.release.model_copy(update={"questions": IntruderQuestions()})
    return settings.model_copy(update=changes)


def _of_channel(channel: Channel) -> dict[str, Any]:
    """Its figures stand among the measures."""
    return dict(channel) | {"participants": None, "cases": None}


def _printed_recommendation(asked: Recommendation) -> Recommendation:
    """Of its rows in other audits pages say how far each had come, and since when."""
    return replace(asked, thread=tuple(replace(step, due=None) for step in asked.thread))


def _said_to_be_left_out(released: Released) -> Iterator[MeasureId]:
    """Of ids that are not listed what pages tell: a number, a grade or an agency in one would say that it occurs.

    Where they tell that something is left out agency by agency, or sample by sample, the first stands for all.
    """
    agencies, samples = list(released.codebook.agencies), [channel.channel for channel in released.settings.channels]
    for measure_id in released.unlisted:
        subject, _, part = measure_id.subject.partition(".")
        first = [] if not part else (agencies if part in agencies else samples)[:1]
        if measure_id.root == "theme" and measure_id.category == "cases":
            yield measure_id
        elif measure_id.is_of_a_part or measure_id.root in (ANSWER_FAMILY, ASKED_FAMILY, AGREEMENT_FAMILY):
            yield MeasureId.of(measure_id.root, subject, *first, UNLISTED)


def codebook_record(codebook: Codebook) -> dict[str, Any]:
    """The lists that the codebook's pages print, in what JSON has. The set phrases of narratives are in no page."""
    return json.loads(to_json(replace(codebook, phrases=()), Codebook))


def codebook_of(record: Mapping[str, Any] | None) -> Codebook:
    """What `codebook_record` gave. Raises ValueError when this is none."""
    return from_plain(record, Codebook)


def released_of(content: InEdition, audit_id: AuditId, codebook: Codebook) -> Released:
    """The released figures and words that an edition holds of an audit.

    codebook  that of the edition

    Raises ValueError when the edition holds no texts, or when a figure or a word of it is none.
    """
    if content.texts is None:
        raise ValueError("this is no edition with texts")
    words = {name: part for name, part in content.texts.items() if name != BRIEFING_TEXTS}
    texts = replace(from_plain(words, EditionTexts), settings=Settings.model_validate(words["settings"]))
    figures = [_figure(fields, texts) for fields in content.figures["measures"]]
    if not {*texts.percents, *texts.ranges} <= {figure.id for figure in figures}:
        raise ValueError("what is said of a figure belongs to none")
    bands = from_plain(content.figures["bands"], dict[str, tuple[Joined, ...]])
    bands = {
        name: tuple(_band(band, codebook.variables[name].type) for band in joined) for name, joined in bands.items()
    }
    parts = {
        "audit_id": audit_id,
        "profile": PROFILES[from_plain(content.figures["profile"], str)],
        "figures": {figure.id: figure for figure in figures},
        "bands": bands,
        "combinations": (),
        "unlisted": frozenset(texts.left_out),
        **{name: getattr(texts, name) for name in RELEASED_WORDS},
    }
    return put_together(parts, codebook)


def _figure(fields: dict[str, Any], texts: EditionTexts) -> ReleasedMeasure:
    """One figure by the types of its fields. A range is printed as its value: `3..5`."""
    between = texts.ranges.get(fields["id"])
    between = between and (plain(between[0]), plain(between[1]))
    if between and fields["value"] != "{}..{}".format(*between):
        raise ValueError("a range differs from what is printed of it")
    figure = from_plain(fields | ({"value": None} if between else {}), ReleasedMeasure)
    return replace(figure, percent=texts.percents.get(figure.id), between=between)


def _band(band: Joined, type: str) -> Band:
    low, high, count = band
    return Band(low, high, numbers_in_words(type, low, high), count)
