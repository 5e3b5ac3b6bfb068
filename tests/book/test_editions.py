"""A draft becomes an edition and says so; a withdrawn audit leaves its site, and what others say of it still builds."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess

import command_line
import pytest
from book_project import without_long_pages
from bs4 import BeautifulSoup
from editions_made import AUDIT, OTHER, enter_cases, write_briefing

from auditbook.build.publication import Publication, book_standing
from auditbook.build.shown import read_and_release
from auditbook.codebook.quarter import AuditId
from auditbook.demo.new_audit import Open, make_audit
from auditbook.demo.new_project import make_project
from auditbook.engine.store import Store
from auditbook.project import Project
from auditbook.reading.wording import day
from auditbook.validation.dates import ShortDate

DRAFT = "Draft: not published."
BEGUN = "2031-32-Q1"
"""An audit that nobody has published."""


def auditbook(project: Project, *arguments: str) -> CompletedProcess:
    return command_line.auditbook("--project", str(project.root), *arguments)


def done(project: Project, *arguments: str) -> str:
    made = auditbook(project, *arguments)
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout.splitlines()[-1]


def pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every page but the one that only leads to the front page."""
    paths = [path for path in sorted(site.rglob("*.html")) if path != site / "index.html"]
    return {path.relative_to(site).as_posix(): BeautifulSoup(path.read_text("utf-8"), "lxml") for path in paths}


def marked(site: Path) -> list[str]:
    """The pages that say that they are a draft, to readers and to search engines."""
    found = []
    for name, page in pages(site).items():
        banner, [footer] = page.select("aside.ab-draft"), page.select("footer.ab-footer p")
        told = {bool(banner), "Draft" in footer.get_text(), bool(page.select('meta[name="robots"]'))}
        assert len(told) == 1, name
        if banner:
            assert DRAFT in banner[0].get_text()
            found.append(name)
    return found


def plain_text(site: Path, audit: str = AUDIT) -> str:
    return (site / f"book/audits/{audit}/downloads/{audit}-briefing.txt").read_text("utf-8")


@pytest.fixture
def project(tmp_path) -> Project:
    """A new project with two audits, of which the second follows up what the first recommended.

    Without templates and long pages: a draft is marked in every page's frame.
    """
    made = make_project(tmp_path / "book")
    without_long_pages(made)
    for template in (made.root / "notebooks").glob("*.ipynb"):
        template.unlink()
    make_audit(made, AuditId.read(AUDIT), title="Neglect", remit="What was seen?")
    enter_cases(made, yes=8)
    rows = "recommendation,text,owner,status\n1,Use the tool.,police,planned\n"
    (made.audits / AUDIT / "recommendations.csv").write_text(rows)
    earlier = Open(AuditId.read(AUDIT), {"recommendation": "1", "text": "Use the tool."}, "planned")
    make_audit(made, AuditId.read(OTHER), title="Neglect again", remit="What became of it?", followed=[earlier])
    write_briefing(made, AUDIT)
    write_briefing(made, OTHER)
    return made


def test_a_draft_becomes_an_edition_and_an_audit_is_withdrawn_from_it(project, tmp_path):
    site, web = project.root / "_build" / "html", tmp_path / "web"
    assert "It is a draft" in done(project, "build")
    assert marked(site) == list(pages(site)) and not (site / "edition.json").exists()
    assert DRAFT in plain_text(site)

    assert done(project, "publish", "--to", str(web), "--by", "Business unit").startswith("Edition 1, published ")
    assert marked(web) == marked(site) == [] and json.loads((web / "edition.json").read_text())["edition"] == 1
    assert all("Edition 1, published" in page.get_text() for page in pages(web).values())
    assert DRAFT not in plain_text(web) + plain_text(web, OTHER)
    assert not list(tmp_path.glob("web.*"))

    enter_cases(project, yes=8, no=1)
    built = auditbook(project, "build")
    assert built.returncode == 0 and "would refuse this" in built.stderr
    assert DRAFT in plain_text(site) and DRAFT not in plain_text(site, OTHER), "the other is as it was published"
    refused = auditbook(project, "publish", "--to", str(web))
    assert refused.returncode == 11 and f"--withdraw {AUDIT}" in refused.stderr
    assert json.loads((web / "edition.json").read_text())["edition"] == 1

    begun = make_audit(project, AuditId.read(BEGUN), title="Begun")
    (begun / "cases.csv").write_text("case,scope\nC1,nowhere\n")
    refused = auditbook(project, "publish", "--to", str(web), "--withdraw", AUDIT)
    assert refused.returncode == 10 and BEGUN in refused.stderr
    assert refused.stderr.splitlines()[-1].startswith(
        "Nothing is withdrawn yet. To do it at once, move each other audit"
    )
    begun.rename(tmp_path / BEGUN)
    assert done(project, "publish", "--to", str(web), "--withdraw", AUDIT).startswith("Edition 2, published ")
    left = [path.name for path in (web / "book/audits" / AUDIT).rglob("*")]
    assert left == ["briefing.html"]
    page = pages(web)[f"book/audits/{AUDIT}/briefing.html"]
    assert "Withdrawn: Neglect" in page.select("h1")[0].get_text()
    shutil.rmtree(project.audits / AUDIT)  # nothing follows it any more either
    (project.audits / OTHER / "recommendations.csv").write_text("recommendation,text\n1,Use the tool.\n")
    done(project, "build")


def words_of(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def read_by_anybody(site: Path) -> str:
    """Every word of a site's pages and of its files to take away, with where its links lead."""
    told = [path.read_text("utf-8") for kind in ("txt", "csv", "json") for path in site.rglob(f"downloads/*.{kind}")]
    for page in pages(site).values():
        told += [link.get("href", "") for link in page.select("a")]
        for inline in page.select("a, strong, em, code, span"):
            inline.unwrap()
        page.smooth()
        told.append(page.get_text(" "))
    return " \n ".join(map(words_of, told))


def texts_in(found: object, name: str = "") -> Iterator[str]:
    if isinstance(found, dict):
        for key, value in found.items():
            yield from texts_in(value, key)
    elif isinstance(found, list):
        for value in found:
            yield from texts_in(value, name)
    elif isinstance(found, str) and name != "left_out":
        yield day(ShortDate.read(found)) if name in ("due", "status_date") else found


def test_an_edition_holds_no_text_that_its_site_does_not_say(site):
    project = Project.find(site.folder)
    store = Store(project.root / "_build")
    shown = read_and_release(project, store, None)
    edition = book_standing(project, store, shown, Publication(date(2026, 1, 5))).current
    said, read = read_by_anybody(site.folder), 0
    for part in (edition.codebook, *(each.texts for each in edition.audits.values())):
        texts = {words_of(text) for text in texts_in(part)}
        assert [text for text in texts if text not in said] == []
        read += len(texts)
    assert len(edition.audits) == 6 and read > 1500


def test_what_is_for_the_business_unit_lies_in_a_folder_of_its_own(project):
    path = project.audits / AUDIT / "audit.yml"
    path.write_text(path.read_text().replace("profile: strict", "profile: internal"))
    refused = auditbook(project, "build")
    assert refused.returncode == 11 and "auditbook build --profile internal" in refused.stderr
    told = done(project, "build", "--profile", "internal")
    assert told == "The book is in _build/internal/html/index.html. It is for the business unit, and never published."
    build = project.root / "_build"
    assert (build / "internal/html/index.html").is_file() and not (build / "html").exists()
