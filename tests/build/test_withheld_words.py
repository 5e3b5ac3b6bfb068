"""What a briefing may not say word for word: texts of single cases, where a release withholds them."""

import pytest
from builders import a_case, a_finding, an_audit
from editions_made import AUDIT, a_project, have_approved, shown
from released import RECORDED, released

from auditbook.build.audit import withheld_texts
from auditbook.validation.problems import InputRefused

ONE_CASE = a_finding("f1", "voice", case="A", text="Seen often, and alone.")


def texts(*parts, profile: str = "strict") -> list[str]:
    audit = an_audit(a_case("A"), ONE_CASE, *parts, release=RECORDED)
    return [*withheld_texts(audit, released(audit, profile))]


def test_the_text_of_a_finding_of_one_case_is_withheld_where_small_counts_are():
    assert texts() == ["f1"]
    assert texts(profile="recorded") == []


@pytest.mark.parametrize(
    "other",
    [a_finding("f2", "voice", text="Good meetings were held."), a_finding("f2", "voice", case="A", text="In time.")],
    ids=["of no case", "of too few words"],
)
def test_no_other_text_is(other):
    assert texts(other) == ["f1"]


def test_what_a_finding_of_no_case_says_too_may_be_said():
    assert texts(a_finding("f2", "voice", text="Children were seen often and alone.")) == []


def test_a_build_refuses_it_by_its_line_before_anything_is_made(tmp_path):
    project = a_project(tmp_path)
    folder = project.audits / AUDIT
    (folder / "findings.csv").write_text(
        "finding,case,agency,polarity,themes,text\nf1,n-01,police,strength,neglect,Seen often and alone.\n"
    )
    briefing = folder / "briefing.md"
    briefing.write_text(briefing.read_text().replace("## 4 ", "He was seen often, and alone, we heard.\n\n## 4 ", 1))
    with pytest.raises(InputRefused, match="these are the words of finding f1"):
        shown(project)
    have_approved(project)
    assert shown(project).audits
