"""One run: read and check everything, write each audit's figures and briefing, run the stale pages."""

from collections.abc import Iterator

from auditbook.evidence.audit import read_audits, refuse_unknown
from auditbook.making.audit_files import files_of_audits, released_audits
from auditbook.making.pages import Page, Result, planned_pages, run_pages
from auditbook.making.writing import write_atomically
from auditbook.words.project import Project
from auditbook.words.quarter import AuditId


def run(
    project: Project,
    ids: list[AuditId] | None = None,
    profile: str | None = None,
    jobs: int = 2,
    is_forced: bool = False,
    cluster: str | None = None,
) -> tuple[list[Page], Iterator[Result]]:
    """The pages of these audits, or of all, and what becomes of each as it is run.

    Nothing is run or written when any input is refused (InputRefused) or a release is (ReleaseRefused).
    The caller holds the project's lock (`writing.alone`).
    """
    audits = read_audits(project)
    refuse_unknown(ids or [], [audit.id for audit in audits])
    wanted = [audit for audit in audits if ids is None or audit.id in ids]
    files = files_of_audits(project, wanted, released_audits(wanted, profile))
    pages = planned_pages(project, audits, profile, wanted)
    for path, text in files.items():
        write_atomically(path, text)
    return pages, run_pages(project, pages, jobs, is_forced, cluster)
