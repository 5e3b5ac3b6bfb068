"""What each agency graded, or each sample, as tables: a column for each grade, with what it is of."""

from auditbook.reading.display import STACKED, Display, together
from auditbook.reading.empty_messages import NO_GRADES_BY_AGENCY, NO_GRADES_BY_SAMPLE
from auditbook.reading.graded import Graded, by_agency, by_sample, graded_apart, withheld_grades
from auditbook.reading.tables.cells import Base, table
from auditbook.release.released import Released


def grades_by_agency(figures: Released) -> Display:
    """A table for each standard that several agencies graded."""
    made = [_table(each, "Agency", figures) for each in graded_apart(figures, by_agency)]
    return together([*made, *withheld_grades(figures, by_agency, "agency by agency")], NO_GRADES_BY_AGENCY)


def grades_by_sample(figures: Released) -> Display:
    """A table for each standard that was graded in several samples."""
    made = [_table(each, "Sample", figures) for each in graded_apart(figures, by_sample)]
    return together([*made, *withheld_grades(figures, by_sample, "sample by sample")], NO_GRADES_BY_SAMPLE)


def _table(graded: Graded, head: str, figures: Released) -> Display:
    rows = [[label, *own, Base(graded.base(label, figures))] for label, own in graded.by_label().items()]
    heads = [head, *graded.heads, "Of"]
    return table(f"{graded.standard.label}, by {head.lower()}", heads, rows, layout=STACKED)
