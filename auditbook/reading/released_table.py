"""One table of released figures: a frame to work on in pandas, and the same numbers as a table and as pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas

from auditbook.reading.display import Display
from auditbook.reading.plots import Plots, SeriesPlots, flags_of, themes_of
from auditbook.reading.selection import chosen_rows
from auditbook.reading.showing import cell_of, heading, show
from auditbook.reading.table_definition import TableDefinition
from auditbook.reading.tables.cells import Content, based, table
from auditbook.reading.tables.trends import THEME_ROWS, flag_trends, theme_trends
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.released import Released


@dataclass(frozen=True, repr=False)
class ReleasedTable:
    """What is released of one table.

    released  the audit
    plot      the book's own pictures of it: `plot.dots()`, `plot.dots(some)` of some of its rows in their order
    """

    name: str
    definition: TableDefinition
    released: Released
    rows: pandas.DataFrame = field(compare=False)
    plot: Plots

    @property
    def title(self) -> str:
        return self.definition.title

    @property
    def frame(self) -> pandas.DataFrame:
        """An ordinary DataFrame of its own: changing it changes nothing that is released."""
        return self.rows.copy()

    def show(self, frame: pandas.DataFrame | None = None, caption: str = "") -> Display:
        """The rows of a frame in its order, as the book's own table; all of them unless some are given.

        frame    rows selected and sorted; with a caption extended, too: columns that were added stand behind the others
        caption  what a plain table of these rows shows; the book's own table, with its notes, unless given
        """
        definition, rows = self.definition, self.rows if frame is None else frame
        if definition.table is not None and not caption:
            return definition.display(definition.table, self.released, frame, self.rows)
        columns = [column for column in definition.heads if column in rows.columns]
        if rows.empty or len(columns) < 2:
            return show(rows, caption or self.title)
        added = [column for column in rows.columns if column not in self.rows.columns]
        figures = self.definition.known(self.released)
        cells = [
            [self._content(row, column, figures) for column in [*columns, *added]] for row in rows.to_dict("records")
        ]
        heads = [*(definition.heads[column] for column in columns), *map(heading, added)]
        if (
            columns == ["label", "count"]
            and not added
            and all(isinstance(count, ReleasedMeasure) for _, count in cells)
        ):
            return based(caption or self.title, *heads, [(label, count) for label, count in cells], self.released)
        return table(caption or self.title, heads, cells)

    def _content(self, row: Mapping[str, Any], column: str, figures: Mapping[str, ReleasedMeasure]) -> Content:
        """The figure itself, which knows its bound or its phrase; what an analyst worked out stands as it is."""
        figure, value = self._measure(row, column, figures), row[column]
        if figure is not None and (pandas.isna(value) or figure.value == value):
            return figure
        return cell_of(value)

    def _measure(
        self, row: Mapping[str, Any], column: str, figures: Mapping[str, ReleasedMeasure]
    ) -> ReleasedMeasure | None:
        try:
            return figures.get(self.definition.figures[column].format(**row))
        except KeyError:
            return None

    def __repr__(self) -> str:
        return f"<ReleasedTable {self.name}: {len(self.rows)} rows; .frame, .show(), .plot>"


@dataclass(frozen=True, repr=False)
class SeriesTable:
    """What several audits released of one table, long: only the rows of one `series` may stand side by side."""

    name: str
    definition: TableDefinition
    audits: tuple[Released, ...]
    rows: pandas.DataFrame = field(compare=False)
    plot: SeriesPlots

    @property
    def title(self) -> str:
        return self.definition.title

    @property
    def frame(self) -> pandas.DataFrame:
        """An ordinary DataFrame of its own."""
        return self.rows.copy()

    def show(self, frame: pandas.DataFrame | None = None, caption: str = "", none: str = "") -> Display:
        """Audit beside audit: themes, by those of their numbers that the frame keeps, or the good answers.

        none  the sentence that stands there when no row is left

        Anything else is a plain table of the rows.
        """
        rows = self.rows if frame is None else frame
        titled = caption or self.title
        none = none or f"{titled}: none."
        if self.name == "themes" and "theme" in rows:
            categories = [category for category in THEME_ROWS if category in rows.columns]
            meant = themes_of(chosen_rows(rows, "theme", self.rows))
            return theme_trends(self.audits, meant, categories, titled, none)
        if self.name in ("flags", "questions") and "variable" in rows:
            return flag_trends(self.audits, flags_of(chosen_rows(rows, "variable", self.rows)), none)
        return show(rows, titled)

    def __repr__(self) -> str:
        return f"<SeriesTable {self.name}: {len(self.rows)} rows of {len(self.audits)} audits; .frame, .show(), .plot>"
