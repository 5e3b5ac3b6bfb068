"""What was read out of documents and workbooks when they were last looked through: reading them takes the longest.

Kept by what stands in files that are published anyway, never what was looked for or found.
"""

from collections.abc import Iterable
from typing import Any

from auditbook.engine import fingerprints
from auditbook.engine.store import Store
from auditbook.leaks.extract import pieces_of_file
from auditbook.leaks.passages import Passage, Piece, Row

SLOW = (".pdf", ".docx", ".xlsx", ".pptx", ".png", ".jpg", ".jpeg", ".zip")
EXTRACTED = "extracted"


def extracted(name: str, content: bytes, store: Store | None) -> Iterable[Piece]:
    """Everything written in a file. Raises CannotRead, now or while it is gone through."""
    if store is None or not name.lower().endswith(SLOW):
        return pieces_of_file(name, content)
    found = store.value(
        EXTRACTED, _key(name, content), list[Any], lambda: list(map(_kept, pieces_of_file(name, content)))
    )
    return list(map(_piece, found))


def still_needed(name: str, content: bytes, store: Store | None) -> None:
    """Keep what was read out of a file, though it is not asked for now."""
    if store is not None and name.lower().endswith(SLOW):
        store.use(EXTRACTED, _key(name, content))


def _key(name: str, content: bytes) -> str:
    return Store.key(name, fingerprints.fingerprint(content))


def _kept(piece: Piece) -> list[Any]:
    return [type(piece).__name__, *piece]


def _piece(kept: list[Any]) -> Piece:
    kind, *parts = kept
    if kind == Passage.__name__:
        return Passage(*parts)
    place, *rest = parts
    return Row(place, *map(tuple, rest))
