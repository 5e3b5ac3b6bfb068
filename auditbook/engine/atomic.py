"""Writing so that a reader, or the next run, never meets half a file; and one run at a time."""

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from filelock import FileLock

from auditbook.engine.system import flags_of_a_new_file, replace
from auditbook.project import Project
from auditbook.validation.problems import AuditbookError

UNFINISHED = ".part"


class CannotWrite(AuditbookError):
    """The disk is full, or the folder may not be written to."""


def write_atomically(path: Path, content: str | bytes, within: Path | None = None) -> bool:
    """Put a whole file in place of the old one, or leave the old one. Says whether anything changed.

    within  the folder that a refusal names, where nobody knows the file by its name

    Raises CannotWrite, with the system's reason.
    """
    data = content.encode() if isinstance(content, str) else content
    with writing(within or path):
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    return True


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raise CannotWrite, with the system's reason and what to do, where writing this fails."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(
            f"{path.name} cannot be written: {error.strerror}. What was published stays as it was; "
            "mend this, then run the same command again."
        ) from error


def _replace(path: Path, content: bytes) -> None:
    part = _written(path.parent, content, _mode(path))
    try:
        replace(part, path)
    except BaseException:
        os.unlink(part)
        raise


def _mode(path: Path) -> int | None:
    """Who may read and write the file that is there; None where there is none, so that the umask decides."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None


def _written(folder: Path, content: bytes, mode: int | None) -> str:
    """The path of a new file of this content, safely on the disk; nobody may read it who may not read the old one."""
    part = str(folder / f".{token_hex(8)}{UNFINISHED}")
    handle = os.open(part, flags_of_a_new_file(), 0o666 if mode is None else mode & 0o600)
    with os.fdopen(handle, "wb") as file:
        try:
            if mode is not None:
                os.chmod(part, mode)
            file.write(content)
            file.flush()
            os.fsync(handle)
        except BaseException:
            os.unlink(part)
            raise
    return part


def _copy(source: Path | str, target: Path) -> None:
    """A copy with the time of the source, and the mode of the file that was there, else as the umask says."""
    shutil.copyfile(source, target)
    state = os.stat(source)
    os.utime(target, ns=(state.st_atime_ns, state.st_mtime_ns))


def write_together(files: Mapping[Path, str | bytes], staging: Path) -> list[Path]:
    """Put several files in place, or none of them when any cannot be written; the paths that changed.

    staging  a folder on the same disk, where every file is written whole before the first is put in its place
    A kill between two of them leaves the first ones new: what calls this must write the same when it is run again.
    Raises CannotWrite, with the system's reason.
    """
    contents = {path: content.encode() if isinstance(content, str) else content for path, content in files.items()}
    ready: dict[Path, str] = {}
    try:
        for path, content in contents.items():
            if not path.is_file() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                ready[path] = _written(staging, content, _mode(path))
        for path, part in ready.items():
            replace(part, path)
    except OSError as error:
        raise CannotWrite(
            f"{path.name} cannot be written: {error.strerror}; nothing was written. Close it elsewhere, or "
            "make room, then run the same command again."
        ) from error
    finally:
        for part in ready.values():
            Path(part).unlink(missing_ok=True)
    return list(ready)


def sweep(folder: Path) -> None:
    """Remove what a killed run left half written."""
    for part in folder.rglob(f".*{UNFINISHED}"):
        part.unlink()


def mirror(source: Path, target: Path) -> None:
    """Make `target` hold exactly what `source` holds; files of the same size and time are taken to be the same."""
    target.mkdir(parents=True, exist_ok=True)
    wanted = {entry.name: entry for entry in os.scandir(source)}
    for entry in os.scandir(target):
        if entry.name not in wanted or entry.is_dir() != wanted[entry.name].is_dir():
            shutil.rmtree(entry.path) if entry.is_dir() else os.unlink(entry.path)
    for name, entry in wanted.items():
        if entry.is_dir():
            mirror(Path(entry.path), target / name)
        elif not _is_same(entry.stat(), target / name):
            _copy(entry.path, target / name)


def mirror_files(files: Mapping[str, Path], target: Path) -> None:
    """Make `target` hold exactly these files, by their names there."""
    target.mkdir(parents=True, exist_ok=True)
    for path in target.iterdir():
        if path.name not in files:
            path.unlink()
    for name, source in files.items():
        if not _is_same(source.stat(), target / name):
            _copy(source, target / name)


def _is_same(wanted: os.stat_result, path: Path) -> bool:
    if not path.exists():
        return False
    state = path.stat()
    return (state.st_size, state.st_mtime_ns) == (wanted.st_size, wanted.st_mtime_ns)


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Two runs of one project wait for each other; what one that was killed left half written is removed."""
    folder = project.root / "_build"
    try:
        folder.mkdir(exist_ok=True)
        lock = FileLock(folder / "auditbook.lock")
        lock.acquire()
    except OSError as error:
        raise CannotWrite(
            f"{project.name_of(folder)} cannot be written: {error.strerror}. Ask who may write there, then run "
            "the same command again."
        ) from error
    try:
        sweep(project.root / "book")
        yield
    finally:
        lock.release()
