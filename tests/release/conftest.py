"""Two partnerships that published, and copies of their editions."""

import shutil
from pathlib import Path

import pytest
from partnerships import a_partnership


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    a_partnership(folder / "north", "Northshire")
    a_partnership(folder / "south", "Southshire", "child_voice", "Voice of children")
    return folder


@pytest.fixture
def handed_over(published, tmp_path) -> Path:
    """A copy of both partnerships' editions, to be harmed."""
    for name in ("north", "south"):
        shutil.copytree(published / name / "data" / "editions", tmp_path / name / "editions")
    return tmp_path
