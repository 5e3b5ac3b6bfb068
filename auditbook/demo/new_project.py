"""A new book project, and a new audit in it."""

import csv
import io
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from auditbook.codebook.quarter import AuditId
from auditbook.engine.atomic import alone, write_atomically
from auditbook.evidence.audit import read_project_codebook
from auditbook.evidence.records import InvolvementLine, RecommendationLine
from auditbook.evidence.settings import read_settings
from auditbook.evidence.threads import CLOSED, Followed, Thread, read_followed
from auditbook.project import MADE_BY_A_RUN, WORKBENCH, Project, is_written, starting_files
from auditbook.validation.csv_rows import read_rows
from auditbook.validation.fields import Record, agency_named
from auditbook.validation.files import is_left_behind
from auditbook.validation.names import folded
from auditbook.validation.personal import personal_in
from auditbook.validation.problems import Refusals, WrongUsage, listed

BRIEFING = """## 1 How the audit was done

Say who took part and how. Figures are roles, never typed: the guide “A quarter” lists them.

## 2 The cases

Say what the cases had in common, and what set them apart.

## 3 What works

- Name each strength in a few words, then say what was seen.

## 4 What needs to change

- Name each area for development in a few words, then say what was seen.

## 5 What the scrutineer saw

Say what the independent scrutineer made of the audit itself.

## 6 Recommendations

1. Say who should do what.

## 7 Recommendations, continued

2. Say what will be asked again next quarter.
"""

SETTINGS = """# What was audited, how, and who lets its figures out. Every key is in the guide "What you enter".
# A line that begins with # is a note; take the # and the blank after it away to use what it says.
title: {title}
remit: {remit}
collection: live # live: not published; published: a partnership printed it; synthetic: made up
partnerships: []
unit: # what was sampled
  singular: case
  plural: cases
# sample:
#   method: Random among families stepped down in the period
#   planned: 6
#   drawn: 6
# fieldwork: # its end is the day by which agencies are asked to answer, unless `due` names another
#   start: {start}
#   end: {end}
# due: {end} # the closing day; auditbook tool writes the one that its workbooks name
channels: # how evidence came; the agencies' workbooks are the first
  - channel: case_file_audit
#   - channel: forum # a meeting with practitioners
#     participants: 9
#   - channel: scrutiny # what the independent scrutineer made of the audit itself
involvement: partial # complete, once everybody who was invited is listed in involvement.csv
release:
  profile: strict # recorded needs approver, date and reason
"""

EMPTY = {
    "cases.csv": "case,scope,scope_reason\n",
    "findings.csv": "finding,case,agency,channel,polarity,themes,box,text\n",
}
BEGUN = ".auditbook-init"
"""Lies in a new project until all of it is there."""
UNFINISHED = ".new-"
"""How the folder begins in which a new audit is made."""
FOLLOWED = ("text", "kind", "owner", "assured_by", "assured_to", "themes")
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


def make_project(folder: Path) -> Project:
    """A working book project without audits. Raises WrongUsage when the folder holds anything.

    Until it is whole a file says that it is not, so that a start that was killed can be said again.
    """
    refuse_taken(folder)
    source = starting_files()
    write_atomically(folder / BEGUN, "auditbook init began to make this folder. Say the same command again.\n")
    for name in ("notebooks", "data/codebook"):
        shutil.copytree(
            source / name, folder / name, ignore=_not_copied, copy_function=shutil.copyfile, dirs_exist_ok=True
        )
    for path in sorted((source / "book").iterdir()):
        if path.is_dir() and path.name not in MADE_BY_A_RUN:
            shutil.copytree(
                path, folder / "book" / path.name, ignore=_not_copied, copy_function=shutil.copyfile, dirs_exist_ok=True
            )
        elif path.is_file() and is_written(path.relative_to(source)):
            (folder / "book").mkdir(exist_ok=True)
            shutil.copyfile(path, folder / "book" / path.name)
    (folder / "data" / "audits").mkdir(parents=True, exist_ok=True)
    made = [f"book/{name}/" for name in MADE_BY_A_RUN]
    registers = ["book/recommendations*.md", "book/editions.md"]
    kept_out = ["_build/", f"{WORKBENCH}/", "data/audits/", *made, *registers, "_toc.yml"]
    write_atomically(folder / ".gitignore", "".join(f"{each}\n" for each in kept_out))
    shutil.copyfile(source / "_config.yml", folder / "_config.yml")
    (folder / BEGUN).unlink()
    return Project.find(folder)


def refuse_taken(folder: Path) -> None:
    """Raises WrongUsage for a folder that holds something, unless that is of a start that was killed."""
    if folder.exists() and not folder.is_dir():
        raise WrongUsage(f"{folder} is a file; name a folder that is empty, or not there yet.")
    if folder.exists() and not (folder / BEGUN).exists():
        held = sorted(path.name for path in folder.iterdir() if not is_left_behind(path.name))
        if held:
            raise WrongUsage(f"{folder} holds {listed(held)}; name a folder that is empty, or not there yet.")


def _not_copied(_: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "__pycache__" or name.startswith("provenance-") or is_left_behind(name)}


def make_audit(
    project: Project,
    audit_id: AuditId,
    title: str = "Title of the audit",
    remit: str = "What the audit asked, in a sentence.",
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
    settings = {"title": _quoted(title), "remit": _quoted(remit)}
    days = {"start": audit_id.first_day.isoformat(), "end": audit_id.last_day.isoformat()}
    texts = {
        "audit.yml": SETTINGS.format(**settings, **days),
        "briefing.md": BRIEFING,
        **EMPTY,
        "involvement.csv": _table(InvolvementLine, asked),
        "recommendations.csv": _table(RecommendationLine, _followed(followed)),
    }
    with alone(project):
        _put_in_place(texts, folder)
    return folder


def _put_in_place(texts: dict[str, str], folder: Path) -> None:
    """Write the files of a folder that is there as a whole or not at all: a run that was killed can be said again.

    The folder it is made in begins with a dot, so that nothing takes it for an audit.
    """
    for left in folder.parent.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left)
    part = folder.with_name(f"{UNFINISHED}{folder.name}")
    for name, text in texts.items():
        write_atomically(part / name, text)
    part.replace(folder)


def agencies_known(project: Project, agencies: Iterable[str]) -> list[str]:
    """The agencies' ids, each once. Raises WrongUsage, with the nearest, when the codebook has one not."""
    refusals = Refusals()
    codebook = read_project_codebook(project, refusals)
    refusals.stop_if_any()
    return list(dict.fromkeys(agency_named(agency, codebook) for agency in agencies))


def open_recommendations(project: Project, audit_id: AuditId) -> list[Open]:
    """What the audit before this one left open: every recommendation not known to be done or abandoned.

    Made-up audits are passed over, and so is what another audit follows already. A file that cannot be read gives none;
    `check` says why.
    """
    for earlier in sorted((each for each in project.audit_ids(Refusals()) if each < audit_id), reverse=True):
        settings = read_settings(project.audits / str(earlier) / "audit.yml", "", Refusals())
        path = project.audits / str(earlier) / "recommendations.csv"
        if settings and settings.collection != "synthetic" and path.is_file():
            followed = read_followed(project).get(earlier, Followed()).threads
            rows = [row.cells for row in read_rows(path, path.name, Refusals()).rows]
            return [
                Open(earlier, cells, cells.get("status"))
                for cells in rows
                if folded(cells.get("status", "")) not in CLOSED
                and not _goes_on(earlier, followed.get(cells.get("recommendation", ""), ()))
            ]
    return []


def _goes_on(audit: AuditId, thread: Thread) -> bool:
    return any(audit < step.audit for step in thread)


def _followed(followed: Iterable[Open]) -> list[dict[str, str]]:
    return [
        {"recommendation": str(number), "follows": each.id}
        | {column: each.cells[column] for column in FOLLOWED if column in each.cells}
        for number, each in enumerate(followed, 1)
    ]


def _table(kind: type[Record], rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(kind.model_fields), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _quoted(text: str) -> str:
    """A YAML string in double quotes, on one line."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
