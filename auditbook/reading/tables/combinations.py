"""Which features came together, the most frequent combination first."""

from auditbook.measures.combinations import Combination, Combined
from auditbook.reading.combinations import left_out_in_words, named, title_of, unsure_in_words, why_none
from auditbook.reading.display import Cell, Display, Note, Table, together
from auditbook.release.released import Released


def combinations(figures: Released) -> Display:
    """A table for each kind of unit; where none may be shown, a sentence says why."""
    reason = why_none(figures)
    return Note(reason) if reason else together(map(_table, figures.combinations), "")


def _table(each: Combined) -> Display:
    has_unsure = any(row.unsure for row in each.rows)
    columns = ("What came together", each.noun.capitalize(), *(("Of these",) if has_unsure else ()))
    rows = tuple(_row(row)[: len(columns)] for row in each.rows)
    return Table(title_of(each), columns, rows, tuple(left_out_in_words(each)))


def _row(row: Combination) -> tuple[Cell, ...]:
    return Cell(named(row)), Cell(f"{row.count:,}", is_number=True), Cell(unsure_in_words(row))
