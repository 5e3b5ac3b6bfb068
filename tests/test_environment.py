"""The pinned environment: complete, hashed, the same in both files, and silent about where it came from."""

import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BOOK, TEST = ROOT / "requirements.txt", ROOT / "requirements-test.txt"
NAMES_A_PLACE = re.compile(r"https?://|file://|--(extra-)?index-url|--find-links|--trusted-host| @ |(^|\s)/\w+/")


def pins(requirements: Path) -> dict[str, set[str]]:
    """The versions pinned for each package: more than one where Pythons differ."""
    pinned: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([\w.+!-]+)", requirements.read_text(encoding="utf-8"), re.MULTILINE):
        pinned.setdefault(canonicalize_name(name), set()).add(version)
    return pinned


def unmet(wanted: list[str], pinned: dict[str, set[str]]) -> list[str]:
    """Each requirement without a pin, or with a pin outside its range; the package's own extras aside."""
    requirements = [Requirement(line) for line in wanted if not line.startswith("auditbook[")]
    versions = {requirement: pinned.get(canonicalize_name(requirement.name), set()) for requirement in requirements}
    return [str(want) for want, found in versions.items() if not found or not all(map(want.specifier.contains, found))]


def test_every_file_of_tests_is_run(pytestconfig):
    """pytest passes over folders by their names alone."""
    passed_over = pytestconfig.getini("norecursedirs")
    folders = {folder for path in (ROOT / "tests").rglob("test_*.py") for folder in path.relative_to(ROOT).parts[:-1]}
    assert "build" in folders
    assert not [name for name in folders if any(fnmatch(name, pattern) for pattern in passed_over)]


def test_what_the_book_needs_is_pinned_within_its_range():
    assert unmet(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["build"], pins(BOOK)) == []


def test_what_the_tests_need_is_pinned_within_its_range():
    extras = PROJECT["optional-dependencies"]
    assert unmet(PROJECT["dependencies"] + extras["test"] + extras["cluster"] + extras["build"], pins(TEST)) == []


def test_the_tests_run_on_the_versions_that_the_book_is_built_with():
    tested = pins(TEST)
    assert {name: tested.get(name) for name in pins(BOOK)} == pins(BOOK)


def test_every_pin_has_a_hash():
    for requirements in (BOOK, TEST):
        text = requirements.read_text(encoding="utf-8")
        entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_requirements_file_names_a_registry_or_a_folder():
    for requirements in (BOOK, TEST):
        assert [
            line for line in requirements.read_text(encoding="utf-8").splitlines() if NAMES_A_PLACE.search(line)
        ] == []


def test_every_dependency_has_a_floor_and_a_cap():
    wanted = map(Requirement, PROJECT["dependencies"])
    bounds = {str(want): {bound.operator for bound in want.specifier} for want in wanted}
    assert [want for want, operators in bounds.items() if operators not in ({"=="}, {">=", "<"})] == []
