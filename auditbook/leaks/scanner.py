"""Every file of a site looked through, some of them before it is there."""

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from auditbook.engine.store import Store
from auditbook.leaks.leak import REMEDIES, Leak
from auditbook.leaks.passages import LABEL, CannotRead, Passage, Piece
from auditbook.leaks.scan_cache import Clean, extracted, key_of, still_needed
from auditbook.leaks.search import Search
from auditbook.leaks.secrets import Secrets
from auditbook.leaks.shipped_files import is_shipped
from auditbook.validation.problems import LeakFound, WrongUsage

LARGEST_SCANNED = 200_000_000
"""Bytes; a larger file is not looked through, and so not published."""
CLOCK = 50_000_000
"""Nanoseconds: a file that was changed so shortly before it was read may have been changed since, at the same time."""
MOST_LISTED = 50
"""Leaks that are listed; the rest is counted."""


class _State(NamedTuple):
    """By what a file is known to be as it was: its place on disk, its size and when it was changed."""

    place: int
    size: int
    changed: int

    @classmethod
    def of(cls, path: Path) -> "_State":
        state = path.stat()
        return cls(state.st_ino, state.st_size, state.st_mtime_ns)


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
            rest = len(self.leaks) - MOST_LISTED
            lines = [*map(str, self.leaks[:MOST_LISTED]), *([f"… and {rest} more."] if rest > 0 else [])]
            many = "leaks" if len(self.leaks) > 1 else "leak"
            advice = [f"{rule}: {REMEDIES[rule]}" for rule in dict.fromkeys(leak.rule for leak in self.leaks)]
            raise LeakFound("\n".join([*lines, f"{len(self.leaks)} {many} found (values not shown).", *advice]))


class Scanner:
    """A search that goes on over a site's files.

    store  keeps what was read out of documents and workbooks, and what was clean, for the next time. Without it every
           file is looked through.
    """

    def __init__(self, secrets: Secrets, store: Store | None = None):
        self.store = store
        self.clean = Clean(store, secrets)
        self.search = Search(secrets, self.clean)
        self._passed: dict[str, str] = {}
        self._states: dict[str, _State] = {}
        self._settled: dict[str, _State | None] = {}

    def ahead(self, files: Mapping[str, Path], finished: Callable[[bytes], bytes] = bytes) -> None:
        """Look through what will be in the site, while the rest of it is still being made; again what changed since.

        files     path in the site → the file that will be there; another one of that path is looked through later
        finished  content as it lies there now → as it will be published; what is finished stays as it is

        Nothing is told yet: what is not clean is looked through again in its place.
        """
        for name, path in files.items():
            with suppress(OSError):  # it may go away, for its maker still works
                state, began = _State.of(path), time.time_ns()
                if state.size <= LARGEST_SCANNED and self._states.get(name) != state:
                    self._states[name] = state
                    self._leaks_in(name, partial(_finished, path, finished))
                    self._settled[name] = state if state.changed < began - CLOCK else None

    def through(self, folder: Path) -> Scan:
        """Look through every file of a folder, whatever its format. Raises WrongUsage when there is no such folder."""
        if not folder.is_dir():
            raise WrongUsage(f"{folder} is not a folder, so nothing was looked through; name one, such as _build/html.")
        leaks: list[Leak] = []
        files = 0
        index_last = sorted(folder.rglob("*"), key=lambda path: (path.suffix == ".js", path))
        for path in index_last:
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                leaks += self.search.unread(name, "it is a link to somewhere else")
            elif path.is_file():
                files += 1
                if name in self._passed and self._settled.get(name) == _State.of(path):
                    continue
                is_too_large = path.stat().st_size > LARGEST_SCANNED
                too_large = f"it is larger than {LARGEST_SCANNED // 1_000_000} MB"
                leaks += self.search.unread(name, too_large) if is_too_large else self._leaks_in(name, path.read_bytes)
        self.clean.forget() if leaks else self.clean.keep()
        return Scan(files, tuple(leaks), self.search.secrets.unsearched)

    def contents(self, files: Mapping[str, bytes]) -> Scan:
        """Look through what is no file yet.

        files  path, which says whose audit's it is → content
        """
        leaks = [leak for name, content in files.items() for leak in self._leaks_in(name, lambda data=content: data)]
        return Scan(len(files), tuple(leaks), self.search.secrets.unsearched)

    def _leaks_in(self, name: str, read: Callable[[], bytes]) -> list[Leak]:
        content = read()
        key = key_of(name, content)
        if self._passed.get(name) == key:
            return []
        self._passed.pop(name, None)
        if self.clean.has(key):
            still_needed(name, content, self.store)
            self.search.pass_over(name, key, lambda: extracted(name, read(), self.store))
        else:
            try:
                leaks = self.search.leaks(name, self._pieces(name, content), key)
            except CannotRead as problem:
                return self.search.unread(name, str(problem))
            if leaks or self.search.needs_others(name):
                return leaks
        self.clean.add(key)
        self._passed[name] = key
        return []

    def _pieces(self, name: str, content: bytes) -> Iterable[Piece]:
        """Of a file that the program or a library ships only its name is of interest."""
        if is_shipped(content):
            return [Passage("the file's name", name, LABEL)]
        return extracted(name, content, self.store)


def _finished(path: Path, finished: Callable[[bytes], bytes]) -> bytes:
    return finished(path.read_bytes())
