"""What no template may be, whatever its cells would show."""

import re

from auditbook.project import WORKBENCH, Project
from auditbook.validation.problems import WrongUsage

OPENS_ROWS = re.compile(r"\bopen_rows\b")


def refuse_rows(project: Project) -> None:
    """Raises WrongUsage for a notebook of the workbench that somebody put among the templates."""
    for template in sorted((project.root / "notebooks").glob("*.ipynb")):
        if OPENS_ROWS.search(template.read_text("utf-8", errors="replace")):
            raise WrongUsage(
                f"notebooks/{template.name} opens rows (open_rows), and a page shows released figures only. "
                f"Move it to {WORKBENCH}/; what of it may be published works on open_audit."
            )
