"""Which audits are released together: S. Each broken `data/pooled.yml` gives one message."""

from pathlib import Path

import pytest
from builders import a_case, write_project
from evidence.broken import Broken, lines_of

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.pools import Pool, read_pools
from auditbook.project import Project
from auditbook.validation.problems import Refusals

YEAR = "year:\n  title: A year\n  audits:\n    - 2020-21-Q4\n"


def pools(rule: str, message: str, text: str) -> Broken:
    def change(data: Path) -> None:
        (data / "pooled.yml").write_text(text, encoding="utf-8")

    return Broken(rule, f"data/pooled.yml:{message} [{rule}]", (change,))


BROKEN = [
    pools("S01", '5: year.audits.1: there is no audit "2021-22-Q9". Nearest: 2021-22-Q1.', f"{YEAR}    - 2021-22-Q9\n"),
    pools(
        "S02",
        '1: Year: "Year" names a page; it takes small letters, digits and hyphens.',
        YEAR.replace("year:", "Year:"),
    ),
    pools("V06", '5: year.audits.1: "2020-21-Q4" stands there twice.', f"{YEAR}    - 2020-21-Q4\n"),
    pools("V05", "1: year.title: this must be filled in.", "year:\n  audits: [2020-21-Q4]\n"),
]


@pytest.mark.parametrize("each", BROKEN, ids=str)
def test_a_broken_list_of_pools_is_told_in_one_message_with_its_place(each, tmp_path):
    assert lines_of(tmp_path, *each.changes) == [each.message]


def test_an_empty_section_and_an_unknown_key_are_refused(tmp_path):
    [change] = pools("", "", "year:\nother:\n  titel: A year\n  title: A year\n  audits: [2020-21-Q4]\n").changes
    lines = lines_of(tmp_path, change)
    assert [line.partition(": ")[2] for line in lines] == [
        "year.title: this must be filled in. [V05]",
        "year.audits: this must be filled in. [V05]",
        "other.titel: this key is not known here; expected title, audits. Nearest: title. [V07]",
    ]


def read(project: Project, text: str) -> list[Pool]:
    (project.data / "pooled.yml").write_text(text, encoding="utf-8")
    refusals = Refusals()
    found = read_pools(project, refusals)
    refusals.stop_if_any()
    return found


def test_audits_stand_in_their_own_order(tmp_path):
    for quarter in ("2021-22-Q1", "2021-22-Q2"):
        project = write_project(tmp_path, a_case("A1"), id=quarter)
    ids = tuple(map(AuditId.read, ("2021-22-Q1", "2021-22-Q2")))
    assert read(project, "both:\n  title: Both\n  audits: [2021-22-Q2, 2021-22-Q1]\n") == [Pool("both", "Both", ids)]


def test_without_the_file_nothing_is_released_together(tmp_path):
    assert read_pools(write_project(tmp_path, a_case("A1")), Refusals()) == []
