"""What is kept between runs: fresh by its key alone, whole or not there, and never a program."""

import json
import pickle
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import a_case, a_finding, write_project
from projects import shown, store_of

from auditbook.build.generated import generated_files
from auditbook.engine.fingerprints import PACKAGE, SOURCES
from auditbook.engine.store import Store
from auditbook.project import Project


@dataclass(frozen=True)
class Line:
    words: str
    parts: tuple["Line", ...] = ()


KEY = Store.key("made from this")


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path)


def entry(store: Store) -> Path:
    [path] = (path for path in store.folder.rglob("*") if path.is_file())
    return path


def refuse():
    raise AssertionError("this is made again")


def test_what_is_kept_is_made_once(store):
    assert store.value("lines", KEY, list[int], lambda: [1, 2]) == [1, 2]
    assert store.value("lines", KEY, list[int], refuse) == [1, 2]
    assert store.value("lines", Store.key("another"), list[int], lambda: [3]) == [3]


def test_what_another_version_of_the_package_made_is_not_asked_for(monkeypatch):
    monkeypatch.setattr("auditbook.engine.fingerprints.of_whole_package", lambda: "another")
    assert Store.key("made from this") != KEY


@pytest.mark.parametrize("content", [b"", b"damaged", b"[]", b"\x80\x04N."])
def test_what_is_damaged_is_made_again(store, content):
    store.keep("lines", KEY, list[int], [1])
    whole = entry(store).read_bytes()
    for damage in (content, whole[:-1], whole.replace(b"[1]", b"[2]")):
        entry(store).write_bytes(damage)
        assert store.read("lines", KEY, list[int]) is None
    assert store.value("lines", KEY, list[int], lambda: [4]) == [4]


def test_what_does_not_read_as_its_type_is_not_there(store):
    store.keep("lines", KEY, list[str], ["no number"])
    assert store.read("lines", KEY, list[int]) is None
    assert store.read("lines", KEY, dict[str, int]) is None


class Runs:
    """A value whose pickle would run a program."""

    def __reduce__(self):
        return Path("ran").touch, ()


def test_a_planted_file_runs_no_program(store, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store.keep("lines", KEY, list[int], [1])
    entry(store).write_bytes(pickle.dumps(Runs()))
    assert store.read("lines", KEY, list[int]) is None and not (tmp_path / "ran").exists()


def test_no_module_of_the_package_loads_pickles():
    package = Path(__file__).parents[2] / "auditbook"
    assert [str(path) for path in package.rglob("*.py") if "pickle.load" in path.read_text("utf-8")] == []


def test_files_are_there_whole_or_not_at_all(store):
    folder = store.files("forms", KEY, lambda: {"a.txt": b"a", "b.txt": b"bb"})
    assert store.files("forms", KEY, refuse) == folder and store.found_files("forms", KEY) == folder
    for harm in ("lost", "longer", "another"):
        if harm == "lost":
            (folder / "a.txt").unlink()
        else:
            (folder / ("b.txt" if harm == "longer" else "c.txt")).write_bytes(b"ccc")
        assert store.found_files("forms", KEY) is None, harm
        store.files("forms", KEY, lambda: {"a.txt": b"a", "b.txt": b"bb"})
        assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt", "contents.json"]


def test_files_that_could_not_be_made_leave_nothing(store):
    with pytest.raises(AssertionError):
        store.files("forms", KEY, refuse)
    assert store.found_files("forms", KEY) is None and list(store.folder.rglob("*.part")) == []


def test_what_nobody_asked_for_is_dropped_and_notes_stay(tmp_path):
    first = Store(tmp_path)
    first.keep("lines", KEY, list[int], [1])
    first.files("forms", KEY, lambda: {"a.txt": b"a"})
    first.note("outputs", list[str], ["a"])
    second = Store(tmp_path)
    assert second.read("lines", KEY, list[int]) == [1]
    second.sweep()
    assert second.found_files("forms", KEY) is None
    assert second.read("lines", KEY, list[int]) == [1] and second.noted("outputs", list[str]) == ["a"]


@pytest.fixture
def project(tmp_path) -> Project:
    return write_project(tmp_path, a_case("A1"), a_finding("f1", "voice"))


def test_released_figures_and_words_are_read_as_they_were_written(project):
    for profile in ("internal", "strict"):
        first, second = shown(project, profile), shown(project, profile)
        assert first.audits == second.audits
        assert [repr(list(audit.released)) for audit in first.audits] == [repr(list(a.released)) for a in second.audits]
        assert [audit.files for audit in first.audits] == [audit.files for audit in second.audits]


def test_everything_that_figures_are_made_from_has_a_part_in_their_key(project):
    [folder] = [path for path in project.audits.iterdir() if path.is_dir()]
    keys = [shown(project).figures_key]
    for path, old, new in (
        (folder / "audit.yml", "title: ", "title: Another "),
        (folder / "findings.csv", "voice", "fathers"),
        (project.data / "codebook" / "themes.csv", "Fathers", "Fathers and others"),
    ):
        assert old in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        keys.append(shown(project).figures_key)
    keys.append(shown(project, "internal").figures_key)
    assert len(set(keys)) == len(keys)
    assert shown(project, "internal").figures_key == keys[-1]


def test_pages_over_several_audits_are_taken_from_the_build_before(project):
    (project.root / "book").mkdir(exist_ok=True)
    first = generated_files(project, store_of(project), shown(project))
    [kept] = (project.root / "_build" / "store" / "listings").iterdir()
    assert json.loads(kept.read_bytes().partition(b"\n")[2])
    assert generated_files(project, store_of(project), shown(project)) == first


def test_every_text_of_the_package_is_part_of_every_key():
    """The layout of the PDF, a list of set phrases: where one of them changes, what it made is stale."""
    kinds = {f"*{path.suffix}" for path in PACKAGE.rglob("*.*") if path.is_file() and path.suffix}
    assert kinds - {"*.pyc", "*.zip", "*.ipynb"} == set(SOURCES)
