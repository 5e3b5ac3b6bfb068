"""Which pages there are, which of them are stale, and running those."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from auditbook.build.prepared import PreparedPool, of_pool
from auditbook.engine import store
from auditbook.engine.atomic import write_atomically
from auditbook.engine.declared import declared_by_templates
from auditbook.engine.papermill_run import (
    Execution,
    check_parameters,
    execute,
    made_from,
    page_of_failure,
    title_of,
)
from auditbook.engine.workers import Outcome, Work, can_fork, done_here, in_processes
from auditbook.project import Project
from auditbook.reading.notebook import preload_released
from auditbook.release.released import Released


@dataclass(frozen=True)
class Page:
    """One page to be: its template, its parameters, where it will lie, what it was made from, and its figures."""

    template: Path
    parameters: dict[str, str]
    path: Path
    name: str
    made_from: dict[str, str]
    released: list[Released] = field(default_factory=list, compare=False, repr=False)

    @property
    def preload(self) -> Callable[[], None]:
        """Gives the page's process its figures, so that it need not read and count again."""
        return partial(preload_released, self.released)

    @property
    def is_stale(self) -> bool:
        return made_from(self.path) != self.made_from


@dataclass(frozen=True)
class Result:
    """What became of a page: fresh (nothing had changed), run, or failed with its problem in one line."""

    page: Page
    state: str
    problem: str = ""


def planned_pages(
    project: Project,
    released: list[Released],
    asked: str | None,
    wanted: list[Released] | None = None,
    pools: Sequence[PreparedPool] = (),
) -> list[Page]:
    """Every page of the wanted audits, then of their collections and pools.

    released  every audit of the project, oldest first; those of a collection are what its pages show
    asked     a release profile, or None for each audit's own
    wanted    the audits whose pages are meant; all of them unless given
    pools     audits released together, each pool as one

    A template with the parameter `quarter` gives a page an audit, one with `collection` a page a collection, one with
    `pool` a page a pool. Raises WrongUsage for a template that declares none of them.
    """
    wanted = released if wanted is None else wanted
    pages = []
    shared = {"codebook": store.of_codebook(project), "package": store.of_package()}
    hashes = {each.audit_id: store.of_audit(project, each.audit_id) for each in released}
    for template, declared in declared_by_templates(project).items():
        made = {**shared, "template": store.of_file(template)}
        if "quarter" in declared:
            for each in wanted:
                parameters = {"quarter": str(each.audit_id), "profile": each.profile.name}
                path = project.root / "book" / "audits" / str(each.audit_id) / template.name
                audit = {**made, "audit": hashes[each.audit_id]}
                pages.append(_page(project, template, declared, parameters, path, audit, [each]))
            continue
        if "pool" in declared:
            for each in pools:
                parameters = {"pool": each.pool.name}
                path = project.root / "book" / template.stem / f"{each.pool.name}.ipynb"
                own = {**made, "audits": of_pool(project, each.pool)}
                pages.append(_page(project, template, declared, parameters, path, own, [each.released]))
            continue
        for collection in sorted({each.settings.collection for each in wanted}):
            own = [each for each in released if each.settings.collection == collection]
            parameters = {"collection": collection, "profile": asked or "internal"}
            path = project.root / "book" / template.stem / f"{collection}.ipynb"
            audits = store.of_values({str(each.audit_id): hashes[each.audit_id] for each in own})
            pages.append(_page(project, template, declared, parameters, path, {**made, "audits": audits}, own))
    return pages


def _page(
    project: Project,
    template: Path,
    declared: list[str],
    parameters: dict[str, str],
    path: Path,
    made: dict[str, str],
    released: list[Released],
) -> Page:
    check_parameters(template, declared, parameters)
    made = {**made, "parameters": store.of_values(parameters)}
    return Page(template, parameters, path, path.relative_to(project.root / "book").as_posix(), made, released)


def run_pages(
    project: Project,
    pages: list[Page],
    jobs: int = 1,
    is_forced: bool = False,
    cluster: str | None = None,
    beside: Sequence[Work] = (),
    told: Callable[[Outcome], Result] | None = None,
) -> Iterator[Result]:
    """Run the stale pages, `jobs` at a time or on a Dask cluster; every page gives one result, as it is done.

    beside  other work on this machine, in the same processes; one alone is done in this one
    told    what became of one of these
    """
    stale = []
    for page in pages:
        if is_forced or page.is_stale:
            page.path.parent.mkdir(parents=True, exist_ok=True)
            stale.append(page)
        else:
            yield Result(page, "fresh")
    if cluster is not None and stale:
        from auditbook.engine.cluster import run_on_cluster

        for page, execution in run_on_cluster(stale, cluster):
            yield _kept(project, page, execution)
    of_pages = works_of(stale) if cluster is None else []
    is_one_edit = not of_pages and len(beside) == 1
    for outcome in [done_here(beside[0])] if is_one_edit else in_processes([*of_pages, *beside], jobs):
        if isinstance(outcome.job, Page):
            yield _kept(project, outcome.job, outcome.value or Execution("", outcome.problem))
        else:
            yield told(outcome)


def works_of(pages: list[Page], engine: str | None = None) -> list[Work]:
    """What the pages' processes run, which gives an Execution; with nothing its process ended by itself.

    engine  `warm` or `kernel`; warm wherever processes can be forked, unless given
    """
    engine = engine or ("warm" if can_fork() else "kernel")
    return [
        Work(
            page,
            execute,
            (
                page.template,
                page.parameters,
                page.path.parent,
                page.made_from,
                page.preload,
                engine,
            ),
        )
        for page in pages
    ]


def _kept(project: Project, page: Page, execution: Execution) -> Result:
    if not execution.problem:
        write_atomically(page.path, execution.notebook)
        return Result(page, "run")
    if execution.notebook:
        write_atomically(project.root / "_build" / "failed" / page.name, execution.notebook)
    if not page.path.is_file():
        write_atomically(page.path, page_of_failure(title_of(page.template)))
    return Result(page, "failed", execution.problem)
