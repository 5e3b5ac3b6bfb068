"""`auditbook new`: what it asks on a terminal, the skeleton of an audit, and what it says when that is there."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Template

from auditbook.briefing.brand import read_brand
from auditbook.briefing.first_notes import first_notes
from auditbook.codebook.quarter import AuditId
from auditbook.demo.new_project import quoted
from auditbook.engine.atomic import alone, write_atomically
from auditbook.evidence.audit import read_project_codebook
from auditbook.evidence.records import InvolvementLine, RecommendationLine
from auditbook.evidence.settings import Settings, read_settings
from auditbook.evidence.threads import CLOSED, Followed, Thread, read_followed
from auditbook.project import Project
from auditbook.validation.csv_rows import read_rows
from auditbook.validation.fields import agency_named
from auditbook.validation.names import folded
from auditbook.validation.personal import personal_in
from auditbook.validation.problems import InputRefused, Refusals, WrongUsage
from auditbook.validation.text_table import csv_text

Given = dict[str, Any]
"""`title`, `remit`, `agencies`, `follow_up`; None for what was not given."""

SKELETON = Path(__file__).parent / "skeleton"
"""What every new audit holds beside the notes of its briefing: settings, and tables without rows."""
SETTINGS_FILE = SKELETON / "audit.yml.j2"
UNFINISHED_PREFIX = ".new-"
"""How the folder begins in which a new audit is made."""
FOLLOWED_COLUMNS = ("text", "kind", "owner", "assured_by", "assured_to", "themes")
"""What a recommendation says again when it is followed up; what came of it is asked anew."""


@dataclass(frozen=True)
class Open:
    """A recommendation of an earlier audit that is not known to be done or abandoned."""

    audit: AuditId
    cells: dict[str, str]
    status: str | None

    @property
    def id(self) -> str:
        return f"{self.audit}/{self.cells.get('recommendation', '')}"

    def __str__(self) -> str:
        status = (self.status or "not_stated").replace("_", " ")
        return f"{self.id} ({status}): {self.cells.get('text', '')}"


def ask(project: Project, audit_id: AuditId, given: Given, prompt: Callable, confirm: Callable) -> Given:
    """What was given, and the answers to the rest.

    prompt   asks for words; confirm asks for yes or no. Both as typer has them.
    """
    answers = dict(given)
    if answers["title"] is None:
        answers["title"] = prompt("Title of the audit")
    if answers["remit"] is None:
        answers["remit"] = prompt("What does it ask, in a sentence")
    if answers["agencies"] is None:
        answers["agencies"] = _agencies(project, prompt)
    left_open = open_recommendations(project, audit_id)
    if answers["follow_up"] is None and left_open:
        listed = "\n".join(f"  {recommendation}" for recommendation in left_open)
        answers["follow_up"] = confirm(f"Left open by {left_open[0].audit}:\n{listed}\nFollow these up", default=True)
    return answers


def _agencies(project: Project, prompt: Callable) -> list[str]:
    """Ask until every id is one of the codebook."""
    question = "Agencies to ask for a return (ids of agencies.csv, with commas between; nothing for none yet)"
    comment = ""
    while True:
        try:
            return agencies_known(project, _parts(prompt(comment + question, default="", show_default=False)))
        except WrongUsage as problem:
            comment = f"{problem}\n"


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def start_audit(
    project: Project,
    audit_id: AuditId,
    title: str | None = None,
    remit: str | None = None,
    agencies: list[str] | None = None,
    follow_up: bool | None = None,
) -> str:
    """Write the skeleton; what is there now, and the step after."""
    left_open = open_recommendations(project, audit_id)
    words = {key: text for key, text in (("title", title), ("remit", remit)) if text}
    made = make_audit(project, audit_id, **words, agencies=agencies or [], followed=left_open if follow_up else [])
    folder = project.name_of(made)
    lines = [f"{folder} is ready, and passes auditbook check."]
    if left_open and follow_up:
        lines.append(f"recommendations.csv follows up {len(left_open)} that {left_open[0].audit} left open.")
        lines.append(
            "Write there what came of each: status, status_date, impact. `follows` makes both rows one recommendation: "
            "it counts once, with the newest status, in both audits and in the register."
        )
    elif left_open:
        lines.append(f"{left_open[0].audit} left {len(left_open)} recommendations open; --follow-up takes them up.")
    lines.append(f"Next: fill in {folder}/audit.yml, and cases.csv with a row a case (no names; ids such as KW-0417).")
    if agencies:
        lines.append(f"Then auditbook tool {audit_id} writes a workbook for each of: {', '.join(agencies)}.")
    else:
        lines.append(f"Then auditbook tool {audit_id} --agency … writes a workbook for each agency to be asked.")
    return "\n".join(lines)


def make_audit(
    project: Project,
    audit_id: AuditId,
    title: str = "Title of the audit",
    remit: str = "",
    agencies: Iterable[str] = (),
    followed: Iterable[Open] = (),
) -> Path:
    """The skeleton of an audit, which `check` accepts: nothing in it is made up but its notes.

    agencies  those that will be asked for a return
    followed  earlier recommendations to follow up
    Raises WrongUsage when the audit exists, or an agency does not.
    """
    folder = project.audits / str(audit_id)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUsage(
            f"there is an audit {audit_id} already; nothing was written. Change its files, or name this one apart: "
            f"{audit_id}-neglect."
        )
    if personal_in(title) or personal_in(remit):
        raise WrongUsage(
            "the title or the remit holds what looks like personal data (value not shown). "
            "Say what was audited without names, days of birth, numbers that people have, or addresses."
        )
    asked = [{"agency": agency, "state": "no_response", "asked": "yes"} for agency in agencies_known(project, agencies)]
    words = {
        "title": quoted(title),
        "remit": quoted(remit) if remit else "",
        "partnerships": ", ".join(map(quoted, _partnerships(project, audit_id))),
        "start": audit_id.first_day,
        "end": audit_id.last_day,
    }
    texts = {
        "briefing.md": first_notes(),
        **{name: (SKELETON / name).read_text("utf-8") for name in ("cases.csv", "findings.csv")},
        "audit.yml": Template(SETTINGS_FILE.read_text("utf-8"), keep_trailing_newline=True).render(words),
        "involvement.csv": csv_text(InvolvementLine.model_fields, asked),
        "recommendations.csv": csv_text(RecommendationLine.model_fields, _followed(followed)),
    }
    with alone(project):
        _put_in_place(texts, folder)
    return folder


def _put_in_place(texts: dict[str, str], folder: Path) -> None:
    """Write the files of a folder that is there as a whole or not at all: a run that was killed can be said again.

    The folder it is made in begins with a dot, so that nothing takes it for an audit.
    """
    for left in folder.parent.glob(f"{UNFINISHED_PREFIX}*"):
        shutil.rmtree(left)
    part = folder.with_name(f"{UNFINISHED_PREFIX}{folder.name}")
    for name, text in texts.items():
        write_atomically(part / name, text)
    part.replace(folder)


def agencies_known(project: Project, agencies: Iterable[str]) -> list[str]:
    """The agencies' ids, each once. Raises WrongUsage, with the nearest, when the codebook has one not."""
    refusals = Refusals()
    codebook = read_project_codebook(project, refusals)
    refusals.stop_if_any()
    return list(dict.fromkeys(agency_named(agency, codebook) for agency in agencies))


def _partnerships(project: Project, audit_id: AuditId) -> Sequence[str]:
    """Those of the newest audit before it that is not made up, for a trend shows no two sets of them together; else
    whoever publishes the book."""
    for settings in _earlier(project, audit_id).values():
        return settings.partnerships
    try:
        name = read_brand(project).name
    except InputRefused:
        return ()
    return (name,) if name else ()


def open_recommendations(project: Project, audit_id: AuditId) -> list[Open]:
    """What the audit before this one left open: every recommendation not known to be done or abandoned.

    Made-up audits are passed over, and so is what another audit follows already. A file that cannot be read gives none;
    `check` says why.
    """
    for earlier in _earlier(project, audit_id):
        path = project.audits / str(earlier) / "recommendations.csv"
        if path.is_file():
            followed = read_followed(project).get(earlier, Followed()).threads
            rows = [row.cells for row in read_rows(path, path.name, Refusals()).rows]
            return [
                Open(earlier, cells, cells.get("status"))
                for cells in rows
                if folded(cells.get("status", "")) not in CLOSED
                and not _goes_on(earlier, followed.get(cells.get("recommendation", ""), ()))
            ]
    return []


def _earlier(project: Project, audit_id: AuditId) -> dict[AuditId, Settings]:
    """The audits before this one that are not made up and can be read, newest first."""
    earlier = sorted((audit for audit in project.audit_ids(Refusals()) if audit < audit_id), reverse=True)
    settings_of = {audit: read_settings(project.audits / str(audit) / "audit.yml", "", Refusals()) for audit in earlier}
    return {
        audit: settings for audit, settings in settings_of.items() if settings and settings.collection != "synthetic"
    }


def _goes_on(audit: AuditId, thread: Thread) -> bool:
    return any(audit < step.audit for step in thread)


def _followed(followed: Iterable[Open]) -> list[dict[str, str]]:
    return [
        {"recommendation": str(number), "follows": recommendation.id}
        | {column: recommendation.cells[column] for column in FOLLOWED_COLUMNS if column in recommendation.cells}
        for number, recommendation in enumerate(followed, 1)
    ]
