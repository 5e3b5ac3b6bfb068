"""One theme from audit to audit: a row an audit, newest first."""

from collections.abc import Sequence

from auditbook.codebook.measure_id import MeasureId
from auditbook.reading.display import STACKED, Display, together
from auditbook.reading.empty_messages import NO_AUDITS
from auditbook.reading.links import themes_link
from auditbook.reading.series import Series, is_found
from auditbook.reading.tables.cells import InWords, LinkedText, table
from auditbook.reading.wording import SYMBOL
from auditbook.release.released import Released, ReleasedMeasure

SILENT, FOUND, NOT_FOUND = "not recorded", "yes", "no"
THREAD_HEADS = ("Audit", "Found", "Strengths", "Development", "Cases", "Agencies")
LEFT_OUT_NOTE = f"{SYMBOL}: withheld, because so few findings raised the theme."


def theme_thread(every: Sequence[Series], theme: str) -> Display:
    """Whether each audit found the theme, as what, in how many cases and by how many agencies."""
    return together([_table(each, theme) for each in every], NO_AUDITS)


def _table(each: Series, theme: str) -> Display:
    label = each.audits[0].codebook.themes[theme].label
    columns = [*THREAD_HEADS[:4], each.unit.capitalize(), THREAD_HEADS[5]]
    rows = [_row(audit, theme) for audit in reversed(each.audits)]
    notes = (
        [LEFT_OUT_NOTE] if any(MeasureId.of("theme", theme, "cases") in audit.unlisted for audit in each.audits) else []
    )
    return table(each.titled(label), columns, rows, notes, layout=STACKED)


def _row(audit: Released, theme: str) -> tuple:
    own: dict[str, ReleasedMeasure] = {figure.category: figure for figure in audit.of(f"theme.{theme}")}
    cases = own.get("cases")
    if cases is None and MeasureId.of("theme", theme, "cases") in audit.unlisted:
        cases = SYMBOL
    return (
        LinkedText(audit.audit_id.label, themes_link(audit.audit_id)),
        SILENT if not own else FOUND if any(map(is_found, own.values())) else NOT_FOUND,
        *(own.get(category) for category in ("strength", "development")),
        InWords(cases) if isinstance(cases, ReleasedMeasure) else cases,
        own.get("agencies"),
    )
