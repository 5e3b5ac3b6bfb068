"""A page says nothing twice: a table below its picture is folded, a sentence in place of both is said once."""

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document

from auditbook.reading.display import SAME_NUMBERS, Cell, Note, Stack, Table
from auditbook.site.repeated_content import fold_past, fold_tables, say_once

PICTURE = '<figure class="ab-chart"><figcaption>Sex</figcaption></figure>'
TABLE = Table("Sex", ("", "Number"), ((Cell("A"), Cell("8", True)),))._repr_html_()
NONE, OTHER = Note("Nothing was recorded."), Note("Something else.")


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


def said(*sections: list) -> list[str]:
    """What each section shows when each of its cells shows one of these."""
    document = new_document("page", get_default_settings())
    for cells in sections:
        section = nodes.section()
        section += [nodes.container("", nodes.raw("", cell._repr_html_(), format="html")) for cell in cells]
        document += section
    say_once(None, document)
    return ["".join(raw.astext() for raw in section.findall(nodes.raw)) for section in document.findall(nodes.section)]


def test_the_same_sentence_stands_once():
    assert said([NONE, NONE]) == [NONE._repr_html_()]
    assert said([Stack((NONE, OTHER)), Stack((NONE, OTHER))]) == [Stack((NONE, OTHER))._repr_html_()]


def test_it_stands_where_the_table_that_says_it_is():
    table = Table("Cases", ("Of", "Number"), ((Cell("A"), Cell("8", True)),), ("Nothing was recorded.",))
    assert said([NONE, table]) == [table._repr_html_()]


def test_each_section_says_it_for_itself():
    assert said([NONE], [NONE]) == [NONE._repr_html_()] * 2


def test_different_sentences_stay():
    assert said([NONE, OTHER]) == [NONE._repr_html_() + OTHER._repr_html_()]


def test_what_stands_below_a_line_of_the_past_is_folded_whole_with_the_line_to_be_seen():
    document, year, item = new_document("page", get_default_settings()), nodes.section(), nodes.section()
    item += nodes.paragraph("", "Name neglect.")
    year += [nodes.container("", nodes.paragraph("", "2 < 3"), classes=["ab-past"]), item, nodes.section()]
    document += year
    fold_past(None, document)
    first, *items, last = year.children
    assert first.astext() == '<details class="ab-folded ab-past"><summary>2 &lt; 3</summary>'
    assert first["classes"] == [], "a class would put it into a box, and end the fold there"
    assert items[0] is item and len(items) == 2 and last.astext() == "</details>"
