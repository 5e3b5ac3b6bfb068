"""An audit that is taken out of the book stands in nothing that stays: no pool, and no other audit's briefing."""

from collections.abc import Collection, Iterator, Sequence

from auditbook.build.shown import Shown
from auditbook.project import BRIEFING, POOLED_FILE, Project
from auditbook.release.edition import Withdrawn
from auditbook.validation.problems import ReleaseRefused


def refuse_shown_elsewhere(project: Project, shown: Shown, withdrawn: Sequence[Withdrawn]) -> None:
    """Raises ReleaseRefused with every pool and briefing that shows figures of a withdrawn audit."""
    out = {withdrawal.audit for withdrawal in withdrawn}
    problems = [*_in_pools(project, shown, out), *_in_briefings(project, shown, out)]
    if problems:
        raise ReleaseRefused("\n".join(problems))


def _in_pools(project: Project, shown: Shown, out: Collection[str]) -> Iterator[str]:
    file = project.name_of(project.data / POOLED_FILE)
    for pool in shown.pools:
        for audit in map(str, pool.pool.audits):
            if audit in out:
                yield f"{file}: {pool.pool.name}: {audit} was withdrawn; take it out here too."


def _in_briefings(project: Project, shown: Shown, out: Collection[str]) -> Iterator[str]:
    for audit in shown.audits:
        name = str(audit.released.audit_id)
        file = project.name_of(project.audits / name / BRIEFING)
        for other in audit.briefing.other_audits:
            if other in out and name not in out:
                yield f"{file}: it shows figures of {other}, which was withdrawn; take them out."
