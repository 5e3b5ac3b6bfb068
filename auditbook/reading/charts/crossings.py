"""Two variables counted together: the more, the stronger the colour, with the number in each cell."""

from auditbook.reading.charts.heat import heat
from auditbook.reading.crossings import NO_CROSSINGS, crossings_of
from auditbook.reading.display import Display, together
from auditbook.release.released import Released


def crossings(figures: Released) -> Display:
    """A picture for each crossing of which any number is shown."""
    found = crossings_of(figures)
    drawn = [heat(each.by_label(), each.heads, each.titled(figures)) for each in found if not each.is_withheld]
    return together(drawn, NO_CROSSINGS if not found else "Every number of two questions together is withheld.")
