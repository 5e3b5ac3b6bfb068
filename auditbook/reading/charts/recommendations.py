"""Recommendations: what became of them."""

from auditbook.reading.charts.units import Row, draw_rows
from auditbook.reading.display import Display, Note
from auditbook.reading.empty_messages import NO_RECOMMENDATIONS
from auditbook.reading.picture import FILLED, HALF_TONE, picture
from auditbook.reading.table import in_short, of_base
from auditbook.reading.wording import require_released
from auditbook.release.released import Released


def recommendations(figures: Released) -> Display:
    """How many recommendations are open, done or overdue, ask for assurance, or have no status."""
    require_released(figures)
    own = figures.of("recommendations")
    counted = [figure for figure in own if figure.category != "total"]
    if not own:
        return Note(NO_RECOMMENDATIONS)
    if not counted:
        return Note(f"This audit made {in_short(own[0])} recommendations; what became of them is not recorded.")
    rows = [
        Row(
            figure.label.removeprefix("Recommendations: ").capitalize(),
            figure,
            HALF_TONE if figure.category == "not_stated" else FILLED,
            figure.denominator,
        )
        for figure in counted
    ]
    title = f"What became of recommendations, {of_base(counted, figures)}"
    return picture(lambda canvas: draw_rows(canvas, rows), title, [row.sentence for row in rows])
