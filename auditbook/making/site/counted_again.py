"""What releases withhold, found by counting an audit once more: it is kept in this process, and never written down."""

import json
from collections.abc import Mapping
from functools import cache

from auditbook.making.executing import fingerprints
from auditbook.making.prepared import BRIEFING
from auditbook.release.leaks.labels import Withheld
from auditbook.release.leaks.later import LaterNumbers
from auditbook.release.released import Released
from auditbook.words.project import Project
from auditbook.words.quarter import AuditId


def withheld_later(project: Project, released: Mapping[str, Released]) -> LaterNumbers:
    """The numbers that these releases withhold.

    released  audit id, or page of a pool → what is let out of it
    """

    @cache
    def counts(audit_id: AuditId):
        from auditbook.evidence.audit import read_audits
        from auditbook.measures.every import audit_measures

        [audit] = read_audits(project, [audit_id])
        return audit_measures(audit)

    def find(name: str) -> Withheld:
        from auditbook.release.leaks.labels import withheld_numbers
        from auditbook.release.summing import summed

        figures = released[name]
        is_pool = figures.profile.name == "pooled"
        counted = summed([counts(each) for each in figures.audit_id.audits]) if is_pool else counts(figures.audit_id)
        return withheld_numbers(counted, figures)

    return LaterNumbers({name: _made_from(project, figures) for name, figures in released.items()}, find)


def _made_from(project: Project, figures: Released) -> str:
    """A hash of all that the counts, and what is shown of them, follow from."""
    is_pool = figures.profile.name == "pooled"
    audits = figures.audit_id.audits if is_pool else (figures.audit_id,)
    folders = [fingerprints.of_folder(project.audits / str(each), (BRIEFING,)) for each in audits]
    shown = [json.dumps(figures.as_json()), repr(sorted(figures.bands.items()))]
    return fingerprints.of_values([*folders, *shown, fingerprints.of_codebook(project), fingerprints.of_making()])
