"""Whatever somebody puts into a folder: problems come all at once and in order, and nothing is a traceback."""

import csv
import io
import os

import pytest
from evidence.broken import (
    AUDIT,
    EARLIER,
    FILES,
    add,
    drop,
    folder,
    lines_of,
    path_of,
    put,
    refusals_of,
    swap,
    write_valid,
)
from hanging import not_hanging

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import read_audits

CSV = [file for file in FILES if file.endswith(".csv")]
OF_AUDIT = [file for file in CSV if file.startswith(AUDIT)]


def rules_of(lines: list[str]) -> list[str]:
    return [line[-4:-1] for line in lines]


def audit_of(root, *changes):
    return read_audits(write_valid(root, changes), [AuditId.read("2021-22-Q1")])[0]


def test_the_valid_project_is_valid(tmp_path):
    assert lines_of(tmp_path) == []


def test_problems_of_every_file_come_at_once_in_the_order_of_files_and_rows(tmp_path):
    found = lines_of(
        tmp_path,
        swap("recommendations.csv", "2020-21-Q4/1", "2020-21-Q4/3"),
        swap("tallies.csv", "signed_off,yes", "signed_of,yes"),
        swap("findings.csv", "f13,A6", "f13,A9"),
        swap("findings.csv", "f1,A1,police", "f1,A1,polis"),
        swap("cases.csv", "A8,excluded", "A8,exclude"),
        swap("audit.yml", "title:", "titel:"),
        add("codebook/themes.csv", "Housing,Housing,,,,\n"),
        add("codebook/agencies.csv", "icb,Integrated care,,,,\n"),
        put(f"{EARLIER}/findings.csv", "finding,box\n,3\n"),
        put("audits/notes.txt", "to do"),
        drop("briefing.md"),
    )
    assert [line.partition(": ")[0].removeprefix("data/") for line in found] == [
        "codebook/agencies.csv:6",
        "codebook/themes.csv:5",
        "audits/notes.txt",
        f"{EARLIER}/findings.csv:2",
        f"{AUDIT}/audit.yml:1",
        f"{AUDIT}/briefing.md",
        f"{AUDIT}/cases.csv:9",
        f"{AUDIT}/findings.csv:14",
        f"{AUDIT}/recommendations.csv:2",
    ]  # nothing of agencies and tallies, which nobody can judge before the codebook is mended


def test_every_unknown_column_of_a_file_is_told(tmp_path):
    found = lines_of(tmp_path, put("involvement.csv", "agency,case,state,forums,reasons\npolice,,returned,yes,\n"))
    assert rules_of(found) == ["F02", "F02"]


def test_a_settings_file_that_cannot_be_read_hides_no_other_problem(tmp_path):
    found = lines_of(tmp_path, put("audit.yml", "title: [\n"), swap("findings.csv", "f1,A1,police", "f1,A1,polis"))
    assert rules_of(found) == ["Y01", "A01"]


@pytest.mark.parametrize("file", ["variables.csv", "themes.csv", "agencies.csv"])
def test_without_a_readable_codebook_that_alone_is_told(file, tmp_path):
    found = lines_of(tmp_path, put(f"codebook/{file}", "label\n\xff".encode("latin-1")))
    assert rules_of(found) == ["F04"]


@pytest.mark.parametrize(
    "written",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: (text + "," * text.partition("\n")[0].count(",") + "\n\n").encode(),
        lambda text: text.rstrip("\n").encode(),
        lambda text: in_excels_dialect(text).encode(),
        lambda text: b"\xef\xbb\xbf" + in_excels_dialect(text).replace("\n", "\r\n").encode(),
    ],
    ids=["byte-order mark", "CRLF", "CR", "blank rows", "no last line end", "semicolons", "as Excel saves it"],
)
def test_the_same_rows_are_read_however_a_spreadsheet_wrote_them(written, tmp_path):
    plain = audit_of(tmp_path / "plain")
    audit = audit_of(tmp_path / "other", *(put(file, written(FILES[file])) for file in OF_AUDIT))
    assert audit.tallies == plain.tallies
    for frame in ("cases", "people", "involvement", "findings", "grades", "answers", "recommendations"):
        assert getattr(audit, frame).equals(getattr(plain, frame)), frame


def in_excels_dialect(text: str) -> str:
    """Semicolons between cells; a cell that holds one is quoted."""
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\n").writerows(csv.reader(text.splitlines()))
    return written.getvalue()


@pytest.mark.parametrize("file", OF_AUDIT)
def test_a_file_with_a_header_alone_is_valid_or_refused(file, tmp_path):
    found = lines_of(tmp_path, put(file, FILES[file].partition("\n")[0] + "\n"))
    assert set(rules_of(found)) <= {"R01", "R03", "Q03"}  # what named its rows has nothing to name now


@pytest.mark.parametrize("file", OF_AUDIT)
def test_an_empty_file_is_refused_once(file, tmp_path):
    assert lines_of(tmp_path, put(file, "")) == [
        f"data/{file}:1: the first row must name the columns; it is empty. [F06]"
    ]


@pytest.mark.parametrize("file", OF_AUDIT)
def test_a_folder_with_the_name_of_a_file_is_refused(file, tmp_path):
    assert f"data/{file}: no such folder belongs here. [F01]" in lines_of(tmp_path, folder(file))


def test_a_pipe_with_the_name_of_a_file_is_refused_and_never_opened(tmp_path):
    project = write_valid(tmp_path)
    pipe = path_of(project.data, "grades.csv")
    pipe.unlink()
    os.mkfifo(pipe)
    assert [refusal.rule for refusal in refusals_of(project)] == ["F11"]


def test_what_a_link_leads_to_is_never_read(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("case,family\nA1,Example\n")
    project = write_valid(tmp_path / "project")
    path_of(project.data, "cases.csv").unlink()
    path_of(project.data, "cases.csv").symlink_to(secret)
    told = "\n".join(map(str, refusals_of(project)))
    assert "[F11]" in told
    assert "family" not in told


@pytest.mark.parametrize("words", ["=1+1", "+44", "-1", "@SUM(A1)", '=HYPERLINK(""http://x"")', "\t=1+1", "＝1+1"])
def test_text_that_a_spreadsheet_would_run_is_kept_as_text(words, tmp_path):
    audit = audit_of(tmp_path, swap("findings.csv", "Father asked.", f'"{words}"'))
    assert audit.findings["text"][11] == words.replace('""', '"').strip()


@pytest.mark.parametrize(
    "settings",
    [
        "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        "title: !!python/object/new:os.system [echo]\n",
        "title: !!binary aGVsbG8=\n",
        "title: !!set {a, b}\n",
        "<<: {title: x}\ncollection: synthetic\n",
        "title: x\ncollection: synthetic\nchannels: {forum: 8}\n",
        "title: x\ncollection: synthetic\nsample: [1, 2]\n",
        "title: x\ncollection: synthetic\nsample: {planned: [8]}\n",
        "title: x\ncollection: synthetic\npartnerships: [[a], {b: c}]\n",
        "title: {a: b}\ncollection: [synthetic]\n",
        "title: x\ncollection: synthetic\nchannels:\n  - forum\n",
        "title: x\ncollection: synthetic\nlookback_months: 12.5\n",
        "title: x\ncollection: synthetic\ncohort: {start: 2021-13}\n",
        "title: x\n--- \ntitle: y\n",
        "title: 'x\n",
        "? {a: b}\n: c\n",
        "1: x\n",
        "null: x\n",
        "title: x\n" + "".join(" " * depth + "a:\n" for depth in range(2000)),
        "{" * 5000,
        "title: " + "{a: " * 5000,
        "%YAML 9.9\n---\ntitle: x\n",
        "\ttitle: x\n",
        "title: \x85\n",
    ],
)
def test_settings_that_do_more_than_say_are_refused_without_being_run(settings, tmp_path):
    with not_hanging():
        assert lines_of(tmp_path, put("audit.yml", settings))


def test_bytes_that_are_no_text_are_refused_in_every_file(tmp_path):
    for file in FILES:
        assert refusals_of(write_valid(tmp_path, [put(file, bytes(range(256)) * 4)])), file


def test_a_missing_data_folder_is_refused(tmp_path):
    project = write_valid(tmp_path)
    project.data.rename(tmp_path / "elsewhere")
    assert [str(refusal) for refusal in refusals_of(project)] == [
        "data/codebook/variables.csv: this file is missing; every project has one. [F08]"
    ]
