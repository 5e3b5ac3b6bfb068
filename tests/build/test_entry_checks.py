"""What a command refuses before it reads anything."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from builders import a_case, write_project

from auditbook.build.entry_checks import LiveDataTracked, check_entries, refuse_tracked
from auditbook.project import Project
from auditbook.validation.problems import InputRefused

AUDIT = "data/audits/2021-22-Q1"
DEVICE = "this is a link or a device, not a file or folder of its own; put the file itself here. [F11]"
PLACES = (
    "_config.yml",
    "book/brand.yml",
    "book/templates/briefing.docx",
    "book/about/method.md",
    "book/_static/logo.png",
    "data/pooled.yml",
    "data/codebook/phrases.csv",
    "data/codebook/code_sets/sex.csv",
    "data/editions/0001.json",
    "notebooks/grades.ipynb",
    f"{AUDIT}/cases.csv",
    f"{AUDIT}/briefing.md",
    f"{AUDIT}/audit.yml",
    f"{AUDIT}/returns/police.xlsx",
)
READING = (
    ("check",),
    ("run",),
    ("build",),
    ("publish",),
    ("verify",),
    ("measures", "2021-22-Q1"),
    ("briefing", "2021-22-Q1"),
    ("actions",),
    ("tool", "2021-22-Q1"),
    ("import", "2021-22-Q1"),
    ("chase", "2021-22-Q1"),
    ("workbench", "2021-22-Q1"),
    ("scan", "."),
)


@pytest.fixture
def project(tmp_path) -> Project:
    return write_project(tmp_path, a_case("A1"), collection="live")


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # an address of a socket is short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def a_link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def put(project: Project, name: str, make) -> None:
    path = project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)


@pytest.mark.parametrize("make", [a_pipe, a_socket, a_link_to_a_device])
@pytest.mark.parametrize("name", PLACES)
def test_what_is_no_file_is_refused_wherever_one_belongs(name, make, project):
    put(project, name, make)
    with pytest.raises(InputRefused) as refused:
        check_entries(project)
    assert str(refused.value) == f"{name}: {DEVICE}"


@pytest.mark.parametrize("name", ["data/pooled.yml", "book/brand.yml"])
def test_a_folder_is_refused_in_place_of_a_file_that_need_not_be_there(name, project):
    put(project, name, Path.mkdir)
    with pytest.raises(InputRefused, match=rf"{name}: no such folder belongs here\. \[F01\]"):
        check_entries(project)


def test_what_systems_leave_behind_and_links_that_lead_nowhere_are_no_devices(project):
    put(project, f"{AUDIT}/.DS_Store", a_pipe)
    put(project, "book/_static/old.png", lambda path: path.symlink_to("nowhere"))
    check_entries(project)


def auditbook(project: Project, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", "from auditbook.cli import main; main()", "--project", str(project.root)]
    return subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=60)


def a_repository(project: Project) -> None:
    subprocess.run(["git", "init", "-q"], cwd=project.root, check=True)


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_every_command_that_reads_is_stopped_at_the_door(command, project, monkeypatch):
    """By what git would track: a command that is stopped by that has opened nothing, so no pipe either."""
    from auditbook import cli

    a_repository(project)
    monkeypatch.setattr(sys, "argv", ["auditbook", "--project", str(project.root), *command])
    monkeypatch.setattr(cli.atexit, "register", lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 11
    assert not (project.root / "_build").exists()


def test_a_pipe_is_told_in_one_line_and_never_waited_for(project):
    put(project, "data/pooled.yml", a_pipe)
    done = auditbook(project, "build")
    assert done.returncode == 10 and done.stderr.startswith(f"data/pooled.yml: {DEVICE}")


def test_clean_works_in_any_state(project):
    a_repository(project)
    put(project, "data/pooled.yml", a_pipe)
    assert auditbook(project, "clean").returncode == 0


@pytest.mark.parametrize(
    "remit",
    [
        '"Plans.\ncollection: synthetic\n"',
        "'Plans.\ncollection: published'",
        '"Plans.\n\ncollection: published # as it was\n\n"',
    ],
)
def test_a_line_of_a_text_does_not_say_which_collection_it_is(remit, project):
    """At the beginning of a line, and yet part of what is quoted."""
    path = project.audits / "2021-22-Q1" / "audit.yml"
    path.write_text(f"title: T\nremit: {remit}\ncollection: live\n")
    a_repository(project)
    with pytest.raises(LiveDataTracked):
        refuse_tracked(project)


@pytest.mark.parametrize("collection", ["synthetic", "'published'", "PUBLISHED", "ｓｙｎｔｈｅｔｉｃ"])
def test_other_collections_are_known_however_they_are_written(collection, project):
    (project.audits / "2021-22-Q1" / "audit.yml").write_text(f"title: T\ncollection: {collection}\n")
    a_repository(project)
    refuse_tracked(project)


@pytest.mark.parametrize(
    "name", ["aux.md", "Con", "lpt1.ipynb", "notes: part 1.md", "what?.md", "ends. ", "ends.", "a|b.md"]
)
@pytest.mark.parametrize("folder", ["book/guide", "notebooks"])
def test_a_name_that_windows_cannot_hold_is_refused(project, folder, name):
    path = project.root / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("")
    with pytest.raises(InputRefused, match="Windows can hold no file of this name; choose one without") as refused:
        check_entries(project)
    assert [str(each.place) for each in refused.value.refusals] == [f"{folder}/{name}".strip()]


@pytest.mark.parametrize("name", ["auxiliary.md", "con-text.md", "Prüfung 1.md", ".gitkeep", "com.md", "a.b.md"])
def test_other_names_are_fine(project, name):
    (project.root / "book" / name).write_text("")
    check_entries(project)
