"""What each agency graded, as pictures: agency by grade, the more the stronger the colour."""

from auditbook.reading.charts.pairs import heat_of
from auditbook.reading.display import Chart, Display, together
from auditbook.reading.empty_messages import NO_GRADES_BY_AGENCY
from auditbook.reading.graded import Graded, graded_by_agency, withheld_grades
from auditbook.reading.table import in_short
from auditbook.release.released import Released


def grades_by_agency(figures: Released) -> Display:
    """A picture for each standard that several agencies graded."""
    drawn = [_picture(each, figures) for each in graded_by_agency(figures)]
    return together([*drawn, *withheld_grades(figures)], NO_GRADES_BY_AGENCY)


def _picture(graded: Graded, figures: Released) -> Chart:
    rows = graded.by_label()
    sentences = []
    for label, own in rows.items():
        told = [
            f"{head} {in_short(figure)}" for head, figure in zip(graded.heads, own, strict=True) if figure is not None
        ]
        sentences.append(f"{label}: {', '.join(told)}, of {graded.base(label, figures)}.")
    return heat_of(rows, graded.heads, f"{graded.standard.label}, by agency", sentences)
