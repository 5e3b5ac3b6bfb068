"""The returns of one demonstration audit: its agencies' workbooks, from which its tables can be imported."""

from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from auditbook.codebook.quarter import AuditId
from auditbook.demo.plans import STEP_DOWN
from auditbook.engine.atomic import write_atomically
from auditbook.evidence.audit import Audit, read_audits
from auditbook.project import Project
from auditbook.returns.reading import RETURNS_FOLDER
from auditbook.returns.sending import questions_of
from auditbook.returns.workbook import fill_in, tool_workbook, workbook_bytes

FIRST_RETURN_DAY = date(2021, 9, 6)
"""The agencies answered in turn, one a day, the last of them before the fieldwork ended on 17 September."""
RETURN_STATES = ("returned", "returned_late", "moderated")


def write_demonstration_returns(project: Project) -> list[Path]:
    """Write the workbooks of the audit about stepping down; the files that changed."""
    [audit] = read_audits(project, [AuditId.read(STEP_DOWN.id)])
    folder = project.audits / STEP_DOWN.id / RETURNS_FOLDER
    files = {folder / name: content for name, content in returned_workbooks(audit).items()}
    return [path for path, content in files.items() if write_atomically(path, content)]


def returned_workbooks(audit: Audit) -> dict[str, bytes]:
    """File name → workbook, of each agency that answered, as it would have filled it in."""
    rows = audit.involvement
    agencies = sorted(set(rows.loc[rows["state"].isin(RETURN_STATES), "agency"]))
    asked = questions_of(audit, agencies, sections=None if audit.answers is not None else [], facts=[])
    files = {}
    for day, questions in enumerate(asked):
        book = tool_workbook(audit, questions)
        tables = (_own(frame, questions.agency) for frame in (rows, audit.findings, audit.grades, audit.answers))
        fill_in(book, audit.codebook, FIRST_RETURN_DAY + timedelta(days=day), *tables)
        files[f"{questions.agency}.xlsx"] = workbook_bytes(book)
    return files


def _own(frame: pd.DataFrame | None, agency: str) -> list[dict[str, str]]:
    """An agency's rows, as they stand in the file."""
    if frame is None:
        return []
    own = frame[frame["agency"] == agency]
    return [{column: _cell(value) for column, value in row.items()} for row in own.to_dict("records")]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(value) if isinstance(value, tuple) else str(value)
