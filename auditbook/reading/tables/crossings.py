"""Two variables counted together: a row for each answer to the first, a column for each answer to the second."""

from auditbook.reading.crossings import Crossing, crossings_of
from auditbook.reading.display import Display, Note, together
from auditbook.reading.empty_messages import NO_CROSSINGS
from auditbook.reading.tables.cells import table
from auditbook.release.released import Released


def crossings(figures: Released) -> Display:
    """A table for each crossing; where every number of one is withheld, a sentence."""
    return together([_table(each, figures) for each in crossings_of(figures)], NO_CROSSINGS)


def _table(crossing: Crossing, figures: Released) -> Display:
    if crossing.is_withheld:
        return Note(crossing.instead())
    rows = [[label, *cells] for label, cells in crossing.by_label().items()]
    heads = [crossing.first.label, *crossing.heads]
    return table(crossing.titled(figures), heads, rows, crossing.notes(figures))
