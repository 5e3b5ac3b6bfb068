"""The same pages on an existing Dask cluster: nothing of our own but what a page needs to travel."""

import io
import multiprocessing
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from auditbook.making import fingerprints
from auditbook.making.execution import Execution
from auditbook.making.pages import Page
from auditbook.making.workers import TIME_LIMIT, run_all
from auditbook.words.project import Project
from auditbook.words.refusals import WrongUsage

RETRIES = 2
"""How often a page is tried again when its worker died."""


@dataclass(frozen=True)
class Parcel:
    """A page that travels: its template, and where it lies in a project. The project's files follow as a zip."""

    template: str
    parameters: dict[str, str]
    folder: str
    made_from: dict[str, str]


def run_on_cluster(project: Project, pages: Iterable[Page], address: str) -> Iterator[tuple[Page, Execution]]:
    """Each page with its execution, as it is done by the cluster's workers.

    Data and results travel by the scheduler, so workers need no folder in common, only this version of auditbook.
    A page whose worker died is tried again elsewhere. Raises WrongUsage when the cluster cannot be reached or
    has another version of auditbook.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise WrongUsage("--cluster needs dask.distributed: pip install auditbook[cluster].") from None
    try:
        client = Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise WrongUsage(f"no Dask scheduler answers at {address}: {error}") from None
    with client:
        _refuse_other_versions(client, address)
        pages = list(pages)
        parcels: dict[str, bytes] = {}  # sent with each page: what is left on a worker dies with it
        running = {}
        for page in pages:
            files = _files(project, page)
            key = fingerprints.of_values(files)
            if key not in parcels:
                parcels[key] = packed(project, files)
            parcel = Parcel(
                page.template.name,
                page.parameters,
                page.path.parent.relative_to(project.root).as_posix(),
                page.made_from,
            )
            future = client.submit(run_parcel, parcel, parcels[key], retries=RETRIES, pure=False)
            running[future] = page
        for future in as_completed(running, loop=client.loop):
            yield running[future], _result(future)


def _refuse_other_versions(client, address: str) -> None:
    ours = fingerprints.of_package()
    theirs = client.run(fingerprints.of_package)
    if not theirs:
        raise WrongUsage(f"the cluster at {address} has no workers.")
    others = [worker for worker, version in theirs.items() if version != ours]
    if others:
        raise WrongUsage(f"another version of auditbook is installed on {', '.join(sorted(others))}.")


def _result(future) -> Execution:
    if future.status == "finished":
        return future.result()
    return Execution("", f"the cluster gave it up: {future.exception()}".split("\n")[0])


def _files(project: Project, page: Page) -> list[str]:
    """What a page reads, from the project's root: the marks of a project, its template, the codebook and its audits."""
    wanted = page.parameters.get("quarter")
    audits = [project.audits / wanted] if wanted else sorted(project.audits.iterdir())
    folders = [project.data / "codebook", *audits]
    if wanted:  # recommendations may follow those of earlier audits
        folders += [
            folder / "recommendations.csv" for folder in sorted(project.audits.iterdir()) if folder.name != wanted
        ]
    paths = [path for folder in folders for path in ([folder] if folder.is_file() else sorted(folder.rglob("*")))]
    names = [path.relative_to(project.data).as_posix() for path in paths if path.is_file() and path.suffix != ".xlsx"]
    return [f"notebooks/{page.template.name}", *(f"data/{name}" for name in names)]


def packed(project: Project, files: list[str]) -> bytes:
    """These files of a project as a zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr("_config.yml", "")
        for name in files:
            source = project.data / name.removeprefix("data/") if name.startswith("data/") else project.root / name
            parcel.write(source, name)
    return content.getvalue()


def run_parcel(parcel: Parcel, files: bytes) -> Execution:
    """What a worker does: lay the project out, and run the page in a process of its own, as on one machine."""
    multiprocessing.current_process()._config["daemon"] = (
        False  # Dask's workers are daemons, which may have no children
    )
    with TemporaryDirectory(prefix="auditbook-") as scratch:
        root = Path(scratch)
        with zipfile.ZipFile(io.BytesIO(files)) as project:
            project.extractall(root)
        folder = root / parcel.folder
        folder.mkdir(parents=True)
        job = (root / "notebooks" / parcel.template, parcel.parameters, folder, parcel.made_from)
        [(_, execution)] = run_all([job], lambda job: job, 1, TIME_LIMIT)
        return execution
