"""Generated books of any size: the demonstration audits again and again, under quarters of their own."""

import shutil
from pathlib import Path

import nbformat
import yaml
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from auditbook.build.pages import planned_pages
from auditbook.build.shown import read_and_release
from auditbook.engine.store import Store
from auditbook.project import MADE_BY_A_RUN, Project

ROOT = Path(__file__).parents[1]
MODELS = ("2021-22-Q1", "2021-22-Q2", "2021-22-Q3", "2021-22-Q4")
FIRST_YEAR = 1950


def make_book(folder: Path, audits: int) -> Project:
    """A project with this many audits, five pages each, and the shipped templates."""
    folder.mkdir(parents=True)
    left_out = shutil.ignore_patterns(*MADE_BY_A_RUN, "recommendations*.md", "__pycache__", "returns")
    for name in ("notebooks", "book", "data/codebook"):
        shutil.copytree(ROOT / name, folder / name, ignore=left_out)
    shutil.copy(ROOT / "_config.yml", folder)
    for number in range(audits):
        year = FIRST_YEAR + number // 4
        audit = f"{year}-{(year + 1) % 100:02}-Q{number % 4 + 1}"
        shutil.copytree(
            ROOT / "data/audits" / MODELS[number % len(MODELS)], folder / "data/audits" / audit, ignore=left_out
        )
        _move_in_time(folder / "data/audits" / audit)
    return Project.find(folder)


def _move_in_time(folder: Path) -> None:
    """Take out what ties an audit to its own time: its dates and the recommendations it follows."""
    settings = yaml.safe_load((folder / "audit.yml").read_text())
    for key in ("cohort", "fieldwork"):
        settings.pop(key, None)
    (folder / "audit.yml").write_text(yaml.safe_dump(_as_text(settings), allow_unicode=True, sort_keys=False))
    path = folder / "recommendations.csv"
    lines = path.read_text().split("\n")
    last = lines[0].split(",").index("follows") == len(lines[0].split(",")) - 1
    assert last, "follows is the last column"
    path.write_text("\n".join([lines[0], *(line.rpartition(",")[0] + "," if line else "" for line in lines[1:])]))


def _as_text(value: object) -> object:
    if isinstance(value, dict):
        return {key: _as_text(each) for key, each in value.items()}
    return [_as_text(each) for each in value] if isinstance(value, list) else str(value)


def jobs_of(project: Project) -> list[tuple[str, dict[str, str], str]]:
    """Template, parameters and output of every page, for the peers."""
    store = Store(project.root / "_build")
    pages = planned_pages(project, store, read_and_release(project, store, None))
    return [(str(page.template), page.parameters, str(page.path)) for page in pages]


def plain_book(project: Project, folder: Path, execute: str) -> None:
    """The same pages as a book of Jupyter Book alone: its own contents, its own theme, no extension of ours.

    execute  `off` for pages run before, `cache` to let Jupyter Book run them
    """
    folder.mkdir(parents=True)
    (folder / "index.md").write_text("# Book\n")
    chapters: dict[str, list[str]] = {}
    for template, parameters, output in jobs_of(project):
        name = Path(output).relative_to(project.root / "book")
        chapters.setdefault(name.parent.as_posix(), []).append(name.with_suffix("").as_posix())
        if execute == "cache":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(parameterize_notebook(load_notebook_node(template), parameters), folder / name)
    toc = [
        {"file": pages[0]} | ({"sections": [{"file": page} for page in pages[1:]]} if pages[1:] else {})
        for _, pages in sorted(chapters.items())
    ]
    (folder / "_toc.yml").write_text(yaml.safe_dump({"format": "jb-book", "root": "index", "chapters": toc}))
    config = {"title": "Book", "execute": {"execute_notebooks": execute, "timeout": 120}, "only_build_toc_files": True}
    (folder / "_config.yml").write_text(yaml.safe_dump(config))
    if execute == "cache":  # pages find their data by walking up
        for name in ("notebooks", "book"):
            (folder / name).mkdir(exist_ok=True)
        (folder / "data").symlink_to(project.data)
