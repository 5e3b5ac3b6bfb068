"""What a cell of a page shows: a note, a heading, notices, a chart, a table, or several.

Each has a fixed text, which nbval compares, and HTML of its own. All text is escaped here and nowhere else.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from auditbook.reading.empty_messages import SAYING_NOTHING
from auditbook.validation.problems import WrongUsage

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SAME_NUMBERS = "The same numbers as a table"
PLAIN, STACKED, ENTRIES = "plain", "stacked", "entries"
MANY_COLUMNS = {PLAIN: 4, STACKED: 7}
"""Columns; a table with so many may be wider than the page, so it scrolls by itself and can be reached by keyboard."""


def unique_id(*parts: str) -> str:
    """An id that is the same in every run and differs from every other one on a page."""
    return f"ab-{sha256(chr(0).join(parts).encode()).hexdigest()[:10]}"


@dataclass(frozen=True, repr=False)
class Note:
    """One sentence or two, where there is nothing to draw or to list."""

    words: str

    def __repr__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        nothing = " ab-nothing" if self.words in SAYING_NOTHING else ""
        return f'<p class="ab-note ab-instead{nothing}">{escape(self.words)}</p>'


@dataclass(frozen=True, repr=False)
class Heading:
    """The name of a section of what follows, where a project's own words divide it: a page's titles are prose."""

    words: str

    def __repr__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        return f'<div class="ab-section"><h3>{escape(self.words)}</h3></div>'


@dataclass(frozen=True, repr=False)
class Notices:
    """What a reader must know before the first figure.

    lines  pairs of a kind (synthetic, internal, profile, warning) and its sentence
    """

    lines: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        return "\n".join(words for _, words in self.lines)

    def _repr_html_(self) -> str:
        lines = "".join(f'<p class="ab-notice ab-{kind}">{escape(words)}</p>' for kind, words in self.lines)
        return f'<div class="ab-notices">{lines}</div>'


@dataclass(frozen=True)
class Drawing:
    """A picture of one width, in pixels.

    inside  of its SVG, without ids
    """

    inside: str
    width: int
    height: int


@dataclass(frozen=True, repr=False)
class Chart:
    """A picture and the same in words.

    title      what is shown, with its base
    sentences  the text alternative: every figure that the picture shows
    narrow     as it is on a phone, and wherever no style of the book says otherwise
    wide       as it is where there is room; where both are the same it is on the page once, and scaled
    notes      shown below the picture
    draw       what draws it on Axes of somebody's own, which its words do not need (`reading.axes`)
    is_slim    whether two of it stand beside each other where a page has room: rows, whose length says little
    """

    title: str
    sentences: tuple[str, ...]
    narrow: Drawing
    wide: Drawing
    notes: tuple[str, ...] = ()
    draw: Callable[[Any], object] | None = field(default=None, compare=False)
    is_slim: bool = field(default=False, compare=False)

    def __repr__(self) -> str:
        return " ".join([f"{self.title}.", *self.sentences, *self.notes])

    def on(self, axes: "Axes") -> str:
        """Draw it on Axes of an analyst's own figure, as wide as they are, and return its words, for `show`.

        Raises WrongUsage where they are too small, or for what cannot be drawn again.
        """
        if self.draw is None:
            raise WrongUsage("this picture was drawn by hand; draw it on the Axes as you drew it.")
        self.draw(axes)
        return repr(self)

    def _repr_html_(self) -> str:
        notes = "".join(f'<p class="ab-note">{escape(note)}</p>' for note in self.notes)
        drawn = (
            f'<div class="ab-narrow">{self._picture(self.narrow)}</div>'
            f'<div class="ab-wide" hidden>{self._picture(self.wide)}</div>'
        )
        if self.narrow == self.wide:
            drawn = f"<div>{self._picture(self.wide)}</div>"
        return f'<figure class="ab-chart"><figcaption>{escape(self.title)}</figcaption>{drawn}{notes}</figure>'

    def _picture(self, drawing: Drawing) -> str:
        svg_id = unique_id(repr(self), str(drawing.width), drawing.inside)
        return (
            f'<svg role="img" aria-labelledby="{svg_id}-title {svg_id}-desc" '
            f'viewBox="0 0 {drawing.width} {drawing.height}" '
            f'width="{drawing.width}" height="{drawing.height}" font-size="14">'
            f'<title id="{svg_id}-title">{escape(self.title)}</title>'
            f'<desc id="{svg_id}-desc">{escape(" ".join(self.sentences))}</desc>'
            f"{drawing.inside.replace('ab-own-', f'{svg_id}-')}</svg>"
        )


@dataclass(frozen=True)
class Cell:
    """One cell of a table's body. Numbers stand at the right, and a dash among them; words at the left.

    place  an address of the book that the words lead to, or empty
    """

    words: str
    is_number: bool = False
    place: str = ""

    @property
    def is_words(self) -> bool:
        return not self.is_number and len(self.words) > 1


@dataclass(frozen=True, repr=False)
class Table:
    """A table of words and released numbers.

    columns  one heading each, the first over the rows' own headings
    rows     cells; the first one heads the row
    layout   where there is little room each row of a stacked table becomes a block of its own; of entries, everywhere
    folded   pairs of a sentence and what it sums up, which the reader unfolds
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    layout: str = PLAIN
    folded: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        rows = [" | ".join(cell.words for cell in row) for row in self.rows]
        folded = [f"{summary} {words}" for summary, words in self.folded]
        return "\n".join([self.caption, " | ".join(self.columns), *rows, *self.notes, *folded])

    def _repr_html_(self) -> str:
        caption_id = unique_id(repr(self))
        heads = "".join(
            f'<th scope="col"{_role(self, "columnheader")}{_number(is_number)}>{_head(column)}</th>'
            for column, is_number in zip(self.columns, self._kinds(), strict=True)
        )
        body = "".join(f"<tr{_role(self, 'row')}>{self._row(row)}</tr>" for row in self.rows)
        notes = "".join(f'<p class="ab-note">{escape(note)}</p>' for note in self.notes)
        notes += "".join(
            f'<details class="ab-note"><summary>{escape(summary)}</summary>{escape(words)}</details>'
            for summary, words in self.folded
        )
        is_wide = len(self.columns) >= MANY_COLUMNS.get(self.layout, len(self.columns) + 1)
        region = f' role="region" tabindex="0" aria-labelledby="{caption_id}"' if is_wide else ""
        return (
            f'<div class="ab-table ab-{self.layout}"{region}>'
            f'<table{_role(self, "table")}><caption id="{caption_id}">{escape(self.caption)}</caption>'
            f"<thead{_role(self, 'rowgroup')}><tr{_role(self, 'row')}>{heads}</tr></thead>"
            f"<tbody{_role(self, 'rowgroup')}>{body}</tbody></table></div>{notes}"
        )

    def _kinds(self) -> list[bool]:
        """Whether each column holds numbers."""
        return [any(row[place].is_number for row in self.rows) for place in range(len(self.columns))]

    def _row(self, row: tuple[Cell, ...]) -> str:
        head, *cells = zip(self.columns, row, self._kinds(), strict=True)
        return f'<th scope="row"{_role(self, "rowheader")}>{_words(head[1])}</th>' + "".join(
            f"<td{_role(self, 'cell')}{_label(self, column)}{_number(is_number and not cell.is_words)}>"
            f"{_words(cell)}</td>"
            for column, cell, is_number in cells
        )


def _words(cell: Cell) -> str:
    return f'<a href="{escape(cell.place)}">{escape(cell.words)}</a>' if cell.place else escape(cell.words)


def _role(table: Table, role: str) -> str:
    """A table whose rows become blocks loses its meaning to a screen reader unless each part says what it is."""
    return f' role="{role}"' if table.layout != PLAIN else ""


def _label(table: Table, column: str) -> str:
    return f' data-label="{escape(column)}"' if table.layout != PLAIN else ""


def _head(column: str) -> str:
    """`Q4` over `2020-21`, so that columns are narrow where audits are many."""
    return re.sub(r"^(Q\d) ", r"\1<br>", escape(column))


def _number(is_number: bool) -> str:
    return ' class="ab-number"' if is_number else ""


@dataclass(frozen=True, repr=False)
class ChartWithTable:
    """Pictures, and right below them a table of the same numbers, folded as such a table is (`SAME_NUMBERS`)."""

    picture: "Display"
    table: "Display"

    @property
    def is_slim(self) -> bool:
        return getattr(self.picture, "is_slim", False)

    def __repr__(self) -> str:
        return f"{self.picture!r}\n\n{self.table!r}"

    def _repr_html_(self) -> str:
        folded = f"<summary>{SAME_NUMBERS}</summary>{self.table._repr_html_()}"
        return f'<div class="ab-pair">{self.picture._repr_html_()}<details class="ab-folded">{folded}</details></div>'


@dataclass(frozen=True, repr=False)
class Collapsed:
    """A table that few readers of a page look for: its caption is seen, and unfolds it."""

    table: Table

    def __repr__(self) -> str:
        return repr(self.table)

    def _repr_html_(self) -> str:
        summary = f"<summary>{escape(self.table.caption)}</summary>"
        return f'<div class="ab-pair"><details class="ab-folded">{summary}{self.table._repr_html_()}</details></div>'


@dataclass(frozen=True, repr=False)
class Stack:
    """Several, one below the other; slim ones that follow each other two abreast, where there is room."""

    parts: tuple["Display", ...]

    def __repr__(self) -> str:
        return "\n\n".join(map(repr, self.parts))

    def _repr_html_(self) -> str:
        runs = groupby(self.parts, key=lambda part: getattr(part, "is_slim", False))
        return "".join(_in_a_row(is_slim, [part._repr_html_() for part in run]) for is_slim, run in runs)


def _in_a_row(is_slim: bool, shown: list[str]) -> str:
    html = "".join(shown)
    return f'<div class="ab-abreast">{html}</div>' if is_slim and len(shown) > 1 else html


Display = Note | Heading | Notices | Chart | Table | Collapsed | ChartWithTable | Stack


def stack(parts: Iterable[Display], otherwise: str) -> Display:
    """One display of many; `otherwise` is the sentence when there are none."""
    parts = tuple(parts)
    if not parts:
        return Note(otherwise)
    return parts[0] if len(parts) == 1 else Stack(parts)
