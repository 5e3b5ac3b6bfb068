"""A book made as on Windows, where every process starts anew: the same bytes, page by page and file by file."""

import os
import subprocess
import sys

from book_project import the_site, without_long_pages

from auditbook.codebook.quarter import AuditId
from auditbook.demo.new_audit import make_audit
from auditbook.demo.new_project import make_project
from auditbook.engine.system import NO_FORK
from auditbook.project import Project

AUDITBOOK = [sys.executable, "-c", "from auditbook.cli import main; main()"]


def built(folder, **environment: str) -> Project:
    project = make_project(folder)
    for template in (project.root / "notebooks").glob("*.ipynb"):  # what remains shows pictures and tables
        if template.stem not in ("case_overview", "agency_involvement"):
            template.unlink()
    without_long_pages(project)
    make_audit(project, AuditId.read("2025-26-Q1"), "Neglect", "Was it seen early?", agencies=["police"])
    command = [*AUDITBOOK, "--project", str(project.root), "build"]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return project


def test_a_book_made_by_processes_that_start_anew_is_the_same(tmp_path):
    forked, started = built(tmp_path / "forked" / "book"), built(tmp_path / "started" / "book", **{NO_FORK: "1"})
    pages = [sorted((each.root / "book" / "audits").rglob("*.ipynb")) for each in (forked, started)]
    assert len(pages[0]) == 2 and [page.read_bytes() for page in pages[0]] == [page.read_bytes() for page in pages[1]]
    assert the_site(forked) == the_site(started)
