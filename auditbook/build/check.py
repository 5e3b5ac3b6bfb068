"""Everything that was entered, read, counted and put into words, without writing anything."""

from collections.abc import Callable
from typing import TypeVar

from auditbook.briefing.first_notes import notes_left
from auditbook.briefing.parse import parse_briefing
from auditbook.briefing.sources import Sources, named_audits
from auditbook.build.audit import read_briefing
from auditbook.build.entry_checks import check_entries
from auditbook.build.ids_in_texts import ids_in_tables, refuse_ids_beside
from auditbook.codebook.quarter import AuditId
from auditbook.downloads.write import refuse_brand_and_template
from auditbook.evidence.audit import Audit, read_all, read_project_codebook
from auditbook.evidence.pools import read_pools
from auditbook.evidence.settings import Settings
from auditbook.leaks.scan import released_pools
from auditbook.measures.all_measures import audit_measures
from auditbook.project import Project
from auditbook.release.partners import handed_over_audits
from auditbook.release.profiles import profile_for
from auditbook.release.released import release, released_audit
from auditbook.release.withdrawals import withdrawn_lines
from auditbook.returns.reading import RETURNS_FOLDER, other_files
from auditbook.validation.files import read_text
from auditbook.validation.problems import InputRefused, Refusals, ReleaseRefused

T = TypeVar("T")
OF_FIGURES = ("B04", "B05", "B09")
"""Rules about what a briefing says of figures, which nobody can tell while the tables are refused."""


def check_audits(project: Project, ids: list[AuditId] | None) -> tuple[int, list[dict[str, str]]]:
    """How many audits there are, and their warnings, each with `audit` and `text`.

    Raises InputRefused with every problem of every audit, ReleaseRefused when one may not be shown as it says.
    """
    check_entries(project)
    refusals = Refusals()
    _collect(lambda: refuse_brand_and_template(project), refusals)
    audits = read_all(project, ids, refusals)
    read_pools(project, refusals)
    withdrawn_lines(project, refusals)
    refuse_ids_beside(project, refusals)
    handed_over = _collect(lambda: handed_over_audits(project), refusals) or []
    warnings: list[dict[str, str]] = []
    not_shown: list[ReleaseRefused] = []
    readable = {audit.id: audit for audit in audits}
    refused = {
        audit_id
        for audit_id in ids or project.audit_ids(Refusals())
        if _is_refused(project, audit_id, readable, refusals)
    }
    for audit_id in ids or project.audit_ids(Refusals()):
        audit = readable.get(audit_id)
        settings = audit.settings if audit else Settings(title="", collection="live")
        refusals.found.extend(ids_in_tables(project, audit_id, settings, None))
        if audit is None or refused & {audit_id, *named_audits(audit.briefing)}:
            check_words(project, audit_id, settings, refusals)
            continue
        try:
            warnings += _collect(lambda audit=audit: _warnings(project, audit), refusals) or []
        except ReleaseRefused as problem:
            not_shown.append(problem)
    refusals.stop_if_any()
    for problem in not_shown:
        raise problem
    released_pools(project)
    return len(audits) + len(handed_over), warnings


def _is_refused(project: Project, audit_id: AuditId, readable: dict[AuditId, Audit], refusals: Refusals) -> bool:
    return audit_id not in readable or refusals.are_in(project.name_of(project.audits / str(audit_id)))


def _collect(check: Callable[[], T], refusals: Refusals) -> T | None:
    """What a check gives, or None and its refusals among the others."""
    try:
        return check()
    except InputRefused as problem:
        refusals.found.extend(problem.refusals)
        return None


def _warnings(project: Project, audit: Audit) -> list[dict[str, str]]:
    counts = audit_measures(audit)
    released = release(counts, audit, profile_for(audit.settings))
    read_briefing(project, audit, released)
    lines = [warning.text for warning in counts.warnings]
    folder = project.audits / str(audit.id)
    lines += [f"{sentence}." for sentence in other_files(folder / RETURNS_FOLDER)]
    lines += filter(None, [notes_left(folder / "briefing.md", "briefing.md")])
    return [{"audit": str(audit.id), "text": text} for text in lines]


def check_words(project: Project, audit_id: AuditId, settings: Settings, refusals: Refusals) -> None:
    """What is wrong with the briefing of an audit whose tables are refused, or whose briefing reads figures of one that
    is, but for what the figures would say."""
    path = project.audits / str(audit_id) / "briefing.md"
    if refusals.are_in(project.name_of(path)):
        return
    text = read_text(path, path.name, Refusals()) or ""
    alone = Audit(audit_id, settings, read_project_codebook(project, Refusals()), briefing=text)
    released = released_audit(alone, "internal")
    briefing_refusals = Refusals()
    parse_briefing(text, Sources(released), project.name_of(path), briefing_refusals)
    refusals.found.extend(refusal for refusal in briefing_refusals.found if refusal.rule not in OF_FIGURES)
