"""What systems do in their own ways stands in one module; how Windows does it is tried here by forcing it."""

import os
import re
from pathlib import Path

import pytest

from auditbook.engine import system
from auditbook.engine.system import NO_FORK, can_fork, exchange, replace

PACKAGE = Path(__file__).parents[2] / "auditbook"
ASKS_THE_SYSTEM = re.compile(
    r"\bos\.name\b|\bsys\.platform\b|\bimport (?:resource|fcntl|pwd|grp|termios|msvcrt|ctypes)\b"
    r"|\bos\.(?:fork|get[eg]?uid)\b|pthread_sigmask|get_all_start_methods|\bhasattr\(os\b|\bgetattr\(os\b|O_BINARY|O_TMPFILE"
)


def test_one_module_asks_which_system_this_is():
    asking = {path.name for path in PACKAGE.rglob("*.py") if ASKS_THE_SYSTEM.search(path.read_text("utf-8"))}
    assert asking == {"system.py"}


def failing(times: int, monkeypatch) -> list[Path]:
    """Let a file be replaced only after it was held open so many times."""
    real, tries = os.replace, []

    def held_open(part, path):
        tries.append(path)
        if len(tries) <= times:
            raise PermissionError(13, "being used by another process")
        real(part, path)

    monkeypatch.setattr(os, "replace", held_open)
    monkeypatch.setattr(system, "PAUSE_BETWEEN", 0)
    return tries


@pytest.mark.parametrize(
    ("is_windows", "times", "is_replaced"), [(True, 3, True), (True, 99, False), (False, 1, False)]
)
def test_a_file_that_a_scanner_holds_open_is_replaced_when_it_lets_go(
    tmp_path, monkeypatch, is_windows, times, is_replaced
):
    part, path = tmp_path / "part", tmp_path / "page"
    part.write_text("new")
    path.write_text("old")
    monkeypatch.setattr(system, "IS_WINDOWS", is_windows)
    failing(times, monkeypatch)
    if is_replaced:
        replace(part, path)
    else:
        with pytest.raises(PermissionError):
            replace(part, path)
    assert path.read_text() == ("new" if is_replaced else "old")


def test_processes_are_started_anew_where_that_is_asked_for(monkeypatch):
    assert can_fork()
    monkeypatch.setenv(NO_FORK, "1")
    assert not can_fork()


def test_two_folders_change_places_in_one_step(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page").write_text(name)
    assert exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / "page").read_text() == "other"
