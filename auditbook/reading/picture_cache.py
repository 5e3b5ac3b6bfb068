"""Pictures kept from run to run by what they show, so that only new figures are drawn.

Those of one page are one entry of the store. The page's process reads and writes it though the store is closed to the
page: a picture is found only by the figures that it shows, so nobody sees more than they have already. What a page no
longer shows goes with its next run.
"""

import atexit
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from auditbook.engine.atomic import CannotWrite
from auditbook.engine.fingerprints import version_of
from auditbook.engine.sealed import opened
from auditbook.engine.store import Store
from auditbook.reading.display import Drawing

PICTURES = "pictures"
PICTURES_VARIABLE = "AUDITBOOK_PICTURES"
"""The environment's word for a standard kernel's: the folder of builds, and the key of its page."""
BothWidths = tuple[Drawing, Drawing]


@dataclass(frozen=True)
class PicturesOf:
    """Where the pictures of one page are kept: the folder of builds, and a key of its store."""

    build: Path
    key: str

    @classmethod
    def page(cls, store: Store, page: str) -> "PicturesOf":
        """Those of a page by its name; a store that is swept keeps them."""
        key = store.key(PICTURES, page, version_of("matplotlib"))
        store.use(PICTURES, key)
        return cls(store.folder.parent, key)

    @property
    def environment(self) -> dict[str, str]:
        """What makes a standard kernel keep them."""
        return {PICTURES_VARIABLE: f"{self.build}{os.pathsep}{self.key}"}

    @contextmanager
    def kept(self) -> Iterator[None]:
        """While they are drawn in this process."""
        global _now
        _now, before = _Kept(self), _now
        try:
            yield
        finally:
            _now.keep()
            _now = before


class _Kept:
    """What one run of a page found and drew."""

    def __init__(self, place: PicturesOf):
        self._store, self._key = Store(place.build), place.key
        with opened():
            self._found = self._store.read(PICTURES, self._key, dict[str, BothWidths]) or {}
        self._used: dict[str, BothWidths] = {}

    def drawing(self, shows: str, draw: Callable[[], BothWidths]) -> BothWidths:
        if shows not in self._used:
            self._used[shows] = self._found.get(shows) or draw()
        return self._used[shows]

    def keep(self) -> None:
        """A picture that cannot be written is drawn again the next time."""
        if self._used and self._used.keys() != self._found.keys():
            with opened(), suppress(CannotWrite):
                self._store.keep(PICTURES, self._key, dict[str, BothWidths], self._used)


_now: _Kept | None = None
"""Of the page that this process runs; None where nothing is kept, as in JupyterLab and when pages are verified."""


def cache_from_environment() -> None:
    """In a standard kernel of a run: until it ends."""
    global _now
    build, _, key = os.environ.get(PICTURES_VARIABLE, "").rpartition(os.pathsep)
    if build:
        _now = _Kept(PicturesOf(Path(build), key))
        atexit.register(_now.keep)


def cached_drawing(draw: Callable, make: Callable[[], BothWidths]) -> BothWidths:
    """What `make` draws; or the same from an earlier run, where `draw` is one of the book's with all that it shows."""
    if _now is None or not isinstance(draw, partial):
        return make()
    shows = repr((draw.func.__module__, draw.func.__qualname__, draw.args, draw.keywords))
    return _now.drawing(sha256(shows.encode()).hexdigest(), make)
