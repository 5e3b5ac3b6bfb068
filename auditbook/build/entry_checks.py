"""What a command refuses before it reads anything: pipes and devices among the files, and live data that git tracks.

Imports little, for it runs before a build finds that there is nothing to do.
"""

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

from auditbook.codebook.quarter import AuditId
from auditbook.engine.system import quoted_path
from auditbook.project import BRAND_FILE, MADE_BY_A_RUN, POOLED_FILE, WORKBENCH, Project
from auditbook.validation.files import entered, is_left_behind, is_name_for_all, refuse_link
from auditbook.validation.names import folded
from auditbook.validation.problems import Place, Refusals, ReleaseRefused
from auditbook.validation.yaml_text import read_plain_yaml

NOT_LIVE = ("published", "synthetic")
REGISTER = "book/recommendations.md"
GENERATED = (*(f"book/{name}" for name in MADE_BY_A_RUN if name != "codebook"), REGISTER, "_toc.yml", "_build")
"""What a run writes that tells of its audits, from the project's root."""
GIT_SECONDS = 60
NOT_IN_NAMES = '< > : " / \\ | ? *, a full stop or blank at its end, or a name of a device such as aux or con.'


class LiveDataTracked(ReleaseRefused):
    """Git would take live data along to everybody who has the repository."""


def checked_project(start: Path | None, data: str) -> Project:
    """The project that a folder lies in, looked through before anything of it is read."""
    project = Project.find(start, data)
    check_entries(project)
    return project


def check_entries(project: Project) -> None:
    """Raises InputRefused for what is no file where one belongs, or is called what not every system can hold.

    Raises LiveDataTracked for live data that git tracks.
    """
    refuse_devices(project)
    refuse_names(project)
    refuse_tracked(project)


def refuse_devices(project: Project) -> None:
    """Refuse pipes, devices and sockets among all that people enter (F11): to open one may wait for ever.

    Of the two files that a project may do without, a folder of that name is refused as well (F01).
    """
    refusals = Refusals()
    for path in (project.root / "_config.yml", project.data, project.root / "notebooks", project.root / "book"):
        for device in _devices(path):
            refuse_link(project.name_of(device), refusals)
    for path in (project.data / POOLED_FILE, project.root / BRAND_FILE):
        if path.is_dir():
            refusals.add(Place(project.name_of(path)), "F01", "no such folder belongs here.")
    refusals.stop_if_any()


def refuse_names(project: Project) -> None:
    """Refuse names that Windows cannot hold, where the project's own words become files (F12)."""
    refusals = Refusals()
    for folder in (project.root / "notebooks", project.root / "book", project.data / "codebook"):
        for path in entered(folder):
            if not is_name_for_all(path.name):
                problem = "Windows can hold no file of this name; choose one without " + NOT_IN_NAMES
                refusals.add(Place(project.name_of(path)), "F12", problem)
    refusals.stop_if_any()


def _devices(path: Path) -> Iterator[Path]:
    """What is neither a file nor a folder, there and below; what a link leads to counts, and a broken link does not."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    if not stat.S_ISDIR(mode):
        yield from () if stat.S_ISREG(mode) else (path,)
        return
    with os.scandir(path) as entries:
        for entry in entries:
            if is_left_behind(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _devices(Path(entry.path))
            elif not entry.is_file() and not entry.is_dir():
                yield from _devices(Path(entry.path))


def refuse_tracked(project: Project) -> None:
    """Raises LiveDataTracked when git tracks the data of a live audit, or what is made of it, or would track it.

    Where that cannot be found out, because git is missing or refuses to answer, it is refused as well: not checked.
    """
    ids = project.audit_ids(Refusals()) if any(map(_repository, (project.root, project.audits))) else []
    live = [audit_id for audit_id in ids if _is_live(project, audit_id)]
    folders = [project.audits / str(audit_id) for audit_id in live]
    workbench = [WORKBENCH] if (project.root / WORKBENCH).exists() else []
    made = [project.root / name for name in (*GENERATED, *workbench)] if live else []
    problems = [problem for path in [*folders, *made] for problem in _problems(project.name_of(path), path)]
    if problems:
        raise LiveDataTracked("\n".join(problems))


def _is_live(project: Project, audit_id: AuditId) -> bool:
    """Settings that cannot be read are refused elsewhere; until then they may be anything."""
    path = project.audits / str(audit_id) / "audit.yml"
    settings = read_plain_yaml(path, path.name, Refusals())
    collection = settings.values.get("collection") if settings else None
    return not isinstance(collection, str) or folded(collection) not in NOT_LIVE


def _repository(path: Path) -> Path | None:
    """The repository that a path lies in, as far as folders tell."""
    folder = _folder(path).resolve()
    return next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), None)


def _folder(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.is_dir())


def _problems(name: str, path: Path) -> Iterator[str]:
    """Why live data may not lie at a path, which need not exist."""
    if not _repository(path):
        return
    folder = _folder(path).resolve()
    wanted = folder / path.relative_to(_folder(path))
    tracked, error = _git(folder, "ls-files", "-z", "--", str(wanted))
    unseen, error_too = _git(folder, "ls-files", "-z", "--others", "--exclude-standard", "--", str(wanted))
    inside = wanted if path.suffix else wanted / "anything.csv"
    ignored, last_error = _git(folder, "check-ignore", "--quiet", "--", str(inside), fine=(0, 1))
    problem = error or error_too or last_error
    if problem:
        yield f"{name}: live data may lie here only if git does not track it. Not checked: {problem}"
    elif tracked:
        out = f"git rm -r --cached {quoted_path(name)}"
        yield (
            f"{name}: git tracks this, and it is live data. Take it out of the repository ({out}; the files stay), "
            "and what was committed before out of its history."
        )
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
