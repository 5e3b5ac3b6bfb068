"""HTML, SVG and other XML: every text, attribute, comment and table in them, inline markup joined."""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import unquote_to_bytes

from lxml import etree

from auditbook.leaks.passages import (
    ADDRESS,
    CODE,
    LABEL,
    LONGEST_LABEL,
    WORDS,
    CannotRead,
    Inside,
    Passage,
    Piece,
    Row,
)
from auditbook.leaks.styles import pieces_of_style

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
    "stroke-dasharray style font-size gradientTransform integrity".split()
)
"""Attributes that hold coordinates and looks, where a short id would be found by chance."""
SPOKEN_ATTRIBUTES = frozenset(
    "alt title aria-label aria-description aria-roledescription aria-valuetext content placeholder value label descr "
    "summary name prompt promptTitle error errorTitle tooltip".split()
)
"""Attributes that are shown or read out, or describe a page to others; in office files names of sheets and shapes."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
STATEMENTS = ("li", "div", "dt")
"""Elements whose few short parts may be a label and its number."""
LINKS = frozenset("href src action formaction cite srcset poster Target xmlns".split())
UNSEEN_TEXTS = frozenset("f definedName formula formula1 formula2 sqref".split())
"""Elements of a workbook whose text is addresses of cells."""
PAPER_EDGES = frozenset("oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter".split())
EDGE_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f+-]{5,6}|&\d{1,3}|&[A-Z]')
"""How a sheet's header is set: `&L&"Arial,Bold"&12`."""
UNICODE_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
MOST_NESTED = 6
"""Parts of a list's item or a card that are one statement; more are a list of their own."""


def parse_html(content: bytes) -> etree._Element:
    for mark, encoding in UNICODE_MARKS.items():
        if content.startswith(mark):
            content = content.decode(encoding, "replace").encode()
    if content[:200:2].count(0) > 50 or content[1:200:2].count(0) > 50:
        order = "be" if content[:1] == b"\0" else "le"
        content = content.decode(f"utf-16-{order}", "replace").encode()
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    root = etree.fromstring(content, parser) if content.strip() else None
    if root is None:
        raise CannotRead("it is empty or no HTML")
    return root


def parse_xml(content: bytes) -> etree._Element:
    """Without entities, so that a small file cannot grow, and without the network.

    Raises CannotRead for a file that defines some: what they stand for cannot be looked through.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise CannotRead("it is no valid XML") from None
    inner = root.getroottree().docinfo.internalDTD
    if inner is not None and next(inner.iterentities(), None) is not None:
        raise CannotRead("it defines entities of its own")
    return root


def pieces_of_markup(root: etree._Element, within: str = "") -> Iterator[Piece]:
    """Everything in a parsed page or picture. `within` names the part of the file in places."""
    yield from _texts(root, within)
    yield from _rows(root, within)


def _texts(root: etree._Element, within: str) -> Iterator[Piece]:
    parts: list[str] = []
    place, kind = "", WORDS
    seen: set[tuple[str, str]] = set()

    def joined() -> Iterator[Passage]:
        text = "".join(parts).strip()
        parts.clear()
        if text:
            yield Passage(place, text, kind)

    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            yield Passage(_place(element, within, "comment"), element.text or "", LABEL)
            parts.append(element.tail or "")
            continue
        if not isinstance(element.tag, str):  # an entity, which is not followed
            continue
        name = local_name(element.tag)
        if parts and not _is_inline(element.tag):
            yield from joined()
        if event == "start":
            if not parts:
                place = _place(element, within, name)
                kind = ADDRESS if name in UNSEEN_TEXTS else WORDS
            if name in ("script", "style"):
                yield from _program(element, name, _place(element, within, name))
            elif element.text:
                parts.append(EDGE_CODES.sub(" ", element.text) if name in PAPER_EDGES else element.text)
            new = [attribute for attribute in element.items() if attribute not in seen] if element.attrib else ()
            if new:
                seen.update(new)
                yield from _attributes(_place(element, within, name), new)
        elif element.tail and element is not root:
            parts.append(element.tail)
    yield from joined()


def _program(element: etree._Element, name: str, place: str) -> Iterator[Piece]:
    text = element.text or ""
    if name == "style":
        yield from pieces_of_style(text, place)
    elif "json" in element.get("type", ""):
        yield Inside(place, "script.json", text.encode())
    else:
        yield Passage(place, text, CODE)


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
        if not value or (attribute in GEOMETRY and not (attribute == "style" and "--" in value)):
            continue
        if attribute == "srcdoc":
            yield Inside(f"{place} srcdoc", "srcdoc.html", value.encode())
        elif value.startswith("data:"):
            yield _embedded(f"{place} {attribute}", value)
        elif attribute in SPOKEN_ATTRIBUTES or attribute.startswith("data-") or value.startswith(("mailto:", "tel:")):
            yield Passage(f"{place} {attribute}", value, LABEL)
        else:
            is_code = attribute == "class" or (attribute in LINKS and not value.startswith("#"))
            yield Passage(f"{place} {attribute}", value, CODE if is_code else ADDRESS)


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
    for element in root.iter(*HEADINGS, *STATEMENTS, "table", "svg", "{*}svg"):
        name = local_name(element.tag)
        if name == "table":
            yield from _table(element, heading, within)
        elif name == "svg":
            yield from _picture(element, heading, within)
        elif name in STATEMENTS:
            yield from _statement(element, heading, within)
        else:
            heading = _text(element)


def _statement(element: etree._Element, heading: str, within: str) -> Iterator[Row]:
    """A label and its number in parts of their own: a list's item, a card, a term with what is said of it."""
    parts = [element, element.getnext()] if local_name(element.tag) == "dt" else [*element]
    cells = tuple(text for part in parts if part is not None and isinstance(part.tag, str) and (text := _text(part)))
    if 2 <= len(cells) <= MOST_NESTED and all(len(cell.split()) <= LONGEST_LABEL for cell in cells):
        yield Row(_place(element, within, local_name(element.tag)), (heading,), (), cells)


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
    """The texts of a picture, line by line; a line without a digit belongs to the next one, for labels are wrapped.

    A line of numbers alone is a scale, which says nothing.
    """
    about = (heading, *(_text(title) for title in svg.iter("{*}title")))
    for cells in _lines(svg):
        if not all(re.fullmatch(r"[\d.,%–-]*", cell) for cell in cells):
            yield Row(_place(svg, within, "svg"), about, (), cells)


def _lines(svg: etree._Element) -> Iterator[tuple[str, ...]]:
    cells: list[str] = []
    line = None
    for text in svg.iter("{*}text"):
        if text.get("y") != line and any(map(str.isdigit, "".join(cells))):
            yield tuple(cells)
            cells = []
        line = text.get("y")
        cells.append(_text(text))
    if cells:
        yield tuple(cells)
