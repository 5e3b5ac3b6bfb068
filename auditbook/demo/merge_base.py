"""What a project began with, or was last upgraded to: kept in it, so that its own changes can be told from ours."""

import io
import json
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from auditbook.project import Project
from auditbook.validation.files import is_name_for_all
from auditbook.validation.problems import WrongUsage

MERGE_BASE_FILE = ".auditbook/beginning.zip"
"""In a project: every file that `init` or `upgrade` wrote, as it wrote it, and the answers it was given."""
FIRST_RELEASE = Path(__file__).parent / "first_release.zip"
"""What projects of 0.1.0 began with; they keep no such file."""
INIT_ANSWERS = "answers.json"
MADE = (1980, 1, 1, 0, 0, 0)
"""The oldest day that a ZIP archive can hold: the same files make the same bytes."""


@dataclass(frozen=True)
class InitAnswers:
    """What a new project is made from: the program's version, and what `init` was told."""

    version: str
    partnership: str = ""
    collection: str = "live"
    uses_git: bool = True


def merge_base_archive(answers: InitAnswers, contents: dict[str, bytes]) -> bytes:
    """The content of STARTED_WITH."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packing:
        for name, content in sorted({INIT_ANSWERS: json.dumps(asdict(answers)).encode(), **contents}.items()):
            packing.writestr(zipfile.ZipInfo(name, MADE), content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def read_merge_base(project: Project) -> tuple[InitAnswers, dict[str, bytes]]:
    """What the project's files came from: of 0.1.0 where it keeps no record. Raises WrongUsage when that is damaged."""
    path = project.root / MERGE_BASE_FILE
    try:
        answers, contents = _unpacked(path if path.exists() else FIRST_RELEASE)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        raise WrongUsage(
            f"{MERGE_BASE_FILE} cannot be read. It holds what this project began with. Take it from a backup, or "
            "delete it: then every file that differs from the first release's counts as changed by you."
        ) from None
    if path.exists():
        return answers, contents
    return _as_it_stands(project, answers.version), contents


def _unpacked(path: Path) -> tuple[InitAnswers, dict[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    if not all(map(_stays_inside, contents)):
        raise ValueError("a name in it leads out of the project")
    return InitAnswers(**json.loads(contents.pop(INIT_ANSWERS))), contents


def _stays_inside(name: str) -> bool:
    """Whether a name is of a file in the project, on any system; what is named here may be written over, or go."""
    parts = PurePosixPath(name).parts
    return bool(parts) and all(part not in ("..", "/") and is_name_for_all(part) for part in parts)


def _as_it_stands(project: Project, version: str) -> InitAnswers:
    """What `init` of the first release did not ask, from what is there."""
    ignored = project.root / ".gitignore"
    is_open = ignored.is_file() and "data/audits/" not in ignored.read_text("utf-8").splitlines()
    collection = "published" if is_open else "live"
    return InitAnswers(version, collection=collection, uses_git=ignored.is_file() or (project.root / ".git").exists())
