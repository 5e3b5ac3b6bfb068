"""What an earlier build made and this one does not is taken away; what nobody noted as made stays, and is told."""

from pathlib import Path

import pytest
from projects import store_of

from auditbook.build.orphaned_outputs import remove_orphaned_outputs, unlisted_pages
from auditbook.project import Project

OLD, KEPT = "book/audits/2021-22-Q1/grades.ipynb", "book/themes/live/voice.md"
REGISTER = "book/recommendations-demonstration.md"
OTHERS = ("book/about/release.md", "book/index.md", "data/audits/2021-22-Q1/audit.yml", "_config.yml")


@pytest.fixture
def project(tmp_path) -> Project:
    for name in (OLD, KEPT, REGISTER, *OTHERS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text")
    return Project(tmp_path, tmp_path / "data")


def files(project: Project) -> set[str]:
    """The project's files, `_build` apart."""
    paths = [path for path in project.root.rglob("*") if path.is_file()]
    return {name for name in map(project.name_of, paths) if not name.startswith("_build")}


def made(project: Project, *names: str) -> None:
    remove_orphaned_outputs(project, store_of(project), [project.root / name for name in names])


def noted(project: Project) -> Path:
    [note] = (project.root / "_build").rglob("outputs")
    return note


def test_what_a_build_made_and_the_next_does_not_goes_with_its_folder(project):
    made(project, OLD, KEPT, REGISTER, "_toc.yml")
    assert OLD in files(project)
    made(project, KEPT)
    assert files(project) == {KEPT, *OTHERS}
    assert not (project.root / "book" / "audits").exists() and (project.root / "book").is_dir()


def test_what_no_build_noted_stays(project):
    made(project, KEPT)
    made(project, KEPT)
    assert files(project) == {OLD, KEPT, REGISTER, *OTHERS}


@pytest.mark.parametrize("content", ["", "{", "1", "[[1]]", '{"book/audits/2021-22-Q1/grades.ipynb": 1}'])
def test_notes_that_cannot_be_read_name_nothing(project, content):
    made(project, OLD, KEPT)
    noted(project).write_text(content)
    made(project, KEPT)
    assert OLD in files(project)


def test_notes_never_lead_out_of_the_folders_of_a_run(project):
    made(project, KEPT)
    elsewhere = [*OTHERS, "book/audits/../about/release.md", "../x.md", str(project.root / "book" / "index.md")]
    store_of(project).note("outputs", list[str], [OLD, *elsewhere])
    made(project, KEPT)
    assert files(project) == {KEPT, REGISTER, *OTHERS}


def test_a_page_among_those_of_a_run_that_is_not_in_the_book_is_told_once_a_folder(project):
    (project.root / OLD).with_name("about.md").touch()
    (project.root / KEPT).with_name("mine.md").touch()
    (project.root / "book/audits/list.md").touch()
    (project.root / "book/themes/live/.ipynb_checkpoints").mkdir()
    (project.root / "book/themes/live/.ipynb_checkpoints/voice.md").touch()
    assert [each.partition(":")[0] for each in unlisted_pages(project, [KEPT.removesuffix(".md")])] == [
        "book/audits/2021-22-Q1",
        "book/themes/live/mine.md",
    ]
