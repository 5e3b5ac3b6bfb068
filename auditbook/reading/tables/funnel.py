"""How far agencies came, audit by audit."""

from collections.abc import Sequence

from auditbook.reading.display import STACKED, Display, together
from auditbook.reading.funnel import funnel
from auditbook.reading.nothing import NO_AUDITS, NO_REPLIES
from auditbook.reading.series import Series
from auditbook.reading.tables.cells import table

COLUMNS = ("Audit", "Had a part", "Identified", "Invited", "Returned")


def funnels(every: Sequence[Series]) -> Display:
    """A row an audit, newest first, a column a stage; audits that recorded nothing of it are named below."""
    return together([_table(each) for each in every], NO_AUDITS)


def _table(each: Series) -> Display:
    found = {audit.audit_id.label: funnel(audit) for audit in reversed(each.audits)}
    rows = [(label, *(stage.figure for stage in stages)) for label, stages in found.items() if stages]
    notes = [f"{label}: {NO_REPLIES}" for label, stages in found.items() if not stages]
    return table(each.titled("How many agencies came how far"), COLUMNS, rows, notes, layout=STACKED)
