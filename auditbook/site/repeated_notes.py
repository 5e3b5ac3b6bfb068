"""A sentence that stands where there is nothing to draw, and again below where there is nothing to list: said once."""

import re

from docutils import nodes
from sphinx.application import Sphinx

INSTEAD = re.compile(r'<p class="ab-note ab-instead(?: ab-nothing)?">(.*?)</p>', re.DOTALL)


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", say_once)


def say_once(app: Sphinx, doctree: nodes.document) -> None:
    """Take a sentence away where the same stands further down in its section."""
    for section in doctree.findall(nodes.section):
        below = ""
        for raw in reversed([raw for raw in section.findall(nodes.raw) if _section_of(raw) is section]):
            shown = _without_repeated(raw.astext(), below)
            below = raw.astext() + below
            if shown != raw.astext():
                raw[:] = [nodes.Text(shown)]


def _without_repeated(shown: str, below: str) -> str:
    """HTML without the sentences that stand again behind them."""
    for note in reversed([*INSTEAD.finditer(shown)]):
        if f">{note[1]}</p>" in shown[note.end() :] + below:
            shown = shown[: note.start()] + shown[note.end() :]
    return shown


def _section_of(node: nodes.Node) -> nodes.Node:
    while node is not None and not isinstance(node, nodes.section):
        node = node.parent
    return node
