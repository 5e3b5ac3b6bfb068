"""A preview that follows what is being written: after every change the book is made again, aside, and shown.

It is the same book by the same steps, searched for leaks as well, but in `_build/watch`: what was published changes
only by `auditbook build`. After an edit of a briefing only the files to take away are left as they are, for speed. What
must stay inside is kept in this process while nothing that it comes from changes; it is never written down.
"""

import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from watchfiles import Change, watch

from auditbook.build.book import build_book
from auditbook.build.run import Request
from auditbook.build.site import SiteRequest
from auditbook.engine import fingerprints
from auditbook.engine.store import Store
from auditbook.leaks.scan import secrets_of_project
from auditbook.leaks.secrets import Secrets
from auditbook.project import BRIEFING, Project, is_written
from auditbook.release.released import Released
from auditbook.site.jupyter_book import Process, waiting
from auditbook.site.preview_server import ReloadEvents, serving
from auditbook.validation.files import entered, is_left_behind
from auditbook.validation.problems import AuditbookError, BookFailed, InputRefused, LeakFound

STEP = 20
"""Milliseconds without another change before the book is made again."""
CONFIG_FILE = "_config.yml"


class WithheldValues:
    """Finds them once for every state of data, codebook, written pages, templates and programs, and every release.

    An edit of a briefing changes none of these: nothing is looked for that stands only in a briefing.
    """

    def __init__(self) -> None:
        self._key = ""
        self._secrets: Secrets | None = None

    def __call__(
        self,
        project: Project,
        released: Sequence[Released],
        pools: Mapping[str, Released],
        store: Store | None = None,
    ) -> Secrets:
        key = _key(project, released, pools)
        if self._secrets is None or key != self._key:
            self._secrets, self._key = secrets_of_project(project, released, pools, store), key
        return self._secrets


def _key(project: Project, released: Sequence[Released], pools: Mapping[str, Released]) -> str:
    files = [path for path in entered(project.data) if path.is_file() and path.name != BRIEFING]
    folders = [project.root / name for name in ("book", "notebooks")]
    written = [path for folder in folders for path in folder.rglob("*") if _is_written(path, project)]
    shown = [(str(audit.audit_id), audit.profile.name) for audit in released]
    together = [(name, str(audit.audit_id), audit.profile.name) for name, audit in pools.items()]
    return fingerprints.of_values(
        [
            [str(project.root), str(project.data), shown, together, fingerprints.of_whole_package()],
            fingerprints.of_files(files, project.data),
            fingerprints.of_files([*written, project.root / "_config.yml"], project.root),
        ]
    )


def _is_written(path: Path, project: Project) -> bool:
    return path.is_file() and is_written(path.relative_to(project.root))


@dataclass(frozen=True)
class Preview:
    """What every making of the preview shares.

    written  the project in which people write
    made     gives the project in which things are made, with what was written brought over: the same one, or `--out`
    """

    written: Project
    made: Callable[[], Project]
    profile: str | None
    jobs: int
    known: WithheldValues = field(default_factory=WithheldValues)

    @property
    def folder(self) -> Path:
        return self.made().root / "_build" / "watch"

    def make(self, jupyter_book: Process, has_downloads: bool) -> str:
        """Make the book aside and show it; the problems of pages that failed, or nothing.

        Raises what `auditbook build` would be refused for; then the preview stays as it was.
        """
        project = self.made()
        request = Request(profile=self.profile, jobs=self.jobs, has_downloads=has_downloads)
        site = SiteRequest(project.root / "_build" / "watch", jupyter_book, self.known)
        built = build_book(project, request, site=site)
        if built.problems:
            raise BookFailed("\n".join(built.problems))
        return "\n".join(f"failed  {problem}" for problem in built.run.problems)


def watched(preview: Preview, port: int) -> Iterator[str]:
    """Serve the preview and follow every change, until it is interrupted; what there is to tell of each."""
    folder, events = preview.folder, ReloadEvents()
    _begin_with_the_published(folder)
    with serving(folder / "html", port, events) as address:
        changes = watch(
            *_places(preview.written), watch_filter=None, step=STEP, rust_timeout=500, yield_on_timeout=True
        )
        next(changes)  # from now on every change is noticed
        with waiting() as process:
            yield _report(preview, process, None, events)
        yield f"The preview is on {address} for this machine only; Ctrl-C ends it."
        while True:
            with waiting() as process:  # imports while people write
                yield _report(preview, process, _next_change(preview.written, changes), events)


def _begin_with_the_published(folder: Path) -> None:
    """So that only what changed since is made."""
    source, target = folder.with_name("work"), folder / "work"
    if source.is_dir() and not target.exists():
        shutil.copytree(source, target)


def _places(project: Project) -> list[Path]:
    places = [project.data, *(project.root / name for name in ("book", "notebooks", CONFIG_FILE))]
    return [path for path in places if path.exists()]


def _next_change(project: Project, changes: Iterator[set[tuple[Change, str]]]) -> list[Path]:
    """The files of the next change that people made: a run writes into `book` as well."""
    for batch in changes:
        changed = [path for path in sorted({Path(name) for _, name in batch}) if _is_entered(project, path)]
        if changed:
            return changed
    raise KeyboardInterrupt


def _is_entered(project: Project, path: Path) -> bool:
    if path.is_dir():
        return False
    if path.is_relative_to(project.data):
        parts = path.relative_to(project.data).parts
        return not any(part.startswith((".", "~")) or is_left_behind(part) for part in parts)
    return is_written(path.relative_to(project.root))


def _report(preview: Preview, process: Process, changed: Collection[Path] | None, events: ReloadEvents) -> str:
    """Make the preview, tell the pages that are open, and say how it went."""
    only_words = changed is not None and all(path.name == BRIEFING for path in changed)
    try:
        problem = preview.make(process, has_downloads=not only_words)
    except AuditbookError as refused:
        message = f"{refused}\n{refused.ending()}" if isinstance(refused, InputRefused) else str(refused)
        events.notify(message)
        return message if isinstance(refused, LeakFound) else f"{message}\nThe preview is as it was."
    events.notify()
    names = ", ".join(preview.written.name_of(path) for path in changed or ())
    return "\n".join(
        filter(None, [problem, f"Made again after a change of {names}." if names else "The book is made."])
    )
