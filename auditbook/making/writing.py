"""Writing so that a reader, or the next run, never meets half a file; and one run at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from filelock import FileLock

from auditbook.words.project import Project


def write_atomically(path: Path, content: str | bytes) -> bool:
    """Put a whole file in place of the old one, or leave the old one. Says whether anything changed."""
    found = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == found:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as part:
        try:
            part.write(found)
            part.flush()
            os.fsync(part.fileno())
        except BaseException:
            os.unlink(part.name)
            raise
    os.chmod(part.name, 0o644)
    os.replace(part.name, path)
    return True


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Two runs of one project wait for each other."""
    folder = project.root / "_build"
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "auditbook.lock"):
        yield
