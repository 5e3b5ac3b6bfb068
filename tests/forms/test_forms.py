"""Exports of online forms that are as they should be: what is matched, what is dropped, what becomes of the rows."""

import subprocess
import sys

import pytest
import yaml
from builders import write_project
from forms.exports import (
    ANSWERS,
    ASKING,
    MAKERS,
    SEEN,
    change_mapping,
    exported,
    form_project,
    large_form,
    mapped,
    microsoft_rows,
    put_export,
)
from returns.test_returns import rows
from returns.workbooks import ID, asked_project, filled, messages_of, put_return

from auditbook.forms.mapping_start import write_mapping
from auditbook.forms.returned import Export
from auditbook.project import Project
from auditbook.returns.importing import format_import, import_returns, plan_import
from auditbook.validation.problems import WrongUsage

EXPECTED = [
    ("police", "A1", "seen_alone", "yes", "Seen twice."),
    ("police", "A1", "plan_says", "met", ""),
    ("police", "A1", "who_came", "police;fire", ""),
    ("police", "A1", "how_good", "good", ""),
    ("police", "A1", "visits", "3", ""),
    ("police", "A2", "seen_alone", "no", "Never alone."),
    ("police", "A2", "plan_says", "not_met", ""),
    ("police", "A2", "how_good", "inadequate", ""),
    ("police", "", "training", "yes", ""),
    ("schools", "A1", "seen_alone", "yes", ""),
    ("schools", "A1", "plan_says", "partially_met", ""),
    ("schools", "A1", "who_came", "school", ""),
    ("schools", "A1", "how_good", "good", ""),
    ("schools", "A1", "visits", "12", ""),
    ("schools", "", "training", "no", ""),
]


def answers(project: Project) -> list:
    return rows(project, "answers.csv", "agency", "case", "question", "answer", "evidence")


def columns(export: Export) -> list[dict]:
    return yaml.safe_load(export.mapping.read_text("utf-8"))["columns"]


def in_project(project: Project) -> bytes:
    """Everything that is kept of the project, `_build` and hidden files too."""
    return b"".join(path.read_bytes() for path in sorted(project.root.rglob("*")) if path.is_file())


@pytest.mark.parametrize("name", ["responses.xlsx", "responses.csv"])
@pytest.mark.parametrize("maker", MAKERS)
def test_an_export_becomes_answers_by_a_mapping_that_nobody_had_to_change(maker, name, tmp_path):
    project, export = exported(tmp_path, MAKERS[maker](), name)
    assert f"form: {maker}\n" in export.mapping.read_text("utf-8")
    assert "# Nothing is undecided." in export.mapping.read_text("utf-8")
    import_returns(project, ID, export)
    assert answers(project) == EXPECTED
    assert plan_import(project, ID, export).files == {}


@pytest.mark.parametrize("name", ["responses.xlsx", "responses.csv"])
@pytest.mark.parametrize("maker", MAKERS)
def test_nothing_that_says_who_answered_gets_anywhere(maker, name, tmp_path):
    project, export = exported(tmp_path, MAKERS[maker](), name)
    told = format_import(project, import_returns(project, ID, export), is_dry=False)
    export.files[0].unlink()
    for secret in ("Quell", "jo@example.org", "10.0.0.1", "51.5", "14:03", "2:03", "244403377", "Link one"):
        assert secret.encode() not in in_project(project)
        assert secret not in told


def test_a_dropped_column_may_hold_what_would_be_refused_anywhere_else(tmp_path):
    rows = microsoft_rows()
    rows[1] = (*rows[1][:4], "943 476 5919, B70 9EL, jo.quell@example.org", *rows[1][5:])
    project, export = exported(tmp_path, rows)
    assert messages_of(project, export) == []
    import_returns(project, ID, export)
    export.files[0].unlink()
    assert not [each for each in (b"943 476", b"B70 9EL", b"jo.quell") if each in in_project(project)]


def test_a_response_says_what_the_agency_did_and_the_cases_it_has_not_answered_stay_open(tmp_path):
    project, export = exported(tmp_path, microsoft_rows())
    import_returns(project, ID, export)
    assert rows(project, "involvement.csv", "agency", "case", "state", "asked") == [
        ("police", "A1", "returned", "yes"),
        ("police", "A2", "returned", "yes"),
        ("police", "A3", "no_response", "yes"),
        ("schools", "A1", "returned", "yes"),
        ("schools", "A2", "no_response", "yes"),
        ("schools", "A3", "no_response", "yes"),
    ]


def test_a_question_left_blank_is_not_answered_and_never_no(tmp_path):
    blank = ("Police", "A1", "", "", "", "", "", "", "")
    project, export = exported(tmp_path, microsoft_rows([blank]))
    import_returns(project, ID, export)
    assert answers(project) == []
    assert rows(project, "involvement.csv", "case", "state")[0] == ("A1", "returned")


def test_evidence_without_an_answer_is_kept(tmp_path):
    only = ("Police", "A1", "", "The record does not say.", "", "", "", "", "")
    project, export = exported(tmp_path, microsoft_rows([only]))
    import_returns(project, ID, export)
    assert answers(project) == [("police", "A1", "seen_alone", "", "The record does not say.")]


def test_trials_of_a_form_are_left_out_and_it_is_said(tmp_path):
    project, export = exported(tmp_path, MAKERS["Qualtrics"](), "responses.csv")
    told = format_import(project, import_returns(project, ID, export), is_dry=False)
    assert "warning: downloads/responses.csv: 1 response was a trial, and is left out." in told


def test_columns_may_stand_in_any_order(tmp_path):
    project, export = exported(tmp_path, microsoft_rows())
    put_export(tmp_path / "downloads", [tuple(reversed(row)) for row in microsoft_rows()])
    import_returns(project, ID, export)
    assert answers(project) == EXPECTED


def test_words_of_a_form_are_decided_once_in_the_mapping(tmp_path):
    sloppy = ("Met Police", "A1", "Yes, always", "", "Fully", "", "", "", "")
    project, export = exported(tmp_path, microsoft_rows([sloppy]))
    text = export.mapping.read_text("utf-8")
    for line in ('"Met Police": undecided', '"Yes, always": undecided', '"Fully": undecided'):
        assert line in text
    decided = text.replace('"Met Police": undecided', '"Met Police": police')
    decided = decided.replace('"Yes, always": undecided', '"Yes, always": yes')
    export.mapping.write_text(decided.replace('"Fully": undecided', '"Fully": met'), "utf-8")
    import_returns(project, ID, export)
    assert answers(project) == [("police", "A1", "seen_alone", "yes", ""), ("police", "A1", "plan_says", "met", "")]


@pytest.mark.parametrize(
    ("said", "answer"),
    [("N/A", "not_applicable"), ("n.a.", "not_applicable"), ("Don’t know", "not_known"), ("Yes.", "yes")],
)
def test_what_an_import_understands_need_not_be_decided_in_the_mapping(tmp_path, said, answer):
    project, export = exported(tmp_path, microsoft_rows([("Police", "A1", said, "", "", "", "", "", "")]))
    assert "# Nothing is undecided." in export.mapping.read_text("utf-8")
    import_returns(project, ID, export)
    assert answers(project) == [("police", "A1", "seen_alone", answer, "")]


def test_a_question_in_other_words_is_undecided_with_the_nearest_beside_it(tmp_path):
    rows = microsoft_rows()
    rows[0] = tuple("Was the child seen on their own?" if SEEN in str(each) else each for each in rows[0])
    _, export = exported(tmp_path, rows)
    assert "holds: undecided  # nearest question: seen_alone" in export.mapping.read_text("utf-8")


def test_a_column_that_names_somebody_is_dropped_whatever_the_form_calls_it(tmp_path):
    named = ("Your name", "Completed by", "Child's initials", "What is your job title?", "Contact number")
    rows = [(*row, *("x" for _ in named)) for row in microsoft_rows()]
    rows[0] = (*microsoft_rows()[0], *named)
    project, export = exported(tmp_path, rows)
    assert [each["holds"] for each in columns(export)[-5:]] == ["dropped"] * 5
    assert messages_of(project, export) == []


def test_the_agency_and_the_case_may_stand_in_the_name_of_the_file(tmp_path):
    project = form_project(tmp_path)
    named = [row[:5] + row[7:] for row in microsoft_rows(ANSWERS[:1])]
    names = ("Police A1.xlsx", "schools-a2.xlsx")
    files = tuple(put_export(tmp_path / "in", named, name) for name in names)
    export = Export(files, mapped(project, files[0]).mapping)
    change_mapping(export, lambda found: found.update(case="in the name of the file"))
    import_returns(project, ID, export)
    assert [row[:3] for row in answers(project) if row[2] == "seen_alone"] == [
        ("police", "A1", "seen_alone"),
        ("schools", "A2", "seen_alone"),
    ]


def test_what_an_agency_did_may_be_a_question_of_the_form(tmp_path):
    known = [(*row, "Known to your agency?" if number == 0 else "Yes") for number, row in enumerate(microsoft_rows())]
    known[2] = (*microsoft_rows([("Police", "A2", *[""] * 7)])[1][:-1], "", "Not known to us")
    project, export = exported(tmp_path, known)
    text = export.mapping.read_text("utf-8").replace('"Yes": undecided', '"Yes": returned')
    export.mapping.write_text(text, "utf-8")
    import_returns(project, ID, export)
    assert rows(project, "involvement.csv", "case", "state")[:2] == [("A1", "returned"), ("A2", "not_known_to_agency")]


def test_a_grade_of_a_standard_is_taken_too(tmp_path):
    graded = [(*row, "Overall" if number == 0 else "Good") for number, row in enumerate(microsoft_rows())]
    project, export = exported(tmp_path, graded)
    import_returns(project, ID, export)
    assert rows(project, "grades.csv", "agency", "case", "standard", "grade")[0] == ("police", "A1", "overall", "good")


def test_a_form_takes_nothing_away_that_a_workbook_said(tmp_path):
    project = form_project(tmp_path)
    put_return(project, filled(project))
    import_returns(project, ID)
    before = rows(project, "findings.csv", "finding", "text")
    grades = rows(project, "grades.csv", "case", "standard", "grade")
    import_returns(project, ID, mapped(project, put_export(tmp_path / "downloads", microsoft_rows())))
    assert rows(project, "findings.csv", "finding", "text") == before
    assert rows(project, "grades.csv", "case", "standard", "grade") == grades
    assert answers(project) == EXPECTED


def test_an_audit_of_no_single_cases_takes_responses_without_a_case(tmp_path):
    parts = [each for each in ASKING if each.file != "cases.csv"]
    project = write_project(tmp_path, *parts)
    once = [row[:6] + row[-1:] for row in microsoft_rows(ANSWERS[:1])]
    export = mapped(project, put_export(tmp_path / "downloads", once))
    import_returns(project, ID, export)
    assert answers(project) == [("police", "", "training", "yes", "")]
    assert rows(project, "involvement.csv", "agency", "case", "state")[0] == ("police", "", "returned")


def test_a_mapping_that_somebody_decided_in_is_not_overwritten(tmp_path):
    project, export = exported(tmp_path, microsoft_rows())
    change_mapping(export, lambda found: found.update(sheet="Sheet"))
    with pytest.raises(WrongUsage, match="--replace overwrites it"):
        write_mapping(project, export.files[0], export.mapping, is_replacing=False)


def test_a_form_cannot_be_mapped_before_there_are_questions(tmp_path):
    project = asked_project(tmp_path)
    path = put_export(tmp_path / "downloads", microsoft_rows())
    with pytest.raises(WrongUsage, match=r"questions\.csv lists what your tool asks"):
        write_mapping(project, path, None, is_replacing=False)


MEMORY_OF = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
print(used.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Runs a command and tells its peak memory, in kB. A process of its own: one that is begun by another as large as the
tests counts, at first, that one's memory for its own."""


def test_fifty_responses_to_forty_questions_are_imported_in_little_memory(tmp_path):
    project, export = large_form(tmp_path)
    command = [sys.executable, "-m", "auditbook.cli", "--project", project.root, "import", ID]
    command += ["--from", export.files[0], "--map", export.mapping]
    done = subprocess.run([sys.executable, "-c", MEMORY_OF, *map(str, command)], capture_output=True, text=True)
    assert done.returncode == 0 and int(done.stdout) / 1024 < 300  # MB; 113 were measured
    assert len(answers(project)) == 50 * 40
