"""Many pages at once on this machine, each in a process of its own."""

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from auditbook.making.execution import Execution, execute

TIME_LIMIT = 120.0
"""Seconds a page may take before it is stopped."""
MEMORY_LIMIT = 4 << 30
"""Bytes of address space a page may add: a page that wants more fails alone, before the machine does."""


@dataclass
class _Running:
    job: Any
    process: BaseProcess
    result: Connection
    until: float


def can_fork() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def run_all(
    jobs: Iterable[Any],
    arguments: Callable[[Any], tuple],
    at_once: int,
    time_limit: float = TIME_LIMIT,
    engine: str | None = None,
) -> Iterator[tuple[Any, Execution]]:
    """Each job with its execution, as it is done.

    arguments  what `execute` takes for a job, the engine apart
    engine     `warm` where processes can be forked, else `kernel`

    Where they can, each page is a fork of one process that has imported everything (multiprocessing's fork server,
    which starts no threads); else each starts a standard kernel. A page that crashes, hangs or eats memory fails alone.
    """
    engine = engine or ("warm" if can_fork() else "kernel")
    context = _context(engine)
    waiting = deque(jobs)
    running: list[_Running] = []
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                running.append(_start(context, waiting.popleft(), arguments, engine, time_limit))
            ready = wait(
                [each.result for each in running], max(0.0, min(each.until for each in running) - time.monotonic())
            )
            for each in list(running):
                if each.result in ready or each.until <= time.monotonic():
                    running.remove(each)
                    yield each.job, _finish(each, each.result in ready, time_limit)
    finally:
        for each in running:
            each.process.kill()
            each.process.join()


def _context(engine: str) -> Any:
    if engine != "warm":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["auditbook.making.warm"])
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # read when numpy is imported; its threads would not survive a fork
    return context


def _start(context: Any, job: Any, arguments: Callable[[Any], tuple], engine: str, time_limit: float) -> _Running:
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(send, arguments(job), engine), daemon=engine == "warm")
    process.start()
    send.close()
    return _Running(job, process, receive, time.monotonic() + time_limit)


def _finish(each: _Running, is_ready: bool, time_limit: float) -> Execution:
    problem = f"it took more than {time_limit:g} seconds and was stopped"
    if is_ready:
        try:
            return each.result.recv()
        except EOFError:
            each.process.join()
            problem = f"its process ended by itself (exit code {each.process.exitcode})"
        finally:
            each.result.close()
            each.process.join(5)
    each.process.kill()
    each.process.join()
    return Execution("", problem)


def _work(send: Connection, arguments: tuple, engine: str) -> None:
    """What the page's process does."""
    if engine == "warm":
        _be_harmless()
    send.send(execute(*arguments, engine))
    send.close()


def _be_harmless() -> None:
    """Give up the terminal's streams, and more memory than a page can need."""
    import resource

    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    used = (
        os.sysconf("SC_PAGE_SIZE") * int(open("/proc/self/statm").read().split()[0]) if os.path.exists("/proc") else 0
    )
    limit = used + MEMORY_LIMIT
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
