"""What a notebook imports: one call that opens an audit, or a collection of audits, for reading."""

from collections.abc import Iterable

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import read_audits
from auditbook.evidence.pools import Pool, read_pools
from auditbook.measures.all_measures import audit_measures
from auditbook.project import POOLED as POOLS_FILE
from auditbook.project import Project
from auditbook.release.pooled import pooled
from auditbook.release.profiles import POOLED, profile_for
from auditbook.release.released import Released, release
from auditbook.release.withdrawals import withdrawn_audits
from auditbook.validation.problems import Refusals, WrongUsage, nearest

_preloaded: list[Released] = []
"""What the run that forked this page's process has released already, from the same files; else empty."""


def preload_released(released: Iterable[Released]) -> None:
    """Give a page its figures, so that it need not read and count again. Its data is then not read at all."""
    _preloaded[:] = released


def open_audit(quarter: str, profile: str, data: str = "data") -> Released:
    """The released figures and words of one audit.

    quarter  an audit id, `2020-21-Q4`
    profile  a release profile; raises ReleaseRefused when the audit's record does not allow it
    data     the data folder, from the project's root
    """
    audit_id = AuditId.read(quarter)
    for released in _preloaded:
        if released.audit_id == audit_id and released.profile.name == profile:
            return released
    [audit] = read_audits(Project.find(data=data), [audit_id])
    return release(audit_measures(audit), audit, profile)


def open_collection(collection: str, profile: str, data: str = "data") -> tuple[Released, ...]:
    """Every audit of a collection that was not withdrawn, oldest first.

    Each is as its own record allows, and never less strict than asked.
    """
    if _preloaded:
        return tuple(released for released in _preloaded if released.settings.collection == collection)
    project = Project.find(data=data)
    out = withdrawn_audits(project)
    audits = [audit for audit in read_audits(project) if audit.settings.collection == collection]
    audits = [audit for audit in audits if str(audit.id) not in out]
    return tuple(release(audit_measures(audit), audit, profile_for(audit.settings, profile)) for audit in audits)


def open_pool(pool: str, data: str = "data") -> Released:
    """The audits of one section of `data/pooled.yml`, released as one: `strict`, and rounded to five.

    pool  the section's name
    data  the data folder, from the project's root

    Raises InputRefused for a problem in that file, WrongUsage when no section is called so, ReleaseRefused for audits
    that cannot be released together.
    """
    for released in _preloaded:
        if released.profile.name == POOLED:
            return released
    project, refusals = Project.find(data=data), Refusals()
    pools = {each.name: each for each in read_pools(project, refusals)}
    refusals.stop_if_any()
    if pool not in pools:
        near = nearest(pool, pools)
        raise WrongUsage(f'{POOLS_FILE} has no section "{pool}".{f" Nearest: {near}." if near else ""}')
    return released_pool(project, pools[pool])


def released_pool(project: Project, pool: Pool) -> Released:
    """One pool, read, counted and released beside those before it. Raises InputRefused and ReleaseRefused."""
    together = [*(each.audits for each in pool.before), pool.audits]
    ids = dict.fromkeys(audit_id for audits in together for audit_id in audits)
    counted = {audit.id: (audit_measures(audit), audit) for audit in read_audits(project, list(ids))}
    *before, own = [[counted[audit_id] for audit_id in audits] for audits in together]
    return pooled(own, pool.title, before)
