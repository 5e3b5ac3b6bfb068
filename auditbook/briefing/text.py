"""The briefing as plain text, for an e-mail or a reader's own device: lines of at most 78 characters."""

from itertools import zip_longest
from textwrap import fill, wrap

from auditbook.briefing.forms import Handout
from auditbook.briefing.model import Block, Box, Chart, Listing, Paragraph, Quotation, Subheading, Table

TEXT_WIDTH = 78
LONGEST_BAR = 20
"""Signs."""
QUOTE_PREFIX = "> "
"""Begins a line that somebody said."""
COLUMN_GAP = "  "
"""Between the columns of a table."""


def write(handout: Handout) -> bytes:
    parts = [_underlined(handout.title, "="), _filled(handout.standfirst), *map(_filled, handout.notices)]
    parts += [_filled(handout.remit)] if handout.remit else []
    for box in handout.briefing.boxes:
        parts += _box(box)
    parts += ["-" * TEXT_WIDTH, *map(_filled, handout.closing)]
    parts += [f"{label}:\n{url}" for label, url in handout.links]
    return ("\n\n".join(parts) + "\n").encode()


def _box(box: Box) -> list[str]:
    return [_underlined(f"{box.number} {_words(box.title)}", "-"), *(_block(block, "") for block in box.blocks)]


def _block(block: Block, indent: str) -> str:
    match block:
        case Paragraph():
            return _filled(_words(block.runs), indent)
        case Subheading():
            return _filled(_words(block.words.runs), indent)
        case Quotation():
            return "\n\n".join(_block(part, indent + QUOTE_PREFIX) for part in block.every_block)
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)
        case Listing():
            return "\n".join(_item(block, place, indent) for place in range(len(block.items)))


def _table(table: Table) -> str:
    """Columns that wrap, a line under the headings, and a line of space between rows that wrap."""
    header, *rows = ([_words(cell.runs) for cell in row] for row in table.every_row)
    room = TEXT_WIDTH - len(COLUMN_GAP) * (len(header) - 1)
    natural = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    wide = natural if sum(natural) <= room else table.widths(room)
    lines = [_row(header, wide, table.sides), COLUMN_GAP.join("-" * width for width in wide)]
    return "\n".join([*lines, *(_row(row, wide, table.sides) for row in rows)])


def _chart(chart: Chart) -> str:
    """A line a bar: what it is of, a row of signs, and its number."""
    title = _filled(chart.title.text)
    wide = max(len(bar.label.text) for bar in chart.bars)
    lines = (
        f"{bar.label.text:<{wide}}{COLUMN_GAP}{'#' * round(bar.share * LONGEST_BAR)} {bar.words.text}".rstrip()
        for bar in chart.bars
    )
    return "\n".join([title, *lines])


def _row(cells: list[str], wide: list[int], sides: tuple[str, ...]) -> str:
    place = {"left": str.ljust, "right": str.rjust, "center": str.center}
    columns = [wrap(cell, width) or [""] for cell, width in zip(cells, wide, strict=True)]
    return "\n".join(
        COLUMN_GAP.join(place[side](part, width) for part, width, side in zip(parts, wide, sides, strict=True)).rstrip()
        for parts in zip_longest(*columns, fillvalue="")
    )


def _item(listing: Listing, place: int, indent: str) -> str:
    """One item: its mark, and everything after it set in as far."""
    mark = "- " if listing.start is None else f"{listing.start + place}. "
    inner = indent + " " * len(mark)
    text = "\n\n".join(_block(part, inner) for part in listing.items[place])
    return indent + mark + text[len(inner) :]


def _words(runs: tuple) -> str:
    """The text, each link with its address behind it."""
    return "".join(f"{run.text} <{run.link}>" if run.link else run.text for run in runs).strip()


def _filled(text: str, indent: str = "") -> str:
    return fill(
        text,
        TEXT_WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _underlined(text: str, line: str) -> str:
    filled = _filled(text)
    return f"{filled}\n{line * max(map(len, filled.splitlines()), default=1)}"
