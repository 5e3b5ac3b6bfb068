"""A briefing as it will be read: seven boxes of paragraphs and lists, its figures already in words.

One model, and every form (page, PDF, Word, slides, plain text) is written from it, so that all say the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """A stretch of text. `measure` is the id of the figure it reads, `fact` the source of a fact that is not ours."""

    text: str
    is_strong: bool = False
    is_emphasis: bool = False
    link: str = ""
    measure: str = ""
    fact: str = ""


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]
    line: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Listing:
    """A list; `start` is its first number, or None when it has bullets."""

    items: tuple[tuple["Paragraph | Listing", ...], ...]
    start: int | None = None


Block = Paragraph | Listing


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
        """Every paragraph of the box, its title first, in reading order."""
        yield Paragraph(self.title, self.line)
        for block in self.blocks:
            yield from _paragraphs(block)


@dataclass(frozen=True)
class Briefing:
    """The seven boxes, ordered by number."""

    boxes: tuple[Box, ...]

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph with its line, titles among them, in reading order."""
        for box in self.boxes:
            yield from box.paragraphs()


def _paragraphs(block: Block) -> Iterator[Paragraph]:
    if isinstance(block, Paragraph):
        yield block
        return
    for item in block.items:
        for inner in item:
            yield from _paragraphs(inner)
