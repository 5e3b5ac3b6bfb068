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
from auditbook.engine.system import NO_FORK
from auditbook.project import Project

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="what is made is made in a fork of this process")
MADE = ("_build", "book")
"""What a run writes."""
LONGEST = 900
"""Seconds after which it hangs, and fails."""


class Snapshots:
    """Copies of a project as it lies on the disk before each step of the store: all that a process killed there leaves.

    A killed process writes nothing more, and nothing that it has written is in any other place than the disk.
    """

    def __init__(self, project: Project, folder: Path):
        self.project, self.folder, self.number = project.root, folder, 0

    def before(self, step: Callable) -> Callable:
        def taken(*arguments, **options):
            self.number += 1
            for name in MADE:
                if (self.project / name).exists():
                    shutil.copytree(self.project / name, self.folder / str(self.number) / name, symlinks=True)
            return step(*arguments, **options)

        return taken


def made(project: Project) -> None:
    """Everything of a build but the site, in this one process: there is no template, so no page has a process."""
    store = Store(project.root / "_build")
    run(project, store=store, after_pages=lambda shown, written: write_generated(project, store, shown, written))
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


def snapshots(project: Project, folder: Path) -> list[Path]:
    """What lies on the disk before each step of the store while everything is made."""

    def work() -> None:
        taken = Snapshots(project, folder)
        stores.write_atomically = taken.before(stores.write_atomically)
        for step in ("_put_files", "forget", "sweep"):
            setattr(Store, step, taken.before(getattr(Store, step)))
        made(project)

    assert in_a_fork(work) == 0
    return sorted(folder.iterdir(), key=lambda path: int(path.name))


def contents(folder: Path) -> dict[str, bytes]:
    """What a run made: all of `book/`, and what Sphinx takes downloads from."""
    paths = [*(folder / "book").rglob("*"), *(folder / "_build" / "downloads").rglob("*")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def walk(folder: Path) -> None:
    """From what a run leaves that is killed before any one step of its store, make everything again."""
    (folder / "project").mkdir()
    project = small_project(folder / "project")
    left = snapshots(project, folder / "left")
    expected, entries = contents(project.root), list((project.root / "_build" / "store").glob("*/*"))
    assert f"_build/downloads/{AUDIT}/{AUDIT}-briefing.pdf" in expected
    for moment in left:
        for name in MADE:
            shutil.rmtree(project.root / name, ignore_errors=True)
            if (moment / name).exists():
                (moment / name).rename(project.root / name)
        assert in_a_fork(lambda: made(project)) == 0
        assert contents(project.root) == expected, moment.name
    assert len(left) > len(entries)  # every entry was put in place in a step of its own


def test_killed_between_any_two_steps_the_next_run_makes_what_it_would_have_made(tmp_path):
    """In a process of its own: a fork of one that has threads, as pytest's may have, can wait for ever."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), NO_FORK: "1"}  # each step in it alone
    command = [sys.executable, __file__, str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LONGEST)
    assert done.returncode == 0, done.stderr


if __name__ == "__main__":
    walk(Path(sys.argv[1]))
