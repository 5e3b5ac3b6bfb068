"""What an analyst's own DataFrame, figure or sentence becomes on a page: as accessible as the book's own."""

from collections.abc import Callable
from datetime import date
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import pandas

from auditbook.reading.axes import DOTS_AN_INCH, NARROW, WIDE
from auditbook.reading.display import (
    MANY_COLUMNS,
    PLAIN,
    STACKED,
    Cell,
    Chart,
    ChartWithTable,
    Collapsed,
    Display,
    Drawing,
    Heading,
    Note,
    Notices,
    Stack,
    Table,
)
from auditbook.reading.svg import drawing
from auditbook.validation.dates import day_in_words
from auditbook.validation.problems import WrongUsage

if TYPE_CHECKING:
    from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    Shown = pandas.DataFrame | pandas.Series | Figure | str | Display

NOTHING = "–"
NOTHING_MEANS = f"{NOTHING} means withheld, or not recorded."
MOST_SHOWN_ROWS = 500
"""A longer table is a file to take away, which no reader of a page would read."""
WAY_TO_SHOW = 'Write: show(figure, "title", "in words, what it shows").'
PAPER = ("white", "w", "#ffffff", (1.0, 1.0, 1.0, 1.0))
FEWEST_WORDS = 4
"""Fewer say no more than a title."""


def show(
    what: "pandas.DataFrame | pandas.Series | Figure | str | Display",
    caption: str = "",
    words: str = "",
    none: str = "",
    is_folded: bool = False,
) -> Display:
    """A frame of released figures as a table of the page, a matplotlib figure as a picture, or a sentence.

    what     a DataFrame or a Series, whose index is its first column unless it only counts rows; a Figure, or what
             draws one as wide as it is told, in inches, for a phone and for a desk; or words
    caption  what the table or the picture shows, and of whom; both need one
    words    what a picture shows, for who does not see it; a picture needs them
    none     the sentence that stands in the place of a table without a row
    is_folded  whether only the caption of a table is seen, which unfolds it

    Raises WrongUsage with the line to write.
    """
    if isinstance(what, Note | Heading | Notices | Chart | Table | Collapsed | ChartWithTable | Stack):
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
    table = _table(what, caption.strip(), none)
    return Collapsed(table) if is_folded and isinstance(table, Table) else table


def _table(frame: pandas.DataFrame, caption: str, none: str) -> Display:
    rows = frame if _only_counts(frame.index) else frame.reset_index()
    if rows.empty:
        return Note(none or f"{caption}: none.")
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


def is_figure(what: Any) -> bool:
    """Whether it is a matplotlib figure; asked without importing matplotlib."""
    return any(f"{kind.__module__}.{kind.__qualname__}" == "matplotlib.figure.Figure" for kind in type(what).__mro__)


def shown_figure(figure: "Figure | Callable[[float], Figure]", title: str, words: str) -> Chart:
    """The figure as it was drawn, in one width that a narrow page scales down; a function is drawn in two.

    figure  a figure, or what draws one as wide as it is told, in inches

    Raises WrongUsage without a title or words, or where something of it is no drawing, such as a photograph.
    """
    if not title.strip():
        raise WrongUsage(f"a picture needs a title. {WAY_TO_SHOW}")
    if len(words.split()) < FEWEST_WORDS:
        raise WrongUsage(f"a picture needs words that say what it shows, for who does not see it. {WAY_TO_SHOW}")
    narrow, wide = (_drawing(_sized(figure, width)) for width in (NARROW, WIDE))
    if "<image" in wide.inside:
        raise WrongUsage(
            "a picture of pixels (imshow, rasterized) has no colours for dark pages; draw it with pcolormesh."
        )
    return Chart(title.strip(), (words.strip(),), narrow, wide)


def _sized(figure: "Figure | Callable[[float], Figure]", width: int) -> "Figure":
    drawn = figure(width / DOTS_AN_INCH) if callable(figure) else figure
    if not is_figure(drawn):
        raise WrongUsage(f"a function that show draws with gives a matplotlib Figure, not {type(drawn).__name__}.")
    return drawn


def _drawing(figure: "Figure") -> Drawing:
    """Its own size in points; without its paper, so that the page's own shows, light or dark."""
    width, height = (round(72 * inches) for inches in figure.get_size_inches())
    for part in (figure, *figure.axes):
        if part.get_facecolor() in PAPER:
            part.patch.set_visible(False)
    return drawing(figure, width, height)
