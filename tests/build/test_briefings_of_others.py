"""A briefing that shows figures of another audit: stale with it, no more open than it, never of a withdrawn one."""

import pytest
from builders import a_case, write_project
from editions_made import AUDIT, OTHER, a_project, have_approved, publish
from projects import shown

from auditbook.build.check import check_audits
from auditbook.project import Project
from auditbook.validation.problems import InputRefused, ReleaseRefused

NOW, BEFORE = "2021-22-Q2", "2021-22-Q1"
RECORDED = {"profile": "recorded", "approver": "A", "date": "2021-07-05", "reason": "Invented."}


def _write_briefing(project: Project, audit: str, sentence: str) -> None:
    boxes = "\n".join(f"## {number} T\n\nWords.\n" for number in range(2, 8))
    (project.audits / audit / "briefing.md").write_text(f"## 1 T\n\n{sentence}\n\n{boxes}", "utf-8")


def _two_audits(folder, profile: str = "recorded") -> Project:
    for audit, cases in ((BEFORE, 3), (NOW, 8)):
        own = [a_case(f"C{number}") for number in range(cases)]
        release = {**RECORDED, "profile": profile} if audit == BEFORE else RECORDED
        write_project(folder, *own, id=audit, collection="live", partnerships=["Exampleshire"], release=release)
    return Project.find(folder)


def _sentence(project: Project, profile: str | None = None) -> str:
    """The first sentence of the newer audit's page."""
    page = shown(project, profile).audits[1].files["briefing.md"]
    return page.partition("## 1 T\n\n")[2].partition("](")[0].replace("\\", "").replace("[", "")


def test_a_page_is_stale_with_the_audit_that_it_is_compared_with(tmp_path):
    project = _two_audits(tmp_path)
    _write_briefing(project, NOW, f"So {{change}}`{BEFORE}/cases.total`.")
    assert _sentence(project) == "So 8 cases, 3 in Q1 2021-22; other cases were read"
    cases = project.audits / BEFORE / "cases.csv"
    cases.write_text(cases.read_text() + "C7,in\n")
    assert _sentence(project) == "So 8 cases, 4 in Q1 2021-22; other cases were read"


def test_a_figure_of_a_strict_audit_is_withheld_in_a_briefing_of_true_counts(tmp_path):
    project = _two_audits(tmp_path, "strict")
    _write_briefing(project, NOW, f"So {{count}}`{BEFORE}/cases.total`.")
    for asked in (None, "recorded", "internal"):
        assert _sentence(project, asked) == "So a number that is withheld"


def test_released_more_strictly_than_written_the_comparison_is_withheld_whole(tmp_path):
    project = _two_audits(tmp_path)
    _write_briefing(project, NOW, f"So {{change}}`{BEFORE}/cases.total`.")
    assert _sentence(project, "strict").startswith("This paragraph is withheld")


def test_check_tells_what_only_follows_from_another_audit_not_again(tmp_path):
    project = _two_audits(tmp_path)
    _write_briefing(project, NOW, f"So {{change}}`{BEFORE}/cases.total`, by 5.")
    (project.audits / BEFORE / "cases.csv").write_text("case,scope\nC1,inn\n")
    for read in (shown, lambda project: check_audits(project, None)):
        with pytest.raises(InputRefused) as refused:
            read(project)
        assert [each.place.file.split("/")[2] for each in refused.value.refusals if each.rule != "B07"] == [BEFORE]
    assert "B07" in {each.rule for each in refused.value.refusals}


def test_an_audit_that_a_briefing_shows_is_not_withdrawn_behind_its_back(tmp_path):
    project = a_project(tmp_path, AUDIT, OTHER)
    for audit in (AUDIT, OTHER):
        have_approved(project, audit)
    _write_briefing(project, OTHER, f"So {{count}}`{AUDIT}/cases.total`.")
    publish(project)
    with pytest.raises(ReleaseRefused, match=f"{OTHER}/briefing.md: it shows figures of {AUDIT}, which was withdrawn"):
        publish(project, withdraw=(AUDIT,))
    _write_briefing(project, OTHER, "Words.")
    publish(project, withdraw=(AUDIT,))
    _write_briefing(project, OTHER, f"So {{count}}`{AUDIT}/cases.total`.")
    with pytest.raises(InputRefused, match=f'there is no audit "{AUDIT}"'):
        shown(project)
