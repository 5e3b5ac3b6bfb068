"""A built site searched for whatever must not get out (`auditbook.release.leaks`), before it is published and later."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditbook.evidence.audit import read_audits
from auditbook.evidence.pools import read_pools
from auditbook.making.site.clean_files import CleanFiles, key_of
from auditbook.making.site.counted_again import withheld_later
from auditbook.making.site.reading_memory import ReadingMemory
from auditbook.making.starting.starter import MADE_BY_A_RUN
from auditbook.making.takeaway.offered import downloads_in_site
from auditbook.measures.every import audit_measures
from auditbook.pages import released_pool
from auditbook.release.leaks.pieces import CannotRead
from auditbook.release.leaks.search import Leak, Search
from auditbook.release.leaks.secrets import Entered, Secrets, Sources, secrets_of
from auditbook.release.profiles import PROFILES, profile_for
from auditbook.release.released import Released, release
from auditbook.words.project import Project
from auditbook.words.quarter import AuditId
from auditbook.words.refusals import LeakFound, Refusals, WrongUsage
from auditbook.words.rows import read_rows

LARGEST_FILE = 200_000_000
"""Bytes; a larger file is not looked through, and so not published."""
SHOWN = 50
"""Leaks that are listed; the rest is counted."""
WRITTEN = (".md", ".ipynb", ".yml", ".html", ".txt")
CODEBOOK = (".csv",)


@dataclass(frozen=True)
class Scan:
    """What a search came to.

    files       how many were looked through
    unsearched  what could not be looked for, in words
    """

    files: int
    leaks: tuple[Leak, ...]
    unsearched: tuple[str, ...] = ()

    def stop_if_any(self) -> None:
        """Raises LeakFound with every leak: file, place and rule, never the value."""
        if self.leaks:
            rest = len(self.leaks) - SHOWN
            lines = [*map(str, self.leaks[:SHOWN]), *([f"… and {rest} more."] if rest > 0 else [])]
            many = "leaks" if len(self.leaks) > 1 else "leak"
            raise LeakFound("\n".join([*lines, f"{len(self.leaks)} {many} found (values not shown)."]))


def scan_told(project: Project, folder: Path, profile: str | None = None) -> str:
    """Search a folder and say how it went. Raises LeakFound, WrongUsage, and InputRefused when the data are refused.

    profile  how the audits were let out; by default as their `measures.json` in the book says, else as they may be
    """
    released = released_as_published(project, profile)
    found = scan(folder, secrets_of_project(project, released, released_pools(project)))
    found.stop_if_any()
    return "\n".join([*found.unsearched, f"{found.files} files looked through; nothing found."])


def released_as_published(project: Project, asked: str | None) -> list[Released]:
    """Each audit as the last run let it out. Where that cannot be told, as its record allows."""
    released = []
    for audit in read_audits(project):
        own = _published_profile(project.root / "book" / "audits" / str(audit.id) / "measures.json")
        released.append(release(audit_measures(audit), audit, profile_for(audit.settings, asked or own)))
    return released


def released_pools(project: Project) -> dict[str, Released]:
    """Name → the audits that are released together. Raises InputRefused and ReleaseRefused."""
    refusals = Refusals()
    pools = read_pools(project, refusals)
    refusals.stop_if_any()
    return {pool.name: released_pool(project, pool) for pool in pools}


def _published_profile(path: Path) -> str | None:
    try:
        found = json.loads(path.read_text("utf-8"))["profile"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if found in PROFILES and found != "pooled" else None


def secrets_of_project(
    project: Project, released: Sequence[Released], pools: Mapping[str, Released] | None = None
) -> Secrets:
    """What must not get out of this project, whose audits are let out as they are.

    pools  name of a page in `book/pooled/` → the audits that are released together
    """
    ids = project.audit_ids(Refusals())
    together = {f"pooled/{name}": figures for name, figures in (pools or {}).items()}
    strict = {str(figures.audit_id): figures for figures in released if figures.profile.threshold}
    withheld = withheld_later(project, {**strict, **together})
    return secrets_of([_entered(project, each) for each in ids], released, withheld, _sources(project), together)


def _entered(project: Project, audit_id: AuditId) -> Entered:
    """Every table of an audit as it was written: what a file holds is secret whether or not it is understood."""
    folder = project.audits / str(audit_id)
    tables = {path.name: _rows(path) for path in sorted(folder.glob("*.csv"))}
    variables = _rows(project.data / "codebook" / "variables.csv")
    return Entered(str(audit_id), tables, [row.get("variable", "") for row in variables if row.get("type") == "date"])


def _rows(path: Path) -> list[dict[str, str]]:
    return [row.cells for row in read_rows(path, path.name, Refusals()).rows] if path.is_file() else []


def _sources(project: Project) -> Sources:
    """What was written by hand for everybody to read; what a run makes from the audits is not among it."""
    written = [path for path in _files(project.root / "book") if not _is_made(path.relative_to(project.root / "book"))]
    pages = {
        path.relative_to(project.root).with_suffix("").as_posix(): _text(path)
        for path in [*written, project.root / "_config.yml"]
        if path.suffix in WRITTEN
    }
    others = [*_files(project.data / "codebook"), *_files(project.root / "notebooks")]
    words = tuple(_text(path) for path in others if path.suffix in (*CODEBOOK, *WRITTEN))
    paths = {str(path) for each in (project.root, project.data) for path in (each, each.resolve())}
    return Sources(pages, words, (*sorted(paths), str(Path.home())))


def _is_made(inside: Path) -> bool:
    """Whether a run writes this file of `book/` from what audits hold."""
    first = inside.parts[0]
    return (first in MADE_BY_A_RUN and first != "codebook") or first.startswith("recommendations")


def _text(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and ".ipynb_checkpoints" not in path.parts)


def memory_of(site: Path) -> Path:
    """The folder that keeps what was read out of a site's documents."""
    return site.with_name("read")


def read_ahead(project: Project, memory: Path) -> None:
    """Read what readers take away, which takes the longest, while the site is still being built."""
    reading = ReadingMemory(memory)
    for name, path in downloads_in_site(project.root).items():
        if path.stat().st_size <= LARGEST_FILE:
            reading.read_ahead(name, path.read_bytes())


def scan(folder: Path, secrets: Secrets, memory: Path | None = None) -> Scan:
    """Look through every file of a folder, whatever its format. Raises WrongUsage when there is no such folder.

    memory  a folder that keeps what was read out of documents and workbooks, for the next time; beside it lies which
            files were clean. Without it every file is looked through.
    """
    if not folder.is_dir():
        raise WrongUsage(f"{folder} is not a folder; nothing was looked through.")
    search, reading = Search(secrets), ReadingMemory(memory)
    clean = CleanFiles(memory and memory.with_name(f"{memory.name}-clean.json"), secrets)
    leaks: list[Leak] = []
    files = 0
    for path in sorted(folder.rglob("*"), key=lambda path: (path.suffix == ".js", path)):  # the index after its pages
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            leaks += search.unread(name, "it is a link to somewhere else")
        elif path.is_file():
            files += 1
            leaks += _leaks_in(search, reading, clean, path, name)
    reading.forget_others()
    clean.forget() if leaks else clean.keep()
    return Scan(files, tuple(leaks), secrets.unsearched)


def _leaks_in(search: Search, reading: ReadingMemory, clean: CleanFiles, path: Path, name: str) -> list[Leak]:
    if path.stat().st_size > LARGEST_FILE:
        return search.unread(name, f"it is larger than {LARGEST_FILE // 1_000_000} MB")
    content = path.read_bytes()
    key = key_of(name, content)
    if clean.has(key):
        clean.add(key)
        reading.keep(name, content)
        search.pass_over(name, lambda: reading.pieces_of(name, path.read_bytes()))
        return []
    try:
        found = search.leaks(name, reading.pieces_of(name, content))
    except CannotRead as problem:
        return search.unread(name, str(problem))
    if not found and not search.needs_others(name):
        clean.add(key)
    return found
