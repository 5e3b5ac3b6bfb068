"""What tests of the search for leaks share."""

import pytest
from builders import a_case, a_finding, a_recommendation, write_project

from auditbook.leaks.search import Search
from auditbook.project import Project


@pytest.fixture
def project(tmp_path) -> Project:
    """Two cases with telling ids, one with the id of a worked example, one with an id that is a plain number."""
    cases = [a_case("KW-0417", sex="F"), a_case("kw-0418"), a_case("A1"), a_case("3"), a_case("voice")]
    told = a_finding("f1", "voice", case="KW-0417", text="Nobody asked the child where she would like to live.")
    asked = a_recommendation("1", text="Listen to the voice of each child.")
    made = write_project(tmp_path, *cases, told, asked, release={"profile": "internal"})
    (tmp_path / "book" / "method").mkdir()
    (tmp_path / "book" / "method" / "how.md").write_text("# How\n\nCase A1 is an example.\n")
    return made


@pytest.fixture
def looked_through(monkeypatch) -> list[str]:
    """The files that were looked through, in order."""
    names: list[str] = []
    leaks = Search.leaks

    def told(self, file, pieces, *key):
        names.append(file)
        return leaks(self, file, pieces, *key)

    monkeypatch.setattr(Search, "leaks", told)
    return names
