"""`auditbook new`: a skeleton that passes check, the agencies that will be asked, and what the last audit left open."""

import csv
from pathlib import Path

import pytest
from builders import a_recommendation, write_project
from typer.testing import CliRunner

from auditbook.build.check import check_audits
from auditbook.cli import app
from auditbook.codebook.quarter import AuditId
from auditbook.demo import new_audit
from auditbook.demo.new_audit import ask, make_audit, open_recommendations, start_audit
from auditbook.demo.new_project import make_project
from auditbook.engine.atomic import write_atomically
from auditbook.evidence.settings import read_settings
from auditbook.project import Project
from auditbook.validation.problems import Refusals, WrongUsage

NEW = AuditId.read("2021-22-Q3")
LEFT = (
    a_recommendation("1", text="Ask fathers.", owner="police", status="in_progress", themes="fathers", due="2021-12"),
    a_recommendation("2", text="Share minutes.", status="done"),
    a_recommendation("3", text="Train, “together”.", status="carried_forward", kind="action"),
    a_recommendation("4", text="Give up.", status="abandoned"),
    a_recommendation("5", text="Look again."),
)


@pytest.fixture
def project(tmp_path) -> Project:
    return write_project(tmp_path)


def with_earlier(root: Path, *parts, collection: str = "live", id: str = "2021-22-Q2") -> Project:
    release = {"profile": "internal"}
    write_project(root)
    return write_project(root, *parts, id=id, collection=collection, release=release)


def rows(project: Project, file: str) -> list[dict[str, str]]:
    with (project.audits / str(NEW) / file).open(encoding="utf-8", newline="") as text:
        return [{column: cell for column, cell in row.items() if cell} for row in csv.DictReader(text)]


def test_a_skeleton_passes_check(project):
    make_audit(project, NEW)
    [warning] = check_audits(project, [NEW])[1]
    assert warning["text"].startswith(
        "briefing.md: lines 3, 7, 11, 15, 19, 23, 27 are still notes of what belongs there"
    )


def test_the_partnerships_of_a_new_audit_are_those_of_the_one_before_else_who_publishes_the_book(tmp_path):
    """Else no trend would show it with the others; and a first audit says whose it is."""
    project = make_project(tmp_path / "new", 'Oldtown: "Safeguarding"')
    for id, own, expected in (
        ("2021-22-Q1", "[]", ('Oldtown: "Safeguarding"',)),
        ("2021-22-Q2", "[Oldtown, Newtown]", ()),
        ("2021-22-Q3", "[Oldtown]", ("Oldtown", "Newtown")),
    ):
        path = make_audit(project, AuditId.read(id)) / "audit.yml"
        settings = read_settings(path, "audit.yml", Refusals())
        assert settings.partnerships == expected
        assert settings.remit == ""
        text = path.read_text("utf-8")
        start, end = text.index("partnerships:"), text.index("unit:")
        path.write_text(f"{text[:start]}partnerships: {own}\n{text[end:]}", "utf-8")


def test_a_skeleton_with_everything_passes_check(tmp_path):
    project = with_earlier(tmp_path, *LEFT)
    title = 'Neglect: "early" \\ late # not a note'
    start_audit(project, NEW, title, "First line\nsecond: line", ["police", "schools"], follow_up=True)
    assert check_audits(project, [NEW])[0] == 1
    from auditbook.evidence.audit import read_audits

    [audit] = read_audits(project, [NEW])
    assert (audit.settings.title, audit.settings.remit) == (title, "First line second: line")


def test_every_note_of_the_settings_can_be_taken_up_as_it_stands(project):
    """What a note offers is valid once its # is gone: somebody will take it at its word."""
    path = make_audit(project, NEW) / "audit.yml"
    first, second, *lines = path.read_text().splitlines()
    path.write_text("\n".join(line.removeprefix("# ") for line in lines) + "\n")
    assert check_audits(project, [NEW])[0] == 1


def test_the_agencies_to_be_asked_have_a_row_each(project):
    make_audit(project, NEW, agencies=["schools", "police", "schools"])
    assert rows(project, "involvement.csv") == [
        {"agency": "schools", "state": "no_response", "asked": "yes"},
        {"agency": "police", "state": "no_response", "asked": "yes"},
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"agencies": ["polic"]}, '"polic" is not an agency of the codebook. Nearest: police.'),
        (
            {"title": "Of 943 476 5919"},
            "the title or the remit holds what looks like personal data (value not shown). Say what was audited "
            "without names, days of birth, numbers that people have, or addresses.",
        ),
    ],
)
def test_what_check_would_refuse_is_not_written(project, given, words):
    with pytest.raises(WrongUsage) as told:
        make_audit(project, NEW, **given)
    assert str(told.value) == words
    assert not (project.audits / str(NEW)).exists()


def test_an_audit_that_exists_is_left_alone(project):
    make_audit(project, NEW, "First")
    with pytest.raises(WrongUsage, match="there is an audit 2021-22-Q3 already; nothing was written"):
        make_audit(project, NEW, "Second")
    assert "First" in (project.audits / str(NEW) / "audit.yml").read_text()


@pytest.mark.parametrize("written", [1, 3, 6])
def test_a_start_that_was_killed_can_be_said_again(project, monkeypatch, written):
    files: list[Path] = []

    def write(path: Path, text: str) -> bool:
        files.append(path)
        if len(files) == written:
            raise KeyboardInterrupt
        return write_atomically(path, text)

    with monkeypatch.context() as patched:
        patched.setattr(new_audit, "write_atomically", write)
        with pytest.raises(KeyboardInterrupt):
            make_audit(project, NEW, agencies=["police"])
    assert NEW not in project.audit_ids(refusals := Refusals()) and not refusals.found
    assert check_audits(project, None)[0] == 1
    make_audit(project, NEW)
    assert check_audits(project, [NEW])[0] == 1
    assert [path.name for path in project.audits.iterdir() if path.name.startswith(".")] == []


# What the last audit left open.


def test_what_is_neither_done_nor_abandoned_is_open(tmp_path):
    found = open_recommendations(with_earlier(tmp_path, *LEFT), NEW)
    assert [str(each) for each in found] == [
        "2021-22-Q2/1 (in progress): Ask fathers.",
        "2021-22-Q2/3 (carried forward): Train, “together”.",
        "2021-22-Q2/5 (not stated): Look again.",
    ]


def test_a_follow_up_repeats_what_should_be_done_and_asks_anew_what_came_of_it(tmp_path):
    project = with_earlier(tmp_path, *LEFT)
    start_audit(project, NEW, follow_up=True)
    assert rows(project, "recommendations.csv") == [
        {
            "recommendation": "1",
            "text": "Ask fathers.",
            "owner": "police",
            "themes": "fathers",
            "follows": "2021-22-Q2/1",
        },
        {"recommendation": "2", "text": "Train, “together”.", "kind": "action", "follows": "2021-22-Q2/3"},
        {"recommendation": "3", "text": "Look again.", "follows": "2021-22-Q2/5"},
    ]


def test_only_the_last_audit_before_this_one_is_followed(tmp_path):
    with_earlier(tmp_path, *LEFT)
    with_earlier(tmp_path, a_recommendation("9", text="Older."), id="2020-21-Q4")
    project = with_earlier(tmp_path, a_recommendation("8", text="Later."), id="2021-22-Q4")
    assert {str(each.audit) for each in open_recommendations(project, NEW)} == {"2021-22-Q2"}


def test_what_another_audit_follows_already_is_not_followed_twice(tmp_path):
    with_earlier(tmp_path, *LEFT)
    project = with_earlier(tmp_path, a_recommendation("8", follows="2021-22-Q2/1"), id="2021-22-Q4")
    assert [each.id for each in open_recommendations(project, NEW)] == ["2021-22-Q2/3", "2021-22-Q2/5"]


def test_what_follow_up_means_is_told(tmp_path):
    told = start_audit(with_earlier(tmp_path, *LEFT), NEW, follow_up=True)
    assert "recommendations.csv follows up 3 that 2021-22-Q2 left open.\nWrite there what came of each:" in told


def test_a_made_up_audit_is_not_followed(tmp_path):
    assert open_recommendations(with_earlier(tmp_path, *LEFT, collection="synthetic"), NEW) == []


def test_without_being_asked_to_nothing_is_followed_and_the_offer_is_made(tmp_path):
    project = with_earlier(tmp_path, *LEFT)
    told = start_audit(project, NEW)
    assert "2021-22-Q2 left 3 recommendations open; --follow-up takes them up." in told
    assert rows(project, "recommendations.csv") == []


# What it asks on a terminal.


def asked(project: Project, answers: dict[str, str], yes: bool = True, **given) -> tuple[dict, list[str]]:
    """The answers, and the questions that were put."""
    questions: list[str] = []

    def prompt(question: str, **_: object) -> str:
        questions.append(question)
        return next(answer for words, answer in answers.items() if question.startswith(words))

    def confirm(question: str, default: bool) -> bool:
        questions.append(question)
        return yes

    nothing = {"title": None, "remit": None, "agencies": None, "follow_up": None}
    return ask(project, NEW, nothing | given, prompt, confirm), questions


ANSWERS = {"Title": "Neglect", "What does it ask": "Is it seen?", "Agencies": "police, schools,"}


def test_a_terminal_is_asked_for_what_was_not_given(project):
    answers, questions = asked(project, ANSWERS)
    assert answers == {
        "title": "Neglect",
        "remit": "Is it seen?",
        "agencies": ["police", "schools"],
        "follow_up": None,
    }
    assert len(questions) == 3


def test_nothing_is_asked_that_was_given(tmp_path):
    project = with_earlier(tmp_path, *LEFT)
    given = {"title": "T", "remit": "R", "agencies": ["police"], "follow_up": False}
    assert asked(project, {}, **given) == (given, [])


def test_a_terminal_is_shown_what_was_left_open(tmp_path):
    answers, questions = asked(with_earlier(tmp_path, *LEFT), ANSWERS)
    assert answers["follow_up"] is True
    assert questions[-1].startswith("Left open by 2021-22-Q2:\n  2021-22-Q2/1 (in progress): Ask fathers.\n")


def test_a_misspelt_agency_is_told_with_the_nearest_and_asked_again(project):
    told = '"polise" is not an agency of the codebook. Nearest: police.'
    answers, questions = asked(project, ANSWERS | {"Agencies": "polise", told: "police"})
    assert answers["agencies"] == ["police"]
    assert questions[-1].startswith(f"{told}\nAgencies to ask")


def test_the_command_says_what_to_do_next(project):
    options = ["--title", "T", "--remit", "R", "--agency", "police"]
    done = CliRunner().invoke(app, ["--project", str(project.root), "new", str(NEW), *options])
    assert done.output.splitlines() == [
        "data/audits/2021-22-Q3 is ready, and passes auditbook check.",
        "Next: fill in data/audits/2021-22-Q3/audit.yml, and cases.csv with a row a case (no names; "
        "ids such as KW-0417).",
        "Then auditbook tool 2021-22-Q3 writes a workbook for each of: police.",
    ]
