"""Which audits were released together as one."""

from datetime import date

from auditbook.reading.display import Display
from auditbook.reading.tables.cells import table
from auditbook.reading.wording import require_released
from auditbook.release.pooled import PooledId
from auditbook.release.released import Released
from auditbook.validation.problems import WrongUsage

CAPTION = "The audits that were added up"


def pooled_audits(figures: Released) -> Display:
    """A row an audit, oldest first, with the months of its quarter. Raises WrongUsage for one audit alone."""
    audit_id = require_released(figures).audit_id
    if not isinstance(audit_id, PooledId):
        raise WrongUsage(f"{audit_id} is one audit; only audits released together have such a table (open_pool).")
    rows = [(each.label, f"{_month(each.first_day)} to {_month(each.last_day)}") for each in audit_id.audits]
    return table(CAPTION, ("Audit", "Months"), rows)


def _month(day: date) -> str:
    return f"{day:%B %Y}"
