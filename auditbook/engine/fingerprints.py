"""What a page read, as hashes: a page is run again only when one of them changed."""

import hashlib
import json
from collections.abc import Collection
from functools import cache
from importlib.metadata import version
from pathlib import Path

import auditbook
from auditbook.codebook.quarter import AuditId
from auditbook.project import Project
from auditbook.validation.files import entered, is_left_behind

PACKAGE = Path(auditbook.__file__).parent
READ_BY_PAGES = ("validation", "codebook", "evidence", "measures", "release", "reading")
"""The rooms a page runs through; the others only carry it."""
NOT_READ_BY_PAGES = ("briefing.md", "sources.md")
SOURCES = ("*.py", "*.j2", "*.yml", "*.csv", "*.css", "*.html", "*.js", "*.md", "*.typ", "*.txt")
"""What the package is made of: its modules, its templates, its catalogue and its lists."""


@cache
def version_of(package: str) -> str:
    """The version of an installed package; asking for it reads a file each time."""
    return version(package)


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


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file() and not is_left_behind(path.name)]


def of_followed(followed: object | None) -> str:
    """What other audits say of an audit's recommendations (`evidence.threads.Followed`), if anything."""
    return fingerprint() if followed is None else of_values(repr(followed))


def of_audit(project: Project, audit_id: AuditId, followed: object | None = None) -> str:
    """What pages read of an audit: its files but for the narrative and the agencies' workbooks, and what follows it."""
    folder = project.audits / str(audit_id)
    files = [path for path in _files(folder) if path.name not in NOT_READ_BY_PAGES]
    return of_values([of_files(files, folder), of_followed(followed)])


def of_codebook(project: Project) -> str:
    folder = project.data / "codebook"
    return of_files([path for path in entered(folder) if path.suffix == ".csv" and path.is_file()], folder)


def of_folder(folder: Path, left_out: Collection[str] = ()) -> str:
    """Everything in an audit's folder but the agencies' workbooks, which only `import` reads, and what is left out."""
    return of_files([path for path in _files(folder) if path.name not in left_out], folder)


@cache
def of_whole_package() -> str:
    """The whole package: what is prepared of an audit depends on more of it than a page does."""
    sources = [path for kind in SOURCES for path in PACKAGE.rglob(kind)]
    return of_files(sources, PACKAGE)


@cache
def of_package() -> str:
    paths = [path for layer in READ_BY_PAGES for path in (PACKAGE / layer).rglob("*.py")]
    return of_files([*paths, PACKAGE / "project.py"], PACKAGE)
