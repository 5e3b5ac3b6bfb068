"""What a page read, as hashes: a page is run again only when one of them changed."""

import hashlib
import json
from collections.abc import Collection
from functools import cache
from pathlib import Path

import auditbook
from auditbook.codebook.quarter import AuditId
from auditbook.project import Project

PACKAGE = Path(auditbook.__file__).parent
READ_BY_PAGES = ("validation", "codebook", "evidence", "measures", "release", "reading")
"""The rooms a page runs through; the others only carry it."""
NOT_READ_BY_PAGES = ("briefing.md", "sources.md")


def fingerprint(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()[:16]


def of_file(path: Path) -> str:
    return fingerprint(path.read_bytes())


def of_files(paths: list[Path], base: Path) -> str:
    """The names and bytes of files, in the order of their names."""
    parts = []
    for path in sorted(paths):
        parts += [path.relative_to(base).as_posix().encode(), path.read_bytes()]
    return fingerprint(*parts)


def of_values(values: object) -> str:
    return fingerprint(json.dumps(values, sort_keys=True).encode())


def of_audit(project: Project, audit_id: AuditId) -> str:
    """What pages read of an audit: its files but for the narrative and the agencies' workbooks."""
    folder = project.audits / str(audit_id)
    return of_files(
        [path for path in folder.iterdir() if path.is_file() and path.name not in NOT_READ_BY_PAGES], folder
    )


def of_codebook(project: Project) -> str:
    folder = project.data / "codebook"
    return of_files([path for path in folder.rglob("*.csv") if path.is_file()], folder)


def of_folder(folder: Path, left_out: Collection[str] = ()) -> str:
    """Everything in an audit's folder but the agencies' workbooks, which only `import` reads, and what is left out."""
    return of_files([path for path in folder.iterdir() if path.is_file() and path.name not in left_out], folder)


@cache
def of_whole_package() -> str:
    """The whole package: what is prepared of an audit depends on more of it than a page does."""
    return of_files(list(PACKAGE.rglob("*.py")), PACKAGE)


@cache
def of_package() -> str:
    paths = [path for layer in READ_BY_PAGES for path in (PACKAGE / layer).rglob("*.py")]
    return of_files([*paths, PACKAGE / "project.py"], PACKAGE)
