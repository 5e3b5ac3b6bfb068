"""One variable, or one crossing, as a table of an audit."""

from functools import partial

import pandas

from auditbook.codebook.variables import Variable
from auditbook.reading import charts, frames, tables
from auditbook.reading.charts.categories import flag
from auditbook.reading.charts.numbers import number
from auditbook.reading.choosing import chosen_figures
from auditbook.reading.crossings import Crossing, crossings_of
from auditbook.reading.subject import Draw, Subject, rows_of
from auditbook.release.released import Released


def of_variable(variable: Variable) -> Subject:
    """One variable, with the pictures that fit its type."""

    def rows(released: Released) -> pandas.DataFrame:
        counted, statistics = rows_of(released, variable)
        labels = {each.id: variable.label_of(each.category) for each in counted}
        return frames.figures_frame([*counted, *statistics], labels)

    pictures = {}
    if variable.type == "flag":
        pictures["shares"] = partial(flag, variable)
    if variable.is_number:
        pictures["strip"] = partial(number, variable)
    heads = {"label": "Grade" if variable.type == "grade" else "What was counted", "count": "Number"}
    return Subject(variable.label, "", rows, pictures=pictures, heads=heads)


def of_crossing(crossing: Crossing) -> Subject:
    """Two variables counted together; only their own figures are drawn."""

    def rows(released: Released) -> pandas.DataFrame:
        return frames.crossings_frame([each for each in crossings_of(released) if each.name == crossing.name])

    def own(draw: Draw) -> Draw:
        return lambda released: draw(chosen_figures(released, rows(released), {each.id for each in released}))

    heads = {"row_label": crossing.first.label, "column_label": crossing.second.label, "count": "Number"}
    pictures = {"heat": own(charts.crossings)}
    return Subject(crossing.words, "", rows, own(tables.crossings), pictures, heads=heads)
