"""What an edit of a briefing needs is imported without what only counting needs: pandas takes a third of a second."""

import subprocess
import sys


def imported_by(*modules: str) -> set[str]:
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_a_run_and_a_build_begin_without_pandas():
    found = imported_by("auditbook.cli", "auditbook.build.run", "auditbook.build.book")
    assert "auditbook.leaks.scan" in found
    assert not found & {"pandas", "numpy", "matplotlib", "papermill"}


def test_help_is_shown_without_reading_any_data():
    assert not imported_by("auditbook.cli") & {"pydantic", "yaml", "pandas", "auditbook.evidence.audit"}
