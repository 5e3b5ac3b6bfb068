"""The workbench: true rows in a notebook that stays on this machine."""

import shutil
import subprocess
from pathlib import Path

import nbformat
import pandas
import pytest
from nbclient import NotebookClient
from projects import AUDIT, ROOT, planned, small_project, write_template

from auditbook.build.entry_checks import refuse_tracked
from auditbook.codebook.quarter import AuditId
from auditbook.demo.new_audit import start_audit
from auditbook.demo.new_project import make_project
from auditbook.demo.workbench import TEMPLATE, make_workbench
from auditbook.project import Project
from auditbook.reading import open_rows
from auditbook.validation.problems import WrongUsage

DEMONSTRATION = "2021-22-Q1"


@pytest.fixture
def project(tmp_path, monkeypatch) -> Project:
    made = small_project(tmp_path)
    shutil.copytree(ROOT / "data/audits" / DEMONSTRATION, made.audits / DEMONSTRATION)
    monkeypatch.chdir(made.root)
    monkeypatch.delenv("PYTHONSTARTUP", raising=False)  # pytest's kernels are sealed, as pages are
    return made


def run_all(path: Path) -> None:
    """Run every cell in a kernel of its own, as in JupyterLab."""
    opened = nbformat.read(path, as_version=4)
    NotebookClient(opened, resources={"metadata": {"path": str(path.parent)}}).execute()
    nbformat.write(opened, path)


def test_the_rows_are_the_true_ones(project):
    rows = open_rows(DEMONSTRATION)
    assert len(rows.cases) == 9
    both = rows.people.merge(rows.cases, on="case")
    assert pandas.crosstab(both["sex"], both["plan_when_drawn"]).to_numpy().sum() > 9
    assert rows.labels["police"] == "Police"


def test_an_audit_without_rows_has_empty_frames_with_their_columns(project):
    rows = open_rows(AUDIT)
    assert rows.cases.empty and {"case", "scope"} <= set(rows.cases.columns)
    assert not rows.findings.empty


def test_changing_a_frame_changes_no_other_reading_of_it(project):
    cases = open_rows(DEMONSTRATION).cases
    cases["scope"] = "excluded"
    assert set(open_rows(DEMONSTRATION).cases["scope"]) != {"excluded"}


@pytest.mark.parametrize("audit", [DEMONSTRATION, AUDIT])
def test_a_workbench_runs_as_it_is(project, audit):
    path = make_workbench(project, AuditId.read(audit))
    assert path == project.root / "workbench" / f"{audit}.ipynb"
    run_all(path)
    outputs = [cell.outputs for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert "image/png" in str(outputs) and not any(output.output_type == "error" for cell in outputs for output in cell)


def test_a_workbench_of_an_audit_that_was_just_begun_runs_too(tmp_path, monkeypatch):
    project = make_project(tmp_path / "book")
    monkeypatch.chdir(project.root)
    monkeypatch.delenv("PYTHONSTARTUP", raising=False)
    start_audit(project, AuditId.read("2025-26-Q1"), title="T", remit="R", agencies=[], follow_up=False)
    run_all(make_workbench(project, AuditId.read("2025-26-Q1")))


def test_a_workbench_that_is_there_is_not_overwritten(project):
    path = make_workbench(project, AuditId.read(AUDIT))
    path.write_text("worked in")
    with pytest.raises(WrongUsage, match="stays as it is"):
        make_workbench(project, AuditId.read(AUDIT))
    assert path.read_text() == "worked in"


def test_an_unknown_audit_is_refused_with_the_nearest(project):
    with pytest.raises(WrongUsage, match="Nearest: 2020-21-Q4"):
        make_workbench(project, AuditId.read("2020-21-Q3"))


def test_git_sees_nothing_of_a_workbench(tmp_path):
    project = small_project(tmp_path)
    subprocess.run(["git", "init", "-q"], cwd=project.root, check=True)
    make_workbench(project, AuditId.read(AUDIT))
    seen = subprocess.run(["git", "status", "--porcelain", "-uall"], cwd=project.root, capture_output=True, text=True)
    assert "data/" in seen.stdout and "workbench" not in seen.stdout
    refuse_tracked(project)


def test_a_workbench_among_the_templates_is_refused(tmp_path):
    project = small_project(tmp_path)
    shutil.copy(TEMPLATE, project.root / "notebooks/mine.ipynb")
    with pytest.raises(WrongUsage, match=r"notebooks/mine.ipynb opens rows.* Move it to workbench/"):
        planned(project)


def test_a_build_reads_nothing_of_the_workbench(tmp_path):
    project = small_project(tmp_path)
    make_workbench(project, AuditId.read(AUDIT))
    write_template(project, "a", "quarter")
    assert {page.path.stem for page in planned(project)} == {"a"}
