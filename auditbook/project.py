"""Where a book project is, and the one answer to "is this file entered, or made by us?"."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Self

from auditbook.codebook.quarter import AuditId
from auditbook.validation.files import is_left_behind, refuse_link
from auditbook.validation.problems import Place, Refusals, WrongUsage, nearest

PROJECT_MARKS = ("_config.yml", "notebooks", "book")
EDITIONS = "editions"
"""A folder of `data/` that `publish` writes: what was published, and when."""
PARTNERS = "partners"
"""A folder of `data/` that `join` writes: the editions that partnerships handed over."""
MADE_BY_A_RUN = ("audits", "trends", "themes", "agencies", "partners", "codebook", "pooled", "_generated")
"""Folders of `book/` that a run writes; a new project starts without them."""
DATA_FOLDERS = ("audits", "codebook")
BRIEFING = "briefing.md"
"""The narrative in an audit's folder."""
WORKBENCH = "workbench"
"""A folder of notebooks that hold true rows: never built, and ignored by git."""
POOLED_FILE = "pooled.yml"
"""A file of `data/` that need not be there: which audits are released together."""

BRAND_FILE = "book/brand.yml"
"""A file of the project that need not be there: the partnership's name, colours and logo."""


@dataclass(frozen=True)
class Project:
    """The project's root, and its data folder, which may lie elsewhere."""

    root: Path
    data: Path

    @classmethod
    def find(cls, start: Path | None = None, data: str | Path = "data") -> Self:
        """Walk up from `start` to the project's root; `data` is relative to it.

        nbval runs in the page's folder and Papermill in the caller's, so a path is never taken from where we stand.
        Raises WrongUsage when no folder above is a book project.
        """
        start = (start or Path.cwd()).resolve()
        for folder in (start, *start.parents):
            if all((folder / mark).exists() for mark in PROJECT_MARKS):
                return cls(folder, (folder / data).resolve())
        raise WrongUsage(f"{start} is not in a book project. Name one with --project, or make one: auditbook init DIR.")

    @property
    def audits(self) -> Path:
        return self.data / "audits"

    @property
    def partners(self) -> Path:
        return self.data / PARTNERS

    def name_of(self, path: Path) -> str:
        """How messages call a file: relative to the root when it lies there, never an absolute path."""
        for base in (self.root, self.data.parent):
            if path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return path.name

    def audit_ids(self, refusals: Refusals) -> list[AuditId]:
        """Every audit's id, oldest first. What else lies among or beside them is refused (F09, F11)."""
        for path in _visible(self.data):
            if path.name not in (*DATA_FOLDERS, EDITIONS, PARTNERS, POOLED_FILE):
                problem = f"this does not belong here; expected {' and '.join(DATA_FOLDERS)}."
                refusals.add(Place(self.name_of(path)), "F09", problem, nearest(path.name, DATA_FOLDERS))
        ids = []
        for folder in _visible(self.audits):
            try:
                audit_id = AuditId.read(folder.name)
            except ValueError as error:
                refusals.add(Place(self.name_of(folder)), "F09", f"{error}.")
                continue
            if folder.is_symlink():
                refuse_link(self.name_of(folder), refusals)
            elif not folder.is_dir():
                refusals.add(Place(self.name_of(folder)), "F09", "an audit is a folder; this is a file.")
            else:
                ids.append(audit_id)
        return sorted(ids)


def is_written(inside: Path) -> bool:
    """Whether people write this file of a project, by its path from the root; else a run makes it, or a system."""
    is_hidden = any(part[0] in "._" and part != "_static" for part in inside.parts)
    is_page = inside.parts[:-1] == ("book",) and inside.name.startswith(("recommendations", "editions"))
    return not (is_hidden or is_page or (len(inside.parts) > 2 and inside.parts[1] in MADE_BY_A_RUN))


def starting_files() -> Path:
    """Where the files of a new project lie: in an installed package, or the root of this repository."""
    packed = Path(str(files("auditbook"))) / "starter"
    return packed if packed.is_dir() else Path(str(files("auditbook"))).parent


def _visible(folder: Path) -> list[Path]:
    """What a folder holds, by name; what begins with a dot, or was left behind, is the system's or an editor's."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.name[0] != "." and not is_left_behind(path.name))
