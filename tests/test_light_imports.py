"""What an edit of a briefing needs is imported without what only counting needs: pandas takes a third of a second."""

import subprocess
import sys
from pathlib import Path

from builders import a_case, write_project


def imported_by(*modules: str) -> set[str]:
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_a_run_and_a_build_begin_without_pandas():
    found = imported_by("auditbook.cli", "auditbook.build.run", "auditbook.build.book")
    assert "auditbook.leaks.scan" in found
    assert not found & {"pandas", "numpy", "matplotlib", "papermill"}


def test_help_is_shown_without_reading_any_data():
    assert not imported_by("auditbook.cli") & {"pydantic", "yaml", "pandas", "auditbook.evidence.audit"}


READ = """
import sys
from pathlib import Path
from auditbook.build.shown import read_and_release
from auditbook.engine.store import Store
from auditbook.project import Project

project = Project.find(Path(sys.argv[1]))
read_and_release(project, Store(project.root / "_build"), None)
print(*sys.modules)
"""


def test_an_edited_briefing_is_put_into_words_without_counting_anything(tmp_path):
    project = write_project(tmp_path, a_case("KW-0417"), release={"profile": "internal"})
    assert "pandas" in imported_in_reading(project.root)
    [briefing] = project.audits.glob("*/briefing.md")
    briefing.write_text(f"{briefing.read_text()}\nA word more.\n")
    found = imported_in_reading(project.root)
    assert "auditbook.briefing.parse" in found
    assert "pandas" not in found


def imported_in_reading(root: Path) -> set[str]:
    done = subprocess.run([sys.executable, "-c", READ, root], capture_output=True, text=True, check=True)
    return set(done.stdout.split())
