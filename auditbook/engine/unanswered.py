"""Questions of a page to which nothing was recorded: they leave what is read, and one paragraph at its end says so.

Their cells stay in the page, so that verifying runs what the template runs.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

NO_ANSWER = 'class="ab-note ab-instead ab-nothing"'
"""How the package's sentences begin that say that nothing was recorded (`reading.display.Note`)."""
SET_APART, LEFT_OUT_OF_BOOK = "not-recorded", "remove-cell"
"""Tags: of the paragraph, which no template has; and of what the book leaves out."""
HEADING_OF_UNANSWERED = "## What was not recorded"


def set_apart_unanswered(notebook: "NotebookNode") -> None:
    """Leave out the questions that nothing answers, where others are answered: a page of none says so by itself."""
    from nbformat.v4 import new_markdown_cell

    sections = list(_sections(notebook.cells))
    unanswered = [section for section in sections if _outputs(section) and all(map(_is_nothing, _outputs(section)))]
    if len(unanswered) in (0, sum(1 for section in sections if _outputs(section))):
        return
    for section in unanswered:
        for cell in section:
            cell.metadata["tags"] = [*cell.metadata.get("tags", ()), LEFT_OUT_OF_BOOK]
    words = dict.fromkeys(output.data["text/plain"] for section in unanswered for output in _outputs(section))
    paragraph = new_markdown_cell(
        f"{HEADING_OF_UNANSWERED}\n\n{' '.join(words)}", id=SET_APART, metadata={"tags": [SET_APART]}
    )
    after = max(place for place, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.outputs) + 1
    while after < len(notebook.cells) and not _is_heading(notebook.cells[after]):
        after += 1  # what is said below the last answer belongs to it
    notebook.cells.insert(after, paragraph)


def _sections(cells: "list[NotebookNode]") -> "Iterator[list[NotebookNode]]":
    """The cells of each heading of the second level."""
    starts = [place for place, cell in enumerate(cells) if _is_heading(cell)]
    yield from (cells[start:end] for start, end in zip(starts, [*starts, len(cells)][1:], strict=True))


def _is_heading(cell: "NotebookNode") -> bool:
    return cell.cell_type == "markdown" and cell.source.startswith("## ")


def _outputs(section: "list[NotebookNode]") -> "list[NotebookNode]":
    return [output for cell in section if cell.cell_type == "code" for output in cell.outputs]


def _is_nothing(output: "NotebookNode") -> bool:
    return NO_ANSWER in output.get("data", {}).get("text/html", "")
