"""Where a book project is: a folder with `_config.yml`, `notebooks/`, `book/` and `data/`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from auditbook.words.quarter import AuditId
from auditbook.words.refusals import Place, Refusals, WrongUsage

MARKS = ("_config.yml", "notebooks", "book")


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
            if all((folder / mark).exists() for mark in MARKS):
                return cls(folder, (folder / data).resolve())
        raise WrongUsage(f"{start} is not in a book project; `auditbook init DIR` makes one.")

    @property
    def audits(self) -> Path:
        return self.data / "audits"

    def name_of(self, path: Path) -> str:
        """How messages call a file: relative to the root when it lies there, never an absolute path."""
        for base in (self.root, self.data.parent):
            if path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return path.name

    def audit_ids(self, refusals: Refusals) -> list[AuditId]:
        """Every audit's id, oldest first. A folder with another name is refused (F09)."""
        ids = []
        for folder in sorted(self.audits.iterdir()) if self.audits.is_dir() else []:
            if folder.name.startswith("."):
                continue
            try:
                ids.append(AuditId.read(folder.name))
            except ValueError as error:
                refusals.add(Place(self.name_of(folder)), "F09", f"{error}.")
        return sorted(ids)
