"""HTML, SVG and other XML: every text, attribute, comment and table in them, inline markup joined."""

import base64
import binascii
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import unquote_to_bytes

from lxml import etree

from auditbook.leaks.passages import CODE, LABEL, WORDS, CannotRead, Inside, Passage, Piece, Row

INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em font i ins kbd mark q s samp small span strong sub sup tspan u var "
    "wbr".split()
)
"""Elements in the middle of a word or a sentence."""
OFFICE = ("wordprocessingml", "drawingml", "presentationml", "spreadsheetml")
OFFICE_BLOCKS = frozenset(
    "p tc tr tbl br cr tab si row c is sp txBody comment footnote endnote definedName f v".split()
)
"""In office files a word may be cut anywhere, so all but these stand in the middle of one."""
GEOMETRY = frozenset(
    "d points transform viewBox viewbox x y x1 x2 y1 y2 cx cy r rx ry width height fill stroke stroke-width offset "
    "stroke-dasharray style class font-size gradientTransform integrity".split()
)
"""Attributes that hold coordinates and looks, where a short id would be found by chance."""
SPOKEN = frozenset("alt title aria-label aria-description content placeholder value label descr summary".split())
"""Attributes that are shown or read out, or describe a page to others."""


def parse_html(content: bytes) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    root = etree.fromstring(content, parser) if content.strip() else None
    if root is None:
        raise CannotRead("it is empty or no HTML")
    return root


def parse_xml(content: bytes) -> etree._Element:
    """Without entities, so that a small file cannot grow, and without the network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise CannotRead("it is no valid XML") from None


def pieces_of_markup(root: etree._Element, within: str = "") -> Iterator[Piece]:
    """Everything in a parsed page or picture. `within` names the part of the file in places."""
    yield from _texts(root, within)
    yield from _rows(root, within)


def _texts(root: etree._Element, within: str) -> Iterator[Piece]:
    parts: list[str] = []
    place = ""
    seen: set[tuple[str, str]] = set()
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            yield Passage(_place(element, within, "comment"), element.text or "", CODE)
            parts.append(element.tail or "")
            continue
        if not isinstance(element.tag, str):  # an entity, which is not followed
            continue
        name = local_name(element.tag)
        if parts and not _is_inline(element.tag):
            text = "".join(parts).strip()
            if text:
                yield Passage(place, text, WORDS)
            parts.clear()
        if event == "start":
            if not parts:
                place = _place(element, within, name)
            if name in ("script", "style"):
                yield Passage(_place(element, within, name), element.text or "", CODE)
            elif element.text:
                parts.append(element.text)
            new = [each for each in element.items() if each not in seen] if element.attrib else ()
            if new:
                seen.update(new)
                yield from _attributes(_place(element, within, name), new)
        elif element.tail and element is not root:
            parts.append(element.tail)


def _place(element: etree._Element, within: str, name: str) -> str:
    return f"{within} line {element.sourceline} <{name}>".strip()


@cache
def _is_inline(tag: str) -> bool:
    space, _, name = tag.rpartition("}")
    return name not in OFFICE_BLOCKS if any(kind in space for kind in OFFICE) else name in INLINE


@cache
def local_name(tag: str) -> str:
    return tag.rpartition("}")[2]


def _attributes(place: str, attributes: Iterable[tuple[str, str]]) -> Iterator[Piece]:
    for key, value in attributes:
        attribute = local_name(key)
        if attribute in GEOMETRY or not value:
            continue
        if value.startswith("data:"):
            yield _embedded(f"{place} {attribute}", value)
        else:
            is_spoken = attribute in SPOKEN or attribute.startswith("data-") or value.startswith(("mailto:", "tel:"))
            yield Passage(f"{place} {attribute}", value, LABEL if is_spoken else CODE)


def _embedded(place: str, address: str) -> Inside:
    """The file in a `data:` address."""
    head, _, body = address.partition(",")
    try:
        content = base64.b64decode(body) if head.endswith(";base64") else unquote_to_bytes(body)
    except (ValueError, binascii.Error):
        raise CannotRead("a data: address cannot be decoded") from None
    kind = head.removeprefix("data:").partition(";")[0].rpartition("/")[2].partition("+")[0]
    return Inside(place, f"embedded.{kind or 'txt'}", content)


def _rows(root: etree._Element, within: str) -> Iterator[Row]:
    heading = ""
    for element in root.iter("h1", "h2", "h3", "h4", "h5", "h6", "table", "svg", "{*}svg"):
        name = local_name(element.tag)
        if name == "table":
            yield from _table(element, heading, within)
        elif name == "svg":
            yield from _picture(element, heading, within)
        else:
            heading = _text(element)


def _text(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _table(table: etree._Element, heading: str, within: str) -> Iterator[Row]:
    caption = table.find("caption")
    about = (heading, _text(caption) if caption is not None else "")
    place, heads = _place(table, within, "table"), ()
    for number, line in enumerate(table.iter("tr"), start=1):
        cells = [cell for cell in line if cell.tag in ("td", "th")]
        words = tuple(map(_text, cells))
        if not heads and all(cell.tag == "th" for cell in cells):
            heads = words
        else:
            yield Row(f"{place} row {number}", about, heads if len(heads) == len(words) else (), words)


def _picture(svg: etree._Element, heading: str, within: str) -> Iterator[Row]:
    """The texts of a picture, line by line; a line without a digit belongs to the next one, for labels are wrapped."""
    about = [heading, *(_text(each) for each in svg.iter("{*}title"))]
    cells: list[str] = []
    line = None
    for text in svg.iter("{*}text"):
        if text.get("y") != line and any(map(str.isdigit, "".join(cells))):
            yield Row(_place(svg, within, "svg"), tuple(about), (), tuple(cells))
            cells = []
        line = text.get("y")
        cells.append(_text(text))
    if cells:
        yield Row(_place(svg, within, "svg"), tuple(about), (), tuple(cells))
