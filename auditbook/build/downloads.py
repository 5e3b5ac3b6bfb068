"""The files readers take away, made by a run for every audit where they are stale, many audits at once.

Forms of the briefing hang on its words, tables on the figures alone: an edited sentence makes no workbook.
"""

from collections.abc import Sequence
from pathlib import Path

from auditbook.briefing.pdf import boxes_too_long
from auditbook.build.shown import ShownAudit
from auditbook.downloads.records import lay_out, with_record
from auditbook.downloads.write import MAKERS, forms_of, handout_of, tables_of
from auditbook.engine import fingerprints
from auditbook.engine.store import Store
from auditbook.engine.workers import Work
from auditbook.project import Project
from auditbook.validation.problems import AuditbookError

FORMS_STEP, TABLES_STEP = "forms", "tables"
"""Kinds in the store."""


def stale_downloads(project: Project, store: Store, audits: Sequence[ShownAudit]) -> list[ShownAudit]:
    """The audits of which some files are not there as they would be made now."""
    brand = _brand(project)
    return [audit for audit in audits if not audit.made_from and not _folders(store, audit, brand)]


def download_jobs(project: Project, store: Store, audits: Sequence[ShownAudit]) -> list[Work]:
    """What makes the files of these audits, each in a process of its own."""
    return [Work(audit, make_downloads, (project, store, audit)) for audit in audits]


def make_downloads(project: Project, store: Store, audit: ShownAudit) -> AuditbookError | None:
    """Make one audit's files. That the brand or the Word template is refused comes back as a value."""
    try:
        handout = handout_of(project, audit.released, audit.briefing, audit.is_draft)
        keys = _keys(store, audit, _brand(project))
        store.files(
            FORMS_STEP,
            keys[FORMS_STEP],
            lambda: with_record(forms_of(handout), list(map(str, boxes_too_long(handout)))),
        )
        store.files(TABLES_STEP, keys[TABLES_STEP], lambda: with_record(tables_of(handout)))
    except AuditbookError as problem:
        return problem
    return None


def lay_out_downloads(project: Project, store: Store, audits: Sequence[ShownAudit]) -> None:
    """Put every audit's files where Sphinx takes them from; those that were not made now stay as they were.

    What a partnership that handed over an audit offers to take away lies in its own book.
    """
    brand = _brand(project)
    folders = {str(audit.released.audit_id): _folders(store, audit, brand) for audit in audits if not audit.made_from}
    lay_out(project.root, folders, [str(audit.released.audit_id) for audit in audits if audit.made_from])


def _folders(store: Store, audit: ShownAudit, brand: str) -> list[Path]:
    """Where an audit's files are kept; nothing unless all of them are there."""
    folders = [store.found_files(kind, key) for kind, key in _keys(store, audit, brand).items()]
    return [] if None in folders else folders


def _keys(store: Store, audit: ShownAudit, brand: str) -> dict[str, str]:
    makers = [audit.is_draft, *(fingerprints.version_of(name) for name in MAKERS)]
    return {
        FORMS_STEP: store.key(audit.words_key, brand, makers),
        TABLES_STEP: store.key(audit.figures_key, brand, makers),
    }


def _brand(project: Project) -> str:
    """What the files are made from beside an audit: the brand with its pictures, and the templates."""
    folder = project.root / "book"
    paths = [folder / "brand.yml", *(folder / "templates").rglob("*"), *(folder / "_static").glob("*")]
    return fingerprints.of_files([path for path in paths if path.is_file()], folder)
