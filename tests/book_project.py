"""Book projects for tests: this repository's own book in a folder that passes, and small ones made up on the spot."""

import shutil
from pathlib import Path

import nbformat

from auditbook.evidence.audit import read_audits
from auditbook.making.audit_files import files_of_audits, released_audits
from auditbook.making.book import Built, build_book
from auditbook.making.writing import write_atomically
from auditbook.words.codebook import read_codebook
from auditbook.words.project import Project
from auditbook.words.refusals import Refusals

ROOT = Path(__file__).parents[1]
PARAMETER = {"of_audits": 'quarter: str = "2020-21-Q4"', "of_collections": 'collection: str = "published"'}
CHART = (
    '<figure class="ab-figure"><svg viewBox="0 0 300 40" role="img" aria-label="Four of five dots are filled">'
    '<circle cx="20" cy="20" r="12" fill="#12436D"/></svg><figcaption>Four of five</figcaption></figure>'
)


def a_copy(folder: Path) -> Project:
    """This repository's book, data and templates, as they are, in another folder."""
    for name in ("book", "data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__"))
    shutil.copy(ROOT / "_config.yml", folder)
    return Project(folder, folder / "data")


def a_template(project: Project, name: str, parameters: str) -> None:
    """A page template that has not been written yet."""
    path = project.root / "notebooks" / f"{name}.ipynb"
    if path.exists():
        return
    cell = nbformat.v4.new_code_cell(PARAMETER[parameters], metadata={"tags": ["parameters"]}, id="parameters")
    title = nbformat.v4.new_markdown_cell(f"# {name.replace('_', ' ').capitalize()}", id="title")
    notebook = nbformat.v4.new_notebook(cells=[title, cell])
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(notebook, path)


def a_page(path: Path, title: str, output: str = CHART) -> None:
    """An executed page with a title, a sentence and one output of HTML; one that is there already stays."""
    if path.exists():
        return
    shown = nbformat.v4.new_output("display_data", {"text/html": output, "text/plain": "<Figure>"})
    cell = nbformat.v4.new_code_cell("cases(audit)", metadata={"tags": ["hide-input"]}, outputs=[shown], id="chart")
    cell.execution_count = 1
    text = nbformat.v4.new_markdown_cell(f"# {title}\n\n## What was found\n\nA sentence on how to read it.", id="title")
    notebook = nbformat.v4.new_notebook(cells=[text, cell])
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def build(project: Project) -> Built:
    """Write each audit's briefing, and build the book from the pages that are there."""
    audits = read_audits(project)
    released = released_audits(audits, None)
    for path, text in files_of_audits(project, audits, released).items():
        write_atomically(path, text)
    refusals = Refusals()
    codebook = read_codebook(project.data / "codebook", "data/codebook", refusals)
    return build_book(project, released, codebook)
