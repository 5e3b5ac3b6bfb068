"""How far agencies came: in one audit, and audit by audit."""

from collections.abc import Sequence

from auditbook.reading.display import STACKED, Display, Note, together
from auditbook.reading.empty_messages import NO_AUDITS, NO_REPLIES
from auditbook.reading.funnel import base_of, funnel
from auditbook.reading.links import FROM_A_COLLECTION, agencies_link
from auditbook.reading.series import Series
from auditbook.reading.tables.cells import LinkedText, table
from auditbook.release.released import Released

FUNNEL_HEADS = ("Audit", "Had a part", "Identified", "Invited", "Returned")


def funnel_of_agencies(figures: Released) -> Display:
    """One audit: a row a stage, widest first, with the base in words below; the picture says what may be missing."""
    stages = funnel(figures)
    if not stages:
        return Note(NO_REPLIES)
    rows = [(stage.label, stage.figure) for stage in stages]
    caption = f"How far agencies came, {figures.audit_id.label}"
    return table(caption, ["How far", "Agencies"], rows, [*filter(None, [base_of(figures)])])


def funnels(every: Sequence[Series]) -> Display:
    """A row an audit, newest first, a column a stage; audits that recorded nothing of it are named below."""
    return together([_table(each) for each in every], NO_AUDITS)


def _table(each: Series) -> Display:
    found = {audit.audit_id: funnel(audit) for audit in reversed(each.audits)}
    rows = [
        (LinkedText(audit_id.label, agencies_link(audit_id, FROM_A_COLLECTION)), *(stage.figure for stage in stages))
        for audit_id, stages in found.items()
        if stages
    ]
    notes = [f"{audit_id.label}: {NO_REPLIES}" for audit_id, stages in found.items() if not stages]
    return table(each.titled("How many agencies came how far"), FUNNEL_HEADS, rows, notes, layout=STACKED)
