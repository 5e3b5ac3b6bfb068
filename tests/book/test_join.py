"""Two partnerships hand over their editions: one book of both, which says what each published and nothing more."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from book_project import a_copy
from bs4 import BeautifulSoup

from auditbook.build.publication import Publication, book_standing, write_record
from auditbook.build.shown import read_and_release
from auditbook.codebook.quarter import AuditId
from auditbook.engine.store import Store
from auditbook.evidence.audit import read_audits
from auditbook.leaks.scan import scan, secrets_of_project
from auditbook.measures.all_measures import audit_measures
from auditbook.project import Project
from auditbook.release.editions import read_editions

STRICT = "2021-22-Q3"
"""An audit of which small numbers are withheld."""
AUDITS = ("2020-21-Q4", "2021-22-Q1", STRICT)
"""Of each partnership: a published one, and two that are made up."""
CASE = "ex3-02"


def a_partnership(folder: Path, name: str) -> Project:
    """Audits of this repository as those of a partnership of this name, with a recorded edition and no site."""
    project = a_copy(folder)
    for path in [path for path in project.audits.iterdir() if path.name not in AUDITS]:
        shutil.rmtree(path)
    shutil.rmtree(project.data / "editions")
    for name_of_file in (".last-edition", "pooled.yml"):
        (project.data / name_of_file).unlink()
    (folder / "book" / "brand.yml").write_text(f"name: {name} Safeguarding Children Partnership\n")
    store = Store(folder / "_build")
    shown = read_and_release(project, store, None)
    write_record(book_standing(project, store, shown, Publication(date(2026, 1, 5))))
    return project


def auditbook(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", "from auditbook.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Two partnerships, of which the second handed over its editions alone, and the joined book."""
    made = tmp_path_factory.mktemp("joined")
    a_partnership(made / "north", "Northshire")
    south = a_partnership(made / "south", "Southshire")
    shutil.copytree(south.data / "editions", made / "from-south")
    done = auditbook(made, "join", "north", "from-south", "--to", "region")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The book of 2 partnerships is in region/_build/html/index.html." in done.stdout
    return made


@pytest.fixture(scope="module")
def pages(folder) -> dict[str, BeautifulSoup]:
    site = folder / "region" / "_build" / "html"
    paths = [path for path in sorted(site.rglob("*.html")) if path != site / "index.html"]
    return {path.relative_to(site).as_posix(): BeautifulSoup(path.read_text("utf-8"), "lxml") for path in paths}


def test_every_audit_of_both_has_its_pages_and_its_figures_as_they_were_published(folder, pages):
    for name, partner in (("north", "northshire"), ("south", "southshire")):
        edition = read_editions(Project.find(folder / name)).last
        for audit, content in edition.audits.items():
            own = f"book/audits/{audit}-{partner}"
            assert {f"{own}/{page}.html" for page in ("briefing", "figures", "about")} <= pages.keys()
            measures = json.loads((folder / "region" / own / "measures.json").read_text("utf-8"))
            assert (measures["audit"], measures["profile"]) == (f"{audit}-{partner}", content.figures["profile"])
            published = {each["id"]: each["value"] for each in content.figures["measures"]}
            assert {each["id"]: each["value"] for each in measures["measures"]} == published


def test_nothing_that_a_partnership_withholds_is_in_the_joined_site(folder, tmp_path):
    """Searched with what only the partnership knows: its rows, and the true numbers behind what is withheld."""
    site = folder / "region" / "_build" / "html"
    for name in ("north", "south"):
        project, seen = Project.find(folder / name), tmp_path / name
        shown = read_and_release(project, Store(project.root / "_build"), None)
        for audit in map(str, shown.ids):  # the search knows an audit's pages by its own id
            shutil.copytree(site / f"book/audits/{audit}-{name}shire", seen / f"book/audits/{audit}")
        for part in ("themes", "agencies", "partners", "trends"):
            shutil.copytree(site / "book" / part, seen / "book" / part)
        secrets = secrets_of_project(project, shown.released)
        assert [str(each) for each in scan(seen, secrets).leaks] == []
        page = seen / f"book/audits/{STRICT}/figures.html"
        before = page.read_text("utf-8")
        for planted in (f"{CASE} was read.", f"Sex: Female: {_females(project)} children."):
            page.write_text(before.replace("</main>", f"<p>{planted}</p></main>"), "utf-8")
            assert scan(seen, secrets).leaks, "the search would have found it"


def _females(project: Project) -> int:
    [audit] = read_audits(project, [AuditId.read(STRICT)])
    return audit_measures(audit)["sex.F"].numerator


def test_no_page_speaks_of_two_partnerships_figures_but_in_a_part_of_each(folder, pages):
    assert any(path.startswith("book/themes/synthetic/") for path in pages)
    for path, page in pages.items():
        figures = [] if path.startswith("book/guide/") else page.select("figure, table")
        words = " ".join(each.get_text(" ") for each in figures)
        assert not ("northshire" in words and "southshire" in words), path


def test_every_page_has_its_own_title_and_its_links_lead_somewhere(folder, pages):
    site = folder / "region" / "_build" / "html"
    titles = [page.title.get_text() for page in pages.values()]
    assert len(titles) == len({*titles}), sorted(each for each in titles if titles.count(each) > 1)
    for path, page in pages.items():
        for link in page.select("a[href]"):
            target = link["href"].partition("#")[0]
            if target and "://" not in target and not target.startswith("mailto:"):
                assert ((site / path).parent / target).resolve().exists(), (path, link["href"])


def test_what_is_made_up_says_so_on_every_page_of_a_joined_book_too(pages):
    for path, page in pages.items():
        if "synthetic-" in path or "/2021-22-Q" in path:
            assert page.select(".ab-synthetic, .ab-note-synthetic") or "Synthetic data" in page.get_text(), path
        elif "2020-21-Q4" in path:
            assert "Synthetic data" not in page.get_text(), path


def test_the_joined_book_is_checked_built_and_joined_again_as_it_is(folder):
    region = folder / "region"
    assert auditbook(region, "check").returncode == 0
    assert "Nothing to do" in auditbook(region, "build").stdout
    again = auditbook(region, "join", "../north")
    assert again.returncode == 0 and " 0 run," in again.stdout and "of 2 partnerships" in again.stdout
    assert auditbook(region, "scan", "_build/html").returncode == 0


def test_what_is_no_edition_ends_with_10_and_a_project_with_audits_with_2(folder):
    (folder / "empty").mkdir()
    refused = auditbook(folder, "join", "empty", "--to", "elsewhere")
    assert refused.returncode == 10 and "[J01]" in refused.stderr and not (folder / "elsewhere").exists()
    own = auditbook(folder, "join", "north", "--to", "south")
    assert own.returncode == 2 and "holds audits of its own" in own.stderr
