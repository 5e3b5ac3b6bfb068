"""The table below a picture of the same numbers is folded; one without a picture above it stands open."""

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document

from auditbook.reading.display import SAME_NUMBERS, Cell, Note, Table
from auditbook.site.folded_tables import fold_tables

PICTURE = '<figure class="ab-chart"><figcaption>Sex</figcaption></figure>'
TABLE = Table("Sex", ("", "Number"), ((Cell("A"), Cell("8", True)),))._repr_html_()


def shown(*cells: str | nodes.Node) -> str:
    """What a section shows when its cells show these."""
    document, section = new_document("page", get_default_settings()), nodes.section()
    document += section
    for each in cells:
        if isinstance(each, str):
            each = nodes.container("", nodes.raw("", each, format="html"), nb_element="cell_code")
        section += each
    fold_tables(None, document)
    return "".join(raw.astext() for raw in section.findall(nodes.raw))


def folded(table: str) -> str:
    return f'<details class="ab-folded"><summary>{SAME_NUMBERS}</summary>{table}</details>'


def test_a_table_right_below_a_picture_is_folded():
    assert shown(PICTURE, TABLE) == PICTURE + folded(TABLE)


def test_the_notes_of_a_table_are_folded_with_it():
    table = Table("Sex", ("", "Number"), ((Cell("A"), Cell("8", True)),), ("c: withheld.",))._repr_html_()
    assert shown(PICTURE, table) == PICTURE + folded(table)


def test_other_tables_stand_open():
    note = Note("Nothing could be drawn.")._repr_html_()
    assert shown(TABLE) == TABLE
    assert shown(note, TABLE) == note + TABLE
    assert shown(TABLE, TABLE) == TABLE + TABLE
    assert shown(PICTURE, nodes.paragraph("", "Words between."), TABLE) == PICTURE + TABLE
    assert shown(PICTURE + TABLE, TABLE) == PICTURE + TABLE + TABLE
