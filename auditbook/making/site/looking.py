"""Every file of a site looked through, some of them before it is there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from auditbook.making.site.clean_files import CleanFiles, key_of
from auditbook.making.site.reading_memory import ReadingMemory
from auditbook.release.leaks.pieces import CannotRead
from auditbook.release.leaks.search import Leak, Search
from auditbook.words.refusals import LeakFound, WrongUsage

LARGEST_FILE = 200_000_000
"""Bytes; a larger file is not looked through, and so not published."""
SHOWN = 50
"""Leaks that are listed; the rest is counted."""


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


class Looking:
    """A search that goes on over a site's files.

    memory  a folder that keeps what was read out of documents and workbooks, for the next time; beside it lies which
            files were clean. Without it every file is looked through.
    """

    def __init__(self, search: Search, memory: Path | None = None):
        self.search, self.reading = search, ReadingMemory(memory)
        self.clean = CleanFiles(memory and memory.with_name(f"{memory.name}-clean.json"), search.secrets)

    def ahead(self, files: Mapping[str, Path], audits: Collection[str] = ()) -> None:
        """Look through what will be in the site, while the rest of it is still being made.

        files   path in the site → the file that will be copied there; another file of that path is looked through later
        audits  audits and pools whose withheld numbers will be looked for

        Nothing is told yet: what is not clean is looked through again in its place.
        """
        self.search.get_ready(audits)
        for name, path in files.items():
            if path.stat().st_size <= LARGEST_FILE:
                self._leaks_in(name, path)

    def through(self, folder: Path) -> Scan:
        """Look through every file of a folder, whatever its format. Raises WrongUsage when there is no such folder."""
        if not folder.is_dir():
            raise WrongUsage(f"{folder} is not a folder; nothing was looked through.")
        leaks: list[Leak] = []
        files = 0
        index_last = sorted(folder.rglob("*"), key=lambda path: (path.suffix == ".js", path))
        for path in index_last:
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                leaks += self.search.unread(name, "it is a link to somewhere else")
            elif path.is_file():
                files += 1
                leaks += self._leaks_in(name, path)
        self.reading.forget_others()
        self.clean.forget() if leaks else self.clean.keep()
        return Scan(files, tuple(leaks), self.search.secrets.unsearched)

    def _leaks_in(self, name: str, path: Path) -> list[Leak]:
        if path.stat().st_size > LARGEST_FILE:
            return self.search.unread(name, f"it is larger than {LARGEST_FILE // 1_000_000} MB")
        content = path.read_bytes()
        key = key_of(name, content)
        if self.clean.has(key):
            self.clean.add(key)
            self.reading.keep(name, content)
            self.search.pass_over(name, lambda: self.reading.pieces_of(name, path.read_bytes()))
            return []
        try:
            found = self.search.leaks(name, self.reading.pieces_of(name, content))
        except CannotRead as problem:
            return self.search.unread(name, str(problem))
        if not found and not self.search.needs_others(name):
            self.clean.add(key)
        return found
