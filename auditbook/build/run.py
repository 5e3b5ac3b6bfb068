"""One run: read and check everything, release it, write each audit's figures and briefing, run the stale pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from auditbook.build.downloads import download_jobs, lay_out_downloads, stale_downloads
from auditbook.build.entry_checks import check_entries
from auditbook.build.pages import Page, Result, planned_pages, run_pages, stale_pages
from auditbook.build.partners import with_partners
from auditbook.build.publication import Publication, book_standing, in_book, write_decisions
from auditbook.build.shown import Shown, ShownAudit, ShownPool, read_and_release
from auditbook.codebook.quarter import AuditId, refuse_unknown
from auditbook.downloads.write import refuse_brand_and_template
from auditbook.engine.atomic import write_atomically
from auditbook.engine.store import Store
from auditbook.engine.workers import Outcome, Work, start_early
from auditbook.pages.editions_page import corrected_line
from auditbook.pages.standing import Standing
from auditbook.project import BRIEFING, Project
from auditbook.validation.problems import AuditbookError


class Progress(Protocol):
    """What is told while pages run: how many there are, what became of each, and of all of them."""

    def begin(self, pages: int) -> None: ...

    def done(self, result: Result) -> None: ...

    def end(self, results: Sequence[Result]) -> None: ...


class Silent(Progress):
    """Nobody is told."""


@dataclass(frozen=True)
class Request:
    """What somebody asked for.

    ids            audits whose pages are meant, or None for all
    profile        a release profile, or None for each audit's own
    jobs           pages run at the same time
    is_forced      run every page, stale or not
    cluster        address of a Dask scheduler that runs the pages
    has_downloads  make what readers take away, too
    publication    what it is to be published as, or None: a draft, or the edition that it already is
    """

    ids: Sequence[AuditId] | None = None
    profile: str | None = None
    jobs: int = 2
    is_forced: bool = False
    cluster: str | None = None
    has_downloads: bool = True
    publication: Publication | None = None


WHOLE_BOOK = Request()


@dataclass(frozen=True)
class RunResult:
    """What a run showed, every file it keeps up to date, and what became of each page."""

    shown: Shown
    written: tuple[Path, ...]
    pages: tuple[Result, ...]

    @property
    def problems(self) -> list[str]:
        return [f"{result.page.name}: {result.problem}" for result in self.pages if result.state == "failed"]

    @property
    def changed(self) -> set[str]:
        """Audits, and pages of pools, of which a page or a file was made."""
        names = [result.page.name.removesuffix(".ipynb") for result in self.pages if result.state == "run"]
        return {name.split("/")[1] if name.startswith("audits/") else name for name in names}


def run(
    project: Project,
    request: Request = WHOLE_BOOK,
    progress: Progress | None = None,
    store: Store | None = None,
    after_pages: Callable[[Shown, Sequence[Path]], object] = lambda shown, written: None,
    beside_pages: Callable[[Shown], Sequence[Work]] = lambda shown: (),
    meanwhile: Callable[[Shown], object] = lambda shown: None,
) -> RunResult:
    """Run the pages of these audits, or of all, and make what readers take away of them.

    after_pages   what else is written of everything that is shown, once the pages ran
    beside_pages  what else processes can do while they do; who needs it and finds it undone does it
    meanwhile     what may be done while files of one audit are made, all that is made anew (an edited briefing)

    Nothing is run or written when any input is refused (InputRefused) or a release is (ReleaseRefused).
    The caller holds the project's lock (`engine.atomic.alone`).
    """
    progress, store = progress or Silent(), store or Store(project.root / "_build")
    if request.is_forced:
        start_early()
    check_entries(project)
    refuse_brand_and_template(project, store)
    shown = with_partners(project, read_and_release(project, store, request.profile, request.jobs))
    shown = in_book(shown, book_standing(project, store, shown, request.publication))
    refuse_unknown(list(request.ids or ()), [released.audit_id for released in shown.released])
    folders = _folders(project, shown, request.ids)
    pages = planned_pages(project, store, shown, request.profile, request.ids)
    write_decisions(shown.standing)
    written = [*_write_texts(store, folders, shown.standing), *(page.path for page in pages)]
    results = _run_pages(project, store, shown, pages, request, progress, beside_pages, meanwhile)
    after_pages(shown, written)
    return RunResult(shown, tuple(written), tuple(results))


def _folders(project: Project, shown: Shown, ids: Sequence[AuditId] | None) -> dict[Path, ShownAudit | ShownPool]:
    """Folder of `book/` → the audit or pool whose figures and words lie there."""
    book = project.root / "book"
    audits = {book / "audits" / str(audit.released.audit_id): audit for audit in _wanted(shown, ids)}
    meant = [pool for pool in shown.pools if ids is None or set(ids) & set(pool.pool.audits)]
    return {**audits, **{book / "pooled" / pool.pool.name: pool for pool in meant}}


def _wanted(shown: Shown, ids: Sequence[AuditId] | None) -> list[ShownAudit]:
    return [audit for audit in shown.audits if ids is None or audit.released.audit_id in ids]


def _write_texts(store: Store, folders: dict[Path, ShownAudit | ShownPool], standing: Standing) -> list[Path]:
    texts = {
        folder / name: text
        for folder, shown in folders.items()
        for name, text in store.value("texts", shown.words_key, dict[str, str], lambda shown=shown: shown.files).items()
    }
    for path in texts:
        texts[path] += corrected_line(path.parent.name, standing) if path.name == BRIEFING else ""
    for path, text in texts.items():
        write_atomically(path, text)
    return list(texts)


def _run_pages(
    project: Project,
    store: Store,
    shown: Shown,
    pages: list[Page],
    request: Request,
    progress: Progress,
    beside_pages: Callable[[Shown], Sequence[Work]],
    meanwhile: Callable[[Shown], object],
) -> list[Result]:
    wanted = _wanted(shown, request.ids)
    stale = stale_pages(pages, request.is_forced)
    stale_files = stale_downloads(project, store, wanted) if request.has_downloads else []
    results = [Result(page, "fresh") for page in pages if page not in stale]
    progress.begin(len(pages) + len(stale_files))
    for result in results:
        progress.done(result)
    jobs = download_jobs(project, store, stale_files)
    beside = beside_pages(shown) if stale else ()
    for outcome in run_pages(project, stale, request.jobs, request.cluster, jobs, beside, lambda: meanwhile(shown)):
        if isinstance(outcome, Outcome) and not isinstance(outcome.job, ShownAudit):
            continue
        result = outcome if isinstance(outcome, Result) else _result_of_files(project, outcome)
        results.append(result)
        progress.done(result)
    lay_out_downloads(project, store, shown.audits)
    progress.end(results)
    return results


def _result_of_files(project: Project, outcome: Outcome) -> Result:
    """What became of one audit's files to take away. Raises what its brand or its Word template was refused for."""
    if isinstance(outcome.value, AuditbookError):
        raise outcome.value
    name = f"audits/{outcome.job.released.audit_id}/downloads"
    folder = project.root / "_build" / name.removeprefix("audits/")
    return Result(Page(folder, {}, folder, name, {}), "failed" if outcome.problem else "run", outcome.problem)
