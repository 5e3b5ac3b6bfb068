"""The same pages on an existing Dask cluster: nothing of our own but what a page needs to travel."""

import multiprocessing
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from auditbook.engine import fingerprints
from auditbook.engine.papermill_run import Execution, execute
from auditbook.engine.workers import Work, in_processes
from auditbook.validation.problems import WrongUsage

RETRIES = 2
"""How often a page is tried again when its worker died."""


class Page(Protocol):
    """What is asked of a page that is to be run (`build.pages.Page`)."""

    template: Path
    parameters: dict[str, str]
    made_from: dict[str, str]

    @property
    def preload(self) -> Callable[[], None]: ...

    @property
    def environment(self) -> dict[str, str]: ...


@dataclass(frozen=True)
class RemoteJob:
    """A page that travels: its template, and what gives it its released figures. No row of anybody's data travels."""

    name: str
    template: bytes
    parameters: dict[str, str]
    made_from: dict[str, str]
    preload: Callable[[], None]
    environment: dict[str, str]


def run_on_cluster(pages: Iterable[Page], address: str) -> Iterator[tuple[Page, Execution]]:
    """Each page with its execution, as it is done by the cluster's workers.

    Figures and results travel by the scheduler, so workers need no folder in common, only this version of auditbook.
    A page whose worker died is tried again elsewhere. Raises WrongUsage when the cluster cannot be reached or has
    another version of auditbook.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise WrongUsage("--cluster needs dask.distributed: pip install auditbook[cluster].") from None
    try:
        client = Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise WrongUsage(
            f"no Dask scheduler answers at {address} ({error}). Start one (dask scheduler), or leave --cluster out."
        ) from None
    with client:
        _refuse_other_versions(client, address)
        with warnings.catch_warnings(action="ignore", category=UserWarning):  # the page of a long trend is large
            running = {
                client.submit(run_remote_job, remote_job_of(page), retries=RETRIES, pure=False): page for page in pages
            }
        for future in as_completed(running, loop=client.loop):
            yield running[future], _result(future)


def remote_job_of(page: Page) -> RemoteJob:
    template = page.template.read_bytes()
    return RemoteJob(page.template.name, template, page.parameters, page.made_from, page.preload, page.environment)


def _refuse_other_versions(client, address: str) -> None:
    ours = fingerprints.of_package()
    theirs = client.run(fingerprints.of_package)
    if not theirs:
        raise WrongUsage(f"the cluster at {address} has no workers; dask worker {address} starts one.")
    others = [worker for worker, version in theirs.items() if version != ours]
    if others:
        raise WrongUsage(
            f"another version of auditbook is installed on {', '.join(sorted(others))}; install this one there, "
            "and start them again."
        )


def _result(future) -> Execution:
    if future.status == "finished":
        return future.result()
    return Execution("", f"the cluster gave it up: {future.exception()}".split("\n")[0])


def run_remote_job(job: RemoteJob) -> Execution:
    """What a worker does: run the page in a process of its own, as on one machine."""
    multiprocessing.current_process()._config["daemon"] = (
        False  # Dask's workers are daemons, which may have no children
    )
    with TemporaryDirectory(prefix="auditbook-") as scratch:
        template = Path(scratch) / job.name
        template.write_bytes(job.template)
        work = (template, job.parameters, Path(scratch), job.made_from, job.preload, job.environment, "warm")
        [outcome] = in_processes([Work(job.name, execute, work)], 1)
        return outcome.value or Execution("", outcome.problem)
