"""What `tool` and `import` say when they are done: a table, and what to do next."""

from pathlib import Path

from auditbook.evidence.audit import Audit
from auditbook.project import Project
from auditbook.returns.guide import day_in_words
from auditbook.returns.importing import Imported
from auditbook.returns.questions import Questions
from auditbook.returns.reading import FOLDER
from auditbook.validation.text_table import plain_table


def tools_told(project: Project, audit: Audit, asked: list[Questions], paths: list[Path], noted: list[Path]) -> str:
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
        told = [NOTED[path.name].format(due=asked[0].due) for path in noted]
        lines.append(f"Noted in {project.name_of(noted[0].parent)}: {'; '.join(told)}.")
    returns = project.name_of(project.audits / str(audit.id) / FOLDER)
    lines.append(
        f"Next: send each agency its own. Put what comes back into {returns}, then auditbook import {audit.id}."
    )
    return "\n".join(lines)


NOTED = {
    "involvement.csv": "involvement.csv says who was asked",
    "audit.yml": "audit.yml has due: {due}, the day that letters of auditbook chase name too",
}
"""File of the audit → what `tool` noted in it."""
HEADER = ("Agency", "Workbook", "Returned", "Involvement", "Findings", "Grades")


def import_rows(imported: Imported) -> list[tuple[str, ...]]:
    """One row a return, under HEADER: whose it is, when it came, and what it changes in each table."""
    return [
        (
            imported.audit.codebook.agencies[each.agency].label,
            Path(each.opened.file).name,
            f"{each.opened.returned}{' (late)' if each.opened.is_late else ''}",
            *(str(imported.changes[each.agency][file]) for file in ("involvement.csv", "findings.csv", "grades.csv")),
        )
        for each in imported.returns
    ]


def import_told(project: Project, imported: Imported, is_dry: bool) -> str:
    """What each return changes, row by row where an earlier answer changes or goes; and the step after."""
    audit = imported.audit
    lines = [plain_table(HEADER, import_rows(imported)), *_details(imported), *_notes(imported), ""]
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
    for each in imported.returns:
        for file, change in imported.changes[each.agency].items():
            rows = [f"  {file}: {row} changed" for row in change.changed] + [
                f"  {file}: {row} gone" for row in change.gone
            ]
            lines += rows
    return ["", "Earlier rows that change:", *lines] if lines else []


def _notes(imported: Imported) -> list[str]:
    lines = [f"  {each.opened.file}: {note}." for each in imported.returns for note in each.notes]
    lines += [f"  warning: {each}." for each in imported.others]
    return ["", "Please note:", *lines] if lines else []
