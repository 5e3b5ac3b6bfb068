"""A workbench: a notebook of one audit's true rows, which stays on this machine."""

from pathlib import Path

from auditbook.codebook.quarter import AuditId, refuse_unknown
from auditbook.engine.atomic import write_atomically
from auditbook.project import WORKBENCH, Project
from auditbook.validation.problems import Refusals, WrongUsage

TEMPLATE = Path(__file__).with_name("workbench.ipynb")


def make_workbench(project: Project, audit_id: AuditId) -> Path:
    """The workbench of an audit, in a folder that git ignores whatever else it is told.

    Raises WrongUsage when there is no such audit, or the notebook is there: somebody has worked in it.
    """
    refuse_unknown([audit_id], project.audit_ids(Refusals()))
    folder = project.root / WORKBENCH
    path = folder / f"{audit_id}.ipynb"
    if path.exists():
        raise WrongUsage(f"{project.name_of(path)} is there already, and stays as it is. Delete it to begin anew.")
    write_atomically(folder / ".gitignore", "*\n")
    write_atomically(path, TEMPLATE.read_text("utf-8").replace("AUDIT", str(audit_id)))
    return path
