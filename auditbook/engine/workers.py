"""Many pages at once on this machine, each in a process of its own.

Tried in its place: pebble 5.2 (a process a job, the same fork server, no child left), some 35 lines fewer. It starts
processes in threads, where Ctrl-C cannot be held: one that comes while they start prints tracebacks of 25 to 55 lines.
Thirty small jobs took longer (2.8 to 9.9 seconds, here 2.2 to 4.0), and this process 7 MB more. So it is not used.
"""

import gc
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from auditbook.engine.system import can_fork, can_fork_itself, interrupts_held, limit_process

TIME_LIMIT = 120.0
"""Seconds a page may take before it is stopped."""
MEMORY_LIMIT = 4 << 30
"""Bytes of address space a page may add: a page that wants more fails alone, before the machine does."""


@dataclass(frozen=True)
class Work:
    """A job, and what its process runs: a function of a module, with arguments that can be pickled."""

    job: Any
    function: Callable[..., Any]
    arguments: tuple


@dataclass(frozen=True)
class Outcome:
    """What a job's process gave; `problem` says in one line why it gave nothing, or is empty."""

    job: Any
    value: Any = None
    problem: str = ""


@dataclass
class _Running:
    job: Any
    process: BaseProcess
    result: Connection
    until: float


def start_early() -> None:
    """Start the process that pages are forked from, so that it imports while this one reads."""
    if can_fork():
        _context(True)
        with interrupts_held():
            forkserver.ensure_running()


def in_processes(
    works: Iterable[Work],
    at_once: int,
    time_limit: float = TIME_LIMIT,
    is_forked: bool | None = None,
) -> Iterator[Outcome]:
    """Each job's outcome, as it is done.

    is_forked  whether to fork; by default wherever processes can be

    Where they can, each process is a fork of one that has imported everything (multiprocessing's fork server, which
    starts no threads); else a new one. A job that crashes, hangs or eats memory fails alone.
    """
    is_forked = can_fork() if is_forked is None else is_forked
    context = _context(is_forked)
    waiting = deque(works)
    running: list[_Running] = []
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                running.append(_start(context, waiting.popleft(), is_forked, time_limit))
            nearest_end = min(worker.until for worker in running) - time.monotonic()
            ready = wait([worker.result for worker in running], max(0.0, nearest_end))
            for worker in list(running):
                if worker.result in ready or worker.until <= time.monotonic():
                    running.remove(worker)
                    yield _finish(worker, worker.result in ready, time_limit)
    finally:
        for worker in running:
            worker.process.kill()
            worker.process.join()


def done_beside(work: Work, meanwhile: Callable[[], object]) -> Outcome:
    """What comes of a job in a fork of this process, which does something else in the meantime: for one job that is
    quicker than to start the process that many are forked from.

    Where this process cannot be forked, both are done here.
    """
    if not can_fork_itself():
        done = _value_or_problem(work.function, work.arguments)
        meanwhile()
        return Outcome(work.job, *done)
    apart = Work(work.job, _value_or_problem, (work.function, work.arguments))
    gc.freeze()  # else the fork's first collection copies all that is here
    running = _start(multiprocessing.get_context("fork"), apart, True, TIME_LIMIT)
    gc.unfreeze()
    try:
        meanwhile()
        is_ready = bool(wait([running.result], max(0.0, running.until - time.monotonic())))
        outcome = _finish(running, is_ready, TIME_LIMIT)
        return outcome if outcome.problem else Outcome(work.job, *outcome.value)
    finally:
        running.process.kill()
        running.process.join()


def _value_or_problem(function: Callable[..., Any], arguments: tuple) -> tuple[Any, str]:
    """What comes of a job; what went wrong, in one line."""
    try:
        return function(*arguments), ""
    except Exception as problem:
        return None, f"{type(problem).__name__}: {problem}".split("\n")[0]


def _context(is_forked: bool) -> Any:
    if not is_forked:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["auditbook.build.warm_imports"])
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is imported; its threads do not survive a fork
    return context


def _start(context: Any, work: Work, is_forked: bool, time_limit: float) -> _Running:
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(send, work.function, work.arguments, is_forked), daemon=is_forked)
    try:
        with interrupts_held():
            process.start()
    except KeyboardInterrupt:
        process.kill()  # one that is no fork would be waited for, however long its job takes
        raise
    send.close()
    return _Running(work.job, process, receive, time.monotonic() + time_limit)


def _finish(worker: _Running, is_ready: bool, time_limit: float) -> Outcome:
    problem = f"it took more than {time_limit:g} seconds and was stopped"
    if is_ready:
        try:
            return Outcome(worker.job, worker.result.recv())
        except EOFError:
            worker.process.join()
            problem = f"its process ended by itself (exit code {worker.process.exitcode})"
        finally:
            worker.result.close()
            worker.process.join(5)
    worker.process.kill()
    worker.process.join()
    return Outcome(worker.job, None, problem)


def _work(send: Connection, function: Callable[..., Any], arguments: tuple, is_forked: bool) -> None:
    """What a job's process does."""
    if is_forked:
        _limit_worker()
    send.send(function(*arguments))
    send.close()


def _limit_worker() -> None:
    """Give up the terminal's streams, and more memory than a page can need."""
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    limit_process(MEMORY_LIMIT, is_more=True)
