"""The parameters a template declares, kept by the hash of its bytes: Papermill, which tells them, is slow to import."""

import json
from importlib.metadata import version
from pathlib import Path

from auditbook.engine import store
from auditbook.engine.atomic import write_atomically
from auditbook.engine.papermill_run import declared_parameters
from auditbook.project import Project


def declared_by_templates(project: Project) -> dict[Path, list[str]]:
    """Template → its parameters, in the order of their names. Raises WrongUsage for what is no notebook of Python."""
    memory = project.root / "_build" / "prepared" / "declared.json"
    known = _known(memory)
    papermill = version("papermill")
    declared, kept = {}, {}
    for template in sorted((project.root / "notebooks").glob("*.ipynb")):
        key = f"{store.of_file(template)} {papermill}"
        declared[template] = kept[key] = known[key] if key in known else declared_parameters(template)
    if kept != known:
        write_atomically(memory, json.dumps(kept, sort_keys=True))
    return declared


def _known(memory: Path) -> dict[str, list[str]]:
    try:
        return json.loads(memory.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
