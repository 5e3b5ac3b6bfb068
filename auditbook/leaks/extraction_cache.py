"""What was read out of documents and workbooks when they were last looked through: reading them takes the longest.

Kept by the hash of each file, so that a file that changed is read again; only what stands in files that are published
anyway is kept, never what was looked for or found.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditbook.engine.atomic import write_atomically
from auditbook.leaks.extract import pieces_of_file
from auditbook.leaks.passages import Passage, Piece, Row

SLOW = (".pdf", ".docx", ".xlsx", ".pptx", ".png", ".jpg", ".jpeg", ".zip")
READER = "1"
"""Changes whenever files are read in another way."""


class ReadingMemory:
    """A folder with one file for each that was read; what was not asked for again is dropped at the end."""

    def __init__(self, folder: Path | None):
        self.folder = folder
        self._asked: set[str] = set()

    def pieces_of(self, name: str, content: bytes) -> Iterable[Piece]:
        """Everything written in a file. Raises CannotRead, now or while it is gone through."""
        if self.folder is None or not name.lower().endswith(SLOW):
            return pieces_of_file(name, content)
        path = self.folder / self.keep(name, content)
        known = _known(path)
        if known is None:
            known = list(pieces_of_file(name, content))
            write_atomically(path, json.dumps([[type(each).__name__, *each] for each in known]))
        return known

    def keep(self, name: str, content: bytes) -> str:
        """Keep what was read out of a file, though it is not asked for now; the name it is kept under."""
        kept = hashlib.sha256(f"{READER} {name}\0".encode() + content).hexdigest() + ".json"
        self._asked.add(kept)
        return kept

    def forget_others(self) -> None:
        if self.folder is not None and self.folder.is_dir():
            for path in self.folder.iterdir():
                if path.name not in self._asked:
                    path.unlink()


def _known(path: Path) -> list[Piece] | None:
    try:
        return list(_pieces(json.loads(path.read_text("utf-8"))))
    except (OSError, ValueError, TypeError):
        return None


def _pieces(kept: list[list]) -> Iterator[Piece]:
    for kind, *parts in kept:
        if kind == Passage.__name__:
            yield Passage(*parts)
        elif kind == Row.__name__:
            place, *rest = parts
            yield Row(place, *map(tuple, rest))
        else:
            raise ValueError(kind)
