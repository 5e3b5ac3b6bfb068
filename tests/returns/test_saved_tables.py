"""Tables as people and their programs save them: what goes through, and is read as the tidy table would be."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from evidence.broken import AUDIT, FILES, add, drop, lines_of, put, swap, write_valid

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import Audit, read_audits
from auditbook.returns.layout import POLARITY_OF_LABEL, state_choices
from auditbook.validation.files import is_left_behind

ID = AuditId.read("2021-22-Q1")
TABLES = sorted(file for file in FILES if file.endswith(".csv"))
LEFT_BEHIND = (".DS_Store", "._cases.csv", "Thumbs.db", "desktop.ini", ".~lock.cases.csv#", "~$cases.csv", "cases.csv~")


def read(root: Path, *changes: Callable) -> Audit:
    [audit] = read_audits(write_valid(root, changes), [ID])
    return audit


def tables_of(audit: Audit) -> list:
    """Everything that was read, as values that can be compared."""
    frames = (audit.cases, audit.people, audit.involvement, audit.findings, audit.grades, audit.recommendations)
    told = [frame.astype(str).to_dict("records") for frame in frames]
    return [*told, [each.id for each in audit.tallies], audit.settings, audit.codebook, audit.briefing]


def saved(
    text: str, delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL, end: str = "\n", columns: int = 0, rows: int = 0
) -> str:
    """A table as another program saves it; `columns` and `rows` that are empty at the right and the foot."""
    table = [[*row, *[""] * columns] for row in csv.reader(io.StringIO(text))]
    table += [[""] * len(table[0])] * rows
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(table)
    return out.getvalue()


DIALECTS = {
    "trailing empty columns and rows": lambda text: saved(text, columns=3, rows=40),
    "semicolons": lambda text: saved(text, ";"),
    "tabs": lambda text: saved(text, "\t"),
    "sep=;": lambda text: "sep=;\r\n" + saved(text, ";", end="\r\n"),
    "sep=, although the header has more of another": lambda text: '"sep=,"\n' + saved(text),
    "sep= saved again": lambda text: "sep=,,,,,\n" + saved(text, columns=2),
    "bars": lambda text: saved(text, "|"),
    "sep=|": lambda text: "sep=|\n" + saved(text, "|"),
    "every cell quoted": lambda text: saved(text, quoting=csv.QUOTE_ALL),
    "a byte-order mark": lambda text: "\ufeff" + text,
    "a byte-order mark and sep=": lambda text: "\ufeffsep=\t\n" + saved(text, "\t"),
    "lines of the old Macintosh": lambda text: saved(text, end="\r"),
    "empty lines first": lambda text: "\n,,\n" + text,
    "blanks that do not break around every cell": lambda text: (
        saved("\n".join(",".join(f"\u00a0{cell}\u200b" for cell in row) for row in [text.split("\n")[0].split(",")]))
        + text.split("\n", 1)[1]
    ),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_table_says_the_same_however_it_was_saved(dialect, tmp_path):
    changes = [put(file, DIALECTS[dialect](FILES[file])) for file in TABLES]
    assert tables_of(read(tmp_path / "saved", *changes)) == tables_of(read(tmp_path / "tidy"))


def test_the_order_of_columns_and_the_spelling_of_headings_do_not_matter(tmp_path):
    def turned(text: str) -> str:
        rows = [row[::-1] for row in csv.reader(io.StringIO(text))]
        rows[0] = [heading.replace("_", " ").title() for heading in rows[0]]
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        return out.getvalue()

    changed = read(tmp_path / "turned", *(put(file, turned(FILES[file])) for file in TABLES))
    tidy = read(tmp_path / "tidy")
    assert tables_of(changed)[2:] == tables_of(tidy)[2:]
    assert changed.cases[list(tidy.cases.columns)].astype(str).equals(tidy.cases.astype(str))


def test_a_column_may_be_headed_with_its_variables_label(tmp_path):
    labelled = read(
        tmp_path / "labelled", swap("cases.csv", ",plan_start,plan_end,", ",Start of the plan,End of the plan,")
    )
    assert tables_of(labelled) == tables_of(read(tmp_path / "tidy"))


@pytest.mark.parametrize(
    ("file", "old", "written"),
    [
        ("findings.csv", "f1,A1,police", "f1,A1,Police"),
        ("findings.csv", "f1,A1,police", "f1,A1, POLICE\u00a0"),
        ("findings.csv", "f8,A1,ccg", "f8,A1,Clinical  commissioning group"),
        ("findings.csv", "f1,A1,", "f1,a1,"),
        ("findings.csv", "f1,A1,", "f1,\ufeffA1\u200b,"),
        ("findings.csv", "police,,strength,voice_of_child,3,Heard", "police,,Strength,Voice of the child,Box 3,Heard"),
        ("findings.csv", ",,development,fathers;voice_of_child", ",N/A,Development,Fathers; voice of child"),
        ("findings.csv", "f5,,,forum", "f5,n/a,N/A,Forum"),
        ("cases.csv", "A2,in,,M,cp,2021-01-11", "A2,In,,Boy,Child Protection,11/1/2021"),
        ("cases.csv", "A3,in,,F,cin,2021-01-18", "A3,in,,girl,CIN,18 January 2021"),
        ("cases.csv", "A3,in,,F,cin,2021-01-18", "A3,in,,f,cin,2021-01-18 00:00:00"),
        ("cases.csv", "2021-01-25,2021-05-31,not_known,3A", "25.01.2021,31st May 2021,Unknown,3a"),
        ("cases.csv", "2021-02,2021-06,0,", "02/2021,June 2021,0.0,"),
        ("cases.csv", "0,3A;4B", "0,Domestic abuse of the child;mental health of a parent"),
        ("cases.csv", "A8,excluded", "A8,EXCLUDED"),
        ("involvement.csv", "police,,returned,yes", "police,N/A,Returned,Y"),
        ("involvement.csv", "schools,A2,no_response,no", "Schools,a2,No response,FALSE"),
        ("grades.csv", "A1,police,overall,good,outstanding", "A1,police,Overall,Good,Outstanding"),
        ("grades.csv", "A2,police,overall,inadequate", "A2,police,overall,Inadequate"),
        ("grades.csv", ",,fathers,improving", ",,Fathers,Improving"),
        ("recommendations.csv", "f3;f5,2021-12,in_progress,2021-09-30", "F3; f5,12/2021,In progress,30/9/2021"),
        ("tallies.csv", "signed_off,yes,4", "Signed off by a manager,Yes,4"),
        ("audit.yml", "agencies: [police, schools]", "agencies: [Police, schools]"),
        ("audit.yml", "start: 2021-01", "start: January 2021"),
    ],
)  # fmt: skip
def test_a_label_or_another_spelling_is_read_as_the_id(file, old, written, tmp_path):
    assert tables_of(read(tmp_path / "written", swap(file, old, written))) == tables_of(read(tmp_path / "tidy"))


@pytest.mark.parametrize(("words", "state"), state_choices().items())
def test_a_state_may_be_called_as_the_workbooks_call_it(words, state, tmp_path):
    audit = read(tmp_path, swap("involvement.csv", "police,,returned", f"police,,{words}"))
    assert audit.involvement["state"].tolist()[0] == state


@pytest.mark.parametrize(("words", "polarity"), POLARITY_OF_LABEL.items())
def test_a_polarity_may_be_called_as_the_workbooks_call_it(words, polarity, tmp_path):
    audit = read(tmp_path, swap("findings.csv", "f1,A1,police,,strength", f"f1,A1,police,,{words}"))
    assert audit.findings["polarity"].tolist()[0] == polarity


@pytest.mark.parametrize("said", ["N/A", "n/a", "N.A.", "NA", "na", "Not applicable", "not-applicable", "n / a"])
def test_not_applicable_is_understood_as_people_write_it(said, tmp_path):
    audit = read(tmp_path, swap("cases.csv", "A2,in,,M,cp", f"A2,in,,M,{said}"))
    assert audit.cases["plan"].tolist()[1] == "not_applicable"


@pytest.mark.parametrize("said", ["Not known", "unknown", "N/K", "n.k.", "Don't know"])
def test_not_known_is_understood_as_people_write_it(said, tmp_path):
    audit = read(tmp_path, swap("cases.csv", "A2,in,,M,cp", f"A2,in,,M,{said}"))
    assert audit.cases["plan"].tolist()[1] == "not_known"


def test_not_recorded_is_an_empty_cell(tmp_path):
    audit = read(tmp_path, swap("cases.csv", "A2,in,,M,cp", "A2,in,,M,Not recorded"))
    assert audit.cases["plan"].tolist()[1] is None


def test_a_code_that_is_called_like_a_standin_is_that_code(tmp_path):
    audit = read(
        tmp_path,
        swap("codebook/variables.csv", "cp=Child protection", "cp=Child protection;U=Unknown"),
        swap("cases.csv", "A2,in,,M,cp", "A2,in,,M,Unknown"),
    )
    assert audit.cases["plan"].tolist()[1] == "U"


@pytest.mark.parametrize("said", ["-", "?", "none", "TBC", "#N/A", "#REF!"])
def test_what_could_mean_several_things_is_refused(said, tmp_path):
    [line] = lines_of(tmp_path, swap("cases.csv", "A2,in,,M,cp", f"A2,in,,M,{said}"))
    assert line.endswith(f'plan: "{said}" is not a code of plan; expected cin, cp. [V01]')


def test_a_moderated_grade_that_is_not_applicable_is_written_out(tmp_path):
    [line] = lines_of(tmp_path, swap("grades.csv", "good,outstanding", "good,N/A"))
    assert line.startswith(f'data/{AUDIT}/grades.csv:2: moderated: "N/A" is not a grade of overall; expected')


def test_a_grade_may_be_called_what_its_scale_says(tmp_path):
    called = FILES["codebook/scales.csv"].replace("good_or_better", "good_or_better,also_called").splitlines()
    scales = "\n".join(
        [called[0], *(f"{line},{'RI; Requires Imp.' if 'requires' in line else ''}" for line in called[1:])]
    )
    for said in ("RI", "ri", "Requires Imp.", "Requires improvement"):
        changes = put("codebook/scales.csv", scales), swap("grades.csv", "overall,inadequate", f"overall,{said}")
        audit = read(tmp_path / said, *changes)
        assert audit.grades["grade"].tolist()[1] == "requires_improvement"


@pytest.mark.parametrize("name", LEFT_BEHIND)
def test_what_systems_and_editors_leave_behind_is_passed_over_everywhere(name, tmp_path):
    assert is_left_behind(name)
    folders = ("codebook", "codebook/code_sets", "audits", AUDIT, "")
    left = [put(f"codebook/../{folder}/{name}", b"\x00\xff not a table") for folder in folders]
    assert tables_of(read(tmp_path / "left", *left)) == tables_of(read(tmp_path / "tidy"))
    assert lines_of(tmp_path / "left", *left) == []


@pytest.mark.parametrize("name", ["cases (1).csv", "cases.csv.txt", "lock", "notes.docx", "tilde~.csv", "$cases.csv"])
def test_what_somebody_put_there_is_not_passed_over(name, tmp_path):
    assert not is_left_behind(name)
    assert len(lines_of(tmp_path, put(name, "case\n"))) == 1


FOLLOW_ONS = {
    "a row of cases.csv": [swap("cases.csv", "A4,in,,M", "A4,in,M")],
    "cases.csv as a whole": [put("cases.csv", 'case,scope\n"A1,in\n')],
    "cases.csv in another encoding": [put("cases.csv", "case,scope\nA1,in\nÄ2,in\n".encode("cp1252"))],
    "cases.csv under another name": [put("case.csv", FILES[f"{AUDIT}/cases.csv"]), drop("cases.csv")],
    "a row of findings.csv": [swap("findings.csv", "f3,A3", "f3,,A3")],
    "the themes": [put("codebook/themes.csv", "theme,label\nfathers,Fathers,\nvoice_of_child,Voice,x\n")],
    "the agencies": [swap("codebook/agencies.csv", "schools,Schools,,,,", "schools,Schools,,,")],
    "a scale": [swap("codebook/scales.csv", "ofsted,good,Good,2,yes", "ofsted,good,Good,2,yes,x")],
    "a code set": [put("codebook/code_sets/factors.csv", 'code,label\n"3A,Abuse\n')],
}  # fmt: skip


@pytest.mark.parametrize("refused", FOLLOW_ONS)
def test_nothing_is_refused_only_because_something_else_was(refused, tmp_path):
    assert len(lines_of(tmp_path, *FOLLOW_ONS[refused])) == 1


def test_the_problems_of_tables_and_of_the_briefing_come_at_once(tmp_path):
    lines = lines_of(
        tmp_path,
        swap("cases.csv", "A8,excluded", "A8,exclude"),
        swap("briefing.md", "## 7 Box 7\n\nWords about practice.\n\n", "## 7 Box 7\n\n{cuont}`cases.total`\n\n"),
        swap("briefing.md", "## 6 Box 6\n\nWords about practice.", "## 6 Box 6\n\n{count}`sex.F`"),
    )
    assert [line.rpartition(" ")[2] for line in lines] == ["[B03]", "[V01]"]


def test_the_briefing_is_read_beside_settings_that_are_refused(tmp_path):
    lines = lines_of(tmp_path, put("audit.yml", "titel: x\n"), swap("briefing.md", "## 7 Box 7\n\n", "## 8 Box\n\n"))
    assert {line.rpartition(" ")[2] for line in lines} == {"[V05]", "[V07]", "[B01]"}


def test_another_audits_problem_hides_nothing_of_this_one(tmp_path):
    lines = lines_of(
        tmp_path,
        put("audits/2020-21-Q4/audit.yml", "title: Neglect\n"),
        add("tallies.csv", "cases,total,8,,,exact,,,\n"),
    )
    assert sorted(line.rpartition(" ")[2] for line in lines) == ["[N06]", "[V05]"]
