"""What one table of an audit is: its frame, and the book's own pictures and table of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pandas

from auditbook.codebook.variables import Variable
from auditbook.reading import frames
from auditbook.reading.display import Display, Note
from auditbook.reading.funnel import funnel
from auditbook.reading.selection import Choose, chosen_figures, chosen_rows
from auditbook.reading.table import parts
from auditbook.reading.wording import distinct_parts
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.released import Released

COUNT_HEADS = {"label": "", "count": "Number"}
OF_A_FIGURE = {"count": "{id}", "value": "{id}"}
Draw = Callable[[Released], Display]


@dataclass(frozen=True)
class TableDefinition:
    """One table of an audit.

    title       what its rows are of
    holds       which released figures, or which words, for the reference
    rows        its frame
    table       how the book shows it; None for the rows as they are
    pictures    kind of picture → how the book draws it
    marks       how the marks of its pictures are read: said where one stands, and not where a table stands instead
    key         the column that says what a row is
    choose      the same release with the chosen rows alone; None for figures by their id
    heads       column → its heading, of those that a plain table shows
    figures     column → how the id of its figure is made from a row
    has_a_word  whether the book has a sentence of its own where nothing of it is left
    """

    title: str
    holds: str
    rows: Callable[[Released], pandas.DataFrame]
    table: Draw | None = None
    pictures: Mapping[str, Draw] = field(default_factory=dict)
    key: str = "id"
    choose: Choose | None = None
    heads: Mapping[str, str] = field(default_factory=lambda: COUNT_HEADS)
    figures: Mapping[str, str] = field(default_factory=lambda: OF_A_FIGURE)
    has_a_word: bool = False
    marks: str = ""

    def display(
        self, draw: Draw, released: Released, frame: pandas.DataFrame | None, rows: pandas.DataFrame
    ) -> Display:
        """What the book draws of some rows, in the frame's order; of all of them where none are given."""
        if frame is None:
            return draw(released)
        chosen = chosen_rows(frame, self.key, rows)
        if chosen.empty and not rows.empty and not self.has_a_word:
            return Note(f"{self.title}: none.")
        if self.choose is not None:
            return draw(self.choose(released, chosen))
        return draw(chosen_figures(released, chosen, set(rows["id"])))

    def known(self, released: Released) -> Mapping[str, ReleasedMeasure]:
        """Figures by their id: those that are released, and steps worked out from agencies' states."""
        return released.figures | {
            stage.figure.id: stage.figure for stage in funnel(released) if stage.figure is not None
        }


def figures_of(*roots: str) -> Callable[[Released], pandas.DataFrame]:
    return lambda released: frames.figures_frame([figure for figure in released if figure.id.root in roots])


def rows_of(released: Released, variable: Variable) -> tuple[list[ReleasedMeasure], list[ReleasedMeasure]]:
    """A variable's figures that do not overlap, and its statistics."""
    given = parts(released, variable)
    return distinct_parts(variable, given), [figure for figure in released.of(variable.family) if figure not in given]


def of_variables(find: Callable[[Released], Iterable[Variable]], released: Released) -> pandas.DataFrame:
    """The figures of several variables, each row with the variable that it is of."""
    rows, labels = [], {}
    for variable in find(released):
        counted, statistics = rows_of(released, variable)
        rows += [(variable, figure) for figure in [*counted, *statistics]]
        labels |= {figure.id: variable.label_of(figure.category) for figure in counted}
    return frames.of_variables(rows, labels)
