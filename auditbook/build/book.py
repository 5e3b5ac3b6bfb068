"""The whole build, in its order: what `auditbook build` and its preview both do."""

import time
from dataclasses import dataclass
from pathlib import Path

from auditbook.build.generated import book_parts, listings_jobs, write_generated
from auditbook.build.orphaned_outputs import unlisted_pages
from auditbook.build.run import WHOLE_BOOK, Progress, Request, RunResult, run
from auditbook.build.shown import Shown
from auditbook.build.site import LookingThrough, SiteRequest, make_site
from auditbook.build.unchanged import begin, remember
from auditbook.downloads.records import download_warnings
from auditbook.engine.atomic import alone
from auditbook.engine.store import Store
from auditbook.pages.contents import pages_of
from auditbook.project import Project
from auditbook.release.released import INSIDE
from auditbook.site.publishing import put_in_place
from auditbook.validation.problems import BookFailed, ReleaseRefused


@dataclass(frozen=True)
class BookResult:
    """A build's end: its run, the site's folder, its pages without suffix, and every problem. With problems of the
    site nothing published changed."""

    run: RunResult
    site: Path
    pages: tuple[str, ...]
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def build_book(
    project: Project,
    request: Request = WHOLE_BOOK,
    progress: Progress | None = None,
    site: SiteRequest | None = None,
) -> BookResult:
    """Read, release, write pages, run pages, make downloads, make the site, search it, put it in place.

    A page that fails leaves the last good one, and the book is built all the same.

    Raises BookFailed when it is to be published and a page failed; InputRefused, ReleaseRefused, and LeakFound: then
    the site published before is searched too, and taken away when it holds a leak.
    """
    build = project.root / "_build"
    site = site or SiteRequest(build)
    store, began = Store(build), time.time_ns()
    with alone(project):
        begin(store)
        generated: list[Path] = []
        looking = LookingThrough(project, store, site.find_secrets)
        done = run(
            project,
            request,
            progress,
            store,
            after_pages=lambda shown, written: generated.extend(write_generated(project, store, shown, written)),
            beside_pages=lambda shown: listings_jobs(store, shown),
            meanwhile=looking.get_ready,
        )
        if request.publication and done.problems:
            raise BookFailed("Nothing is published while a page fails; what was published stays as it was.")
        is_published = site.folder == build  # a preview is made from the same, and leaves what was published
        if is_published:
            _refuse_internal(done.shown)
        pages = pages_of(book_parts(project, store, done.shown))
        problems = make_site(project, store, done.shown, pages, done.changed, site, looking)
        if request.publication and request.publication.site and not problems:
            put_in_place(site.folder / "html", request.publication.site)
        if is_published and not (problems or done.problems):
            store.sweep()
            recorded = [*done.shown.standing.files, *done.shown.standing.decisions]
            remember(project, store, str(request.profile), began, [*done.written, *generated, *recorded])
        warnings = [*_warnings(project, done, pages), *looking.warnings(done.shown)]
    return BookResult(done, site.folder / "html", tuple(pages), tuple(problems), tuple(warnings))


def _refuse_internal(shown: Shown) -> None:
    """Raises ReleaseRefused for audits that are for the business unit: no site holds them that could be published."""
    inside = [str(released.audit_id) for released in shown.released if released.profile.name == INSIDE]
    if inside:
        raise ReleaseRefused(
            f"{', '.join(inside)}: `internal` figures are for the business unit: auditbook build --profile internal "
            "makes a book of them in _build/internal. For the book that readers see, give audit.yml another profile, "
            "`strict` or `recorded`."
        )


def _warnings(project: Project, done: RunResult, pages: list[str]) -> list[str]:
    too_long = [
        f"{released.audit_id}: {warning}"
        for released in done.shown.released
        for warning in download_warnings(project.root, released.audit_id)
    ]
    return [*done.shown.warnings, *too_long, *unlisted_pages(project, pages), *done.shown.standing.warnings]
