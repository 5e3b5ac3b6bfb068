"""What every kind of test shares: how many examples a law is tried on, and which browser opens the book."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import ARGUMENTS, NoBrowser, chromium_executable
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("spec.rules")  # a counting rule that fails shows both tables
# A shell lets what it starts in the background ignore Ctrl-C, and so would every command that a test interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)
settings.register_profile(
    "ci", max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "laws", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("ci")

MEMORY = Path("/dev/shm")
ENOUGH = 3 * 1024**3
"""Bytes free in memory: a run of every test writes less than a third of it."""


def write_in_memory(memory: Path = MEMORY) -> None:
    """Let what tests write pass in memory: they write, flush and remove many files, and a disk is waited for.

    Where the system has such a folder with room in it, from which programs may be run; unless TMPDIR says another.
    """
    if "TMPDIR" not in os.environ and memory.is_dir() and os.access(memory, os.W_OK):
        is_for_programs = not os.statvfs(memory).f_flag & os.ST_NOEXEC
        if is_for_programs and shutil.disk_usage(memory).free > ENOUGH:
            os.environ["TMPDIR"] = tempfile.tempdir = str(memory)


write_in_memory()

LONG = ("faults", "laws", "build")
"""Folders of tests that take longest."""
LONGEST_IN_A_BROWSER = "test_each_page"
"""The file of tests with a browser that takes longest."""


def _turn(item: pytest.Item, with_browser: set[Path]) -> tuple:
    """When a test has its turn: files without a browser, then those with one; the longest of each first."""
    if item.path not in with_browser:
        return False, item.path.parent.name not in LONG
    return True, item.path.stem != LONGEST_IN_A_BROWSER, item.path, item.get_closest_marker("browser") is not None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Tests with a browser are marked, and their files come last; those that build whole books come first.

    With `-n` a file is one worker's: a long one that is begun last keeps the other waiting. Playwright keeps an event
    loop running, in which asyncio.run and forking fail: in the same process no test that does either may follow, so
    what else stands in such a file builds a book only in another process. They are marked before pytest leaves out what
    `-m` does not ask for, and sorted after it has brought together what shares a browser.
    """
    for item in items:
        if "playwright" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    yield
    with_browser = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: _turn(item, with_browser))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict, playwright) -> dict:
    """Start the Chromium that `tests/chromium.py` found; without one the tests of the book fail, never skip."""
    executable = chromium_executable(playwright.chromium.executable_path)
    if executable is None:
        raise NoBrowser("No Chromium was found: run `make test`, or name one in AUDITBOOK_CHROMIUM.")
    return {**browser_type_launch_args, "executable_path": executable, "args": ARGUMENTS}
