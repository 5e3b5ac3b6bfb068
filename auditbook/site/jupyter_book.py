"""Jupyter Book in a process of its own, which imports everything while this one still reads data."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from auditbook.engine.trust import is_sealed, seal

BUILD_TIME_LIMIT = 3600
"""Seconds that Jupyter Book may take before it is stopped."""
PAUSE = 0.1
"""Seconds to wait for it before what is done meanwhile is done again."""
PROGRAM = ("-P", "-m", "auditbook.site.jupyter_book_process")
"""-P: else what lies in the folder it begins in is imported first."""
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LINES_SHOWN = 40
"""Lines of Jupyter Book's complaints that are passed on."""

Process = subprocess.Popen


@contextmanager
def waiting() -> Iterator[Process]:
    """A process that has begun to import; when nothing is built in it, it goes away."""
    process = subprocess.Popen(
        [sys.executable, *PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def run_jupyter_book(
    root: Path,
    work: Path,
    environment: Mapping[str, str] | None = None,
    process: Process | None = None,
    while_waiting: Callable[[], None] = lambda: None,
) -> list[str]:
    """Run Jupyter Book with every warning an error; its complaints, or nothing when the site was built.

    environment    variables that it has beside those of this process
    process        one that waits (`waiting`), or None to start one
    while_waiting  what this process does while Jupyter Book works, again and again

    A build that was killed may have read pages without telling what was wrong with them, so what it cached is dropped.
    So is a cache that no build of this user left so: Sphinx loads pickles, and Jinja compiled code, which may do
    anything.
    """
    if process is None:
        with waiting() as started:
            return run_jupyter_book(root, work, environment, started, while_waiting)
    unfinished, cache, record = work / "unfinished", work / "_build" / ".doctrees", work / "doctrees.sealed"
    if unfinished.exists() or not is_sealed(cache, record):
        _remove(cache)
    work.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    arguments = ["build", str(root), "--path-output", str(work), "-W", "--keep-going", "-n", "-q"]
    order = {"folder": str(root), "environment": dict(environment or {}), "arguments": arguments}
    with _ordered(process, json.dumps(order)):
        output = _output(process, while_waiting)
    if output is None:
        return [f"Jupyter Book was stopped after {BUILD_TIME_LIMIT} seconds."]
    if process.returncode == 0:
        unfinished.unlink()
        seal(cache, record)
        return []
    return complaints(output, root) or [f"Jupyter Book ended with {process.returncode} and no word."]


@contextmanager
def _ordered(process: Process, order: str) -> Iterator[None]:
    """The line stays open as long as this process lives: without it the other stops at once, and writes no more."""
    line, process.stdin = process.stdin, None  # else what waits for the process would close it
    ended_before = suppress(BrokenPipeError)  # its exit code tells
    try:
        with ended_before:
            line.write(f"{order}\n")
            line.flush()
        yield
    finally:
        with ended_before:
            line.close()


def _remove(cache: Path) -> None:
    if cache.is_symlink() or cache.is_file():
        cache.unlink()
    elif cache.exists():
        shutil.rmtree(cache)


def _output(process: Process, while_waiting: Callable[[], None]) -> str | None:
    """What Jupyter Book said until it ended; nothing when it did not end in time."""
    end = time.monotonic() + BUILD_TIME_LIMIT
    while time.monotonic() < end:
        while_waiting()
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=PAUSE)[0]
    return None


def complaints(output: str, root: Path) -> list[str]:
    """The lines of Jupyter Book's output that say what is wrong, with paths from the project's root."""
    lines = [line.replace(f"{root}{os.sep}", "").strip() for line in COLOUR.sub("", output).splitlines()]
    warnings = [line for line in lines if "WARNING" in line or "ERROR" in line]
    return warnings[:LINES_SHOWN] or [line for line in lines if line][-LINES_SHOWN:]  # of a traceback the end tells why
