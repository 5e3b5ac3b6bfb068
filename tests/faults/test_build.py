"""Builds killed at random moments: the published site is always one whole version or the other."""

import os
import random
import signal
import subprocess
import sys
import time
from hashlib import sha256

import pytest
from book_project import without_long_pages

from auditbook.codebook.quarter import AuditId
from auditbook.demo.new_audit import make_audit
from auditbook.demo.new_project import make_project
from auditbook.project import Project

AUDITBOOK = [sys.executable, "-c", "from auditbook.cli import main; main()"]
KILLS = int(os.environ.get("AUDITBOOK_KILLS", "6"))
"""How many builds are killed; `AUDITBOOK_KILLS=200 make faults` for the long run."""


def build(project: Project, *options: str) -> subprocess.Popen:
    command = [*AUDITBOOK, "--project", str(project.root), "build", *options]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )


def built(project: Project, *options: str) -> str:
    process = build(project, *options)
    told, _ = process.communicate(timeout=300)
    assert process.returncode == 0, told
    return site_of(project)


def site_of(project: Project) -> str:
    """One hash of every file of the published site."""
    site = project.root / "_build/html"
    digest = sha256()
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        digest.update(path.relative_to(site).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    """A new project with one audit and two pages of it, and without long pages."""
    project = make_project(tmp_path_factory.mktemp("killed") / "book")
    for template in (project.root / "notebooks").glob("*.ipynb"):
        if template.stem not in ("case_overview", "recommendations"):
            template.unlink()
    without_long_pages(project)
    make_audit(project, AuditId.read("2025-26-Q1"), "Neglect", "Was it seen early?")
    return project


def test_a_build_killed_at_any_moment_leaves_one_whole_site(project):
    """At moments spread evenly over a build, each at random in its part; each build would publish the other version."""
    briefing = next(project.audits.iterdir()) / "briefing.md"
    versions = [briefing.read_text().replace("## 1 ", f"## 1 Version {name}: ", 1) for name in "ab"]
    sites = []
    for text, options in zip(versions, ([], ["--force"]), strict=True):
        briefing.write_text(text)
        began = time.monotonic()
        sites.append(built(project, *options))
    seconds = time.monotonic() - began
    assert sites[0] != sites[1]
    chance = random.Random(7)
    for number in range(KILLS):
        published = sites.index(site_of(project))
        briefing.write_text(versions[1 - published])
        killed = build(project, "--force")
        time.sleep(seconds * (number + chance.random()) / KILLS)
        os.killpg(killed.pid, signal.SIGKILL)
        killed.communicate()
        assert site_of(project) in sites, f"kill {number + 1}"
    briefing.write_text(versions[0])
    assert built(project) == sites[0]


def test_an_interrupted_build_leaves_the_site_and_says_so(project):
    site = built(project)
    process = build(project, "--force")
    assert process.stdout.readline().startswith("run ")
    os.killpg(process.pid, signal.SIGINT)
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 130 and told.strip().endswith("Stopped. What was published stays as it was.")
    assert site_of(project) == site


def test_a_page_without_its_file_fails_the_build_and_leaves_the_site(project):
    site = built(project)
    page = project.root / "book/about/method.md"
    text = page.read_text()
    page.write_text(f"{text}\n[lost](no-such-page.md)\n")
    for time_of_failure in ("first", "second"):
        process = build(project)
        told, _ = process.communicate(timeout=300)
        assert process.returncode == 1 and "no-such-page" in told, time_of_failure
        assert site_of(project) == site and page.is_file()
    page.write_text(text)
