"""The process that Jupyter Book waits in."""

import json
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditbook.site import jupyter_book
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


A_LONG_BUILD = """
import pathlib, time
def setup(app):
    pathlib.Path("begun").touch()
    time.sleep(60)
"""


def test_a_build_ends_with_the_process_that_wanted_it(tmp_path):
    """Else it would still write into the folder that the next build clears."""
    (tmp_path / "slow.py").write_text(A_LONG_BUILD)
    (tmp_path / "_config.yml").write_text("sphinx:\n  local_extensions:\n    slow: .\n")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (tmp_path / "index.md").write_text("# One page\n")
    order = {"folder": str(tmp_path), "environment": {}, "arguments": ["build", str(tmp_path), "-q"]}
    with subprocess.Popen([sys.executable, *jupyter_book.PROGRAM], stdin=subprocess.PIPE, text=True) as process:
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()
        while process.poll() is None and not (tmp_path / "begun").exists():
            time.sleep(0.05)
        process.stdin.close()
        assert process.wait(timeout=20) == 1


def test_a_process_that_waits_for_a_build_holds_its_line_open(tmp_path, monkeypatch):
    ends_with_its_line = "import sys; sys.stdin.readline(); sys.exit(sys.stdin.read(1) == '')"
    monkeypatch.setattr(jupyter_book, "PROGRAM", ("-c", ends_with_its_line))
    monkeypatch.setattr(jupyter_book, "BUILD_TIME_LIMIT", 1)
    assert jupyter_book.run_jupyter_book(tmp_path, tmp_path / "work") == ["Jupyter Book was stopped after 1 seconds."]


LOADS_WHAT_IT_FINDS = """
import sys, json, pickle, pathlib
sys.stdin.readline()
cache = pathlib.Path(sys.argv[1])
found = cache / "environment.pickle"
if found.exists():
    pickle.loads(found.read_bytes())
cache.mkdir(parents=True, exist_ok=True)
found.write_bytes(pickle.dumps("of this build"))
"""
"""As Sphinx does with what it kept."""


class Planted:
    """A pickle that writes a file when it is loaded."""

    def __init__(self, path: Path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def test_a_pickle_that_somebody_put_into_the_build_folder_is_not_loaded(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cache = tmp_path / "work" / "_build" / ".doctrees"
    monkeypatch.setattr(jupyter_book, "PROGRAM", ("-c", LOADS_WHAT_IT_FINDS, str(cache)))
    for is_planted in (True, False, True):
        if is_planted:
            cache.mkdir(parents=True, exist_ok=True)
            (cache / "environment.pickle").write_bytes(pickle.dumps(Planted(tmp_path / "ran")))
        assert jupyter_book.run_jupyter_book(tmp_path, tmp_path / "work") == []
        assert not (tmp_path / "ran").exists()


def test_what_the_last_build_kept_is_used_again(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cache = tmp_path / "work" / "_build" / ".doctrees"
    program = LOADS_WHAT_IT_FINDS.replace("if found.exists():", "if found.exists():\n    (cache / 'again').touch()")
    monkeypatch.setattr(jupyter_book, "PROGRAM", ("-c", program, str(cache)))
    assert jupyter_book.run_jupyter_book(tmp_path, tmp_path / "work") == []
    assert not (cache / "again").exists()
    assert jupyter_book.run_jupyter_book(tmp_path, tmp_path / "work") == []
    assert (cache / "again").exists()
