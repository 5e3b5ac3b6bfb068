"""An audit that is taken out of the book stands in nothing that stays: no pool, and no other audit's briefing."""

from collections.abc import Collection, Iterator, Sequence

from auditbook.build.shown import Shown
from auditbook.project import BRIEFING, POOLED_FILE, Project
from auditbook.release.edition import Withdrawn
from auditbook.validation.problems import ReleaseRefused


def refuse_shown_elsewhere(project: Project, shown: Shown, withdrawn: Sequence[Withdrawn]) -> None:
    """Raises ReleaseRefused with every pool and briefing that shows figures of a withdrawn audit."""
    out = {each.audit for each in withdrawn}
    problems = [*_in_pools(project, shown, out), *_in_briefings(project, shown, out)]
    if problems:
        raise ReleaseRefused("\n".join(problems))


def _in_pools(project: Project, shown: Shown, out: Collection[str]) -> Iterator[str]:
    file = project.name_of(project.data / POOLED_FILE)
    for each in shown.pools:
        for audit in map(str, each.pool.audits):
            if audit in out:
                yield f"{file}: {each.pool.name}: {audit} was withdrawn; take it out here too."


def _in_briefings(project: Project, shown: Shown, out: Collection[str]) -> Iterator[str]:
    for each in shown.audits:
        own = str(each.released.audit_id)
        file = project.name_of(project.audits / own / BRIEFING)
        for other in each.briefing.other_audits:
            if other in out and own not in out:
                yield f"{file}: it shows figures of {other}, which was withdrawn; take them out."
