"""Book projects for tests: this repository's own book in a folder that passes, and a small one made up on the spot."""

import csv
import shutil
from pathlib import Path

import nbformat
import yaml

from auditbook.evidence.audit import read_audits
from auditbook.making.audit_files import files_of_audits, released_audits
from auditbook.making.book import Built, build_book
from auditbook.making.contents import AUDIT_PAGES
from auditbook.making.writing import write_atomically
from auditbook.words.codebook import read_codebook
from auditbook.words.project import Project
from auditbook.words.refusals import Refusals

ROOT = Path(__file__).parents[1]
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
PARAMETERS = {"quarter": 'quarter: str = "2020-21-Q4"', "collection": 'collection: str = "published"'}
CODEBOOK = {
    "variables.csv": "variable,label,unit,type\nsex,Sex,person,flag\n",
    "themes.csv": "theme,label,domain\nvoice,Voice of the child,Child\n",
    "agencies.csv": "agency,name,sector\npolice,Police,Police\n",
    "scales.csv": "scale,grade,label,order\nmet,yes_met,Met,1\n",
}
HOSTILE = (
    "<script>alert(1)</script> {include}`x` [a](javascript:alert(1)) {{ x }} **b** $y$ &amp; <img src=x onerror=a()>"
)
HOSTILE_ID = "2020-21-Q3-hostile"


def a_copy(folder: Path) -> Project:
    """This repository's book, data and templates, as they are, in another folder."""
    ignored = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
    for name in ("book", "data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "_config.yml", folder)
    return Project(folder, folder / "data")


def a_small_project(folder: Path) -> Project:
    """A project without audits: the written pages it cannot do without, and a codebook of one line a file."""
    (folder / "notebooks").mkdir()
    shutil.copytree(ROOT / "book" / "_static", folder / "book" / "_static")
    shutil.copytree(ROOT / "book" / "about", folder / "book" / "about")
    shutil.copy(ROOT / "book" / "index.md", folder / "book")
    shutil.copy(ROOT / "_config.yml", folder)
    for name, text in CODEBOOK.items():
        write_atomically(folder / "data" / "codebook" / name, text)
    write_atomically(folder / "book" / "method" / "code-sets.md", "# Code sets and where they come from\n")
    return Project(folder, folder / "data")


def a_hostile_audit(project: Project) -> None:
    """The real quarter again, but every text in it that reaches a page looks like markup."""
    folder = project.audits / HOSTILE_ID
    shutil.copytree(project.audits / "2020-21-Q4", folder)
    settings = yaml.safe_load((folder / "audit.yml").read_text("utf-8"))
    settings |= {"title": HOSTILE, "remit": HOSTILE, "partnerships": [HOSTILE], "deviations": [HOSTILE]}
    settings["published"] = {"url": "javascript:alert(1)", "citation": HOSTILE}
    settings["release"]["reason"] = HOSTILE
    for channel in settings["channels"]:
        channel["note"] = HOSTILE
    (folder / "audit.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    _everywhere(folder / "recommendations.csv", "text", HOSTILE)
    _everywhere(folder / "findings.csv", "text", HOSTILE)


def _everywhere(path: Path, column: str, text: str) -> None:
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, column: text} for row in rows)


def fill_in(project: Project) -> None:
    """Stand-ins for templates and executed pages that are not there, so that the book around them can be built."""
    for name in (*AUDIT_PAGES, "trends"):
        if not (project.root / "notebooks" / f"{name}.ipynb").exists():
            parameters = PARAMETERS["collection" if name == "trends" else "quarter"]
            cell = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}, id="parameters")
            _write(project.root / "notebooks" / f"{name}.ipynb", name, cell)
    for audit in read_audits(project):
        for page in AUDIT_PAGES:
            a_page(project.root / "book" / "audits" / str(audit.id) / f"{page}.ipynb")
        a_page(project.root / "book" / "trends" / f"{audit.settings.collection}.ipynb")
    rules = project.root / "book" / "method" / "how-we-count.md"
    if not rules.exists():
        anchors = ("Findings and themes", "Cases and people", "Agencies", "Grades", "Recommendations", "Variables")
        write_atomically(rules, "# How we count\n" + "".join(f"\n## {anchor}\n\nA rule.\n" for anchor in anchors))


def a_page(path: Path) -> None:
    """An executed page with a title, one sentence and one output; one that is there already stays."""
    if not path.exists():
        output = nbformat.v4.new_output(
            "display_data", {"text/html": "<p>4 of the 5 cases</p>", "text/plain": "4 of 5"}
        )
        cell = nbformat.v4.new_code_cell(
            "cases(audit)", metadata={"tags": ["hide-input"]}, outputs=[output], id="chart"
        )
        _write(path, path.stem, cell)


def _write(path: Path, name: str, cell: nbformat.NotebookNode) -> None:
    title = nbformat.v4.new_markdown_cell(f"# {name.replace('_', ' ').capitalize()}\n\nA sentence.", id="title")
    notebook = nbformat.v4.new_notebook(cells=[title, cell], metadata=KERNEL)
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def build(project: Project) -> Built:
    """Write each audit's briefing, and build the book from the pages that are there."""
    audits = read_audits(project)
    released = released_audits(audits, None)
    for path, text in files_of_audits(project, audits, released).items():
        write_atomically(path, text)
    refusals = Refusals()
    return build_book(project, released, read_codebook(project.data / "codebook", "data/codebook", refusals))
