"""A book becomes an edition: what is compared with which, what is refused, and what stays as it was."""

import json
import shutil

import pytest
from editions_made import AUDIT, OTHER, a_project, as_it_is, enter_cases, have_approved, publish, refusal, shown

from auditbook.briefing.first_notes import first_notes
from auditbook.build.publication import in_book
from auditbook.evidence import audit
from auditbook.project import Project
from auditbook.release.editions import edition_path, editions_folder, read_editions, releases
from auditbook.validation.problems import InputRefused, WrongUsage


@pytest.fixture
def project(tmp_path) -> Project:
    return a_project(tmp_path / "book")


def kinds(standing) -> list[str]:
    return [each.kind for each in standing.current.changes]


def test_what_was_never_published_is_a_draft_and_its_next_build_reveals_nothing(project):
    first = as_it_is(project)
    enter_cases(project, yes=8, no=1)
    second = as_it_is(project)
    assert (first.current, second.current) == (None, None)
    assert first.reveals == second.reveals == ()
    assert not editions_folder(project).exists()


def test_what_was_published_is_that_edition_until_a_figure_or_a_word_changes(project):
    publish(project)
    assert as_it_is(project).words == "Edition 1, published 1 October 2025"
    (project.root / "book" / "index.md").write_text("# Our audits\n")
    assert as_it_is(project).current is None
    (project.root / "book" / "index.md").write_text("#  Audits\r\n")  # another editor's ends of lines
    assert as_it_is(project).current.number == 1
    enter_cases(project, yes=8, no=7)
    assert as_it_is(project).current is None


def test_publishing_the_same_again_records_no_other_edition(project):
    publish(project)
    before = edition_path(project, 1).read_bytes()
    again = publish(project, day="2025-12-24")
    assert (again.current.number, again.files) == (1, {})
    assert edition_path(project, 1).read_bytes() == before
    assert len(read_editions(project).editions) == 1


def test_an_edition_says_its_number_its_day_who_and_the_released_figures(project):
    publish(project, by="Business unit", note="The first.")
    found = json.loads(edition_path(project, 1).read_text("utf-8"))
    assert (found["edition"], found["date"], found["by"], found["note"]) == (
        1,
        "2025-10-01",
        "Business unit",
        "The first.",
    )
    figures = {each["id"]: each for each in found["audits"][AUDIT]["figures"]["measures"]}
    assert figures["cases.total"]["numerator"] == 8
    assert found["changes"] == [{"kind": "new", "name": AUDIT, "label": "Neglect in 2025"}]


@pytest.mark.parametrize("more", [1, 5])
def test_a_few_more_cases_than_were_published_are_a_warning_and_refused_with_both_ways_out(project, more):
    publish(project)
    enter_cases(project, yes=8, no=more)
    [warning] = as_it_is(project).warnings
    told = refusal(project)
    assert warning.endswith(told)
    assert f"{AUDIT}: beside edition 1 of 1 October 2025" in told and "changed by a few people: cases.total" in told
    assert f"auditbook publish --withdraw {AUDIT}" in told and "`recorded`" in told
    assert len(read_editions(project).editions) == 1


def test_six_more_are_published_and_told_as_corrections(project):
    publish(project)
    enter_cases(project, yes=14)
    standing = publish(project, day="2025-11-01")
    corrected = {each.measure: (each.was, each.now) for each in standing.current.corrections(AUDIT)}
    assert corrected["cases.total"] == ("8 cases", "14 cases")


def test_few_that_are_left_between_figures_that_each_changed_by_many_are_a_warning_and_refused(project):
    """Of twelve more cases the question applies to nine."""
    enter_cases(project, yes=12, no=12, not_applicable=6)
    publish(project)
    enter_cases(project, yes=21, no=12, not_applicable=9)
    assert len(as_it_is(project).warnings) == 1
    assert "a few people are left where figures are taken from each other: neglect_tool_used" in refusal(project)
    enter_cases(project, yes=24, no=12, not_applicable=6)
    assert as_it_is(project).warnings == ()
    assert publish(project).current.number == 2


def test_what_figures_reveal_beside_earlier_ones_is_asked_once(project, monkeypatch):
    publish(project)
    enter_cases(project, yes=14)
    assert as_it_is(project).reveals == ()
    monkeypatch.setattr(audit, "read_audits", None)
    assert as_it_is(project).reveals == ()


def test_every_earlier_edition_is_compared_and_not_only_the_last(project):
    publish(project)
    enter_cases(project, yes=14)
    publish(project)
    enter_cases(project, yes=9)
    assert "edition 1" in refusal(project)
    enter_cases(project, yes=15)
    assert "edition 2" in refusal(project)


def test_an_earlier_release_is_given_once_however_many_editions_have_it(project):
    publish(project)
    (project.root / "book" / "index.md").write_text("# Other words\n")
    assert kinds(publish(project)) == ["page"]
    enter_cases(project, yes=14)
    publish(project)
    editions = read_editions(project).editions
    given = [content.figures["measures"] for _, content in releases(editions, AUDIT)]
    totals = [next(each["numerator"] for each in measures if each["id"] == "cases.total") for measures in given]
    assert totals == [8, 14]
    assert json.loads(edition_path(project, 2).read_text())["audits"][AUDIT]["figures_of_edition"] == 1
    assert releases(editions, OTHER) == []


def test_a_recorded_decision_is_a_way_out(project):
    publish(project)
    enter_cases(project, yes=8, no=1)
    have_approved(project)
    standing = publish(project)
    assert "profile" in kinds(standing)
    assert [each.now for each in standing.current.corrections(AUDIT) if each.measure == "cases.total"] == ["9 cases"]


def test_the_notes_of_a_new_briefing_are_never_published(project):
    path = project.audits / AUDIT / "briefing.md"
    path.write_text(
        path.read_text("utf-8") + "\n- Name each strength in a few words, then say what was seen.\n", "utf-8"
    )
    assert f"data/audits/{AUDIT}/briefing.md: line 29 is still a note of what belongs there" in refusal(project)
    [warning] = as_it_is(project).warnings
    assert "line 29" in warning
    path.write_text(first_notes(), "utf-8")
    assert "lines 3, 7, 11, 15, 19, 23, 27 are still notes" in refusal(project)


@pytest.mark.parametrize("corrected", [0, 1])
def test_true_counts_that_are_approved_correct_nothing_but_what_is_another_number(project, corrected):
    """A base that was withheld is told now, as of an agency's states: that is another profile, and no correction."""
    enter_cases(project, yes=4, no=2)
    (project.audits / AUDIT / "involvement.csv").write_text("agency,case,state\npolice,n-01,returned\n")
    publish(project)
    have_approved(project)
    enter_cases(project, yes=4, no=2 + corrected)
    standing = publish(project)
    assert "profile" in kinds(standing)
    found = {each.measure for each in standing.current.corrections(AUDIT)}
    assert ("cases.total" in found) if corrected else not found


def test_what_was_corrected_is_no_longer_said_once_true_counts_are_withheld(project):
    have_approved(project)
    enter_cases(project, yes=9, no=1)
    publish(project)
    enter_cases(project, yes=8, no=2)
    publish(project)
    assert "1 of the 10 cases" in {each.was for each in as_it_is(project).editions[1].corrections(AUDIT)}
    path = project.audits / AUDIT / "audit.yml"
    path.write_text(path.read_text().replace("profile: recorded", "profile: strict"))
    assert {each.was for each in as_it_is(project).editions[1].corrections(AUDIT)} == {""}
    assert read_editions(project).editions[1].corrections(AUDIT)[0].was, "the record itself keeps it"


def test_a_withdrawn_audit_is_in_no_page_and_comes_back_by_its_row_alone(project):
    publish(project)
    enter_cases(project, yes=8, no=1)
    standing = publish(project, withdraw=(AUDIT,), note="A second look is needed.", by="Business unit")
    assert kinds(standing) == ["withdrawn"]
    assert in_book(shown(project), standing).audits == []
    assert as_it_is(project).words == "Edition 2, published 1 October 2025"
    [withdrawn] = as_it_is(project).withdrawn
    assert (withdrawn.title, withdrawn.date, withdrawn.note) == (
        "Neglect in 2025",
        "2025-10-01",
        "A second look is needed.",
    )
    (editions_folder(project) / "withdrawn.csv").unlink()
    assert "edition 1" in refusal(project), "it is still compared with the edition it stood in"
    enter_cases(project, yes=8)
    assert kinds(publish(project)) == ["new"]


def test_an_audit_that_was_published_may_not_vanish_unsaid(tmp_path):
    project = a_project(tmp_path / "book", AUDIT, OTHER)
    publish(project)
    shutil.rmtree(project.audits / AUDIT)
    assert f"auditbook publish --withdraw {AUDIT}" in refusal(project)
    standing = publish(project, withdraw=(AUDIT,))
    assert [each.audit for each in standing.withdrawn] == [AUDIT]
    assert set(standing.current.audits) == {OTHER}


@pytest.mark.parametrize(
    ("audit", "told"),
    [(OTHER, "was never published"), ("2025-26-Q3", "no audit 2025-26-Q3 in any edition")],
)
def test_only_what_was_published_can_be_withdrawn(project, audit, told):
    publish(project)
    shutil.copytree(project.audits / AUDIT, project.audits / OTHER)
    with pytest.raises(WrongUsage, match=told):
        publish(project, withdraw=(audit,))
    assert not (editions_folder(project) / "withdrawn.csv").exists()


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("2025-26-Q9,2025-10-01,,", "S01"),
        (f"{AUDIT},yesterday,,", "V04"),
        (f"{AUDIT},2025-10-01,,Ring 07700 900123", "P"),
    ],
)
def test_a_row_of_withdrawn_audits_that_cannot_be_followed_is_refused(project, row, rule):
    publish(project)
    (editions_folder(project) / "withdrawn.csv").write_text(f"audit,date,by,note\n{row}\n")
    with pytest.raises(InputRefused) as refused:
        as_it_is(project)
    assert rule in [each.rule[: len(rule)] for each in refused.value.refusals]
    assert "07700" not in str(refused.value)


def test_a_folder_of_something_else_is_not_replaced(project, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").touch()
    with pytest.raises(WrongUsage, match="--to home holds something that is no edition"):
        publish(project, site=tmp_path / "home")


@pytest.mark.parametrize(
    ("note", "told"),
    [("Two children were counted twice.", "a number of people"), ("Ring 07700 900123", "personal data")],
)
def test_a_note_tells_nothing_that_figures_may_not(project, note, told):
    with pytest.raises(WrongUsage, match=told):
        publish(project, note=note)
    assert read_editions(project).editions == ()


def test_internal_figures_are_never_published(project):
    path = project.audits / AUDIT / "audit.yml"
    path.write_text(path.read_text().replace("profile: strict", "profile: internal"))
    assert "never published" in refusal(project)


def test_an_audit_that_is_as_published_is_no_draft_though_the_book_is_one(tmp_path):
    project = a_project(tmp_path / "book", AUDIT)
    publish(project)
    shutil.copytree(project.audits / AUDIT, project.audits / OTHER)
    kept = in_book(shown(project), as_it_is(project)).audits
    assert [(str(each.released.audit_id), each.is_draft) for each in kept] == [(AUDIT, False), (OTHER, True)]
