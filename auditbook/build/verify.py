"""Every published page run again, and every output compared, strictly, by nbval."""

import io
import os
from collections.abc import Sequence
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any

from auditbook.codebook.quarter import AuditId
from auditbook.engine.fingerprints import version_of
from auditbook.engine.page_problems import place_in_template
from auditbook.engine.papermill_run import made_from
from auditbook.project import MADE_BY_A_RUN, Project
from auditbook.validation.problems import AuditbookError, Refusals, WrongUsage

LIBRARIES = ("matplotlib", "pandas")
"""What a page is worked out and drawn with: another release of them may print or draw another thing."""
STRICTLY = ("--nbval", "--nbval-current-env", "-p", "nbval.plugin", "-p", "auditbook.reading.pytest_sealed")
QUIETLY = ("--color=no", "-p", "no:cacheprovider", "-c", os.devnull)
LONGEST_VALUE = 200
"""Signs of a value that is told; a longer one is cut."""


class PagesDiffer(AuditbookError):
    """A published page no longer says what its analysis gives."""


def libraries() -> str:
    """`matplotlib 3.11.2, pandas 3.1.1`: noted in each page."""
    return ", ".join(f"{name} {version_of(name)}" for name in LIBRARIES)


def published_pages(project: Project, ids: Sequence[AuditId] | None = None) -> list[Path]:
    """Every executed page, or those of some audits. Raises WrongUsage where audits have none yet."""
    book = project.root / "book"
    folders = (
        [book / "audits" / str(audit_id) for audit_id in ids] if ids else [book / name for name in _of_runs(project)]
    )
    pages = [page for folder in folders for page in sorted(folder.rglob("*.ipynb")) if "." not in page.parent.name]
    if not pages and project.audit_ids(Refusals()):
        raise WrongUsage("there is no executed page to verify; `auditbook run` makes them.")
    return pages


def _of_runs(project: Project) -> list[str]:
    """The folders that pages are written to: of audits, and one for each template of collections or pools."""
    of_templates = [path.stem for path in (project.root / "notebooks").glob("*.ipynb")]
    return sorted({*MADE_BY_A_RUN, *of_templates})


def verify_pages(project: Project, ids: Sequence[AuditId] | None = None) -> int:
    """How many pages were run again and are the same.

    Raises PagesDiffer with page, cell and both values of everything that is not, WrongUsage without nbval.
    """
    try:
        import nbval  # noqa: F401
        import pytest
    except ImportError:
        raise WrongUsage("verify needs nbval: pip install auditbook[verify].") from None
    pages = published_pages(project, ids)
    if not pages:
        return 0
    seen = _Compared(project)
    inside = [page.relative_to(project.root).as_posix() for page in pages]  # pytest takes a bracket for a parameter's
    arguments = [*STRICTLY, *QUIETLY, f"--rootdir={project.root}", *inside]
    with pytest.MonkeyPatch.context() as patch, chdir(project.root):
        patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        with redirect_stdout(io.StringIO()):  # pytest speaks to people who write tests
            code = pytest.main(arguments, plugins=[seen])
    missing = [page for page in pages if page not in seen.pages]
    seen.problems += [f"{project.name_of(page)}: not checked: none of its cells was run." for page in missing]
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and not seen.problems:
        seen.problems.append(f"not checked: nbval ended with {code!r}.")
    if seen.problems:
        raise PagesDiffer("\n".join([*seen.problems, *_other_libraries(pages), _ending(seen, pages)]))
    return len(pages)


class _Compared:
    """A plugin of pytest that hears of each cell: which pages were run, and what differs."""

    def __init__(self, project: Project):
        self.project = project
        self.pages: set[Path] = set()
        self.differing: set[Path] = set()
        self.problems: list[str] = []

    def pytest_runtest_makereport(self, item: Any, call: Any) -> None:
        page = Path(item.path)
        self.pages.add(page)
        if call.excinfo is not None and not call.excinfo.typename == "Skipped" and page not in self.differing:
            self.differing.add(page)  # what follows in the same page follows from it
            self.problems.append(f"{self.project.name_of(page)}: cell {_place(item)}: {_difference(item, call)}")

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.problems.append(f"{report.nodeid}: not checked: it cannot be read as a notebook.")


def _place(item: Any) -> int:
    """Where the cell stands, as its template counts; nbval counts cells of code only."""
    cells = item.parent.nb.cells
    return place_in_template(item.parent.nb, next(index for index, cell in enumerate(cells) if cell is item.cell))


def _difference(item: Any, call: Any) -> str:
    """Both values, where they first differ."""
    published, now = (_values(outputs) for outputs in (item.cell.outputs, item.test_outputs or []))
    for before, after in zip(published, now, strict=False):
        if before != after:
            return f"published “{_cut(before)}”, now “{_cut(after)}”."
    if len(published) != len(now):
        more = (published if len(published) > len(now) else now)[min(len(published), len(now))]
        return f"{'no longer' if len(published) > len(now) else 'now also'} “{_cut(more)}”."
    return f"it differs ({str(call.excinfo.value).splitlines()[0] if str(call.excinfo.value) else 'no words'})."


def _values(outputs: Sequence[Any]) -> list[str]:
    """Everything that outputs say, line by line: first in words, then as they are drawn."""
    lines: list[str] = []
    for output in outputs:
        if output.output_type == "error":
            return [f"{output.ename}: {output.evalue}"]
        data = output.get("data", {})
        for text in (output.get("text", ""), data.get("text/plain", ""), data.get("text/html", "")):
            lines += str(text).split("\n")
    return lines


def _cut(value: str) -> str:
    words = " ".join(value.split())
    return words if len(words) <= LONGEST_VALUE else f"{words[:LONGEST_VALUE]}…"


def _other_libraries(pages: Sequence[Path]) -> list[str]:
    made_with = {made_from(page).get("libraries", "") for page in pages} - {"", libraries()}
    return [f"Some pages were made with {versions}; here is {libraries()}." for versions in sorted(made_with)]


def _ending(seen: _Compared, pages: Sequence[Path]) -> str:
    number = len({problem.partition(": ")[0] for problem in seen.problems})
    return f"{number} of {len(pages)} pages differ. If the figures were meant to change: auditbook run --force."
