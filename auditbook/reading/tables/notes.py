"""What a page says before its first figure: how it was released, what to know of the figures, what a pool is of."""

from collections.abc import Sequence
from datetime import date

from auditbook.reading.display import Display, Notices
from auditbook.reading.tables.cells import table
from auditbook.reading.wording import joined, require_released
from auditbook.release.pooled import PooledId
from auditbook.release.released import Released
from auditbook.validation.problems import WrongUsage

SYNTHETIC_NOTE = "Synthetic data: made up to demonstrate, no real child."
INTERNAL_NOTE = "Internal: not for publication."
CAPTION = "The audits that were added up"


def page_notes(released: Released | Sequence[Released]) -> Notices:
    """The release in words, the mark of synthetic or internal figures, and every warning, of one audit or several."""
    audits = [require_released(released)] if not isinstance(released, Sequence) else [*map(require_released, released)]
    is_alone = len(audits) == 1
    lines = []
    if any(audit.settings.is_made_up for audit in audits):
        lines.append(("synthetic", SYNTHETIC_NOTE))
    if any(audit.profile.name == "internal" for audit in audits):
        lines.append(("internal", INTERNAL_NOTE))
    for words in dict.fromkeys(audit.profile.words for audit in audits):
        profile_audits = [audit for audit in audits if audit.profile.words == words]
        lines.append(("profile", words if len(profile_audits) == len(audits) else f"{_named(profile_audits)}: {words}"))
    lines += [
        ("warning", warning if is_alone else f"{_named([audit])}: {warning}")
        for audit in audits
        for warning in audit.warnings
    ]
    return Notices(tuple(lines))


def _named(audits: Sequence[Released]) -> str:
    return joined([audit.audit_id.label for audit in audits])


def pooled_audits(released: Released) -> Display:
    """A row an audit, oldest first, with the months of its quarter. Raises WrongUsage for one audit alone."""
    audit_id = require_released(released).audit_id
    if not isinstance(audit_id, PooledId):
        raise WrongUsage(f"{audit_id} is one audit; only audits released together have such a table (open_pool).")
    rows = [(audit.label, f"{_month(audit.first_day)} to {_month(audit.last_day)}") for audit in audit_id.audits]
    return table(CAPTION, ("Audit", "Months"), rows)


def _month(day: date) -> str:
    return f"{day:%B %Y}"
