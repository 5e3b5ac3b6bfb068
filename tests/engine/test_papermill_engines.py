"""The warm engine gives what a standard kernel gives, byte for byte: the proof that the fast way is honest."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from projects import ROOT, planned, small_project, write_template

from auditbook.build.pages import Page, works_of
from auditbook.engine.papermill_run import Execution
from auditbook.engine.workers import in_processes
from auditbook.project import Project

CELLS = {
    "text": "print('a')\nimport sys\nprint('b', file=sys.stderr)\nprint('c')\n1 + 1",
    "display": "from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))\nHTML('y')",
    "frame": "import pandas\npandas.DataFrame({'a': [1, 2]})",
    "picture": "import matplotlib.pyplot as pyplot\npyplot.plot([1, 2])\npyplot.show()",
    "figures": "from auditbook.reading import open_audit\nopen_audit(quarter, profile)",
    "nothing": "None",
    "folder": "import os\nos.path.basename(os.getcwd())",
    "await": "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "magic": "%who_ls",
}


def pages_of(project: Project) -> list[Page]:
    pages = [replace(page, pictures=None) for page in planned(project)]  # each engine draws, and finds nothing drawn
    for page in pages:
        page.path.parent.mkdir(parents=True, exist_ok=True)
    return pages


def executed(pages: list[Page], engine: str) -> dict[str, Execution]:
    outcomes = in_processes(works_of(pages, engine), 2, is_forked=engine == "warm")
    return {outcome.job.name: outcome.value for outcome in outcomes}


def both_ways(pages) -> list[tuple[str, str]]:
    """Each page run both ways; what may not be published of them is the same problem, too."""
    warm = executed(pages, "warm")
    kernel = executed(pages, "kernel")
    assert {name: page.problem for name, page in warm.items()} == {name: page.problem for name, page in kernel.items()}
    return [(warm[page.name].notebook, kernel[page.name].notebook) for page in pages]


@pytest.fixture
def project(tmp_path) -> Project:
    return small_project(tmp_path)


def test_every_kind_of_output_is_the_same_both_ways(project):
    for name, code in CELLS.items():
        write_template(project, name, code, is_as_it_is=True)
    pages = pages_of(project)
    made = dict(zip((page.path.stem for page in pages), both_ways(pages), strict=True))
    assert [name for name, (warm, kernel) in made.items() if warm != kernel] == []
    picture, _ = made["picture"]
    assert "image/png" in json.loads(picture)["cells"][-1]["outputs"][-1]["data"]


def test_every_template_gives_the_same_page_both_ways():
    project = Project.find(ROOT)
    pages = list({page.template: page for page in pages_of(project)}.values())
    assert {page.template.name for page in pages} == {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    for page, (warm, kernel) in zip(pages, both_ways(pages), strict=True):
        assert warm == kernel, page.name


def test_pages_share_no_state(project):
    write_template(project, "a", "import auditbook\nauditbook.left_behind = 1")
    write_template(project, "b", "import auditbook\nhasattr(auditbook, 'left_behind')")
    pages = pages_of(project)
    found = {Path(name).stem: execution.notebook for name, execution in executed(pages, "warm").items()}
    assert '"False"' in found["b"]
