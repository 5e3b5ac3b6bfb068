"""What a build says of its search, beside what it finds."""

from builders import a_case, a_person, write_project
from projects import store_of

from auditbook.build.shown import read_and_release
from auditbook.build.site import LookingThrough


def warnings(project) -> list[str]:
    store = store_of(project)
    return LookingThrough(project, store).warnings(read_and_release(project, store, None))


def test_a_build_says_once_that_some_ids_are_looked_for_nowhere(tmp_path):
    project = write_project(tmp_path, a_case("1"), a_case("2"), a_case("KW-0417"), a_person("1", "7"))
    assert warnings(project) == [
        "2021-22-Q1/people.csv, row 2, and in 1 other file: an id that is very short or a common word here is looked "
        "for nowhere; read the pages for it, or give other ids, such as KW-0417."
    ]


def test_a_build_that_looks_for_every_id_says_nothing_of_texts_that_are_too_short(tmp_path):
    moved = a_case("KW-0418", scope="excluded", scope_reason="Moved away")
    assert warnings(write_project(tmp_path, a_case("KW-0417"), moved)) == []
