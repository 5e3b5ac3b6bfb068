"""Pages as Jinja templates (`templates/*.md.j2`), in which nothing that is put in can mean anything but itself.

What a template prints is shown as it is, letter by letter, unless it is `Myst`: text that is MyST already, made by
`escape_myst`, by another template (`block`) or by a function of `pages.blocks`. Joining or gluing it in a template
makes plain text of it again, whose marks are then shown: a slip is seen, and opens nothing. There is no filter to
switch this off (`safe`).
"""

import re
from functools import cache
from pathlib import Path

from auditbook.briefing.myst import Myst, escape_myst

TEMPLATES = Path(__file__).with_name("templates")
BETWEEN_BLOCKS = re.compile(r"\n{3,}")
ADDRESS_PATTERN = re.compile(r"[\w./#-]+", re.ASCII)
MISLEADING = ("safe", "escape", "e", "forceescape", "striptags", "urlize", "xmlattr", "tojson", "pprint")
"""Jinja's filters that speak of HTML."""


def page(template: str, **values: object) -> str:
    """The text of a page. Blocks stand apart by one empty line, however many conditions left out what was between."""
    text = _environment().get_template(f"{template}.md.j2").render(**values)
    return BETWEEN_BLOCKS.sub("\n\n", text).strip() + "\n"


def block(template: str, **values: object) -> Myst:
    """The same as a block for another template, without the end of its last line."""
    return Myst(page(template, **values).rstrip("\n"))


def _in_page(value: object) -> str:
    """What a template prints of a value: text and numbers alone, so that no object is shown by its name in memory."""
    if isinstance(value, Myst):
        return value
    if isinstance(value, (str, int)):
        return escape_myst(str(value))
    raise TypeError(f"a template prints text and whole numbers, not {type(value).__name__}")


def address(text: object) -> Myst:
    """An id, an anchor or a path, which stands where nothing can be escaped. Raises ValueError for any other text."""
    if not ADDRESS_PATTERN.fullmatch(str(text)):
        raise ValueError(f"{str(text)!r} is no id and no path, so it cannot be an address on a page")
    return Myst(text)


def in_type(text: str) -> Myst:
    """An id in type, as code is."""
    return Myst(f"`{address(text)}`")


def link(words: str, target: str) -> Myst:
    return Myst(f"[{_in_page(words)}]({address(target)})")


def _joined(values, between: str = "") -> Myst:
    return Myst(between.join(map(_in_page, values)))


@cache
def _environment():
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # late: an unchanged book needs no template

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        finalize=_in_page,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701  `finalize` escapes, for MyST instead of HTML
    )
    for name in MISLEADING:
        del environment.filters[name]
    environment.filters |= {"join": _joined, "address": address, "in_type": in_type}
    environment.globals["link"] = link
    return environment
