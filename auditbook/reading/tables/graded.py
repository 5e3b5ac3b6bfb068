"""What each agency graded, as tables: agency by grade, with what it is of."""

from auditbook.reading.display import STACKED, Display, together
from auditbook.reading.empty_messages import NO_GRADES_BY_AGENCY
from auditbook.reading.graded import Graded, graded_by_agency, withheld_grades
from auditbook.reading.tables.cells import Base, table
from auditbook.release.released import Released


def grades_by_agency(figures: Released) -> Display:
    """A table for each standard that several agencies graded."""
    made = [_table(each, figures) for each in graded_by_agency(figures)]
    return together([*made, *withheld_grades(figures)], NO_GRADES_BY_AGENCY)


def _table(graded: Graded, figures: Released) -> Display:
    rows = [[label, *own, Base(graded.base(label, figures))] for label, own in graded.by_label().items()]
    heads = ["Agency", *graded.heads, "Of"]
    return table(f"{graded.standard.label}, by agency", heads, rows, layout=STACKED)
