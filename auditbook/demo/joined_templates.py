"""The page templates of a joined book: what an audit counted stands on one page.

A partnership's own book has a page for each part. A region of fourteen partnerships that audited for ten years would
have more than five hundred pages that are called “Grades”.
"""

import nbformat

from auditbook.engine.atomic import write_atomically
from auditbook.pages.contents import ANSWERS_PAGE, AUDIT_PAGES, FIGURES_PAGE
from auditbook.project import Project

HEAD_OF_PAGE = """# Figures

All that was counted in this audit, as the partnership published it: who was audited, what was found, which agencies had
a part, how practice was graded, and what was asked for."""
ONCE = ("parameters", "set-up", "notices")
"""Cells that every template has, by their id; the last template's imports are those of all."""
NOT_IN_A_SECTION = ("title", "downloads", *ONCE)
"""A joined book has nothing to take away."""


def put_figures_on_one_page(project: Project) -> None:
    """Make one template of those whose pages hold an audit's figures, and take these away; long answers stay apart."""
    paths = [project.root / "notebooks" / f"{name}.ipynb" for name in AUDIT_PAGES if name != ANSWERS_PAGE]
    paths = [path for path in paths if path.is_file()]
    whole = nbformat.read(paths[-1], as_version=4)
    once = {cell.id: cell for cell in whole.cells}
    title = nbformat.v4.new_markdown_cell(HEAD_OF_PAGE, id="title")
    parts = [_part(path.stem, nbformat.read(path, as_version=4)) for path in paths]
    whole.cells = [title, *(once[name] for name in ONCE), *(cell for part in parts for cell in part)]
    write_atomically(project.root / "notebooks" / f"{FIGURES_PAGE}.ipynb", nbformat.writes(whole) + "\n")
    for path in paths:
        path.unlink()


def _part(name: str, template: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """A template's cells as one section, their headings a level lower and their ids unlike any other template's."""
    [title] = [cell for cell in template.cells if cell.id == "title"]
    cells = [title, *(cell for cell in template.cells if cell.id not in NOT_IN_A_SECTION)]
    for cell in cells:
        cell.id = f"{name}-{cell.id}".replace("_", "-")
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            cell.source = f"#{cell.source}"
    return cells
