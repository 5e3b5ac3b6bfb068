"""From executed and written pages to a site that may be published: Jupyter Book, the search for leaks, one swap."""

import os
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditbook.build.generated import SUFFIXES
from auditbook.build.handed_over import refuse_leaking_record
from auditbook.build.publication import mark_site, write_record
from auditbook.build.shown import Shown
from auditbook.downloads.records import downloads_in_site
from auditbook.engine.store import Store
from auditbook.leaks.scan import secrets_of_project
from auditbook.leaks.scanner import Scanner
from auditbook.leaks.secrets import Secrets
from auditbook.project import Project
from auditbook.site import release_of_pages
from auditbook.site.feeds import write_feeds
from auditbook.site.jupyter_book import Process, run_jupyter_book
from auditbook.site.publishing import publish
from auditbook.site.web import finished, has_policy, remove_emptied
from auditbook.validation.problems import LeakFound, number_of


@dataclass(frozen=True)
class SiteRequest:
    """How a site is made.

    folder       where, and where what is kept for the next one lies; a preview has a folder of its own
    jupyter_book a Jupyter Book that waits (`site.jupyter_book.waiting`), or None to start one
    find_secrets finds all that is looked for
    """

    folder: Path
    jupyter_book: Process | None = None
    find_secrets: Callable[..., Secrets] = secrets_of_project


class LookingThrough:
    """The search of a site, which knows what to look for as soon as it is known what is shown."""

    def __init__(self, project: Project, store: Store, find_secrets: Callable[..., Secrets] = secrets_of_project):
        self._project, self._store, self._find_secrets = project, store, find_secrets
        self._scanner: Scanner | None = None

    def scanner(self, shown: Shown) -> Scanner:
        """The one search of a build: whoever asks first gets it ready."""
        if self._scanner is None:
            self._scanner = Scanner(self._secrets(shown), self._store)
        return self._scanner

    def get_ready(self, shown: Shown) -> None:
        """Work out now what the first page would have to wait for, withheld numbers apart."""
        self.scanner(shown).search.get_ready(())

    def warnings(self, shown: Shown) -> list[str]:
        """That some ids are looked for nowhere, once for all of them."""
        places = self.scanner(shown).search.secrets.unsearched_ids
        if not places:
            return []
        rest = f", and in {number_of(len(places) - 1, 'other file')}" if len(places) > 1 else ""
        return [
            f"{places[0]}{rest}: an id that is very short or a common word here is looked for nowhere; read the pages "
            "for it, or give other ids, such as KW-0417."
        ]

    def _secrets(self, shown: Shown) -> Secrets:
        together = {pool.pool.name: pool.released for pool in shown.pools}
        return self._find_secrets(self._project, shown.released, together, self._store)


def make_site(
    project: Project,
    store: Store,
    shown: Shown,
    pages: Sequence[str],
    changed: Collection[str],
    request: SiteRequest,
    looking: LookingThrough | None = None,
) -> list[str]:
    """Build the site aside in `work`, search it, and put it in place of `html`; its problems, and then nothing changed.

    pages    of the contents, from the project's root and without suffix. A page without a file, any warning of Jupyter
             Book and anything a page must not hold is a problem.
    changed  audits, and pages of pools, that a run made something of
    looking  the search, if it was begun, or None to begin it now

    Raises LeakFound when something would get out that must not; then the site published before is searched too, and
    taken away when it holds a leak.
    """
    problems = missing_sources(project.root, pages)
    if problems:
        return problems
    site, work = request.folder / "html", request.folder / "work"
    built = work / "_build" / "html"
    looking = looking or LookingThrough(project, store, request.find_secrets)

    def look_ahead() -> None:
        scanner = looking.scanner(shown)
        scanner.search.get_ready(changed)
        scanner.ahead(downloads_in_site(project.root))
        scanner.ahead(written_pages(built), finished)

    environment = release_of_pages.environment(shown.released, shown.standing.words)
    problems = run_jupyter_book(project.root, work, environment, request.jupyter_book, look_ahead)
    remove_unlisted(built, pages)
    problems = problems or unfinished_pages(built, pages)
    if not problems:
        write_feeds(project.root, built, shown.released, pages, shown.standing)
        mark_site(shown.standing, built)
        withdraw_if_leaking(project, looking.scanner(shown), built, site)
        refuse_leaking_record(shown.standing, looking.scanner(shown))
        write_record(
            shown.standing
        )  # before its site is there: a build killed in between is that edition when built again
        publish(built, site)
    return problems


def written_pages(site: Path) -> dict[str, Path]:
    """Path in the site → each page that is there already; a folder may go away meanwhile, which os.walk passes over."""
    paths = [Path(folder, name) for folder, _, names in os.walk(site / "book") for name in names]
    return {path.relative_to(site).as_posix(): path for path in paths if path.suffix == ".html"}


def missing_sources(root: Path, pages: Sequence[str]) -> list[str]:
    """Pages of the contents that have no file. Jupyter Book would only warn."""
    lost = [page for page in pages if not any((root / f"{page}{suffix}").is_file() for suffix in SUFFIXES)]
    return [f"{page}: the contents list this page, and there is no such file." for page in lost]


def remove_unlisted(site: Path, pages: Sequence[str]) -> None:
    """Delete pages that an earlier build made and the contents no longer list: of an audit that was taken away."""
    for path in sorted((site / "book").rglob("*.html")):
        if path.relative_to(site).with_suffix("").as_posix() not in pages:
            path.unlink()
    remove_emptied(site)


def withdraw_if_leaking(project: Project, looking: Scanner, built: Path, site: Path) -> None:
    """Search a built site. Raises LeakFound; what was published before stays only when it holds no leak either.

    It may tell the same, for nobody looked for it then.
    """
    try:
        looking.through(built).stop_if_any()
    except LeakFound as problem:
        is_clean = site.is_dir() and not Scanner(looking.search.secrets).through(site).leaks
        gone = [] if is_clean else [site]
        for folder in (*gone, *(site.with_name(f"{site.name}.{end}") for end in ("new", "old"))):
            shutil.rmtree(folder, ignore_errors=True)
        before = "what was published before holds no leak and stays" if is_clean else "the site was taken away"
        where = project.name_of(built)
        raise LeakFound(f"{problem}\nNothing new is published: {before}. What was built is in {where}.") from None


def unfinished_pages(site: Path, pages: Sequence[str]) -> list[str]:
    """Pages of the contents that were not built, or have no security policy: exit codes of builders have lied."""
    problems = []
    for page in [*pages, "index", "search"]:
        path = site / f"{page}.html"
        if not path.is_file():
            problems.append(f"{page}: this page was not built.")
        elif not has_policy(path):
            problems.append(f"{page}: this page has no security policy.")
    return problems
