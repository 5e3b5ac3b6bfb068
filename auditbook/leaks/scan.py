"""A built site searched for whatever must not get out (`auditbook.leaks`), before it is published and later."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from auditbook.codebook.codebook import Codebook, read_codebook
from auditbook.codebook.quarter import AuditId
from auditbook.codebook.questions import FREE_TEXT
from auditbook.engine.store import Store
from auditbook.evidence.audit import read_audits
from auditbook.evidence.pools import read_pools
from auditbook.evidence.units import cells_as_read
from auditbook.leaks.normalise import own_contacts, root_folders
from auditbook.leaks.scanner import Scan, Scanner
from auditbook.leaks.secrets import Entered, Secrets, Sources, secrets_of
from auditbook.leaks.withheld import withheld_later
from auditbook.project import MADE_BY_A_RUN, Project
from auditbook.reading.notebook import released_pool
from auditbook.release.profiles import PROFILES, profile_for
from auditbook.release.released import Released, released_audit
from auditbook.validation.csv_rows import read_rows
from auditbook.validation.fields import whole
from auditbook.validation.files import entered, is_left_behind
from auditbook.validation.problems import Refusals

SCANNED_SUFFIXES = (".md", ".ipynb", ".yml", ".html", ".txt")
CODEBOOK_SUFFIXES = (".csv",)
CONTACTS = "contacts"
"""A kind of the store."""


def format_scan(project: Project, folder: Path, profile: str | None = None) -> str:
    """Search a folder and say how it went. Raises LeakFound, WrongUsage, and InputRefused when the data are refused.

    profile  how the audits were let out; by default as their `measures.json` in the book says, else as they may be
    """
    released = released_as_published(project, profile)
    outcome = scan(folder, secrets_of_project(project, released, released_pools(project)))
    outcome.stop_if_any()
    return "\n".join([*outcome.unsearched, f"{outcome.files} files looked through; nothing found."])


def released_as_published(project: Project, asked: str | None) -> list[Released]:
    """Each audit as the last run let it out. Where that cannot be told, as its record allows."""
    released = []
    for audit in read_audits(project):
        published_profile = _published_profile(project.root / "book" / "audits" / str(audit.id) / "measures.json")
        released.append(released_audit(audit, profile_for(audit.settings, asked or published_profile)))
    return released


def released_pools(project: Project) -> dict[str, Released]:
    """Name → the audits that are released together. Raises InputRefused and ReleaseRefused."""
    refusals = Refusals()
    pools = read_pools(project, refusals)
    refusals.stop_if_any()
    return {pool.name: released_pool(project, pool) for pool in pools}


def _published_profile(path: Path) -> str | None:
    try:
        profile = json.loads(path.read_text("utf-8"))["profile"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return profile if profile in PROFILES and profile != "pooled" else None


def secrets_of_project(
    project: Project,
    released: Sequence[Released],
    pools: Mapping[str, Released] | None = None,
    store: Store | None = None,
) -> Secrets:
    """What must not get out of this project, whose audits are let out as they are.

    pools  name of a page in `book/pooled/` → the audits that are released together
    store  keeps the contacts that the book's written pages give, all of which are published; or None
    """
    ids = project.audit_ids(Refusals())
    together = {f"pooled/{name}": audit for name, audit in (pools or {}).items()}
    ours = (audit for audit in released if not audit.handed_over)  # of others' no number is known here
    strict = {str(audit.audit_id): audit for audit in ours if audit.profile.threshold}
    withheld = withheld_later(project, {**strict, **together})
    codebook = read_codebook(project.data / "codebook", "", Refusals())
    entered_tables = [_entered(project, audit_id, codebook) for audit_id in ids]
    sources = _sources(project)
    contacts = _contacts(sources, store)
    return secrets_of(entered_tables, released, withheld, sources, together, contacts)


def _contacts(sources: Sources, store: Store | None) -> frozenset[str]:
    texts = list(sources.pages.values())
    if store is None:
        return own_contacts(texts)
    key = store.key(CONTACTS, texts)
    return frozenset(store.value(CONTACTS, key, list[str], lambda: sorted(own_contacts(texts))))


def _entered(project: Project, audit_id: AuditId, codebook: Codebook) -> Entered:
    """Every table of an audit: what a file holds is secret whether or not it is understood."""
    folder = project.audits / str(audit_id)
    paths = sorted(path for path in folder.glob("*.csv") if not is_left_behind(path.name))
    rows = {path.name: read_rows(path, path.name, Refusals()) for path in paths}
    cases = (
        [whole(row.cells["case"]) for row in rows["cases.csv"].rows if "case" in row.cells]
        if "cases.csv" in rows
        else []
    )
    tables = {name: cells_as_read(table, codebook, cases) for name, table in rows.items()}
    dates = [variable.id for variable in codebook.variables.values() if variable.type == "date"]
    texts = [question for question in codebook.questions.values() if question.type == FREE_TEXT]
    names = [name for question in texts for name in (question.id, question.text)]
    return Entered(str(audit_id), tables, dates, names)


def _sources(project: Project) -> Sources:
    """What was written by hand for everybody to read; what a run makes from the audits is not among it."""
    written = [path for path in _files(project.root / "book") if not _is_made(path.relative_to(project.root / "book"))]
    pages = {
        path.relative_to(project.root).with_suffix("").as_posix(): _text(path)
        for path in [*written, project.root / "_config.yml"]
        if path.suffix in SCANNED_SUFFIXES
    }
    others = [*_files(project.data / "codebook"), *_files(project.root / "notebooks")]
    words = tuple(_text(path) for path in others if path.suffix in (*CODEBOOK_SUFFIXES, *SCANNED_SUFFIXES))
    paths = {str(path) for folder in (project.root, project.data) for path in (folder, folder.resolve())}
    roots = root_folders(path.name for path in Path(Path.cwd().anchor).iterdir() if path.is_dir())
    return Sources(pages, words, (*sorted(paths), str(Path.home()), *roots))


def _is_made(inside: Path) -> bool:
    """Whether a run writes this file of `book/` from what audits hold."""
    first = inside.parts[0]
    return (first in MADE_BY_A_RUN and first != "codebook") or first.startswith(("recommendations", "editions"))


def _text(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in entered(folder) if path.is_file())


def scan(folder: Path, secrets: Secrets, store: Store | None = None) -> Scan:
    """Look through every file of a folder (`Scanner.through`)."""
    return Scanner(secrets, store).through(folder)
