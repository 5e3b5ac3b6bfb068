"""Files to take away: made when they are stale, offered by their page, and never left from an earlier release."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_case, a_finding, write_project
from projects import shown, store_of

from auditbook.briefing.model import Paragraph, Run
from auditbook.build.downloads import lay_out_downloads, make_downloads, stale_downloads
from auditbook.downloads.csvw import METADATA
from auditbook.downloads.records import (
    copy_downloads,
    download_warnings,
    downloads,
    downloads_folder,
    lay_out,
    size_in_words,
)
from auditbook.project import Project
from auditbook.validation.problems import InputRefused

AUDIT = "2021-22-Q1"


def a_project_of_one_audit(root: Path, profile: str = "recorded") -> Project:
    own = {"profile": profile, "approver": "Scrutineer", "date": "2021-07-05", "reason": "Invented."}
    cases = [a_case(f"C{number}", plan="cp" if number < 3 else "cin") for number in range(9)]
    project = write_project(root, *cases, a_finding("f1", "voice", case="C1", text="Heard."), release=own)
    (root / "_build").mkdir(exist_ok=True)
    return project


def made(project: Project, profile: str | None = None) -> list[Path]:
    """Make and lay out the files of the one audit; raise what they are refused for."""
    audits, store = shown(project, profile).audits, store_of(project)
    for audit in stale_downloads(project, store, audits):
        problem = make_downloads(project, store, audit)
        if problem:
            raise problem
    lay_out_downloads(project, store, audits)
    return [downloads_folder(project.root, AUDIT) / each.name for each in downloads(project.root, AUDIT)]


def write_briefing(project: Project, words: dict[int, str]) -> None:
    """Seven boxes of a sentence each, but for those that are given."""
    boxes = (f"## {box} Box {box}\n\n{words.get(box, 'Other words.')}\n" for box in range(1, 8))
    (project.audits / AUDIT / "briefing.md").write_text("\n".join(boxes))


def times(paths: list[Path]) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in paths}


def test_every_file_is_made_and_offered_by_its_page(tmp_path):
    paths = made(a_project_of_one_audit(tmp_path))
    names = [path.name for path in paths]
    forms = [f"{AUDIT}-briefing.{form}" for form in ("pdf", "docx", "pptx", "txt")]
    assert names[:5] == [*forms, f"{AUDIT}-figures.xlsx"] and METADATA in names
    assert all(path.stat().st_size for path in paths)
    assert [each.name for each in downloads(tmp_path, AUDIT, "briefing")] == [*forms, f"{AUDIT}-figures.xlsx"]
    overview = [each.name for each in downloads(tmp_path, AUDIT, "case_overview")]
    assert overview == [f"{AUDIT}-figures.xlsx", "cases.csv", "characteristics.csv", METADATA]
    assert [each.name for each in downloads(tmp_path, AUDIT, "grades")] == [f"{AUDIT}-figures.xlsx"]


def test_nothing_is_made_again_when_nothing_changed(tmp_path):
    project = a_project_of_one_audit(tmp_path)
    before = times(made(project))
    assert stale_downloads(project, store_of(project), shown(project).audits) == []
    assert times(made(project)) == before


def test_a_word_in_the_briefing_a_brand_or_a_template_makes_files_anew(tmp_path):
    project = a_project_of_one_audit(tmp_path)
    pdf, workbook = made(project)[0], f"{AUDIT}-figures.xlsx"
    first, tables = pdf.read_bytes(), times(made(project))[workbook]
    write_briefing(project, {})
    assert times(made(project))[workbook] == tables  # other words make no other tables
    second = pdf.read_bytes()
    (tmp_path / "book" / "brand.yml").write_text('colour: "#5b2a86"\n')
    made(project)
    assert len({first, second, pdf.read_bytes()}) == 3


def test_a_box_too_long_for_paper_is_told_also_when_nothing_is_made_again(tmp_path):
    project = a_project_of_one_audit(tmp_path)
    write_briefing(project, {5: "Words of a sentence. " * 300})
    for _ in range(2):
        made(project)
        [warning] = download_warnings(tmp_path, AUDIT)
        assert warning.startswith("box 5 is too long by about ")


def test_a_stricter_release_leaves_no_file_of_the_earlier_one(tmp_path):
    project = a_project_of_one_audit(tmp_path)
    made(project)
    folder = downloads_folder(tmp_path, AUDIT)
    (folder / "leftover.csv").write_text("label,value\n")
    made(project, "strict")
    assert not (folder / "leftover.csv").exists()
    assert "Heard." not in "".join(path.read_text("utf-8-sig") for path in folder.glob("*.csv"))
    assert {path.name for path in folder.iterdir()} == {each.name for each in downloads(tmp_path, AUDIT)}


@pytest.mark.parametrize("harm", ["laid out", "kept", "listed"])
def test_what_is_not_whole_is_made_again(tmp_path, harm):
    project = a_project_of_one_audit(tmp_path)
    pdf, kind = made(project)[0], tmp_path / "_build" / "store" / "forms"
    [kept] = kind.rglob(pdf.name)
    {"laid out": pdf, "kept": kept, "listed": kept.with_name("contents.json")}[harm].unlink()
    assert pdf in made(project) and pdf.is_file()


def test_a_refused_brand_leaves_what_was_made(tmp_path):
    project = a_project_of_one_audit(tmp_path)
    before = times(made(project))
    (tmp_path / "book" / "brand.yml").write_text("colour: pale\n")
    with pytest.raises(InputRefused):
        made(project)
    assert times(list(downloads_folder(tmp_path, AUDIT).iterdir())) == before


def test_a_briefing_that_is_refused_leaves_the_files_and_undoing_it_gives_them_back(tmp_path):
    """What a form refuses is found while it is written: nothing of the version before may be gone by then."""
    project = a_project_of_one_audit(tmp_path)
    before = times(made(project))
    audit, store = shown(project).audits[0], store_of(project)
    emoji = replace(audit.briefing.boxes[0], blocks=(Paragraph((Run("Voice \U0001f476."),)),))
    refused = replace(audit.briefing, boxes=(emoji, *audit.briefing.boxes[1:]))
    problem = make_downloads(project, store, replace(audit, words_key="another", briefing=refused))
    assert isinstance(problem, InputRefused)
    assert times(made(project)) == before


def test_a_site_gets_the_files_of_now_and_only_those(tmp_path):
    paths = made(a_project_of_one_audit(tmp_path))
    site = tmp_path / "site"
    old = site / "book" / "audits" / AUDIT / "downloads" / "old.csv"
    old.parent.mkdir(parents=True)
    old.touch()
    copy_downloads(tmp_path, site)
    assert {path.name for path in old.parent.iterdir()} == {path.name for path in paths}
    lay_out(tmp_path, {})
    assert downloads(tmp_path, AUDIT) == [] and not downloads_folder(tmp_path, AUDIT).exists()


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 kB"), (1499, "1 kB"), (48_200, "48 kB"), (999_400, "999 kB"), (1_250_000, "1.2 MB")]
)
def test_sizes_are_told_as_people_say_them(size, words):
    assert size_in_words(size) == words
