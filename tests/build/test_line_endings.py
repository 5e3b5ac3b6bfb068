"""A project whose every file an editor of Windows saved: figures, briefing and pages are those of its neighbour."""

from pathlib import Path

from projects import AUDIT, shown, small_project

from auditbook.project import Project

TEXTS = (".csv", ".yml", ".md")


def saved_on_windows(project: Project) -> Project:
    paths = [path for path in project.root.rglob("*") if path.suffix in TEXTS]
    for path in paths:
        path.write_bytes(b"\xef\xbb\xbf" * (path.suffix == ".csv") + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(paths) > 10
    return project


def test_line_endings_and_byte_order_marks_of_windows_change_nothing(tmp_path: Path):
    here, there = small_project(tmp_path / "here"), saved_on_windows(small_project(tmp_path / "there"))
    [ours], [theirs] = shown(here).audits, shown(there).audits
    assert theirs.released.as_json() == ours.released.as_json()
    assert theirs.files == ours.files and AUDIT in str(ours.released.audit_id)
