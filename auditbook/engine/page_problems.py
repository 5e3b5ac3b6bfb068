"""What is wrong with an executed page, by cell: the first that may not be published, and what to write instead."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from auditbook.engine.unanswered import SET_APART

if TYPE_CHECKING:
    from nbformat import NotebookNode

INJECTED, ERROR_MARKER = "injected-parameters", "papermill-error-cell-tag"
"""Tags of the cells that Papermill puts in."""
OURS = re.compile(r'<(?:p|div|figure) class="ab-')
"""How the HTML begins that the package's own displays give; it has words for those who do not see it."""
ENDS = re.compile(r"^(?:sys\.)?(?:exit|quit)$")
WARNING = re.compile(r"^(?:.*:\d+: )?(\w*Warning): (.*)", re.MULTILINE)
FOREIGN_TAGS = frozenset({"script", "style", "iframe", "object", "embed", "link", "img", "form", "base"})
"""What no display of ours has, so that HTML that only begins like one is none."""
ELSEWHERE = re.compile(
    r"<(script|iframe|object|embed|link)\b|(?:src=[\"']?|\]\()\s*(?:https?:)?//[^\s)]+", re.IGNORECASE
)
IMAGE_TAG = re.compile(r"(?:<img\b|!\[)")

SHOW_TABLE = 'Write: show(frame, "what it shows, and of whom").'
SHOW_PICTURE = 'Write: show(figure, "title", "in words, what it shows").'


def first_problem(notebook: "NotebookNode") -> str:
    """`cell 3: …`, as the template counts its cells; empty where nothing is wrong."""
    place = 0
    for cell in notebook.cells:
        place += _is_of_template(cell)
        for problem in _of_prose(cell) if cell.cell_type != "code" else _of_code(cell):
            return f"cell {place}: {problem}"
    return ""


def place_in_template(notebook: "NotebookNode", index: int) -> int:
    """How the template counts a cell of the executed page: what Papermill put in is not counted."""
    return sum(map(_is_of_template, notebook.cells[: index + 1]))


def stable_ids(notebook: "NotebookNode", template: Path) -> None:
    """Give cells of an older format, which had no ids, one from their place: Papermill's are new at each run."""
    written = json.loads(template.read_text("utf-8"))
    ids = {cell.get("id") for cell in written.get("cells", ())}
    place = 0
    for cell in notebook.cells:
        place += _is_of_template(cell)
        if _is_of_template(cell) and cell.get("id") not in ids:
            cell["id"] = f"cell-{place}"


def _is_of_template(cell: "NotebookNode") -> bool:
    return not {INJECTED, ERROR_MARKER, SET_APART} & set(cell.metadata.get("tags", ()))


def _of_prose(cell: "NotebookNode") -> Iterator[str]:
    if cell.get("attachments") or re.search(r"(?:\]\(|src=[\"']?)\s*data:", cell.source):
        yield "a picture was pasted into it. Save it as a file in book/_static/, and write: ![in words](…/name.png)."
    for match in ELSEWHERE.finditer(cell.source):
        if match[1]:
            yield f"<{match[1].lower()}> brings in what is not of this book; take it out."
        if IMAGE_TAG.search(cell.source[: match.start() + 2].rpartition("\n")[2]):
            yield "its picture lies on another server, which would see every reader; save it in book/_static/."


def _of_code(cell: "NotebookNode") -> Iterator[str]:
    if any(ENDS.match(name) for name in _names(cell.source)):
        yield "exit would end the page before its end; take it out."
    for output in cell.outputs:
        if output.output_type == "error":
            yield _of_error(output)
        elif output.output_type == "stream":
            yield _of_stream(output)
        elif not _is_ours(output.data):
            yield _of_data(output.data)
    if cell.source.strip() and cell.execution_count is None:
        yield "it was not run; a cell before it ended the page."


def _names(source: str) -> Iterator[str]:
    """Everything that a cell calls or names by itself; nothing of a cell that is no Python: its magic speaks for it."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)
        elif isinstance(node, ast.Expr):
            yield ast.unparse(node.value)


def _of_error(output: "NotebookNode") -> str:
    if output.ename == "SystemExit":
        return "sys.exit would end the page before its end; take it out."
    first_line = output.evalue.split("\n")[0]
    return first_line if output.ename == "Sealed" else f"{output.ename}: {first_line}"


def _of_stream(output: "NotebookNode") -> str:
    text = output.text.strip()
    if text.startswith("UsageError: "):
        return text.split("\n")[0]
    warning = WARNING.search(text)
    if warning:
        return (
            f"it warns ({warning[1]}: {warning[2]}). A warning is published with this machine's paths: mend its cause."
        )
    if output.name == "stderr":
        return "it writes to the error stream, which is no published output. Mend what it complains of."
    return f"what it prints is no published output. {SHOW_TABLE}"


def _is_ours(data: "NotebookNode") -> bool:
    html = data.get("text/html", "")
    return set(data) <= {"text/plain", "text/html"} and bool(OURS.match(html)) and not _is_foreign(html)


def _is_foreign(html: str) -> bool:
    """Whether an element or attribute is none of ours; what people wrote may look like one, in a text or a value."""
    import lxml.html

    elements = lxml.html.fragment_fromstring(html, create_parent=True).iter(lxml.etree.Element)
    return any(
        element.tag in FOREIGN_TAGS or any(name == "style" or name.startswith("on") for name in element.attrib)
        for element in elements
    )


def _of_data(data: "NotebookNode") -> str:
    if any(kind.startswith("image/") for kind in data):
        return f"a picture without words is no published output. {SHOW_PICTURE}"
    if "dataframe" in data.get("text/html", ""):
        return f"a bare DataFrame is no published output. {SHOW_TABLE}"
    if "text/html" in data or set(data) != {"text/plain"}:
        return f"HTML of its own is no published output. {SHOW_TABLE}"
    return f"a bare value is no published output. Say it in the prose, or {SHOW_TABLE[0].lower()}{SHOW_TABLE[1:]}"
