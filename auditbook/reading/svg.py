"""Dresses what matplotlib writes as SVG for a page: the book's colours as CSS variables, no styles, no ids of its own.

Matplotlib draws everything; here its output is only put into other words: presentation attributes in place of styles,
which a content-security policy stops; `circle` and `rect` in place of paths; the page's own font; tenths of a pixel.
"""

import io
import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from auditbook.reading.display import Drawing
from auditbook.reading.palette import as_css, has_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure

RC = {"svg.fonttype": "none", "svg.hashsalt": "auditbook", "path.simplify": False, "lines.scale_dashes": False}
NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
LEFT_OUT = ("metadata", "style")
KEPT = (
    "fill stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin opacity fill-opacity stroke-opacity "
    "text-anchor font-weight font-style font-size"
).split()
NUMBER = re.compile(r"-?\d+\.\d+")
BOX = re.compile(r"^M (\S+) (\S+) L (\S+) \2 L \3 (\S+) L \1 \4 (?:L \1 \2 )?z$")
CIRCLE = re.compile(r"^M (\S+) (\S+) (?:C \S+ \S+ \S+ \S+ \S+ \S+ ){8}(?:L \1 \2 )?z$")
"""A circle, as matplotlib draws it: in eight curves, from its lowest point."""
MOVED = re.compile(r"^translate\((\S+) (\S+)\)$")
ANCHORED = "anchored-"
"""How the group of one label is named; behind it where its text is held."""
BLACK = ("#000000", "black")
SIZE = 14
"""Pixels of text, the page's own; text of the same size does not say it."""
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
OWN = "ab-own-"
"""Before each id; a page puts the picture's own in its place, because several stand on it."""


def written(figure: "Figure") -> str:
    """The figure as matplotlib writes it; the same in every process."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    target = io.StringIO()
    with matplotlib.rc_context(RC):
        FigureCanvasSVG(figure).print_svg(target, metadata=NO_METADATA)
    return target.getvalue()


def drawing(figure: "Figure", width: int, height: int) -> Drawing:
    """A figure of 72 dots an inch, dressed; `width` and `height` in pixels."""
    tree = ElementTree.fromstring(written(figure))  # noqa: S314
    dresser = _Dresser(tree)
    return Drawing("".join(map(dresser.dressed, tree)), width, height)


class _Dresser:
    """Puts the elements of one picture into other words; it knows which ids are referred to, and which are shapes."""

    def __init__(self, tree: ElementTree.Element):
        self.used = set(re.findall(r"[\"'(]#([\w-]+)", ElementTree.tostring(tree, "unicode")))
        shapes = {path.get("id"): _shape(path.get("d", "")) for path in tree.iter() if path.get("id") in self.used}
        self.shapes = {name: shape for name, shape in shapes.items() if shape}

    def dressed(self, element: ElementTree.Element) -> str:
        tag, name = element.tag.rpartition("}")[2], element.get("id", "")
        if tag in LEFT_OUT or name in self.shapes:
            return ""
        if tag == "g" and name.startswith(ANCHORED):
            anchor = name.removeprefix(ANCHORED)
            return "".join(_label(child, {} if anchor == "start" else {"text-anchor": anchor}) for child in element)
        attributes = self._attributes(element)
        shape = _shape(element.get("d", "")) if tag == "path" and "clip-path" not in attributes else None
        if shape:
            return _tag(shape[0], _placed(shape) | {key: value for key, value in attributes.items() if key != "d"}, "")
        inside = (escape(element.text or "") if tag == "text" else "") + "".join(self._inside(element))
        if tag == "g" and not (attributes and inside):
            return inside
        return "" if tag == "defs" and not inside else _tag(tag, attributes, inside)

    def _inside(self, element: ElementTree.Element) -> Iterator[str]:
        """Its children; markers of one look, which are circles or boxes, in a group that has the look."""
        for look, children in groupby(element, self._look):
            if look is None:
                yield from map(self.dressed, children)
            else:
                yield _tag("g", _presentation(look), "".join(map(self._marker, children)))

    def _look(self, element: ElementTree.Element) -> str | None:
        return element.get("style", "") if _referred(element) in self.shapes else None

    def _marker(self, use: ElementTree.Element) -> str:
        shape = self.shapes[_referred(use)]
        return _tag(shape[0], _placed(shape, float(use.get("x", 0)), float(use.get("y", 0))), "")

    def _attributes(self, element: ElementTree.Element) -> dict[str, str]:
        attributes = {}
        for key, value in element.attrib.items():
            key = key.rpartition("}")[2]
            if key == "style":
                attributes |= _presentation(value)
            elif key == "id":
                attributes |= {"id": f"{OWN}{value}"} if value in self.used else {}
            elif key == "href" or value.startswith("url(#"):
                attributes[key] = value.replace("#", f"#{OWN}", 1)
            elif key != "class":
                attributes[key] = NUMBER.sub(_tenth, " ".join(value.split()))
        return attributes


def _shape(points: str) -> tuple | None:
    """A path as a circle, with its middle and radius, or as a box, with its sides; None for any other."""
    points = " ".join(points.split())
    if box := BOX.match(points):
        left, top, right, bottom = map(float, box.groups())
        return "rect", min(left, right), min(top, bottom), abs(right - left), abs(bottom - top)
    if CIRCLE.match(points):
        x, lowest, *rest = map(float, re.findall(r"-?[\d.]+", points))
        radius = (lowest - min(rest[1::2])) / 2
        return "circle", x, lowest - radius, radius
    return None


def _placed(shape: tuple, x: float = 0, y: float = 0) -> dict[str, str]:
    tag, left, top, *sizes = shape
    names = ("cx", "cy", "r") if tag == "circle" else ("x", "y", "width", "height")
    return dict(zip(names, map(_short, (x + left, y + top, *sizes)), strict=True))


def _referred(element: ElementTree.Element) -> str:
    return next((value[1:] for key, value in element.attrib.items() if key.endswith("href")), "")


def _presentation(style: str) -> dict[str, str]:
    attributes = {}
    for declaration in style.split(";"):
        key, _, value = (part.strip() for part in declaration.partition(":"))
        if key not in KEPT or (key == "font-size" and value == f"{SIZE}px"):
            continue
        if key == "text-anchor" and value == "start":
            continue
        if (key, value) == ("fill-opacity", "0"):
            key, value = "fill", "none"
        attributes[key] = colour(value) if key in ("fill", "stroke") else NUMBER.sub(_tenth, value)
    return attributes


def colour(value: str) -> str:
    """A colour of the palette as its variable, black as the page's ink; every other one as it is."""
    if value in BLACK:
        return "currentColor"
    return as_css(value) if has_name(value) else value


def _label(text: ElementTree.Element, anchor: dict[str, str]) -> str:
    """One line of text at its place."""
    moved = MOVED.match(text.get("transform", ""))
    place = {"x": _short(float(moved[1])), "y": _short(float(moved[2]))} if moved else {}
    face = {"fill": "currentColor"} | _presentation(text.get("style", ""))
    return _tag("text", place | face | anchor, escape(text.text or ""))


def _tag(tag: str, attributes: dict[str, str], inside: str) -> str:
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"


def _tenth(number: Any) -> str:
    return _short(float(number[0]))


def _short(number: float) -> str:
    """Pixels to a tenth, without a needless zero."""
    return f"{round(number, 1) + 0:.1f}".removesuffix(".0")
