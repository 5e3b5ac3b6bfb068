"""What no template may be, whatever its cells would show."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from auditbook.engine.page_problems import first_problem
from auditbook.project import WORKBENCH, Project, is_written
from auditbook.validation.problems import WrongUsage

OPENS_ROWS = re.compile(r"\bopen_rows\b")


def refuse_rows(project: Project) -> None:
    """Raises WrongUsage for a notebook of the workbench that somebody put among the templates."""
    for template in sorted((project.root / "notebooks").glob("*.ipynb")):
        if OPENS_ROWS.search(template.read_text("utf-8", errors="replace")):
            raise WrongUsage(
                f"notebooks/{template.name} opens rows (open_rows), and a page shows released figures only. "
                f"Move it to {WORKBENCH}/; what of it may be published works on open_audit."
            )


def refuse_unsealed(project: Project) -> None:
    """Raises WrongUsage for a notebook that somebody put under `book/` with an output that no page may publish."""
    for path in sorted((project.root / "book").rglob("*.ipynb")):
        made = (project.root / "notebooks" / f"{path.parent.name}.ipynb").exists()
        if not made and is_written(path.relative_to(project.root)):
            problem = _problem_of(path)
            if problem:
                raise WrongUsage(
                    f"{project.name_of(path)}: {problem} A notebook in book/ is published as it lies there; "
                    "move it to notebooks/, where it is run as a page."
                )


def _problem_of(path: Path) -> str:
    import nbformat

    try:
        return first_problem(nbformat.read(path, as_version=4))
    except (ValueError, nbformat.reader.NotJSONError) as error:
        return f"it cannot be read as a notebook ({type(error).__name__})."


def title_of(template: Path) -> str:
    """The title that a template gives its pages; empty where it has none."""
    cells = json.loads(template.read_text("utf-8", errors="replace")).get("cells", ())
    lines = ("".join(cell["source"]).partition("\n")[0] for cell in cells if cell["cell_type"] == "markdown")
    return next((line.removeprefix("# ").strip() for line in lines if line.startswith("# ")), "")


OPENERS = ("open_audit", "open_collection", "open_pool")
OWN_TEMPLATES = {
    "quarter": "open_audit(quarter, profile, data)",
    "collection": "open_collection(collection, profile, data)",
    "pool": "open_pool(pool, data)",
}
"""The parameter that a template declares → the call that opens what its page is of, and nothing else."""


def opens_others(template: Path, parameter: str) -> bool:
    """Whether a page shows figures of more than its own audit, collection or pool: then it is stale with all of them.

    Whatever cannot be told from its code counts as such.
    """
    cells = json.loads(template.read_text("utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return any(use != OWN_TEMPLATES[parameter] for source in sources for use in _uses(source))


def _uses(source: str) -> Iterator[str]:
    """Every place where a cell names something that opens figures: the whole call, or what else it is."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        yield from (name for name in OPENERS if name in source)
        return
    called = set()
    for node in ast.walk(tree):
        name = node.func if isinstance(node, ast.Call) else node
        if _opener(name):
            if isinstance(node, ast.Call):
                called.add(name)
                yield ast.unparse(node)
            elif node not in called:
                yield ast.unparse(node)
        elif isinstance(node, ast.alias) and (node.name == "*" or (node.name in OPENERS and node.asname)):
            yield node.name
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in OPENERS:
            yield node.value


def _opener(node: ast.AST) -> bool:
    named = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return named in OPENERS
