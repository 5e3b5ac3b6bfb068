"""What a partnership installs: the package, and the starting files of `auditbook init`."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from auditbook.demo.new_project import PROJECT_FILES
from auditbook.engine.fingerprints import PACKAGE, SOURCES

ROOT = Path(__file__).parents[1]
STARTER = "auditbook/starter/"


@pytest.fixture(scope="module")
def wheel_files(tmp_path_factory) -> set[str]:
    """The names in a wheel that was built here, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--no-index", "-w", folder, ROOT], check=True)
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def starting_files() -> set[str]:
    """The files of this repository with which a new book project begins."""
    alone = [
        ROOT / "_config.yml",
        ROOT / "requirements.txt",
        ROOT / "book" / "index.md",
        *ROOT.glob("notebooks/*.ipynb"),
    ]
    folders = [
        ROOT / "data" / "codebook",
        *(ROOT / "book" / name for name in ("about", "guide", "method", "_static", "templates")),
    ]
    files = [*alone, *(file for folder in folders for file in folder.rglob("*") if file.is_file())]
    return {file.relative_to(ROOT).as_posix() for file in files if "__pycache__" not in file.parts}


def test_the_wheel_holds_every_module_template_and_list_of_the_package(wheel_files):
    sources = {source.relative_to(ROOT).as_posix() for kind in SOURCES for source in PACKAGE.rglob(kind)}
    assert {"auditbook/validation/rules.yml", "auditbook/pages/templates/refusals.md.j2"} <= sources
    assert sources - wheel_files == set()


def test_the_wheel_holds_what_else_a_new_project_begins_with(wheel_files):
    files = {file.relative_to(ROOT).as_posix() for file in PROJECT_FILES.rglob("*") if file.is_file()}
    assert {"auditbook/demo/project_files/.githooks/pre-commit"} <= files
    assert files - wheel_files == set()


def test_the_wheel_holds_every_starting_file_of_a_book_project(wheel_files):
    assert {STARTER + file for file in starting_files()} - wheel_files == set()


def test_the_wheel_holds_no_audit_and_no_executed_page(wheel_files):
    assert [name for name in wheel_files if "/audits/" in name or "/trends/" in name or "book/pooled" in name] == []
