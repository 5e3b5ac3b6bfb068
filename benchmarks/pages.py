"""Our way with the pages alone, as Papermill's loop makes them: read, count, release, execute.

Usage: pages.py PROJECT
"""

import shutil
import sys
from pathlib import Path

from auditbook.build.pages import planned_pages, run_pages
from auditbook.build.prepared import prepared_audits
from auditbook.engine.workers import start_early
from auditbook.project import Project

PROCESSES = 2

if __name__ == "__main__":
    start_early()
    project = Project.find(Path(sys.argv[1]))
    shutil.rmtree(project.root / "_build" / "prepared", ignore_errors=True)
    released = [each.released for each in prepared_audits(project, None, PROCESSES)]
    results = list(run_pages(project, planned_pages(project, released, None), PROCESSES, is_forced=True))
    failed = [result.problem for result in results if result.state != "run"]
    if failed:
        sys.exit("\n".join(failed))
