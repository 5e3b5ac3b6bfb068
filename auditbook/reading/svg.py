"""Dresses what matplotlib writes as SVG for a page: the book's colours as CSS variables, no styles, no ids of its own.

Matplotlib draws everything; here its output is only put into other words: presentation attributes in place of styles,
which a content-security policy stops; `circle` and `rect` in place of paths; the page's own font; tenths of a pixel.
"""

import io
import re
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
BOX = re.compile(r"^M ([-\d.]+) ([-\d.]+) L ([-\d.]+) \2 L \3 ([-\d.]+) L \1 \4 (?:L \1 \2 )?z$")
MOVED = re.compile(r"^translate\(([-\d.]+) ([-\d.]+)\)$")
DOTS = "dots-"
"""How a group of dots is named; behind it their radius, and whether they are dashed."""
DASHED = "-dashed"
ANCHORED = "anchored-"
"""How the group of one label is named; behind it where its text is held."""
BLACK = ("#000000", "black")
SIZE = 14
"""Pixels of text, the page's own; text of the same size does not say it."""
ANCHORS = {"left": "start", "center": "middle", "right": "end"}


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
    used = set(re.findall(r"[\"'(]#([\w-]+)", ElementTree.tostring(tree, "unicode")))
    return Drawing("".join(_dressed(child, used) for child in tree), width, height)


def _dressed(element: ElementTree.Element, used: set[str]) -> str:
    tag = element.tag.rpartition("}")[2]
    if tag in LEFT_OUT:
        return ""
    name = element.get("id", "")
    if tag == "g" and name.startswith(DOTS):
        return _dots(element, name.removeprefix(DOTS))
    if tag == "g" and name.startswith(ANCHORED):
        anchor = name.removeprefix(ANCHORED)
        return "".join(_label(child, {} if anchor == "start" else {"text-anchor": anchor}) for child in element)
    attributes = _attributes(element, used)
    if tag == "path":
        return _path(element.get("d", ""), attributes)
    inside = "".join(_dressed(child, used) for child in element)
    if tag == "text":
        inside = _escaped(element.text or "") + inside
    if not inside and tag in ("g", "defs"):
        return ""
    if tag == "g" and not attributes:
        return inside
    return _tag(tag, attributes, inside)


def _attributes(element: ElementTree.Element, used: set[str]) -> dict[str, str]:
    found = {}
    for key, value in element.attrib.items():
        key = key.rpartition("}")[2]
        if key == "style":
            found |= _presentation(value)
        elif key == "id":
            found |= {"id": f"{OWN}{value}"} if value in used else {}
        elif key == "href" or value.startswith("url(#"):
            found[key] = value.replace("#", f"#{OWN}", 1)
        elif key != "class":
            found[key] = NUMBER.sub(_tenth, " ".join(value.split()))
    return found


OWN = "ab-own-"
"""Before each id; a page puts the picture's own in its place, because several stand on it."""


def _presentation(style: str) -> dict[str, str]:
    found = {}
    for declaration in style.split(";"):
        key, _, value = (part.strip() for part in declaration.partition(":"))
        if key not in KEPT or (key == "font-size" and value == f"{SIZE}px"):
            continue
        if key == "text-anchor" and value == "start":
            continue
        if (key, value) == ("fill-opacity", "0"):
            key, value = "fill", "none"
        found[key] = colour(value) if key in ("fill", "stroke") else NUMBER.sub(_tenth, value)
    return found


def colour(value: str) -> str:
    """A colour of the palette as its variable, black as the page's ink; every other one as it is."""
    if value in BLACK:
        return "currentColor"
    return as_css(value) if has_name(value) else value


def _path(points: str, attributes: dict[str, str]) -> str:
    box = BOX.match(re.sub(r"\s+", " ", points).strip())
    if box is None or "clip-path" in attributes:
        return _tag("path", attributes, "")
    left, top, right, bottom = map(float, box.groups())
    place = {
        "x": _short(min(left, right)),
        "y": _short(min(top, bottom)),
        "width": _short(abs(right - left)),
        "height": _short(abs(bottom - top)),
    }
    return _tag("rect", place | {key: value for key, value in attributes.items() if key != "d"}, "")


def _dots(group: ElementTree.Element, radius: str) -> str:
    """One look of dots: a marker and where it is used."""
    dashes = {"stroke-dasharray": "3,3"} if radius.endswith(DASHED) else {}
    circles, face, radius = "", {}, radius.removesuffix(DASHED)
    for use in group.iter():
        if use.tag.endswith("}use"):
            face = _presentation(use.get("style", ""))
            place = {"cx": _short(float(use.get("x", 0))), "cy": _short(float(use.get("y", 0))), "r": radius}
            circles += _tag("circle", place, "")
    return _tag("g", face | dashes, circles)


def _label(text: ElementTree.Element, anchor: dict[str, str]) -> str:
    """One line of text at its place."""
    moved = MOVED.match(text.get("transform", ""))
    place = {"x": _short(float(moved[1])), "y": _short(float(moved[2]))} if moved else {}
    face = {"fill": "currentColor"} | _presentation(text.get("style", ""))
    return _tag("text", place | face | anchor, _escaped(text.text or ""))


def _tag(tag: str, attributes: dict[str, str], inside: str) -> str:
    told = "".join(f' {key}="{_escaped(value)}"' for key, value in attributes.items())
    return f"<{tag}{told}>{inside}</{tag}>" if inside else f"<{tag}{told}/>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _tenth(number: Any) -> str:
    return _short(float(number[0]))


def _short(number: float) -> str:
    """Pixels to a tenth, without a needless zero."""
    return f"{round(number, 1) + 0:.1f}".removesuffix(".0")
