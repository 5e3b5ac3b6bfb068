"""The briefing as PDF: two A4 pages, tagged for readers who do not see them, the same bytes every time.

Typst writes it in its PDF/UA-1 mode, which refuses what that standard asks for and is missing. Only fonts that Typst
brings along are used, so that every machine gives the same pages.
"""

import json
import math
import re
from dataclasses import dataclass
from pathlib import Path

from auditbook.briefing.forms import Handout
from auditbook.briefing.model import (
    Block,
    Box,
    Chart,
    Listing,
    Paragraph,
    Quotation,
    Run,
    Subheading,
    Table,
)
from auditbook.validation.problems import InputRefused, Place, Refusals

LAYOUT = Path(__file__).with_name("layout.typ")
PDF_STANDARD = "ua-1"
PDF_FONT = "Libertinus Serif"
WITHOUT_A_FONT = re.compile(r'the text `"(.*)"` could not be displayed')
LETTERS_A_LINE = 42
"""So many stand in a line of a table that is as wide as a box."""
POINTS_A_LINE = 16
"""Points, of one line of text with the space to the next; what is too much ends somewhere in a line."""
PANEL = 8
"""The panel about the figures stands where an eighth box would."""


@dataclass(frozen=True)
class TooLong:
    """A box that does not fit: `words` must go for the briefing to keep to two pages at 10 points."""

    box: int
    words: int

    def __str__(self) -> str:
        what = f"box {self.box}" if self.box < PANEL else "the panel about the figures"
        return f"{what} is too long by about {self.words} words, so the PDF runs over two pages."


def write(handout: Handout) -> bytes:
    """A .pdf file. Raises InputRefused (D08) for a letter that the fonts do not have: a tagged PDF may lose none."""
    import typst

    try:
        return typst.compile(**_input(handout), format="pdf", pdf_standards=[PDF_STANDARD])
    except typst.TypstError as problem:
        lost = lost_in(problem.message)
        if not lost:
            raise
        refusals = Refusals()
        refusals.add(Place(f"data/audits/{handout.released.audit_id}"), "D08", not_shown_message([lost]))
        raise InputRefused(refusals.in_order()) from None


def lost_in(message: str) -> str:
    """The letter, or letters that belong together, for which Typst says that it has no font; else nothing."""
    match = WITHOUT_A_FONT.search(message)
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), match[1]) if match else ""


def not_shown_message(lost: list[str]) -> str:
    letters = ", ".join(f"“{letter}”" if letter.isprintable() else f"U+{ord(letter[0]):04X}" for letter in lost)
    return f"the fonts of the PDF do not have {letters}; say it in words of Latin, Greek or Cyrillic letters."


def boxes_too_long(handout: Handout) -> list[TooLong]:
    """Which boxes are over their length, and by how many words; none when everything fits on two pages."""
    import typst

    [room] = json.loads(typst.query(**_input(handout), selector="<room>", field="value"))
    boxes = []
    for page in (0, 1):
        limits = _limits(room["rows"][2 * page : 2 * page + 2], room["rooms"][page])
        for place in range(4 * page, 4 * page + 4):
            height, limit = room["boxes"][place], limits[place // 2 % 2]
            if height > limit:
                text = height - room["without-text"][place]
                words = math.ceil(_words(handout, place) * (height - limit + POINTS_A_LINE) / text)
                boxes.append(TooLong(place + 1, words))
    return boxes


def _limits(rows: list[float], available: float) -> list[float]:
    """How high each row may be: those over half the page give up what is too much, in proportion."""
    over = sum(rows) - available
    if over <= 0:
        return [math.inf, math.inf]
    excess = [max(0.0, row - available / 2) for row in rows]
    return [row - over * surplus / sum(excess) for row, surplus in zip(rows, excess, strict=True)]


def _words(handout: Handout, place: int) -> int:
    if place + 1 == PANEL:
        return sum(len(line.split()) for line in handout.closing)
    box = handout.briefing.boxes[place]
    return sum(len(paragraph.text.split()) for paragraph in box.paragraphs())


def _input(handout: Handout) -> dict:
    """Source and data for Typst. Nothing that was entered stands in the source.

    The source is given by its path: so Typst remembers, within a process, what it made of it and of the same data.
    """
    data = json.dumps(_data(handout), ensure_ascii=False)
    return {
        "input": str(LAYOUT),
        "font_paths": [],
        "ignore_system_fonts": True,
        "sys_inputs": {"handout": data},
    }


def _data(handout: Handout) -> dict:
    brand, made = handout.brand, handout.made
    return {
        "title": handout.title,
        "quarter": handout.quarter,
        "partnership": handout.partnership,
        "publisher": handout.publisher,
        "standfirst": handout.standfirst,
        "remit": handout.remit,
        "notices": handout.notices,
        "notice-words": " ".join(notice.partition(".")[0] for notice in handout.notices),
        "closing": [line for line in handout.closing if line != brand.footer],
        "links": [{"label": label, "url": url} for label, url in handout.links],
        "footer": brand.footer or handout.publisher,
        "made": [made.year, made.month, made.day],
        "colour": brand.colour,
        "accent": brand.accent,
        "logo": list(brand.picture) or None,
        "logo-alt": brand.logo_alt,
        "font": PDF_FONT,
        "boxes": [_box(box) for box in handout.briefing.boxes],
    }


def _box(box: Box) -> dict:
    return {"number": box.number, "title": _runs(box.title), "blocks": [_block(block) for block in box.blocks]}


def _block(block: Block) -> dict:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "runs": _runs(block.runs)}
        case Subheading():
            return {"kind": "heading", "runs": _runs(block.words.runs)}
        case Quotation():
            return {"kind": "quotation", "parts": [_block(part) for part in block.every_block]}
        case Chart():
            bars = [
                {"label": _runs(bar.label.runs), "words": _runs(bar.words.runs), "share": bar.share}
                for bar in block.bars
            ]
            return {"kind": "chart", "title": _runs(block.title.runs), "bars": bars}
        case Table():
            header, *rows = ([_runs(cell.runs) for cell in row] for row in block.every_row)
            return {
                "kind": "table",
                "header": header,
                "rows": rows,
                "sides": block.sides,
                "shares": block.shares(LETTERS_A_LINE),
            }
        case Listing():
            items = [[_block(part) for part in item] for item in block.items]
            return {"kind": "list", "start": block.start, "items": items}


def _runs(runs: tuple[Run, ...]) -> list[dict]:
    return [{"text": run.text, "strong": run.is_strong, "emphasis": run.is_emphasis, "link": run.link} for run in runs]
