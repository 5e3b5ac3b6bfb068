"""`auditbook upgrade`: what is new comes in, what a project changed stays; where both cannot stand, both are kept."""

import json
import os
import re
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auditbook import __version__
from auditbook.build.check import check_audits
from auditbook.cli import app
from auditbook.codebook.quarter import AuditId
from auditbook.demo import upgrade as upgrading
from auditbook.demo.merge_base import FIRST_RELEASE, MERGE_BASE_FILE, merge_base_archive, read_merge_base
from auditbook.demo.new_audit import make_audit
from auditbook.demo.new_project import make_project
from auditbook.demo.three_way import merged, merged_items
from auditbook.demo.upgrade import SET_ASIDE, format_upgrade, plan_upgrade, take_upgrade
from auditbook.project import Project
from auditbook.validation.problems import InputRefused, WrongUsage

GUIDE, NOTEBOOK, SEX = "book/guide/a-quarter.md", "notebooks/trends.ipynb", "data/codebook/code_sets/sex.csv"


def began_with(project: Project, **files: bytes | None) -> Project:
    """The project as if an older version had begun it, with these contents of files, and nobody had changed them."""
    answers, contents = read_merge_base(project)
    for name, content in files.items():
        contents.pop(name, None)
        (project.root / name).unlink(missing_ok=True)
        if content is not None:
            contents[name] = content
            (project.root / name).write_bytes(content)
    (project.root / MERGE_BASE_FILE).write_bytes(merge_base_archive(answers, contents))
    return project


def first_project(folder: Path) -> Project:
    """A project as `init` of 0.1.0 made it, which kept no record of it."""
    with zipfile.ZipFile(FIRST_RELEASE) as archive:
        archive.extractall(folder)
    (folder / "answers.json").unlink()
    (folder / "data" / "audits").mkdir()
    return Project.find(folder)


def files_of(project: Project) -> dict[str, bytes]:
    paths = [path for path in project.root.rglob("*") if path.is_file() and path.suffix != ".lock"]
    return {path.relative_to(project.root).as_posix(): path.read_bytes() for path in paths}


def words_of(project: Project) -> dict[str, str]:
    upgrade = plan_upgrade(project)
    return {change.name: change.words for change in (*upgrade.changes, *upgrade.codebook)}


def test_a_new_project_has_nothing_to_take(tmp_path):
    project = make_project(tmp_path / "new", "Oldtown", uses_git=False)
    assert format_upgrade(plan_upgrade(project), False, False).startswith("Nothing to take")
    before = files_of(project)
    take_upgrade(project, with_codebook=True)
    assert files_of(project) == before


def test_a_project_of_the_first_release_becomes_what_a_new_one_is(tmp_path):
    project = first_project(tmp_path / "old")
    make_audit(project, AuditId.read("2025-26-Q1"))
    audit = files_of(project)
    take_upgrade(project, with_codebook=True)
    now, new = files_of(project), files_of(make_project(tmp_path / "new"))
    kept = {"data/codebook/agencies.csv"}  # rows are offered, and never taken away
    assert {name for name in new if now.get(name) != new[name]} == kept
    assert {name: now[name] for name in audit if name.startswith("data/audits/")} == {
        name: content for name, content in audit.items() if name.startswith("data/audits/")
    }
    assert os.access(project.root / ".githooks/pre-commit", os.X_OK)
    assert check_audits(project, None)[0] == 1


def test_what_the_project_changed_in_a_file_of_the_first_release_stays(tmp_path):
    project = first_project(tmp_path / "old")
    settings = project.root / "_config.yml"
    titled = re.sub("^title: .*$", 'title: "Our own book"', settings.read_text("utf-8"), flags=re.MULTILINE)
    settings.write_text(titled, "utf-8")
    assert words_of(project)["_config.yml"] == "changed; your own changes stay in it"
    take_upgrade(project, with_codebook=False)
    new = (make_project(tmp_path / "new").root / "_config.yml").read_text("utf-8")
    assert settings.read_text("utf-8") == re.sub("^title: .*$", 'title: "Our own book"', new, flags=re.MULTILINE)


def test_nothing_is_written_until_it_is_taken_and_all_is_told(tmp_path):
    project = began_with(make_project(tmp_path / "new"), **{GUIDE: b"# Old\n", SEX: b"code,label\nF,Female\n"})
    before = files_of(project)
    told = CliRunner().invoke(app, ["--project", str(project.root), "upgrade"])
    assert told.exit_code == 0 and files_of(project) == before
    assert f"{GUIDE}: changed; you have not touched it" in told.output
    assert f"{SEX}: new M, Male; " in told.output and "-# Old\n" in told.output
    assert told.output.rstrip().endswith("auditbook upgrade --take --codebook adds the rows of the codebook, too.")
    taken = CliRunner().invoke(app, ["--project", str(project.root), "upgrade", "--take"])
    assert "1 file written" in taken.output and "The codebook is as it was" in taken.output
    assert (project.root / SEX).read_bytes() == before[SEX]
    assert list(words_of(project)) == [SEX], "what was not taken is offered again"


def test_where_both_changed_one_place_ours_stays_and_the_new_one_lies_beside(tmp_path):
    project = began_with(make_project(tmp_path / "new"), **{GUIDE: b"# Old\n"})
    new = make_project(tmp_path / "other").root / GUIDE
    (project.root / GUIDE).write_bytes(b"# Ours\n")
    told = format_upgrade(take_upgrade(project, with_codebook=False), True, False)
    assert (project.root / GUIDE).read_bytes() == b"# Ours\n"
    assert (project.root / SET_ASIDE / GUIDE).read_bytes() == new.read_bytes()
    assert f"{GUIDE}: changed where you changed it too: yours stays" in told and "Put together by hand" in told


@pytest.mark.parametrize(
    ("old", "ours", "words", "left"),
    [
        (b"old", None, "you removed it, so it stays away", None),
        (None, b"ours", "new, and you have a file of this name: yours stays", b"ours"),
    ],
)
def test_what_the_project_removed_or_has_of_its_own_is_left_alone(tmp_path, old, ours, words, left):
    project = began_with(make_project(tmp_path / "new"), **{GUIDE: old})
    path = project.root / GUIDE
    path.unlink(missing_ok=True)
    if ours:
        path.write_bytes(ours)
    assert words_of(project)[GUIDE].startswith(words)
    take_upgrade(project, with_codebook=True)
    assert (path.read_bytes() if path.exists() else None) == left


def test_what_is_no_longer_part_goes_unless_the_project_changed_it(tmp_path):
    old = {"book/guide/gone.md": b"old\n", "book/guide/kept.md": b"old\n"}
    project = began_with(make_project(tmp_path / "new"), **old)
    (project.root / "book/guide/kept.md").write_bytes(b"ours\n")
    take_upgrade(project, with_codebook=False)
    assert not (project.root / "book/guide/gone.md").exists()
    assert (project.root / "book/guide/kept.md").read_bytes() == b"ours\n"


def test_rows_of_the_codebook_come_in_its_own_form_and_no_row_of_ours_is_touched(tmp_path):
    base = b"code,label,group,valid_from,valid_to\nF,Female,,,\nM,Male,,,2020-01-01\n"
    project = began_with(make_project(tmp_path / "new"), **{SEX: base})
    ours = "\ufeffcode;label;group\r\nF;Girl;\r\nX;Of our own;\r\n".encode()
    (project.root / SEX).write_bytes(ours)
    new = (make_project(tmp_path / "other").root / SEX).read_text("utf-8")
    code = next(line.split(",")[0] for line in new.splitlines()[1:] if line[0] not in "FM")
    take_upgrade(project, with_codebook=True)
    lines = (project.root / SEX).read_bytes().decode().split("\r\n")
    assert lines[1:3] == ["F;Girl;", "X;Of our own;"], "changed and added by us; M was removed by us"
    assert [line.split(";")[0] for line in lines[3:] if line] == [code]


def test_a_list_that_is_no_table_is_refused_by_its_line(tmp_path):
    project = began_with(make_project(tmp_path / "new"), **{SEX: b"code,label\nF,Female\n"})
    (project.root / SEX).write_bytes(b'code,label\nF,"Female\n')
    with pytest.raises(InputRefused, match=re.escape(f"{SEX}:2")):
        plan_upgrade(project)


def a_notebook(*sources: str, outputs: list | None = None, ending: str = "\n") -> bytes:
    cells = [
        {"cell_type": "code", "id": source[:8], "metadata": {}, "source": [source], "outputs": outputs or []}
        for source in sources
    ]
    return (json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}) + ending).encode()


def test_a_notebook_takes_new_cells_beside_ours_and_a_run_is_no_change(tmp_path):
    base, new = a_notebook("one", "two", "three"), a_notebook("one", "two", "three, better")
    ran = a_notebook("one", "two", "three", outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}])
    project = began_with(make_project(tmp_path / "new"), **{NOTEBOOK: base})
    (project.root / NOTEBOOK).write_bytes(ran)
    assert words_of(project)[NOTEBOOK] == "changed; you have not touched it"
    cells = json.loads(merged(NOTEBOOK, base, a_notebook("zero", "one", "two", "three"), new))["cells"]
    assert ["".join(cell["source"]) for cell in cells] == ["zero", "one", "two", "three, better"]
    assert merged(NOTEBOOK, base, a_notebook("one", "two", "three, ours"), new) is None
    assert merged(NOTEBOOK, base, b"no notebook", new) is None


def test_line_endings_of_a_checkout_on_windows_are_no_change_and_stay(tmp_path):
    project = began_with(make_project(tmp_path / "new"), **{GUIDE: b"a\nb\nc\nd\n"})
    (project.root / GUIDE).write_bytes(b"a\r\nb\r\nc\r\nd\r\n")
    assert words_of(project)[GUIDE] == "changed; you have not touched it"
    assert merged(GUIDE, b"a\nb\nc\nd\n", b"ours\r\nb\r\nc\r\nd\r\n", b"a\nb\nc\nnew\n") == b"ours\r\nb\r\nc\r\nnew\r\n"


@pytest.mark.parametrize(
    ("ours", "new", "both"),
    [
        ("abcd", "abcd", "abcd"),
        ("Xabcd", "abcdY", "XabcdY"),
        ("acd", "abcdY", "acdY"),
        ("aXcd", "aXcd", "aXcd"),
        ("aXcd", "aYcd", None),
        ("acd", "aYcd", None),
        ("abXcd", "abYcd", None),
        ("aXcd", "abYd", None),
        ("", "abcdY", None),
    ],
)
def test_two_changes_stand_together_unless_they_touch(ours, new, both):
    for first, second in ((ours, new), (new, ours)):
        found = merged_items("abcd", first, second)
        assert (None if found is None else "".join(found)) == both


def test_an_upgrade_that_was_killed_can_be_said_again(tmp_path, monkeypatch):
    project = began_with(make_project(tmp_path / "new"), **{GUIDE: b"# Old\n", "README.md": b"Old\n"})
    whole = files_of(make_project(tmp_path / "whole"))
    real = os.replace

    def killed(source, target):
        real(source, target)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("auditbook.engine.atomic.os.replace", killed)
        with pytest.raises(KeyboardInterrupt):
            take_upgrade(project, with_codebook=False)
    take_upgrade(project, with_codebook=False)
    assert {name: content for name, content in files_of(project).items() if name in whole} == whole


def test_a_project_of_a_newer_version_or_with_a_damaged_record_is_refused_with_the_way_out(tmp_path, monkeypatch):
    project = make_project(tmp_path / "new")
    monkeypatch.setattr(upgrading, "__version__", "0.0.9")
    with pytest.raises(WrongUsage, match=f"this project is of auditbook {__version__}.*install {__version__} or newer"):
        plan_upgrade(project)
    (project.root / MERGE_BASE_FILE).write_bytes(b"no archive")
    with pytest.raises(WrongUsage, match=f"{MERGE_BASE_FILE} cannot be read.*Take it from a backup, or delete it"):
        plan_upgrade(project)


@pytest.mark.parametrize(
    "name", ["../outside.md", "book/../../outside.md", "/outside.md", "C:/outside.md", "..\\outside.md"]
)
def test_a_record_that_leads_out_of_the_project_is_refused_and_nothing_goes(tmp_path, name):
    project = make_project(tmp_path / "new")
    (tmp_path / "outside.md").write_text("mine\n")
    with zipfile.ZipFile(project.root / MERGE_BASE_FILE, "a") as archive:
        archive.writestr(name, "mine\n")
    with pytest.raises(WrongUsage, match=f"{MERGE_BASE_FILE} cannot be read"):
        take_upgrade(project, with_codebook=True)
    assert (tmp_path / "outside.md").exists()


def test_the_codebook_is_taken_with_the_rest_only(tmp_path):
    project = make_project(tmp_path / "new")
    refused = CliRunner().invoke(app, ["--project", str(project.root), "upgrade", "--codebook"])
    assert isinstance(refused.exception, WrongUsage) and "auditbook upgrade --take --codebook" in str(refused.exception)
