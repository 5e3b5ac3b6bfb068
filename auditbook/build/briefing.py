"""One form of one audit's briefing, from the files people entered to a file to send."""

from pathlib import Path

from auditbook.briefing.forms import FORMS, write_form
from auditbook.briefing.pdf import TooLong, boxes_too_long
from auditbook.build.audit import read_briefing
from auditbook.build.public_words import audit_words
from auditbook.build.publication import is_published
from auditbook.codebook.quarter import AuditId
from auditbook.downloads.write import handout_of
from auditbook.engine.atomic import write_atomically
from auditbook.evidence.audit import read_audits
from auditbook.project import Project
from auditbook.release.profiles import profile_for
from auditbook.release.released import released_audit
from auditbook.validation.problems import WrongUsage


def write_briefing(
    project: Project, audit_id: AuditId, form: str, profile: str | None = None, out: Path | None = None
) -> tuple[Path, list[TooLong]]:
    """Write one form; where it lies, and for the PDF which boxes are too long.

    profile  a release profile, or None for the audit's own; the stricter of the two is kept to
    out      where to; by default below `_build/briefings/`, which is never published

    Raises InputRefused, ReleaseRefused, and WrongUsage for an unknown form.
    """
    if form not in FORMS:
        raise WrongUsage(f'"{form}" is not a form of a briefing; expected {", ".join(FORMS)}.')
    [audit] = read_audits(project, [audit_id])
    released = released_audit(audit, profile_for(audit.settings, profile))
    briefing = read_briefing(project, audit, released, profile)
    is_draft = not is_published(project, released, audit_words(released, briefing))
    handout = handout_of(project, released, briefing, is_draft)
    path = out or project.root / "_build" / "briefings" / f"{audit_id}-briefing.{form}"
    write_atomically(path, write_form(form, handout))
    return path.resolve(), boxes_too_long(handout) if form == "pdf" else []
