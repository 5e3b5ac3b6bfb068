"""What was counted together, as pictures: two variables, features of one case, grades by agency or by sample."""

from collections.abc import Mapping, Sequence
from functools import partial

from auditbook.measures.combinations import Combination, Combined
from auditbook.reading.axes import picture
from auditbook.reading.charts.grids import combinations as draw_combinations
from auditbook.reading.charts.grids import heat
from auditbook.reading.charts.marks import mark_of
from auditbook.reading.combinations import each_combined, left_out_in_words, named, title_of, unsure_in_words
from auditbook.reading.crossings import Crossing, crossings_of
from auditbook.reading.display import Chart, Display, stack
from auditbook.reading.empty_messages import NO_CROSSINGS
from auditbook.reading.grades_by_part import StandardByPart, each_standard
from auditbook.reading.table import brief_key, in_short
from auditbook.reading.wording import noun
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.released import Released

BLANK = "An empty place means that it was not recorded."
KEY_OF_DOTS = "A filled dot at the right means that the feature is there; joined dots came together."


def crossings(released: Released) -> Display:
    """A picture for each crossing of which any number is shown."""
    every_crossing = crossings_of(released)
    drawn = [_crossing(crossing, released) for crossing in every_crossing if not crossing.is_withheld]
    return stack(drawn, NO_CROSSINGS if not every_crossing else "Every number of two questions together is withheld.")


def _crossing(crossing: Crossing, released: Released) -> Chart:
    rows = crossing.by_label()
    sentences = [f"{label}: {_in_words(crossing.heads, row)}." for label, row in rows.items()]
    return heat_of(rows, crossing.heads, crossing.titled(released), sentences)


def _in_words(heads: Sequence[str], row: Sequence[ReleasedMeasure | None]) -> str:
    cells = ("not recorded" if figure is None else in_short(figure) for figure in row)
    return ", ".join(f"{head} {words}" for head, words in zip(heads, cells, strict=True))


def heat_of(
    rows: Mapping[str, Sequence[ReleasedMeasure | None]],
    heads: Sequence[str] | Sequence[tuple[str, str]],
    title: str,
    sentences: Sequence[str],
) -> Chart:
    """A two-way table of figures, its signs and its empty places explained below."""
    cells = [figure for row in rows.values() for figure in row]
    notes = [*brief_key(figure for figure in cells if figure is not None), *([BLANK] if None in cells else [])]
    marks = {label: tuple(map(mark_of, row)) for label, row in rows.items()}
    return picture(partial(heat, rows=marks, heads=tuple(heads)), title, sentences, notes)


def combinations(released: Released) -> Display:
    """One picture for each kind of unit; where none may be shown, a sentence says why."""
    return each_combined(released, _combined)


def _combined(combined: Combined) -> Chart:
    rows = tuple((row.count, tuple(label in row.features for label in combined.features)) for row in combined.rows)
    draw = partial(draw_combinations, rows=rows, heads=tuple(combined.features))
    sentences = [_sentence(row, combined) for row in combined.rows]
    return picture(draw, title_of(combined), sentences, [KEY_OF_DOTS, *left_out_in_words(combined)])


def _sentence(row: Combination, combined: Combined) -> str:
    unsure = unsure_in_words(row)
    return f"{named(row)}: {row.count} {noun(combined.noun, row.count)}{f' ({unsure})' if unsure else ''}."


def grades_by_agency(released: Released) -> Display:
    """A picture for each standard that several agencies graded."""
    return each_standard(released, "agency", _graded)


def grades_by_sample(released: Released) -> Display:
    """A picture for each standard that was graded in several samples."""
    return each_standard(released, "sample", _graded)


def _graded(graded: StandardByPart, part: str, released: Released) -> Chart:
    rows = graded.by_label()
    sentences = []
    for label, row in rows.items():
        grades = [
            f"{head} {in_short(figure)}" for head, figure in zip(graded.heads, row, strict=True) if figure is not None
        ]
        sentences.append(f"{label}: {', '.join(grades)}, of {graded.base(label, released)}.")
    return heat_of(rows, graded.heads, f"{graded.standard.label}, by {part}", sentences)
