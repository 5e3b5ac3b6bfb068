"""A sentence instead of a picture and instead of its table stands once in a section."""

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document

from auditbook.reading.display import Cell, Note, Table, Together
from auditbook.site.repeated_notes import say_once

NONE, OTHER = Note("Nothing was recorded."), Note("Something else.")


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
    assert said([Together((NONE, OTHER)), Together((NONE, OTHER))]) == [Together((NONE, OTHER))._repr_html_()]


def test_it_stands_where_the_table_that_says_it_is():
    table = Table("Cases", ("Of", "Number"), ((Cell("A"), Cell("8", True)),), ("Nothing was recorded.",))
    assert said([NONE, table]) == [table._repr_html_()]


def test_each_section_says_it_for_itself():
    assert said([NONE], [NONE]) == [NONE._repr_html_()] * 2


def test_different_sentences_stay():
    assert said([NONE, OTHER]) == [NONE._repr_html_() + OTHER._repr_html_()]
