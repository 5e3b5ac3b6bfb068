"""What releases withhold, found by counting an audit once more: it is kept in this process, and never written down."""

import json
from collections.abc import Mapping
from functools import cache

from auditbook.codebook.quarter import AuditId
from auditbook.engine import fingerprints
from auditbook.evidence.audit import read_audits
from auditbook.evidence.threads import read_followed
from auditbook.leaks.labels import Withheld, withheld_numbers
from auditbook.leaks.later import LaterNumbers
from auditbook.measures.all_measures import audit_measures
from auditbook.measures.counts import Counts
from auditbook.project import BRIEFING, Project
from auditbook.release.released import Released
from auditbook.release.summing import summed
from auditbook.validation.problems import BookFailed


def withheld_later(project: Project, released: Mapping[str, Released]) -> LaterNumbers:
    """The numbers that these releases withhold.

    released  audit id, or page of a pool → what is let out of it

    Asking for some raises BookFailed when the data are no longer what they were.
    """
    followed = cache(lambda: read_followed(project))
    made_from = {name: _made_from(project, figures) for name, figures in released.items()}

    @cache
    def counts(audit_id: AuditId) -> Counts:
        [audit] = read_audits(project, [audit_id], followed())
        return audit_measures(audit)

    def find(name: str) -> Withheld:
        figures = released[name]
        if _made_from(project, figures) != made_from[name]:
            raise BookFailed(f"{project.name_of(project.data)} changed while the book was being made. Build it again.")
        is_pool = figures.profile.name == "pooled"
        counted = summed([counts(each) for each in figures.audit_id.audits]) if is_pool else counts(figures.audit_id)
        return withheld_numbers(counted, figures)

    return LaterNumbers(made_from, find)


def _made_from(project: Project, figures: Released) -> str:
    """A hash of all that the counts, and what is shown of them, follow from."""
    is_pool = figures.profile.name == "pooled"
    audits = figures.audit_id.audits if is_pool else (figures.audit_id,)
    folders = [fingerprints.of_folder(project.audits / str(each), (BRIEFING,)) for each in audits]
    shown = [json.dumps(figures.as_json()), repr(sorted(figures.bands.items()))]
    return fingerprints.of_values(
        [*folders, *shown, fingerprints.of_codebook(project), fingerprints.of_whole_package()]
    )
