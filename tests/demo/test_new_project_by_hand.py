"""`auditbook init`: a whole project, nothing of this repository's audits, and a start that can be said again."""

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from projects import shown, store_of
from typer.testing import CliRunner

from auditbook.build.check import check_audits
from auditbook.build.generated import book_parts, generated_files
from auditbook.cli import app
from auditbook.codebook.quarter import AuditId
from auditbook.demo.new_project import make_audit, make_project
from auditbook.pages.contents import pages_of
from auditbook.pages.listings import LIST_FILE
from auditbook.project import MADE_BY_A_RUN
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


def test_a_new_project_holds_no_page_that_a_run_made(tmp_path):
    make_project(tmp_path / "new")
    book = tmp_path / "new" / "book"
    assert [name for name in MADE_BY_A_RUN if (book / name).exists()] == []
    assert sorted(path.name for path in book.iterdir() if path.is_file()) == ["index.md"]
    assert list((tmp_path / "new" / "data" / "audits").iterdir()) == []


@pytest.mark.parametrize("copied", [0, 1, 7, 30])
def test_a_start_that_was_killed_can_be_said_again(tmp_path, monkeypatch, copied):
    copyfile, done = shutil.copyfile, []

    def copy(source, target, **options):
        done.append(target)
        if len(done) > copied:
            Path(target).write_text("half")
            raise KeyboardInterrupt
        return copyfile(source, target, **options)

    make_project(tmp_path / "whole")
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", copy)
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
    with pytest.raises(WrongUsage, match="holds .gitignore, _config.yml, book, data, notebooks"):
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
