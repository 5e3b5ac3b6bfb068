"""Where an audit's pages come from: its files with checksums, the templates, the versions, how to make them again."""

from functools import cache
from importlib.metadata import version
from pathlib import Path

import auditbook
from auditbook.briefing.myst import literal
from auditbook.engine import fingerprints
from auditbook.project import Project
from auditbook.release.released import Released
from auditbook.validation.files import is_left_behind

PACKAGES = ("jupyter-book", "papermill", "pandas", "matplotlib", "typst", "docxtpl", "gptables")
WITH_ROWS = ("cases.csv", "people.csv", "findings.csv", "grades.csv", "involvement.csv")
"""A checksum of so few rows would let somebody who guesses them know that they guessed right."""


@cache
def _packages() -> str:
    return ", ".join(f"{literal(name)} {literal(version(name))}" for name in PACKAGES)


def provenance_text(project: Project, figures: Released) -> str:
    """Sections for the page about an audit; nothing in them changes from run to run."""
    folder = project.audits / str(figures.audit_id)
    has_rows = (folder / "cases.csv").is_file()
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and not is_left_behind(path.name)]
    blocks = [
        "## Where these pages come from",
        "Every page was made from these files. The beginning of each file's SHA-256 tells whether it is the same.",
        _table(("File", "SHA-256"), [(path.name, _sum(path, has_rows)) for path in files]),
    ]
    if has_rows:
        blocks.append("Of files with a row a case no checksum is printed: it could confirm a guess at what they hold.")
    templates = sorted((project.root / "notebooks").glob("*.ipynb"))
    blocks += [
        _table(("Page template", "SHA-256"), [(path.name, fingerprints.of_file(path)) for path in templates]),
        f"Made with auditbook {auditbook.__version__}, " + _packages() + ". To make them again: `make book`.",
        "## What checks them",
        _check(figures),
        "## Cite this audit",
        _citation(figures),
    ]
    return "\n\n".join(blocks) + "\n"


def _check(figures: Released) -> str:
    """Which check there is. How it ended is not said: the page is written before, and must not know better."""
    return (
        "The regression check runs every executed page of this audit again, with nbval, and compares each output with "
        "the published one, cell by cell; a figure that moved makes it fail. To run it for this audit: "
        f"`pytest book/audits/{figures.audit_id}`; for the whole book, with every other check: `make test`. This page "
        "is written before the check, so it cannot say how the check ended."
    )


def _sum(path: Path, has_rows: bool) -> str:
    return "kept inside" if has_rows and path.name in WITH_ROWS else f"`{fingerprints.of_file(path)}`"


def _table(header: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    lines = [f"| {' | '.join(header)} |", "|---|---|"]
    return "\n".join([*lines, *(f"| {literal(name)} | {found} |" for name, found in rows)])


def _citation(figures: Released) -> str:
    settings = figures.settings
    who = ", ".join(settings.partnerships) or "Safeguarding children partnership"
    day = settings.published.date or settings.release.date
    when = f", {day}" if day else ""
    return literal(f"{who}: {settings.title}. Multi-agency case file audit, {figures.audit_id.label}{when}.")
