"""The files readers take away, made by a run for every audit where they are stale, many audits at once."""

from collections.abc import Callable, Sequence
from pathlib import Path

from auditbook.build.pages import Page, Result
from auditbook.build.prepared import Prepared
from auditbook.downloads.records import MADE_FROM, downloads_folder, remove_downloads
from auditbook.downloads.write import write_downloads
from auditbook.engine import store
from auditbook.engine.atomic import write_atomically
from auditbook.engine.workers import Outcome, Work
from auditbook.project import Project
from auditbook.validation.problems import AuditbookError


def stale_downloads(project: Project, prepared: Sequence[Prepared]) -> list[Prepared]:
    """The audits whose files were made from something else, or are not there."""
    brand = _brand(project)
    return [each for each in prepared if not _is_fresh(project, each, brand)]


def _brand(project: Project) -> str:
    """What the files are made from beside an audit: the brand with its pictures, and the templates."""
    folder = project.root / "book"
    paths = [folder / "brand.yml", *(folder / "templates").rglob("*"), *(folder / "_static").glob("*")]
    return store.of_files([path for path in paths if path.is_file()], folder)


def _mark(project: Project, each: Prepared) -> Path:
    """Where it is noted what an audit's files were made from."""
    return downloads_folder(project.root, each.released.audit_id).with_suffix(MADE_FROM)


def _is_fresh(project: Project, each: Prepared, brand: str) -> bool:
    mark, folder = _mark(project, each), downloads_folder(project.root, each.released.audit_id)
    return mark.is_file() and mark.read_text() == each.key + brand and folder.is_dir()


def download_works(project: Project, prepared: Sequence[Prepared]) -> list[Work]:
    """What makes the files of these audits, each in a process of its own."""
    return [Work(each, _make, (project, each)) for each in prepared]


def download_results(project: Project) -> Callable[[Outcome], Result]:
    """What tells what became of one audit's files, made from the brand and the templates as they are now.

    It raises AuditbookError when files could not be made, InputRefused when the brand or the Word template is refused.
    """
    brand = _brand(project)

    def result(outcome: Outcome) -> Result:
        if isinstance(outcome.value, AuditbookError):
            raise outcome.value
        each: Prepared = outcome.job
        if not outcome.problem:
            write_atomically(_mark(project, each), each.key + brand)
        return Result(page_of(project, each), "failed" if outcome.problem else "run", outcome.problem)

    return result


def _make(project: Project, each: Prepared) -> AuditbookError | None:
    try:
        write_downloads(project, each.released, each.briefing)
    except AuditbookError as problem:
        return problem
    return None


def page_of(project: Project, each: Prepared) -> Page:
    """How a run's messages call an audit's files."""
    folder = downloads_folder(project.root, each.released.audit_id)
    return Page(folder, {}, folder, f"audits/{each.released.audit_id}/downloads", {}, [])


__all__ = ["download_results", "download_works", "page_of", "remove_downloads", "stale_downloads"]
