"""Where an audit's pages come from: its files with checksums, the templates, the versions, how to make them again."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import auditbook
from auditbook.engine import fingerprints
from auditbook.pages.render import in_type, page
from auditbook.project import Project
from auditbook.release.released import Released
from auditbook.validation.files import is_left_behind

PACKAGES_THAT_MAKE = {
    "jupyter_book": "jupyter-book",
    "papermill": "papermill",
    "pandas": "pandas",
    "matplotlib": "matplotlib",
    "typst": "typst",
    "docxtpl": "docxtpl",
    "pptx": "python-pptx",
    "gptables": "gptables",
}
"""Module → the package it comes with, of all that can make a page, a picture or a file to take away."""
IMPORTED = re.compile(rf"""(?:^\s*"?(?:import|from) |")({"|".join(PACKAGES_THAT_MAKE)})(?=[\s.])""", re.MULTILINE)
"""In a module or in a cell of a template: `import pandas`, or `"pandas.` where it is imported by its name."""
WITH_ROWS = ("cases.csv", "people.csv", "findings.csv", "grades.csv", "involvement.csv")
"""A checksum of so few rows would let somebody who guesses them know that they guessed right."""


def makers(sources: Iterable[Path]) -> tuple[str, ...]:
    """The packages that these modules and templates import: what no code uses has made nothing."""
    found = {name for path in sources for name in IMPORTED.findall(path.read_text("utf-8"))}
    return tuple(package for module, package in PACKAGES_THAT_MAKE.items() if module in found)


@cache
def _packages(templates: tuple[Path, ...]) -> tuple[str, ...]:
    modules = (path for path in fingerprints.PACKAGE.rglob("*.py") if path != Path(__file__))
    return tuple(f"{package} {version(package)}" for package in makers((*modules, *templates)))


def provenance_text(project: Project, figures: Released) -> str:
    """Sections for the page about an audit; nothing in them changes from run to run."""
    folder = project.audits / str(figures.audit_id)
    has_rows = (folder / "cases.csv").is_file()
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and not is_left_behind(path.name)]
    templates = sorted((project.root / "notebooks").glob("*.ipynb"))
    return page(
        "provenance",
        audit_id=figures.audit_id,
        files=[(path.name, _sum(path, has_rows)) for path in files],
        has_rows=has_rows,
        templates=[(path.name, fingerprints.of_file(path)) for path in templates],
        version=auditbook.__version__,
        packages=_packages(tuple(templates)),
        citation=_citation(figures),
    )


def _sum(path: Path, has_rows: bool) -> str:
    return "kept inside" if has_rows and path.name in WITH_ROWS else in_type(fingerprints.of_file(path))


def _citation(figures: Released) -> str:
    settings = figures.settings
    who = ", ".join(settings.partnerships) or "Safeguarding children partnership"
    day = settings.published.date or settings.release.date
    when = f", {day}" if day else ""
    return f"{who}: {settings.title}. Multi-agency case file audit, {figures.audit_id.label}{when}."
