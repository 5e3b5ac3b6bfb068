"""How the marks of a picture are read stands below a picture, and nowhere else."""

from released import a_full_release, an_audit_with_few, released

from auditbook.reading.marks_in_words import MARKS
from auditbook.reading.plots import Plots
from auditbook.reading.table_definitions import TABLES

WITH_MARKS = [(name, kind) for name, definition in TABLES.items() if definition.marks for kind in definition.pictures]


def drawn(name: str, kind: str, release) -> str:
    definition = TABLES[name]
    return getattr(Plots(release, definition, definition.rows(release)), kind)()._repr_html_()


def test_below_the_last_picture_it_is_said_once():
    made = {name: drawn(name, kind, a_full_release("recorded")) for name, kind in WITH_MARKS}
    pictures = {name: html for name, html in made.items() if "<svg" in html}
    assert len(pictures) > 4
    for name, html in pictures.items():
        assert html.count(TABLES[name].marks) == 1
        assert html.index(TABLES[name].marks) > html.rindex("<svg")


def test_nothing_is_said_where_no_picture_stands():
    """All is withheld of few cases, and nothing was recorded of most."""
    made = [drawn(name, kind, released(an_audit_with_few(3), "strict")) for name, kind in WITH_MARKS]
    without = [html for html in made if "<svg" not in html]
    assert len(without) >= 2
    assert [html for html in without if any(words in html for words in MARKS.values())] == []
