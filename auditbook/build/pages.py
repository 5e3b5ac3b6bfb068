"""Which pages there are, which of them are stale, and running those."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from auditbook.build.shown import Shown, ShownPool, of_pool
from auditbook.build.templates import opens_others, refuse_rows, refuse_unsealed
from auditbook.build.verify import libraries
from auditbook.codebook.quarter import AuditId
from auditbook.engine import fingerprints
from auditbook.engine.atomic import write_atomically
from auditbook.engine.papermill_run import (
    Execution,
    check_parameters,
    execute,
    made_from,
    page_of_failure,
    parameters_of_templates,
    title_of,
)
from auditbook.engine.store import Store
from auditbook.engine.workers import Outcome, Work, can_fork, done_beside, in_processes
from auditbook.evidence.threads import read_followed
from auditbook.pages.contents import ANSWERS_PAGE
from auditbook.project import Project
from auditbook.reading.notebook import Preloaded, preload_released, shown_environment
from auditbook.reading.picture_cache import PicturesOf
from auditbook.reading.questions import has_answers
from auditbook.reading.sealed import kernel_environment, sealed_folders
from auditbook.release.released import Released


@dataclass(frozen=True)
class Page:
    """One page to be: its template, its parameters, where it will lie, what it was made from, where its pictures are
    kept, its figures, and the folders that are closed to it."""

    template: Path
    parameters: dict[str, str]
    path: Path
    name: str
    made_from: dict[str, str]
    pictures: PicturesOf | None = field(default=None, compare=False, repr=False)
    preloaded: Preloaded = field(default=Preloaded(), compare=False, repr=False)
    closed: list[Path] = field(default_factory=list, compare=False, repr=False)

    @property
    def preload(self) -> Callable[[], None]:
        """Gives the page's process its figures, so that it need not read and count again, and closes the rest to it."""
        return partial(preload_released, self.preloaded, self.closed)

    @property
    def environment(self) -> dict[str, str]:
        """What a standard kernel needs to close the rest to itself."""
        return kernel_environment(self.closed) | shown_environment(self.preloaded)

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
    store: Store,
    shown: Shown,
    asked: str | None = None,
    ids: Collection[AuditId] | None = None,
) -> list[Page]:
    """Every page of these audits, then of their collections and pools; of all audits unless some are named.

    asked  a release profile, or None for each audit's own

    A template with the parameter `quarter` gives a page an audit, one with `collection` a page a collection, one with
    `pool` a page a pool. Raises WrongUsage for a template that declares none of them, or that opens rows.
    """
    wanted = [released for released in shown.released if ids is None or released.audit_id in ids]
    pools = [pool for pool in shown.pools if ids is None or set(ids) & set(pool.pool.audits)]
    refuse_rows(project)
    refuse_unsealed(project)
    plan = _Plan(project, store, shown)
    pages = []
    for template, declared in parameters_of_templates(project, store).items():
        if "quarter" in declared:
            for released in wanted:
                if template.stem == ANSWERS_PAGE and not has_answers(released):
                    continue
                parameters = {"quarter": str(released.audit_id), "profile": released.profile.name}
                path = project.root / "book" / "audits" / str(released.audit_id) / template.name
                pages.append(plan.page(template, declared, parameters, path, [released]))
        elif "pool" in declared:
            for pool in pools:
                path = project.root / "book" / template.stem / f"{pool.pool.name}.ipynb"
                pages.append(plan.page(template, declared, {"pool": pool.pool.name}, path, [], pool))
        else:
            for collection in sorted({released.settings.collection for released in wanted}):
                parameters = {"collection": collection, "profile": asked or "internal"}
                path = project.root / "book" / template.stem / f"{collection}.ipynb"
                collected = [released for released in shown.released if released.settings.collection == collection]
                pages.append(plan.page(template, declared, parameters, path, collected))
    return pages


class _Plan:
    """What every page of a run is made from, and what it is given."""

    def __init__(self, project: Project, store: Store, shown: Shown):
        self._project, self._store, self._shown = project, store, shown
        self._templates: dict[tuple[Path, str], tuple[str, bool]] = {}
        self._followed = read_followed(project)
        self._hashes = {
            audit.released.audit_id: audit.made_from or self._of_files(audit.released.audit_id)
            for audit in shown.audits
        }
        self._shared = {"codebook": fingerprints.of_codebook(project), "package": fingerprints.of_package()}
        self._shared["libraries"] = libraries()
        self._profiles = {str(released.audit_id): released.profile.name for released in shown.released}

    def _of_files(self, audit_id: AuditId) -> str:
        return fingerprints.of_audit(self._project, audit_id, self._followed.get(audit_id))

    def page(
        self,
        template: Path,
        declared: list[str],
        parameters: dict[str, str],
        path: Path,
        audits: list[Released],
        pool: ShownPool | None = None,
    ) -> Page:
        """A page of one audit, of a collection or of a pool; of all of them where its template opens others."""
        check_parameters(template, declared, parameters)
        [kind] = {"quarter", "collection", "pool"} & set(parameters)
        of_template, is_whole = self._template(template, kind)
        made = {
            **self._shared,
            "template": of_template,
            **self._made_from(kind, audits, pool, is_whole),
        }
        made["parameters"] = fingerprints.of_values(parameters)
        preloaded = Preloaded(
            self._shown.released if is_whole else audits,
            is_whole,
            parameters.get("collection", ""),
            {
                shown_pool.pool.name: shown_pool.released
                for shown_pool in self._shown.pools
                if is_whole or shown_pool is pool
            },
            self._profiles,
        )
        name = path.relative_to(self._project.root / "book").as_posix()
        pictures = PicturesOf.page(self._store, name)
        return Page(template, parameters, path, name, made, pictures, preloaded, sealed_folders(self._project))

    def _template(self, template: Path, kind: str) -> tuple[str, bool]:
        """Its hash, and whether its pages show figures of others: told once for all of them."""
        if (template, kind) not in self._templates:
            self._templates[template, kind] = fingerprints.of_file(template), opens_others(template, kind)
        return self._templates[template, kind]

    def _made_from(self, kind: str, audits: list[Released], pool: ShownPool | None, is_whole: bool) -> dict[str, str]:
        if is_whole:
            pools = {shown_pool.pool.name: of_pool(self._project, shown_pool.pool) for shown_pool in self._shown.pools}
            shown = {
                str(audit.audit_id): [self._hashes[audit.audit_id], audit.profile.name]
                for audit in self._shown.released
            }
            return {"book": fingerprints.of_values([shown, pools])}
        if pool is not None:
            return {"audits": of_pool(self._project, pool.pool)}
        if kind == "quarter":
            [released] = audits
            return {"audit": self._hashes[released.audit_id]}
        return {
            "audits": fingerprints.of_values({str(audit.audit_id): self._hashes[audit.audit_id] for audit in audits})
        }


def stale_pages(pages: Iterable[Page], is_forced: bool = False) -> list[Page]:
    return [page for page in pages if is_forced or page.is_stale]


def run_pages(
    project: Project,
    stale: Sequence[Page],
    jobs: int = 1,
    cluster: str | None = None,
    extra_jobs: Sequence[Work] = (),
    first_jobs: Sequence[Work] = (),
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[Result | Outcome]:
    """Run these pages, `jobs` at a time or on a Dask cluster; each gives one result, as it is done.

    extra_jobs  other work on this machine, in the same processes, each giving its Outcome
    first_jobs  the same, begun before the pages
    meanwhile   what this process does beside a single one of those, which leaves it a core
    """
    for page in stale:
        page.path.parent.mkdir(parents=True, exist_ok=True)
    if cluster is not None and stale:
        from auditbook.engine.cluster import run_on_cluster

        for page, execution in run_on_cluster(stale, cluster):
            yield _kept(project, page, execution)
    of_pages = works_of(stale) if cluster is None else []
    works = [*first_jobs, *of_pages, *extra_jobs]
    is_one_edit = len(works) == len(extra_jobs) == 1
    for outcome in [done_beside(works[0], meanwhile)] if is_one_edit else in_processes(works, jobs):
        if isinstance(outcome.job, Page):
            yield _kept(project, outcome.job, outcome.value or Execution("", outcome.problem))
        else:
            yield outcome


def works_of(pages: Sequence[Page], engine: str | None = None) -> list[Work]:
    """What the pages' processes run, which gives an Execution; with nothing its process ended by itself.

    engine  `warm` or `kernel`; warm wherever processes can be forked, unless given
    """
    engine = engine or ("warm" if can_fork() else "kernel")
    return [Work(page, execute_here, (page, engine)) for page in pages]


def execute_here(page: Page, engine: str) -> Execution:
    """Run a page in this process, which must be its own; its pictures are found in the store, or drawn and kept."""
    pictures = page.pictures
    with pictures.kept() if pictures else nullcontext():
        return execute(
            page.template,
            page.parameters,
            page.path.parent,
            page.made_from,
            page.preload,
            page.environment | (pictures.environment if pictures else {}),
            engine,
        )


def _kept(project: Project, page: Page, execution: Execution) -> Result:
    if not execution.problem:
        write_atomically(page.path, execution.notebook)
        return Result(page, "run")
    if execution.notebook:
        write_atomically(project.root / "_build" / "failed" / page.name, execution.notebook)
    if not page.path.is_file():
        write_atomically(page.path, page_of_failure(title_of(page.template)))
    return Result(page, "failed", execution.problem)
