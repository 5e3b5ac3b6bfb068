"""What is taken out of the book is gone from the site too, whatever kind of file it was."""

import shutil

import pytest
from book_project import a_copy, a_small_project, build, change, the_site, without_long_pages

from auditbook.project import Project

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
TAKEN_AWAY = "2021-22-Q2"


@pytest.fixture(scope="module")
def small_book(tmp_path_factory) -> Project:
    project = a_small_project(tmp_path_factory.mktemp("small"))
    (project.root / "book" / "extra").mkdir()
    change(project.root / "_config.yml", "html_static_path:", "html_extra_path: [book/extra]\n    html_static_path:")
    assert build(project).problems == ()
    return project


def put_in(project: Project) -> None:
    """A picture, a file to download, one beside the styles and one at the top of the site."""
    book = project.root / "book"
    for name in ("about/taken.svg", "about/taken.csv", "_static/logos/taken.svg", "extra/taken.txt"):
        (book / name).parent.mkdir(exist_ok=True)
        (book / name).write_text(PICTURE)
    change(
        book / "about" / "glossary.md", "# Glossary\n", "# Glossary\n\n![Taken](taken.svg) {download}`x <taken.csv>`\n"
    )


def take_out(project: Project) -> None:
    book = project.root / "book"
    change(book / "about" / "glossary.md", "\n\n![Taken](taken.svg) {download}`x <taken.csv>`\n", "\n")
    for path in list(book.rglob("taken.*")):
        path.unlink()


def taken(project: Project) -> list[str]:
    """The files called so in the site, their folders without checksums."""
    found = [name.split("/") for name in the_site(project) if "taken" in name]
    return sorted("/".join((parts[0], *parts[-1:])) if len(parts) > 1 else parts[0] for parts in found)


@pytest.mark.parametrize("is_remembered", [True, False])
def test_a_file_that_is_taken_out_of_the_book_is_taken_out_of_the_site(small_book, is_remembered):
    before = the_site(small_book)
    put_in(small_book)
    assert build(small_book).problems == ()
    assert taken(small_book) == ["_downloads/taken.csv", "_images/taken.svg", "_static/taken.svg", "taken.txt"]
    take_out(small_book)
    if not is_remembered:  # as after a build that failed, when Sphinx reads everything again
        [memory] = (small_book.root / "_build" / "work").rglob("environment.pickle")
        memory.unlink()
    assert build(small_book).problems == ()
    assert taken(small_book) == []
    assert the_site(small_book) == before


def test_nothing_of_an_audit_that_is_taken_away_stays_in_the_site(tmp_path):
    project = a_copy(tmp_path)
    (project.data / "pooled.yml").unlink()
    shutil.rmtree(project.data / "editions")  # which would name what was published once
    (project.data / ".last-edition").unlink()
    for name in ("2020-21-Q4", "2021-22-Q3", "2021-22-Q4"):
        shutil.rmtree(project.audits / name)
    without_long_pages(project)
    assert build(project).problems == ()
    assert any(f"{TAKEN_AWAY}/downloads/" in name for name in the_site(project))
    own = project.root / "book" / "audits" / TAKEN_AWAY / "notes.md"
    own.write_text("# What somebody wrote among the pages of a run\n")
    shutil.rmtree(project.audits / TAKEN_AWAY)
    built = build(project)
    assert built.problems == ()
    assert [each for each in built.warnings if TAKEN_AWAY in each] == [
        f"book/audits/{TAKEN_AWAY}: this is not in the book. Delete it, or move what you wrote yourself."
    ]
    assert list(own.parent.iterdir()) == [own]
    for folder in ("downloads",):
        assert [path for path in (project.root / "_build" / folder).iterdir() if TAKEN_AWAY in path.name] == []
    site = project.root / "_build" / "html"
    assert [path for path in site.rglob("*") if TAKEN_AWAY in path.as_posix()] == []
    telling = [name for name in the_site(project) if TAKEN_AWAY.encode() in (site / name).read_bytes()]
    examples = ["book/about/how-release-works.html"]  # with ids of its own
    assert sorted(telling) == examples
