"""The warm engine gives what a standard kernel gives, byte for byte: the proof that the fast way is honest."""

import json
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from projects import ROOT, planned, small_project, write_template

from auditbook.build.pages import Page, works_of
from auditbook.engine.papermill_run import Execution
from auditbook.engine.workers import in_processes
from auditbook.project import Project

CELLS = (
    "print('a')\nimport sys\nprint('b', file=sys.stderr)\nprint('c')\n1 + 1",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))\nHTML('y')",
    "import pandas\npandas.DataFrame({'a': [1, 2]})",
    "import matplotlib.pyplot as pyplot\npyplot.plot([1, 2])\npyplot.show()",
    "from auditbook.reading import open_audit\nopen_audit(quarter, profile)",
    "None",
    "import os\nos.path.basename(os.getcwd())",
    "%who_ls",
)
"""Cells of one page; each kind of output that there is."""


def pages_of(project: Project) -> list[Page]:
    pages = [replace(page, pictures=None) for page in planned(project)]  # each engine draws, and finds nothing drawn
    for page in pages:
        page.path.parent.mkdir(parents=True, exist_ok=True)
    return pages


def executed(pages: list[Page], engine: str) -> dict[str, Execution]:
    outcomes = in_processes(works_of(pages, engine), 2, is_forked=engine == "warm")
    return {outcome.job.name: outcome.value for outcome in outcomes}


def both_ways(page: Page) -> tuple[str, str]:
    """A page run both ways; what may not be published of it is the same problem, too."""
    [warm], [kernel] = (executed([page], engine).values() for engine in ("warm", "kernel"))
    assert warm.problem == kernel.problem
    return warm.notebook, kernel.notebook


@pytest.fixture
def project(tmp_path) -> Project:
    return small_project(tmp_path)


def test_every_kind_of_output_is_the_same_both_ways(project):
    write_template(project, "kinds", CELLS[0], is_as_it_is=True)
    add_cells(project, "kinds", *CELLS[1:])
    [page] = pages_of(project)
    warm, kernel = both_ways(page)
    assert warm == kernel
    pictures = [data for data in outputs(warm) if "image/png" in data]
    assert len(outputs(warm)) > len(CELLS) and len(pictures) == 1


def add_cells(project: Project, name: str, *sources: str) -> None:
    path = project.root / f"notebooks/{name}.ipynb"
    template = nbformat.read(path, as_version=4)
    template.cells += [nbformat.v4.new_code_cell(code, id=f"code-{place}") for place, code in enumerate(sources)]
    nbformat.write(template, path)


def outputs(page: str) -> list[dict]:
    cells = json.loads(page)["cells"]
    return [output.get("data", {}) for cell in cells if cell["cell_type"] == "code" for output in cell["outputs"]]


def test_what_the_warm_engine_cannot_do_is_done_by_a_standard_kernel(project):
    write_template(project, "awaits", "import asyncio\nawait asyncio.sleep(0)\n'awaited'", is_as_it_is=True)
    [page] = pages_of(project)
    warm, kernel = both_ways(page)
    assert warm == kernel and {"text/plain": "'awaited'"} in outputs(warm)


def test_every_template_gives_the_published_page_which_is_verified_in_a_standard_kernel():
    """nbval runs each published page in a standard kernel (`testpaths`), so here the warm engine is enough."""
    project = Project.find(ROOT)
    pages = list({page.template: page for page in pages_of(project)}.values())
    assert {page.template.name for page in pages} == {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    for name, execution in executed(pages, "warm").items():
        assert execution.notebook == (ROOT / "book" / name).read_text("utf-8"), name


def test_pages_share_no_state(project):
    write_template(project, "a", "import auditbook\nauditbook.left_behind = 1")
    write_template(project, "b", "import auditbook\nhasattr(auditbook, 'left_behind')")
    pages = pages_of(project)
    found = {Path(name).stem: execution.notebook for name, execution in executed(pages, "warm").items()}
    assert '"False"' in found["b"]
