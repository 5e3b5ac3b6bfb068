"""What an audit's figures would reveal beside its earlier editions: asked once, until one of them changes."""

from collections.abc import Sequence

from auditbook.build.shown import ShownAudit
from auditbook.engine.store import Store
from auditbook.project import Project
from auditbook.release.differencing import Release

Revealed = dict[str, list[str]]
"""Reason → ids."""


def revealed_of_audit(
    project: Project, store: Store, audit: ShownAudit, earlier: Sequence[Release], later: Release
) -> list[Revealed]:
    """For each earlier release of an audit what a later one would reveal beside it.

    An audit that prints what each of them does is not read again.
    """
    if all(release == later for release in earlier):
        return [{} for _ in earlier]

    def asked() -> list[Revealed]:
        from auditbook.evidence.audit import read_audits
        from auditbook.release.edition_constraints import Counted, revealed_by_edition

        [rows] = read_audits(project, [audit.released.audit_id])
        return revealed_by_edition(earlier, later, Counted.of(rows, earlier))

    return store.value("differences", store.key(audit.figures_key, later, list(earlier)), list[Revealed], asked)
