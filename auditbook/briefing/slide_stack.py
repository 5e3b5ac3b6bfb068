"""Which parts of a box with tables stand on which slide, and how large."""

from auditbook.briefing.model import Box, Table
from auditbook.briefing.slide_tables import table_height
from auditbook.briefing.slide_text import Line, height_of, lines_of

SIZES = (26, 24, 22, 20, 18, 16, 14)
"""Points, the largest first; the text of a box is as large as its slide allows."""
ON_MANY = 16
"""Points, of a box that needs more slides than one."""
SPACE = 228_600
"""Between two parts: a quarter of an inch."""
Part = list[Line] | Table


def part_height(part: Part, size: int, wide: int) -> int:
    return table_height(part, size, wide) if isinstance(part, Table) else height_of(part, size, wide)


def stacked(box: Box, wide: int, high: int) -> list[tuple[list[Part], int]]:
    """The slides of a box: their parts in order, and the size of their letters."""
    parts = _parts(box)
    for size in SIZES:
        if _height(parts, size, wide) <= high:
            return [(parts, size)]
    slides: list[list[Part]] = [[]]
    for part in parts:
        if slides[-1] and _height([*slides[-1], part], ON_MANY, wide) > high:
            slides.append([])
        slides[-1].append(part)
    return [(each, next((size for size in SIZES if _height(each, size, wide) <= high), SIZES[-1])) for each in slides]


def _height(parts: list[Part], size: int, wide: int) -> int:
    return sum(part_height(part, size, wide) for part in parts) + SPACE * (len(parts) - 1)


def _parts(box: Box) -> list[Part]:
    """Tables, and the lines between them."""
    parts: list[Part] = []
    for block in box.blocks:
        if isinstance(block, Table):
            parts.append(block)
        elif parts and isinstance(parts[-1], list):
            parts[-1] += lines_of(block)
        else:
            parts.append(lines_of(block))
    return parts
