"""Live data: refused wherever git would take them along, and nothing of them is left where they do not belong."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from builders import a_case, a_finding, write_project

from auditbook.build.entry_checks import LiveDataTracked, refuse_tracked
from auditbook.build.live_data import project_to_make
from auditbook.codebook.quarter import AuditId
from auditbook.demo.new_audit import make_audit
from auditbook.demo.new_project import make_project
from auditbook.project import Project
from auditbook.validation.problems import WrongUsage

ROOT = Path(__file__).parents[2]
AUDIT = "2022-23-Q2"
MARKS = ("zebrafinch", "Quokkaberg", "wombat-")
"""Words that stand nowhere but in the live data of these tests: in a finding, in the title, in a case's id."""
LARGEST = 30_000_000


def git(folder: Path, *arguments: str) -> None:
    own = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *own, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path) -> Project:
    """A project with one live audit, in a repository that ignores what a run makes."""
    made = write_project(tmp_path, a_case("A1"), a_finding("f1", text="x"), collection="live")
    (tmp_path / ".gitignore").write_text("_build/\ndata/audits/\nbook/\n_toc.yml\n")
    git(tmp_path, "init", "-q")
    return made


def test_live_data_that_git_ignores_are_accepted(project):
    refuse_tracked(project)


def test_live_data_without_a_repository_are_accepted(tmp_path):
    refuse_tracked(write_project(tmp_path, a_case("A1"), collection="live"))


def test_other_collections_may_be_tracked(tmp_path):
    made = write_project(tmp_path, a_case("A1"), collection="synthetic")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    refuse_tracked(made)


def test_live_data_that_git_tracks_are_refused_though_they_are_ignored_now(project):
    git(project.root, "add", "--force", "data/audits")
    with pytest.raises(LiveDataTracked, match="data/audits/2021-22-Q1: git tracks this, and it is live data"):
        refuse_tracked(project)


@pytest.mark.parametrize(
    ("ignored", "place"),
    [
        ("_build/\nbook/\n_toc.yml\n", "data/audits/2021-22-Q1"),
        ("_build/\nbook/\n_toc.yml\ndata/audits/*/cases.csv\n", "data/audits/2021-22-Q1"),
        ("_build/\n_toc.yml\ndata/\n", "book/audits"),
        ("_build/\n_toc.yml\ndata/\nbook/audits/\n", "book/trends"),
        ("_build/\ndata/\nbook/\n", "_toc.yml"),
        ("_toc.yml\ndata/\nbook/\n", "_build"),
    ],
)
def test_live_data_that_git_would_track_are_refused_and_so_is_what_is_made_of_them(project, ignored, place):
    (project.root / ".gitignore").write_text(ignored)
    with pytest.raises(LiveDataTracked, match=f"{place}: git would track this, and it is live data"):
        refuse_tracked(project)


@pytest.mark.parametrize("written", ["Live", '"live"', "LIVE", '"\\x6cive"', "ｌｉｖｅ"])
def test_live_data_are_known_however_the_word_is_written(project, written):
    path = project.audits / "2021-22-Q1" / "audit.yml"
    text = path.read_text("utf-8")
    assert "collection: live" in text
    path.write_text(text.replace("collection: live", f"collection: {written}"), encoding="utf-8")
    git(project.root, "add", "-f", "data")
    with pytest.raises(LiveDataTracked):
        refuse_tracked(project)


def test_what_git_cannot_say_is_not_checked_and_so_refused(project, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(LiveDataTracked, match="Not checked: git did not run"):
        refuse_tracked(project)


def test_a_broken_repository_is_not_checked_and_so_refused(project):
    (project.root / ".git" / "HEAD").write_text("broken")
    with pytest.raises(LiveDataTracked, match="Not checked: git ended with 128"):
        refuse_tracked(project)


def test_a_hooks_environment_hides_no_repository(project, monkeypatch):
    git(project.root, "add", "--force", "data/audits")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    with pytest.raises(LiveDataTracked, match="git tracks this"):
        refuse_tracked(project)


def test_a_new_project_in_a_repository_may_hold_live_data(tmp_path):
    made = make_project(tmp_path / "new")
    git(made.root, "init", "-q")
    make_audit(made, AuditId.read(AUDIT), "A title", "A remit")
    assert "collection: live" in (made.audits / AUDIT / "audit.yml").read_text()
    refuse_tracked(made)


@pytest.mark.parametrize("command", [["check"], ["run"], ["build"]])
def test_commands_refuse_live_data_that_git_would_track(project, command):
    (project.root / ".gitignore").unlink()
    done = auditbook("--project", str(project.root), *command)
    assert done.returncode == 11 and "git would track this" in done.stderr
    assert not (project.root / "book" / "audits").exists() and not (project.root / "_build" / "store").exists()


def auditbook(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", "from auditbook.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, timeout=300)


def test_data_of_elsewhere_are_not_built_into_the_project(tmp_path):
    made = write_project(tmp_path / "project", a_case("A1"))
    other = write_project(tmp_path / "other", a_case("A1"))
    with pytest.raises(WrongUsage, match="say with --out DIR"):
        project_to_make(Project(made.root, other.data), None)


@pytest.mark.parametrize("out", ["project", "project/out", ".", "other/data/out", "full", "file"])
def test_a_folder_to_make_everything_in_is_one_of_its_own(tmp_path, out):
    made = write_project(tmp_path / "project", a_case("A1"))
    other = write_project(tmp_path / "other", a_case("A1"))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("keep me")
    (tmp_path / "file").write_text("keep me")
    with pytest.raises(WrongUsage, match="--out"):
        project_to_make(Project(made.root, other.data), tmp_path / out)
    assert (tmp_path / "full" / "letter.txt").read_text() == (tmp_path / "file").read_text() == "keep me"


def test_a_folder_to_make_everything_in_follows_the_project(tmp_path):
    made = write_project(tmp_path / "project", a_case("A1"))
    for name in ("_config.yml", "book/index.md", "book/about/release.md", "notebooks/cases.ipynb", "book/audits/x.md"):
        path = made.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    first = project_to_make(made, tmp_path / "out")
    (made.root / "book/index.md").write_text("changed")
    (made.root / "book/about/release.md").unlink()
    (first.root / "book/audits").mkdir()
    (first.root / "book/audits/made.md").write_text("made by a run")
    again = project_to_make(made, tmp_path / "out")
    files = {path.relative_to(again.root).as_posix() for path in again.root.rglob("*") if path.is_file()}
    assert again == first and again.data == made.data and (again.root / "data").resolve() == made.data
    assert (again.root / "book/index.md").read_text() == "changed"
    expected = {".auditbook-out", "_config.yml", "book/index.md", "notebooks/cases.ipynb", "book/audits/made.md"}
    assert {name for name in files if not name.startswith("data/")} == expected


# The whole path once, with data of elsewhere, and then a look everywhere.


def live_data(folder: Path) -> Path:
    """A whole quarter of the demonstration, said to be live, with words in it that stand nowhere else."""
    source = ROOT / "data" / "audits" / "2021-22-Q1"
    shutil.copytree(ROOT / "data" / "codebook", folder / "codebook")
    shutil.copytree(source, folder / "audits" / AUDIT)
    for path in (folder / "audits" / AUDIT).iterdir():
        text = path.read_text("utf-8").replace("collection: synthetic", "collection: live")
        for word, mark in zip(("hygiene", "title: ", "ex1-"), MARKS, strict=True):
            text = text.replace(word, f"title: {mark} " if word == "title: " else mark)
        path.write_text(text, "utf-8")
    return folder


def written_book(folder: Path) -> Path:
    """This repository's book without audits and guides, in a repository of its own."""
    ignored = shutil.ignore_patterns(
        ".ipynb_checkpoints",
        "audits",
        "trends",
        "themes",
        "agencies",
        "recommendations*",
        "codebook",
        "guide",
    )
    shutil.copytree(ROOT / "book", folder / "book", ignore=ignored)
    templates = shutil.ignore_patterns("agency_*", "grades.ipynb", "pooled.ipynb")  # such pages as the others are
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=templates)
    shutil.copy(ROOT / "_config.yml", folder)
    shutil.copytree(ROOT / "data" / "codebook", folder / "data" / "codebook")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "A book")
    return folder


def files_with_marks(folder: Path, since: float = 0.0) -> list[str]:
    """Files below a folder, changed since then, whose name or content holds one of the marks."""
    found = []
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent) / name
            try:
                if path.is_symlink() or path.stat().st_mtime < since or path.stat().st_size > LARGEST:
                    continue
                content = path.read_bytes().lower() + str(path).lower().encode()
            except OSError:
                continue
            found += [str(path)] if any(mark.lower().encode() in content for mark in MARKS) else []
    return found


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory) -> dict[str, Path]:
    """A book built of live data: project, data, out, and the home and temporary folder it was built with."""
    base = tmp_path_factory.mktemp("live")
    places = {name: base / name for name in ("project", "data", "out", "home", "temporary")}
    for name in ("project", "home", "temporary"):
        places[name].mkdir()
    live_data(places["data"])
    written_book(places["project"])
    began = time.time()
    done = auditbook(
        *("--project", str(places["project"]), "build"),
        *("--data", str(places["data"]), "--out", str(places["out"])),
        **{"HOME": str(places["home"]), "TMPDIR": str(places["temporary"])},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (base / "told").write_text(done.stdout + done.stderr)
    (base / "began").write_text(str(began))
    return {**places, "base": base}


def test_the_book_of_live_data_is_whole_and_lies_where_it_was_asked_for(everywhere):
    assert files_with_marks(everywhere["out"] / "_build" / "html")
    assert (everywhere["out"] / "_build" / "html" / "book" / "audits" / AUDIT / "case_overview.html").is_file()


def test_nothing_of_live_data_is_left_in_the_project_or_its_repository(everywhere):
    assert files_with_marks(everywhere["project"]) == []
    done = subprocess.run(["git", "status", "--porcelain", "--ignored"], cwd=everywhere["project"], capture_output=True)
    assert done.stdout == b""


def test_nothing_of_live_data_is_left_in_logs_home_or_temporary_folders(everywhere):
    began = float((everywhere["base"] / "began").read_text())
    homes = [everywhere["home"], everywhere["temporary"], Path.home() / ".local", Path.home() / ".cache"]
    homes += [Path.home() / ".ipython", Path.home() / ".jupyter", ROOT / "_build", ROOT / "book"]
    assert [found for home in homes for found in files_with_marks(home, since=began)] == []
    assert not any(mark in (everywhere["base"] / "told").read_text() for mark in MARKS)
    elsewhere = [files_with_marks(folder, began) for folder in {Path("/tmp"), Path(tempfile.gettempdir())}]
    assert [each for found in elsewhere for each in found if "/pytest-of-" not in each] == []


def test_no_page_of_live_data_names_a_folder_of_the_machine(everywhere):
    names = [str(place).encode() for place in everywhere.values()]
    pages = [*(everywhere["out"] / "book").rglob("*"), *(everywhere["out"] / "_build" / "html").rglob("*")]
    assert [path for path in pages if path.is_file() and any(name in path.read_bytes() for name in names)] == []


def test_a_page_of_live_data_can_be_tried_again_where_it_lies(everywhere):
    page = everywhere["out"] / "book" / "audits" / AUDIT / "case_overview.ipynb"
    command = ["-q", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "--import-mode=importlib", str(page)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *command], cwd=everywhere["out"], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout
