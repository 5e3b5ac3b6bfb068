"""Audits that were taken out of the book by a recorded decision: `data/editions/withdrawn.csv`, a row an audit."""

from collections.abc import Iterable

from auditbook.evidence.screening import refuse_personal
from auditbook.project import Project
from auditbook.release.edition import EditionRecord, Withdrawn
from auditbook.release.editions import editions_folder, read_editions
from auditbook.validation.csv_rows import read_rows
from auditbook.validation.fields import Day, Record, read_records
from auditbook.validation.personal import personal_in
from auditbook.validation.problems import Refusals, nearest
from auditbook.validation.text_table import csv_text

WITHDRAWN_FILE = "withdrawn.csv"


class WithdrawnLine(Record):
    """One row: the audit, the day of the decision, who took it, and what readers are told."""

    audit: str
    date: Day
    by: str = ""
    note: str = ""


def withdrawn_audits(project: Project) -> set[str]:
    """The ids of audits that were taken out: they are on no page. Raises InputRefused for a file that cannot be read.

    An audit comes back when its row is taken away; it is then compared with every edition it stood in.
    """
    refusals = Refusals()
    audits = {line.audit for line in withdrawn_lines(project, refusals)}
    refusals.stop_if_any()
    return audits


def withdrawn_lines(project: Project, refusals: Refusals) -> list[WithdrawnLine]:
    """Every row, in the order of the file; none without one. Problems go to `refusals`.

    A row of an audit that is neither there nor in any edition is refused: misspelt, it would take nothing out.
    """
    path = editions_folder(project) / WITHDRAWN_FILE
    if not path.is_file():
        return []
    rows = read_rows(path, project.name_of(path), refusals)
    audit_ids = {str(audit_id) for audit_id in project.audit_ids(Refusals())}
    audit_ids |= {name for edition in read_editions(project).editions for name in edition.audits}
    for row in rows.rows:
        for column, cell in row.cells.items():
            for rule in sorted(personal_in(cell)):
                refuse_personal(rows.place(row, column), rule, refusals, looks=True)
        audit = row.cells.get("audit", "")
        if audit and audit not in audit_ids and not personal_in(audit):
            refusals.add(rows.place(row, "audit"), "S01", f'there is no audit "{audit}".', nearest(audit, audit_ids))
    return [line for _, line in read_records(rows, WithdrawnLine, {}, refusals)]


def format_withdrawn(lines: Iterable[WithdrawnLine], record: EditionRecord) -> tuple[Withdrawn, ...]:
    """What an edition says of them: each with the title it was last published under."""
    return tuple(
        Withdrawn(line.audit, _title(line.audit, record), str(line.date), line.by, line.note)
        for line in sorted(lines, key=lambda line: line.audit)
    )


def _title(audit: str, record: EditionRecord) -> str:
    edition = record.last_with(audit)
    return edition.audits[audit].title if edition else ""


def withdrawn_text(lines: Iterable[WithdrawnLine]) -> str:
    """The content of the file."""
    return csv_text(WithdrawnLine.model_fields, ({name: str(value) for name, value in line} for line in lines))
