"""A canvas in pixels, drawn by Matplotlib and read back as the inside of an inline SVG picture."""

import io
import re
from collections import defaultdict
from collections.abc import Iterable
from html import escape
from xml.etree.ElementTree import Element  # the type; parsing is defusedxml's

import matplotlib
from defusedxml.ElementTree import fromstring
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from auditbook.reading.display import Chart
from auditbook.reading.palette import BLUE, HALF, INK, LINE, as_css

WIDTH = 320
"""Pixels. A page shows it up to 24 rem wide, where its text is as big as the page's; on the narrowest phone it is
12 pixels high."""
ROW = 20
"""Pixels from line to line of text of 14 pixels."""
WIDTHS = {**dict.fromkeys("iIjl.,:;|'’!", 4.4), **dict.fromkeys("ftr -()/“”", 5.4), **dict.fromkeys("mMwW%@", 13.6)}
CAPITAL, LETTER = 10.2, 8.7
"""Pixels that a character takes in the widest of the common faces (DejaVu Sans), so that nothing overlaps in any."""
SETTINGS = {
    "svg.fonttype": "none",
    "svg.hashsalt": "auditbook",
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 14,
}
"""Real text in the page's own face; Matplotlib measures it in the face it brings along, whatever is installed."""
NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))
FILLED, HALF_TONE, OUTLINE, WITHHELD = "filled", "half-tone", "outline", "withheld"
DASHES = (0, (2, 2))
PLACEHOLDER = 64
"""Pixels; every withheld figure is drawn this wide."""


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
        for piece in (re.findall(r"[^-]+-?", word) if width_of(word) > width else [word])
    ]


class Canvas:
    """Everything drawn so far, in pixels from the top left; as high as what is drawn on it."""

    def __init__(self):
        self.height = 0.0
        self._flip = Affine2D()
        self._artists = []
        self._dots: dict[tuple, list] = defaultdict(list)

    def text(self, x: float, y: float, words: str, anchor: str = "left", colour: str = INK, is_bold: bool = False):
        """One line of text; `y` is its baseline, `anchor` left, center or right."""
        weight = "bold" if is_bold else "normal"
        self._artists.append(Text(x, y, words, color=colour, ha=anchor, weight=weight, parse_math=False))
        self._reach(y + 6)

    def lines(self, x: float, y: float, words: Iterable[str], anchor: str = "left", is_bold: bool = False) -> float:
        """Lines of text below each other; returns the top of what follows."""
        for line in words:
            self.text(x, y + 15, line, anchor, is_bold=is_bold)
            y += ROW
        return y

    def dot(self, x: float, y: float, radius: float, look: str = FILLED, colour: str = BLUE):
        self._dots[radius, look, colour].append((x, y))
        self._reach(y + radius + 2)

    def box(
        self, x: float, y: float, width: float, height: float, look: str = FILLED, colour: str = BLUE, edge: str = ""
    ):
        """A rectangle; `edge` where its outline has another colour."""
        face = _face(look, colour) | ({"edgecolor": edge} if edge else {})
        self._artists.append(Rectangle((x, y), width, height, **face))
        self._reach(y + height + 2)

    def line(self, points: Iterable[tuple[float, float]], colour: str = LINE, width: float = 1):
        across, down = zip(*points, strict=True)
        self._artists.append(Line2D(across, down, color=colour, linewidth=width, solid_capstyle="butt"))
        self._reach(max(down) + 1)

    def arrow(self, x: float, y: float):
        """The open end of what is at least so long."""
        self.line([(x, y - 5), (x + 5, y), (x, y + 5)], BLUE, 2)

    def placeholder(self, x: float, y: float) -> float:
        """What stands for any withheld figure, whatever it is; returns where words about it may start."""
        self.box(x, y - 7, PLACEHOLDER, 14, WITHHELD, INK)
        return x + PLACEHOLDER + 8

    def chart(self, title: str, sentences: Iterable[str], notes: Iterable[str] = ()) -> Chart:
        """What was drawn, with its title, its words and its notes."""
        return Chart(title, tuple(sentences), self._drawing(), WIDTH, self.whole_height, tuple(notes))

    def _drawing(self) -> str:
        with matplotlib.rc_context(SETTINGS):
            figure = Figure((WIDTH / 72, self.whole_height / 72), dpi=72, frameon=False)
            for artist in (*self._artists, *map(self._collection, self._dots, self._dots.values())):
                if not isinstance(artist, PathCollection):
                    artist.set_transform(self._flip)
                if isinstance(artist, Text):
                    artist.set_fontsize(14)
                figure.add_artist(artist)
            self._flip.clear().scale(1, -1).translate(0, self.whole_height)
            file = io.StringIO()
            FigureCanvasSVG(figure).print_svg(file, metadata=NO_METADATA)
        return inside(fromstring(file.getvalue()))

    @property
    def whole_height(self) -> int:
        return int(self.height) + 2

    def _reach(self, y: float) -> None:
        self.height = max(self.height, y)

    def _collection(self, kind: tuple, places: list) -> PathCollection:
        radius, look, colour = kind
        face = {f"{key}s": [value] for key, value in _face(look, colour).items()}
        circle = Path.unit_circle().transformed(Affine2D().scale(radius))
        dots = PathCollection([circle], offsets=places, offset_transform=self._flip, zorder=2.5, **face)
        dots.set_transform(Affine2D())
        return dots


def _face(look: str, colour: str) -> dict:
    fill = {FILLED: colour, HALF_TONE: HALF}.get(look, "none")
    style = DASHES if look == WITHHELD else "-"
    return {"facecolor": fill, "edgecolor": colour, "linewidth": 1.5, "linestyle": style}


def inside(picture: Element) -> str:
    """A picture by Matplotlib without frame, groups, styles and metadata: only what a page needs.

    Styles become attributes, which a content-security policy lets through, and colours become the palette's variables.
    Raises KeyError for a colour outside the palette.
    """
    shapes, definitions = [], []
    for parent in picture.iter():
        for element in parent:
            kind = element.tag.rpartition("}")[2]
            if kind in ("path", "use", "text"):
                is_definition = parent.tag.endswith("}defs")
                (definitions if is_definition else shapes).append(_markup(kind, element))
    return (f"<defs>{''.join(definitions)}</defs>" if definitions else "") + "".join(shapes)


def _markup(kind: str, element: Element) -> str:
    style = dict(part.split(": ", 1) for part in element.get("style", "").split("; ") if part)
    attributes = {}
    if kind == "path" and "id" in element.attrib:  # a definition: what uses it says how it looks
        return f'<path id="{element.get("id")}" d="{_rounded(element.get("d"))}"/>'
    if kind == "use":
        attributes["href"] = element.get("{http://www.w3.org/1999/xlink}href")
        style.setdefault("fill", "none")
    for name in ("x", "y", "d"):
        if name in element.attrib:
            attributes[name] = _rounded(element.get(name))
    for name in ("fill", "stroke"):
        if name in style:
            attributes[name] = as_css(style[name])
    for name in ("stroke-width", "stroke-dasharray", "text-anchor", "font-weight"):
        if style.get(name, "start") not in ("start", "400", "normal"):
            attributes[name] = style[name]
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<text{written}>{escape(element.text or '')}</text>" if kind == "text" else f"<{kind}{written}/>"


def _rounded(numbers: str) -> str:
    """Coordinates to a tenth of a pixel, on one line."""
    tenths = re.sub(r"-?\d+\.\d+", lambda match: f"{float(match[0]):.1f}".removesuffix(".0"), numbers)
    return " ".join(tenths.split())
