"""A run that is killed between any two steps of the store leaves nothing that the next run believes wrongly."""

import os
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import AUDIT, small_project

from auditbook.build import shown
from auditbook.build.generated import write_generated
from auditbook.build.run import run
from auditbook.engine import store as stores
from auditbook.engine.store import Store
from auditbook.project import Project

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the killed process is a fork of this one")
KILLED = 9
MOST = 200
"""Steps of the store in one run: far more than there are."""
LONGEST = 900
"""Seconds after which it hangs, and fails."""


class Killed:
    """Ends the process before one step of the store, which is after the one before."""

    def __init__(self, moment: int):
        self.left = moment

    def _is_now(self) -> None:
        self.left -= 1
        if self.left == 0:
            os._exit(KILLED)

    def around(self, step: Callable) -> Callable:
        def killed(*arguments, **options):
            self._is_now()
            return step(*arguments, **options)

        return killed


def made(project: Project) -> None:
    """Everything of a build but the site, in this one process: there is no template, so no page has a process."""
    store = Store(project.root / "_build")
    run(project, store=store, before_pages=lambda shown, written: write_generated(project, store, shown, written))
    store.sweep()


def in_a_fork(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        shown.start_early = lambda: None  # the fork server of the process before is none of a fork's children
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(moment: int, project: Project) -> int:
    """Make everything, killed at this moment; the exit code."""

    def work() -> None:
        kill = Killed(moment)
        stores.write_atomically = kill.around(stores.write_atomically)
        for step in ("_put_files", "forget", "sweep"):
            setattr(Store, step, kill.around(getattr(Store, step)))
        made(project)

    return in_a_fork(work)


def contents(folder: Path) -> dict[str, bytes]:
    """What a run made: all of `book/`, and what Sphinx takes downloads from."""
    paths = [*(folder / "book").rglob("*"), *(folder / "_build" / "downloads").rglob("*")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def walk(folder: Path) -> None:
    """Kill a run before every step of its store, one after the other, and make everything again each time."""
    project = small_project(folder)
    assert in_a_fork(lambda: made(project)) == 0
    expected, entries = contents(project.root), list((project.root / "_build" / "store").glob("*/*"))
    assert f"_build/downloads/{AUDIT}/{AUDIT}-briefing.pdf" in expected
    for moment in range(1, MOST):
        for name in ("_build", "book"):
            shutil.rmtree(project.root / name)
        (project.root / "book").mkdir()
        code = killed_at(moment, project)
        if code == 0:
            break
        assert code == KILLED
        assert in_a_fork(lambda: made(project)) == 0
        assert contents(project.root) == expected, moment
    assert len(entries) < moment < MOST  # every entry was put in place in a step of its own


def test_killed_between_any_two_steps_the_next_run_makes_what_it_would_have_made(tmp_path):
    """In a process of its own: a fork of one that has threads, as pytest's may have, can wait for ever."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, __file__, str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LONGEST)
    assert done.returncode == 0, done.stderr


if __name__ == "__main__":
    walk(Path(sys.argv[1]))
