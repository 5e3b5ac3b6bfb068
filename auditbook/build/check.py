"""Everything that was entered, read, counted and put into words, without writing anything."""

from auditbook.build.audit import files_of_audits
from auditbook.build.live_data import refuse_tracked
from auditbook.codebook.quarter import AuditId
from auditbook.downloads.write import refuse_brand_and_template
from auditbook.evidence.audit import read_audits
from auditbook.evidence.pools import read_pools
from auditbook.leaks.scan import released_pools
from auditbook.measures.all_measures import audit_measures
from auditbook.project import Project
from auditbook.release.profiles import profile_for
from auditbook.release.released import release
from auditbook.validation.problems import InputRefused, Refusals


def check_audits(project: Project, ids: list[AuditId] | None) -> tuple[int, list[dict[str, str]]]:
    """How many audits there are, and their warnings, each with `audit` and `text`.

    Raises InputRefused with every problem of every audit, ReleaseRefused when one may not be shown as it says.
    """
    refuse_tracked(project)
    refuse_brand_and_template(project)
    audits, refusals = read_audits(project, ids), Refusals()
    read_pools(project, refusals)
    warnings: list[dict[str, str]] = []
    for audit in audits:
        try:
            counts = audit_measures(audit)
            figures = release(counts, audit, profile_for(audit.settings))
            files_of_audits(project, [audit], [figures])
        except InputRefused as problem:
            refusals.found.extend(problem.refusals)
            continue
        warnings += [{"audit": str(audit.id), "text": each.text} for each in counts.warnings]
    refusals.stop_if_any()
    released_pools(project)
    return len(audits), warnings
