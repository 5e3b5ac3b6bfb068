"""One page: a template run by Papermill with its parameters, and everything that differs from run to run taken out."""

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from auditbook.words.refusals import WrongUsage

INJECTED = "injected-parameters"
TIME_LIMIT = 300
"""Seconds a page may take before it is stopped."""


@dataclass(frozen=True)
class Execution:
    """A run page as the bytes of its notebook; `problem` says in one line which cell failed and why, or is empty."""

    notebook: str
    problem: str = ""


def declared_parameters(template: Path) -> list[str]:
    """The names in the template's cell of parameters. Raises WrongUsage when it is no notebook of a known kernel."""
    try:
        return list(papermill.inspect_notebook(str(template)))
    except ValueError as error:
        raise WrongUsage(f"notebooks/{template.name} cannot be read as a notebook of Python: {error}") from None


def check_parameters(template: Path, parameters: dict[str, str]) -> None:
    """Refuse a parameter the template does not declare: Papermill only warns of it, and runs with the default."""
    declared = declared_parameters(template)
    unknown = [name for name in parameters if name not in declared]
    if unknown:
        raise WrongUsage(
            f"notebooks/{template.name} declares no parameter {', '.join(unknown)}; it declares {', '.join(declared)}."
        )


def execute(template: Path, parameters: dict[str, str], folder: Path, made_from: dict[str, str]) -> Execution:
    """Run a template in `folder`, where the page will lie, as nbval does later.

    made_from  name → hash of what the page read; kept in the page's metadata
    """
    logging.getLogger("papermill").setLevel(logging.ERROR)
    problem = ""
    with TemporaryDirectory() as scratch:
        output = Path(scratch) / template.name
        try:
            papermill.execute_notebook(
                str(template),
                str(output),
                parameters=parameters,
                kernel_name="python3",
                progress_bar=False,
                cwd=str(folder),
                execution_timeout=TIME_LIMIT,
                kernel_manager_class="auditbook.making.kernels.QuietKernelManager",
            )
        except PapermillExecutionError as error:
            problem = f"cell {error.cell_index + 1}: {error.ename}: {error.evalue}".split("\n")[0]
        except Exception as error:  # a kernel that died, a page that ran too long: any of them fails this page alone
            problem = f"{type(error).__name__}: {error}".split("\n")[0]
        if not output.is_file():
            return Execution("", problem)
        notebook = nbformat.read(output, as_version=4)
    return Execution(as_text(normalised(notebook, made_from)), problem)


def normalised(notebook: nbformat.NotebookNode, made_from: dict[str, str]) -> nbformat.NotebookNode:
    """The page without clocks, paths, versions and random ids: running twice changes no byte."""
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


def as_text(notebook: nbformat.NotebookNode) -> str:
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def made_from(page: Path) -> dict[str, str]:
    """What an executed page was made from, or nothing when there is no such page."""
    try:
        return json.loads(page.read_text("utf-8"))["metadata"].get("auditbook", {})
    except (OSError, ValueError, KeyError):
        return {}


def page_of_failure(title: str) -> str:
    """A page that says so where there is no earlier one; Papermill's own banner would cost the page its title."""
    notice = (
        f"# {title}\n\n:::{{admonition}} This page could not be made\n:class: warning\nThe next run tries again.\n:::"
    )
    cell = nbformat.v4.new_markdown_cell(notice, id="failed")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    return as_text(normalised(notebook, {"failed": "yes"}))


def title_of(template: Path) -> str:
    """The template's first heading."""
    for cell in nbformat.read(template, as_version=4).cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return cell.source.split("\n")[0][2:].strip()
    return template.stem.replace("_", " ").capitalize()
