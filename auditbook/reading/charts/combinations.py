"""Which features came together: a row a combination, a column a feature, and one dot a unit at the left."""

from collections.abc import Sequence

from auditbook.measures.combinations import Combination, Combined
from auditbook.reading.charts.involvement import LABELS, draw_heads
from auditbook.reading.charts.units import Scale, draw_units
from auditbook.reading.combinations import left_out_in_words, named, title_of, unsure_in_words, why_none
from auditbook.reading.display import Chart, Display, Note, together
from auditbook.reading.palette import BLUE, LINE
from auditbook.reading.picture import FILLED, OUTLINE, ROW, Canvas, picture, width_of
from auditbook.reading.wording import noun
from auditbook.release.released import Released

RADIUS = 6
GAP = 8
KEY = "A filled dot at the right means that the feature is there; joined dots came together."


def combinations(figures: Released) -> Display:
    """One picture for each kind of unit; where none may be shown, a sentence says why."""
    reason = why_none(figures)
    return Note(reason) if reason else together(map(_chart, figures.combinations), "")


def _chart(each: Combined) -> Chart:
    sentences = [_sentence(row, each) for row in each.rows]
    notes = [KEY, *left_out_in_words(each)]
    return picture(lambda canvas: _draw(canvas, each), title_of(each), sentences, notes)


def _draw(canvas: Canvas, each: Combined) -> None:
    xs, top = draw_heads(canvas, each.features, LABELS)
    widest = max(width_of(str(row.count)) for row in each.rows)
    scale = Scale.of((row.count for row in each.rows), LABELS - widest - 3 * GAP)
    for row in each.rows:
        middle = top + ROW / 2 + GAP / 2
        canvas.text(widest, middle + 5, str(row.count), "right")
        draw_units(canvas, widest + GAP, middle, row.count, scale, FILLED)
        _draw_features(canvas, row, each.features, xs, middle)
        top += ROW + GAP


def _draw_features(
    canvas: Canvas, row: Combination, features: Sequence[str], xs: Sequence[float], middle: float
) -> None:
    own = [x for x, label in zip(xs, features, strict=True) if label in row.features]
    if len(own) > 1:
        canvas.line([(own[0], middle), (own[-1], middle)], BLUE, 3)
    for x, label in zip(xs, features, strict=True):
        is_there = label in row.features
        canvas.dot(x, middle, RADIUS, FILLED if is_there else OUTLINE, BLUE if is_there else LINE)


def _sentence(row: Combination, each: Combined) -> str:
    unsure = unsure_in_words(row)
    return f"{named(row)}: {row.count} {noun(each.noun, row.count)}{f' ({unsure})' if unsure else ''}."
