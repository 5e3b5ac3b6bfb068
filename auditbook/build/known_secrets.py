"""What must stay inside, kept in this process while nothing that it comes from changes; it is never written down."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from auditbook.engine import fingerprints
from auditbook.leaks.scan import secrets_of_project
from auditbook.leaks.secrets import Secrets
from auditbook.project import BRIEFING, Project, is_written
from auditbook.release.released import Released
from auditbook.validation.files import entered


class KnownSecrets:
    """Finds them once for every state of data, codebook, written pages, templates and programs, and every release.

    An edit of a briefing changes none of these: nothing is looked for that stands only in a briefing.
    """

    def __init__(self) -> None:
        self._key = ""
        self._secrets: Secrets | None = None

    def __call__(self, project: Project, released: Sequence[Released], pools: Mapping[str, Released]) -> Secrets:
        key = _key(project, released, pools)
        if self._secrets is None or key != self._key:
            self._secrets, self._key = secrets_of_project(project, released, pools), key
        return self._secrets


def _key(project: Project, released: Sequence[Released], pools: Mapping[str, Released]) -> str:
    files = [path for path in entered(project.data) if path.is_file() and path.name != BRIEFING]
    folders = [project.root / name for name in ("book", "notebooks")]
    written = [path for folder in folders for path in folder.rglob("*") if _is_written(path, project)]
    shown = [(str(figures.audit_id), figures.profile.name) for figures in released]
    together = [(name, str(figures.audit_id), figures.profile.name) for name, figures in pools.items()]
    return fingerprints.of_values(
        [
            [str(project.root), str(project.data), shown, together, fingerprints.of_whole_package()],
            fingerprints.of_files(files, project.data),
            fingerprints.of_files([*written, project.root / "_config.yml"], project.root),
        ]
    )


def _is_written(path: Path, project: Project) -> bool:
    return path.is_file() and is_written(path.relative_to(project.root))
