"""The demonstration year: the same every time, valid, and of nobody."""

import csv
import io
import re
from pathlib import Path

import pytest

from auditbook.codebook.quarter import AuditId
from auditbook.demo.files import TEXTS_FOLDER, demonstration_year, write_demonstration_year
from auditbook.demo.plans import STEP_DOWN, YEAR_PLANS
from auditbook.evidence.audit import read_audits
from auditbook.measures.all_measures import audit_measures
from auditbook.project import Project
from auditbook.release.profiles import refuse_unrecorded
from auditbook.validation.problems import WrongUsage

PROJECT = Project.find(Path(__file__).parent)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return demonstration_year()


@pytest.fixture(scope="module")
def audits():
    return read_audits(PROJECT, [AuditId.read(plan.id) for plan in YEAR_PLANS])


def table(texts: dict[str, str], plan, file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(texts[f"{plan.id}/{file}"])))


def test_the_committed_year_is_what_the_generator_writes(tmp_path, texts):
    write_demonstration_year(tmp_path)
    written = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert written.keys() == texts.keys()
    assert written == {name: (PROJECT.audits / name).read_bytes() for name in written}


def test_no_committed_file_of_the_year_is_left_over_from_an_older_generator(texts):
    committed = {
        path.relative_to(PROJECT.audits).as_posix()
        for plan in YEAR_PLANS
        for path in (PROJECT.audits / plan.id).glob("*.*")
    }
    assert committed == texts.keys()


def test_a_second_run_changes_nothing(tmp_path):
    assert write_demonstration_year(tmp_path)
    assert write_demonstration_year(tmp_path) == []


def test_only_what_differs_is_written_again(tmp_path):
    write_demonstration_year(tmp_path)
    altered = tmp_path / STEP_DOWN.id / "cases.csv"
    altered.write_text("case,scope\n")
    assert write_demonstration_year(tmp_path) == [altered]


@pytest.mark.parametrize("settings", ["title: Ours\ncollection: live\n", "not: [valid", None])
def test_an_audit_that_is_not_synthetic_is_not_overwritten(tmp_path, settings):
    folder = tmp_path / STEP_DOWN.id
    folder.mkdir()
    (folder / "cases.csv").write_text("case,scope\nA1,in\n")
    if settings:
        (folder / "audit.yml").write_text(settings)
    with pytest.raises(WrongUsage):
        write_demonstration_year(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [STEP_DOWN.id]
    assert (folder / "cases.csv").read_text() == "case,scope\nA1,in\n"


def test_no_figure_of_the_year_has_a_warning(audits):
    assert [warning.text for audit in audits for warning in audit_measures(audit).warnings] == []


def test_every_audit_says_that_it_is_made_up(audits):
    for audit in audits:
        assert audit.settings.collection == "synthetic"
        assert "(synthetic)" in audit.settings.title
        assert "invented" in audit.settings.remit
        assert audit.briefing.split("## 2")[0].count("Exampleshire does not exist") == 1


def test_one_audit_is_strict_and_the_others_record_who_decided(audits):
    profiles = [audit.settings.release.profile for audit in audits]
    assert profiles == ["recorded", "recorded", "strict", "recorded"]
    for audit in audits:
        if audit.settings.release.profile == "recorded":
            refuse_unrecorded(audit.id, audit.settings)
    assert audits[2].settings.release.approver == ()


def test_cases_planned_and_channels_agree_with_the_rows(audits):
    for audit in audits:
        assert audit.settings.sample.drawn == len(audit.cases)
        assert audit.channels["case_file_audit"].cases == len(audit.sample)
        assert 5 <= len(audit.sample) <= 12


def test_the_year_shows_every_kind_of_answer(audits, texts):
    people = [person for plan in YEAR_PLANS for person in table(texts, plan, "people.csv")]
    scopes = {case["scope"] for plan in YEAR_PLANS for case in table(texts, plan, "cases.csv")}
    states = {row["state"] for plan in YEAR_PLANS for row in table(texts, plan, "involvement.csv")}
    cells = {cell for person in people for cell in person.values()}
    assert scopes == {"in", "out_learning_kept", "replaced"}
    assert {person["role"] for person in people} == {"index_child", "sibling", "unborn", "parent"}
    assert {"not_known", "not_applicable", ""} <= cells
    assert any(re.fullmatch(r"\d{4}-\d{2}", cell) for cell in cells)
    assert {"returned", "returned_late", "moderated", "no_response", "declined", "took_part"} <= states
    assert {"involved_not_scoped", "not_known_to_agency", "not_involved"} <= states


def test_what_could_have_come_by_workbook_names_its_case_and_agency(texts):
    found, given = table(texts, STEP_DOWN, "findings.csv"), table(texts, STEP_DOWN, "grades.csv")
    assert all(row["case"] and row["agency"] and row["text"] for row in found)
    assert all(row["case"] and row["agency"] and not row["moderated"] for row in given)
    assert all(";" not in row["themes"] for row in found)
    assert found == sorted(found, key=lambda row: (row["agency"], row["case"], row["finding"]))
    returned = {(row["agency"], row["case"]) for row in table(texts, STEP_DOWN, "involvement.csv") if row["case"]}
    assert {(row["agency"], row["case"]) for row in (*found, *given)} <= returned


def test_nothing_is_said_twice_in_the_year(texts):
    said = [row["text"] for plan in YEAR_PLANS for row in table(texts, plan, "findings.csv")]
    assert len(said) == len(set(said)) > 100


def test_statements_are_short_and_name_no_number():
    with (TEXTS_FOLDER / "statements.csv").open(encoding="utf-8", newline="") as file:
        statements = [row["text"] for row in csv.DictReader(file)]
    assert [text for text in statements if not 8 <= len(text.split()) <= 20] == []
    assert [text for text in statements if re.search(r"\d", text)] == []


def test_recommendations_follow_earlier_ones_and_something_outside(texts):
    follows = [
        row["follows"] for plan in YEAR_PLANS for row in table(texts, plan, "recommendations.csv") if row["follows"]
    ]
    assert {link.split("/")[0] for link in follows if "/" in link} == {plan.id for plan in YEAR_PLANS[:3]}
    assert any(link.startswith("outside: ") for link in follows)


def test_an_overdue_and_a_carried_forward_recommendation_are_shown(audits):
    statuses = {status for audit in audits for status in audit.recommendations["status"]}
    assert {"done", "in_progress", "planned", "not_started", "carried_forward", "abandoned"} == statuses
    assert any(audit_measures(audit)["recommendations.overdue"].value for audit in audits)
