"""Jobs in processes of their own: what is left of them; and a single job in a fork of the process that wants it.

What runs tests side by side has threads, and is not forked: so what forks itself is a process of its own here.
"""

import json
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from auditbook.engine import workers
from auditbook.engine.system import NO_FORK
from auditbook.engine.workers import Work, done_beside, in_processes

ENGINES = [pytest.param(True, id="forked"), pytest.param(False, id="started anew")]


@contextmanager
def interrupted():
    """Ctrl-C comes while a process starts, and is held until it has."""
    yield
    raise KeyboardInterrupt


@pytest.mark.parametrize("is_forked", ENGINES)
def test_ctrl_c_while_a_process_starts_leaves_no_process_behind(monkeypatch, is_forked):
    monkeypatch.setattr(workers, "interrupts_held", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(in_processes([Work("page", time.sleep, (60,))], 1, is_forked=is_forked))
    for process in multiprocessing.active_children():
        process.join(20)
    assert multiprocessing.active_children() == []


def where_it_runs() -> int:
    return os.getpid()


def fails() -> None:
    raise ValueError("it went wrong\nin many lines")


def ends() -> None:
    os._exit(3)


def told(job: str, has_thread: bool = False, can_fork: bool = True) -> dict:
    """What came of a job, done by a process of its own."""
    environment = {**os.environ, NO_FORK: "" if can_fork else "1"}
    program = [sys.executable, str(Path(__file__)), job, "thread" if has_thread else ""]
    done = subprocess.run(program, capture_output=True, text=True, env=environment, timeout=60)
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)


def main(job: str, thread: str) -> None:
    over, here = threading.Event(), []
    if thread:
        threading.Thread(target=over.wait).start()
    outcome = done_beside(Work(job, globals()[job], ()), lambda: here.append(os.getpid()))
    over.set()
    print(json.dumps({"value": outcome.value, "problem": outcome.problem, "own": os.getpid(), "meanwhile": here}))


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process forks itself")
def test_a_job_is_done_in_another_process_while_this_one_does_something_else():
    found = told("where_it_runs")
    assert found["value"] not in (None, found["own"])
    assert found["meanwhile"] == [found["own"]]


@pytest.mark.parametrize("why", [{"can_fork": False}, {"has_thread": True}], ids=str)
def test_where_this_process_cannot_be_forked_both_are_done_in_it(why):
    found = told("where_it_runs", **why)
    assert found["value"] == found["own"]
    assert found["meanwhile"] == [found["own"]]


@pytest.mark.parametrize("can_fork", [True, False])
def test_what_goes_wrong_is_told_in_one_line_wherever_it_was_done(can_fork):
    found = told("fails", can_fork=can_fork)
    assert found["problem"] == "ValueError: it went wrong"
    assert found["meanwhile"] == [found["own"]]


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process forks itself")
def test_a_job_that_ends_its_process_fails_alone():
    assert told("ends")["problem"] == "its process ended by itself (exit code 3)"


if __name__ == "__main__":
    main(*sys.argv[1:])
