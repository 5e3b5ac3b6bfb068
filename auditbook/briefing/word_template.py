"""Which Word template a project's briefings are made from."""

from auditbook.project import Project, starting_files
from auditbook.validation.problems import Place, Refusals

TEMPLATE_FILE = "book/templates/briefing.docx"
LARGEST_TEMPLATE = 5_000_000
"""Bytes; a template with a logo is a tenth of it."""


def word_template(project: Project) -> bytes:
    """The project's own template, or the one that ships. Raises InputRefused (D07) when it is too large to be one."""
    project_path = project.root / TEMPLATE_FILE
    path = project_path if project_path.is_file() else starting_files() / TEMPLATE_FILE
    if path.stat().st_size > LARGEST_TEMPLATE:
        refusals = Refusals()
        refusals.add(Place(TEMPLATE_FILE), "D07", f"this file is larger than {LARGEST_TEMPLATE // 1_000_000} MB.")
        refusals.stop_if_any()
    return path.read_bytes()
