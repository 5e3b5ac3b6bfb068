"""The briefing as plain text, for an e-mail or a reader's own device: lines of at most 78 characters."""

from textwrap import fill

from auditbook.briefing.forms import Handout
from auditbook.briefing.model import Block, Box, Listing, Paragraph

WIDTH = 78


def write(handout: Handout) -> bytes:
    parts = [_underlined(handout.title, "="), _filled(handout.standfirst), *map(_filled, handout.notices)]
    parts += [_filled(handout.remit)] if handout.remit else []
    for box in handout.briefing.boxes:
        parts += _box(box)
    parts += ["-" * WIDTH, *map(_filled, handout.closing)]
    parts += [f"{label}:\n{url}" for label, url in handout.links]
    return ("\n\n".join(parts) + "\n").encode()


def _box(box: Box) -> list[str]:
    return [_underlined(f"{box.number} {_words(box.title)}", "-"), *(_block(block, "") for block in box.blocks)]


def _block(block: Block, indent: str) -> str:
    if isinstance(block, Paragraph):
        return _filled(_words(block.runs), indent)
    return "\n".join(_item(block, place, indent) for place in range(len(block.items)))


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
        text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _underlined(text: str, line: str) -> str:
    filled = _filled(text)
    return f"{filled}\n{line * max(map(len, filled.splitlines()), default=1)}"
