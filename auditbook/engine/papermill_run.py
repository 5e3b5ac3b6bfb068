"""One page: a template run by Papermill with its parameters, and everything that differs from run to run taken out."""

import json
import logging
import os
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from auditbook.engine import fingerprints
from auditbook.engine.page_problems import INJECTED, first_problem, stable_ids
from auditbook.engine.store import Store
from auditbook.engine.unanswered import set_apart_unanswered
from auditbook.project import Project
from auditbook.validation.problems import WrongUsage, listed

if TYPE_CHECKING:
    import nbformat

LARGEST_OUTPUT = 20 << 20
"""Bytes of a page: more is a mistake (a picture of everything, a print in a loop), and no reader could load it."""


@dataclass(frozen=True)
class Execution:
    """A run page as the bytes of its notebook; `problem` says in one line which cell failed and why, or is empty."""

    notebook: str
    problem: str = ""


def declared_parameters(template: Path) -> list[str]:
    """The names in the template's cell of parameters. Raises WrongUsage when it is no notebook of a known kernel."""
    import papermill

    try:
        return list(papermill.inspect_notebook(str(template)))
    except ValueError as error:
        raise WrongUsage(
            f"notebooks/{template.name} cannot be read as a notebook of Python ({error}). Save it again in "
            "JupyterLab, or take it out of notebooks/."
        ) from None


def parameters_of_templates(project: Project, store: Store) -> dict[Path, list[str]]:
    """Template → its parameters, in the order of their names. Raises WrongUsage for what is no notebook of Python.

    Kept by the hash of its bytes: Papermill, which tells them, is slow to import.
    """
    papermill = fingerprints.version_of("papermill")
    return {
        template: store.value(
            "parameters",
            store.key(template.name, fingerprints.of_file(template), papermill),
            list[str],
            partial(declared_parameters, template),
        )
        for template in sorted((project.root / "notebooks").glob("*.ipynb"))
    }


def check_parameters(template: Path, declared: list[str], parameters: dict[str, str]) -> None:
    """Refuse a parameter the template does not declare: Papermill only warns of it, and runs with the default."""
    unknown = [name for name in parameters if name not in declared]
    if unknown:
        raise WrongUsage(
            f"notebooks/{template.name} declares no parameter {', '.join(unknown)}; it declares {listed(declared)}. "
            f'Write {unknown[0]}: str = "…" in the cell that is tagged parameters.'
        )


def execute(
    template: Path,
    parameters: dict[str, str],
    folder: Path,
    made_from: dict[str, str],
    preload: Callable[[], None],
    environment: dict[str, str],
    engine: str,
) -> Execution:
    """Run a template in `folder`, where the page will lie, as nbval does later.

    made_from    name → hash of what the page read; kept in the page's metadata
    preload      gives this process what the page will open, for the warm engine, and closes the rest to it; a standard
                 kernel reads for itself
    environment  what a standard kernel needs to close the rest to itself
    engine       `warm`: in this process, which must be the page's own; `kernel`: in a standard kernel

    What the warm engine cannot do (a cell that awaits) is done by a standard kernel.
    """
    import papermill
    from papermill.engines import papermill_engines
    from papermill.exceptions import PapermillExecutionError

    from auditbook.engine.papermill_engines import StandardEngine, WarmEngine
    from auditbook.engine.sealed import opened

    if engine == "warm":
        preload()
    else:
        os.environ.update(environment)
    logging.getLogger("papermill").setLevel(logging.ERROR)
    papermill_engines.register("warm", WarmEngine)
    papermill_engines.register("kernel", StandardEngine)
    made_by = papermill_engines.get_engine(engine)
    made_by.last = None
    problem = ""
    try:
        with nullcontext() if engine == "warm" else opened():  # a kernel is another program, and seals itself
            papermill.execute_notebook(
                str(template),
                None,
                parameters=parameters,
                engine_name=engine,
                kernel_name="python3",
                progress_bar=False,
                cwd=str(folder),
            )
    except PapermillExecutionError as error:
        problem = f"cell {error.cell_index + 1}: {error.ename}: {error.evalue}".split("\n")[0]
        if made_by.last is not None:
            problem = first_problem(made_by.last) or problem
    except Exception as error:  # a kernel that died, or something the warm engine cannot do
        if engine == "warm":
            return execute(template, parameters, folder, made_from, preload, environment, "kernel")
        problem = f"{type(error).__name__}: {error}".split("\n")[0]
    if made_by.last is None:
        return Execution("", problem)
    problem = problem or first_problem(made_by.last)
    stable_ids(made_by.last, template)
    if not problem:
        set_apart_unanswered(made_by.last)
    notebook = as_text(normalised(made_by.last, made_from))
    if len(notebook) > LARGEST_OUTPUT:
        problem = f"the page holds {len(notebook) >> 20} MB; at most {LARGEST_OUTPUT >> 20} MB can be published"
        return Execution("", problem)
    return Execution(notebook, problem)


def normalised(notebook: "nbformat.NotebookNode", made_from: dict[str, str]) -> "nbformat.NotebookNode":
    """The page without clocks, paths, versions and random ids: running twice changes no byte."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "auditbook": made_from,
    }
    for cell in notebook.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if INJECTED in cell.metadata.get("tags", ()):
            cell.id = INJECTED
            cell.metadata.tags = [INJECTED, "remove-input"]
    return notebook


def as_text(notebook: "nbformat.NotebookNode") -> str:
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def made_from(page: Path) -> dict[str, str]:
    """What an executed page was made from, or nothing when there is no such page."""
    try:
        return json.loads(page.read_text("utf-8"))["metadata"].get("auditbook", {})
    except (OSError, ValueError, KeyError):
        return {}


def page_of_failure(title: str) -> str:
    """A page that says so where there is no earlier one; Papermill's own banner would cost the page its title."""
    import nbformat

    notice = (
        f"# {title}\n\n:::{{admonition}} This page could not be made\n:class: warning\nThe next run tries again.\n:::"
    )
    cell = nbformat.v4.new_markdown_cell(notice, id="failed")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    return as_text(normalised(notebook, {"failed": "yes"}))


def title_of(template: Path) -> str:
    """The template's first heading."""
    import nbformat

    for cell in nbformat.read(template, as_version=4).cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return cell.source.split("\n")[0][2:].strip()
    return template.stem.replace("_", " ").capitalize()
