"""The files of one audit → one valid, frozen `Audit`, or every refusal at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from auditbook.codebook.codebook import Codebook, read_codebook
from auditbook.codebook.quarter import AuditId, refuse_unknown
from auditbook.codebook.questions import Question
from auditbook.evidence import links, repeated
from auditbook.evidence.answers import ANSWERS_FILE, AnswerLine, check_answers, lead_warnings, leads_of, respondents
from auditbook.evidence.crossings import with_crossings
from auditbook.evidence.records import FindingLine, GradeLine, InvolvementLine, RecommendationLine, Tally
from auditbook.evidence.screening import conceal, screen_audit, screen_codebook, screen_text
from auditbook.evidence.settings import Channel, Settings, read_settings
from auditbook.evidence.tallies import read_tallies
from auditbook.evidence.threads import Followed, Step, as_it_stands, read_followed
from auditbook.evidence.units import read_units
from auditbook.project import Project
from auditbook.validation.csv_rows import read_rows
from auditbook.validation.fields import Record, read_records
from auditbook.validation.files import read_text, refuse_unknown_files
from auditbook.validation.problems import Place, Refusals, up_to_many

if TYPE_CHECKING:
    import pandas as pd

AUDIT_FILES = (
    "audit.yml",
    "cases.csv",
    "people.csv",
    "tallies.csv",
    "involvement.csv",
    "findings.csv",
    "grades.csv",
    "answers.csv",
    "recommendations.csv",
    "briefing.md",
    "sources.md",
)
RETURNS = r"returns/[^/]+"
IN_SAMPLE = ("in", "out_learning_kept")


@dataclass(frozen=True)
class Audit:
    """One audit as it was entered. A frame is None when its file does not exist or has no rows: not recorded.

    cases            one row per case, those replaced or excluded too; `scope`, then variables
    people           one row per person; without people.csv each case is one child
    people_are_cases no people.csv, so person variables stand in cases.csv
    involvement      one row per agency, or per agency and case
    findings         one row per finding; `themes` is a tuple
    grades           one row per grade given, in the sample `channel`; recommendations: one row each
    answers          one row per answer; `answer` and `moderated` are a code, a tuple of codes, a number or a text
    followed         what other audits say of the same recommendations
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
    answers: pd.DataFrame | None = None
    recommendations: pd.DataFrame | None = None
    tallies: tuple[Tally, ...] = ()
    briefing: str = ""
    warnings: tuple[str, ...] = field(default=())
    followed: Followed = field(default=Followed())

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

    def respondents(self, question: Question) -> list[tuple[str, str | None]]:
        """Every agency that is asked a question about a case that was audited, or once in the audit."""
        return respondents(question, *self._states_and_leads)

    @cached_property
    def _states_and_leads(self) -> tuple[list[tuple[str, str | None, str]], dict[str, str]]:
        """Agency, case and state of each row of involvement; case → its lead agency."""
        rows = [] if self.involvement is None else self.of_sample(self.involvement)[["agency", "case", "state"]].values
        return [tuple(row) for row in rows], leads_of(self.sample)

    @cached_property
    def recommendations_now(self) -> pd.DataFrame | None:
        """One row per recommendation, as the newest audit that follows it has `status`, `status_date` and `due`."""
        if self.recommendations is None or not self.followed.threads:
            return self.recommendations
        now = [self.step_now(row) for row in self.recommendations.to_dict("records")]
        columns = {column: [getattr(step, column) for step in now] for column in ("due", "status", "status_date")}
        return self.recommendations.assign(
            **{column: _objects(cells, self.recommendations.index) for column, cells in columns.items()}
        )

    def step_now(self, row: dict) -> Step:
        """How far the recommendation of a row of recommendations.csv has come, and which row says so."""
        own_step = Step(self.id, row["recommendation"], row["due"], row["status"], row["status_date"])
        thread = self.followed.threads.get(row["recommendation"])
        return (
            own_step
            if thread is None
            else as_it_stands(thread, next(step for step in thread if step.key == own_step.key))
        )

    @cached_property
    def _in_sample(self) -> dict[int, pd.DataFrame]:
        """What `of_sample` gave for each of the audit's frames, which never change."""
        return {}


def _objects(cells: list, index: pd.Index) -> pd.Series:
    import pandas as pd

    return pd.Series(cells, index=index, dtype=object)


def read_audit(
    project: Project, audit_id: AuditId, codebook: Codebook, refusals: Refusals, followed: Followed | None = None
) -> Audit | None:
    """Read and check every file of one audit. Problems go to `refusals`; None when its settings cannot be read.

    followed  what other audits say of its recommendations; read from them unless given

    Without settings the other files are checked all the same, but for what only settings could tell.
    """
    audit = None
    with up_to_many(refusals) as audit_refusals:
        try:
            audit = _read_audit(project, audit_id, codebook, audit_refusals, followed)
        finally:
            repeated.merge(audit_refusals, project.audits / str(audit_id))
    return audit


def _read_audit(
    project: Project, audit_id: AuditId, codebook: Codebook, refusals: Refusals, followed: Followed | None
) -> Audit | None:
    import pandas as pd

    folder = project.audits / str(audit_id)
    name = project.name_of(folder)
    refuse_unknown_files(folder, name, AUDIT_FILES, RETURNS, "returns", refusals)
    screen_audit(folder, name, codebook, refusals)
    settings = read_settings(folder / "audit.yml", f"{name}/audit.yml", refusals)
    if settings:
        settings = links.with_channel_agencies(settings, codebook, name, refusals)
        links.check_re_audit(settings, audit_id, project, name, refusals)
    context = links.reading_context(folder, audit_id, settings, codebook, refusals)

    def read_frame(file: str, unit: str, units: set[str]) -> pd.DataFrame | None:
        if not (folder / file).is_file():
            return None
        frame = read_units(folder / file, f"{name}/{file}", unit, units, codebook, context, refusals)
        return None if frame.empty else frame

    has_people = (folder / "people.csv").is_file()
    people = read_frame("people.csv", "person", {"person"})
    cases = read_frame("cases.csv", "case", {"case"} if has_people else {"case", "person"})
    if cases is not None and not has_people:
        people = cases.assign(person=cases["case"], role="index_child")

    def read(file: str, kind: type[Record]) -> tuple[pd.DataFrame | None, list]:
        if not (folder / file).is_file():
            return None, []
        rows = read_rows(folder / file, f"{name}/{file}", refusals)
        records = read_records(rows, kind, context, refusals)
        lines = [dict(record) for _, record in records]
        frame = pd.DataFrame(lines, columns=list(kind.model_fields), dtype=object)
        return None if frame.empty else frame, [(rows.place(row), row, record) for row, record in records]

    involvement, involvement_lines = read("involvement.csv", InvolvementLine)
    findings, finding_lines = read("findings.csv", FindingLine)
    grades, grade_lines = read("grades.csv", GradeLine)
    answers, answer_lines = read(ANSWERS_FILE, AnswerLine)
    recommendations, recommendation_lines = read("recommendations.csv", RecommendationLine)
    links.check_involvement(involvement_lines, context, refusals)
    links.check_findings(finding_lines, context, refusals)
    links.check_grades(grade_lines, context, refusals)
    check_answers(answer_lines, context, involvement_lines, leads_of(cases), refusals)
    links.check_recommendations(recommendation_lines, audit_id, project, refusals)
    tallies = read_tallies(folder / "tallies.csv", f"{name}/tallies.csv", settings, codebook, refusals)
    briefing = _briefing(folder / "briefing.md", f"{name}/briefing.md", refusals)
    if followed is None:
        followed = read_followed(project).get(audit_id, Followed())
    refusals.found.extend(followed.refusals)
    if settings is None:
        return None
    settings = with_crossings(settings, codebook, name, (cases, people), has_people, tallies, refusals)
    audit = Audit(
        audit_id,
        settings,
        codebook,
        cases,
        people,
        not has_people and cases is not None,
        involvement,
        findings,
        links.in_samples(grades, settings),
        answers,
        recommendations,
        tallies,
        briefing,
        followed=followed,
    )
    frames = {name: _with_rows(audit, name) for name in ("involvement", "findings", "grades", "answers")}
    return replace(audit, **frames, warnings=(*links.outside_sample(audit), *lead_warnings(audit), *followed.warnings))


def _with_rows(audit: Audit, name: str) -> pd.DataFrame | None:
    """A frame; None where none of its rows is of a case that was audited, which records as little as no file."""
    frame = getattr(audit, name)
    return None if frame is None or audit.of_sample(frame).empty else frame


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
    codebook = Codebook()
    with up_to_many(refusals) as codebook_refusals:
        codebook = read_codebook(folder, name, codebook_refusals)
        screen_codebook(folder, name, codebook_refusals)
    return codebook


def read_audits(
    project: Project, ids: list[AuditId] | None = None, followed: dict[AuditId, Followed] | None = None
) -> list[Audit]:
    """Read these audits, or every one, oldest first. Raises InputRefused with every problem of all of them.

    followed  audit → what others say of its recommendations; read from them unless given
    """
    refusals = Refusals()
    audits = read_all(project, ids, refusals, followed)
    refusals.stop_if_any()
    return audits


def read_all(
    project: Project, ids: list[AuditId] | None, refusals: Refusals, followed: dict[AuditId, Followed] | None = None
) -> list[Audit]:
    """These audits, or every one, oldest first, but those whose settings are refused. Problems go to `refusals`.

    Raises InputRefused when there is no codebook to read them by.
    """
    codebook = read_project_codebook(project, refusals)
    if not (codebook.variables and codebook.themes and codebook.agencies):
        stop_if_any(refusals)  # without words nothing else can be understood
    hidden = repeated.of_codebook(refusals.found, project.name_of(project.data / "codebook"))
    every = project.audit_ids(refusals)
    refuse_unknown(ids or [], every)
    followed = read_followed(project) if followed is None else followed
    audits = []
    for audit_id in every if ids is None else ids:
        audit_followed = followed.get(audit_id, Followed())
        audits.append(read_audit(project, audit_id, codebook, audit_refusals := Refusals(), audit_followed))
        refusals.found.extend(refusal for refusal in audit_refusals.found if refusal.rule not in hidden)
    conceal(refusals)
    return [audit for audit in audits if audit is not None]


def stop_if_any(refusals: Refusals) -> None:
    conceal(refusals)
    refusals.stop_if_any()
