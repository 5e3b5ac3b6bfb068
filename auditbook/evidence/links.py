"""What one file of an audit says of another: cases, agencies, themes, findings and recommendations must exist."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.records import (
    NOT_ASKED_STATES,
    FindingLine,
    GradeLine,
    InvolvementLine,
    RecommendationLine,
    gradable,
)
from auditbook.evidence.settings import Settings
from auditbook.evidence.window import Window
from auditbook.project import Project
from auditbook.validation.csv_rows import Row, read_rows
from auditbook.validation.fields import Refused, names_in, single_id, whole
from auditbook.validation.problems import Place, Refusals, nearest

if TYPE_CHECKING:
    import pandas as pd

Lines = list[tuple[Place, Row, Any]]
NO_ANSWER_STATES = ("no_response", "declined")
"""States that say that an agency was asked for a return. One may come without being asked for."""


def at(place: Place, column: str) -> Place:
    return Place(place.file, place.row, column)


def refuse_twice(lines: Lines, columns: tuple[str, ...], refusals: Refusals) -> None:
    seen: dict[tuple, int] = {}
    for place, row, record in lines:
        key = tuple(getattr(record, column) for column in columns)
        if seen.setdefault(key, row.line) != row.line:
            what = " ".join(str(part) for part in key if part)
            refusals.add(at(place, columns[0]), "V06", f'"{what}" stands on line {seen[key]} too.')


def with_channel_agencies(settings: Settings, codebook: Codebook, name: str, refusals: Refusals) -> Settings:
    """The settings with the ids of the agencies that its channels name (A01)."""
    channels = []
    for channel in settings.channels:
        place = Place(f"{name}/audit.yml", None, f"channels.{channel.channel}.agencies")
        agencies = tuple(_agency(agency, codebook, place, refusals) for agency in channel.agencies)
        channels.append(channel.model_copy(update={"agencies": tuple(filter(None, agencies))}))
    return settings.model_copy(update={"channels": tuple(channels)})


def _agency(text: str, codebook: Codebook, place: Place, refusals: Refusals) -> str | None:
    try:
        agency = single_id(text, names_in(codebook, "agencies"), "A01")
    except Refused as problem:
        refusals.add(place, problem.type, (problem.context or {})["problem"])
        return None
    if agency is None:
        refusals.add(place, "A01", f'"{text}" is not an agency.', nearest(text, codebook.agencies))
    return agency


def check_involvement(lines: list[tuple[Place, Row, InvolvementLine]], context: dict, refusals: Refusals) -> None:
    """An agency stands once a case, and a row for the whole audit not beside rows of its cases (I01).

    A state that says itself whether the agency was asked may not say otherwise than `asked` (I02).
    """
    refuse_twice(lines, ("agency", "case"), refusals)
    by_case = {record.agency for _, _, record in lines if record.case}
    for place, _, record in lines:
        context["window"].includes(context["codebook"].agencies[record.agency], at(place, "agency"), refusals)
        if not record.case and record.agency in by_case:
            problem = f"{record.agency} has rows for its cases; a row for the whole audit has no place beside them."
            refusals.add(at(place, "case"), "I01", problem)
        if record.asked is not None and record.state in (NOT_ASKED_STATES if record.asked else NO_ANSWER_STATES):
            contradiction = (
                f"asked says {'yes' if record.asked else 'no'}, and the state {record.state} says otherwise."
            )
            refusals.add(at(place, "asked"), "I02", contradiction)


def check_findings(lines: list[tuple[Place, Row, FindingLine]], context: dict, refusals: Refusals) -> None:
    refuse_twice(lines, ("finding",), refusals)
    for place, _, record in lines:
        if record.agency:
            context["window"].includes(context["codebook"].agencies[record.agency], at(place, "agency"), refusals)


def standards(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """What can be graded → its grades: variables of type grade, and themes on the scale `progress`."""
    return {
        standard_id: tuple(code.code for code in standard.codes) for standard_id, standard in gradable(codebook).items()
    }


def check_re_audit(settings: Settings, audit_id: AuditId, project: Project, name: str, refusals: Refusals) -> None:
    """What is audited again was audited before, in this book (R04, R05)."""
    if not settings.re_audit_of:
        return
    place, first = Place(f"{name}/audit.yml", None, "re_audit_of"), AuditId.read(settings.re_audit_of)
    if not first < audit_id:
        refusals.add(place, "R05", f"{first} is not earlier than this audit.")
    elif not (project.audits / str(first)).is_dir():
        earlier = [str(other_id) for other_id in project.audit_ids(Refusals()) if other_id < audit_id]
        refusals.add(place, "R04", f"{first} is no audit of this book.", nearest(str(first), earlier))


def check_grades(lines: list[tuple[Place, Row, GradeLine]], context: dict, refusals: Refusals) -> None:
    """Nobody grades a thing twice in one sample, nor when they were not there yet, or no longer.

    A channel may not be called as an agency is: their grades of a standard would have the same id (R02).
    """
    main = context["main_channel"]
    in_samples = [(*line, record.model_copy(update={"channel": record.channel or main})) for *line, record in lines]
    refuse_twice(in_samples, ("standard", "case", "agency", "channel"), refusals)
    for place, _, record in lines:
        if record.channel in context["codebook"].agencies:
            refusals.add(at(place, "channel"), "R02", f'"{record.channel}" is an agency; give its channel another id.')
    for place, _, record in lines:
        if record.agency:
            context["window"].includes(context["codebook"].agencies[record.agency], at(place, "agency"), refusals)


def in_samples(grades: pd.DataFrame | None, settings: Settings) -> pd.DataFrame | None:
    """Grades with the sample that each is of: where no channel is named, the one case file audit."""
    if grades is None:
        return None
    named = grades["channel"]
    return grades.assign(channel=named.where(named.notna(), settings.main_channel or None))


def check_recommendations(
    lines: list[tuple[Place, Row, RecommendationLine]], audit_id: AuditId, project: Project, refusals: Refusals
) -> None:
    refuse_twice(lines, ("recommendation",), refusals)
    for place, _, record in lines:
        if record.follows:
            _check_follows(at(place, "follows"), record.follows, audit_id, project, refusals)


def _check_follows(place: Place, follows: str, audit_id: AuditId, project: Project, refusals: Refusals) -> None:
    """`<audit>/<recommendation>` of an earlier audit, or `outside: words` (R04, R05)."""
    if re.fullmatch(r"outside:\s*\S.*", follows, re.DOTALL):
        return
    audit, _, recommendation = follows.partition("/")
    try:
        followed = AuditId.read(audit)
    except ValueError:
        problem = f'"{follows}" is neither <audit>/<recommendation> nor “outside: words”.'
        refusals.add(place, "R04", problem)
        return
    if not followed < audit_id:
        refusals.add(place, "R05", f"{followed} is not earlier than this audit.")
        return
    ids = ids_written(project.audits / str(followed) / "recommendations.csv", "recommendation")
    if ids is not None and recommendation not in ids:
        problem = f'{followed} has no recommendation "{recommendation}".'
        refusals.add(place, "R04", problem, nearest(recommendation, ids))


def ids_written(path: Path, column: str) -> tuple[str, ...] | None:
    """What a file's rows are called, valid or not: none when there is no file, None when nobody can tell.

    A row that is refused can still be referred to; to say that it is not there would be a second, wrong message.
    """
    if not path.exists() and not path.is_symlink():
        return ()
    rows = read_rows(path, path.name, problems := Refusals())
    if problems.found or (rows.columns and column not in rows.columns):
        return None
    return tuple(whole(row.cells[column]) for row in rows.rows if column in row.cells)


def outside_sample(audit) -> tuple[str, ...]:
    """Warnings: rows that name a case which was replaced or excluded are kept, and counted nowhere."""
    warnings = []
    for what in ("findings", "grades", "answers", "involvement"):
        frame = getattr(audit, what)
        left_out = 0 if frame is None else len(frame) - len(audit.of_sample(frame))
        if left_out:
            rows, them = ("1 row names", "it") if left_out == 1 else (f"{left_out} rows name", "them")
            warnings.append(f"{what}.csv: {rows} a case that was replaced or excluded; nothing counts {them}.")
    return tuple(warnings)


def reading_context(
    folder: Path, audit_id: AuditId, settings: Settings | None, codebook: Codebook, refusals: Refusals
) -> dict:
    """What the cells of an audit's tables may name; None for what nobody can tell, as its file was refused."""
    context = {
        "codebook": codebook,
        "standards": gradable(codebook),
        "window": Window.of(audit_id, settings) if settings else Window(date.min, date.max),
        "channels": [channel.channel for channel in settings.channels] if settings else None,
        "main_channel": settings.main_channel if settings else "",
    }
    for file, column in (("cases", "case"), ("findings", "finding")):
        is_misnamed = any(refusal.rule == "F01" and refusal.nearest == f"{file}.csv" for refusal in refusals.found)
        written = ids_written(folder / f"{file}.csv", column)
        context[file] = None if is_misnamed and not written else written
    return context
