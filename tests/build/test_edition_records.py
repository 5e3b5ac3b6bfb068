"""What the record of editions holds, and what a book may do where some of it is missing."""

import hashlib
import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from editions_made import AUDIT, a_project, as_it_is, enter_cases, have_approved, publish, refusal, shown

from auditbook.build.handed_over import refuse_leaking_record
from auditbook.build.publication import Publication, mark_site
from auditbook.leaks.scan import secrets_of_project
from auditbook.leaks.scanner import Scanner
from auditbook.project import Project
from auditbook.release.editions import edition_path, editions_folder, last_path, read_editions
from auditbook.validation.problems import LeakFound


@pytest.fixture
def project(tmp_path) -> Project:
    return a_project(tmp_path / "book")


def remove_record(project: Project) -> None:
    shutil.rmtree(editions_folder(project))


def remove_last(project: Project) -> None:
    edition_path(project, 2).unlink()


def remove_first(project: Project) -> None:
    edition_path(project, 1).unlink()


def alter_a_figure(project: Project) -> None:
    path = edition_path(project, 1)
    path.write_text(path.read_text().replace('"numerator": 8', '"numerator": 9'))


def cut_short(project: Project) -> None:
    path = edition_path(project, 2)
    path.write_bytes(path.read_bytes()[:300])


def bring_another(project: Project) -> None:
    """The record of another copy of the project, in which edition 2 was something else."""
    remove_last(project)
    last_path(project).unlink()
    (project.root / "book" / "index.md").write_text("# Another\n")
    publish(project, note="Elsewhere.")
    shutil.copy(project.root / "last", last_path(project))


@pytest.mark.parametrize(
    "harm",
    [remove_record, remove_last, remove_first, alter_a_figure, cut_short, bring_another],
    ids=lambda each: each.__name__,
)
def test_without_its_whole_record_nothing_strict_is_published_though_a_draft_is_built(project, harm):
    publish(project)
    enter_cases(project, yes=14)
    publish(project)
    shutil.copy(last_path(project), project.root / "last")
    harm(project)
    standing = as_it_is(project)
    assert standing.current is None and "git or from a backup" in standing.warnings[0]
    assert "nothing `strict`" in refusal(project)


def test_a_site_of_an_edition_without_its_record_is_missed_on_another_computer(project, tmp_path):
    site = tmp_path / "web"
    site.mkdir()
    mark_site(publish(project), site)
    remove_record(project)
    last_path(project).unlink()
    assert as_it_is(project).reveals == (), "nothing here tells that something was published"
    assert "The site in web is edition 1" in refusal(project, site=site)


def test_true_counts_by_a_recorded_decision_need_no_record(project):
    publish(project)
    have_approved(project)
    remove_record(project)
    assert publish(project).current.number == 2


def test_a_record_holds_nothing_that_is_withheld(project):
    enter_cases(project, yes=9, no=3)
    publish(project)
    measures = json.loads(edition_path(project, 1).read_text())["audits"][AUDIT]["figures"]["measures"]
    withheld = [each for each in measures if each["status"] == "suppressed"]
    assert withheld and not any({"numerator", "value", "denominator"} & each.keys() for each in withheld)
    texts = "".join(path.read_text() for path in Path(editions_folder(project)).iterdir())
    assert "n-0" not in texts


def as_the_first_version_wrote_it(project: Project) -> None:
    """The edition without what the schema 1 did not have."""
    path = edition_path(project, 1)
    found = json.loads(path.read_text("utf-8"))
    for each in found["audits"].values():
        del each["texts"]
    del found["codebook"], found["publisher"], found["checksum"]
    found |= {"schema": 1}
    found["checksum"] = hashlib.sha256(json.dumps(found, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    path.write_text(json.dumps(found), "utf-8")
    last_path(project).write_text(json.dumps({"edition": 1, "checksum": found["checksum"]}), "utf-8")


def test_an_edition_of_the_first_schema_is_read_and_publishing_adds_the_texts_of_what_is_as_it_was(project):
    publish(project)
    as_the_first_version_wrote_it(project)
    record = read_editions(project)
    assert (record.problem, record.last.has_texts) == ("", False)
    assert as_it_is(project).words == "Edition 1, published 1 October 2025"
    second = publish(project, day="2026-01-05")
    assert (second.current.number, second.current.changes, second.current.has_texts) == (2, (), True)
    assert read_editions(project).problem == "" and publish(project).files == {}


def test_texts_and_lists_that_stay_as_they_are_are_written_once_and_read_in_every_edition(project):
    publish(project)
    (project.root / "book" / "index.md").write_text("# Our audits\n")
    publish(project)
    found = json.loads(edition_path(project, 2).read_text("utf-8"))
    assert found["codebook_of_edition"] == found["audits"][AUDIT]["texts_of_edition"] == 1
    first, second = read_editions(project).editions
    assert first.codebook == second.codebook and first.audits[AUDIT].texts == second.audits[AUDIT].texts
    assert second.audits[AUDIT].texts["settings"]["title"] == "Neglect in 2025"


def test_an_edition_holds_the_briefing_as_it_is_read_without_where_a_fact_is_from(project):
    path = project.audits / AUDIT / "briefing.md"
    path.write_text(path.read_text("utf-8").replace("## 2 ", "It met {fact}`three boards|minutes of 4 May`.\n\n## 2 "))
    publish(project)
    text = edition_path(project, 1).read_text("utf-8")
    assert "three boards" in text and "minutes of 4 May" not in text and '"line"' not in text


@pytest.mark.parametrize("leak", ["The child n-01 was seen.", "Neglect screening tool used: no in 4 of the 12 cases."])
def test_an_edition_that_says_more_than_it_may_is_not_recorded(project, leak):
    enter_cases(project, yes=8, no=4)
    standing = as_it_is(project, Publication(date(2025, 10, 1)))
    scanner = Scanner(secrets_of_project(project, shown(project).released))
    refuse_leaking_record(standing, scanner)
    path = edition_path(project, 1)
    found = json.loads(standing.files[path])
    found["audits"][AUDIT]["texts"]["warnings"] = [leak]
    with pytest.raises(LeakFound):
        refuse_leaking_record(replace(standing, files={path: json.dumps(found)}), scanner)
