"""Each audit read, checked, counted and released once: kept until something it was made from changes."""

import pickle
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from auditbook.codebook.quarter import AuditId
from auditbook.engine import store
from auditbook.engine.atomic import write_atomically
from auditbook.engine.workers import Work, in_processes, start_early
from auditbook.evidence.pools import Pool, read_pools
from auditbook.project import BRIEFING, Project
from auditbook.validation.problems import AuditbookError, InputRefused, Refusal, Refusals

if TYPE_CHECKING:
    from auditbook.briefing.model import Briefing
    from auditbook.release.released import Released

FEW = 3
"""So many audits are quicker read here than by other processes, which must be started first."""
TIME_LIMIT = 300.0
"""Seconds that reading and counting one audit may take."""


Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Prepared:
    """One audit as it may be shown, and the text of what a run writes of it beside its pages.

    key         hash of everything it was made from
    without     hash of everything but its briefing's words
    files       name → text, to lie in `book/audits/<id>/`
    """

    key: str
    without: str
    released: "Released"
    files: dict[str, str]
    briefing: "Briefing"


@dataclass(frozen=True)
class PreparedPool:
    """Audits released as one (`data/pooled.yml`), and the text of what a run writes beside their page."""

    key: str
    pool: Pool
    released: "Released"
    files: dict[str, str]


def prepared_pools(project: Project) -> list[PreparedPool]:
    """Every pool of the project, in the order of the file. Its audits were read before, and are valid.

    Raises InputRefused with every problem of the file, ReleaseRefused for audits that cannot be released together.
    """
    refusals = Refusals()
    pools = read_pools(project, refusals)
    refusals.stop_if_any()
    return [_prepared_pool(project, pool) for pool in pools]


def _prepared_pool(project: Project, pool: Pool) -> PreparedPool:
    key = store.of_values([of_pool(project, pool), store.of_whole_package()])
    path = project.root / "_build" / "prepared" / f"pooled-{pool.name}.pickle"
    found = kept(path, PreparedPool)
    if found is None or found.key != key:
        from auditbook.build.audit import measures_text
        from auditbook.reading.notebook import released_pool

        released = released_pool(project, pool)
        found = PreparedPool(key, pool, released, {"measures.json": measures_text(released)})
        write_atomically(path, pickle.dumps(found))
    return found


def of_pool(project: Project, pool: Pool) -> str:
    """What the page of audits released together reads."""
    together = [each.audits for each in (*pool.before, pool)]
    audits = {str(audit_id): store.of_audit(project, audit_id) for audits in together for audit_id in audits}
    members = [list(map(str, each)) for each in together]
    return store.of_values([pool.name, pool.title, members, audits, store.of_codebook(project)])


def prepared_audits(project: Project, asked: str | None, jobs: int = 1) -> list[Prepared]:
    """Every audit of the project, oldest first.

    asked  a release profile, or None for each audit's own

    Raises InputRefused with the problems of all audits together, ReleaseRefused when a release is refused.
    """
    refusals = Refusals()
    ids = project.audit_ids(refusals)
    keys = _keys(project, ids, asked)
    found = {audit_id: kept(_path(project, audit_id), Prepared) for audit_id in ids}
    stale = [audit_id for audit_id in ids if not _is_made_from(found[audit_id], keys[audit_id])]
    for audit_id in stale:
        found[audit_id] = _reworded(project, audit_id, found[audit_id], keys[audit_id])
    missing = [audit_id for audit_id in stale if found[audit_id] is None]
    if missing:
        start_early()  # what is counted anew has pages to run
    if missing or not ids:
        _refuse_codebook(project, refusals)
    for audit_id, outcome in _prepared(project, missing, keys, asked, jobs):
        if isinstance(outcome, Prepared):
            found[audit_id] = outcome
        else:
            refusals.found += outcome
    refusals.found.sort(key=lambda refusal: refusal.place.file)
    refusals.stop_if_any()
    for audit_id in stale:
        write_atomically(_path(project, audit_id), pickle.dumps(found[audit_id]))
    _forget_others(project, [str(audit_id) for audit_id in ids])
    return [found[audit_id] for audit_id in ids]


def _forget_others(project: Project, names: list[str]) -> None:
    """Remove what was kept of audits that were taken away."""
    for path in (project.root / "_build" / "prepared").glob("[0-9]*.pickle"):
        if path.stem not in names:
            path.unlink()


def _refuse_codebook(project: Project, refusals: Refusals) -> None:
    from auditbook.evidence.audit import read_project_codebook

    read_project_codebook(project, refusals)


Keys = tuple[str, str]
"""Two hashes of what an audit is made from: of all of it, and of all but its `briefing.md`."""


def _keys(project: Project, ids: list[AuditId], asked: str | None) -> dict[AuditId, Keys]:
    """Each audit's keys; the recommendations of earlier audits count, for it may follow them."""
    shared = [store.of_codebook(project), store.of_whole_package(), str(asked)]
    keys, earlier = {}, ""
    for audit_id in ids:
        folder = project.audits / str(audit_id)
        without = store.of_values([*shared, earlier, store.of_folder(folder, (BRIEFING,))])
        keys[audit_id] = store.of_values([*shared, earlier, store.of_folder(folder)]), without
        recommendations = folder / "recommendations.csv"
        if recommendations.is_file():
            earlier = store.of_values([earlier, store.of_file(recommendations)])
    return keys


def _path(project: Project, audit_id: AuditId) -> Path:
    return project.root / "_build" / "prepared" / f"{audit_id}.pickle"


def kept(path: Path, kind: type[Kept]) -> Kept | None:
    """What an earlier run prepared."""
    try:
        found = pickle.loads(path.read_bytes())  # noqa: S301, our own file, in our own _build
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError):
        return None
    is_whole = isinstance(found, kind) and {each.name for each in fields(kind)} <= vars(found).keys()
    return found if is_whole else None


def _is_made_from(found: Prepared | None, keys: Keys) -> bool:
    return found is not None and found.key == keys[0]


def _reworded(project: Project, audit_id: AuditId, found: Prepared | None, keys: Keys) -> Prepared | None:
    """What was prepared, with the briefing as it is now, when nothing else changed and nothing is wrong with it.

    Whatever is wrong is told by reading the whole audit again, with every other problem.
    """
    if found is None or found.without != keys[1]:
        return None
    from auditbook.briefing.parse import parse_briefing
    from auditbook.build.audit import audit_texts
    from auditbook.evidence.audit import read_accepted_briefing

    refusals = Refusals()
    folder = project.audits / str(audit_id)
    text = read_accepted_briefing(project, folder, refusals)
    briefing = parse_briefing(text, found.released, project.name_of(folder / BRIEFING), refusals)
    if refusals.found or briefing is None:
        return None
    return Prepared(*keys, found.released, audit_texts(briefing, found.released), briefing)


def _prepared(
    project: Project, missing: list[AuditId], keys: dict[AuditId, Keys], asked: str | None, jobs: int
) -> Iterable[tuple[AuditId, "Prepared | tuple[Refusal, ...]"]]:
    if len(missing) <= FEW:
        for audit_id in missing:
            yield audit_id, prepare(project, audit_id, keys[audit_id], asked)
        return
    works = [Work(each, prepare_apart, (project, each, keys[each], asked)) for each in missing]
    for outcome in in_processes(works, jobs, TIME_LIMIT):
        if outcome.problem or isinstance(outcome.value, AuditbookError):
            raise outcome.value or AuditbookError(f"{outcome.job}: {outcome.problem}")
        yield outcome.job, outcome.value


def prepare_apart(*arguments) -> "Prepared | tuple[Refusal, ...] | AuditbookError":
    """`prepare` for a process of its own: a refusal to release comes back as a value."""
    try:
        return prepare(*arguments)
    except AuditbookError as problem:
        return problem


def prepare(project: Project, audit_id: AuditId, keys: Keys, asked: str | None) -> "Prepared | tuple[Refusal, ...]":
    """Read, check, count and release one audit, and put its briefing into words; or every problem of it.

    Raises ReleaseRefused.
    """
    from auditbook.build.audit import audit_texts, read_briefing
    from auditbook.evidence.audit import read_audits
    from auditbook.release.released import released_audits

    try:
        [audit] = read_audits(project, [audit_id])
        [released] = released_audits([audit], asked)
        briefing = read_briefing(project, audit, released)
        return Prepared(*keys, released, audit_texts(briefing, released), briefing)
    except InputRefused as problem:
        return problem.refusals
