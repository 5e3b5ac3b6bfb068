"""Which pages there are, which of them are stale, and running those."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from auditbook.evidence.audit import Audit
from auditbook.making import fingerprints
from auditbook.making.execution import (
    Execution,
    check_parameters,
    declared_parameters,
    made_from,
    page_of_failure,
    title_of,
)
from auditbook.making.workers import run_all
from auditbook.making.writing import write_atomically
from auditbook.release.profiles import profile_for
from auditbook.words.project import Project


@dataclass(frozen=True)
class Page:
    """One page to be: its template, its parameters, where it will lie and what it reads."""

    template: Path
    parameters: dict[str, str]
    path: Path
    name: str
    made_from: dict[str, str]

    @property
    def is_stale(self) -> bool:
        return made_from(self.path) != self.made_from


@dataclass(frozen=True)
class Result:
    """What became of a page: fresh (nothing had changed), run, or failed with its problem in one line."""

    page: Page
    state: str
    problem: str = ""


def audit_folder(project: Project, audit: Audit) -> Path:
    return project.root / "book" / "audits" / str(audit.id)


def planned_pages(project: Project, audits: list[Audit], asked: str | None, wanted: list[Audit]) -> list[Page]:
    """Every page of the wanted audits, then of their collections.

    audits  every audit of the project, oldest first, for the pages of a collection
    asked   a release profile, or None for each audit's own

    A template with the parameter `quarter` gives a page an audit, one with `collection` a page a collection.
    Raises WrongUsage for a template that declares neither.
    """
    pages = []
    shared = {"codebook": fingerprints.of_codebook(project), "package": fingerprints.of_package()}
    hashes = {audit.id: fingerprints.of_audit(project, audit.id) for audit in audits}
    templates = sorted((project.root / "notebooks").glob("*.ipynb"))
    declared = {template: declared_parameters(template) for template in templates}
    for template in templates:
        if "quarter" in declared[template]:
            for audit in wanted:
                parameters = {"quarter": str(audit.id), "profile": profile_for(audit.settings, asked)}
                path = audit_folder(project, audit) / template.name
                pages.append(_page(project, template, parameters, path, {**shared, "audit": hashes[audit.id]}))
        else:
            for collection in sorted({audit.settings.collection for audit in wanted}):
                own = {str(audit.id): hashes[audit.id] for audit in audits if audit.settings.collection == collection}
                parameters = {"collection": collection, "profile": asked or "internal"}
                path = project.root / "book" / template.stem / f"{collection}.ipynb"
                made = {**shared, "audits": fingerprints.of_values(own)}
                pages.append(_page(project, template, parameters, path, made))
    return pages


def _page(project: Project, template: Path, parameters: dict[str, str], path: Path, made: dict[str, str]) -> Page:
    check_parameters(template, parameters)
    made = {**made, "template": fingerprints.of_file(template), "parameters": fingerprints.of_values(parameters)}
    return Page(template, parameters, path, path.relative_to(project.root / "book").as_posix(), made)


def run_pages(
    project: Project, pages: list[Page], jobs: int = 1, is_forced: bool = False, cluster: str | None = None
) -> Iterator[Result]:
    """Run the stale pages, `jobs` at a time or on a Dask cluster; every page gives one result, as it is done."""
    stale = [page for page in pages if is_forced or page.is_stale]
    for page in pages:
        if page not in stale:
            yield Result(page, "fresh")
    if not stale:
        return
    for page in stale:
        page.path.parent.mkdir(parents=True, exist_ok=True)
    for page, execution in _executions(project, stale, jobs, cluster):
        yield _kept(project, page, execution)


def _executions(
    project: Project, stale: list[Page], jobs: int, cluster: str | None
) -> Iterator[tuple[Page, Execution]]:
    if cluster is None:
        return run_all(stale, _arguments, jobs)
    from auditbook.making.cluster import run_on_cluster

    return run_on_cluster(project, stale, cluster)


def _arguments(page: Page) -> tuple:
    return page.template, page.parameters, page.path.parent, page.made_from


def _kept(project: Project, page: Page, execution: Execution) -> Result:
    if not execution.problem:
        write_atomically(page.path, execution.notebook)
        return Result(page, "run")
    if execution.notebook:
        write_atomically(project.root / "_build" / "failed" / page.name, execution.notebook)
    if not page.path.is_file():
        write_atomically(page.path, page_of_failure(title_of(page.template)))
    return Result(page, "failed", execution.problem)
