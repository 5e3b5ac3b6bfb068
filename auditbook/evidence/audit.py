"""The files of one audit → one valid, frozen `Audit`, or every refusal at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from auditbook.codebook.codebook import Codebook, read_codebook
from auditbook.codebook.quarter import AuditId, refuse_unknown
from auditbook.evidence import links
from auditbook.evidence.records import (
    FindingLine,
    GradeLine,
    InvolvementLine,
    RecommendationLine,
    Tally,
)
from auditbook.evidence.screening import conceal, screen_audit, screen_codebook, screen_text
from auditbook.evidence.settings import Channel, Settings, read_settings
from auditbook.evidence.tallies import read_tallies
from auditbook.evidence.units import read_units
from auditbook.evidence.window import Window
from auditbook.project import Project
from auditbook.validation.csv_rows import read_rows
from auditbook.validation.fields import Record, read_records
from auditbook.validation.files import read_text, refuse_unknown_files
from auditbook.validation.problems import Place, Refusals

if TYPE_CHECKING:
    import pandas as pd

FILES = (
    "audit.yml",
    "cases.csv",
    "people.csv",
    "tallies.csv",
    "involvement.csv",
    "findings.csv",
    "grades.csv",
    "recommendations.csv",
    "briefing.md",
    "sources.md",
)
RETURNS = r"returns/[^/]+\.xlsx"
IN_SAMPLE = ("in", "out_learning_kept")


@dataclass(frozen=True)
class Audit:
    """One audit as it was entered. A frame is None when its file does not exist: not recorded.

    cases            one row per case, those replaced or excluded too; `scope`, then variables
    people           one row per person; without people.csv each case is one child
    people_are_cases no people.csv, so person variables stand in cases.csv
    involvement      one row per agency, or per agency and case
    findings         one row per finding; `themes` is a tuple
    grades           one row per grade given; recommendations: one row per recommendation
    """

    id: AuditId
    settings: Settings
    codebook: Codebook
    cases: pd.DataFrame | None = None
    people: pd.DataFrame | None = None
    people_are_cases: bool = False
    involvement: pd.DataFrame | None = None
    findings: pd.DataFrame | None = None
    grades: pd.DataFrame | None = None
    recommendations: pd.DataFrame | None = None
    tallies: tuple[Tally, ...] = ()
    briefing: str = ""
    warnings: tuple[str, ...] = field(default=())

    @property
    def channels(self) -> dict[str, Channel]:
        return {channel.channel: channel for channel in self.settings.channels}

    @cached_property
    def sample(self) -> pd.DataFrame | None:
        """The cases audited: in scope, or out of it with their learning kept."""
        return None if self.cases is None else self.cases[self.cases["scope"].isin(IN_SAMPLE)]

    def of_sample(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows that name no case, or one that was audited."""
        if self.sample is None:
            return frame
        if id(frame) not in self._in_sample:
            self._in_sample[id(frame)] = frame[frame["case"].isna() | frame["case"].isin(self.sample["case"])]
        return self._in_sample[id(frame)]

    @cached_property
    def _in_sample(self) -> dict[int, pd.DataFrame]:
        """What `of_sample` gave for each of the audit's frames, which never change."""
        return {}


def read_audit(project: Project, audit_id: AuditId, codebook: Codebook, refusals: Refusals) -> Audit | None:
    """Read and check every file of one audit. Problems go to `refusals`; None when its settings cannot be read.

    Without settings the other files are checked all the same, but for what only settings could tell.
    """
    import pandas as pd

    folder = project.audits / str(audit_id)
    name = project.name_of(folder)
    refuse_unknown_files(folder, name, FILES, RETURNS, "returns", refusals)
    screen_audit(folder, name, codebook, refusals)
    settings = read_settings(folder / "audit.yml", f"{name}/audit.yml", refusals)
    context = {
        "codebook": codebook,
        "window": Window.of(audit_id, settings) if settings else Window(date.min, date.max),
        "channels": [channel.channel for channel in settings.channels] if settings else None,
        "cases": links.ids_written(folder / "cases.csv", "case"),
        "findings": links.ids_written(folder / "findings.csv", "finding"),
    }
    if settings:
        links.check_channel_agencies(settings, codebook, name, refusals)
    has_people = (folder / "people.csv").is_file()
    cases = people = None
    if (folder / "cases.csv").is_file():
        units = {"case"} if has_people else {"case", "person"}
        cases = read_units(folder / "cases.csv", f"{name}/cases.csv", "case", units, codebook, context, refusals)
    if has_people:
        people = read_units(
            folder / "people.csv", f"{name}/people.csv", "person", {"person"}, codebook, context, refusals
        )
    elif cases is not None:
        people = cases.assign(person=cases["case"], role="index_child")

    def read(file: str, kind: type[Record]) -> tuple[pd.DataFrame | None, list]:
        if not (folder / file).is_file():
            return None, []
        rows = read_rows(folder / file, f"{name}/{file}", refusals)
        records = read_records(rows, kind, context, refusals)
        lines = [dict(record) for _, record in records]
        frame = pd.DataFrame(lines, columns=list(kind.model_fields), dtype=object)
        return frame, [(rows.place(row), row, record) for row, record in records]

    involvement, involvement_lines = read("involvement.csv", InvolvementLine)
    findings, finding_lines = read("findings.csv", FindingLine)
    grades, grade_lines = read("grades.csv", GradeLine)
    recommendations, recommendation_lines = read("recommendations.csv", RecommendationLine)
    links.check_involvement(involvement_lines, context, refusals)
    links.check_findings(finding_lines, context, refusals)
    links.check_grades(grade_lines, context, refusals)
    links.check_recommendations(recommendation_lines, audit_id, project, refusals)
    tallies = read_tallies(folder / "tallies.csv", f"{name}/tallies.csv", settings, codebook, refusals)
    briefing = _briefing(folder / "briefing.md", f"{name}/briefing.md", refusals)
    if settings is None:
        return None
    audit = Audit(
        audit_id,
        settings,
        codebook,
        cases,
        people,
        not has_people and cases is not None,
        involvement,
        findings,
        grades,
        recommendations,
        tallies,
        briefing,
    )
    return Audit(**{**audit.__dict__, "warnings": links.outside_sample(audit)})


def _briefing(path: Path, name: str, refusals: Refusals) -> str:
    if not path.is_file():
        refusals.add(Place(name), "F08", "this file is missing; every audit has its briefing.")
        return ""
    return read_text(path, name, refusals) or ""


def read_accepted_briefing(project: Project, folder: Path, refusals: Refusals) -> str:
    """The briefing of an audit whose other files were all accepted before. Problems of this file go to `refusals`."""
    path = folder / "briefing.md"
    name = project.name_of(path)
    screen_text(path, name, refusals)
    return _briefing(path, name, refusals)


def read_project_codebook(project: Project, refusals: Refusals) -> Codebook:
    folder = project.data / "codebook"
    name = project.name_of(folder)
    codebook = read_codebook(folder, name, refusals)
    screen_codebook(folder, name, refusals)
    return codebook


def read_audits(project: Project, ids: list[AuditId] | None = None) -> list[Audit]:
    """Read these audits, or every one, oldest first. Raises InputRefused with every problem of all of them."""
    refusals = Refusals()
    codebook = read_project_codebook(project, refusals)
    if not (codebook.variables and codebook.themes and codebook.agencies):
        _stop_if_any(refusals)  # without words nothing else can be understood
    every = project.audit_ids(refusals)
    refuse_unknown(ids or [], every)
    audits = [read_audit(project, each, codebook, refusals) for each in (every if ids is None else ids)]
    _stop_if_any(refusals)
    return [audit for audit in audits if audit is not None]


def _stop_if_any(refusals: Refusals) -> None:
    conceal(refusals)
    refusals.stop_if_any()
