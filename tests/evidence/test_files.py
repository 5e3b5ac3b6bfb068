"""Files that are missing, strange or unreadable: F and Y. Each broken input gives one message, with its place."""

import pytest
from evidence.broken import broken, column, drop, folder, lines_of, link, put, swap

BROKEN = [
    broken("F01", "finding.csv: no such file belongs here. Nearest: findings.csv.", put("finding.csv", "finding\n")),
    broken(
        "F01",
        "findings.xlsx: tables are read as CSV, not as a workbook; save its sheet as “CSV UTF-8”. "
        "Nearest: findings.csv.",
        put("findings.xlsx", b"PK"),
    ),
    broken("F01", "old: no such folder belongs here.", put("old/findings.csv", "finding\n")),
    broken(
        "F01", "codebook/theme.csv: no such file belongs here. Nearest: themes.csv.", put("codebook/theme.csv", "x")
    ),
    broken(
        "F02",
        'findings.csv:1: thems: "thems" is not a column of this file; expected finding, case, agency, channel, '
        "polarity, themes, box, text, headline. Nearest: themes.",
        column("findings.csv", "thems", "fathers"),
    ),
    broken(
        "F02",
        'cases.csv:1: referals: "referals" is neither a column of this file nor a variable of the codebook. '
        "Nearest: referrals.",
        column("cases.csv", "referals", "1"),
    ),
    broken(
        "F03",
        'involvement.csv:1: state: the column "state" is missing.',
        put("involvement.csv", "agency,case,forum,reason\npolice,,yes,\n"),
    ),
    broken(
        "F04",
        "findings.csv:1: this is not UTF-8 text; save it as “CSV UTF-8”, or as UTF-8 text.",
        put("findings.csv", "finding,text\nf1,Heard\n".encode("utf-16")),
    ),
    broken(
        "F04",
        "findings.csv:2: this is not UTF-8 text; save it as “CSV UTF-8”, or as UTF-8 text.",
        put("findings.csv", "finding,text\nf1,Müde\n".encode("cp1252")),
    ),
    broken(
        "F04",
        "findings.csv:1: this is not UTF-8 text (it holds a zero byte); save it as “CSV UTF-8”, or as UTF-8 text.",
        put("findings.csv", "finding,text\nf1,Heard\n".encode("utf-16-le")),
    ),
    broken(
        "F04",
        "findings.csv:3: this is not text: a control character (U+000B) stands here; take it out.",
        swap("findings.csv", "3,Heard.\nf3", "3,Heard.\x0bAlone.\nf3"),
    ),
    broken(
        "F05",
        "findings.csv:2: the quotation marks from this line on do not match; a mark inside a cell is doubled, and the "
        "cell quoted.",
        swap("findings.csv", '"Seen often, and alone."', '"Seen often, and alone.'),
    ),
    broken(
        "F05",
        "findings.csv:3: the quotation marks from this line on do not match; a mark inside a cell is doubled, and the "
        "cell quoted.",
        swap("findings.csv", "3,Heard.\nf3", '3,"She said "no"."\nf3'),
    ),
    broken(
        "F06",
        'grades.csv:1: the column "reason" stands there twice.',
        swap("grades.csv", "moderator,reason", "reason,reason"),
    ),
    broken(
        "F06",
        "grades.csv:1: column 7 has no name, and holds something on line 2; name it, or empty it.",
        swap("grades.csv", "moderator,reason", "moderator,"),
    ),
    broken(
        "F06",
        "grades.csv:1: one cell alone stands here, like a title; the columns are named on line 3. Delete what stands "
        "above it.",
        swap("grades.csv", "case,agency", "Grades of the second quarter,,,,,,\n\ncase,agency"),
    ),
    broken("F06", "grades.csv:1: the first row must name the columns; it is empty.", put("grades.csv", "")),
    broken("F06", "grades.csv:1: the first row must name the columns; it is empty.", put("grades.csv", "\n\n,,\n")),
    broken(
        "F07",
        "findings.csv:3: this row has 9 cells, the header has 8.",
        swap("findings.csv", "3,Heard.\nf3", "3,Heard, at last.\nf3"),
    ),
    broken("F08", "briefing.md: this file is missing; every audit has its briefing.", drop("briefing.md")),
    broken("F08", "audit.yml: this file is missing; every audit has one.", drop("audit.yml")),
    broken(
        "F08",
        "codebook/variables.csv: this file is missing; every project has one.",
        drop("codebook/variables.csv"),
    ),
    broken(
        "F09",
        'audits/2021-22-Q5: "2021-22-Q5" is not an audit id such as 2020-21-Q4 or 2020-21-Q4-neglect.',
        put("audits/2021-22-Q5/audit.yml", "title: Neglect\n"),
    ),
    broken("F09", "audits/2021-22-Q2: an audit is a folder; this is a file.", put("audits/2021-22-Q2", "")),
    broken(
        "F09",
        'audits/0000-01-Q1: "0000-01-Q1" is not an audit id such as 2020-21-Q4 or 2020-21-Q4-neglect.',
        put("audits/0000-01-Q1/audit.yml", "title: Neglect\n"),
    ),
    broken(
        "F10",
        "findings.csv:11: text: this cell is longer than 32,767 characters; is a quotation mark missing?",
        swap("findings.csv", "3,Late.\nf11", f"3,{'x' * 40_000}\nf11"),
    ),
    broken(
        "F10",
        "findings.csv:11: this cell is longer than 32,767 characters; is a quotation mark missing?",
        swap("findings.csv", "3,Late.\nf11", f"3,{'x' * 1_000_000}\nf11"),
    ),
    broken("F10", "audit.yml: this file is larger than 1 MB.", put("audit.yml", "title: x\n" + "#" * 1_000_001)),
    broken(
        "F10", "findings.csv: this table has more than 50,000 rows.", put("findings.csv", "finding\n" + "f\n" * 50_001)
    ),
    broken(
        "F12",
        'codebook/code_sets/aux.csv: Windows can hold no file of this name; choose one without < > : " / \\ | ? *, '
        "a full stop or blank at its end, or a name of a device such as aux or con.",
        put("codebook/code_sets/aux.csv", "code,label\nA,A\n"),
    ),
    broken(
        "F11",
        "grades.csv: this is a link or a device, not a file or folder of its own; put the file itself here.",
        link("grades.csv", "/etc/hosts"),
    ),
    broken(
        "F11",
        "grades.csv: this is a link or a device, not a file or folder of its own; put the file itself here.",
        link("grades.csv", "nowhere.csv"),
    ),
    broken(
        "F11",
        "audits/2021-22-Q2: this is a link or a device, not a file or folder of its own; put the file itself here.",
        link("audits/2021-22-Q2", "2021-22-Q1"),
    ),
    broken("F01", "grades.csv: no such folder belongs here.", folder("grades.csv")),
    broken(
        "Y01",
        "audit.yml:1: this is not valid YAML: a colon stands where none belongs; put text with a colon in quotation "
        "marks, a blank behind each key's colon, and keys of one section under each other.",
        swap("audit.yml", "title: Plans", "title: Step: down: Plans"),
    ),
    broken(
        "Y01",
        'audit.yml:2: this is not valid YAML: the key "title" stands there twice.',
        swap("audit.yml", "collection:", "title: Plans again\ncollection:"),
    ),
    broken(
        "Y01",
        "audit.yml:2: this is not valid YAML: references (*name) are not used here.",
        put("audit.yml", "title: &bomb [x, x, x]\nremit: [*bomb, *bomb, *bomb]\n"),
    ),
    broken(
        "Y01",
        "audit.yml:1: this is not valid YAML: the tag tag:yaml.org,2002:python/object/apply:os.system is not used "
        "here.",
        put("audit.yml", "title: !!python/object/apply:os.system ['touch broken']\n"),
    ),
    broken(
        "Y01",
        "audit.yml: this is not valid YAML here: its sections are nested too deeply.",
        put("audit.yml", "title: " + "[" * 100_000),
    ),
    broken(
        "Y01",
        "audit.yml:4: this is not valid YAML: a tab stands here; indent with blanks.",
        put("audit.yml", "title: x\ncollection: live\nsample:\n\tplanned: 6\n"),
    ),
    broken(
        "Y01",
        "audit.yml:1: this is not valid YAML: text begins with @; put it in quotation marks.",
        put("audit.yml", "title: @home\n"),
    ),
    broken(
        "Y01",
        "audit.yml:1: this is not valid YAML: this is not lined up with what stands above, or a quotation mark ends "
        "its text too soon; keys of one section stand under each other, and text with an apostrophe in double "
        'quotation marks: "…".',
        put("audit.yml", "title: 'Children's voice'\n"),
    ),
    broken(
        "Y01",
        "audit.yml:3: this is not valid YAML: a quotation mark is opened and not closed; close it.",
        put("audit.yml", 'title: "Neglect\ncollection: live\n'),
    ),
    broken(
        "Y01",
        "audit.yml:3: this is not valid YAML: a line here has no colon and blank behind its key; write `key: value`.",
        put("audit.yml", "title: Neglect\nremit\ncollection: live\n"),
    ),
    broken(
        "V07",
        "audit.yml:1: Title: this key is not known here; expected title, collection, remit, partnerships, unit, "
        "sample, cohort, fieldwork, due, lookback_months … (18 in all). Nearest: title.",
        put("audit.yml", "Title: Neglect\ncollection: live\n"),
    ),
    broken("Y01", "audit.yml: this file must hold `key: value` lines.", put("audit.yml", "- title\n")),
    broken("Y01", "audit.yml: this file must hold `key: value` lines.", put("audit.yml", "Neglect\n")),
    broken("Y01", "audit.yml:1: this is not valid YAML: a key must be a word.", put("audit.yml", "[a, b]: c\n")),
    broken(
        "Y03",
        'audit.yml:11: channels.2.channel: "reading_group" is not a kind of channel; say its `kind`.',
        swap("audit.yml", "- channel: scrutiny\n", "- channel: scrutiny\n  - channel: reading_group\n"),
    ),
]


def test_a_table_with_a_problem_on_every_row_is_told_to_its_first_thousand(tmp_path):
    told = lines_of(tmp_path, put("grades.csv", "case,agency,standard,grade\n" + "A1,police,overall,gud\n" * 3_000))
    own = [line for line in told if line.startswith("data/audits/2021-22-Q1/grades.csv")]
    assert own[0].endswith("more than 1,000 problems stand in this file; what stands below was not looked at. [F10]")
    assert len(own) == 1_002


@pytest.mark.parametrize("each", BROKEN, ids=str)
def test_a_broken_file_is_told_in_one_message_with_its_place(each, tmp_path):
    assert lines_of(tmp_path, *each.changes) == [each.message]
