"""Our way with the pages alone, as Papermill's loop makes them: read, count, release, execute.

Usage: pages.py PROJECT
"""

import shutil
import sys
from pathlib import Path

from auditbook.build.pages import planned_pages, run_pages
from auditbook.build.shown import read_and_release
from auditbook.engine.store import Store
from auditbook.engine.workers import start_early
from auditbook.project import Project

PROCESSES = 2

if __name__ == "__main__":
    start_early()
    project = Project.find(Path(sys.argv[1]))
    shutil.rmtree(project.root / "_build" / "store", ignore_errors=True)
    store = Store(project.root / "_build")
    shown = read_and_release(project, store, None, PROCESSES)
    results = list(run_pages(project, planned_pages(project, store, shown), PROCESSES))
    failed = [result.problem for result in results if result.state != "run"]
    if failed:
        sys.exit("\n".join(failed))
