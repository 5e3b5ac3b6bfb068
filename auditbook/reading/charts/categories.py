"""How cases and people divide into codes and grades: a row of dots for each."""

from collections.abc import Sequence

from auditbook.codebook.variables import Variable
from auditbook.reading.charts.units import Row, draw_rows
from auditbook.reading.display import Display, Note, together
from auditbook.reading.empty_messages import NO_CATEGORIES, NO_GRADES
from auditbook.reading.picture import FILLED, HALF_TONE, picture
from auditbook.reading.table import (
    NO_ANSWERS,
    groups_in_words,
    is_zero,
    labelled,
    none_is_shown,
    of_base,
    parts,
    standards,
    sums_beside,
    variables,
    zeros_in_words,
)
from auditbook.reading.wording import apart, count
from auditbook.release.released import Released, ReleasedMeasure


def categories(figures: Released) -> Display:
    """One chart for each variable with codes; what nobody was is told in a sentence."""
    drawn = [_categories(variable, figures) for variable in variables(figures, "category", "multi")]
    return together(drawn, NO_CATEGORIES)


def grades(figures: Released) -> Display:
    """One chart for each standard that was graded, in the order of its scale, zeros kept."""
    return together((_grades(standard, figures) for standard in standards(figures)), NO_GRADES)


def _categories(variable: Variable, figures: Released) -> Display:
    given = parts(figures, variable)
    own = apart(variable, given)
    listed = [figure for figure in own if not is_zero(figure)]
    zeros = zeros_in_words(variable, [figure for figure in own if is_zero(figure)])
    if none_is_shown(listed):
        return Note(" ".join([f"{variable.label}: every count above zero is withheld.", *zeros]))
    return _chart(
        f"{variable.label}, {of_base(own, figures)}",
        _rows(variable, listed),
        [*groups_in_words(variable, given), *zeros],
    )


def _grades(standard: Variable, figures: Released) -> Display:
    given = parts(figures, standard)
    own = apart(standard, given)
    if none_is_shown(own):
        return Note(f"{standard.label}: every count is withheld.")
    notes = [f"{standard.label_of(figure.category)}: {count(figure)}." for figure in sums_beside(standard, given)]
    return _chart(f"{standard.label}, {of_base(own, figures)}", _rows(standard, own), notes)


def _rows(variable: Variable, listed: Sequence[ReleasedMeasure]) -> list[Row]:
    return [
        Row(label, figure, HALF_TONE if figure.category in NO_ANSWERS else FILLED)
        for label, figure in labelled(variable, listed)
    ]


def _chart(title: str, rows: Sequence[Row], notes: Sequence[str]) -> Display:
    if not rows:
        return Note(" ".join([f"{title}.", *notes]))
    return picture(lambda canvas: draw_rows(canvas, rows), title, [row.sentence for row in rows], notes)
