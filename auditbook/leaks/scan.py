"""A built site searched for whatever must not get out (`auditbook.leaks`), before it is published and later."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import read_audits
from auditbook.evidence.pools import read_pools
from auditbook.leaks.looking import Looking, Scan
from auditbook.leaks.search import Search
from auditbook.leaks.secrets import Entered, Secrets, Sources, secrets_of
from auditbook.leaks.withheld import withheld_later
from auditbook.measures.all_measures import audit_measures
from auditbook.project import MADE_BY_A_RUN, Project
from auditbook.reading.notebook import released_pool
from auditbook.release.profiles import PROFILES, profile_for
from auditbook.release.released import Released, release
from auditbook.validation.csv_rows import read_rows
from auditbook.validation.problems import Refusals

WRITTEN = (".md", ".ipynb", ".yml", ".html", ".txt")
CODEBOOK = (".csv",)


def scan_told(project: Project, folder: Path, profile: str | None = None) -> str:
    """Search a folder and say how it went. Raises LeakFound, WrongUsage, and InputRefused when the data are refused.

    profile  how the audits were let out; by default as their `measures.json` in the book says, else as they may be
    """
    released = released_as_published(project, profile)
    found = scan(folder, secrets_of_project(project, released, released_pools(project)))
    found.stop_if_any()
    return "\n".join([*found.unsearched, f"{found.files} files looked through; nothing found."])


def released_as_published(project: Project, asked: str | None) -> list[Released]:
    """Each audit as the last run let it out. Where that cannot be told, as its record allows."""
    released = []
    for audit in read_audits(project):
        own = _published_profile(project.root / "book" / "audits" / str(audit.id) / "measures.json")
        released.append(release(audit_measures(audit), audit, profile_for(audit.settings, asked or own)))
    return released


def released_pools(project: Project) -> dict[str, Released]:
    """Name → the audits that are released together. Raises InputRefused and ReleaseRefused."""
    refusals = Refusals()
    pools = read_pools(project, refusals)
    refusals.stop_if_any()
    return {pool.name: released_pool(project, pool) for pool in pools}


def _published_profile(path: Path) -> str | None:
    try:
        found = json.loads(path.read_text("utf-8"))["profile"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if found in PROFILES and found != "pooled" else None


def secrets_of_project(
    project: Project, released: Sequence[Released], pools: Mapping[str, Released] | None = None
) -> Secrets:
    """What must not get out of this project, whose audits are let out as they are.

    pools  name of a page in `book/pooled/` → the audits that are released together
    """
    ids = project.audit_ids(Refusals())
    together = {f"pooled/{name}": figures for name, figures in (pools or {}).items()}
    strict = {str(figures.audit_id): figures for figures in released if figures.profile.threshold}
    withheld = withheld_later(project, {**strict, **together})
    return secrets_of([_entered(project, each) for each in ids], released, withheld, _sources(project), together)


def _entered(project: Project, audit_id: AuditId) -> Entered:
    """Every table of an audit as it was written: what a file holds is secret whether or not it is understood."""
    folder = project.audits / str(audit_id)
    tables = {path.name: _rows(path) for path in sorted(folder.glob("*.csv"))}
    variables = _rows(project.data / "codebook" / "variables.csv")
    return Entered(str(audit_id), tables, [row.get("variable", "") for row in variables if row.get("type") == "date"])


def _rows(path: Path) -> list[dict[str, str]]:
    return [row.cells for row in read_rows(path, path.name, Refusals()).rows] if path.is_file() else []


def _sources(project: Project) -> Sources:
    """What was written by hand for everybody to read; what a run makes from the audits is not among it."""
    written = [path for path in _files(project.root / "book") if not _is_made(path.relative_to(project.root / "book"))]
    pages = {
        path.relative_to(project.root).with_suffix("").as_posix(): _text(path)
        for path in [*written, project.root / "_config.yml"]
        if path.suffix in WRITTEN
    }
    others = [*_files(project.data / "codebook"), *_files(project.root / "notebooks")]
    words = tuple(_text(path) for path in others if path.suffix in (*CODEBOOK, *WRITTEN))
    paths = {str(path) for each in (project.root, project.data) for path in (each, each.resolve())}
    return Sources(pages, words, (*sorted(paths), str(Path.home())))


def _is_made(inside: Path) -> bool:
    """Whether a run writes this file of `book/` from what audits hold."""
    first = inside.parts[0]
    return (first in MADE_BY_A_RUN and first != "codebook") or first.startswith("recommendations")


def _text(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and ".ipynb_checkpoints" not in path.parts)


def memory_of(site: Path) -> Path:
    """The folder that keeps what was read out of a site's documents."""
    return site.with_name("read")


def scan(folder: Path, secrets: Secrets, memory: Path | None = None) -> Scan:
    """Look through every file of a folder (`Looking.through`)."""
    return Looking(Search(secrets), memory).through(folder)
