"""Small book projects for tests that run pages."""

import shutil
from pathlib import Path

import nbformat

from auditbook.build.pages import Page, planned_pages
from auditbook.build.shown import Shown, read_and_release
from auditbook.engine.store import Store
from auditbook.project import Project

ROOT = Path(__file__).parents[1]
AUDIT = "2020-21-Q4"


def small_project(folder: Path) -> Project:
    """A project with one real audit and no templates."""
    for name in ("notebooks", "book"):
        (folder / name).mkdir()
    (folder / "_config.yml").touch()
    shutil.copytree(ROOT / "data/codebook", folder / "data/codebook")
    shutil.copytree(ROOT / "data/audits" / AUDIT, folder / "data/audits" / AUDIT)
    return Project.find(folder)


def store_of(project: Project) -> Store:
    return Store(project.root / "_build")


def shown(project: Project, profile: str | None = None) -> Shown:
    """Everything of a project, released."""
    return read_and_release(project, store_of(project), profile)


def planned(project: Project) -> list[Page]:
    """Every page of a project."""
    return planned_pages(project, store_of(project), shown(project))


def write_template(project: Project, name: str, code: str, parameters: str | None = None) -> None:
    """A template with a title, a cell of parameters and one cell of code."""
    parameters = parameters or f'quarter: str = "{AUDIT}"  # audit id\nprofile: str = "recorded"  # release profile'
    cells = [
        nbformat.v4.new_markdown_cell(f"# Page {name}", id="title"),
        nbformat.v4.new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(code, id="code"),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), project.root / f"notebooks/{name}.ipynb")
