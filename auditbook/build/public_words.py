"""Checksums of what readers read, by which a book is known as an edition: the same on every machine and for ever.

Words only: not how the program draws or spells a page, so that a new version of it leaves an edition what it is.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel

from auditbook.briefing.model import Briefing
from auditbook.project import Project, is_written
from auditbook.release.released import Released

WRITTEN_SUFFIXES = (".md", ".ipynb", ".yml")


def audit_words(released: Released, briefing: Briefing | None = None) -> str:
    """The checksum of what is released of an audit beside its figures, and of its briefing."""
    shown = (released.settings, released.findings, released.involvement, released.recommendations, released.warnings)
    return _checksum(words_in([*shown, briefing]))


def page_words(project: Project) -> dict[str, str]:
    """Source of pages, from the project's root → the checksum of its words: pages, templates, codebook, title."""
    pages = [
        path for path in _files(project.root / "book", WRITTEN_SUFFIXES) if is_written(path.relative_to(project.root))
    ]
    templates = _files(project.root / "notebooks", (".ipynb",))
    lists = _files(project.data / "codebook", (".csv",))
    checksums = {project.name_of(path): _checksum(_words_of(path)) for path in [*pages, *templates]}
    checksums |= {
        f"data/codebook/{path.relative_to(project.data / 'codebook').as_posix()}": _text(path) for path in lists
    }
    settings = yaml.safe_load((project.root / "_config.yml").read_text("utf-8")) or {}
    return dict(sorted({**checksums, "_config.yml": _checksum([str(settings.get("title", ""))])}.items()))


def _files(folder: Path, suffixes: Iterable[str]) -> list[Path]:
    paths = (path for path in folder.rglob("*") if path.suffix in suffixes and path.is_file())
    return sorted(path for path in paths if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def _text(path: Path) -> str:
    """Spaces and ends of lines do not count: git and editors change them."""
    return _checksum(path.read_text("utf-8-sig", errors="replace").split())


def _words_of(path: Path) -> Iterator[str]:
    """The words of a page; of a notebook those of its cells, for what JupyterLab notes beside them nobody reads."""
    text = path.read_text("utf-8-sig", errors="replace")
    if path.suffix != ".ipynb":
        yield from text.split()
        return
    try:
        for cell in json.loads(text)["cells"]:
            yield cell["cell_type"]
            yield from "".join(cell["source"]).split()
    except (ValueError, KeyError, TypeError):
        yield from text.split()


def words_in(thing: object) -> Iterator[str]:
    """Every text, number and day in a value, in order, whatever the value is made of; what is empty is passed over."""
    if isinstance(thing, str):
        yield from thing.split()
    elif isinstance(thing, BaseModel):
        for name in type(thing).model_fields:
            yield from words_in(getattr(thing, name))
    elif is_dataclass(thing):
        for part in fields(thing):
            yield from words_in(getattr(thing, part.name))
    elif isinstance(thing, Mapping):
        for name, value in thing.items():
            yield from words_in([name, value])
    elif isinstance(thing, set | frozenset):
        yield from words_in(sorted(thing))
    elif isinstance(thing, Iterable):
        for item in thing:
            yield from words_in(item)
    elif thing is not None:
        yield str(thing)


def _checksum(words: Iterable[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]
