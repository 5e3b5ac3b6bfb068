"""Whether anything changed since the last whole build: decided in milliseconds, before anything heavy is imported."""

import hashlib
import os
from collections.abc import Collection, Iterator
from pathlib import Path

import auditbook
from auditbook.engine.fingerprints import PACKAGE
from auditbook.engine.store import NOTES, Store
from auditbook.project import Project
from auditbook.validation.files import is_left_behind

CLOCK = 50_000_000
"""Nanoseconds by which the time of a file may lag behind the clock."""
WHOLE_BOOK_NOTE = "whole-book"
NOT_COMPARED = ("__pycache__",)


def signature(project: Project, options: str) -> str:
    """One hash of the name, size, time and place on disk of every file that a build reads, and of the site's own page.

    options  what else decides the site, such as the profile asked for
    """
    digest = hashlib.sha256(f"{auditbook.__version__} {options} {project.data}".encode())
    for path, state in sorted(_files(project)):
        digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\0{state.st_ino}\n".encode())
    return digest.hexdigest()


def _files(project: Project) -> Iterator[tuple[str, os.stat_result]]:
    for name in ("_config.yml", "_toc.yml", "_build/html/index.html"):
        path = project.root / name
        if path.is_file():
            yield str(path), path.stat()
    for root in (project.data, project.root / "notebooks", project.root / "book", PACKAGE):
        yield from _inside(str(root))


def _inside(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if is_left_behind(entry.name) or entry.name in NOT_COMPARED:
                continue
            if not entry.is_dir(follow_symlinks=False):
                yield entry.path, entry.stat()
            else:
                yield from _inside(entry.path)


def is_unchanged(project: Project, options: str) -> bool:
    """Whether the last build finished, and nothing it read or made has changed since."""
    return Store(project.root / "_build").noted(WHOLE_BOOK_NOTE, str) == signature(project, options)


def begin(store: Store) -> None:
    """Note that a build has begun: until it ends well, nothing is known to be whole."""
    store.forget(NOTES, WHOLE_BOOK_NOTE)


def remember(project: Project, store: Store, options: str, began: int, written: Collection[Path]) -> None:
    """Note that the book is whole as things stand; unless somebody changed a file while it was being built.

    began    nanoseconds, when the build began to read
    written  the files that the build itself wrote
    """
    ours = {str(path) for path in (*written, project.root / "_build/html/index.html")}
    since = began - CLOCK
    if all(state.st_mtime_ns < since or path in ours for path, state in _files(project)):
        store.note(WHOLE_BOOK_NOTE, str, signature(project, options))
