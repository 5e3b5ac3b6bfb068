"""Ids of cases and persons in a briefing are refused by the line that they stand in, before anything is built."""

import pytest
from builders import a_case, a_person, write_project

from auditbook.build.ids_in_briefings import refuse_ids
from auditbook.validation.problems import Refusals


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("In n-03 the plan drifted.", True),
        ("In case N-03, and later.", True),
        ("The n-03-like pattern was seen.", True),
        ("In KW0403 the plan drifted.", True),
        ("In kw-0403 the plan drifted.", True),
        ("C1 and A1 are sections of the tool.", False),
        ("The plan n-04 is of another audit.", False),
    ],
)
def test_an_id_is_refused_by_check_whatever_the_profile(tmp_path, said, refused):
    project = write_project(tmp_path, a_case("n-03"), a_case("KW0403"), a_case("C1"), a_person("C1", "A1"))
    [folder] = project.audits.iterdir()
    refuse_ids(f"## 1 How\n\n{said}\n", folder, "briefing.md", refusals := Refusals())
    assert [(each.rule, str(each.place)) for each in refusals.found] == [("B11", "briefing.md:3")] * refused
