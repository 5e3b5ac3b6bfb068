"""What is read out of a file: passages of text, rows of numbers, and other files inside it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

WORDS, LABEL, CODE, ADDRESS = "words", "label", "code", "address"
"""What readers read; what assistive technology, a pointer, a printer or a programmer reads; what only programs read;
and by what they find something: ids, classes, cells."""
READ = (WORDS, LABEL)
"""Where people's words stand."""


LONGEST_LABEL = 15
"""Words of a cell; a longer one is prose, which is looked at by itself."""


class CannotRead(Exception):
    """A file, or a part of it, that could not be looked through; its words say why and hold nothing of the file."""


class Passage(NamedTuple):
    """A stretch of text with its place in the file: `line 12 <td>`, `page 2`."""

    place: str
    text: str
    kind: str = WORDS


class Row(NamedTuple):
    """Cells that stand together: of a table, of a picture's line, of a JSON object.

    about  what they are all about: caption, title, heading
    heads  the heads of their columns; as many as cells, or none
    """

    place: str
    about: tuple[str, ...]
    heads: tuple[str, ...]
    cells: tuple[str, ...]


class Terms(NamedTuple):
    """The words of a page as a search index has them: stemmed, without their order."""

    place: str
    page: str
    stems: frozenset[str]


class Inside(NamedTuple):
    """A file inside a file: a picture in a page, a workbook in a document."""

    place: str
    name: str
    content: bytes


Piece = Passage | Row | Terms | Inside


def grid_rows(place: str, about: Sequence[str], grid: Iterable[Sequence[str]]) -> Iterator[Row]:
    """Rows of a table without markup: a line of one cell is a title, the first of several without a number the head."""
    titles, heads = [*about], ()
    for number, line in enumerate(grid, start=1):
        cells = tuple(" ".join(str(cell).split()) for cell in line)
        filled = [cell for cell in cells if cell]
        if len(filled) == 1 and not heads:
            titles.append(filled[0])
        if len(filled) > 1 and not heads and not any(cell.replace(".", "").isdigit() for cell in filled):
            heads = cells
        elif filled:
            yield Row(f"{place} row {number}".strip(), tuple(titles), heads if len(heads) == len(cells) else (), cells)
