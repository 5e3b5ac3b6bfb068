"""Pages on a real Dask scheduler with two workers, each a process of its own; one of them dies in the middle."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hanging import not_hanging
from projects import planned, small_project, write_template

from auditbook.build.pages import run_pages
from auditbook.engine.cluster import remote_job_of, run_on_cluster
from auditbook.project import Project
from auditbook.reading.notebook import shown_environment
from auditbook.reading.sealed import kernel_environment, sealed_folders
from auditbook.validation.problems import WrongUsage

DASK = [sys.executable, "-m", "dask"]


def start(*arguments: str, folder: Path) -> subprocess.Popen:
    environment = {**os.environ, "DASK_DISTRIBUTED__WORKER__DAEMON": "True"}
    with open(folder / f"{arguments[0]}.log", "ab") as log:
        return subprocess.Popen(
            [*DASK, *arguments], cwd=folder, stdout=log, stderr=log, start_new_session=True, env=environment
        )


def kill(process: subprocess.Popen) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def cluster(tmp_path_factory) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    from distributed import Client

    folder = tmp_path_factory.mktemp("cluster")
    contact = folder / "scheduler.json"
    scheduler = start(
        "scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
        "--scheduler-file",
        str(contact),
        folder=folder,
    )
    workers = [
        start(
            "worker",
            "--scheduler-file",
            str(contact),
            "--nthreads",
            "1",
            "--no-dashboard",
            "--local-directory",
            str(folder),
            folder=folder,
        )
        for _ in range(2)
    ]
    try:
        with Client(scheduler_file=str(contact), timeout=180, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=180)
            address = client.scheduler.address
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            kill(process)


@pytest.fixture
def project(tmp_path) -> Project:
    return small_project(tmp_path)


def test_a_cluster_gives_the_same_pages_as_this_machine_and_outlives_a_worker(cluster, project):
    address, workers = cluster
    figures = "from auditbook.reading import open_audit\nlen(list(open_audit(quarter, profile)))"
    for name in "abcdef":
        write_template(project, name, f"import time\ntime.sleep(0.4)\n{figures}")
    pages = planned(project)
    list(run_pages(project, pages, jobs=2))
    here = {page.name: page.path.read_bytes() for page in pages}
    states = []
    for result in run_pages(project, pages, cluster=address):
        if not states:
            kill(workers[0])
        states.append(result.state)
    assert states == ["run"] * 6
    assert {page.name: page.path.read_bytes() for page in pages} == here


def test_a_page_that_kills_its_process_fails_alone_on_a_cluster(cluster, project):
    address, _ = cluster
    write_template(project, "a", "quarter")
    write_template(project, "b", "import os\nos._exit(9)")
    found = {page.path.stem: execution.problem for page, execution in run_on_cluster(planned(project), address)}
    assert found == {"a": "", "b": "its process ended by itself (exit code 9)"}


def test_a_scheduler_that_does_not_answer_is_told(project):
    write_template(project, "a", "quarter")
    with not_hanging(), pytest.raises(WrongUsage, match="no Dask scheduler answers at tcp://127.0.0.1:9"):
        list(run_on_cluster(planned(project), "tcp://127.0.0.1:9"))


def test_only_released_figures_travel_with_a_page(project):
    write_template(project, "a", "quarter")
    [page] = planned(project)
    job = remote_job_of(page)
    assert job.template == page.template.read_bytes()
    [released] = job.preload.args[0].audits
    assert released.profile.name == "recorded"
    assert job.environment == kernel_environment(sealed_folders(project)) | shown_environment(page.preloaded)
    assert set(vars(job)) == {"name", "template", "parameters", "made_from", "preload", "environment"}
