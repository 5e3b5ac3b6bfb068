"""What Linux, macOS and Windows do in their own ways: the one module that asks which of them this is."""

import ctypes
import multiprocessing
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from pathlib import Path

IS_WINDOWS = sys.platform == "win32"
NO_FORK = "AUDITBOOK_NO_FORK"
"""A variable of the environment: start every process anew, as on Windows, where it says 1."""
PATIENCE, PAUSE_BETWEEN = 20, 0.1
"""How often, and after how many seconds, a file is replaced again that a virus scanner or a viewer holds open."""
AT_CURRENT_FOLDER, EXCHANGE = -100, 2
"""Arguments of Linux's renameat2."""


def can_fork() -> bool:
    """Whether a process can be a copy of one that has imported everything."""
    return "forkserver" in multiprocessing.get_all_start_methods() and os.environ.get(NO_FORK) != "1"


def can_fork_itself() -> bool:
    """Whether a process can be a copy of this one: no other thread may run, whose locks it would find as they are.

    Threads of C code count, which only Linux tells of.
    """
    return sys.platform == "linux" and can_fork() and len(os.listdir("/proc/self/task")) == 1


def replace(part: Path | str, path: Path) -> None:
    """Put a file in the place of another in one step; on Windows, where one that is open cannot go, with patience."""
    for left in range(PATIENCE if IS_WINDOWS else 1, 0, -1):
        try:
            os.replace(part, path)
            return
        except PermissionError:
            if left == 1:
                raise
            time.sleep(PAUSE_BETWEEN)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can; says whether it did."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return bool(rename) and rename(AT_CURRENT_FOLDER, bytes(one), AT_CURRENT_FOLDER, bytes(other), EXCHANGE) == 0


def flush_c() -> None:
    """Write what C code of this process holds back of its output."""
    (ctypes.cdll.msvcrt if IS_WINDOWS else ctypes.CDLL(None)).fflush(None)


def flags_of_a_new_file() -> int:
    """For `os.open`: to write, only where there is none, and bytes as they are."""
    return os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def makes_nameless(flags: int) -> bool:
    """Whether `os.open` with these flags makes a file without a name in a folder."""
    nameless = getattr(os, "O_TMPFILE", 0)
    return bool(nameless) and flags & nameless == nameless


def limit_process(memory: int, seconds: int | None = None, is_more: bool = False) -> None:
    """Let this process have no more memory and computing, where the system has such limits (Windows has none).

    memory   bytes of address space
    is_more  these bytes come to what it has already
    """
    with suppress(ImportError):
        import resource

        limit = memory + (_used() if is_more else 0)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if seconds is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _used() -> int:
    """Bytes of address space that this process has; 0 where nobody says so."""
    sizes = Path("/proc/self/statm")
    return os.sysconf("SC_PAGE_SIZE") * int(sizes.read_text().split()[0]) if sizes.exists() else 0


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Put Ctrl-C off while a process starts, and keep it from that process.

    A process half started reports that in a traceback of its own, behind what the command says last. The process takes
    the blocked signal along, as does all that is forked from it; who started it stops it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    can_block = hasattr(signal, "pthread_sigmask")
    if can_block:
        resource_tracker.ensure_running()  # it lets the signal through again once it has started: so before the block
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT]) if can_block else None
    try:
        yield
    finally:
        if blocked is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGINT, before)
    if came:
        signal.raise_signal(signal.SIGINT)


def quoted_path(path: Path | str) -> str:
    """A path as one word of a command, as the shell of this system reads it."""
    return subprocess.list2cmdline([path]) if IS_WINDOWS else shlex.quote(str(path))
