"""nbval compares the pages that exist; this says which must exist, and that none has opted out of the comparison."""

from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
AUDITS = sorted(folder.parent.name for folder in ROOT.glob("data/audits/*/audit.yml"))
PAGES = sorted(
    [*ROOT.glob("book/audits/*/*.ipynb"), *ROOT.glob("book/trends/**/*.ipynb"), *ROOT.glob("book/pooled/*.ipynb")]
)
OPTING_OUT = ("nbval-ignore-output", "nbval-skip", "nbval-check-output", "nbval-raises-exception", "raises-exception")


@pytest.mark.parametrize("audit", AUDITS)
def test_every_audit_has_executed_pages(audit):
    assert list(ROOT.glob(f"book/audits/{audit}/*.ipynb")) != []


@pytest.mark.parametrize("page", PAGES, ids=[page.relative_to(ROOT).as_posix() for page in PAGES])
def test_every_cell_of_a_page_was_run_and_is_compared(page):
    cells = [cell for cell in nbformat.read(page, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.source for cell in cells if cell.execution_count is None] == []
    assert [cell.source for cell in cells if set(cell.metadata.get("tags", [])) & set(OPTING_OUT)] == []
    assert [cell.source for cell in cells if "NBVAL_" in cell.source or "PYTEST_VALIDATE_" in cell.source] == []
