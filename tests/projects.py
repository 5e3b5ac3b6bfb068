"""Small book projects for tests that run pages."""

import ast
import shutil
from pathlib import Path

import nbformat

from auditbook.build.pages import Page, planned_pages
from auditbook.build.shown import Shown, read_and_release
from auditbook.engine.store import Store
from auditbook.project import Project

ROOT = Path(__file__).parents[1]
AUDIT = "2020-21-Q4"


def copied_data(folder: Path) -> Project:
    """A project with all the data of this repository, and nothing else."""
    project = _empty(folder)
    shutil.copytree(ROOT / "data", folder / "data")
    return project


def _empty(folder: Path) -> Project:
    for name in ("notebooks", "book"):
        (folder / name).mkdir(parents=True)
    (folder / "_config.yml").touch()
    return Project.find(folder)


def small_project(folder: Path) -> Project:
    """A project with one real audit and no templates."""
    project = _empty(folder)
    for name in ("codebook", f"audits/{AUDIT}"):
        shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    return project


def contents(project: Project) -> dict[str, bytes]:
    """Every file of its `book/`."""
    book = project.root / "book"
    return {path.relative_to(book).as_posix(): path.read_bytes() for path in book.rglob("*") if path.is_file()}


def store_of(project: Project) -> Store:
    return Store(project.root / "_build")


def shown(project: Project, profile: str | None = None) -> Shown:
    """Everything of a project, released."""
    return read_and_release(project, store_of(project), profile)


def planned(project: Project) -> list[Page]:
    """Every page of a project."""
    return planned_pages(project, store_of(project), shown(project))


def write_template(
    project: Project, name: str, code: str, parameters: str | None = None, is_as_it_is: bool = False
) -> None:
    """A template with a title, a cell of parameters and one cell of code, whose last value is shown as words."""
    code = code if is_as_it_is else showing_its_last_value(code)
    parameters = parameters or f'quarter: str = "{AUDIT}"  # audit id\nprofile: str = "recorded"  # release profile'
    cells = [
        nbformat.v4.new_markdown_cell(f"# Page {name}", id="title"),
        nbformat.v4.new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(code, id="code"),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), project.root / f"notebooks/{name}.ipynb")


def showing_its_last_value(code: str) -> str:
    """The same code, so that its last value is published: a bare value is none."""
    try:
        *_, last = ast.parse(code).body
    except SyntaxError:
        return code
    if not isinstance(last, ast.Expr):
        return code
    before = code.split("\n")[: last.lineno - 1]
    return "\n".join(["from auditbook.reading import show", *before, f"show(str({ast.unparse(last.value)}))"])
