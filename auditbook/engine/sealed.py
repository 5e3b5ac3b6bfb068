"""Keeps a process out of folders: for pages, which may not open what was entered.

A fence, not a wall. It stops every way of opening a file that passes Python (`open`, `os.open`, pathlib, pandas, numpy,
by a link or a relative path) and what would go round it without meaning to: other programs, and libraries that read
files by themselves. Who means to break out still can; templates are read by people, like all code.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from auditbook.engine.system import makes_nameless
from auditbook.validation.problems import WrongUsage

OPENING = {
    "open",
    "os.chdir",
    "os.link",
    "os.listdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.scandir",
    "os.symlink",
    "os.truncate",
    "sqlite3.connect",
}
"""What Python tells of (`sys.addaudithook`) with the paths that are meant among its arguments."""
STARTING = {"os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "pty.spawn", "subprocess.Popen"}
READING_BY_THEMSELVES = {"datatable", "duckdb", "fastparquet", "polars", "python_calamine", "vaex"}
"""Libraries that open files past Python, where nobody can see which."""


class Sealed(WrongUsage):
    """A page opened what a page may not open."""


class NoOtherProgram(PermissionError):
    """A page started another program: what that would read cannot be seen. Libraries take it for one not installed."""


_open_now = 0
"""How many of our own readers are at work, which may open everything."""
_is_sealed = False


def seal(folders: Iterable[Path], advice: str) -> None:
    """From now on this process opens nothing in these folders, but in `opened`; it cannot be undone.

    advice  what to write instead
    """
    global _is_sealed
    _is_sealed = True
    closed = [(folder, _folded(folder)) for folder in folders]

    def refuse(event: str, arguments: tuple) -> None:
        if _open_now:
            return
        if event in OPENING:
            for path in arguments:
                _refuse_inside(path, closed, advice)
            if event == "open" and _opens_a_folder(*arguments):
                _refuse_above(arguments[0], closed, advice)
        elif event in STARTING:
            raise NoOtherProgram(f"a page may not start another program. {advice}")
        elif event == "import" and str(arguments[0]).partition(".")[0] in READING_BY_THEMSELVES:
            raise Sealed(f"{arguments[0]} opens files past Python, so a page may not use it. {advice}")

    sys.addaudithook(refuse)


def is_sealed() -> bool:
    return _is_sealed


@contextmanager
def opened() -> Iterator[None]:
    """While our own readers work, which let only released figures out, or a kernel is started."""
    global _open_now
    _open_now += 1
    try:
        yield
    finally:
        _open_now -= 1


def _refuse_inside(path: Any, closed: list[tuple[Path, str]], advice: str) -> None:
    real = _folded(path)
    for folder, name in closed:
        if real == name or real.startswith(name + os.sep):
            rest = os.path.relpath(os.path.realpath(os.fsdecode(path)), os.path.realpath(folder))
            inside = Path(folder.parent.name, folder.name, rest).as_posix()
            raise Sealed(f"{inside}: a page shows released figures only, and may not open this. {advice}")


def _refuse_above(path: Any, closed: list[tuple[Path, str]], advice: str) -> None:
    """A folder that is open leads to what lies in it without its path being told (`dir_fd`)."""
    real = _folded(path).rstrip(os.sep) + os.sep
    for folder, name in closed:
        if name.startswith(real):
            raise Sealed(f"a page may not open a folder that {folder.name}/ lies in. {advice}")


def _opens_a_folder(path: Any, mode: str | None, flags: int) -> bool:
    """Whether `os.open`, of which no mode is told, opens a folder for its own sake, not to make a nameless file in."""
    return mode is None and not makes_nameless(flags) and not isinstance(path, int) and os.path.isdir(path)


def _folded(path: Any) -> str:
    """Where a path leads to, past links, in letters of one case: on some machines names differ in nothing else.

    Nothing where it is none: a file that is open already, a mode, a flag.
    """
    return os.path.realpath(os.fsdecode(path)).casefold() if isinstance(path, str | bytes | os.PathLike) else "\0"
