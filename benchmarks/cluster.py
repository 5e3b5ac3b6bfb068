"""A book's pages on a cluster of this machine, beside the same without: the same bytes, though a worker is killed.

benchmarks/cluster.py --audits 80 --workers 3
"""

import argparse
import ctypes
import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from books import make_book

AUDITBOOK = [sys.executable, "-c", "from auditbook.cli import main; main()"]
DASK = [sys.executable, "-m", "dask"]
PAUSE = 0.5
"""Seconds between two looks at how far the pages are."""


def start(folder: Path, *arguments: str) -> subprocess.Popen:
    environment = {**os.environ, "DASK_DISTRIBUTED__WORKER__DAEMON": "True"}
    with open(folder / "cluster.log", "ab") as log:
        return subprocess.Popen(
            [*DASK, *arguments], cwd=folder, stdout=log, stderr=log, start_new_session=True, env=environment
        )


def started_cluster(folder: Path, workers: int) -> tuple[str, list[subprocess.Popen]]:
    """The scheduler's address, and its process behind those of its workers."""
    from distributed import Client

    contact = ["--scheduler-file", str(folder / "scheduler.json")]
    scheduler = start(folder, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *contact)
    limits = ["--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
    processes = [start(folder, "worker", *contact, *limits) for _ in range(workers)]
    with Client(scheduler_file=contact[1], timeout=180, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=180)
        return client.scheduler.address, [*processes, scheduler]


def kill(process: subprocess.Popen) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def run(project: Path, pages: int, more: list[str], worker: subprocess.Popen | None = None) -> float:
    """Seconds that the run took. worker  is killed when half of the pages are there"""
    began = time.perf_counter()
    running = subprocess.Popen([*AUDITBOOK, "--project", str(project), "run", *more], stdout=subprocess.DEVNULL)
    while running.poll() is None:
        if worker and len(executed(project)) > pages / 2:
            kill(worker)
            worker = None
        time.sleep(PAUSE)
    if running.returncode:
        sys.exit(f"the run ended with {running.returncode}")
    if worker:
        sys.exit("the run ended before a worker could be killed")
    return time.perf_counter() - began


def executed(project: Path) -> list[Path]:
    return sorted((project / "book").rglob("*.ipynb"))


def taken_apart(project: Path) -> dict[str, str]:
    """Page → checksum of its bytes; they and all that was kept are taken away."""
    pages = {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in executed(project)}
    for path in executed(project):
        path.unlink()
    shutil.rmtree(project / "_build")
    return pages


def processor_seconds() -> float:
    """Of everything that this process has waited for, orphans among them."""
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--audits", type=int, default=160)
    parser.add_argument("--workers", type=int, default=3)
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER
    with tempfile.TemporaryDirectory(prefix="auditbook-cluster-") as scratch:
        project = make_book(Path(scratch) / "book", options.audits).root
        wall = run(project, 0, [])
        cpu = processor_seconds()
        here = taken_apart(project)
        print(f"without: {len(here)} pages, {wall:.0f} s, {cpu:.0f} s of processor", flush=True)
        address, processes = started_cluster(Path(scratch), options.workers)
        try:
            wall = run(project, len(here), ["--cluster", address], processes[0])
        finally:
            for process in processes[0 if processes[0].poll() is None else 1 :]:
                kill(process)
        cpu = processor_seconds() - cpu
        is_same = "the same bytes" if taken_apart(project) == here else "OTHER BYTES"
        print(f"{options.workers} workers, one killed: {is_same}, {wall:.0f} s, {cpu:.0f} s of processor")


if __name__ == "__main__":
    main()
