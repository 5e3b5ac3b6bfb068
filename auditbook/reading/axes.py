"""Matplotlib Axes whose units are pixels, from the top left: what the book's charts are drawn on.

A chart is a function of Axes, their width and what it shows; it gives back its height. It is drawn twice, for a phone
and for a desk. Nothing is laid out by matplotlib, so nothing depends on the fonts of a machine, and the bytes are the
same everywhere; all words of a picture are one artist, for a `Text` each would be laid out and measured twice.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from re import findall
from typing import TYPE_CHECKING, Any

from auditbook.reading.display import Chart, Drawing
from auditbook.reading.palette import INK
from auditbook.reading.picture_cache import cached_drawing
from auditbook.reading.svg import ANCHORED, ANCHORS, SIZE, drawing
from auditbook.validation.problems import WrongUsage

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

NARROW, WIDE = 320, 600
"""Pixels. A page shows them up to 24 and 45 rem wide, where their text is as big as the page's; on the narrowest phone
that of the narrow one is 12 pixels high."""
LABELS, LONG_LABELS = 128, 300
"""Pixels for the labels at the left: so many at least, so that pictures below each other look alike, and so many at the
most, on a wide picture."""
ROW, GAP = 20, 8
"""Pixels from line to line of text of 14 pixels, and between what belongs apart."""
WIDTHS = {**dict.fromkeys("iIjl.,:;|'’!", 4.4), **dict.fromkeys("ftr -()/“”", 5.4), **dict.fromkeys("mMwW%@", 13.6)}
CAPITAL, LETTER = 10.2, 8.7
"""Pixels that a character takes in the widest of the common faces (DejaVu Sans), so that nothing overlaps in any."""
DOTS_AN_INCH = 72
"""So that a point of matplotlib is a pixel."""
BEFORE_ANCHOR = {"left": 0, "center": 0.5, "right": 1}
"""The part of a line of text that stands before the place where it is held."""
SIZED = "Write: Figure(figsize=(width, height)) with more inches."
Draw = Callable[["Axes", float], float]


def picture(
    draw: Draw, title: str, sentences: Iterable[str], notes: Iterable[str] = (), is_slim: bool = False
) -> Chart:
    """What `draw` draws, narrow and wide, with its title, its words and its notes."""
    narrow, wide = cached_drawing(draw, lambda: (_drawn(draw, NARROW), _drawn(draw, WIDE)))
    return Chart(title, tuple(sentences), narrow, wide, tuple(notes), partial(draw_on, draw), is_slim)


def _drawn(draw: Draw, width: int) -> Drawing:
    axes = shared_axes()
    try:
        height = int(draw(axes, width)) + 4
        _laid_out(axes, width, height)
        axes.figure.set_size_inches(width / DOTS_AN_INCH, height / DOTS_AN_INCH)
        return drawing(axes.figure, width, height)
    finally:
        for artist in _artists(axes):
            artist.remove()


@cache
def shared_axes() -> "Axes":
    """They take as long to make as a picture to draw, so all pictures share them, one after the other."""
    from matplotlib.figure import Figure

    return Figure(dpi=DOTS_AN_INCH, frameon=False).add_axes((0, 0, 1, 1), autoscale_on=False)


def _laid_out(axes: "Axes", width: float, height: float) -> None:
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    for artist in _artists(axes):
        artist.set_clip_on(False)


def _artists(axes: "Axes") -> list["Artist"]:
    return [*axes.collections, *axes.lines, *axes.artists]


def draw_on(draw: Draw, axes: "Axes") -> None:
    """Draw on Axes of somebody's own, laid out for their width; a unit of theirs is then a point, from the top left.

    Raises WrongUsage where they are narrower than a phone, or too low.
    """
    box = axes.get_window_extent()
    width, height = (round(side * DOTS_AN_INCH / axes.figure.dpi) for side in (box.width, box.height))
    if width < NARROW:
        raise WrongUsage(
            f"this picture needs Axes at least {_inches(NARROW)} inches wide; these have {_inches(width)}. {SIZED}"
        )
    needed = draw(axes, width)
    if needed > height:
        raise WrongUsage(
            f"this picture needs Axes {_inches(needed)} inches high; these have {_inches(height)}. {SIZED}"
        )
    _laid_out(axes, width, height)


def _inches(points: float) -> str:
    return f"{points / DOTS_AN_INCH + 0.05:.1f}"


def width_of(words: str) -> float:
    """About how many pixels a line of text takes."""
    return sum(WIDTHS.get(letter, CAPITAL if letter.isupper() else LETTER) for letter in words)


def label_width(width: float, labels: Iterable[str], narrow: float = LABELS) -> float:
    """Pixels for labels at the left: so many on a narrow picture, on a wide one as many as the longest needs."""
    if width < WIDE:
        return narrow
    return min(max([LABELS, *(width_of(label) + GAP for label in labels)]), LONG_LABELS)


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


@dataclass(frozen=True)
class TextLine:
    """One line of text; `y` is the middle of its small letters."""

    x: float
    y: float
    words: str
    ha: str
    colour: str
    weight: int


def text(axes: "Axes", x: float, y: float, words: str, ha: str = "left", colour: str = INK, weight: int = 400) -> None:
    """One line of text around the height `y`, as `axes.text` would write it."""
    labels = [artist for artist in axes.artists if isinstance(artist, _labels())] or [axes.add_artist(_labels()())]
    labels[0].lines += [TextLine(x, y + 5, words, ha, colour, weight)] if words else []


def lines(axes: "Axes", x: float, top: float, words: str, width: float, ha: str = "left") -> float:
    """Text below `top`, in lines no wider than `width`; gives the top of what follows."""
    for line in wrapped(words, width):
        text(axes, x, top + ROW / 2, line, ha)
        top += ROW
    return top


def boxes(axes: "Axes", places: Sequence[tuple[float, float, float, float]], **face: Any) -> None:
    """Rectangles of one look, each from its left, top, width and height: one artist, where `bar` makes one of each."""
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import Rectangle

    if places:
        rectangles = [Rectangle((x, y), width, height) for x, y, width, height in places]
        axes.add_collection(PatchCollection(rectangles, zorder=0.5, **face), autolim=False)


@cache
def _labels() -> type:
    """The artist of all text of a picture; matplotlib is slow to import, and not always needed."""
    from matplotlib.artist import Artist
    from matplotlib.font_manager import FontProperties

    faces = {weight: FontProperties(size=SIZE, weight=weight) for weight in (400, 700)}

    class Labels(Artist):
        zorder = 4

        def __init__(self):
            super().__init__()
            self.lines: list[TextLine] = []

        def draw(self, renderer) -> None:
            graphics = renderer.new_gc()
            for line in self.lines:
                graphics.set_foreground(line.colour)
                renderer.open_group("label", gid=f"{ANCHORED}{ANCHORS[line.ha]}")
                x, y = self.get_transform().transform((line.x, line.y))
                if not hasattr(renderer, "writer"):  # SVG's has one; it is told where text is held, and holds it there
                    width, *_ = renderer.get_text_width_height_descent(line.words, faces[line.weight], False)
                    x -= width * BEFORE_ANCHOR[line.ha]
                y = renderer.height - y if renderer.flipy() else y
                renderer.draw_text(graphics, x, y, line.words, faces[line.weight], 0)
                renderer.close_group("label")
            graphics.restore()

    return Labels
