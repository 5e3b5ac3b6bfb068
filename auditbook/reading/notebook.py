"""What a notebook imports: one call that opens an audit, or a collection of audits, for reading."""

from collections.abc import Iterable
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
from auditbook.release.pooled import pooled
from auditbook.release.profiles import POOLED, profile_for
from auditbook.release.released import Released, release
from auditbook.release.withdrawals import withdrawn_audits
from auditbook.validation.problems import Refusals, WrongUsage, listed, nearest

NEWEST, OWN_NAME, FIRST = "newest", "own", "first"
"""What a template's parameters say until a run names an audit, a profile, a pool: it opens as it is in JupyterLab."""
POOLS_LOOK = '`year-2025-26: {title: "The year 2025-26", audits: [2025-26-Q1, 2025-26-Q2, 2025-26-Q3, 2025-26-Q4]}`'

if TYPE_CHECKING:
    from auditbook.reading.opened import OpenedAudit, OpenedCollection

_preloaded: list[Released] = []
"""What the run that forked this page's process has released already, from the same files; else empty."""


# What is opened knows pandas, which a run that opens nothing by itself need not import.


def preload_released(released: Iterable[Released], closed: Iterable[Path] = ()) -> None:
    """Give a page its figures, so that it need not read and count again. Its data is then not read at all.

    closed  folders that this process may not open from now on
    """
    _preloaded[:] = released
    if closed:
        seal_rows(list(closed))


def open_audit(quarter: str = NEWEST, profile: str = OWN_NAME, data: str = "data") -> "OpenedAudit":
    """The released figures and words of one audit.

    quarter  an audit id, `2020-21-Q4`, or `newest`
    profile  a release profile, or `own`; raises ReleaseRefused when the audit's record does not allow it
    data     the data folder, from the project's root
    """
    from auditbook.reading.opened import OpenedAudit

    for released in _preloaded:
        if str(released.audit_id) == quarter and released.profile.name == profile:
            return OpenedAudit.opened(released)
    project = _project(data)
    with opened():
        audit_id = newest_audit(project) if quarter == NEWEST else AuditId.read(quarter)
        [audit] = read_audits(project, [audit_id])
        chosen = profile_for(audit.settings) if profile == OWN_NAME else profile
        return OpenedAudit.opened(release(audit_measures(audit), audit, chosen))


def open_collection(collection: str = NEWEST, profile: str = OWN_NAME, data: str = "data") -> "OpenedCollection":
    """Every audit of a collection that was not withdrawn, oldest first.

    Each is as its own record allows, and never less strict than asked.

    collection  published, synthetic or live, or `newest`: that of the newest audit
    profile     a release profile, or `own`
    """
    from auditbook.reading.opened import OpenedCollection

    if _preloaded:
        return OpenedCollection.opened(each for each in _preloaded if each.settings.collection == collection)
    project = _project(data)
    with opened():
        out = withdrawn_audits(project)
        audits = read_audits(project)
        if collection == NEWEST:
            newest = newest_audit(project)
            collection = next(audit.settings.collection for audit in audits if audit.id == newest)
        asked = None if profile == OWN_NAME else profile
        own = [audit for audit in audits if audit.settings.collection == collection and str(audit.id) not in out]
        return OpenedCollection.opened(
            release(audit_measures(audit), audit, profile_for(audit.settings, asked)) for audit in own
        )


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
    return settings is not None and settings.collection == "synthetic"


def open_pool(pool: str = FIRST, data: str = "data") -> "OpenedAudit":
    """The audits of one section of `data/pooled.yml`, released as one: `strict`, and rounded to five.

    pool  the section's name, or `first`
    data  the data folder, from the project's root

    Raises InputRefused for a problem in that file, WrongUsage when no section is called so, ReleaseRefused for audits
    that cannot be released together.
    """
    from auditbook.reading.opened import OpenedAudit

    for released in _preloaded:
        if released.profile.name == POOLED:
            return OpenedAudit.opened(released)
    project, refusals = _project(data), Refusals()
    with opened():
        pools = {each.name: each for each in read_pools(project, refusals)}
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


def released_pool(project: Project, pool: Pool) -> Released:
    """One pool, read, counted and released beside those before it. Raises InputRefused and ReleaseRefused."""
    together = [*(each.audits for each in pool.before), pool.audits]
    ids = dict.fromkeys(audit_id for audits in together for audit_id in audits)
    counted = {audit.id: (audit_measures(audit), audit) for audit in read_audits(project, list(ids))}
    *before, own = [[counted[audit_id] for audit_id in audits] for audits in together]
    return pooled(own, pool.title, before)
