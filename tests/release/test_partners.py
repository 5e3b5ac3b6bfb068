"""Editions that partnerships handed over: what is taken, as what, and how one takes another's place."""

import shutil
from pathlib import Path

import pytest
from editions_made import AUDIT, OTHER, as_it_is, publish
from partnerships import VOICE, joined, shown, told

from auditbook.demo.join import joined_project, take_in
from auditbook.pages.listings import listing_files
from auditbook.pages.partners import partners_list
from auditbook.project import Project
from auditbook.reading.notebook import open_audit, open_collection
from auditbook.reading.series import series
from auditbook.release.editions import edition_path, editions_folder, last_path
from auditbook.release.partners import partner_id, read_partner, short_name
from auditbook.validation.problems import Refusals, ReleaseRefused, WrongUsage

ROOT = Path(__file__).parents[2]
DRIFT = "drift_and_delay"
MINE, THEIRS = f"{AUDIT}-northshire", f"{AUDIT}-southshire"


def test_each_partnerships_figures_and_words_stand_in_the_joined_book_as_it_published_them(published, handed_over):
    found = {str(each.released.audit_id): each for each in shown(joined(handed_over)).audits}
    assert list(found) == [MINE, THEIRS, f"{OTHER}-northshire", f"{OTHER}-southshire"]
    edition = as_it_is(Project.find(published / "north")).current
    figures = found[MINE].released
    measures = edition.audits[AUDIT].figures["measures"]
    assert figures.as_json()["measures"] == [
        {key: each[key] for key in each if key != "statement"} for each in measures
    ]
    assert (figures.settings.collection, figures.handed_over.edition) == ("partner-northshire", 1)
    assert figures.findings[0].text == "They were not heard."
    assert found[MINE].briefing.boxes[0].heading


def test_a_recommendation_is_followed_within_its_partnership_and_in_no_other(handed_over):
    found = {str(each.released.audit_id): each.released for each in shown(joined(handed_over)).audits}
    [asked] = found[f"{OTHER}-southshire"].recommendations
    assert asked.follows == f"{THEIRS}/1"
    assert [str(step) for step in found[THEIRS].recommendations[0].thread] == [f"{THEIRS}/1", f"{OTHER}-southshire/1"]


def test_nothing_of_two_partnerships_is_in_one_series_though_they_audited_alike(handed_over):
    project = joined(handed_over)
    audits = shown(project).released
    assert len({(each.settings.partnerships, each.settings.unit.plural) for each in audits}) == 1
    assert [[str(each.audit_id) for each in one.audits] for one in series(audits)] == [
        [MINE, f"{OTHER}-northshire"],
        [THEIRS, f"{OTHER}-southshire"],
    ]


def test_pages_over_all_partnerships_give_each_its_own_sentence_and_no_sum(handed_over):
    files = listing_files(shown(joined(handed_over, "southshire,child_voice,voice_of_child\n")).released)
    theme = files["book/themes/partner/voice_of_child.md"]
    for name in ("north", "south"):
        assert f"[{name.title()}shire Safeguarding Children Partnership](../../themes/partner-{name}shire/" in theme
    assert theme.count("audits") and "not added up" in theme and theme.count("Done.") == 2
    registers = files["book/recommendations-partner.md"]
    assert registers.count(r"1 recommendation\: 1 done") == 2 and "2 recommendations" not in registers
    assert "book/recommendations-partner-northshire.md" in files and "book/recommendations.md" not in files


def test_a_partnerships_card_says_whose_it_is_once(handed_over):
    front = partners_list(shown(joined(handed_over)).released[::-1])
    assert "Q2 2025\\-26" in front and front.count("northshire") == front.count("partner-northshire")
    assert "(themes/partner.md)" in front and "(recommendations-partner.md)" in front


def test_a_notebook_opens_what_was_handed_over_as_it_was_released_and_never_stricter_or_looser(
    handed_over, monkeypatch
):
    project = joined(handed_over)
    monkeypatch.chdir(project.root)
    assert open_audit(MINE)["cases.total"].value == 8
    assert str(open_audit().audit_id) in (f"{OTHER}-northshire", f"{OTHER}-southshire")
    assert [str(each.audit_id) for each in open_collection("partner-southshire")] == [THEIRS, f"{OTHER}-southshire"]
    with pytest.raises(ReleaseRefused, match="was handed over recorded"):
        open_audit(MINE, "internal")


def test_what_another_name_or_an_empty_one_says_of_a_theme_is_followed_in_the_mapping(handed_over):
    project = joined(handed_over, "southshire,child_voice,voice_of_child\n")
    theirs = next(each for each in shown(project).released if str(each.audit_id) == THEIRS)
    assert theirs["theme.voice_of_child.development"].value == 3 and "theme.child_voice.development" not in theirs
    assert {each.themes for each in theirs.findings} == {(VOICE,)} == {theirs.recommendations[0].themes}
    assert "Voice of children" in theirs.codebook.themes[VOICE].also_called
    assert any("is followed as one" in each for each in shown(project).warnings)


def test_a_theme_that_is_kept_apart_is_that_partners_own(handed_over):
    audits = {str(each.audit_id): each for each in shown(joined(handed_over, f"northshire,{DRIFT},\n")).released}
    own = "drift_and_delay_northshire"
    assert (own in audits[MINE].codebook.themes, own in audits[THEIRS].codebook.themes) == (True, False)
    assert (DRIFT in audits[MINE].codebook.themes, DRIFT in audits[THEIRS].codebook.themes) == (False, True)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("eastshire,child_voice,voice_of_child", '"eastshire" is no partner'),
        ("southshire,child_voce,voice_of_child", '"child_voce" is no theme of southshire'),
        ("southshire,child_voice,voice", '"voice" is no theme of any partner'),
        ("southshire,child_voice,drift_and_delay", "their figures cannot be added up"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused_with_its_row(handed_over, row, problem):
    if "added up" in problem:  # the partner has that theme, too
        row = f"southshire,child_voice,{DRIFT}"
    project = joined(handed_over, f"{row}\n")
    said = told(lambda: shown(project))
    assert said.startswith("data/partners/themes.csv:2: ") and problem in said and "[J05]" in said


def test_no_folder_of_editions_the_same_partnership_twice_and_an_older_record_are_refused(published, handed_over):
    (handed_over / "empty").mkdir()
    assert "empty: no edition lies here" in told(lambda: take_in([handed_over / "empty"], handed_over / "region"))
    twice = [handed_over / "north", published / "north"]
    assert "stands in a joined book once" in told(lambda: take_in(twice, handed_over / "region"))
    newer = handed_over / "newer"
    shutil.copytree(published / "north", newer)
    (newer / "book" / "index.md").write_text("# Our audits\n")
    publish(Project.find(newer), day="2026-02-01")
    take_in([newer], handed_over / "region")
    said = told(lambda: take_in([handed_over / "north"], handed_over / "region"))
    assert "lacks edition 2 as Northshire Safeguarding Children Partnership handed it over before" in said


def test_a_project_that_has_audits_takes_nobodys_editions(published, handed_over):
    with pytest.raises(WrongUsage, match="holds audits of its own"):
        take_in([handed_over / "north"], published / "south")


def test_the_editions_folder_itself_can_be_named_and_the_hidden_file_beside_it_is_taken_along(published, tmp_path):
    shutil.copytree(editions_folder(Project.find(published / "north")), tmp_path / "from-north")
    assert [path.name for path in take_in([tmp_path / "from-north"], tmp_path / "a").partners.iterdir()] == [
        "northshire"
    ]
    project = take_in([published / "north"], tmp_path / "b")
    kept = project.partners / "northshire" / last_path(project).name
    assert kept.read_bytes() == last_path(Project.find(published / "north")).read_bytes()
    assert edition_path(Project(project.root, project.partners / "northshire"), 1).is_file()


def test_a_folder_is_named_in_any_way_and_a_joined_book_must_be(handed_over, monkeypatch):
    monkeypatch.chdir(handed_over / "north" / "editions")
    taken = take_in([Path(".")], handed_over / "region")
    assert (taken.partners / "northshire" / "editions" / "0001.json").is_file()
    with pytest.raises(WrongUsage, match="--to"):
        joined_project(None)
    assert joined_project(taken.root) == taken.root


def test_a_partnership_is_called_as_its_real_audits_call_it_though_most_are_made_up():
    """This repository has one real audit beside a year that is invented."""
    refusals = Refusals()
    partner = read_partner(ROOT / "data", "here", refusals)
    assert not refusals.found
    assert [audit.settings.partnerships for audit in partner.audits].count(
        ("Exampleshire Safeguarding Children Partnership",)
    ) > 2
    assert partner.name == "Sandwell Children's Safeguarding Partnership"


def test_a_short_name_leaves_out_what_all_of_them_are():
    names = {
        "Northshire Safeguarding Children Partnership": "Northshire",
        "North and South Children's Safeguarding Board": "North and South",
        "The Safeguarding Children’s Partnership": "The Safeguarding Children’s Partnership",
    }
    assert {name: short_name(name) for name in names} == names


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Northshire Safeguarding Children Partnership", "northshire"),
        ("Safeguarding Children's Partnership", "safeguarding-children-s"),
        ("The Very Long Name of Several Boroughs and a City", "very-long-name-several-b"),
        ("…", ""),
    ],
)
def test_a_partners_id_is_what_tells_its_name_from_others(name, id):
    assert partner_id(name) == id


def test_an_audits_quarter_is_said_without_the_partnership_below_whose_name_it_stands(handed_over):
    labels = {str(each.audit_id): each.audit_id.label for each in shown(joined(handed_over)).released}
    assert labels[MINE] == labels[THEIRS] == "Q1 2025-26"
    register = listing_files(shown(joined(handed_over)).released)["book/recommendations-partner-northshire.md"]
    assert r"of Q1 2025\-26" in register and r"2025\-26 northshire" not in register
