"""A strict release is held against the one before, and what the two would tell together is refused."""

import json
import subprocess
from pathlib import Path

import pytest
from released import a_full_audit, released

from auditbook.project import Project
from auditbook.release.earlier import earlier_release, refuse_beside_earlier
from auditbook.validation.problems import ReleaseRefused

FOLDER = "book/audits/2021-22-Q1"
NAME = f"{FOLDER}/measures.json"


@pytest.fixture
def project(tmp_path) -> Project:
    for folder in ("notebooks", "book", "data"):
        (tmp_path / folder).mkdir()
    (tmp_path / "_config.yml").touch()
    return Project.find(tmp_path)


def leave(project: Project, release: dict) -> Path:
    path = project.root / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(release))
    return path


def commit(project: Project) -> None:
    for arguments in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", "-C", str(project.root), *arguments], check=True)


def one_more(release: dict) -> dict:
    """The same release with one person more in every shown count of cases."""
    changed = json.loads(json.dumps(release))
    for measure in changed["measures"]:
        if measure["id"] == "cases.total":
            measure["numerator"] += 1
            measure["value"] += 1
    return changed


def test_the_first_release_is_held_against_nothing(project):
    refuse_beside_earlier(project, {project.root / FOLDER: released(a_full_audit(), "strict")})


def test_the_same_release_again_is_let_out(project):
    figures = released(a_full_audit(), "strict")
    leave(project, figures.as_json())
    refuse_beside_earlier(project, {project.root / FOLDER: figures})


def test_a_count_that_moved_by_one_person_is_refused_without_its_value(project):
    figures = released(a_full_audit(), "strict")
    leave(project, one_more(figures.as_json()))
    with pytest.raises(ReleaseRefused, match="cases.total") as refused:
        refuse_beside_earlier(project, {project.root / FOLDER: figures})
    assert "13" not in str(refused.value) and "12" not in str(refused.value)


def test_where_git_keeps_the_book_only_what_was_committed_was_released(project):
    figures = released(a_full_audit(), "strict")
    path = leave(project, figures.as_json())
    commit(project)
    path.write_text(json.dumps(one_more(figures.as_json())))
    assert earlier_release(project, project.root / FOLDER, is_in_git=True) == json.loads(json.dumps(figures.as_json()))
    refuse_beside_earlier(project, {project.root / FOLDER: figures})


def test_an_earlier_release_that_cannot_be_read_stops_the_new_one(project):
    leave(project, {}).write_text("{")
    with pytest.raises(ReleaseRefused, match="cannot be read"):
        refuse_beside_earlier(project, {project.root / FOLDER: released(a_full_audit(), "strict")})


def test_true_counts_by_a_recorded_decision_are_held_against_nothing(project):
    leave(project, {"profile": "strict", "audit": "2021-22-Q1", "measures": []})
    refuse_beside_earlier(project, {project.root / FOLDER: released(a_full_audit(), "recorded")})
