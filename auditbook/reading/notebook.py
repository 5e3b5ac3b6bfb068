"""What a notebook imports: one call that opens an audit, or a collection of audits, for reading."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from auditbook.codebook.quarter import AuditId
from auditbook.engine.sealed import opened
from auditbook.evidence.audit import read_audits
from auditbook.evidence.pools import Pool, read_pools
from auditbook.evidence.settings import read_settings
from auditbook.measures.all_measures import audit_measures
from auditbook.project import POOLED_FILE as POOLS_FILE
from auditbook.project import Project
from auditbook.reading.sealed import seal_if_in_a_page, seal_rows
from auditbook.release.partners import handed_over_audits
from auditbook.release.pooled import pooled
from auditbook.release.profiles import profile_for, profile_named
from auditbook.release.released import Released, released_audit
from auditbook.release.secondary_suppression import Search, suppressed
from auditbook.release.withdrawals import withdrawn_audits
from auditbook.validation.problems import Refusals, ReleaseRefused, WrongUsage, listed, nearest

NEWEST, OWN_NAME, FIRST = "newest", "own", "first"
"""What a template's parameters say until a run names an audit, a profile, a pool: it opens as it is in JupyterLab."""
POOLS_LOOK = '`year-2025-26: {title: "The year 2025-26", audits: [2025-26-Q1, 2025-26-Q2, 2025-26-Q3, 2025-26-Q4]}`'

if TYPE_CHECKING:
    from auditbook.reading.opened import OpenedAudit, OpenedCollection

SHOWN_VARIABLE = "AUDITBOOK_SHOWN"
"""The environment's word for what a run shows each audit as, for a standard kernel."""


@dataclass(frozen=True)
class Preloaded:
    """What a run has released already, from the same files, for one page.

    audits    its own, or all of the book where its template opens others
    is_whole  whether these are all of the book
    all_of    the collection of which these are all, or empty
    pools     name of a pool → that pool
    shown     audit id → the profile that the book shows it as: of every audit of the book; no page shows more
    """

    audits: Sequence[Released] = ()
    is_whole: bool = False
    all_of: str = ""
    pools: Mapping[str, Released] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)


_preloaded = Preloaded()
"""Nothing, but in the process of a page."""


# What is opened knows pandas, which a run that opens nothing by itself need not import.


def preload_released(preloaded: Preloaded, closed: Iterable[Path] = ()) -> None:
    """Give a page its figures, so that it need not read and count again.

    closed  folders that this process may not open from now on
    """
    global _preloaded
    _preloaded = preloaded
    if closed:
        seal_rows(list(closed))


def shown_environment(preloaded: Preloaded) -> dict[str, str]:
    """What a standard kernel is told, which reads and counts for itself."""
    return {SHOWN_VARIABLE: json.dumps(preloaded.shown, sort_keys=True)} if preloaded.shown else {}


def _shown() -> Mapping[str, str]:
    """The profiles of the run that this page belongs to; none in JupyterLab."""
    return _preloaded.shown or json.loads(os.environ.get(SHOWN_VARIABLE, "{}"))


def open_audit(quarter: str = NEWEST, profile: str = OWN_NAME, data: str = "data") -> "OpenedAudit":
    """The released figures and words of one audit.

    quarter  an audit id, `2020-21-Q4`, or `newest`
    profile  a release profile, or `own`; raises ReleaseRefused when the audit's record does not allow it, and in the
             page of a book when the book shows less
    data     the data folder, from the project's root
    """
    from auditbook.reading.opened import OpenedAudit

    if quarter == NEWEST and _preloaded.is_whole:
        quarter = str(_newest_of(_preloaded.audits).audit_id)
    for released in _preloaded.audits:
        if str(released.audit_id) == quarter and profile in (OWN_NAME, released.profile.name):
            return OpenedAudit.opened(released)
    project = _project(data)
    with opened():
        handed_over = _handed_over(project, quarter)
        if handed_over:
            return OpenedAudit.opened(_as_it_was_released(handed_over, profile))
        audit_id = newest_audit(project) if quarter == NEWEST else AuditId.read(quarter)
        [audit] = read_audits(project, [audit_id])
        chosen = _within(audit_id, profile_for(audit.settings)) if profile == OWN_NAME else profile
        _refuse_more_than_shown(audit_id, chosen)
        return OpenedAudit.opened(released_audit(audit, chosen))


def _handed_over(project: Project, quarter: str) -> Released | None:
    """The audit, where a partnership handed it over."""
    audits = {str(audit.audit_id): audit for audit in handed_over_audits(project)}
    return _newest_of(list(audits.values())) if audits and quarter == NEWEST else audits.get(quarter)


def _as_it_was_released(released: Released, profile: str) -> Released:
    released_profile = released.profile.name
    if profile not in (OWN_NAME, released_profile):
        raise ReleaseRefused(
            f"{released.audit_id} was handed over {released_profile}; without its rows it can be shown as no other."
        )
    return released


def _refuse_more_than_shown(audit_id: AuditId, profile: str) -> None:
    """In the page of a book: no audit that the book does not show, and none with more than it shows."""
    shown = _shown()
    if not shown:
        return
    if str(audit_id) not in shown:
        raise ReleaseRefused(f"{audit_id} is not shown in this book, so no page of it may open it.")
    if _within(audit_id, profile) != profile:
        raise ReleaseRefused(
            f"{audit_id}: this book shows it {shown[str(audit_id)]}, so no page may show it {profile}. "
            "Write: audit = open_audit(quarter, profile, data)."
        )


def _within(audit_id: AuditId, profile: str) -> str:
    """The profile, or the one that the book shows the audit as, where that is stricter."""
    shown = _shown().get(str(audit_id), profile)
    return max(profile, shown, key=lambda name: profile_named(name).strictness)


def open_collection(collection: str = NEWEST, profile: str = OWN_NAME, data: str = "data") -> "OpenedCollection":
    """Every audit of a collection that was not withdrawn, oldest first.

    Each is as its own record allows, and never less strict than asked.

    collection  published, synthetic or live, or `newest`: that of the newest audit
    profile     a release profile, or `own`
    """
    from auditbook.reading.opened import OpenedCollection

    given = list(_given(collection))
    asked = None if profile == OWN_NAME else profile
    if given and all(
        _within(audit.audit_id, profile_for(audit.settings, asked)) == audit.profile.name for audit in given
    ):
        return OpenedCollection.opened(given)
    project = _project(data)
    with opened():
        handed_over = [audit for audit in handed_over_audits(project) if audit.settings.collection == collection]
        if handed_over:
            return OpenedCollection.opened(handed_over)
        out = withdrawn_audits(project)
        audits = [audit for audit in read_audits(project) if str(audit.id) not in out]
        if collection == NEWEST:
            newest = newest_audit(project)
            collection = next(audit.settings.collection for audit in audits if audit.id == newest)
        collection_audits = [audit for audit in audits if audit.settings.collection == collection]
        chosen = {audit.id: _within(audit.id, profile_for(audit.settings, asked)) for audit in collection_audits}
        return OpenedCollection.opened(released_audit(audit, chosen[audit.id]) for audit in collection_audits)


def _given(collection: str) -> Iterator[Released]:
    """The audits of a collection, where the run has given all of them."""
    audits = _preloaded.audits
    if collection == NEWEST and _preloaded.is_whole:
        collection = _newest_of(audits).settings.collection
    if _preloaded.is_whole or _preloaded.all_of == collection:
        yield from (audit for audit in audits if audit.settings.collection == collection)


def _newest_of(audits: Sequence[Released]) -> Released:
    return max(audits, key=lambda audit: (not audit.settings.is_made_up, audit.audit_id))


def newest_audit(project: Project) -> AuditId:
    """The newest audit that was not withdrawn, of those that are not made up while there is one.

    Raises WrongUsage where there is none.
    """
    out = withdrawn_audits(project)
    ids = [audit_id for audit_id in project.audit_ids(Refusals()) if str(audit_id) not in out]
    if not ids:
        raise WrongUsage('there is no audit yet; auditbook new 2025-26-Q1 --title "..." starts one.')
    return max(ids, key=lambda audit_id: (not _is_made_up(project, audit_id), audit_id))


def _is_made_up(project: Project, audit_id: AuditId) -> bool:
    """Settings that cannot be read are refused, with their place, when the audit is opened."""
    path = project.audits / str(audit_id) / "audit.yml"
    settings = read_settings(path, project.name_of(path), Refusals())
    return settings is not None and settings.is_made_up


def open_pool(pool: str = FIRST, data: str = "data") -> "OpenedAudit":
    """The audits of one section of `data/pooled.yml`, released as one: `strict`, and rounded to five.

    pool  the section's name, or `first`
    data  the data folder, from the project's root

    Raises InputRefused for a problem in that file, WrongUsage when no section is called so, ReleaseRefused for audits
    that cannot be released together.
    """
    from auditbook.reading.opened import OpenedAudit

    if pool in _preloaded.pools:
        return OpenedAudit.opened(_preloaded.pools[pool])
    project, refusals = _project(data), Refusals()
    with opened():
        pools = {section.name: section for section in read_pools(project, refusals)}
    refusals.stop_if_any()
    if not pools:
        raise WrongUsage(f"no audits are released together. Name them in data/{POOLS_FILE}: {POOLS_LOOK}")
    name = next(iter(pools)) if pool == FIRST else pool
    if name not in pools:
        near = nearest(name, pools)
        near = near and f" Nearest: {near}."
        raise WrongUsage(f'data/{POOLS_FILE} has no section "{name}"; it has {listed(pools)}.{near}')
    with opened():
        return OpenedAudit.opened(released_pool(project, pools[name]))


def _project(data: str) -> Project:
    """The project that a page is in. From now on the page may open nothing of it by itself."""
    project = Project.find(data=data)
    seal_if_in_a_page(project)
    return project


def released_pool(project: Project, pool: Pool, search: Search = suppressed) -> Released:
    """One pool, read, counted and released beside those before it. Raises InputRefused and ReleaseRefused.

    search  finds what must be withheld
    """
    together = [*(earlier.audits for earlier in pool.before), pool.audits]
    ids = dict.fromkeys(audit_id for audits in together for audit_id in audits)
    counted = {audit.id: (audit_measures(audit), audit) for audit in read_audits(project, list(ids))}
    *before, pool_audits = [[counted[audit_id] for audit_id in audits] for audits in together]
    return pooled(pool_audits, pool.title, before, search)
