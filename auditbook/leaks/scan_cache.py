"""The files of a site that were looked through before and held nothing, so that only those that changed are again.

A file is passed over only when its name and its bytes are the same, what is looked for is the same, and so are the
programs that look. After a leak nothing is known to be clean.
"""

import hashlib
import platform
from collections.abc import Iterable, Mapping, Set
from dataclasses import fields, is_dataclass
from importlib.metadata import version

from auditbook.engine.store import Store
from auditbook.leaks.secrets import Secrets
from auditbook.leaks.withheld import LaterNumbers

READERS = ("lxml", "pypdf", "pillow", "sphinx")
"""Packages that read files for the search."""


CLEAN = "clean"


class CleanFiles:
    """The keys of files that were clean, kept for all that was looked for together; without a store nothing is known.

    Only hashes are kept: one of all that was looked for, one of each clean file.
    """

    def __init__(self, store: Store | None, secrets: Secrets):
        self.store = store
        self.key = _looked_for(secrets) if store else ""
        self._known = frozenset(store.read(CLEAN, self.key, list[str]) or ()) if store else frozenset()
        self._clean: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether this file was clean when all of this was looked for, before or now."""
        return key in self._known or key in self._clean

    def add(self, key: str) -> None:
        self._clean.add(key)

    def forget(self) -> None:
        """After a leak everything is looked through again."""
        if self.store:
            self.store.forget(CLEAN)

    def keep(self) -> None:
        """Write down what was clean, and forget every other file."""
        if self.store:
            self.store.keep(CLEAN, self.key, list[str], sorted(self._clean))


def key_of(name: str, content: bytes) -> str:
    return hashlib.sha256(f"{name}\0".encode() + content).hexdigest()


def _looked_for(secrets: Secrets) -> str:
    digest = hashlib.sha256()
    for part in _in_order(secrets):
        digest.update(part)
    return Store.key(digest.hexdigest(), platform.python_version(), [version(package) for package in READERS])


def _in_order(found: object) -> Iterable[bytes]:
    """Everything in a value, sets and mappings sorted, each part with its kind and length: no two values read alike."""
    if is_dataclass(found):
        yield from _in_order([(each.name, getattr(found, each.name)) for each in fields(found)])
    elif isinstance(found, LaterNumbers):
        yield from _in_order(found.made_from)
    elif isinstance(found, Mapping):
        parts = sorted(b"".join(_in_order(item)) for item in found.items())
        yield b"m%d" % len(parts)
        yield from parts
    elif isinstance(found, Set):
        parts = sorted(b"".join(_in_order(each)) for each in found)
        yield b"{%d" % len(parts)
        yield from parts
    elif isinstance(found, list | tuple):
        yield b"[%d" % len(found)
        for each in found:
            yield from _in_order(each)
    elif isinstance(found, str):
        content = found.encode("utf-8", "surrogatepass")
        yield b"s%d:" % len(content) + content
    else:
        raise TypeError(f"{type(found).__name__} has no order")
