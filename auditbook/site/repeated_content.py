"""A page is as long as its news, and says nothing twice: the table right below a picture of the same numbers is folded.

So is what was closed in past years. A table without a picture above it stands open. On paper every one is open
(`auditbook.css`, `auditbook.js`). A sentence that stands where there is nothing to draw, and again where there is
nothing to list, is said once.
"""

import re
from html import escape

from docutils import nodes
from sphinx.application import Sphinx

from auditbook.reading.display import SAME_NUMBERS

PICTURE_BEGINS, TABLE_BEGINS = '<figure class="ab-chart', '<div class="ab-table'
PAST = "ab-past"
INSTEAD = re.compile(r'<p class="ab-note ab-instead(?: ab-nothing)?">(.*?)</p>', re.DOTALL)


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", say_once)
    app.connect("doctree-read", fold_tables)
    app.connect("doctree-read", fold_past)


def fold_tables(app: Sphinx, doctree: nodes.document) -> None:
    """Fold what a cell shows when it is a table, and the cell above it shows pictures alone."""
    for section in doctree.findall(nodes.section):
        cells = [cell for cell in section.children if isinstance(cell, nodes.container) and _is_shown(cell)]
        for above, cell in zip(cells, cells[1:], strict=False):
            is_next = section.index(cell) == section.index(above) + 1
            if (
                is_next
                and _holds(above, PICTURE_BEGINS)
                and not _holds(above, TABLE_BEGINS)
                and _holds(cell, TABLE_BEGINS)
            ):
                _fold(cell)


def fold_past(app: Sphinx, doctree: nodes.document) -> None:
    """Fold all that a section holds below its line of class `ab-past`, which stays to be seen.

    A browser unfolds it for a link that leads into it; for an older one `register.js` does.
    """
    for line in [node for node in doctree.findall(nodes.container) if PAST in node["classes"]]:
        section, words = line.parent, escape(line.astext())
        opening = f'<details class="ab-folded {PAST}"><summary>{words}</summary>'
        section.replace(line, nodes.raw("", opening, format="html"))
        section += nodes.raw("", "</details>", format="html")


def _is_shown(cell: nodes.container) -> bool:
    return cell.get("nb_element") == "cell_code" and bool(_outputs(cell))


def _outputs(cell: nodes.container) -> list[nodes.raw]:
    return [raw for raw in cell.findall(nodes.raw) if raw.get("format") == "html"]


def _holds(cell: nodes.container, beginning: str) -> bool:
    return any(beginning in raw.astext() for raw in _outputs(cell))


def _fold(cell: nodes.container) -> None:
    for raw in _outputs(cell):
        if TABLE_BEGINS in raw.astext():
            words = f'<details class="ab-folded"><summary>{SAME_NUMBERS}</summary>{raw.astext()}</details>'
            raw[:] = [nodes.Text(words)]


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
