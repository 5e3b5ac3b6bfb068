"""Folders of pickles and compiled code, which a library loads again: only as this user's own run left them.

A key outside of the project, which nobody who puts a file into `_build` has, seals all that such a folder holds.
"""

import hmac
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

KEY_BYTES = 32


def seal(folder: Path, record: Path) -> None:
    """Note what a folder holds now; where there can be no key, nothing is noted, and nothing will be trusted."""
    checksum = _checksum(folder)
    if checksum:
        record.write_text(checksum, "ascii")


def is_sealed(folder: Path, record: Path) -> bool:
    """Whether a folder holds what it held when it was sealed, on this machine and by this user, and nothing else."""
    if not record.is_file() or folder.is_symlink():
        return False
    checksum = _checksum(folder)
    return bool(checksum) and hmac.compare_digest(checksum.encode(), record.read_bytes().strip())


def _checksum(folder: Path) -> str:
    """Of the names and contents of all files; empty without a key, or where a link leads elsewhere."""
    key = _key()
    if key is None:
        return ""
    made = hmac.new(key, digestmod=sha256)
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            return ""
        if path.is_file():
            name = path.relative_to(folder).as_posix().encode()
            made.update(sha256(name).digest() + sha256(path.read_bytes()).digest())
    return made.hexdigest()


def _key() -> bytes | None:
    """The secret of this user on this machine, made when it is first needed; None where there is no place for it."""
    with suppress(OSError, RuntimeError):
        cache = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
        path = Path(cache) / "auditbook" / "key"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (
            suppress(FileExistsError),
            open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file,
        ):
            file.write(os.urandom(KEY_BYTES))
        key = path.read_bytes()
        return key if len(key) == KEY_BYTES else None
    return None
