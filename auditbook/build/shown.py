"""Each audit read, checked, counted, released and put into words, once until something it was made from changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.quarter import AuditId
from auditbook.engine import fingerprints
from auditbook.engine.store import Store
from auditbook.engine.workers import Work, in_processes, start_early
from auditbook.evidence.pools import Pool, read_pools
from auditbook.evidence.threads import Followed, read_followed
from auditbook.pages.standing import NO_EDITION, Standing
from auditbook.project import BRIEFING, Project
from auditbook.validation.problems import AuditbookError, InputRefused, Refusal, Refusals

if TYPE_CHECKING:
    from auditbook.briefing.model import Briefing
    from auditbook.build.audit import Words
    from auditbook.build.kept_search import KeptSearch
    from auditbook.release.released import Released

FEW_PAGES = 3
"""So many audits are quicker read here than by other processes, which must be started first."""
PAGE_TIME_LIMIT = 300.0
"""Seconds that reading and counting one audit may take."""


@dataclass(frozen=True)
class ShownAudit:
    """One audit as it may be shown, and the text of what a run writes of it beside its pages.

    figures_key  of all that its figures were made from: everything but its briefing
    words_key    of that, and its briefing
    is_draft     whether it is not as it was published (`publication.in_book`)
    made_from    of one that was handed over, a hash of its edition; empty of one whose data lie here
    """

    figures_key: str
    words_key: str
    released: "Released"
    briefing: "Briefing"
    is_draft: bool = True
    made_from: str = ""

    @cached_property
    def files(self) -> dict[str, str]:
        """Name → text, to lie in `book/audits/<id>/`."""
        from auditbook.build.audit import audit_texts

        return audit_texts(self.briefing, self.released)


@dataclass(frozen=True)
class ShownPool:
    """Audits released as one (`data/pooled.yml`).

    words_key  of all that its figures were made from
    """

    words_key: str
    pool: Pool
    released: "Released"

    @cached_property
    def files(self) -> dict[str, str]:
        """Name → text, to lie beside their page."""
        from auditbook.build.audit import measures_text

        return {"measures.json": measures_text(self.released)}


@dataclass(frozen=True)
class Shown:
    """Everything a project shows: its codebook, its audits, oldest first, those that are released together, which
    edition all of it is, and what is to be said of themes that partnerships share."""

    codebook: Codebook
    audits: Sequence[ShownAudit]
    pools: Sequence[ShownPool]
    standing: Standing = NO_EDITION
    warnings: tuple[str, ...] = ()

    @property
    def released(self) -> "list[Released]":
        return [audit.released for audit in self.audits]

    @property
    def ids(self) -> list[AuditId]:
        return [audit.released.audit_id for audit in self.audits]

    @property
    def figures_key(self) -> str:
        """Of all that the figures of all audits were made from."""
        return Store.key([audit.figures_key for audit in self.audits])


def read_and_release(project: Project, store: Store, asked: str | None, jobs: int = 1) -> Shown:
    """Read everything people entered, and release it.

    asked  a release profile, or None for each audit's own

    Raises InputRefused with the problems of everything together, ReleaseRefused when a release is refused.
    """
    from auditbook.evidence.audit import read_project_codebook

    refusals = Refusals()
    ids = project.audit_ids(refusals)
    codebook = read_project_codebook(project, refusals)
    followed = read_followed(project)
    keys = _figures_keys(project, ids, asked, followed)
    released = {audit_id: _figures_kept(store, keys[audit_id], codebook) for audit_id in ids}
    missing = [audit_id for audit_id in ids if released[audit_id] is None]
    if missing:
        start_early()  # what is counted anew has pages to run
    for audit_id, outcome in _counted(project, missing, asked, jobs, followed):
        if isinstance(outcome, tuple):
            refusals.found += outcome
        else:
            released[audit_id] = outcome
            _keep_figures(store, keys[audit_id], outcome)
    others = _readable_beside(project, released, refusals)
    shown = [
        _worded(project, store, keys, released[audit_id], others, refusals) for audit_id in ids if released[audit_id]
    ]
    refusals.found.sort(key=lambda refusal: refusal.place.file)
    refusals.stop_if_any()
    return Shown(codebook, shown, shown_pools(project, store, codebook))


def shown_pools(project: Project, store: Store, codebook: Codebook) -> list[ShownPool]:
    """Every pool of the project, in the order of the file. Its audits were read before, and are valid.

    Raises InputRefused with every problem of the file, ReleaseRefused for audits that cannot be released together.
    """
    refusals = Refusals()
    pools = read_pools(project, refusals)
    refusals.stop_if_any()
    if not pools:
        return []
    from auditbook.build.kept_search import KeptSearch

    search = KeptSearch(store)
    shown = [_shown_pool(project, store, codebook, pool, search) for pool in pools]
    search.keep()
    return shown


def _shown_pool(project: Project, store: Store, codebook: Codebook, pool: Pool, search: "KeptSearch") -> ShownPool:
    from auditbook.reading.notebook import released_pool
    from auditbook.release.pooled import PooledId
    from auditbook.release.released import as_record, from_record, record_shape

    key = store.key("pool", of_pool(project, pool))
    record = store.value("pools", key, record_shape(PooledId), lambda: as_record(released_pool(project, pool, search)))
    return ShownPool(key, pool, from_record(record, codebook))


def of_pool(project: Project, pool: Pool) -> str:
    """A hash of what the page of audits released together reads."""
    followed = read_followed(project)
    together = [pooled.audits for pooled in (*pool.before, pool)]
    ids = dict.fromkeys(audit_id for audits in together for audit_id in audits)
    audits = {str(audit_id): fingerprints.of_audit(project, audit_id, followed.get(audit_id)) for audit_id in ids}
    members = [list(map(str, pool_audits)) for pool_audits in together]
    return fingerprints.of_values([pool.name, pool.title, members, audits, fingerprints.of_codebook(project)])


def _figures_keys(
    project: Project, ids: Iterable[AuditId], asked: str | None, followed: Mapping[AuditId, Followed]
) -> dict[AuditId, str]:
    """Each audit's key; the recommendations of earlier audits count, for it may follow them, and what follows it."""
    codebook = fingerprints.of_codebook(project)
    keys, earlier = {}, ""
    for audit_id in ids:
        folder = project.audits / str(audit_id)
        after = fingerprints.of_followed(followed.get(audit_id))
        keys[audit_id] = Store.key(codebook, asked, earlier, after, fingerprints.of_folder(folder, (BRIEFING,)))
        recommendations = folder / "recommendations.csv"
        if recommendations.is_file():
            earlier = fingerprints.of_values([earlier, fingerprints.of_file(recommendations)])
    return keys


def _figures_kept(store: Store, key: str, codebook: Codebook) -> "Released | None":
    from auditbook.release.released import from_record, record_shape

    record = store.read("figures", key, record_shape())
    return None if record is None else from_record(record, codebook)


def _keep_figures(store: Store, key: str, released: "Released") -> None:
    from auditbook.release.released import as_record, record_shape

    store.keep("figures", key, record_shape(), as_record(released))


def _counted(
    project: Project, missing: list[AuditId], asked: str | None, jobs: int, followed: Mapping[AuditId, Followed]
) -> Iterable[tuple[AuditId, "Released | tuple[Refusal, ...]"]]:
    works = [Work(audit_id, count_apart, (project, audit_id, asked, followed.get(audit_id))) for audit_id in missing]
    if len(missing) <= FEW_PAGES:
        for work in works:
            yield work.job, count(*work.arguments)
        return
    for outcome in in_processes(works, jobs, PAGE_TIME_LIMIT):
        if outcome.problem or isinstance(outcome.value, AuditbookError):
            raise outcome.value or AuditbookError(f"{outcome.job}: {outcome.problem}")
        yield outcome.job, outcome.value


def count_apart(*arguments) -> "Released | tuple[Refusal, ...] | AuditbookError":
    """`count` for a process of its own: a refusal to release comes back as a value."""
    try:
        return count(*arguments)
    except AuditbookError as problem:
        return problem


def count(
    project: Project, audit_id: AuditId, asked: str | None, followed: Followed | None = None
) -> "Released | tuple[Refusal, ...]":
    """Read, check, count and release one audit; or every problem of it. Raises ReleaseRefused.

    followed  what other audits say of its recommendations, where they say anything
    """
    from auditbook.build.ids_in_texts import ids_in_tables
    from auditbook.evidence.audit import read_audits
    from auditbook.release.released import released_audits

    try:
        [audit] = read_audits(project, [audit_id], {audit_id: followed} if followed else {})
        [released] = released_audits([audit], asked)
    except InputRefused as problem:
        return problem.refusals
    return ids_in_tables(project, audit_id, audit.settings, asked) or released


def _readable_beside(
    project: Project, released: "Mapping[AuditId, Released | None]", refusals: Refusals
) -> "dict[AuditId, Released | None]":
    """The audits whose figures briefings of others may show: all that are not withdrawn; None where one is refused."""
    from auditbook.release.withdrawals import withdrawn_lines

    withdrawn = {line.audit for line in withdrawn_lines(project, refusals)}
    return {audit_id: audit for audit_id, audit in released.items() if str(audit_id) not in withdrawn}


def _worded(
    project: Project,
    store: Store,
    keys: Mapping[AuditId, str],
    released: "Released",
    others: "Mapping[AuditId, Released | None]",
    refusals: Refusals,
) -> ShownAudit | None:
    """An audit with its briefing in words; nothing, and the problems added, where that is refused.

    keys    of the figures of every audit: a briefing is stale with those that it reads
    others  the audits whose figures it may show
    """
    from auditbook.briefing.brand import brand_contacts
    from auditbook.briefing.model import Briefing
    from auditbook.briefing.sources import Sources, named_audits
    from auditbook.build.audit import in_words
    from auditbook.build.ids_in_texts import refuse_ids
    from auditbook.evidence.audit import read_accepted_briefing

    path = project.audits / str(released.audit_id) / BRIEFING
    text = path.read_text("utf-8", "replace") if path.is_file() else ""
    named = [other for other in named_audits(text) if other in others and other != released.audit_id]
    if not all(others[other] for other in named):
        return None  # its own problems are told
    contacts = brand_contacts(project)
    key = store.key(keys[released.audit_id], [keys[other] for other in named], contacts, fingerprints.of_values(text))
    briefing = store.read("briefings", key, Briefing)
    if briefing is None:
        briefing_refusals = Refusals()
        accepted = read_accepted_briefing(project, path.parent, briefing_refusals)
        if not briefing_refusals.found:  # what is personal is quoted by no other refusal
            sources = Sources(released, {str(other): others[other] for other in named}, contacts)
            briefing = in_words(
                accepted, sources, project.name_of(path), _withheld_texts(project, released), briefing_refusals
            )
            refuse_ids(accepted, path.parent, project.name_of(path), briefing_refusals)
        refusals.found += briefing_refusals.found
        if briefing_refusals.found or briefing is None:
            return None
        store.keep("briefings", key, Briefing, briefing)
    return ShownAudit(keys[released.audit_id], key, released, briefing)


def _withheld_texts(project: Project, released: "Released") -> "Mapping[str, Words]":
    """Finding of one case → the words of its text, where they are withheld; the audit is read only then."""
    from auditbook.build.audit import withheld_texts
    from auditbook.evidence.audit import read_audits

    return withheld_texts(*read_audits(project, [released.audit_id]), released) if released.profile.threshold else {}
