"""How cases and people divide into codes and grades: a row of dots for each."""

from collections.abc import Sequence

from auditbook.codebook.variables import Variable
from auditbook.reading.charts.units import Row, draw_rows
from auditbook.reading.display import Display, Note, together
from auditbook.reading.empty_messages import NO_CATEGORIES, NO_GRADES
from auditbook.reading.picture import FILLED, HALF_TONE, picture
from auditbook.reading.table import (
    NO_ANSWERS,
    counts_withheld,
    groups_in_words,
    is_zero,
    labelled,
    of_base,
    parts,
    standards,
    sums_beside,
    variables,
    withheld_notes,
    zeros_in_words,
)
from auditbook.reading.wording import apart, count
from auditbook.release.released import Released, ReleasedMeasure


def categories(figures: Released) -> Display:
    """One chart for each variable with codes; what nobody was is told in a sentence."""
    found = variables(figures, "category", "multi")
    drawn = [_categories(variable, figures) for variable in found if not counts_withheld(variable, figures)]
    return together([*drawn, *withheld_notes(found, figures)], NO_CATEGORIES)


def grades(figures: Released) -> Display:
    """One chart for each standard that was graded, in the order of its scale, zeros kept."""
    found = standards(figures)
    drawn = [_grades(standard, figures) for standard in found if not counts_withheld(standard, figures)]
    return together([*drawn, *withheld_notes(found, figures)], NO_GRADES)


def _categories(variable: Variable, figures: Released) -> Display:
    given = parts(figures, variable)
    own = apart(variable, given)
    listed = [figure for figure in own if not is_zero(figure)]
    zeros = zeros_in_words(variable, [figure for figure in own if is_zero(figure)])
    return _chart(
        f"{variable.label}, {of_base(own, figures)}",
        _rows(variable, listed),
        [*groups_in_words(variable, given), *zeros],
    )


def _grades(standard: Variable, figures: Released) -> Display:
    given = parts(figures, standard)
    own = apart(standard, given)
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
