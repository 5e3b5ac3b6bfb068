"""Imports that are killed, doubled, out of room or fed hostile files: all or nothing, and the next import completes."""

import cProfile
import re
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from returns.large_workbooks import HOSTILE, long_return, project_of_twenty
from returns.workbooks import ID, asked_project, filled, put_return, return_of, returned_project, tables

from auditbook.build.check import check_audits
from auditbook.project import Project
from auditbook.returns.importing import import_returns
from auditbook.returns.merging import MERGED_FILES

AUDITBOOK = [sys.executable, "-c", "from auditbook.cli import main; main()"]
MEASURED = """
import atexit, re, sys
from pathlib import Path
atexit.register(lambda: print(re.search(r"VmHWM:.*", Path("/proc/self/status").read_text())[0], file=sys.stderr))
from auditbook.cli import main
main()
"""
"""The command, which tells at its end how much memory it had at the most."""
LARGEST = 300
"""Megabytes, for the whole command, to refuse a hostile file. How soon it does is measured by benchmarks/returns.py."""


def auditbook(project: Project, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [*AUDITBOOK, "--project", str(project.root), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def killed_at(project: Project, replacement: int) -> int:
    """Import in a process that is killed when it is about to put this file in its place; how the process ended."""
    script = f"""
    import os, signal, sys
    from pathlib import Path
    from auditbook.returns.importing import import_returns
    from auditbook.project import Project
    from auditbook.codebook.quarter import AuditId
    replace, done = os.replace, []
    def replacing(*paths):
        done.append(paths)
        if len(done) == {replacement}:
            os.kill(os.getpid(), signal.SIGKILL)
        replace(*paths)
    os.replace = replacing
    import_returns(Project.find(Path({str(project.root)!r})), AuditId.read({str(ID)!r}))
    """
    return subprocess.run([sys.executable, "-c", textwrap.dedent(script)], timeout=120).returncode


@pytest.mark.parametrize("replacement", [1, 2, 3])
def test_an_import_killed_between_two_files_is_completed_by_the_next(tmp_path, replacement):
    whole, broken = returned_project(tmp_path / "whole"), returned_project(tmp_path / "broken")
    import_returns(whole, ID)
    before = tables(broken)
    assert killed_at(broken, replacement) == -signal.SIGKILL
    after = tables(broken)
    assert [file for file in MERGED_FILES if after[file] not in (before[file], tables(whole)[file])] == []
    assert [file for file in MERGED_FILES if after[file] != before[file]] == list(MERGED_FILES)[: replacement - 1]
    check_audits(broken, None)
    import_returns(broken, ID)
    assert tables(broken) == tables(whole)
    assert list(broken.data.rglob("*.part")) == []


def test_two_imports_at_once_wait_for_each_other(tmp_path):
    project = returned_project(tmp_path)
    both = [auditbook(project, "import", str(ID)) for _ in range(2)]
    ends = sorted(process.communicate(timeout=120)[0].splitlines()[-1] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert ends[0] == "Everything was there already. Next: auditbook check 2021-22-Q1."
    assert ends[1].startswith("Next: auditbook chase 2021-22-Q1")


def test_a_full_disk_leaves_every_table_as_it_was(tmp_path):
    returned_project(tmp_path / "project")
    disk = tmp_path / "disk"
    disk.mkdir()
    command = f"{AUDITBOOK[0]} -c 'from auditbook.cli import main; main()' --project {disk} import {ID}"
    audit = disk / "data" / "audits" / str(ID)
    script = f"""
    set -e
    mount -t tmpfs -o size=2m tmpfs {disk}
    cp -r {tmp_path}/project/. {disk}/
    sum=$(cat {audit}/*.csv | md5sum)
    mkdir -p {disk}/_build; touch {disk}/_build/auditbook.lock
    dd if=/dev/zero of={disk}/filler bs=1k 2>/dev/null || true
    {command} || echo "exit $?"
    [ "$sum" = "$(cat {audit}/*.csv | md5sum)" ] && [ ! -e {audit}/findings.csv ] && echo unchanged
    rm {disk}/filler
    {command} >/dev/null && [ -e {audit}/findings.csv ] && echo completed
    """
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, timeout=120)
    assert "cannot be written: No space left on device; nothing was written." in done.stderr, done.stderr
    assert done.stdout.split() == ["exit", "1", "unchanged", "completed"]


def test_a_dry_run_writes_nothing_at_all(tmp_path):
    project = returned_project(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))}
    out, _ = (process := auditbook(project, "import", str(ID), "--dry-run")).communicate(timeout=120)
    assert process.returncode == 0
    assert out.splitlines()[-1] == (
        "Nothing was written (--dry-run); auditbook import 2021-22-Q1 writes involvement.csv, findings.csv, grades.csv."
    )
    assert {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))} == before


def work_of_importing(root: Path, findings: int) -> int:
    """How many functions are called to import a return of so many findings."""
    project = project_of_twenty(root)
    put_return(project, long_return(project, findings))
    with cProfile.Profile() as profile:
        imported = import_returns(project, ID)
    assert str(imported.changes["police"]["findings.csv"]) == f"{findings} new"
    return sum(entry.callcount for entry in profile.getstats())


def test_the_work_of_an_import_grows_no_faster_than_its_findings(tmp_path):
    work_of_importing(tmp_path / "warm", 1)  # what is read and kept once is not counted
    few, many = (work_of_importing(tmp_path / str(findings), findings) for findings in (400, 4_000))
    assert many < 10 * few


# Hostile files.


@pytest.mark.parametrize(("make", "rule"), HOSTILE.items())
def test_a_hostile_file_is_refused_in_little_memory(tmp_path, make, rule):
    project = asked_project(tmp_path)
    path = put_return(project, filled(project))
    path.write_bytes(make(path.read_bytes()))
    assert path.stat().st_size < 10_000_000
    command = [sys.executable, "-c", MEASURED, "--project", str(project.root), "import", str(ID)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    err = done.stderr
    assert done.returncode == 10, err
    assert f"[{rule}]" in err
    assert "Traceback" not in err
    assert int(re.search(r"VmHWM:\s+(\d+) kB", err)[1]) / 1024 < LARGEST
    assert tables(project)["findings.csv"] is None


def test_a_folder_of_returns_that_is_a_link_elsewhere_is_not_followed(tmp_path):
    project = returned_project(tmp_path / "project")
    away: Path = tmp_path / "away.xlsx"
    return_of(project.root).rename(away)
    return_of(project.root).symlink_to(away)
    process = auditbook(project, "import", str(ID))
    assert process.communicate(timeout=120)[1].splitlines()[0].endswith("[F11]")
