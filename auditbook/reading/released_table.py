"""One table of released figures: a frame to work on in pandas, and the same numbers as a table and as pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas

from auditbook.reading.display import Display
from auditbook.reading.plots import Plots, SeriesPlots
from auditbook.reading.showing import cell_of, heading, show
from auditbook.reading.tables.cells import Content, based, table
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.released import Released


@dataclass(frozen=True, repr=False)
class ReleasedTable:
    """What is released of one subject.

    title     what its rows are of, for captions
    released  the audit; None where the rows are of several
    plot      the book's own pictures of it: `plot.dots()`, `plot.dots(some)` of some of its rows in their order
    figures   column of the frame → how the id of its figure is made from a row: `{id}`, `theme.{theme}.cases`
    heads     column → its heading, of those that a table shows; the first heads the rows
    """

    name: str
    title: str
    released: Released | None
    rows: pandas.DataFrame = field(compare=False)
    plot: Plots | SeriesPlots
    figures: Mapping[str, str]
    heads: Mapping[str, str]

    @property
    def frame(self) -> pandas.DataFrame:
        """An ordinary DataFrame of its own: changing it changes nothing that is released."""
        return self.rows.copy()

    def show(self, frame: pandas.DataFrame | None = None, caption: str = "") -> Display:
        """The rows of a frame as a table, in its order; all of them unless some are given.

        frame    rows selected, sorted or extended; columns that were added stand behind the others
        caption  what the table shows; the table's own title unless given
        """
        rows = self.rows if frame is None else frame
        own = [column for column in self.heads if column in rows.columns]
        if rows.empty or len(own) < 2:
            return show(rows, caption or self.title)
        added = [column for column in rows.columns if column not in self.rows.columns]
        cells = [[self._content(row, column) for column in [*own, *added]] for row in rows.to_dict("records")]
        heads = [*(self.heads[column] for column in own), *map(heading, added)]
        if own == ["label", "count"] and not added and all(isinstance(count, ReleasedMeasure) for _, count in cells):
            return based(caption or self.title, *heads, [(label, count) for label, count in cells], self.released)
        return table(caption or self.title, heads, cells)

    def _content(self, row: Mapping[str, Any], column: str) -> Content:
        """The figure itself, which knows its bound or its phrase; what an analyst worked out stands as it is."""
        figure = self._figure(row, column)
        value = row[column]
        if figure is not None and (pandas.isna(value) or figure.value == value):
            return figure
        return cell_of(value)

    def _figure(self, row: Mapping[str, Any], column: str) -> ReleasedMeasure | None:
        if self.released is None or column not in self.figures:
            return None
        try:
            return self.released.figures.get(self.figures[column].format(**row))
        except KeyError:
            return None

    def __repr__(self) -> str:
        return f"<ReleasedTable {self.name}: {len(self.rows)} rows; .frame, .show(), .plot>"
