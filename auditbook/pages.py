"""What a notebook imports: one call that opens an audit, or a collection of audits, for reading."""

from auditbook.evidence.audit import read_audits
from auditbook.measures.every import audit_measures
from auditbook.release.profiles import profile_for
from auditbook.release.released import Released, release
from auditbook.words.project import Project
from auditbook.words.quarter import AuditId


def open_audit(quarter: str, profile: str, data: str = "data") -> Released:
    """The released figures and words of one audit.

    quarter  an audit id, `2020-21-Q4`
    profile  a release profile; raises ReleaseRefused when the audit's record does not allow it
    data     the data folder, from the project's root
    """
    project = Project.find(data=data)
    [audit] = read_audits(project, [AuditId.read(quarter)])
    return release(audit_measures(audit), audit, profile)


def open_collection(collection: str, profile: str, data: str = "data") -> tuple[Released, ...]:
    """Every audit of a collection, oldest first, each as its own record allows, and never less strict than asked."""
    audits = [audit for audit in read_audits(Project.find(data=data)) if audit.settings.collection == collection]
    return tuple(release(audit_measures(audit), audit, profile_for(audit.settings, profile)) for audit in audits)
