"""A page asks no question to which nothing was recorded; it says once, at its end, what was not."""

import shutil

import nbformat
import pytest
from projects import AUDIT, ROOT, small_project

from auditbook.build.run import run
from auditbook.build.verify import verify_pages
from auditbook.engine.page_problems import place_in_template
from auditbook.engine.unanswered import HEADING_OF_UNANSWERED, LEFT_OUT_OF_BOOK, SET_APART, set_apart_unanswered
from auditbook.reading import empty_messages
from auditbook.reading.display import Note
from auditbook.reading.empty_messages import NO_CROSSINGS, NO_GRADES, NO_NUMBERS, TOTALS_ONLY
from auditbook.reading.empty_messages import SAYING_NOTHING as SENTENCES

NOTHING, OTHER, SOME = Note(NO_NUMBERS), Note(NO_GRADES), Note("Withheld, so that nobody can be recognised: sex.")


def a_page(*answers: list[Note]) -> nbformat.NotebookNode:
    """A title, a question for each answer, and downloads."""
    cells = [nbformat.v4.new_markdown_cell("# Page")]
    for place, notes in enumerate(answers):
        cells.append(nbformat.v4.new_markdown_cell(f"## Question {place}?"))
        for note in notes:
            data = {"text/plain": repr(note), "text/html": note._repr_html_()}
            output = nbformat.v4.new_output("execute_result", data, execution_count=1)
            cells.append(nbformat.v4.new_code_cell("note", outputs=[output], metadata={"tags": ["remove-input"]}))
        cells.append(nbformat.v4.new_markdown_cell("How to read it."))
    cells.append(nbformat.v4.new_markdown_cell("## Take the figures away"))
    return nbformat.v4.new_notebook(cells=cells)


def read(page: nbformat.NotebookNode) -> list[str]:
    """What stands in the book, cell by cell."""
    set_apart_unanswered(page)
    return [cell.source for cell in page.cells if LEFT_OUT_OF_BOOK not in cell.metadata.get("tags", [])]


def test_a_question_that_nothing_answers_is_not_asked_and_one_paragraph_says_what_was_not_recorded():
    assert read(a_page([SOME], [NOTHING, NOTHING], [OTHER], [SOME])) == [
        "# Page",
        "## Question 0?",
        "note",
        "How to read it.",
        "## Question 3?",
        "note",
        "How to read it.",
        f"{HEADING_OF_UNANSWERED}\n\n{NO_NUMBERS} {NO_GRADES}",
        "## Take the figures away",
    ]


def test_a_question_that_is_answered_in_part_or_by_what_is_withheld_stays():
    page = a_page([SOME], [NOTHING, SOME])
    assert read(page) == [cell.source for cell in a_page([SOME], [NOTHING, SOME]).cells]


def test_a_page_of_which_nothing_was_recorded_says_so_where_it_asks():
    assert read(a_page([NOTHING], [OTHER])) == [cell.source for cell in a_page([NOTHING], [OTHER]).cells]


def test_a_page_without_a_question_is_left_as_it_is():
    assert read(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("note")])) == ["note"]
    assert read(a_page()) == ["# Page", "## Take the figures away"]


def test_the_paragraph_is_no_cell_of_the_template():
    page = a_page([SOME], [NOTHING])
    last = len(page.cells)
    set_apart_unanswered(page)
    assert place_in_template(page, len(page.cells) - 1) == last
    [added] = [cell for cell in page.cells if SET_APART in cell.metadata.get("tags", [])]
    assert added.id == SET_APART


@pytest.mark.parametrize("sentence", sorted(SENTENCES))
def test_a_sentence_that_says_that_nothing_was_recorded_is_known_for_one(sentence):
    assert "ab-nothing" in Note(sentence)._repr_html_() and "ab-nothing" not in Note(f"{sentence} More.")._repr_html_()


def test_every_sentence_of_something_that_an_audit_did_not_record_is_among_them():
    own = {words for name, words in vars(empty_messages).items() if name.startswith("NO_")}
    assert own - SENTENCES == {empty_messages.NO_AUDITS}  # of which there is no page


def test_the_case_overview_asks_what_was_counted_together_only_where_something_was(tmp_path):
    project = small_project(tmp_path)
    shutil.copy(ROOT / "notebooks/case_overview.ipynb", project.root / "notebooks")
    assert run(project).problems == []
    page = nbformat.read(project.root / f"book/audits/{AUDIT}/case_overview.ipynb", as_version=4)
    hidden = {cell.id for cell in page.cells if LEFT_OUT_OF_BOOK in cell.metadata.get("tags", [])}
    assert {"crossings", "crossings-chart", "crossings-table", "crossings-reading", "together"} <= hidden
    assert not {"cases", "flags", "categories", "numbers", "downloads"} & hidden
    [added] = [cell for cell in page.cells if cell.id == SET_APART]
    assert added.source == f"{HEADING_OF_UNANSWERED}\n\n{TOTALS_ONLY} {NO_CROSSINGS}"
    assert verify_pages(project) == 1
