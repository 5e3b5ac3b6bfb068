"""The process that Jupyter Book waits in."""

import os

import pytest

from auditbook.site.jupyter_book import run_jupyter_book, waiting

TAKEN = "raise RuntimeError('imported from the folder it began in')"


@pytest.fixture
def in_a_folder_of_traps(tmp_path):
    """Where Python would look first, were it not told otherwise."""
    before = os.getcwd()
    for name in ("json.py", "yaml.py", "sphinx.py", "auditbook/__init__.py"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TAKEN, encoding="utf-8")
    os.chdir(tmp_path)
    yield tmp_path
    os.chdir(before)


def test_what_lies_in_the_folder_it_begins_in_is_not_imported(in_a_folder_of_traps):
    with waiting() as process:
        output, _ = process.communicate("", timeout=120)
    assert (process.returncode, output) == (0, "")


def test_what_jupyter_book_complains_of_is_told(tmp_path):
    told = run_jupyter_book(tmp_path / "no-book", tmp_path / "work")
    assert any("no-book" in line or "No such file" in line for line in told)
    assert (tmp_path / "work" / "unfinished").exists()
