"""`auditbook init`: a whole project, nothing of this repository's audits, and a start that can be said again."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from editions_made import a_project, enter_cases, publish
from projects import ROOT, shown, store_of
from typer.testing import CliRunner

from auditbook.briefing.brand import Brand, read_brand
from auditbook.build.check import check_audits
from auditbook.build.generated import book_parts, generated_files
from auditbook.cli import app
from auditbook.codebook.quarter import AuditId
from auditbook.demo.new_audit import make_audit
from auditbook.demo.new_project import OF_ONE_PARTNERSHIP, make_project, start_project
from auditbook.pages.contents import pages_of
from auditbook.pages.listings import LIST_FILE
from auditbook.project import MADE_BY_A_RUN, Project
from auditbook.validation.problems import WrongUsage

NAMES = ("book", "our audits", "Ünsere Prüfungen (2026) [live]", "it's $HOME; `ls`")


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_next_can_be_pasted_into_a_shell(tmp_path, name):
    said = CliRunner().invoke(app, ["init", str(tmp_path / name)]).output
    step = said[said.index("cd ") : said.index(", then auditbook new")]
    assert shlex.split(step) == ["cd", str(tmp_path / name)]
    there = subprocess.run(["sh", "-c", f"{step} && pwd"], capture_output=True, text=True, check=True)
    assert there.stdout.strip() == str(tmp_path / name)


def test_where_somebody_is_already_nobody_is_sent(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "Next: auditbook new 2025-26-Q1" in CliRunner().invoke(app, ["init", "."]).output


def test_a_new_project_holds_no_page_that_a_run_made(tmp_path):
    make_project(tmp_path / "new")
    book = tmp_path / "new" / "book"
    assert [name for name in MADE_BY_A_RUN if (book / name).exists()] == []
    assert sorted(path.name for path in book.iterdir() if path.is_file()) == ["brand.yml", "index.md"]
    assert list((tmp_path / "new" / "data" / "audits").iterdir()) == []


@pytest.mark.parametrize("written", [0, 1, 7, 30])
def test_a_start_that_was_killed_can_be_said_again(tmp_path, monkeypatch, written):
    write_bytes, done = Path.write_bytes, []

    def write(path, content):
        done.append(path)
        if len(done) > written:
            write_bytes(path, b"half")
            raise KeyboardInterrupt
        return write_bytes(path, content)

    make_project(tmp_path / "whole")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", write)
        with pytest.raises(KeyboardInterrupt):
            make_project(tmp_path / "killed")
    make_project(tmp_path / "killed")
    assert files_of(tmp_path / "killed") == files_of(tmp_path / "whole")


def test_a_folder_that_holds_something_is_left_alone_and_named(tmp_path):
    (tmp_path / "letter.docx").write_text("mine")
    (tmp_path / ".DS_Store").write_text("")
    with pytest.raises(WrongUsage, match="holds letter.docx; name a folder that is empty, or not there yet"):
        make_project(tmp_path)
    with pytest.raises(WrongUsage, match="is a file; name a folder"):
        make_project(tmp_path / "letter.docx")
    make_project(tmp_path / "new")
    with pytest.raises(WrongUsage, match="holds .auditbook, .gitattributes, .*README.md, _config.yml, .*in all"):
        make_project(tmp_path / "new")


def test_what_systems_leave_behind_is_nothing(tmp_path):
    (tmp_path / ".DS_Store").write_text("")
    assert check_audits(make_project(tmp_path), None) == (0, [])


@pytest.mark.parametrize("collection", ["live", "published", "synthetic"])
def test_every_page_written_for_a_first_audit_is_in_the_contents(tmp_path, collection):
    """Else the build warns of pages that nobody but itself wrote."""
    project = make_project(tmp_path)
    settings = make_audit(project, AuditId.read("2025-26-Q1")) / "audit.yml"
    settings.write_text(settings.read_text().replace("collection: live", f"collection: {collection}"))
    pages = pages_of(book_parts(project, store_of(project), shown(project)))
    made = generated_files(project, store_of(project), shown(project))
    names = [project.name_of(path) for path in made if path.suffix == ".md"]
    assert [name for name in names if name != LIST_FILE and name.removesuffix(".md") not in pages] == []


def git(folder: Path, *words: str) -> subprocess.CompletedProcess:
    """Git as a stranger to this machine's settings."""
    settings = ("-c", "user.name=Analyst", "-c", "user.email=analyst@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", "-C", folder, *settings, *words], capture_output=True, text=True)


def with_command(folder: Path) -> None:
    """The project's own environment, as its README sets it up: here a link to the command that is tested."""
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "auditbook").symlink_to(Path(sys.executable).with_name("auditbook"))


def test_its_hook_lets_everything_through_but_data_of_a_live_audit(tmp_path):
    folder = make_project(tmp_path / "our audits").root
    git(folder, "init", "--quiet")
    git(folder, "config", "core.hooksPath", ".githooks")
    git(folder, "add", "--all")
    unchecked = git(folder, "commit", "--message", "Begin")
    assert unchecked.returncode and "auditbook was not found" in unchecked.stderr
    with_command(folder)
    assert git(folder, "commit", "--message", "Begin").returncode == 0
    make_audit(Project.find(folder), AuditId.read("2025-26-Q1"))
    git(folder, "add", "--all", "--force", "data")
    refused = git(folder, "commit", "--message", "Everything")
    assert refused.returncode and "data/audits/2025-26-Q1: git tracks this, and it is live data." in refused.stderr
    git(folder, "reset", "--quiet")
    git(folder, "commit", "--allow-empty", "--message", "Nothing live")
    assert git(folder, "log", "--format=%s").stdout.split("\n")[0] == "Nothing live"


@pytest.mark.parametrize(
    ("given", "words", "passed_over"),
    [
        ({}, "Git passes over `data/audits/`", True),
        ({"collection": "published"}, "so git takes `data/audits/` along", False),
        ({"uses_git": False}, "`workbench/` holds true rows; so does `data/audits/`, and", None),
    ],
)
def test_its_readme_says_what_git_passes_over(tmp_path, given, words, passed_over):
    folder = make_project(tmp_path / "new", **given).root
    assert words in (folder / "README.md").read_text("utf-8")
    if passed_over is None:
        assert not list(folder.glob(".git*")) and not (folder / "azure-pipelines.yml").exists()
    else:
        assert ("data/audits/" in (folder / ".gitignore").read_text("utf-8").splitlines()) is passed_over


def test_its_checks_by_machine_run_what_the_readme_says(tmp_path):
    """What the three services run, held against the commands that there are."""
    folder = make_project(tmp_path / "new").root
    github = yaml.safe_load((folder / ".github/workflows/auditbook.yml").read_text("utf-8"))
    steps = [step["run"] for step in github["jobs"]["check"]["steps"] if "run" in step]
    gitlab = yaml.safe_load((folder / ".gitlab-ci.yml").read_text("utf-8"))["auditbook"]
    azure = yaml.safe_load((folder / "azure-pipelines.yml").read_text("utf-8"))
    assert [*gitlab["before_script"][1:], *gitlab["script"]] == steps
    assert [step["script"] for step in azure["steps"] if "script" in step] == steps
    ours = [shlex.split(step)[1:] for step in steps if step.startswith("auditbook ")]
    assert [words[0] for words in ours] == ["check", "build", "verify", "scan"]


def test_what_the_machines_run_is_green_in_a_project_without_an_audit(tmp_path):
    """As on a service that sees no live data."""
    folder = make_project(tmp_path / "new", partnership="Oldtown: “Safeguarding” \\ Children").root
    for words in (["check"], ["build"], ["verify"], ["scan", str(folder / "_build/html")]):
        done = CliRunner().invoke(app, ["--project", str(folder), *words])
        assert done.exit_code == 0, done.output


def test_what_the_machines_run_is_green_where_editions_are_and_the_live_audits_are_not(tmp_path):
    """A clone of a project of live audits, on a service or of the next analyst: pages of editions lead to no other."""
    written = a_project(tmp_path / "written")
    publish(written)
    enter_cases(written, yes=14)
    publish(written)
    folder = make_project(tmp_path / "clone").root
    shutil.copytree(written.root / "data/editions", folder / "data/editions")
    shutil.copy(written.root / "data/.last-edition", folder / "data")
    for words in (["check"], ["build"], ["verify"], ["scan", str(folder / "_build/html")]):
        done = CliRunner().invoke(app, ["--project", str(folder), *words])
        assert done.exit_code == 0, done.output
        assert "--withdraw" not in done.output or "Bring them back: git does not keep" in done.output
    assert "Neglect in 2025" in (folder / "book/editions.md").read_text("utf-8")


def test_on_a_terminal_it_asks_what_was_not_given(tmp_path):
    asked = []

    def prompt(question: str, default: str, **_) -> str:
        asked.append(question)
        return "Oldtown" if question.startswith("Partnership") else default

    def confirm(question: str, default: bool) -> bool:
        asked.append(question)
        return False

    start_project(tmp_path / "new", None, None, None, (prompt, confirm))
    assert len(asked) == 3
    assert 'name: "Oldtown"' in (tmp_path / "new/book/brand.yml").read_text("utf-8")
    assert not (tmp_path / "new/.gitignore").exists()
    start_project(tmp_path / "other", "Newtown", "live", True, (prompt, confirm))
    assert len(asked) == 3


def test_on_a_terminal_it_asks_again_after_an_answer_that_cannot_be(tmp_path):
    answers = iter(["j.smith@example.org", "Oldtown", "lives", " live "])
    asked = []

    def prompt(question: str, **_) -> str:
        asked.append(question)
        return next(answers)

    start_project(tmp_path / "new", None, None, False, (prompt, None))
    assert "personal data" in asked[1] and "Nearest: live." in asked[3]
    assert 'name: "Oldtown"' in (tmp_path / "new/book/brand.yml").read_text("utf-8")


def test_a_new_repository_with_its_environment_and_wheels_is_an_empty_folder(tmp_path):
    """So it is when a service made the repository, or the program was installed first."""
    for name in (".git", ".venv", "wheels"):
        (tmp_path / "new" / name).mkdir(parents=True)
        (tmp_path / "new" / name / "mine").write_text("as it was")
    project = make_project(tmp_path / "new")
    assert check_audits(project, None) == (0, [])
    assert {(tmp_path / "new" / name / "mine").read_text() for name in (".git", ".venv", "wheels")} == {"as it was"}


def test_git_takes_the_wheel_of_auditbook_along_and_no_other(tmp_path):
    folder = make_project(tmp_path / "new").root
    git(folder, "init", "--quiet")
    (folder / "wheels").mkdir()
    for name in ("auditbook-0.2.0-py3-none-any.whl", "pandas-3.1.1-cp313-cp313-win_amd64.whl"):
        (folder / "wheels" / name).write_bytes(b"")
    git(folder, "add", "--all")
    tracked = git(folder, "ls-files", "wheels").stdout.split()
    assert tracked == ["wheels/auditbook-0.2.0-py3-none-any.whl"]


def test_a_new_project_has_no_agency_of_somebody_elses_partnership(tmp_path):
    """The list that ships holds those of the published audit, too."""
    ours = (ROOT / "data/codebook/agencies.csv").read_text("utf-8").splitlines()
    theirs = (make_project(tmp_path / "new").root / "data/codebook/agencies.csv").read_text("utf-8").splitlines()
    left_out = [line.partition(",")[0] for line in ours if line not in theirs]
    assert set(theirs) < set(ours) and sorted(left_out) == sorted(OF_ONE_PARTNERSHIP)
    assert [line for line in theirs if "Sandwell" in line or "West Midlands" in line] == []


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"collection": "lives"}, '"lives" is no collection; there are live, published, synthetic. Nearest: live.'),
        ({"partnership": "Ask j.smith@example.org"}, "the partnership's name holds what looks like personal data"),
    ],
)
def test_what_a_project_cannot_be_is_refused_before_anything_is_written(tmp_path, given, problem):
    with pytest.raises(WrongUsage, match=re.escape(problem)):
        make_project(tmp_path / "new", **given)
    assert not (tmp_path / "new").exists()


def test_every_note_of_its_brand_can_be_taken_up_as_it_stands(tmp_path):
    project = make_project(tmp_path / "new", "Oldtown")
    path = project.root / "book/brand.yml"
    first, *lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(line.removeprefix("# ") for line in lines if "logo" not in line), "utf-8")
    brand = read_brand(project)
    assert (brand.name, brand.colour, brand.website) == ("Oldtown", "#12436d", "https://example.org/audits")
    assert {key for key in Brand.model_fields if f"{key}:" in "\n".join(lines)} == set(Brand.model_fields)
