"""What an analyst's own DataFrame, figure or sentence becomes on a page: as accessible as the book's own."""

from datetime import date
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import pandas

from auditbook.reading.display import (
    MANY_COLUMNS,
    PLAIN,
    STACKED,
    Cell,
    Chart,
    Display,
    Heading,
    Note,
    Notices,
    Table,
    Together,
)
from auditbook.reading.own_figure import is_figure, shown_figure
from auditbook.validation.dates import day_in_words
from auditbook.validation.problems import WrongUsage

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    Shown = pandas.DataFrame | pandas.Series | Figure | str | Display

NOTHING = "–"
NOTHING_MEANS = f"{NOTHING} means withheld, or not recorded."
MOST_SHOWN_ROWS = 500
"""A longer table is a file to take away, which no reader of a page would read."""


def show(
    what: "pandas.DataFrame | pandas.Series | Figure | str | Display", caption: str = "", words: str = ""
) -> Display:
    """A frame of released figures as a table of the page, a matplotlib figure as a picture, or a sentence.

    what     a DataFrame or a Series, whose index is its first column unless it only counts rows; a Figure, or what
             draws one as wide as it is told, in inches, for a phone and for a desk; or words
    caption  what the table or the picture shows, and of whom; both need one
    words    what a picture shows, for who does not see it; a picture needs them

    Raises WrongUsage with the line to write.
    """
    if isinstance(what, Note | Heading | Notices | Chart | Table | Together):
        return what
    if isinstance(what, str):
        return Note(what)
    if isinstance(what, pandas.Series):
        what = what.to_frame(what.name if what.name is not None else "value")
    if is_figure(what) or callable(what):
        return shown_figure(what, caption, words)
    if not isinstance(what, pandas.DataFrame):
        raise WrongUsage(f"show takes a DataFrame, a matplotlib Figure or words, not {type(what).__name__}.")
    if not caption.strip():
        raise WrongUsage('a table needs a caption. Write: show(frame, "what it shows, and of whom").')
    return _table(what, caption.strip())


def _table(frame: pandas.DataFrame, caption: str) -> Display:
    rows = frame if _only_counts(frame.index) else frame.reset_index()
    if rows.empty:
        return Note(f"{caption}: none.")
    if len(rows) > MOST_SHOWN_ROWS:
        raise WrongUsage(
            f"a table of {len(rows)} rows is for nobody to read; show at most {MOST_SHOWN_ROWS}, or sum it up."
        )
    cells = tuple(tuple(map(cell_of, row)) for row in rows.itertuples(index=False, name=None))
    has_gap = any(cell.words == NOTHING for row in cells for cell in row)
    columns = tuple(map(heading, rows.columns))
    layout = STACKED if len(columns) > MANY_COLUMNS[PLAIN] else PLAIN
    return Table(caption, columns, cells, (NOTHING_MEANS,) if has_gap else (), layout)


def _only_counts(index: pandas.Index) -> bool:
    """Whether an index says nothing but which row it is: what sorting and selecting leave of it says no more."""
    return index.name is None and index.nlevels == 1 and pandas.api.types.is_integer_dtype(index)


def heading(column: Any) -> str:
    """`case_count` as Case count; the levels of a pivoted frame side by side."""
    parts = column if isinstance(column, tuple) else (column,)
    words = ", ".join(str(part) for part in parts if str(part))
    return words.replace("_", " ")[:1].upper() + words.replace("_", " ")[1:]


def cell_of(value: Any) -> Cell:
    """A value of a frame as a table shows it."""
    if isinstance(value, tuple | list | set | frozenset):
        return Cell(", ".join(map(str, value)) or NOTHING)
    if pandas.isna(value):
        return Cell(NOTHING)
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    if isinstance(value, Integral):
        return Cell(f"{int(value):,}", is_number=True)
    if isinstance(value, Real):
        return Cell(_decimal(float(value)), is_number=True)
    if isinstance(value, date):
        return Cell(day_in_words(value))
    return Cell(str(value))


def _decimal(number: float) -> str:
    """One decimal, two below one; a whole number has none."""
    if number == int(number):
        return f"{int(number):,}"
    return f"{number:,.2f}" if abs(number) < 1 else f"{number:,.1f}"
