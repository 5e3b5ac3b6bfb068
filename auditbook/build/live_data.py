"""Data of real families: kept out of what git tracks, and of the project's folder when they lie elsewhere."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from auditbook.codebook.quarter import AuditId
from auditbook.engine.atomic import CannotWrite, write_atomically
from auditbook.evidence.settings import read_settings
from auditbook.project import MADE_BY_A_RUN, PROJECT_MARKS, WORKBENCH, Project, is_written
from auditbook.validation.problems import Refusals, ReleaseRefused, WrongUsage

LIVE = "live"
NOT_LIVE = re.compile(rb"^collection:[ ]*(?:published|synthetic)[ \r]*(?:#.*)?$", re.MULTILINE)
"""A line that says so in plain letters; every other way of writing it is read as YAML."""
REGISTER = "book/recommendations.md"
GENERATED = (*(f"book/{name}" for name in MADE_BY_A_RUN if name != "codebook"), REGISTER, "_toc.yml", "_build")
"""What a run writes that tells of its audits, from the project's root."""
MARK = ".auditbook-out"
MARK_TEXT = "auditbook made this folder, and may write over everything in it.\n"
GIT_SECONDS = 60


class LiveDataTracked(ReleaseRefused):
    """Git would take live data along to everybody who has the repository."""


def refuse_tracked(project: Project) -> None:
    """Raises LiveDataTracked when git tracks the data of a live audit, or what is made of it, or would track it.

    Where that cannot be found out, because git is missing or refuses to answer, it is refused as well: not checked.
    """
    live = [audit_id for audit_id in project.audit_ids(Refusals()) if _is_live(project, audit_id)]
    folders = [project.audits / str(audit_id) for audit_id in live]
    workbench = [WORKBENCH] if (project.root / WORKBENCH).exists() else []
    made = [project.root / name for name in (*GENERATED, *workbench)] if live else []
    problems = [problem for path in [*folders, *made] for problem in _problems(project.name_of(path), path)]
    if problems:
        raise LiveDataTracked("\n".join(problems))


def _is_live(project: Project, audit_id: AuditId) -> bool:
    """Settings that cannot be read are refused elsewhere; until then they may be anything."""
    path = project.audits / str(audit_id) / "audit.yml"
    if path.is_file() and NOT_LIVE.search(path.read_bytes()):
        return False
    settings = read_settings(path, path.name, Refusals())
    return settings is None or settings.collection == LIVE


def _problems(name: str, path: Path) -> Iterator[str]:
    """Why live data may not lie at a path, which need not exist."""
    folder = next(each for each in (path, *path.parents) if each.is_dir()).resolve()
    if not any((each / ".git").exists() for each in (folder, *folder.parents)):
        return
    wanted = folder / path.relative_to(next(each for each in (path, *path.parents) if each.is_dir()))
    tracked, error = _git(folder, "ls-files", "-z", "--", str(wanted))
    unseen, error_too = _git(folder, "ls-files", "-z", "--others", "--exclude-standard", "--", str(wanted))
    inside = wanted if path.suffix else wanted / "anything.csv"
    ignored, last_error = _git(folder, "check-ignore", "--quiet", "--", str(inside), fine=(0, 1))
    problem = error or error_too or last_error
    if problem:
        yield f"{name}: live data may lie here only if git does not track it. Not checked: {problem}"
    elif tracked:
        yield f"{name}: git tracks this, and it is live data. Take it out of the repository, and out of its history."
    elif unseen or ignored is None:
        yield f"{name}: git would track this, and it is live data. Name it in .gitignore, or keep it elsewhere (--out)."


def _git(folder: Path, *arguments: str, fine: tuple[int, ...] = (0,)) -> tuple[str | None, str]:
    """What git says: its output, None when it ended with 1, and why it could not say."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=GIT_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as problem:
        return None, f"git did not run ({type(problem).__name__})."
    if done.returncode not in fine:
        return None, f"git ended with {done.returncode}: {done.stderr.strip().splitlines()[0] if done.stderr else '?'}"
    return (None if done.returncode else done.stdout), ""


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
