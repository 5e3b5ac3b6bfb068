"""Page templates as analysts run them: as they are, where they lie, in a new project and in an empty one."""

import ast
from pathlib import Path

import pytest
from builders import a_case, write_project
from nbclient import NotebookClient
from released import an_audit_with_few, released
from test_notebooks import ROOT, code, each_template, of

from auditbook.codebook.quarter import AuditId
from auditbook.demo.new_audit import make_audit
from auditbook.demo.new_project import make_project
from auditbook.pages.contents import AUDIT_PAGES
from auditbook.project import Project
from auditbook.reading import open_audit, open_collection, open_pool
from auditbook.reading.opened import OpenedAudit
from auditbook.validation.problems import WrongUsage


def run_as_it_is(template: Path, names: dict | None = None) -> list:
    """What every cell of a template shows, its parameters as they stand, in the folder where we are.

    names  what its cells know already; then nothing is opened
    """
    shown = []
    names = {} if names is None else names
    for cell in code(of(template)):
        *before, last = ast.parse(cell.source).body
        if names.keys() & {"audit"} and cell.id == "set-up":
            before, last = before[:-1], before[-1]  # the imports alone
        exec(compile(ast.Module(before, []), cell.id, "exec"), names)
        if isinstance(last, ast.Expr):
            shown.append(eval(compile(ast.Expression(last.value), cell.id, "eval"), names))
        else:
            exec(compile(ast.Module([last], []), cell.id, "exec"), names)
    return shown


@pytest.mark.parametrize("name", AUDIT_PAGES)
def test_an_analysis_orders_nothing_by_what_is_withheld(name):
    """An audit in which one case differs in everything looks as one in which five do."""
    template = ROOT / f"notebooks/{name}.ipynb"
    pages = [
        "".join(display._repr_html_() for display in run_as_it_is(template, {"audit": strictly(few)})) for few in (1, 5)
    ]
    assert pages[0] == pages[1]


def strictly(few: int) -> OpenedAudit:
    return OpenedAudit.opened(released(an_audit_with_few(few), "strict"))


@each_template
def test_a_template_runs_as_it_is_from_its_own_folder(template, monkeypatch):
    monkeypatch.chdir(template.parent)
    shown = run_as_it_is(template)
    assert len(shown) >= 3
    assert all(display._repr_html_() and repr(display) for display in shown)


@pytest.fixture(scope="module")
def new_project(tmp_path_factory) -> Project:
    """A project of `init` with one audit, as `new` makes it."""
    project = make_project(tmp_path_factory.mktemp("new") / "Prüfungen (2026) [live]")
    make_audit(project, AuditId.read("2025-26-Q1"), "The only one")
    return project


@pytest.mark.parametrize("name", [*AUDIT_PAGES, "trends"])
def test_a_template_runs_as_it_is_in_a_new_project(name, new_project, monkeypatch):
    monkeypatch.chdir(new_project.root / "notebooks")
    shown = run_as_it_is(new_project.root / "notebooks" / f"{name}.ipynb")
    assert len(shown) >= 3
    assert all(display._repr_html_() for display in shown)


def test_a_kernel_of_its_own_runs_a_template_of_a_new_project_where_it_lies(new_project):
    """As JupyterLab and nbconvert do: a kernel started in the notebook's folder."""
    folder = new_project.root / "notebooks"
    notebook = of(folder / "recommendations.ipynb")
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
    assert any("text/html" in output.data for cell in code(notebook) for output in cell.outputs)


def test_a_project_without_what_a_template_shows_says_how_to_have_it(new_project, tmp_path, monkeypatch):
    monkeypatch.chdir(new_project.root)
    with pytest.raises(WrongUsage, match="no audits are released together. Name them in data/pooled.yml: `year-"):
        open_pool()
    monkeypatch.chdir(make_project(tmp_path / "empty").root)
    with pytest.raises(WrongUsage, match="there is no audit yet; auditbook new"):
        open_audit()


def test_the_newest_is_the_newest_real_audit_and_own_is_what_its_record_allows(tmp_path, monkeypatch):
    for audit_id, collection in (("2020-21-Q4", "live"), ("2021-22-Q1", "live"), ("2021-22-Q2", "synthetic")):
        write_project(tmp_path, a_case("c1"), id=audit_id, collection=collection, release={"profile": "internal"})
    monkeypatch.chdir(tmp_path)
    newest = open_audit()
    assert (str(newest.audit_id), newest.profile.name) == ("2021-22-Q1", "internal")
    assert [str(audit.audit_id) for audit in open_collection()] == ["2020-21-Q4", "2021-22-Q1"]
