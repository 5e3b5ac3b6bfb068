"""From data and executed pages to a published site: contents, generated pages, Jupyter Book, checks, one swap."""

import os
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from auditbook.briefing.brand import brand_files
from auditbook.build.given_up import remove_given_up, strangers
from auditbook.build.kept_listings import kept_listing_files
from auditbook.build.prepared import PreparedPool
from auditbook.build.run import Run
from auditbook.codebook.codebook import Codebook
from auditbook.downloads.records import download_warnings, downloads_in_site
from auditbook.engine.atomic import write_atomically
from auditbook.engine.declared import declared_by_templates
from auditbook.leaks.looking import Looking
from auditbook.leaks.scan import memory_of, secrets_of_project
from auditbook.leaks.search import Search
from auditbook.leaks.secrets import Secrets
from auditbook.pages.about_audit import about_text
from auditbook.pages.codebook_pages import codebook_files
from auditbook.pages.contents import ListedPool, Part, Templates, contents, pages_of, toc_text
from auditbook.pages.listings import followed_themes, listed, listing_files
from auditbook.pages.provenance import provenance_text
from auditbook.pages.register_files import write_registers
from auditbook.project import Project
from auditbook.release.released import Released
from auditbook.site.feeds import write_feeds
from auditbook.site.jupyter_book import Process, run_jupyter_book
from auditbook.site.publishing import publish
from auditbook.site.web import finished, has_policy, remove_emptied
from auditbook.site.withheld_pages import environment
from auditbook.validation.problems import LeakFound

WRITTEN = ("about", "guide", "method")
"""Folders of `book/` whose pages are written by hand, or by other generators, and are all listed."""
SUFFIXES = (".md", ".ipynb")


@dataclass(frozen=True)
class Built:
    """A build's end: the site's folder, its pages without suffix, and every problem. With problems nothing changed."""

    site: Path
    pages: tuple[str, ...]
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def book_parts(project: Project, released: Sequence[Released], pools: Sequence[PreparedPool] = ()) -> tuple[Part, ...]:
    """The contents of this project's book."""
    written = {
        path.relative_to(project.root).with_suffix("").as_posix()
        for folder in WRITTEN
        for path in (project.root / "book" / folder).glob("*")
        if path.suffix in SUFFIXES
    }
    together = [ListedPool(each.pool.name, each.pool.title, each.released.settings.collection) for each in pools]
    return contents([listed(figures) for figures in released], _templates(project), written, together)


def _templates(project: Project) -> Templates:
    found = {path.stem: declared for path, declared in declared_by_templates(project).items()}
    of_audits = tuple(name for name, declared in found.items() if "quarter" in declared)
    of_pools = tuple(name for name, declared in found.items() if "pool" in declared and name not in of_audits)
    return Templates(of_audits, tuple(name for name in found if name not in (*of_audits, *of_pools)), of_pools)


def generated_files(
    project: Project,
    released: Sequence[Released],
    codebook: Codebook,
    pools: Sequence[PreparedPool] = (),
    made_from: str | None = None,
) -> dict[Path, str]:
    """Path → text of `_toc.yml` and of every page that is written from data, executed pages and briefings apart.

    made_from  hash of everything that the figures were made from, by which pages over several audits are kept
    """
    files = {
        **(kept_listing_files(project, released, made_from) if made_from else listing_files(released)),
        **codebook_files(project, codebook, followed_themes(released)),
        **{
            f"book/audits/{figures.audit_id}/about.md": about_text(figures) + "\n" + provenance_text(project, figures)
            for figures in released
        },
        "_toc.yml": toc_text(book_parts(project, released, pools)),
    }
    return {**{project.root / name: text for name, text in files.items()}, **brand_files(project)}


def write_generated(project: Project, done: Run) -> list[Path]:
    """Write what changed of the generated files, and take away what an earlier build made and this one does not.

    Returns the paths that changed.
    """
    files = generated_files(project, done.released, done.codebook, done.pools, done.made_from)
    write_registers(project.root, done.released)
    changed = [path for path, text in files.items() if write_atomically(path, text)]
    remove_given_up(project, [*files, *done.written])
    return changed


def build_book(
    project: Project,
    released: Sequence[Released],
    process: Process | None = None,
    pools: Sequence[PreparedPool] = (),
    folder: Path | None = None,
    find_secrets: Callable[..., Secrets] | None = None,
    changed: Collection[str] = (),
) -> Built:
    """Build the site aside in `_build/work`, check it, and put it in place of `_build/html`.

    All pages are there already: executed ones, briefings, and those of `write_generated`. A page of the contents
    without a file, any warning of Jupyter Book and anything a page must not hold is a problem; with a problem the site
    published before stays as it is.
    process  a Jupyter Book that waits (`jupyter_book.waiting`), or None to start one
    folder   another place than `_build` for the site and what is kept for the next one: a preview's
    find_secrets  what finds all that is looked for; `secrets_of_project` unless given
    changed  audits, and pages of pools, that a run made something of (`run.Run.changed`)

    Raises LeakFound when something would get out that must not; then the site published before is taken away too.
    The caller holds the project's lock (`writing.alone`).
    """
    pages = pages_of(book_parts(project, released, pools))
    folder = folder or project.root / "_build"
    site = folder / "html"
    problems = missing_sources(project.root, pages)
    work = folder / "work"
    built = work / "_build" / "html"
    together = {each.pool.name: each.released for each in pools}

    @cache
    def looking() -> Looking:
        return Looking(Search((find_secrets or secrets_of_project)(project, released, together)), memory_of(site))

    def meanwhile() -> None:
        looking().search.get_ready(changed)
        looking().ahead(downloads_in_site(project.root))
        looking().ahead(written_pages(built), finished)

    if not problems:
        problems = run_jupyter_book(project.root, work, environment(released), process, meanwhile)
        remove_unlisted(built, pages)
        problems = problems or unfinished_pages(built, pages)
    if not problems:
        write_feeds(project.root, built, released, pages)
        withdraw_if_leaking(project, looking(), built, site)
        publish(built, site)
    warnings = [
        f"{figures.audit_id}: {each}"
        for figures in released
        for each in download_warnings(project.root, figures.audit_id)
    ]
    warnings += strangers(project, pages)
    return Built(site, tuple(pages), tuple(problems), tuple(warnings))


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


def withdraw_if_leaking(project: Project, looking: Looking, built: Path, site: Path) -> None:
    """Search a built site. Raises LeakFound; then what was published before is no longer there either.

    What was published before may tell the same: nobody looked for it then.
    """
    try:
        looking.through(built).stop_if_any()
    except LeakFound as problem:
        for folder in (site, *(site.with_name(f"{site.name}.{end}") for end in ("new", "old"))):
            shutil.rmtree(folder, ignore_errors=True)
        where = project.name_of(built)
        raise LeakFound(
            f"{problem}\nNothing is published: the site was taken away. What was built is in {where}."
        ) from None


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
