"""Figures and words → the cells of a table, with the notes that explain what is not a number."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from auditbook.reading.display import PLAIN, Cell, Display, Note, Table, stack
from auditbook.reading.empty_messages import withheld_in_words
from auditbook.reading.table import base_in_words, is_phrase
from auditbook.reading.wording import SYMBOL, count, number
from auditbook.release.released import Released, ReleasedMeasure

MISSING = "–"
WITHHELD_NOTE = f"{SYMBOL}: withheld, so that nobody can be recognised."
MISSING_NOTE = f"{MISSING}: not recorded."


@dataclass(frozen=True)
class InWords:
    """A figure that says its base itself: `4 of the 5 cases`."""

    figure: ReleasedMeasure


@dataclass(frozen=True)
class LinkedText:
    """Words that lead to an address of the book (`reading.links`)."""

    words: str
    place: str


class Base(str):
    """What a row is part of, in words: it says nothing of a row whose figures are all withheld."""


Content = str | ReleasedMeasure | InWords | LinkedText | Cell | None


def cell(content: Content) -> Cell:
    """A label, a released figure without its base, or a dash where nothing was recorded."""
    if isinstance(content, Cell):
        return content
    if content is None or content == "":
        return Cell(MISSING)
    if isinstance(content, str):
        return Cell(content)
    if isinstance(content, LinkedText):
        return Cell(content.words, place=content.place)
    if isinstance(content, InWords):
        return _in_words(content.figure)
    if not content.is_shown:
        return Cell(SYMBOL, is_number=True)
    return Cell(f"“{content.statement}”") if is_phrase(content) else Cell(number(content), is_number=True)


def _in_words(figure: ReleasedMeasure) -> Cell:
    if not figure.is_shown:
        return Cell(SYMBOL)
    return Cell(f"“{figure.statement}”" if is_phrase(figure) else count(figure))


def table(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Content]],
    notes: Sequence[str] = (),
    layout: str = PLAIN,
    statistics: Collection[str] = (),
) -> Display:
    """A table whose first column heads its rows; a column without anything in it is left out.

    What is withheld whole is named once below it, a sentence where nothing is left: a row all of whose figures are
    withheld, and of the columns named `statistics` each that shows no figure.
    """
    shown = [row for row in rows if not _is_withheld_whole(row)]
    named = [cell(row[0]).words for row in rows if _is_withheld_whole(row)]
    filled = [place for place in range(len(columns)) if not place or any(row[place] for row in shown)]
    kept = [
        place for place in filled if columns[place] not in statistics or any(_is_shown(row[place]) for row in shown)
    ]
    named += [columns[place] for place in filled if place not in kept]
    withheld = [withheld_in_words(named)] if named else []
    if not shown and named:
        return stack(map(Note, [*withheld, *notes]), "")
    cells = tuple(tuple(cell(row[place]) for place in kept) for row in shown)
    heads = tuple(columns[place] for place in kept)
    return Table(caption, heads, cells, (*_explanations(shown, kept), *withheld, *notes), layout)


def _is_withheld_whole(row: Sequence[Content]) -> bool:
    """Whether a row has figures, all of them withheld, and nothing else to say."""
    contents = [content for content in row[1:] if content and not isinstance(content, Base)]
    return bool(contents) and all(_is_figure(content) and not _is_shown(content) for content in contents)


def _is_figure(content: Content) -> bool:
    return isinstance(content, ReleasedMeasure | InWords)


def _is_shown(content: Content) -> bool:
    figure = content.figure if isinstance(content, InWords) else content
    return figure.is_shown if isinstance(figure, ReleasedMeasure) else bool(figure)


def _explanations(rows: Sequence[Sequence[Content]], kept: Sequence[int]) -> list[str]:
    contents = [row[place] for row in rows for place in kept]
    contents = [content.figure if isinstance(content, InWords) else content for content in contents]
    is_withheld = any(isinstance(content, ReleasedMeasure) and not content.is_shown for content in contents)
    is_missing = any(content is None or content == "" for content in contents)
    return [*([WITHHELD_NOTE] if is_withheld else []), *([MISSING_NOTE] if is_missing else [])]


def one_base(figures: Sequence[ReleasedMeasure], released: Released) -> str | None:
    """The base in words when all figures have the same one, for the caption; None when a column has to say it."""
    bases = {base_in_words(figure, released) for figure in figures if figure.is_shown}
    return bases.pop() if len(bases) == 1 else None


def based(
    caption: str,
    head: str,
    column: str,
    rows: Sequence[tuple[str | LinkedText, ReleasedMeasure]],
    released: Released,
    notes: Sequence[str] = (),
) -> Display:
    """Label and figure; the base in the caption where all have the same, else in words with each figure."""
    figures = [figure for _, figure in rows if figure.category != "not_graded"]  # it stands beside the base
    base = one_base(figures, released)
    if base is None:
        return table(caption, [head, column], [(label, InWords(figure)) for label, figure in rows], notes)
    ending = f"of {base}" if any(figure.denominator is not None for figure in figures) else f"base {base}"
    return table(f"{caption}, {ending}", [head, column], rows, notes)
