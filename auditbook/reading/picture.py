"""A canvas in pixels on a matplotlib figure: the dots, boxes, lines and labels that the pictures are made of.

All labels are one artist, and all dots of a look one line of markers: a picture costs some ten milliseconds a width.
Nothing is laid out by matplotlib, so nothing depends on the fonts of a machine, and the bytes are the same everywhere.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from re import findall
from typing import TYPE_CHECKING

from auditbook.reading.display import Chart, Drawing
from auditbook.reading.palette import BLUE, HALF, INK, LINE
from auditbook.reading.svg import ANCHORED, ANCHORS, DASHED, DOTS, SIZE, drawing
from auditbook.validation.problems import WrongUsage

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Transform

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
DOTS_AN_INCH = 72
"""So that a point of matplotlib is a pixel."""
SIZED = "Write: Figure(figsize=(width, height)) with more inches."
EDGE = 1.5
DASHES = (0, (2, 2))
"""Of the edge's width."""
BEFORE_ANCHOR = {"left": 0, "center": 0.5, "right": 1}
"""The part of a line of text that stands before the place where it is held."""
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
        for piece in (findall(r"-*[^-]+-?|-+", word) if width_of(word) > width else [word])
    ]


def picture(
    draw: Callable[["Canvas"], object], title: str, sentences: Iterable[str], notes: Iterable[str] = ()
) -> Chart:
    """What `draw` draws, narrow and wide, with its title, its words and its notes."""
    narrow, wide = Canvas(NARROW), Canvas(WIDE)
    draw(narrow)
    draw(wide)
    return Chart(title, tuple(sentences), narrow.drawing(), wide.drawing(), tuple(notes), draw)


def draw_on(axes: "Axes", draw: Callable[["Canvas"], object]) -> None:
    """Draw on Axes of somebody's own, laid out for their width; a unit of theirs is then a point, from the top left.

    Raises WrongUsage where they are narrower than a phone, or too low.
    """
    box = axes.get_window_extent()
    width, height = (round(side * DOTS_AN_INCH / axes.figure.dpi) for side in (box.width, box.height))
    if width < NARROW:
        raise WrongUsage(
            f"this picture needs Axes at least {_inches(NARROW)} inches wide; these have {_inches(width)}. {SIZED}"
        )
    canvas = Canvas(width)
    draw(canvas)
    if canvas.height > height:
        raise WrongUsage(
            f"this picture needs Axes {_inches(canvas.height)} inches high; these have {_inches(height)}. {SIZED}"
        )
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    canvas.put_on(axes, axes.transData)


def _inches(points: float) -> str:
    return f"{points / DOTS_AN_INCH + 0.05:.1f}"


@dataclass(frozen=True)
class Face:
    """How a mark looks: its fill, its edge, and whether that is dashed."""

    fill: str
    edge: str
    is_dashed: bool = False

    @classmethod
    def of(cls, look: str, colour: str, edge: str = "") -> "Face":
        return cls({FILLED: colour, HALF_TONE: HALF}.get(look, "none"), edge or colour, look == WITHHELD)


@dataclass(frozen=True)
class Label:
    """One line of text; `y` is its baseline."""

    x: float
    y: float
    words: str
    anchor: str
    colour: str
    is_bold: bool


class Canvas:
    """Everything drawn so far, in pixels from the top left; as high as what is drawn on it.

    Dots lie over boxes and lines, and text over all of them.
    """

    def __init__(self, width: int):
        self.width = width
        self.height = 0.0
        self._boxes: list[tuple[Face, tuple[float, float, float, float]]] = []
        self._lines: list[tuple[list[tuple[float, float]], str, float]] = []
        self._dots: dict[tuple[Face, float], list[tuple[float, float]]] = defaultdict(list)
        self._labels: list[Label] = []

    def labels(self, words: Iterable[str], narrow: float, gap: float = 0) -> float:
        """Pixels for labels at the left: so many on a narrow canvas, on a wide one as many as the longest needs."""
        if self.width < WIDE:
            return narrow
        return min(max([SHORT_LABELS, *(width_of(each) + gap for each in words)]), LONG_LABELS)

    def text(self, x: float, y: float, words: str, anchor: str = "left", colour: str = INK, is_bold: bool = False):
        """One line of text; `y` is its baseline, `anchor` left, center or right."""
        self._labels.append(Label(x, y, words, anchor, colour, is_bold))
        self._reach(y + 6)

    def lines(self, x: float, y: float, words: Iterable[str], anchor: str = "left", is_bold: bool = False) -> float:
        """Lines of text below each other; returns the top of what follows."""
        for line in words:
            self.text(x, y + 15, line, anchor, is_bold=is_bold)
            y += ROW
        return y

    def dot(self, x: float, y: float, radius: float, look: str = FILLED, colour: str = BLUE):
        self._dots[Face.of(look, colour), radius].append((x, y))
        self._reach(y + radius + 2)

    def box(
        self, x: float, y: float, width: float, height: float, look: str = FILLED, colour: str = BLUE, edge: str = ""
    ):
        """A rectangle; `edge` where its outline has another colour."""
        self._boxes.append((Face.of(look, colour, edge), (x, y, x + width, y + height)))
        self._reach(y + height + 2)

    def line(self, points: Iterable[tuple[float, float]], colour: str = LINE, width: float = 1):
        points = list(points)
        self._lines.append((points, colour, width))
        self._reach(max(y for _, y in points) + 1)

    def arrow(self, x: float, y: float):
        """The open end of what is at least so long."""
        self.line([(x, y - 5), (x + 5, y), (x, y + 5)], BLUE, 2)

    def placeholder(self, x: float, y: float) -> float:
        """What stands for any withheld figure, whatever it is; returns where words about it may start."""
        self.box(x, y - 7, PLACEHOLDER, 14, WITHHELD, INK)
        return x + PLACEHOLDER + 8

    def figure(self) -> "Figure":
        """What was drawn, as a matplotlib figure whose units are pixels.

        Without axes: there is nothing to scale, and a pair of them takes as long as all the rest.
        """
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        height = int(self.height) + 2
        figure = Figure(figsize=(self.width / DOTS_AN_INCH, height / DOTS_AN_INCH), dpi=DOTS_AN_INCH, frameon=False)
        self.put_on(figure, Affine2D().scale(1, -1).translate(0, height))
        return figure

    def put_on(self, where: "Figure | Axes", transform: "Transform") -> None:
        """Add what was drawn to a figure or to Axes, as a handful of artists."""
        artists = [*self._drawn_boxes(), *self._drawn_lines(), *self._drawn_dots(), *self._drawn_labels()]
        for place, artist in enumerate(artists):
            artist.set(transform=transform, clip_on=False, zorder=place)
            where.add_artist(artist)

    def _drawn_boxes(self) -> "Iterator[Artist]":
        from matplotlib.collections import PolyCollection

        if self._boxes:
            faces = [face for face, _ in self._boxes]
            corners = [[(x, y), (right, y), (right, low), (x, low)] for _, (x, y, right, low) in self._boxes]
            fills, edges = [face.fill for face in faces], [face.edge for face in faces]
            dashes = [DASHES if face.is_dashed else "solid" for face in faces]
            look = {"facecolors": fills, "edgecolors": edges, "linestyles": dashes, "linewidths": EDGE}
            yield PolyCollection(corners, **look, antialiaseds=(True, True))  # two: one alone is written as a marker

    def _drawn_lines(self) -> "Iterator[Artist]":
        from matplotlib.collections import LineCollection

        if self._lines:
            paths, colours, widths = zip(*self._lines, strict=True)
            yield LineCollection(paths, colors=colours, linewidths=widths, capstyle="butt")

    def _drawn_dots(self) -> "Iterator[Artist]":
        from matplotlib.lines import Line2D

        for (face, radius), places in self._dots.items():
            marker = {"marker": "o", "markersize": 2 * radius, "linestyle": "none", "markeredgewidth": EDGE}
            colours = {"markerfacecolor": face.fill, "markeredgecolor": face.edge}
            name = f"{DOTS}{radius:g}{DASHED if face.is_dashed else ''}"  # a marker's edge cannot be dashed
            yield Line2D(*zip(*places, strict=True), **marker, **colours, gid=name)

    def _drawn_labels(self) -> "Iterator[Artist]":
        if self._labels:
            yield _labels_artist()(self._labels)

    def drawing(self) -> Drawing:
        """What was drawn, dressed for a page."""
        return drawing(self.figure(), self.width, int(self.height) + 2)

    def _reach(self, y: float) -> None:
        self.height = max(self.height, y)


@cache
def _labels_artist() -> type:
    """One artist for all labels: a `Text` each would be laid out and measured twice. Matplotlib is slow to import."""
    from matplotlib.artist import Artist
    from matplotlib.font_manager import FontProperties

    weights = {is_bold: FontProperties(size=SIZE, weight=700 if is_bold else 400) for is_bold in (False, True)}

    class Labels(Artist):
        def __init__(self, labels: list[Label]):
            super().__init__()
            self.labels = labels

        def draw(self, renderer) -> None:
            graphics = renderer.new_gc()
            for label in self.labels:
                graphics.set_foreground(label.colour)
                renderer.open_group("label", gid=f"{ANCHORED}{ANCHORS[label.anchor]}")
                x, y = self.get_transform().transform((label.x, label.y))
                if not hasattr(renderer, "writer"):  # SVG's has one; it is told where text is held, and holds it there
                    width, *_ = renderer.get_text_width_height_descent(label.words, weights[label.is_bold], False)
                    x -= width * BEFORE_ANCHOR[label.anchor]
                y = renderer.height - y if renderer.flipy() else y
                renderer.draw_text(graphics, x, y, label.words, weights[label.is_bold], 0)
                renderer.close_group("label")
            graphics.restore()

    return Labels
