"""Page templates: a view and nothing else, the same in JupyterLab, under Papermill and in the book."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from auditbook.pages.contents import AUDIT_PAGES
from auditbook.reading.empty_messages import SAYING_NOTHING
from auditbook.reading.table_definitions import TABLES

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted(ROOT.glob("notebooks/*.ipynb"))
MOST_LINES, MOST_CELL_LINES = 60, 8
ANALYSIS = (
    ast.Module,
    ast.Import,
    ast.ImportFrom,
    ast.alias,
    ast.Assign,
    ast.Expr,
    ast.Call,
    ast.keyword,
    ast.Attribute,
    ast.Subscript,
    ast.Constant,
    ast.List,
    ast.Tuple,
    ast.Dict,
    ast.Compare,
    ast.cmpop,
    ast.BinOp,
    ast.operator,
    ast.UnaryOp,
    ast.unaryop,
    ast.Name,
    ast.expr_context,
)
"""All that a page is made of: imports, assignments, and expressions of pandas. What needs a name of its own, a loop or
a rule is no analysis of one page: it belongs into the package, with a test."""
SOURCES = {"auditbook.reading", "pandas", "matplotlib.figure"}


def of(template: Path) -> nbformat.NotebookNode:
    return nbformat.read(template, as_version=nbformat.NO_CONVERT)


def code(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def logic(source: str) -> list[str]:
    """What in a cell is more than an analysis."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ANALYSIS):
            found.append(type(node).__name__)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
            found += [f"import of {name}" for name in names if name not in SOURCES]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not SHOWS.match(node.func.id):
            found.append(f"call of {node.func.id}")
    return found


SHOWS = re.compile(r"open_\w+$|show$")
each_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.stem)


def test_there_is_a_template_for_every_page_of_an_audit_for_trends_and_for_audits_together():
    assert {template.stem for template in TEMPLATES} == {*AUDIT_PAGES, "trends", "pooled"}


@each_template
def test_a_template_is_an_analysis_and_holds_no_logic(template):
    _, *rest = code(of(template))
    assert [problem for cell in rest for problem in logic(cell.source)] == []


@pytest.mark.parametrize(
    "source",
    [
        "def count(): ...",
        "for row in rows: row",
        "[row for row in rows]",
        "try:\n    audit\nexcept KeyError:\n    pass",
        "with open('x') as file: file",
        "import os",
        "from pathlib import Path",
        "print(audit)",
        "audit.table('sex') if audit else 0",
        "lambda: 0",
        "f'{audit}'",
    ],
)
def test_logic_in_a_template_is_found(source):
    assert logic(source) != []


@each_template
def test_an_analysis_works_on_frames_of_released_tables(template):
    """Selected, sorted or counted in pandas, in the open; what is shown is made of that."""
    cells = code(of(template))
    given = re.findall(r"(?:\.show|\.plot\.\w+|^show)\((\w+)", "\n".join(cell.source for cell in cells), re.MULTILINE)
    frames = [cell.source for cell in cells if cell.id.endswith("-frame")]
    assert frames and ".frame" in frames[0]
    for source in frames:
        assert set(re.findall(r"^(\w+) = ", source, re.MULTILINE)) & set(given)


@each_template
def test_every_heading_of_an_analysis_asks(template):
    """All but what is offered at its end, and what it cannot tell."""
    asked = [cell.source.split("\n")[0] for cell in of(template).cells if cell.source.startswith("## ")]
    assert [line for line in asked if not line.endswith("?")] in (["## Take the figures away"], [LIMITS], [])


LIMITS = "## What cannot be added up"


@each_template
def test_the_first_code_cell_declares_typed_and_commented_parameters(template):
    first, *rest = code(of(template))
    own = {"trends": "collection", "pooled": "pool"}.get(template.stem, "quarter")
    declared = [re.fullmatch(r'(\w+): str = "[\w-]+"  # .+', line) for line in first.source.split("\n")]
    assert [match and match[1] for match in declared] == [own, *([] if own == "pool" else ["profile"]), "data"]
    assert "parameters" in first.metadata.tags
    assert not any("parameters" in cell.metadata.tags for cell in rest)


@each_template
def test_a_template_holds_no_result(template):
    for cell in code(of(template)):
        assert cell.outputs == []
        assert cell.execution_count is None
        assert set(cell.metadata) == {"tags"}


@each_template
def test_code_is_hidden_from_readers_and_short(template):
    cells = code(of(template))
    assert all("remove-input" in cell.metadata.tags for cell in cells)
    lines = [len(cell.source.split("\n")) for cell in cells]
    assert max(lines) <= MOST_CELL_LINES
    assert sum(lines) <= MOST_LINES


@each_template
def test_cell_ids_are_words_that_stay(template):
    ids = [cell.id for cell in of(template).cells]
    assert len(ids) == len(set(ids))
    assert ids[:4] == ["title", "parameters", "set-up", "notices"]
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", cell_id) for cell_id in ids)


@each_template
def test_a_template_opens_with_the_kernel_everybody_has(template):
    notebook = of(template)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


@each_template
def test_a_page_has_one_title_in_prose_and_a_sentence_before_every_picture(template):
    notebook = of(template)
    assert re.match(r"# \w.+\n\n\w", notebook.cells[0].source)
    assert len(re.findall(r"^# ", prose(notebook), re.MULTILINE)) == 1
    prosaic = [cell for cell in notebook.cells if not cell.id.endswith("-frame")]
    for before, cell in zip(prosaic, prosaic[1:], strict=False):
        if cell.id.endswith("-chart"):
            assert before.cell_type == "markdown" and before.source.startswith("## ")


@each_template
def test_every_picture_is_followed_by_a_table(template):
    cells = of(template).cells
    for cell, after in zip(cells, cells[1:], strict=False):
        if cell.id.endswith("-chart"):
            assert after.id == cell.id.replace("-chart", "-table") and ".show(" in after.source


@each_template
def test_prose_says_nothing_of_one_quarter_or_place(template):
    assert re.findall(r"20\d\d|\bQ[1-4]\b|\d+ (?:cases|children)|Sandwell", prose(of(template))) == []


@each_template
def test_every_link_to_how_we_count_leads_to_a_heading(template):
    folder = ROOT / "book" / (f"{template.stem}/any" if template.stem in ("trends", "pooled") else "audits/any/page")
    headings = re.findall(r"^#+ (.+)$", (ROOT / "book/method/how-we-count.md").read_text("utf-8"), re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(([^)#]+)#([^)]+)\)", prose(of(template)))
    assert links
    for path, anchor in links:
        assert (folder.parent / path).resolve() == ROOT / "book" / "method" / "how-we-count.md"
        assert anchor in anchors


def _all_code(template: Path) -> str:
    return "\n".join(cell.source for cell in code(of(template)))


def test_what_a_template_says_where_nothing_is_shown_is_known_to_say_nothing():
    """Else its section stays on a page that has nothing to tell there."""
    written = "\n".join(_all_code(template) for template in TEMPLATES)
    said = set(re.findall(r'^none = "([^"]+)"$', written, re.MULTILINE))
    assert said and said <= SAYING_NOTHING


def test_every_table_and_picture_stands_on_a_page():
    source = "\n".join(_all_code(template) for template in TEMPLATES)
    assert set(re.findall(r'\.table\("(\w+)"\)', source)) == set(TABLES) - {"totals", "involvement"}
    kinds = {kind for each in TABLES.values() for kind in each.pictures} | {"heat", "columns"}
    assert set(re.findall(r"\.plot\.(\w+)\(", source)) == kinds


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_prose_does_not_say_how_marks_are_read_for_where_counts_are_withheld_no_picture_stands(path):
    """Below a picture that is there the book says it (`auditbook.reading.marks_in_words`)."""
    prose = " ".join(cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown")
    assert re.findall(r"\bdots?\b|half-tone|\bcolours?\b|\boutlines?\b", prose, re.IGNORECASE) == []
