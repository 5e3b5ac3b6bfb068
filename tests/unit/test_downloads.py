"""Files to take away: made when they are stale, offered by their page, and never left from an earlier release."""

import os
from pathlib import Path

import pytest
from builders import a_case, a_finding, write_project
from released import released

from auditbook.briefing.parse import parse_briefing
from auditbook.downloads.csvw import METADATA
from auditbook.downloads.records import (
    copy_downloads,
    download_warnings,
    downloads,
    downloads_folder,
    remove_downloads,
    size_in_words,
)
from auditbook.downloads.write import write_downloads
from auditbook.evidence.audit import read_audits
from auditbook.project import Project
from auditbook.release.released import Released
from auditbook.validation.problems import InputRefused, Refusals

AUDIT = "2021-22-Q1"


def a_made_project(root: Path, profile: str = "recorded") -> tuple[Project, Released, object]:
    """A project of one audit, its figures and its briefing."""
    own = {"profile": profile, "approver": "Scrutineer", "date": "2021-07-05", "reason": "Invented."}
    cases = [a_case(f"C{number}", plan="cp" if number < 3 else "cin") for number in range(9)]
    project = write_project(root, *cases, a_finding("f1", "voice", case="C1", text="Heard."), release=own)
    (root / "_build").mkdir(exist_ok=True)
    [audit] = read_audits(project)
    figures = released(audit, profile)
    briefing = parse_briefing(audit.briefing, figures, "briefing.md", Refusals())
    return project, figures, briefing


def times(paths: list[Path]) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in paths}


def test_every_file_is_made_and_offered_by_its_page(tmp_path):
    project, figures, briefing = a_made_project(tmp_path)
    made = write_downloads(project, figures, briefing)
    names = [path.name for path in made]
    forms = [f"{AUDIT}-briefing.{form}" for form in ("pdf", "docx", "pptx", "txt")]
    assert names[:5] == [*forms, f"{AUDIT}-figures.xlsx"] and METADATA in names
    assert all(path.parent == downloads_folder(tmp_path, AUDIT) and path.stat().st_size for path in made)
    assert [each.name for each in downloads(tmp_path, AUDIT, "briefing")] == [*forms, f"{AUDIT}-figures.xlsx"]
    overview = [each.name for each in downloads(tmp_path, AUDIT, "case_overview")]
    assert overview == [f"{AUDIT}-figures.xlsx", "cases.csv", "characteristics.csv", METADATA]
    assert [each.name for each in downloads(tmp_path, AUDIT, "grades")] == [f"{AUDIT}-figures.xlsx"]


def test_nothing_is_made_again_when_nothing_changed(tmp_path):
    project, figures, briefing = a_made_project(tmp_path)
    before = times(write_downloads(project, figures, briefing))
    for path in downloads_folder(tmp_path, AUDIT).iterdir():
        os.utime(path, ns=(1, 1))
    after = times(write_downloads(project, figures, briefing))
    assert set(before) == set(after) and set(after.values()) == {1}


def test_a_word_in_the_briefing_a_brand_or_a_template_makes_files_anew(tmp_path):
    project, figures, briefing = a_made_project(tmp_path)
    pdf = write_downloads(project, figures, briefing)[0]
    first = pdf.read_bytes()
    text = "".join(f"## {box} Box {box}\n\nOther words.\n\n" for box in range(1, 8))
    changed = parse_briefing(text, figures, "briefing.md", Refusals())
    write_downloads(project, figures, changed)
    second = pdf.read_bytes()
    (tmp_path / "book" / "brand.yml").write_text('colour: "#5b2a86"\n')
    write_downloads(project, figures, changed)
    assert len({first, second, pdf.read_bytes()}) == 3


def test_a_box_too_long_for_paper_is_told_also_when_nothing_is_made_again(tmp_path):
    project, figures, _ = a_made_project(tmp_path)
    text = "".join(
        f"## {box} Box {box}\n\n{'Words of a sentence. ' * (300 if box == 5 else 1)}\n\n" for box in range(1, 8)
    )
    briefing = parse_briefing(text, figures, "briefing.md", Refusals())
    for _ in range(2):
        write_downloads(project, figures, briefing)
        [warning] = download_warnings(tmp_path, AUDIT)
        assert warning.startswith("box 5 is too long by about ")


def test_a_stricter_release_leaves_no_file_of_the_earlier_one(tmp_path):
    project, figures, briefing = a_made_project(tmp_path)
    write_downloads(project, figures, briefing)
    folder = downloads_folder(tmp_path, AUDIT)
    (folder / "leftover.csv").write_text("label,value\n")
    strict = released(read_audits(project)[0], "strict")
    write_downloads(project, strict, briefing)
    assert not (folder / "leftover.csv").exists()
    assert "Heard." not in "".join(path.read_text("utf-8-sig") for path in folder.glob("*.csv"))
    assert {path.name for path in folder.iterdir()} == {each.name for each in downloads(tmp_path, AUDIT)}


@pytest.mark.parametrize("harm", ["a file is lost", "a run was killed"])
def test_what_is_not_whole_is_made_again(tmp_path, harm):
    project, figures, briefing = a_made_project(tmp_path)
    made = write_downloads(project, figures, briefing)
    lost = made[1] if harm == "a file is lost" else downloads_folder(tmp_path, AUDIT).with_suffix(".json")
    lost.unlink()
    write_downloads(project, figures, briefing)
    assert lost.is_file()


def test_a_refused_brand_leaves_what_was_made(tmp_path):
    project, figures, briefing = a_made_project(tmp_path)
    before = times(write_downloads(project, figures, briefing))
    (tmp_path / "book" / "brand.yml").write_text("colour: pale\n")
    with pytest.raises(InputRefused):
        write_downloads(project, figures, briefing)
    assert times(list(downloads_folder(tmp_path, AUDIT).iterdir())) == before


def test_a_site_gets_the_files_of_now_and_only_those(tmp_path):
    project, figures, briefing = a_made_project(tmp_path)
    made = write_downloads(project, figures, briefing)
    site = tmp_path / "site"
    old = site / "book" / "audits" / AUDIT / "downloads" / "old.csv"
    old.parent.mkdir(parents=True)
    old.touch()
    copy_downloads(tmp_path, site)
    assert {path.name for path in old.parent.iterdir()} == {path.name for path in made}
    remove_downloads(tmp_path, kept=set())
    assert downloads(tmp_path, AUDIT) == [] and not downloads_folder(tmp_path, AUDIT).exists()


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 kB"), (1499, "1 kB"), (48_200, "48 kB"), (999_400, "999 kB"), (1_250_000, "1.2 MB")]
)
def test_sizes_are_told_as_people_say_them(size, words):
    assert size_in_words(size) == words
