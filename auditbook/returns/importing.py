"""`auditbook import`: what came back, in `returns/` or in a form's export → the audit's tables, all or nothing."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from auditbook.codebook.quarter import AuditId
from auditbook.engine.atomic import alone, sweep, write_together
from auditbook.evidence.answers import ANSWERS_FILE
from auditbook.evidence.audit import Audit, read_audit, read_project_codebook, stop_if_any
from auditbook.evidence.links import reading_context
from auditbook.project import Project
from auditbook.returns.changes import TableChange
from auditbook.returns.facts import CASES_FILE, merge_facts
from auditbook.returns.merging import MergedTable, merge, read_tables
from auditbook.returns.questions import ToolQuestions
from auditbook.returns.reading import RETURNS_FOLDER, Return, other_files, read_returns
from auditbook.validation.dates import day_in_words
from auditbook.validation.files import is_left_behind
from auditbook.validation.problems import Refusals, WrongUsage
from auditbook.validation.text_table import plain_table


@dataclass(frozen=True)
class Imported:
    """What an import does, or would do.

    returns  one an agency, by agency
    changes  agency → file → what changes
    files    path → the text it will have, for the files that differ
    facts    facts of cases that agencies give differently, and that somebody decided
    filled   facts of cases that are written into empty cells
    others   what to tell of what was not read: files in `returns/` that are no workbooks, trials of a form
    """

    audit: Audit
    returns: list[Return]
    changes: dict[str, dict[str, TableChange]]
    files: dict[Path, str]
    others: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()


Planned = TypeVar("Planned")
Source = Callable[[Project, Path, Audit, Refusals], tuple[list[Return], tuple[str, ...]]]
"""What reads the returns of an audit, and tells of what it left out: the folder `returns/`, or the export of a form."""


def plan_import(project: Project, audit_id: AuditId, source: Source | None = None) -> Imported:
    """Read every workbook, or another source in their place, and say what importing them writes.

    Raises InputRefused with every problem at once.
    """
    refusals = Refusals()
    codebook = read_project_codebook(project, refusals)
    stop_if_any(refusals)
    folder = project.audits / str(audit_id)
    if not folder.is_dir():
        raise WrongUsage(f"there is no audit {audit_id}; auditbook new {audit_id} starts it.")
    audit = read_audit(project, audit_id, codebook, now := Refusals())
    if audit is None:
        refusals.found.extend(now.found)
        stop_if_any(refusals)
    returns, others = (source or _read_folder)(project, folder, audit, refusals)
    context = reading_context(folder, audit_id, audit.settings, codebook, now)
    tables = read_tables(project, folder, context, refusals)
    changes = {agency_return.agency: merge(agency_return, tables, refusals) for agency_return in returns}
    facts = merge_facts(returns, project, folder, audit, refusals)
    stop_if_any(refusals)
    tables |= {CASES_FILE: facts.table} if facts.table else {}
    asked = set().union(*(_tables_asked(agency_return) for agency_return in returns))
    texts = {file: table.text for file, table in tables.items() if table.rows or file in asked}
    files = accepted_files(project, audit, texts, tables, refusals)
    return Imported(audit, returns, changes, files, others, facts.notes, facts.filled)


def _read_folder(
    project: Project, folder: Path, audit: Audit, refusals: Refusals
) -> tuple[list[Return], tuple[str, ...]]:
    """The workbooks in `returns/`, and what to tell of the other files there. Raises WrongUsage when there is none."""
    returns = read_returns(folder / RETURNS_FOLDER, audit, refusals)
    others = other_files(folder / RETURNS_FOLDER)
    if not returns and not refusals.found:
        raise WrongUsage(
            f"there is no workbook in {project.name_of(folder / RETURNS_FOLDER)}; put there what agencies sent back. "
            f"auditbook tool {audit.id} writes the workbooks to send out." + "".join(f" {other}." for other in others)
        )
    return returns, others


def _tables_asked(agency_return: Return) -> set[str]:
    """The tables that a return fills, even if with nothing."""
    asked = agency_return.opened.questions
    return {
        file
        for file, is_asked in (
            ("findings.csv", asked.asks_findings),
            ("grades.csv", asked.standards),
            (ANSWERS_FILE, asked.questions),
        )
        if is_asked
    }


def import_returns(project: Project, audit_id: AuditId, source: Source | None = None) -> Imported:
    """Write what came back."""
    return carry_out(project, lambda: plan_import(project, audit_id, source))


def carry_out(project: Project, plan: Callable[[], Planned]) -> Planned:
    """Write all files of a plan, or none; a run that was killed between two is completed by running it again."""
    with alone(project):
        sweep(project.audits)
        planned = plan()
        write_together(planned.files, project.audits)
        return planned


def accepted_files(
    project: Project, audit: Audit, texts: dict[str, str], tables: dict[str, MergedTable], refusals: Refusals
) -> dict[Path, str]:
    """Path → text, of the files that differ from what is there. Raises InputRefused where `check` would refuse one."""
    _refuse_what_check_would(project, audit, texts, tables, refusals)
    stop_if_any(refusals)
    files = {project.audits / str(audit.id) / file: text for file, text in texts.items()}
    return {path: text for path, text in files.items() if not path.is_file() or path.read_bytes() != text.encode()}


def _not_staged(_: str, names: list[str]) -> set[str]:
    """The workbooks themselves, and what systems and editors leave behind."""
    return {name for name in names if name == RETURNS_FOLDER or name[0] == "." or is_left_behind(name)}


def _refuse_what_check_would(
    project: Project, audit: Audit, texts: dict[str, str], tables: dict[str, MergedTable], refusals: Refusals
) -> None:
    """Read the audit as it will be, in a folder that is removed again; a problem is told where its cell comes from."""
    staged_refusals = Refusals()
    with tempfile.TemporaryDirectory() as folder:
        staged = Project(Path(folder), Path(folder) / project.name_of(project.data))
        for path in project.audits.glob("*/recommendations.csv"):
            (staged.audits / path.parent.name).mkdir(parents=True, exist_ok=True)
            shutil.copy(path, staged.audits / path.parent.name)
        if audit.settings.re_audit_of:
            (staged.audits / audit.settings.re_audit_of).mkdir(parents=True, exist_ok=True)
        audit_folder = staged.audits / str(audit.id)
        shutil.copytree(
            project.audits / str(audit.id), audit_folder, ignore=_not_staged, symlinks=True, dirs_exist_ok=True
        )
        for file, text in texts.items():
            (audit_folder / file).write_text(text, encoding="utf-8", newline="")
        read_audit(staged, audit.id, audit.codebook, staged_refusals)
    for refusal in staged_refusals.found:
        table = tables.get(Path(refusal.place.file).name)
        row, column = refusal.place.row, refusal.place.column
        origin = table.origin(row, column) if table and row else None
        refusals.found.append(replace(refusal, place=origin) if origin else refusal)


def format_tools(
    project: Project, audit: Audit, asked: list[ToolQuestions], paths: list[Path], noted: list[Path]
) -> str:
    """Where the workbooks are, and the step after."""
    folder = project.name_of(paths[0].parent)
    due = f" They ask for an answer by {day_in_words(asked[0].due)}." if asked[0].due else ""
    lines = [
        f"{len(paths)} {'workbook is' if len(paths) == 1 else 'workbooks are'} in {folder}: "
        f"{', '.join(path.name for path in paths)}.{due}",
    ]
    if not asked[0].due:
        lines.append("They name no closing date: --due 2021-09-17 gives one, or the end of the fieldwork in audit.yml.")
    if noted:
        notes = [NOTED[path.name].format(due=asked[0].due) for path in noted]
        lines.append(f"Noted in {project.name_of(noted[0].parent)}: {'; '.join(notes)}.")
    returns = project.name_of(project.audits / str(audit.id) / RETURNS_FOLDER)
    lines.append(
        f"Next: send each agency its own. Put what comes back into {returns}, then auditbook import {audit.id}."
    )
    return "\n".join(lines)


NOTED = {
    "involvement.csv": "involvement.csv says who was asked",
    "audit.yml": "audit.yml has due: {due}, the day that letters of auditbook chase name too",
}
"""File of the audit → what `tool` noted in it."""
HEADER = ("Agency", "File", "Returned", "Involvement", "Findings", "Grades", "Answers")


def import_rows(imported: Imported) -> list[tuple[str, ...]]:
    """One row a return, under HEADER: whose it is, when it came, and what it changes in each table."""
    return [
        (
            imported.audit.codebook.agencies[agency_return.agency].label,
            Path(agency_return.opened.file).name,
            f"{agency_return.opened.returned or 'not known'}{' (late)' if agency_return.opened.is_late else ''}",
            *(str(change) for change in imported.changes[agency_return.agency].values()),
        )
        for agency_return in imported.returns
    ]


def format_import(project: Project, imported: Imported, is_dry: bool) -> str:
    """What each return changes, row by row where an earlier answer changes or goes; and the step after."""
    audit = imported.audit
    lines = [plain_table(HEADER, import_rows(imported)), *_details(imported), *_facts(imported), *_notes(imported), ""]
    names = ", ".join(path.name for path in imported.files)
    if not imported.files:
        lines.append(f"Everything was there already. Next: auditbook check {audit.id}.")
    elif is_dry:
        lines.append(f"Nothing was written (--dry-run); auditbook import {audit.id} writes {names}.")
    else:
        folder = project.name_of(project.audits / str(audit.id))
        lines.append(f"Written in {folder}: {names}.")
        lines.append(
            f"Next: auditbook chase {audit.id} says who has not answered. When all have: auditbook check {audit.id}, "
            "then auditbook build."
        )
    return "\n".join(lines)


def _details(imported: Imported) -> list[str]:
    """Each earlier row that a return changes or takes away."""
    lines = []
    for agency_return in imported.returns:
        for file, change in imported.changes[agency_return.agency].items():
            lines += [f"  {file}: {row}" for row in (*change.changed, *(f"{gone} gone" for gone in change.gone))]
    return ["", "Earlier rows that change:", *lines] if lines else []


def _facts(imported: Imported) -> list[str]:
    """Each cell of cases.csv that agencies' workbooks fill in."""
    lines = [f"  {fact}" for fact in imported.filled]
    return ["", "Facts of cases that are filled in:", *lines] if lines else []


def _notes(imported: Imported) -> list[str]:
    lines = [
        f"  {agency_return.opened.file}: {note}." for agency_return in imported.returns for note in agency_return.notes
    ]
    lines += [f"  {note}." for note in imported.facts]
    lines += [f"  warning: {other}." for other in imported.others]
    return ["", "Please note:", *lines] if lines else []
