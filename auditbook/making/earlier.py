"""What an audit's figures were when they were last released: a new release is held against it."""

import json
import subprocess
from collections.abc import Iterable
from typing import Any

from auditbook.release.differencing import refuse_revealing
from auditbook.release.released import Released
from auditbook.words.project import Project
from auditbook.words.quarter import AuditId
from auditbook.words.refusals import ReleaseRefused


def refuse_beside_earlier(project: Project, released: Iterable[Released]) -> None:
    """Refuse figures that, beside those released before, would tell what either withholds.

    Raises ReleaseRefused. Releases by a recorded decision are not held against anything: somebody decided so.
    """
    for figures in released:
        if figures.profile.threshold:
            earlier = earlier_release(project, figures.audit_id)
            if earlier is not None:
                refuse_revealing(earlier, figures.as_json())


def earlier_release(project: Project, audit_id: AuditId) -> dict[str, Any] | None:
    """The `measures.json` of an audit that was committed last; where git keeps nothing, the one that lies in `book/`.

    None when there was no earlier release. Raises ReleaseRefused when it cannot be read: then nothing can be compared.
    """
    name = f"book/audits/{audit_id}/measures.json"
    path = project.root / name
    if _is_in_git(project):
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
