"""What was counted together, as tables: two variables, features of one case, grades by agency or by sample."""

from auditbook.measures.combinations import Combination, Combined
from auditbook.reading.combinations import each_combined, left_out_in_words, named, title_of, unsure_in_words
from auditbook.reading.crossings import Crossing, crossings_of
from auditbook.reading.display import STACKED, Cell, Display, Note, Table, stack
from auditbook.reading.empty_messages import NO_CROSSINGS
from auditbook.reading.grades_by_part import StandardByPart, each_standard
from auditbook.reading.tables.cells import Base, table
from auditbook.release.released import Released


def crossings(released: Released) -> Display:
    """A table for each crossing; where every number of one is withheld, a sentence."""
    return stack([_table(crossing, released) for crossing in crossings_of(released)], NO_CROSSINGS)


def _table(crossing: Crossing, released: Released) -> Display:
    if crossing.is_withheld:
        return Note(crossing.instead())
    rows = [[label, *cells] for label, cells in crossing.by_label().items()]
    heads = [crossing.first.label, *crossing.heads]
    return table(crossing.titled(released), heads, rows, crossing.notes(released))


def combinations(released: Released) -> Display:
    """A table for each kind of unit; where none may be shown, a sentence says why."""
    return each_combined(released, _of_unit)


def _of_unit(combined: Combined) -> Display:
    has_unsure = any(row.unsure for row in combined.rows)
    columns = ("What came together", combined.noun.capitalize(), *(("Of these",) if has_unsure else ()))
    rows = tuple(_combined(row)[: len(columns)] for row in combined.rows)
    return Table(title_of(combined), columns, rows, tuple(left_out_in_words(combined)))


def _combined(row: Combination) -> tuple[Cell, ...]:
    return Cell(named(row)), Cell(f"{row.count:,}", is_number=True), Cell(unsure_in_words(row))


def grades_by_agency(released: Released) -> Display:
    """A table for each standard that several agencies graded."""
    return each_standard(released, "agency", _graded)


def grades_by_sample(released: Released) -> Display:
    """A table for each standard that was graded in several samples."""
    return each_standard(released, "sample", _graded)


def _graded(graded: StandardByPart, part: str, released: Released) -> Display:
    rows = [[label, *cells, Base(graded.base(label, released))] for label, cells in graded.by_label().items()]
    heads = [part.capitalize(), *graded.heads, "Of"]
    return table(f"{graded.standard.label}, by {part}", heads, rows, layout=STACKED)
