"""One run: read and check everything, write each audit's figures and briefing, run the stale pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from auditbook.evidence.audit import read_audits, read_project_codebook, refuse_unknown
from auditbook.making.audit_files import files_of_audits, released_audits
from auditbook.making.pages import Page, Result, planned_pages, run_pages
from auditbook.making.writing import write_atomically
from auditbook.release.released import Released
from auditbook.words.codebook import Codebook
from auditbook.words.project import Project
from auditbook.words.quarter import AuditId
from auditbook.words.refusals import Refusals


@dataclass(frozen=True)
class Run:
    """What a run is about: the codebook, its audits' figures, its pages, and what becomes of each page as it is run."""

    codebook: Codebook
    released: list[Released]
    written: list[Path]
    pages: list[Page]
    results: Iterator[Result]


def run(
    project: Project,
    ids: list[AuditId] | None = None,
    profile: str | None = None,
    jobs: int = 2,
    is_forced: bool = False,
    cluster: str | None = None,
) -> Run:
    """Run the pages of these audits, or of all.

    Nothing is run or written when any input is refused (InputRefused) or a release is (ReleaseRefused).
    The caller holds the project's lock (`writing.alone`).
    """
    audits = read_audits(project)
    refuse_unknown(ids or [], [audit.id for audit in audits])
    wanted = [audit for audit in audits if ids is None or audit.id in ids]
    released = released_audits(wanted, profile)
    files = files_of_audits(project, wanted, released)
    pages = planned_pages(project, audits, profile, wanted)
    for path, text in files.items():
        write_atomically(path, text)
    codebook = audits[0].codebook if audits else read_project_codebook(project, Refusals())
    written = [*files, *(page.path for page in pages)]
    return Run(codebook, released, written, pages, run_pages(project, pages, jobs, is_forced, cluster))
