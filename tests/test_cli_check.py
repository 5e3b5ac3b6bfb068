"""`auditbook check`: what it says, in three formats, and how it ends."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from evidence import test_briefings, test_codebook, test_entries, test_files, test_personal
from evidence.broken import AUDIT, Change, add, column, put, swap, write_valid

from auditbook.cli import main
from auditbook.validation.catalogue import every_rule

WARNED = (
    "2021-22-Q1: warning: cases.csv: some cases have no lead agency; "
    "nobody was asked the lead's questions about them.\n"
)
"""What `check` has to say of the valid project."""
TWO_PROBLEMS = (
    swap("findings.csv", "f13,A6,,,strength,voice_of_child", "f13,A6,,,strength,VOIC"),
    column("cases.csv", "date_of_birth", *[""] * 7, "2014-05-03"),
)
MODULES = (test_files, test_entries, test_codebook, test_briefings, test_personal)
FIRST_OF_EACH_RULE = {each.rule: each for module in MODULES for each in reversed(module.BROKEN)}.values()


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def auditbook(monkeypatch, capsys) -> Callable[..., Done]:
    """The command, as its entry point runs it: `auditbook(project, "check")`."""

    def run(project: Path, *arguments: str) -> Done:
        monkeypatch.setattr("sys.argv", ["auditbook", "--project", str(project), *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return Done(ended.value.code, told.out, told.err)

    return run


def a_project(folder: Path, *changes: Change) -> Path:
    return write_valid(folder, changes).root


def test_a_valid_project_is_checked_and_ends_with_0(auditbook, tmp_path):
    done = auditbook(a_project(tmp_path), "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{WARNED}2 audits checked; nothing refused.\n", "")
    assert auditbook(tmp_path, "check", Path(AUDIT).name).stdout == f"{WARNED}1 audit checked; nothing refused.\n"


def test_every_problem_is_told_with_the_closing_line_and_ends_with_10(auditbook, tmp_path):
    done = auditbook(a_project(tmp_path, *TWO_PROBLEMS), "check")
    assert done.returncode == 10
    assert done.stdout == ""
    assert done.stderr == (
        f"data/{AUDIT}/cases.csv:9: date_of_birth: personal data may not be entered (value not shown). [P02]\n"
        f'data/{AUDIT}/findings.csv:14: themes: "VOIC" is not a theme. Nearest: voice_of_child. [T03]\n'
        f"P02: {every_rule()['P02'].repair}\nT03: {every_rule()['T03'].repair}\n"
        '2 problems. See "If an input is refused" in the book.\n'
    )


@pytest.mark.parametrize("each", FIRST_OF_EACH_RULE, ids=lambda each: each.rule)
def test_every_rule_ends_the_command_with_10_and_its_message(auditbook, each, tmp_path):
    done = auditbook(a_project(tmp_path, *each.changes), "check")
    assert (done.returncode, done.stdout) == (10, "")
    todo = f"{each.rule}: {every_rule()[each.rule].repair}"
    assert done.stderr == f'{each.message}\n{todo}\n1 problem. See "If an input is refused" in the book.\n'


@pytest.mark.parametrize(
    ("change", "advice"),
    [
        (put("findings.csv", "finding\n" + "f\n" * 50_001), "keep the rows of this audit alone"),
        (put("audit.yml", "title: x\n" + "#" * 1_000_001), "Look whether it is another file"),
        (swap("findings.csv", "3,Late.\nf11", f"3,{'x' * 40_000}\nf11"), "Look for the missing quotation mark"),
    ],
    ids=["rows", "file", "cell"],
)
def test_what_is_too_large_has_the_advice_of_its_cause_and_no_other(auditbook, change, advice, tmp_path):
    [told] = [
        line for line in auditbook(a_project(tmp_path, change), "check").stderr.splitlines() if line[:4] == "F10:"
    ]
    assert advice in told and ("quotation mark" in told) == ("quotation mark" in advice)


def test_json_has_a_record_a_problem(auditbook, tmp_path):
    done = auditbook(a_project(tmp_path, *TWO_PROBLEMS), "check", "--format", "json")
    assert done.returncode == 10
    assert json.loads(done.stdout)["refusals"][1] == {
        "file": f"data/{AUDIT}/findings.csv",
        "row": 14,
        "column": "themes",
        "sheet": None,
        "cell": None,
        "rule": "T03",
        "problem": '"VOIC" is not a theme.',
        "nearest": "voice_of_child",
    }
    assert done.stderr == '2 problems. See "If an input is refused" in the book.\n'


def test_csv_has_a_record_a_problem(auditbook, tmp_path):
    done = auditbook(a_project(tmp_path, *TWO_PROBLEMS), "check", "--format", "csv")
    assert done.returncode == 10
    records = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(each["file"], each["row"], each["column"], each["rule"]) for each in records] == [
        (f"data/{AUDIT}/cases.csv", "9", "date_of_birth", "P02"),
        (f"data/{AUDIT}/findings.csv", "14", "themes", "T03"),
    ]


def test_what_to_do_is_said_once_for_each_rule_that_was_broken(auditbook, tmp_path):
    """The page that has it all is not there before the first book is built."""
    twice = swap("findings.csv", "f12,A5,,,strength,fathers", "f12,A5,,,strength,VOIC")
    done = auditbook(a_project(tmp_path, *TWO_PROBLEMS, twice), "check")
    *_, first, second, last = done.stderr.splitlines()
    assert first.startswith("P02: ") and second == f"T03: {every_rule()['T03'].repair}"
    assert last == '3 problems. See "If an input is refused" in the book.'


def test_no_cell_of_the_csv_is_a_formula(auditbook, tmp_path):
    done = auditbook(a_project(tmp_path, column("findings.csv", "=1+1", "x")), "check", "--format", "csv")
    [record] = csv.DictReader(io.StringIO(done.stdout))
    assert record["column"] == "'=1+1"


def test_other_programs_are_told_of_no_problem_too(auditbook, tmp_path):
    done = auditbook(a_project(tmp_path), "check", "--format", "json")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert told["refusals"] == [] and [each["text"] for each in told["warnings"]] == [WARNED.split(": ", 2)[2].strip()]
    done = auditbook(a_project(tmp_path), "check", "--format", "csv")
    assert (done.returncode, done.stdout) == (0, "file,row,column,sheet,cell,rule,problem,nearest\n")


def test_json_has_the_warnings(auditbook, tmp_path):
    done = auditbook(
        a_project(tmp_path, swap("tallies.csv", "4,5,returns", "6,5,returns")), "check", "--format", "json"
    )
    assert done.returncode == 0
    assert [each["audit"] for each in json.loads(done.stdout)["warnings"]] == ["2021-22-Q1"] * 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "2021-22-Q2"], "there is no audit 2021-22-Q2. Nearest: 2021-22-Q1.\n"),
        (["check", "last quarter"], '"last quarter" is not an audit id such as 2020-21-Q4 or 2020-21-Q4-neglect.\n'),
        (["check", "--format", "xml"], '"xml" is not a format; expected text, json or csv.\n'),
    ],
)
def test_wrong_usage_is_told_and_ends_with_2(auditbook, arguments, said, tmp_path):
    done = auditbook(a_project(tmp_path), *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


@pytest.mark.parametrize("arguments", [["check", "--colour"], ["chek"]])
def test_an_unknown_option_or_command_ends_with_2(auditbook, arguments, tmp_path):
    done = auditbook(a_project(tmp_path), *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_outside_a_project_the_next_step_is_said(auditbook, tmp_path):
    done = auditbook(tmp_path, "check")
    assert done.returncode == 2
    assert done.stderr.endswith("is not in a book project. Name one with --project, or make one: auditbook init DIR.\n")


def test_one_audit_is_checked_without_the_others(auditbook, tmp_path):
    project = a_project(tmp_path, put("audits/2020-21-Q4/audit.yml", "title: Neglect\n"))
    assert auditbook(project, "check", "2021-22-Q1").returncode == 0
    assert auditbook(project, "check", "2020-21-Q4").returncode == 10


def test_problems_of_several_audits_that_only_counting_finds_come_at_once(auditbook, tmp_path):
    project = a_project(
        tmp_path,
        add("tallies.csv", "cases,total,8,,,exact,,,\n"),
        put("audits/2020-21-Q4/tallies.csv", "variable,value,count,precision\nrecommendations,total,1,exact\n"),
    )
    done = auditbook(project, "check")
    assert [line.rpartition(" ")[2] for line in done.stderr.splitlines()[:-2]] == ["[N06]", "[N06]"]


def test_verbose_shows_the_traceback_and_the_same_exit_code(auditbook, tmp_path):
    done = auditbook(a_project(tmp_path, *TWO_PROBLEMS), "--verbose", "check")
    assert done.returncode == 10
    assert "Traceback" in done.stderr
    assert "2014-05-03" not in done.stderr


def test_the_command_line_itself_ends_with_the_exit_code(tmp_path):
    command = [sys.executable, "-m", "auditbook.cli", "--project", str(a_project(tmp_path, *TWO_PROBLEMS)), "check"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (10, "", 5)


def test_the_options_of_every_command_may_stand_behind_it(monkeypatch, capsys, tmp_path):
    folder = a_project(tmp_path)
    for arguments, code in (
        (["--project", str(folder), "check"], 0),
        (["check", "--project", str(folder)], 0),
        (["check", f"--project={folder}", "--verbose"], 0),
        (["check", "--project"], 2),
        (["check", "--colour", "--project", str(folder)], 2),
    ):
        monkeypatch.setattr("sys.argv", ["auditbook", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == code, arguments
        assert ("nothing refused" in capsys.readouterr().out) == (code == 0)


def test_measures_say_by_which_release_they_are_where_people_read_them(auditbook, tmp_path):
    """True counts unless a profile is given; what other programs read holds the figures alone."""
    project = a_project(tmp_path)
    first = {
        "internal": "internal: For the business unit: true counts. Not for publication.",
        "strict": "strict: Counts from 1 to 5 of children, families and cases are withheld.",
    }
    assert auditbook(project, "measures", "2021-22-Q1").stdout.splitlines()[0] == first["internal"]
    assert auditbook(project, "measures", "2021-22-Q1", "--profile", "strict").stdout.splitlines()[0] == first["strict"]
    assert auditbook(project, "measures", "2021-22-Q1", "--format", "csv").stdout.startswith("id,label,")
    assert json.loads(auditbook(project, "measures", "2021-22-Q1", "--format", "json").stdout)["profile"] == "internal"


@pytest.mark.parametrize(
    ("arguments", "is_written"),
    [
        (["check"], False),
        (["measures", "2021-22-Q1"], False),
        (["chase", "2021-22-Q1"], False),
        (["actions"], False),
        (["import", "2021-22-Q1", "--dry-run"], False),
        (["import", "2021-22-Q1"], True),
        (["tool", "2021-22-Q1"], True),
        (["run"], True),
        (["briefing", "2021-22-Q1"], True),
    ],
)
def test_only_a_command_that_writes_says_that_nothing_was_written(auditbook, arguments, is_written, tmp_path):
    project = a_project(tmp_path, swap("codebook/themes.csv", "fathers,Fathers", "Fa thers,Fathers"))
    done = auditbook(project, *arguments)
    assert done.returncode == 10, done.stderr
    assert ("nothing was written" in done.stderr) == is_written


def test_what_nobody_foresaw_is_told_without_its_own_words(auditbook, monkeypatch, tmp_path):
    def fails(*_: object) -> None:
        raise KeyError("what was entered")

    monkeypatch.setattr("auditbook.build.check.check_audits", fails)
    done = auditbook(a_project(tmp_path), "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "This is a fault of auditbook (KeyError); --verbose shows where.\n"
    assert "Traceback" in auditbook(tmp_path, "--verbose", "check").stderr


def test_a_file_that_the_system_keeps_back_is_named(auditbook, monkeypatch, tmp_path):
    def fails(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "/home/somebody/book/data/x.csv")

    monkeypatch.setattr("auditbook.build.check.check_audits", fails)
    done = auditbook(a_project(tmp_path), "check")
    assert done.stderr == (
        "x.csv cannot be read or written (Permission denied); close it elsewhere, or ask who may change it.\n"
    )
