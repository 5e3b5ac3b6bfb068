"""What earlier searches came to, kept: the files and texts that held nothing, and what was read out of documents.

A file is passed over only when its name and its bytes are the same, what is looked for is the same, and so are the
programs that look; so is a text that breaks no rule wherever it stands. After a leak nothing is known to be clean.
Reading documents and workbooks takes the longest: that is kept by what stands in files that are published anyway, never
what was looked for or found.
"""

import hashlib
import platform
from collections.abc import Iterable, Mapping, Set
from dataclasses import fields, is_dataclass
from typing import Any

from auditbook.engine import fingerprints
from auditbook.engine.store import Store
from auditbook.leaks.extract import pieces_of_file
from auditbook.leaks.passages import Passage, Piece, Row, Terms
from auditbook.leaks.secrets import Secrets
from auditbook.leaks.withheld import LaterNumbers

READERS = ("lxml", "pypdf", "pillow", "sphinx")
"""Packages that read files for the search."""


CLEAN = "clean"
SLOW = (".pdf", ".docx", ".xlsx", ".pptx", ".png", ".jpg", ".jpeg", ".zip")
EXTRACTED = "extracted"


class Clean:
    """The keys of what was clean, kept for all that was looked for together; without a store nothing is known.

    Only hashes are kept: one of all that was looked for, one of each clean file, text and page of an index.
    """

    def __init__(self, store: Store | None, secrets: Secrets):
        self.store = store
        self.key = _looked_for(secrets) if store else ""
        self._known = frozenset(store.read(CLEAN, self.key, list[str]) or ()) if store else frozenset()
        self._clean: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether this was clean when all of this was looked for, before or now; then it is kept for the next time."""
        if key in self._known:
            self._clean.add(key)
        return key in self._clean

    def add(self, key: str) -> None:
        self._clean.add(key)

    def forget(self) -> None:
        """After a leak everything is looked through again."""
        if self.store:
            self.store.forget(CLEAN)

    def keep(self) -> None:
        """Write down what was clean, and forget everything else."""
        if self.store:
            self.store.keep(CLEAN, self.key, list[str], sorted(self._clean))


def key_of(name: str, content: bytes) -> str:
    return hashlib.sha256(f"{name}\0".encode() + content).hexdigest()


def key_of_text(text: str, kind: str) -> str:
    """Half as long as a file's: there are many texts."""
    return hashlib.blake2b(f"{kind}\0{text}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def key_of_terms(terms: Terms, page: str) -> str:
    """Of what an index has of a page.

    page  the page's own key
    """
    return key_of(terms.page, "\0".join([page, *sorted(terms.stems)]).encode())


def _looked_for(secrets: Secrets) -> str:
    digest = hashlib.sha256()
    for part in _in_order(secrets):
        digest.update(part)
    readers = [fingerprints.version_of(package) for package in READERS]
    return Store.key(digest.hexdigest(), platform.python_version(), readers)


def _in_order(value: object) -> Iterable[bytes]:
    """Everything in a value, sets and mappings sorted, each part with its kind and length: no two values read alike."""
    if is_dataclass(value):
        yield from _in_order([(part.name, getattr(value, part.name)) for part in fields(value)])
    elif isinstance(value, LaterNumbers):
        yield from _in_order(value.made_from)
    elif isinstance(value, Mapping):
        parts = sorted(b"".join(_in_order(item)) for item in value.items())
        yield b"m%d" % len(parts)
        yield from parts
    elif isinstance(value, Set):
        parts = sorted(b"".join(_in_order(item)) for item in value)
        yield b"{%d" % len(parts)
        yield from parts
    elif isinstance(value, list | tuple):
        yield b"[%d" % len(value)
        for item in value:
            yield from _in_order(item)
    elif isinstance(value, str):
        content = value.encode("utf-8", "surrogatepass")
        yield b"s%d:" % len(content) + content
    else:
        raise TypeError(f"{type(value).__name__} has no order")


def extracted(name: str, content: bytes, store: Store | None) -> Iterable[Piece]:
    """Everything written in a file. Raises CannotRead, now or while it is gone through."""
    if store is None or not name.lower().endswith(SLOW):
        return pieces_of_file(name, content)
    kept_pieces = store.value(
        EXTRACTED, _key_of_extracted(name, content), list[Any], lambda: list(map(_kept, pieces_of_file(name, content)))
    )
    return list(map(_piece, kept_pieces))


def still_needed(name: str, content: bytes, store: Store | None) -> None:
    """Keep what was read out of a file, though it is not asked for now."""
    if store is not None and name.lower().endswith(SLOW):
        store.use(EXTRACTED, _key_of_extracted(name, content))


def _key_of_extracted(name: str, content: bytes) -> str:
    return Store.key(name, fingerprints.fingerprint(content))


def _kept(piece: Piece) -> list[Any]:
    return [type(piece).__name__, *piece]


def _piece(kept: list[Any]) -> Piece:
    kind, *parts = kept
    if kind == Passage.__name__:
        return Passage(*parts)
    place, *rest = parts
    return Row(place, *map(tuple, rest))
