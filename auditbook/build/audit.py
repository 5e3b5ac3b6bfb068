"""What a run writes of an audit beside its pages: `measures.json`, and the briefing with its figures in words."""

import json
from collections.abc import Iterable, Iterator, Mapping

from auditbook.briefing.brand import brand_contacts
from auditbook.briefing.model import Briefing
from auditbook.briefing.myst import briefing_page
from auditbook.briefing.parse import parse_briefing
from auditbook.briefing.sources import Sources, named_audits
from auditbook.build.ids_in_texts import refuse_ids
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import Audit, read_audits
from auditbook.leaks.normalise import plain_words
from auditbook.leaks.secrets import SHORTEST_TEXT
from auditbook.project import Project
from auditbook.release.released import Released, released_audits
from auditbook.release.withdrawals import withdrawn_lines
from auditbook.validation.problems import Place, Refusals

Words = tuple[str, ...]


def read_briefing(project: Project, audit: Audit, released: Released, asked: str | None = None) -> Briefing:
    """The briefing with its figures in words. Raises InputRefused with every problem of it.

    asked  a release profile for the other audits that it reads, or None for each one's own
    """
    refusals = Refusals()
    folder = project.audits / str(audit.id)
    name = project.name_of(folder / "briefing.md")
    sources = briefing_sources(project, released, named_audits(audit.briefing), asked)
    briefing = in_words(audit.briefing, sources, name, withheld_texts(audit, released), refusals)
    refuse_ids(audit.briefing, folder, name, refusals)
    refusals.stop_if_any()
    return briefing


def in_words(
    text: str, sources: Sources, name: str, withheld: Mapping[str, Words], refusals: Refusals
) -> Briefing | None:
    """A briefing's text with its figures in words; None, with the problems added, where it is refused.

    name      how messages call the file
    withheld  finding of one case → the words of its text, which the audit withholds
    """
    briefing = parse_briefing(text, sources, name, refusals)
    if briefing and not sources.is_stricter:
        _refuse_withheld_words(briefing, withheld, name, refusals)
    return briefing


def briefing_sources(
    project: Project, released: Released, named: Iterable[AuditId], asked: str | None = None
) -> Sources:
    """What the roles of an audit's briefing may read, read anew. Raises InputRefused when another audit's data are."""
    withdrawn = {line.audit for line in withdrawn_lines(project, Refusals())}
    there = set(project.audit_ids(Refusals())) - {released.audit_id}
    wanted = [audit_id for audit_id in named if audit_id in there and str(audit_id) not in withdrawn]
    others = released_audits(read_audits(project, wanted), asked) if wanted else []
    return Sources(released, {str(other.audit_id): other for other in others}, brand_contacts(project))


def audit_texts(briefing: Briefing, released: Released) -> dict[str, str]:
    """Name → text of what lies in `book/audits/<id>/` beside the pages."""
    return {
        "measures.json": measures_text(released),
        "briefing.md": briefing_page(briefing, released),
    }


def measures_text(released: Released) -> str:
    return json.dumps(released.as_json(), ensure_ascii=False, indent=1) + "\n"


def _refuse_withheld_words(briefing: Briefing, texts: Mapping[str, Words], name: str, refusals: Refusals) -> None:
    """Refuse each paragraph, quotation or cell of a table that holds such a text (B10); it is not said again."""
    for box in briefing.boxes:
        for paragraph in box.paragraphs():
            said = plain_words(paragraph.text)
            for finding in (finding_id for finding_id, words in texts.items() if _holds(said, words)):
                problem = (
                    f"these are the words of finding {finding}, which is of one case; this release withholds them."
                )
                refusals.add(Place(name, paragraph.line), "B10", problem)


def withheld_texts(audit: Audit, released: Released) -> dict[str, Words]:
    """Finding → the words of its text, of those that are not shown; what a shown text says too may be said."""
    if audit.findings is None or not released.profile.threshold:
        return {}
    shown = [plain_words(finding.text) for finding in released.findings if finding.text]
    return {
        finding: words
        for finding, words in _single_cases(audit)
        if len(words) >= SHORTEST_TEXT and not any(_holds(said, words) for said in shown)
    }


def _single_cases(audit: Audit) -> Iterator[tuple[str, Words]]:
    for row in audit.findings.to_dict("records"):
        if row["case"]:
            yield row["finding"], plain_words(row["text"] or "")


def _holds(said: Words, words: Words) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(said)} "
