"""What a run writes of an audit beside its pages: `measures.json`, and the briefing with its figures in words."""

import json
from pathlib import Path

from auditbook.briefing.model import Briefing
from auditbook.briefing.myst import briefing_page
from auditbook.briefing.parse import parse_briefing
from auditbook.evidence.audit import Audit
from auditbook.project import Project
from auditbook.release.released import Released
from auditbook.validation.problems import Refusals


def files_of_audits(project: Project, audits: list[Audit], released: list[Released]) -> dict[Path, str]:
    """Path → text of everything a run writes of these audits but their pages. Raises InputRefused (`read_briefing`)."""
    return {
        project.root / "book" / "audits" / str(audit.id) / name: text
        for audit, figures in zip(audits, released, strict=True)
        for name, text in audit_texts(read_briefing(project, audit, figures), figures).items()
    }


def read_briefing(project: Project, audit: Audit, released: Released) -> Briefing:
    """The briefing with its figures in words. Raises InputRefused with every problem of it."""
    refusals = Refusals()
    name = project.name_of(project.audits / str(audit.id) / "briefing.md")
    briefing = parse_briefing(audit.briefing, released, name, refusals)
    refusals.stop_if_any()
    return briefing


def audit_texts(briefing: Briefing, released: Released) -> dict[str, str]:
    """Name → text of what lies in `book/audits/<id>/` beside the pages."""
    return {
        "measures.json": measures_text(released),
        "briefing.md": briefing_page(briefing, released),
    }


def measures_text(released: Released) -> str:
    return json.dumps(released.as_json(), ensure_ascii=False, indent=1) + "\n"
