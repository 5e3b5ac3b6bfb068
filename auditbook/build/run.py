"""One run: read and check everything, write each audit's figures and briefing, run the stale pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from auditbook.build.downloads import (
    download_results,
    download_works,
    page_of,
    remove_downloads,
    stale_downloads,
)
from auditbook.build.live_data import refuse_tracked
from auditbook.build.pages import Page, Result, planned_pages, run_pages
from auditbook.build.prepared import PreparedPool, prepared_audits, prepared_pools
from auditbook.codebook.codebook import Codebook
from auditbook.codebook.quarter import AuditId, refuse_unknown
from auditbook.downloads.write import refuse_brand_and_template
from auditbook.engine import store
from auditbook.engine.atomic import write_atomically
from auditbook.engine.workers import start_early
from auditbook.evidence.audit import read_project_codebook
from auditbook.project import Project
from auditbook.release.earlier import refuse_beside_earlier
from auditbook.release.released import Released
from auditbook.validation.problems import Refusals


@dataclass(frozen=True)
class Run:
    """What a run is about: the codebook, its audits' figures, alone and together; what it writes, and its pages.

    changed    audits, and pages of pools, of which a page or a file was made so far
    made_from  hash of everything that the audits' figures were made from
    """

    codebook: Codebook
    released: list[Released]
    pools: list[PreparedPool]
    written: list[Path]
    pages: list[Page]
    results: Iterator[Result]
    changed: set[str]
    made_from: str


def run(
    project: Project,
    ids: list[AuditId] | None = None,
    profile: str | None = None,
    jobs: int = 2,
    is_forced: bool = False,
    cluster: str | None = None,
    has_downloads: bool = True,
) -> Run:
    """Run the pages of these audits, or of all, and make what readers take away of them unless it is left as it is.

    Nothing is run or written when any input is refused (InputRefused) or a release is (ReleaseRefused).
    The caller holds the project's lock (`writing.alone`).
    """
    if is_forced:
        start_early()
    refuse_tracked(project)
    refuse_brand_and_template(project)
    prepared = prepared_audits(project, profile, jobs)
    refuse_unknown(ids or [], [each.released.audit_id for each in prepared])
    wanted = [each for each in prepared if ids is None or each.released.audit_id in ids]
    released = [each.released for each in prepared]
    pools = prepared_pools(project)
    meant = [each for each in pools if ids is None or set(ids) & set(each.pool.audits)]
    folders = {
        **{project.root / "book" / "audits" / str(each.released.audit_id): each for each in wanted},
        **{project.root / "book" / "pooled" / each.pool.name: each for each in meant},
    }
    refuse_beside_earlier(project, {folder: each.released for folder, each in folders.items()})
    pages = planned_pages(project, released, profile, [each.released for each in wanted], meant)
    codebook = released[0].codebook if released else read_project_codebook(project, Refusals())
    written = [page.path for page in pages]
    for folder, each in folders.items():
        for name, text in each.files.items():
            write_atomically(folder / name, text)
            written.append(folder / name)
    stale = wanted if is_forced else stale_downloads(project, wanted) if has_downloads else []
    remove_downloads(project.root, {str(figures.audit_id) for figures in released})
    works = download_works(project, stale)
    results = run_pages(project, pages, jobs, is_forced, cluster, works, download_results(project))
    changed: set[str] = set()
    planned = [*pages, *(page_of(project, each) for each in stale)]
    made_from = store.of_values([store.of_whole_package(), *(each.without for each in prepared)])
    return Run(codebook, released, pools, written, planned, _noted(results, changed), changed, made_from)


def _noted(results: Iterator[Result], changed: set[str]) -> Iterator[Result]:
    """The results as they come, and in `changed` what they are of."""
    for result in results:
        if result.state == "run":
            name = result.page.name.removesuffix(".ipynb")
            changed.add(name.split("/")[1] if name.startswith("audits/") else name)
        yield result
