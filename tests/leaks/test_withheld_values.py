"""A preview that is made again finds out anew what to look for, unless only a briefing changed."""

import pytest
from builders import a_case, write_project

from auditbook.build import watch
from auditbook.build.watch import WithheldValues
from auditbook.evidence.audit import read_audits
from auditbook.release.released import released_audits

AUDIT = "2021-22-Q1"


@pytest.fixture
def project(tmp_path):
    made = write_project(tmp_path, a_case("KW-0417"), release={"profile": "internal"})
    (tmp_path / "book" / "method").mkdir(parents=True, exist_ok=True)
    (tmp_path / "book" / "method" / "how.md").write_text("# How\n")
    return made


def released(project):
    return released_audits(read_audits(project), "strict")


def test_after_an_edit_of_a_briefing_the_same_is_looked_for(project, monkeypatch):
    known, figures = WithheldValues(), released(project)
    first = known(project, figures, {})
    monkeypatch.setattr(watch, "secrets_of_project", None)
    briefing = project.audits / AUDIT / "briefing.md"
    briefing.write_text(briefing.read_text() + "\nMore.\n")
    assert known(project, figures, {}) is first and "kw-0417" in first.ids


def test_a_new_case_is_looked_for_at_once(project):
    known = WithheldValues()
    known(project, released(project), {})
    cases = project.audits / AUDIT / "cases.csv"
    cases.write_text(cases.read_text().replace("KW-0417", "KW-0418"))
    assert set(known(project, released(project), {}).ids) == {"kw-0418"}


def test_a_page_written_by_hand_may_name_an_id_from_then_on_and_no_longer(project):
    known, figures = WithheldValues(), released(project)
    page = project.root / "book" / "method" / "how.md"
    for text, named in (("Case KW-0417.", {"kw-0417"}), ("No case.", set())):
        page.write_text(text)
        assert known(project, figures, {}).pages["book/method/how"] == named


def test_another_rule_is_another_release(project):
    known = WithheldValues()
    internal = known(project, released_audits(read_audits(project), "internal"), {})
    assert known(project, released(project), {}) is not internal
