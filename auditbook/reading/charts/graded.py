"""What each agency graded, or each sample, as pictures: the more the stronger the colour."""

from auditbook.reading.charts.pairs import heat_of
from auditbook.reading.display import Chart, Display, together
from auditbook.reading.empty_messages import NO_GRADES_BY_AGENCY, NO_GRADES_BY_SAMPLE
from auditbook.reading.graded import Graded, by_agency, by_sample, graded_apart, withheld_grades
from auditbook.reading.table import in_short
from auditbook.release.released import Released


def grades_by_agency(figures: Released) -> Display:
    """A picture for each standard that several agencies graded."""
    drawn = [_picture(each, "agency", figures) for each in graded_apart(figures, by_agency)]
    return together([*drawn, *withheld_grades(figures, by_agency, "agency by agency")], NO_GRADES_BY_AGENCY)


def grades_by_sample(figures: Released) -> Display:
    """A picture for each standard that was graded in several samples."""
    drawn = [_picture(each, "sample", figures) for each in graded_apart(figures, by_sample)]
    return together([*drawn, *withheld_grades(figures, by_sample, "sample by sample")], NO_GRADES_BY_SAMPLE)


def _picture(graded: Graded, part: str, figures: Released) -> Chart:
    rows = graded.by_label()
    sentences = []
    for label, own in rows.items():
        grades = [
            f"{head} {in_short(figure)}" for head, figure in zip(graded.heads, own, strict=True) if figure is not None
        ]
        sentences.append(f"{label}: {', '.join(grades)}, of {graded.base(label, figures)}.")
    return heat_of(rows, graded.heads, f"{graded.standard.label}, by {part}", sentences)
