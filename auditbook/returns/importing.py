"""`auditbook import`: what came back in `returns/` → findings.csv, grades.csv and involvement.csv, all or nothing."""

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from auditbook.codebook.quarter import AuditId
from auditbook.engine.atomic import alone, sweep, write_together
from auditbook.evidence.audit import Audit, read_audit, read_project_codebook, stop_if_any
from auditbook.evidence.links import reading_context
from auditbook.project import Project
from auditbook.returns.merging import Change, merge
from auditbook.returns.reading import FOLDER, Return, other_files, read_returns
from auditbook.returns.rows import Rows, read_tables
from auditbook.validation.files import is_left_behind
from auditbook.validation.problems import Refusals, WrongUsage


@dataclass(frozen=True)
class Imported:
    """What an import does, or would do.

    returns  one an agency, by agency
    changes  agency → file → what changes
    files    path → the text it will have, for the files that differ
    others   what to tell of files in `returns/` that are no workbooks
    """

    audit: Audit
    returns: list[Return]
    changes: dict[str, dict[str, Change]]
    files: dict[Path, str]
    others: tuple[str, ...] = ()


def plan_import(project: Project, audit_id: AuditId) -> Imported:
    """Read every workbook, and say what importing them writes. Raises InputRefused with every problem at once."""
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
    returns = read_returns(folder / FOLDER, audit, refusals)
    others = other_files(folder / FOLDER)
    if not returns and not refusals.found:
        raise WrongUsage(
            f"there is no workbook in {project.name_of(folder / FOLDER)}; put there what agencies sent back. "
            f"auditbook tool {audit_id} writes the workbooks to send out." + "".join(f" {each}." for each in others)
        )
    context = reading_context(folder, audit_id, audit.settings, codebook, now)
    tables = read_tables(project, folder, context, refusals)
    changes = {each.agency: merge(each, tables, refusals) for each in returns}
    stop_if_any(refusals)
    asked = {"findings.csv"} | ({"grades.csv"} if any(each.opened.questions.standards for each in returns) else set())
    texts = {file: table.text for file, table in tables.items() if table.rows or file in asked}
    _refuse_what_check_would(project, audit, texts, tables, refusals)
    stop_if_any(refusals)
    differing = {folder / file: text for file, text in texts.items() if not _is(folder / file, text)}
    return Imported(audit, returns, changes, differing, others)


def import_returns(project: Project, audit_id: AuditId) -> Imported:
    """Write what came back. A run that was killed between two files is completed by running it again."""
    with alone(project):
        sweep(project.audits)
        planned = plan_import(project, audit_id)
        write_together(planned.files, project.audits)
        return planned


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _not_staged(_: str, names: list[str]) -> set[str]:
    """The workbooks themselves, and what systems and editors leave behind."""
    return {name for name in names if name == FOLDER or name[0] == "." or is_left_behind(name)}


def _refuse_what_check_would(
    project: Project, audit: Audit, texts: dict[str, str], tables: dict[str, Rows], refusals: Refusals
) -> None:
    """Read the audit as it will be, in a folder that is removed again; a problem is told where its cell comes from."""
    found = Refusals()
    with tempfile.TemporaryDirectory() as folder:
        staged = Project(Path(folder), Path(folder) / project.name_of(project.data))
        for path in project.audits.glob("*/recommendations.csv"):
            (staged.audits / path.parent.name).mkdir(parents=True, exist_ok=True)
            shutil.copy(path, staged.audits / path.parent.name)
        own = staged.audits / str(audit.id)
        shutil.copytree(project.audits / str(audit.id), own, ignore=_not_staged, symlinks=True, dirs_exist_ok=True)
        for file, text in texts.items():
            (own / file).write_text(text, encoding="utf-8", newline="")
        read_audit(staged, audit.id, audit.codebook, found)
    for refusal in found.found:
        table = tables.get(Path(refusal.place.file).name)
        row, column = refusal.place.row, refusal.place.column
        origin = table.origin(row, column) if table and row else None
        refusals.found.append(replace(refusal, place=origin) if origin else refusal)
