"""How far agencies came in an audit, from having had a part in the work to having returned the audit tool."""

from auditbook.reading.charts.units import Row, draw_rows
from auditbook.reading.display import Display, Note
from auditbook.reading.empty_messages import NO_REPLIES
from auditbook.reading.funnel import base_in_words, funnel
from auditbook.reading.picture import picture
from auditbook.release.released import Released


def funnel_of_agencies(figures: Released) -> Display:
    """A row a stage, widest first; a stage of which nothing is told is left out, and a sentence says so."""
    stages = funnel(figures)
    rows = [Row(stage.label, stage.figure) for stage in stages if stage.figure is not None]
    if not rows:
        return Note(NO_REPLIES)
    silent = [f"{stage.label}: not recorded." for stage in stages if stage.figure is None]
    title = f"How far agencies came, {figures.audit_id.label}"
    notes = [*silent, base_in_words(figures)]
    return picture(lambda canvas: draw_rows(canvas, rows), title, [row.sentence for row in rows], notes)
