"""The contents of the book, and its pages that are written from data: executed pages and briefings apart."""

import re
from collections.abc import Iterable
from pathlib import Path

from auditbook.briefing.brand import brand_files
from auditbook.build.orphaned_outputs import remove_orphaned_outputs
from auditbook.build.shown import Shown
from auditbook.build.templates import title_of
from auditbook.engine.atomic import write_atomically
from auditbook.engine.papermill_run import parameters_of_templates
from auditbook.engine.store import Store
from auditbook.engine.workers import Work
from auditbook.pages.about_audit import about_text, provenance_text
from auditbook.pages.actions_export import write_registers
from auditbook.pages.codebook_pages import codebook_files
from auditbook.pages.contents import AUDIT_PAGES, FIGURES_PAGE, ListedPool, Templates, TocPart, contents, toc_text
from auditbook.pages.editions_page import corrections_text, edition_files, withdrawn_entries
from auditbook.pages.front import NEWS_MARK, news_text
from auditbook.pages.listings import LIST_FILE, followed_agencies, followed_themes, listed, listing_files
from auditbook.pages.standing import Standing
from auditbook.project import Project, is_written
from auditbook.reading.picture_cache import PicturesOf
from auditbook.release.released import Released

SUFFIXES = (".md", ".ipynb")
LISTINGS = "listings"
"""A kind of the store, and the name under which its pictures are kept."""


def book_parts(project: Project, store: Store, shown: Shown) -> tuple[TocPart, ...]:
    """The contents of this project's book."""
    templates = _templates(project, store)
    pools = [ListedPool(pool.pool.name, pool.pool.title, pool.released.settings.collection) for pool in shown.pools]
    audits, withdrawn = [listed(released) for released in shown.released], withdrawn_entries(shown.standing)
    return contents(audits, templates, _written(project, templates), pools, withdrawn)


def _written(project: Project, templates: Templates) -> set[str]:
    """Every page under `book/` that no run makes, from the project's root and without suffix."""
    inside = [path.relative_to(project.root) for path in (project.root / "book").rglob("*") if path.suffix in SUFFIXES]
    made = {"_static", *templates.of_collections, *templates.of_pools}
    return {path.with_suffix("").as_posix() for path in inside if path.parts[1] not in made and is_written(path)}


def _templates(project: Project, store: Store) -> Templates:
    parameters = {path.stem: declared for path, declared in parameters_of_templates(project, store).items()}
    of_audits = tuple(name for name, declared in parameters.items() if "quarter" in declared)
    of_pools = tuple(name for name, declared in parameters.items() if "pool" in declared and name not in of_audits)
    of_collections = tuple(name for name in parameters if name not in (*of_audits, *of_pools))
    titles = {name: title_of(project.root / "notebooks" / f"{name}.ipynb") for name in of_collections}
    return Templates(of_audits, of_collections, of_pools, titles)


def generated_files(project: Project, store: Store, shown: Shown) -> dict[Path, str]:
    """Path → text of `_toc.yml` and of every page that is written from data."""
    listings = _listings(store, shown.figures_key, shown.released)
    there = {str(audit_id) for audit_id in shown.ids}
    listings[LIST_FILE] = listings[LIST_FILE].replace(NEWS_MARK, news_text(shown.standing, there))
    files = {
        **{name: _leading_somewhere(project, text) for name, text in listings.items()},
        **codebook_files(project, shown.codebook, followed_themes(shown.released), followed_agencies(shown.released)),
        **{
            f"book/audits/{released.audit_id}/about.md": _about_page(project, released, shown.standing)
            for released in shown.released
        },
        **edition_files(shown.standing, there),
        "_toc.yml": toc_text(book_parts(project, store, shown)),
    }
    return {**{project.root / name: text for name, text in files.items()}, **brand_files(project)}


def _leading_somewhere(project: Project, text: str) -> str:
    """A page whose links to a page of an audit lead to its figures, or its briefing, where the project has removed that
    template."""
    removed = [name for name in AUDIT_PAGES if not (project.root / "notebooks" / f"{name}.ipynb").exists()]
    there = FIGURES_PAGE if (project.root / "notebooks" / f"{FIGURES_PAGE}.ipynb").exists() else "briefing"
    return re.sub(rf"(audits/[\w-]+/)(?:{'|'.join(removed)})\b", rf"\1{there}", text) if removed else text


def listings_jobs(store: Store, shown: Shown) -> list[Work]:
    """What makes the pages over several audits, to be done beside the pages of audits; nothing where none changed."""
    if store.read(LISTINGS, shown.figures_key, dict[str, str]) is not None:
        return []
    return [Work(LISTINGS, make_listings, (store, shown.figures_key, shown.released))]


def make_listings(store: Store, figures_key: str, released: list[Released]) -> None:
    """Make and keep them."""
    _listings(store, figures_key, released)


def _listings(store: Store, figures_key: str, released: list[Released]) -> dict[str, str]:
    """The pages over several audits, made again only where a figure changed, and then only pictures that show it."""
    pictures = PicturesOf.page(store, LISTINGS)
    with pictures.kept():
        return store.value(LISTINGS, figures_key, dict[str, str], lambda: listing_files(released))


def _about_page(project: Project, released: Released, standing: Standing) -> str:
    """The page about one audit: what it was, what was corrected, and where its pages come from."""
    corrections = corrections_text(str(released.audit_id), standing)
    return "\n".join(filter(None, [about_text(released), corrections, provenance_text(project, released)]))


def write_generated(project: Project, store: Store, shown: Shown, written: Iterable[Path]) -> list[Path]:
    """Write what changed of the generated files, and take away what an earlier build made and this one does not.

    written  every other file that this build keeps up to date

    Returns the paths that changed.
    """
    files = generated_files(project, store, shown)
    write_registers(project.root, shown.released)
    changed = [path for path, text in files.items() if write_atomically(path, text)]
    remove_orphaned_outputs(project, store, [*files, *written])
    return changed
