"""The page templates of a joined book: one page holds an audit's figures, and all that those it stands for showed."""

import nbformat
import pytest
from nbformat import NotebookNode
from projects import ROOT

from auditbook.demo.join import NOT_IN_A_SECTION, put_figures_on_one_page
from auditbook.demo.new_project import make_project
from auditbook.pages.contents import ANSWERS_PAGE, AUDIT_PAGES

ON_ONE_PAGE = [name for name in AUDIT_PAGES if name != ANSWERS_PAGE]


@pytest.fixture(scope="module")
def templates(tmp_path_factory) -> dict[str, NotebookNode]:
    project = make_project(tmp_path_factory.mktemp("joined") / "region")
    put_figures_on_one_page(project)
    return {path.stem: nbformat.read(path, as_version=4) for path in (project.root / "notebooks").glob("*.ipynb")}


def test_an_audit_has_one_page_of_figures_and_one_of_answers(templates):
    assert {*templates} == {"figures", ANSWERS_PAGE, "trends", "pooled"}


def test_it_has_every_question_table_and_picture_of_the_pages_it_stands_for(templates):
    sources = [cell.source for cell in templates["figures"].cells]
    for name in ON_ONE_PAGE:
        for cell in nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells:
            if cell.id not in NOT_IN_A_SECTION:
                assert sources.count(cell.source) or sources.count(f"#{cell.source}"), (name, cell.id)


def test_its_headings_form_one_page_and_its_cells_have_ids_of_their_own(templates):
    figures = templates["figures"]
    nbformat.validate(figures)
    headings = [cell.source.split("\n")[0] for cell in figures.cells if cell.source.startswith("#")]
    assert [each for each in headings if each.startswith("# ")] == ["# Figures"]
    assert [each for each in headings if each.startswith("## ")] == [
        "## Case overview",
        "## Themes and findings",
        "## Agencies and their part",
        "## Grades",
        "## Recommendations",
    ]
    ids = [cell.id for cell in figures.cells]
    assert len(ids) == len({*ids}) and [each for each in ids if each in NOT_IN_A_SECTION] == [
        "title",
        "parameters",
        "set-up",
        "notices",
    ]


def test_every_name_that_it_uses_is_imported(templates):
    [set_up] = [cell.source for cell in templates["figures"].cells if cell.id == "set-up"]
    for name in ON_ONE_PAGE:
        cells = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
        [own] = [cell.source for cell in cells if cell.id == "set-up"]
        words = set(own.replace(",", " ").split())
        assert words <= set(set_up.replace(",", " ").split()), name
