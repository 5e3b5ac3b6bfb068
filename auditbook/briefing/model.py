"""A briefing as it will be read: seven boxes, their figures already in words.

One model, and every form (page, PDF, Word, slides, HTML, plain text) is written from it, so that all say the same.
"""

from __future__ import annotations  # so that a list may hold lists, in the types that keep a briefing between runs

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Run:
    """A stretch of text.

    measure         the id of the figure it reads
    fact            the source of a fact that is not ours
    recommendation  the id of the recommendation whose text it is
    contact         the name under which `book/brand.yml` has it
    audit           the id of the other audit that it reads, or is compared with
    origin          where a figure of another audit comes from, in words
    line            where it stands in `briefing.md`
    """

    text: str
    is_strong: bool = False
    is_emphasis: bool = False
    link: str = ""
    measure: str = ""
    fact: str = ""
    recommendation: str = ""
    contact: str = ""
    audit: str = ""
    origin: str = ""
    line: int = field(default=0, compare=False)

    @property
    def is_typed(self) -> bool:
        return not (self.measure or self.fact or self.recommendation or self.contact)


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]
    line: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Subheading:
    """A heading inside a box."""

    words: Paragraph


@dataclass(frozen=True)
class Listing:
    """A list; `start` is its first number, or None when it has bullets."""

    items: tuple[tuple[Paragraph | Listing, ...], ...]
    start: int | None = None


@dataclass(frozen=True)
class Quotation:
    """What somebody said, in paragraphs and lists; `said_by` is a role, never a person."""

    blocks: tuple[Paragraph | Listing, ...]
    said_by: Paragraph | None = None

    @property
    def every_block(self) -> tuple[Paragraph | Listing, ...]:
        """The words, then who said them."""
        return (*self.blocks, *((self.said_by,) if self.said_by else ()))


WIDEST_CELL = 40
"""Letters: a column of sentences leaves room for others."""


BOLD = 1.2
"""How much wider letters of a heading are."""


@dataclass(frozen=True)
class Table:
    """A table. `sides` says of each column where its cells stand: left, right or center."""

    header: tuple[Paragraph, ...]
    rows: tuple[tuple[Paragraph, ...], ...]
    sides: tuple[str, ...]

    @property
    def every_row(self) -> tuple[tuple[Paragraph, ...], ...]:
        """The header, then the rows."""
        return (self.header, *self.rows)

    def widths(self, room: int) -> list[int]:
        """How many letters wide each column is where so many stand in a line: no word breaks if that can be."""
        columns = [[cell.text for cell in column] for column in zip(*self.every_row, strict=True)]
        least = [max(_longest_word(head) * BOLD, *map(_longest_word, cells)) + 1 for head, *cells in columns]
        least = list(map(round, least))
        wanted = [min(max(map(len, column)), WIDEST_CELL) for column in columns]
        more = [max(0, wish - need) + 1 for wish, need in zip(wanted, least, strict=True)]
        spare = room - sum(least)
        if spare < 0:
            return [max(1, need * room // sum(least)) for need in least]
        return [need + spare * extra // sum(more) for need, extra in zip(least, more, strict=True)]

    def shares(self, room: int) -> list[float]:
        """The same as parts of the whole width."""
        widths = self.widths(room)
        return [width / sum(widths) for width in widths]


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=1)


@dataclass(frozen=True)
class Bar:
    """One figure of a chart.

    value  what its bar is as long as; None where it is withheld, or a phrase
    share  of the longest, 0 to 1
    """

    label: Paragraph
    words: Paragraph
    value: int | float | None
    share: float


@dataclass(frozen=True)
class Chart:
    """A picture of a table: a bar a figure, with its number beside it."""

    title: Paragraph
    bars: tuple[Bar, ...]


Block = Paragraph | Subheading | Listing | Quotation | Table | Chart


@dataclass(frozen=True)
class Box:
    number: int
    title: tuple[Run, ...]
    blocks: tuple[Block, ...]
    line: int = 0

    @property
    def heading(self) -> str:
        return "".join(run.text for run in self.title)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph of the box, its title first, in reading order; sub-headings and cells of tables are some."""
        yield Paragraph(self.title, self.line)
        for block in self.blocks:
            yield from paragraphs_of(block)


@dataclass(frozen=True)
class Briefing:
    """The seven boxes, ordered by number."""

    boxes: tuple[Box, ...]

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph with its line, titles among them, in reading order."""
        for box in self.boxes:
            yield from box.paragraphs()

    @property
    def other_audits(self) -> list[str]:
        """The ids of the other audits whose figures it shows."""
        audits = (run.audit for paragraph in self.paragraphs() for run in paragraph.runs)
        return list(dict.fromkeys(filter(None, audits)))


def paragraphs_of(block: Block) -> Iterator[Paragraph]:
    """Every paragraph of a block, in reading order."""
    match block:
        case Paragraph():
            yield block
        case Subheading():
            yield block.words
        case Listing():
            yield from (paragraph for item in block.items for part in item for paragraph in paragraphs_of(part))
        case Quotation():
            yield from (paragraph for part in block.every_block for paragraph in paragraphs_of(part))
        case Table():
            yield from (cell for row in block.every_row for cell in row)
        case Chart():
            yield block.title
            yield from (words for bar in block.bars for words in (bar.label, bar.words))


def with_runs(block: Block, change: Callable[[tuple[Run, ...]], tuple[Run, ...]]) -> Block:
    """The same block with every paragraph's runs changed."""
    match block:
        case Paragraph():
            return replace(block, runs=change(block.runs))
        case Subheading():
            return Subheading(with_runs(block.words, change))
        case Listing():
            items = tuple(tuple(with_runs(part, change) for part in item) for item in block.items)
            return replace(block, items=items)
        case Quotation():
            parts = (with_runs(part, change) for part in block.blocks)
            return Quotation(tuple(parts), block.said_by and with_runs(block.said_by, change))
        case Table():
            header, *rows = (tuple(with_runs(cell, change) for cell in row) for row in block.every_row)
            return replace(block, header=header, rows=tuple(rows))
        case Chart():
            bars = (
                replace(bar, label=with_runs(bar.label, change), words=with_runs(bar.words, change))
                for bar in block.bars
            )
            return Chart(with_runs(block.title, change), tuple(bars))
