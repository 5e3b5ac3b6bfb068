"""What a run writes of an audit beside its pages: `measures.json`, and the briefing with its figures in words."""

import json
from collections.abc import Iterable
from pathlib import Path

from auditbook.briefing.brand import brand_contacts
from auditbook.briefing.model import Briefing
from auditbook.briefing.myst import briefing_page
from auditbook.briefing.parse import parse_briefing
from auditbook.briefing.sources import Sources, named_audits
from auditbook.build.withheld_words import refuse_withheld_words
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import Audit, read_audits
from auditbook.project import Project
from auditbook.release.released import Released, released_audits
from auditbook.release.withdrawals import withdrawn_lines
from auditbook.validation.problems import Refusals


def files_of_audits(project: Project, audits: list[Audit], released: list[Released]) -> dict[Path, str]:
    """Path → text of everything a run writes of these audits but their pages. Raises InputRefused (`read_briefing`)."""
    return {
        project.root / "book" / "audits" / str(audit.id) / name: text
        for audit, of_audit in zip(audits, released, strict=True)
        for name, text in audit_texts(read_briefing(project, audit, of_audit), of_audit).items()
    }


def read_briefing(project: Project, audit: Audit, released: Released, asked: str | None = None) -> Briefing:
    """The briefing with its figures in words. Raises InputRefused with every problem of it.

    asked  a release profile for the other audits that it reads, or None for each one's own
    """
    refusals = Refusals()
    name = project.name_of(project.audits / str(audit.id) / "briefing.md")
    sources = briefing_sources(project, released, named_audits(audit.briefing), asked)
    briefing = parse_briefing(audit.briefing, sources, name, refusals)
    if briefing and not sources.is_stricter:
        refuse_withheld_words(briefing, audit, released, name, refusals)
    refusals.stop_if_any()
    return briefing


def briefing_sources(
    project: Project, released: Released, named: Iterable[AuditId], asked: str | None = None
) -> Sources:
    """What the roles of an audit's briefing may read, read anew. Raises InputRefused when another audit's data are."""
    withdrawn = {each.audit for each in withdrawn_lines(project, Refusals())}
    there = set(project.audit_ids(Refusals())) - {released.audit_id}
    wanted = [each for each in named if each in there and str(each) not in withdrawn]
    others = released_audits(read_audits(project, wanted), asked) if wanted else []
    return Sources(released, {str(each.audit_id): each for each in others}, brand_contacts(project))


def audit_texts(briefing: Briefing, released: Released) -> dict[str, str]:
    """Name → text of what lies in `book/audits/<id>/` beside the pages."""
    return {
        "measures.json": measures_text(released),
        "briefing.md": briefing_page(briefing, released),
    }


def measures_text(released: Released) -> str:
    return json.dumps(released.as_json(), ensure_ascii=False, indent=1) + "\n"
