"""Runs that are killed, interrupted, doubled, or out of room: what was published stays, and the next run completes."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from projects import AUDIT, contents, small_project, write_template

from auditbook.engine.papermill_run import execute
from auditbook.engine.workers import Work, in_processes
from auditbook.project import Project

AUDITBOOK = [sys.executable, "-c", "from auditbook.cli import main; main()"]
KILLS = int(os.environ.get("AUDITBOOK_KILLS", "8"))
"""How many runs are killed, at moments spread evenly over a run; `AUDITBOOK_KILLS=200 make faults` for the long run."""
INTERRUPTIONS = 4


@pytest.fixture
def project(tmp_path) -> Project:
    project = small_project(tmp_path)
    for name in "abcd":
        write_template(
            project, name, "from auditbook.reading import open_audit\nlen(list(open_audit(quarter, profile)))"
        )
    return project


def start(project: Project, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [*AUDITBOOK, "--project", str(project.root), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(process: subprocess.Popen) -> tuple[int, str]:
    out, err = process.communicate(timeout=120)
    return process.returncode, out + err


def test_a_run_killed_at_any_moment_leaves_whole_files_and_the_next_completes(project):
    assert finish(start(project, "run"))[0] == 0
    whole, began = contents(project), time.monotonic()
    assert finish(start(project, "run", "--force"))[0] == 0
    seconds, chance = time.monotonic() - began, random.Random(5)
    for number in range(KILLS):
        killed = start(project, "run", "--force")
        time.sleep(seconds * (number + chance.random()) / KILLS)
        os.killpg(killed.pid, signal.SIGKILL)
        killed.communicate()
        left = {name: text for name, text in contents(project).items() if not name.endswith(".part")}
        assert left == whole
    assert finish(start(project, "run"))[0] == 0
    assert contents(project) == whole


def test_two_runs_at_once_wait_for_each_other(project):
    both = [start(project, "run"), start(project, "run")]
    ends = [finish(process) for process in both]
    assert [code for code, _ in ends] == [0, 0]
    assert sorted(text.splitlines()[-1] for _, text in ends) == [
        "4 pages: 0 run, 4 fresh, 0 failed.",
        "5 pages: 5 run, 0 fresh, 0 failed.",
    ]


def test_an_interrupted_run_says_so_and_the_next_completes(project):
    write_template(project, "e", "import time\ntime.sleep(60)")
    process = start(project, "run")
    assert process.stdout.readline().startswith("run ")
    os.killpg(process.pid, signal.SIGINT)
    code, text = finish(process)
    assert code == 130 and text.strip().endswith("Stopped. What was published stays as it was.")
    write_template(project, "e", "1")
    assert finish(start(project, "run"))[0] == 0


def test_a_run_interrupted_at_any_moment_says_nothing_after_it(project):
    chance = random.Random(7)
    ends = set()
    for number in range(INTERRUPTIONS):
        process = start(project, "run", "--force")
        assert process.stdout.readline().startswith("run ")
        time.sleep(0.3 * (number + chance.random()) / INTERRUPTIONS)
        os.killpg(process.pid, signal.SIGINT)
        code, text = finish(process)
        ends.add(code)
        said = "0 failed." if code == 0 else "Stopped. What was published stays as it was."
        assert "Traceback" not in text and text.strip().endswith(said)
    assert 130 in ends


def test_ctrl_c_reaches_neither_a_page_nor_the_process_that_it_is_forked_from(project):
    reads_masks = [
        "import os, re, signal",
        "status = [open(f'/proc/{each}/status').read() for each in (os.getpid(), os.getppid())]",
        "[bool(int(re.search('SigBlk:(.*)', text)[1], 16) & 1 << signal.SIGINT - 1) for text in status]",
    ]
    write_template(project, "a", "\n".join(reads_masks))
    assert finish(start(project, "run"))[0] == 0
    page = nbformat.read(project.root / f"book/audits/{AUDIT}/a.ipynb", as_version=4)
    assert page.cells[-1].outputs[0].data["text/plain"] == "[True, True]"


def in_a_small_disk(tmp_path: Path, size: str, commands: str) -> subprocess.CompletedProcess:
    """Run shell commands in a mount namespace of their own, in a file system of this size."""
    disk = tmp_path / "disk"
    disk.mkdir(exist_ok=True)
    python = AUDITBOOK[0]
    script = f"""
    set -e
    mount -t tmpfs -o size={size} tmpfs {disk}
    cp -r {tmp_path}/project/. {disk}/
    auditbook() {{ {python} -c 'from auditbook.cli import main; main()' --project {disk} "$@"; }}
    {commands}
    """
    return subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, timeout=120)


@pytest.fixture
def project_to_copy(tmp_path) -> Project:
    folder = tmp_path / "project"
    folder.mkdir()
    project = small_project(folder)
    write_template(project, "a", "quarter")
    return project


def test_a_full_disk_leaves_the_old_pages_and_says_what_to_do(tmp_path, project_to_copy):
    page = f"book/audits/{AUDIT}/a.ipynb"
    done = in_a_small_disk(
        tmp_path,
        "4m",
        f"""
        auditbook run
        sum=$(md5sum < {tmp_path}/disk/{page})
        sed -i 's/Page a/Page changed/' {tmp_path}/disk/notebooks/a.ipynb
        dd if=/dev/zero of={tmp_path}/disk/filler bs=4k 2>/dev/null || true
        auditbook run || echo "exit $?"
        [ "$sum" = "$(md5sum < {tmp_path}/disk/{page})" ] && echo unchanged
        rm {tmp_path}/disk/filler
        auditbook run --force && echo completed
        """,
    )
    assert "cannot be written: No space left on device" in done.stderr, done.stderr
    assert "exit 1" in done.stdout and "unchanged" in done.stdout and "completed" in done.stdout


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path, project_to_copy):
    done = in_a_small_disk(tmp_path, "4m", f'mount -o remount,ro {tmp_path}/disk\nauditbook run || echo "exit $?"')
    assert "cannot be written: Read-only file system" in done.stderr and "Traceback" not in done.stderr
    assert "exit 1" in done.stdout


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("import os\nos._exit(7)", "its process ended by itself (exit code 7)"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "its process ended by itself (exit code -11)"),
        ("hog = bytearray(8 << 30)", "cell 3: MemoryError: "),
        ("print('x' * (30 << 20))", "the page holds 30 MB; at most 20 MB can be published"),
        (
            "from IPython.display import HTML\nHTML('x' * (25 << 20))",
            "the page holds 25 MB; at most 20 MB can be published",
        ),
        ("raise SystemExit(3)", "cell 3: sys.exit would end the page before its end; take it out."),
    ],
)
def test_a_page_that_fails_fails_alone(tmp_path, code, problem):
    assert fails_beside_a_good_page(tmp_path, code) == problem


def test_a_page_that_hangs_is_stopped_at_its_time_limit(tmp_path):
    problem = fails_beside_a_good_page(tmp_path, "import time\ntime.sleep(600)", time_limit=8)
    assert problem == "it took more than 8 seconds and was stopped"


def fails_beside_a_good_page(tmp_path: Path, code: str, time_limit: float = 60) -> str:
    project = small_project(tmp_path)
    write_template(project, "bad", code, is_as_it_is=True)
    write_template(project, "good", "quarter")
    folder = tmp_path / "book"
    templates = sorted((tmp_path / "notebooks").glob("*.ipynb"))
    parameters = {"quarter": AUDIT, "profile": "recorded"}

    works = [Work(each, execute, (each, parameters, folder, {}, list, {}, "warm")) for each in templates]
    found = {outcome.job.stem: outcome for outcome in in_processes(works, 2, time_limit)}
    assert found["good"].value.problem == "" and AUDIT in found["good"].value.notebook
    return found["bad"].problem or found["bad"].value.problem
