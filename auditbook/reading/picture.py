"""A canvas in pixels, written as the inside of an inline SVG picture.

Dots, boxes, lines and text are all that the pictures need, so they are written down as they are drawn: no fonts, no
files, no state, the same bytes on every machine, and a picture costs about a millisecond.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from html import escape
from re import findall

from auditbook.reading.display import Chart, Drawing
from auditbook.reading.palette import BLUE, HALF, INK, LINE, as_css

NARROW, WIDE = 320, 600
"""Pixels. A page shows them up to 24 and 45 rem wide, where their text is as big as the page's; on the narrowest phone
that of the narrow one is 12 pixels high."""
SHORT_LABELS, LONG_LABELS = 134, 300
"""Pixels for the labels at the left of a wide picture: so many at least, so that pictures below each other look alike,
and so many at the most."""
ROW = 20
"""Pixels from line to line of text of 14 pixels."""
WIDTHS = {**dict.fromkeys("iIjl.,:;|'’!", 4.4), **dict.fromkeys("ftr -()/“”", 5.4), **dict.fromkeys("mMwW%@", 13.6)}
CAPITAL, LETTER = 10.2, 8.7
"""Pixels that a character takes in the widest of the common faces (DejaVu Sans), so that nothing overlaps in any."""
FILLED, HALF_TONE, OUTLINE, WITHHELD = "filled", "half-tone", "outline", "withheld"
PLACEHOLDER = 64
"""Pixels; every withheld figure is drawn this wide."""
ANCHORS = {"left": "", "center": ' text-anchor="middle"', "right": ' text-anchor="end"'}


def width_of(words: str) -> float:
    """About how many pixels a line of text takes."""
    return sum(WIDTHS.get(letter, CAPITAL if letter.isupper() else LETTER) for letter in words)


def wrapped(words: str, width: float) -> list[str]:
    """Lines that fit into a width in pixels; a longer word is divided at its hyphens, else stands alone."""
    lines = [""]
    for word in _pieces(words, width):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _pieces(words: str, width: float) -> list[str]:
    return [
        piece
        for word in words.split()
        for piece in (findall(r"-*[^-]+-?|-+", word) if width_of(word) > width else [word])
    ]


def picture(
    draw: Callable[["Canvas"], object], title: str, sentences: Iterable[str], notes: Iterable[str] = ()
) -> Chart:
    """What `draw` draws, narrow and wide, with its title, its words and its notes."""
    narrow, wide = Canvas(NARROW), Canvas(WIDE)
    draw(narrow)
    draw(wide)
    return Chart(title, tuple(sentences), narrow.drawing(), wide.drawing(), tuple(notes))


class Canvas:
    """Everything drawn so far, in pixels from the top left; as high as what is drawn on it.

    Dots lie over boxes and lines, and text over all of them. Raises KeyError for a colour outside the palette.
    """

    def __init__(self, width: int):
        self.width = width
        self.height = 0.0
        self._shapes: list[str] = []
        self._dots: dict[str, list[str]] = defaultdict(list)
        self._texts: list[str] = []

    def labels(self, words: Iterable[str], narrow: float, gap: float = 0) -> float:
        """Pixels for labels at the left: so many on a narrow canvas, on a wide one as many as the longest needs."""
        if self.width == NARROW:
            return narrow
        return min(max([SHORT_LABELS, *(width_of(each) + gap for each in words)]), LONG_LABELS)

    def text(self, x: float, y: float, words: str, anchor: str = "left", colour: str = INK, is_bold: bool = False):
        """One line of text; `y` is its baseline, `anchor` left, center or right."""
        weight = ' font-weight="700"' if is_bold else ""
        place = f'x="{_tenths(x)}" y="{_tenths(y)}" fill="{as_css(colour)}"{ANCHORS[anchor]}{weight}'
        self._texts.append(f"<text {place}>{escape(words)}</text>")
        self._reach(y + 6)

    def lines(self, x: float, y: float, words: Iterable[str], anchor: str = "left", is_bold: bool = False) -> float:
        """Lines of text below each other; returns the top of what follows."""
        for line in words:
            self.text(x, y + 15, line, anchor, is_bold=is_bold)
            y += ROW
        return y

    def dot(self, x: float, y: float, radius: float, look: str = FILLED, colour: str = BLUE):
        circle = f'<circle cx="{_tenths(x)}" cy="{_tenths(y)}" r="{_tenths(radius)}"/>'
        self._dots[_face(look, colour)].append(circle)
        self._reach(y + radius + 2)

    def box(
        self, x: float, y: float, width: float, height: float, look: str = FILLED, colour: str = BLUE, edge: str = ""
    ):
        """A rectangle; `edge` where its outline has another colour."""
        place = f'x="{_tenths(x)}" y="{_tenths(y)}" width="{_tenths(width)}" height="{_tenths(height)}"'
        self._shapes.append(f"<rect {place} {_face(look, colour, edge)}/>")
        self._reach(y + height + 2)

    def line(self, points: Iterable[tuple[float, float]], colour: str = LINE, width: float = 1):
        points = list(points)
        places = " ".join(f"{_tenths(x)},{_tenths(y)}" for x, y in points)
        self._shapes.append(
            f'<polyline points="{places}" fill="none" stroke="{as_css(colour)}" stroke-width="{_tenths(width)}"/>'
        )
        self._reach(max(y for _, y in points) + 1)

    def arrow(self, x: float, y: float):
        """The open end of what is at least so long."""
        self.line([(x, y - 5), (x + 5, y), (x, y + 5)], BLUE, 2)

    def placeholder(self, x: float, y: float) -> float:
        """What stands for any withheld figure, whatever it is; returns where words about it may start."""
        self.box(x, y - 7, PLACEHOLDER, 14, WITHHELD, INK)
        return x + PLACEHOLDER + 8

    def drawing(self) -> Drawing:
        """What was drawn."""
        dots = [f"<g {face}>{''.join(circles)}</g>" for face, circles in self._dots.items()]
        return Drawing("".join([*self._shapes, *dots, *self._texts]), self.width, int(self.height) + 2)

    def _reach(self, y: float) -> None:
        self.height = max(self.height, y)


def _face(look: str, colour: str, edge: str = "") -> str:
    """Fill and outline as attributes: a content-security policy lets them through where it stops styles."""
    fill = as_css({FILLED: colour, HALF_TONE: HALF}.get(look, "none"))
    dashes = ' stroke-dasharray="3 3"' if look == WITHHELD else ""
    return f'fill="{fill}" stroke="{as_css(edge or colour)}" stroke-width="1.5"{dashes}'


def _tenths(pixels: float) -> str:
    """Pixels to a tenth, without a needless zero."""
    return f"{pixels:.1f}".removesuffix(".0")
