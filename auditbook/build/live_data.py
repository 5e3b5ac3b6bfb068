"""Data of real families: kept out of the project's folder when they lie elsewhere."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from auditbook.build.entry_checks import check_entries, refuse_devices
from auditbook.engine.atomic import CannotWrite, write_atomically
from auditbook.project import PROJECT_MARKS, Project, is_written
from auditbook.validation.problems import WrongUsage

MARK = ".auditbook-out"
MARK_TEXT = "auditbook made this folder, and may write over everything in it.\n"


def checked_project_to_make(start: Path | None, data: str, out: Path | None) -> Project:
    """The project that everything is made in, looked through; what lies elsewhere is not looked for in this one."""
    source = Project.find(start, data)
    refuse_devices(source)
    project = project_to_make(source, out)
    check_entries(project)
    return project


def project_to_make(project: Project, out: Path | None) -> Project:
    """The project to write to: this one, or one in `out`. Raises WrongUsage for data elsewhere without `out`."""
    if out is not None:
        return project_in(out, project)
    if project.data != (project.root / "data").resolve():
        raise WrongUsage(
            "the data are not the project's own: say with --out DIR where everything is to be made, "
            "so that nothing of them is written into the project."
        )
    return project


def project_in(out: Path, project: Project) -> Project:
    """A book project in `out` with the same templates and written pages, and a link to the same data.

    Everything that is made of the data lies there, and nothing of it in the project. Pages find the data by the link,
    so none of them names a folder of this machine. Raises WrongUsage when `out` is a folder of something else.
    """
    out = out.absolute()
    _refuse_folder(out, project)
    write_atomically(out / MARK, MARK_TEXT)
    wanted = {path.relative_to(project.root): path for path in _written(project)}
    for name, source in wanted.items():
        if write_atomically(out / name, source.read_bytes()):
            shutil.copystat(source, out / name)
    for path in _written(Project(out, out / "data")):
        if path.relative_to(out) not in wanted:
            path.unlink()
    for name in PROJECT_MARKS[1:]:
        (out / name).mkdir(exist_ok=True)
    _link(out / "data", project.data)
    return Project(out, project.data)


def _refuse_folder(out: Path, project: Project) -> None:
    out, root, data = out.resolve(), project.root.resolve(), project.data.resolve()
    for other in (root, data):
        if out == other or out in other.parents or other in out.parents:
            raise WrongUsage(f"--out {out.name} must be a folder of its own, neither in the project nor in the data.")
    if out.exists() and not out.is_dir():
        raise WrongUsage(f"--out {out.name} is a file; name a folder that is empty, or not there yet.")
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise WrongUsage(f"--out {out.name} holds something else; it must be new, empty, or of an earlier build.")


def _written(project: Project) -> Iterator[Path]:
    """What people wrote: settings, templates and pages."""
    yield from (path for path in [project.root / "_config.yml"] if path.is_file())
    for folder in ("notebooks", "book"):
        for path in sorted((project.root / folder).rglob("*")):
            inside = path.relative_to(project.root)
            if path.is_file() and not path.is_symlink() and is_written(inside):
                yield path


def _link(link: Path, data: Path) -> None:
    try:
        if link.is_symlink():
            link.unlink()
        link.symlink_to(data.resolve(), target_is_directory=True)
    except OSError as problem:
        raise CannotWrite(
            f"{link.name} cannot be made a link to the data: {problem.strerror}. On Windows links need Developer "
            "Mode (Settings, For developers); else choose another --out."
        ) from problem
