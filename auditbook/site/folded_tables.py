"""The table right below a picture of the same numbers is folded: a page is as long as its news, and says nothing twice.

A table without a picture above it stands open. On paper every one is open (`auditbook.css`, `auditbook.js`).
"""

from docutils import nodes
from sphinx.application import Sphinx

from auditbook.reading.display import SAME_NUMBERS

PICTURE_BEGINS, TABLE_BEGINS = '<figure class="ab-chart', '<div class="ab-table'


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", fold_tables)


def fold_tables(app: Sphinx, doctree: nodes.document) -> None:
    """Fold what a cell shows when it is a table, and the cell above it shows pictures alone."""
    for section in doctree.findall(nodes.section):
        cells = [each for each in section.children if isinstance(each, nodes.container) and _is_shown(each)]
        for above, cell in zip(cells, cells[1:], strict=False):
            is_next = section.index(cell) == section.index(above) + 1
            if (
                is_next
                and _holds(above, PICTURE_BEGINS)
                and not _holds(above, TABLE_BEGINS)
                and _holds(cell, TABLE_BEGINS)
            ):
                _fold(cell)


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
