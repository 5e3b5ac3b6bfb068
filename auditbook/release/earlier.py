"""What an audit's figures were when they were last released: a new release is held against it."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auditbook.project import Project
from auditbook.release.differencing import refuse_revealing
from auditbook.release.released import Released
from auditbook.validation.problems import ReleaseRefused


def refuse_beside_earlier(project: Project, released: Mapping[Path, Released]) -> None:
    """Refuse figures that, beside those released before, would tell what either withholds.

    released  folder of `book/` → the figures that are to be released in its `measures.json`

    Raises ReleaseRefused. Releases by a recorded decision are not held against anything: somebody decided so.
    """
    held = {folder: figures for folder, figures in released.items() if figures.profile.threshold}
    is_in_git = bool(held) and _is_in_git(project)
    for folder, figures in held.items():
        earlier = earlier_release(project, folder, is_in_git)
        if earlier is not None:
            refuse_revealing(earlier, figures.as_json())


def earlier_release(project: Project, folder: Path, is_in_git: bool) -> dict[str, Any] | None:
    """The `measures.json` of a folder of `book/` as committed last; where git keeps nothing, the one that is there.

    None when there was no earlier release. Raises ReleaseRefused when it cannot be read: then nothing can be compared.
    """
    path = folder / "measures.json"
    name = path.relative_to(project.root).as_posix()
    if is_in_git:
        found = _git(project, "show", f"HEAD:./{name}")
        text = found.stdout if found.returncode == 0 else None
    else:
        text = path.read_text("utf-8") if path.is_file() else None
    if text is None:
        return None
    try:
        return json.loads(text)
    except ValueError:
        raise ReleaseRefused(f"{name} cannot be read, so this release cannot be held against the one before.") from None


def _is_in_git(project: Project) -> bool:
    try:
        return _git(project, "rev-parse", "--verify", "--quiet", "HEAD").returncode == 0
    except FileNotFoundError:
        return False


def _git(project: Project, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(["git", "-C", str(project.root), *arguments], capture_output=True, text=True)
