"""All that is kept between runs, in one place and by one rule: `_build/store/<kind>/<key>`.

A key is the hash of everything an entry was made from, this version of the package among it. So an entry that is there
is fresh, and nothing is ever asked for its age: what was made from something else has another key. Entries are put in
place whole, and read as the type they were written as, from JSON; one that is damaged counts as not there. None of them
can run code.
"""

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from auditbook.engine import fingerprints
from auditbook.engine.atomic import UNFINISHED, write_atomically, writing
from auditbook.engine.typed_json import from_json, to_json

Value = TypeVar("Value")
NOTES = "notes"
"""The kind of what is no result of anything, but says what was done: the next run writes over it."""
CONTENTS_FILE = "contents.json"
"""What a folder of files holds, as their names and sizes: a folder that differs is not whole."""


class Store:
    """What one run of a project reads and keeps. What it did not ask for is dropped by `sweep`."""

    def __init__(self, build: Path):
        self.folder = build / "store"
        self._used: set[Path] = set()

    @staticmethod
    def key(*made_from: object) -> str:
        """The key of what is made from these values, which JSON can write, by this version of the package."""
        return fingerprints.of_values([fingerprints.of_whole_package(), *made_from])

    def value(self, kind: str, key: str, shape: type[Value], make: Callable[[], Value]) -> Value:
        """What is kept under a key; made now, and kept, where it is not there."""
        value = self.read(kind, key, shape)
        if value is None:
            value = make()
            self.keep(kind, key, shape, value)
        return value

    def read(self, kind: str, key: str, shape: type[Value]) -> Value | None:
        """What is kept, or None. `shape` is the type it was kept as: a dataclass, a pydantic model, or of builtins."""
        path = self._path(kind, key)
        try:
            checksum, _, content = path.read_bytes().partition(b"\n")
            return from_json(content, shape) if checksum == _checksum(content) else None
        except (OSError, ValueError):
            return None

    def keep(self, kind: str, key: str, shape: type[Value], value: Value) -> None:
        content = to_json(value, shape)
        write_atomically(self._path(kind, key), _checksum(content) + b"\n" + content, within=self.folder.parent)

    def files(self, kind: str, key: str, make: Callable[[], Mapping[str, bytes]]) -> Path:
        """A folder of the files that `make` gives by name: whole, or not there."""
        folder = self.found_files(kind, key)
        if folder is None:
            folder = self._path(kind, key)
            self._put_files(folder, make())
        return folder

    def found_files(self, kind: str, key: str) -> Path | None:
        """The folder that is kept under a key, or None where it is not there whole."""
        folder = self._path(kind, key)
        try:
            listed = json.loads((folder / CONTENTS_FILE).read_bytes())
        except (OSError, ValueError):
            return None
        sizes = {path.name: path.stat().st_size for path in folder.iterdir() if path.name != CONTENTS_FILE}
        return folder if sizes == listed else None

    def note(self, name: str, shape: type[Value], value: Value) -> None:
        """Write down what was done, in place of what an earlier run wrote."""
        self.keep(NOTES, name, shape, value)

    def noted(self, name: str, shape: type[Value]) -> Value | None:
        return self.read(NOTES, name, shape)

    def use(self, kind: str, key: str) -> None:
        """Keep an entry, if it is there, though it is not read."""
        self._path(kind, key)

    def forget(self, kind: str, key: str = "") -> None:
        """Drop an entry, or a whole kind."""
        path = self.folder / kind / key if key else self.folder / kind
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Drop what was not asked for: of an audit that was taken away, or made from what has changed."""
        for path in [*self.folder.glob("*/*"), *self.folder.glob("*/.*")]:
            if path not in self._used and path.parent.name != NOTES:
                self.forget(path.parent.name, path.name)

    def _path(self, kind: str, key: str) -> Path:
        path = self.folder / kind / key
        self._used.add(path)
        return path

    def _put_files(self, folder: Path, files: Mapping[str, bytes]) -> None:
        with writing(self.folder.parent):
            folder.parent.mkdir(parents=True, exist_ok=True)
            part = Path(tempfile.mkdtemp(prefix=".", suffix=UNFINISHED, dir=folder.parent))
            try:
                for name, content in files.items():
                    (part / name).write_bytes(content)
                sizes: dict[str, Any] = {name: len(content) for name, content in files.items()}
                (part / CONTENTS_FILE).write_text(json.dumps(sizes), "utf-8")
                shutil.rmtree(folder, ignore_errors=True)
                part.rename(folder)
            finally:
                shutil.rmtree(part, ignore_errors=True)


def _checksum(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()
