"""Rows stay in: a page's process opens nothing that was entered, nor what runs keep of it, but by `open_audit`."""

import os
import sys
from pathlib import Path

from auditbook.engine.sealed import is_sealed, seal
from auditbook.project import Project

ADVICE = (
    "Write: audit = open_audit(quarter, profile, data). For rows there is the workbench, which is never published: "
    "auditbook workbench ID."
)
SEALED_VARIABLE = "AUDITBOOK_SEALED"
"""The environment's word for the folders that a kernel is kept out of."""
PAGE_FOLDERS = ("notebooks", "book")


def sealed_folders(project: Project) -> list[Path]:
    """Rows, and what runs keep of them: a store may hold more than this page's profile lets out."""
    return [project.audits, project.root / "_build"]


def seal_rows(folders: list[Path]) -> None:
    if not is_sealed():
        seal(folders, ADVICE)


def kernel_environment(folders: list[Path]) -> dict[str, str]:
    """What makes a standard kernel seal itself before its first cell, whoever starts it."""
    startup = Path(__file__).with_name("sealed_kernel.py")
    return {"PYTHONSTARTUP": str(startup), SEALED_VARIABLE: os.pathsep.join(map(str, folders))}


def seal_from_environment() -> None:
    seal_rows([Path(folder) for folder in os.environ[SEALED_VARIABLE].split(os.pathsep)])


def seal_if_in_a_page(project: Project) -> None:
    """In JupyterLab a template behaves as it does in the book: where a notebook of `notebooks/` or `book/` runs."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    here = Path.cwd()
    if hasattr(shell, "kernel") and any(here.is_relative_to(project.root / name) for name in PAGE_FOLDERS):
        seal_rows(sealed_folders(project))
