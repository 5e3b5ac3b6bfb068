"""Published pages run again: every output is compared, and what differs is told with page, cell and both values."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from projects import AUDIT, small_project, write_template

from auditbook.build.run import run
from auditbook.project import Project

COMMAND = [sys.executable, "-m", "auditbook.cli"]


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> Project:
    """Two pages, as a run made them; no test changes it."""
    made = small_project(tmp_path_factory.mktemp("ran") / "our audits [live]")
    write_template(
        made, "a", "from auditbook.reading import open_audit\n'%d figures' % len(open_audit(quarter, profile).frame())"
    )
    write_template(made, "b", "quarter")
    assert run(made).problems == []
    return made


@pytest.fixture
def project(ran, tmp_path) -> Project:
    """A copy of it, to change."""
    return Project.find(shutil.copytree(ran.root, tmp_path / ran.root.name))


def page(project: Project, name: str = "a") -> Path:
    return project.root / "book/audits" / AUDIT / f"{name}.ipynb"


def change(project: Project, old: str, new: str) -> None:
    text = page(project).read_text("utf-8")
    assert old in text
    page(project).write_text(text.replace(old, new), "utf-8")


def verified(project: Project, *ids: str) -> subprocess.CompletedProcess:
    return subprocess.run([*COMMAND, "--project", str(project.root), "verify", *ids], capture_output=True, text=True)


def figures(project: Project) -> str:
    return next(word for word in page(project).read_text("utf-8").split('"') if word.endswith(" figures"))


def test_pages_that_are_as_published_pass(project):
    done = verified(project)
    assert (done.returncode, done.stdout.strip()) == (0, "2 pages run again: every output is as published."), (
        done.stderr
    )


def test_a_figure_that_moved_is_told_with_page_cell_and_both_values(project):
    before = figures(project)
    change(project, before, "999 figures")
    done = verified(project, AUDIT)
    assert done.returncode == 1
    assert f"book/audits/{AUDIT}/a.ipynb: cell 3: published “999 figures”, now “{before}”." in done.stderr
    assert "1 of 2 pages differ." in done.stderr
    assert done.stdout == ""


def test_a_page_that_can_no_longer_be_run_differs(project):
    change(project, "open_audit(quarter", "open_audit(quarters")
    done = verified(project)
    assert done.returncode == 1 and "cell 3: published" in done.stderr and "NameError" in done.stderr


def test_a_page_that_opens_rows_differs(project):
    change(project, "show(", "open('../../../data/audits/2020-21-Q4/findings.csv'); show(")
    done = verified(project)
    assert done.returncode == 1 and "may not open this" in done.stderr


def test_another_release_of_pandas_is_said_plainly(project):
    made = json.loads(page(project).read_text("utf-8"))["metadata"]["auditbook"]["libraries"]
    change(project, made, "matplotlib 3.11.0, pandas 3.0.0")
    change(project, figures(project), "999 figures")
    assert f"Some pages were made with matplotlib 3.11.0, pandas 3.0.0; here is {made}." in verified(project).stderr


def test_what_is_no_notebook_has_not_passed(project):
    page(project).write_text("{", "utf-8")
    assert verified(project).returncode == 1


def test_nothing_to_verify_is_no_success(tmp_path):
    done = verified(small_project(tmp_path))
    assert done.returncode == 2 and "there is no executed page" in done.stderr
