"""Recommendations through time: where each stands, since when, and the same on a terminal, as CSV and as a calendar."""

import csv
import io
import re

import pytest
from builders import a_recommendation, an_audit, write_project
from reading.test_actions import A_THREAD, DONE_LATER, a_quarter, quarters
from released import RECORDED

from auditbook.cli import main
from auditbook.downloads.records import copy_registers, register_folder
from auditbook.measures.all_measures import audit_measures
from auditbook.pages.actions_export import as_csv, as_table, emails, format_actions, write_registers
from auditbook.pages.calendar import LONGEST_LINE, calendar, escaped, folded
from auditbook.pages.register import register_text
from auditbook.reading.actions import actions
from auditbook.validation.problems import ReleaseRefused, WrongUsage

HOSTILE = "<script>alert(1)</script> {include}`x` [a](javascript:alert(1)) ```{raw} html"


def test_the_register_the_calendar_and_the_themes_name_it_once():
    audits = quarters(**{**DONE_LATER, "Q4": [a_recommendation("2", follows="2021-22-Q2/7", status="planned")]})
    text = register_text(audits)
    assert re.findall(r"^### (.+)$", text, re.MULTILINE) == ["Recommendation 2 of Q4 2021\\-22"]
    assert re.findall(r"^\((.+)\)=$", text, re.MULTILINE) == [
        "recommendation-2021-22-q4-2",
        "recommendation-2021-22-q2-7",
        "recommendation-2021-22-q1-1",
    ]
    assert (
        "From audit to audit\n: Recommendation 1 of Q1 2021-22: not started; recommendation 7 of Q2 2021-22: "
        "in progress; recommendation 2 of Q4 2021-22: planned."
    ) in text.replace("\\", "")
    lines = unfolded(calendar(actions(audits)))
    assert [value for name, value in lines if name == "UID"] == ["auditbook-synthetic-recommendation-2021-22-q1-1"]


def test_a_message_to_each_owner_has_what_is_still_open_and_nothing_else():
    figures = a_quarter(
        a_recommendation("1", text="Listen", owner="police", status="planned", status_date="2021-06-30", due="2021-09"),
        a_recommendation("2", text="Train.", owner="police", status="done"),
        a_recommendation("3", text="Share.", due="2021-12-24"),
    )
    first, second = emails(actions([figures])).split("-" * 72)
    assert first.startswith("To: Police\nSubject: Synthetic data: 1 recommendation still open at 30 June 2021\n")
    assert (
        "Recommendation 1 of Q1 2021-22 (An audit)\nOpen; due September 2021. Last heard: planned, 30 June 2021."
        in first
    )
    assert "Train." not in first + second and "Share." in second
    assert "To: whoever owns what names no owner" in second and "Last heard: not stated." in second


def test_the_table_says_the_day_of_which_it_speaks():
    assert as_table(actions([a_quarter(a_recommendation("1"))])).endswith("This stands at 30 June 2021.")


def test_exact_counts_have_no_register():
    with pytest.raises(ReleaseRefused, match="only released figures"):
        actions([audit_measures(an_audit(a_recommendation("1")))])


def test_the_register_has_one_lasting_anchor_for_each_recommendation():
    text = register_text([a_quarter(a_recommendation("1"), a_recommendation("2", status="done"))])
    assert re.findall(r"^\((.+)\)=$", text, re.MULTILINE) == [
        "recommendation-2021-22-q1-1",
        "recommendation-2021-22-q1-2",
    ]
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Never answered", "Done"]


def test_what_was_closed_in_past_years_stands_by_its_year_behind_the_rest_and_is_marked_to_be_folded():
    audits = [
        a_quarter(a_recommendation("1", status="done"), a_recommendation("2", status="planned"), id="2019-20-Q2"),
        a_quarter(a_recommendation("1", status="done"), id="2020-21-Q1"),
        a_quarter(a_recommendation("1", status="done"), a_recommendation("2", status="abandoned"), id="2021-22-Q1"),
    ]
    text = register_text(audits)
    headings = [line.replace("\\", "") for line in re.findall(r"^#{2,4} .+$", text, re.MULTILINE)]
    assert headings == [
        "## Open",
        "### Recommendation 2 of Q2 2019-20",
        "## Done",
        "### Recommendation 1 of Q1 2021-22",
        "### Done: audits of 2020-21",
        "#### Recommendation 1 of Q1 2020-21",
        "### Done: audits of 2019-20",
        "#### Recommendation 1 of Q2 2019-20",
        "## Abandoned",
        "### Recommendation 2 of Q1 2021-22",
    ]
    assert text.count(":::{div} ab-past\n1 recommendation\n:::") == 2


def test_without_evidence_of_impact_the_register_says_so():
    text = register_text([a_quarter(a_recommendation("1"), a_recommendation("2", impact="Fewer went missing."))])
    assert re.findall(r"^Evidence of impact\n: (.+)$", text, re.MULTILINE) == [
        "No evidence yet",
        "Fewer went missing\\.",
    ]


def test_a_text_that_looks_like_markup_is_only_text_in_the_register():
    asked = a_recommendation(
        "1", text=HOSTILE, owner=HOSTILE, assured_to=HOSTILE, impact=HOSTILE, follows=f"outside: {HOSTILE}"
    )
    text = register_text([a_quarter(asked, title=HOSTILE)])
    assert not re.search(r"(?<!\\)<script|(?<!\\)\{include\}|(?<!\\)\]\(javascript|^```", text)


def test_a_register_without_recommendations_says_so():
    assert "These audits list no recommendations one by one." in register_text([a_quarter()])


def unfolded(text: str) -> list[tuple[str, str]]:
    """A strict reading of an iCalendar file by RFC 5545: pairs of a property with its parameters, and its value."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    lines = text.split("\r\n")[:-1]
    assert all(len(line.encode()) <= LONGEST_LINE for line in lines)
    whole = "\r\n".join(lines).replace("\r\n ", "").split("\r\n")
    found = [re.fullmatch(r"([A-Z-]+(?:;[A-Z]+=[A-Z]+)*):(.*)", line) for line in whole]
    assert all(found)
    return [(match[1], match[2]) for match in found]


def plain(value: str) -> str:
    """The words of an escaped TEXT value."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], value)


def test_the_calendar_is_what_rfc_5545_asks_for():
    asked = a_recommendation("1", text="Agree, then; review\\.", owner="police", due="2021-12-31", status="planned")
    lines = unfolded(calendar(actions([a_quarter(asked)])))
    assert [value for name, value in lines if name in ("BEGIN", "END")] == [
        "VCALENDAR",
        "VEVENT",
        "VEVENT",
        "VCALENDAR",
    ]
    event = dict(lines[5:-2])
    assert event["UID"] == "auditbook-synthetic-recommendation-2021-22-q1-1"
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20211231", "20220101")
    assert event["DTSTAMP"] == "20210630T000000Z"
    assert plain(event["DESCRIPTION"]).split("\n")[0] == "Agree, then; review\\."
    assert plain(event["SUMMARY"]) == "Synthetic data: recommendation 1 of Q1 2021-22 due"


def test_the_calendar_holds_what_is_open_and_due_and_nothing_else():
    asked = [
        a_recommendation("1", due="2021-12", status="planned"),
        a_recommendation("2", due="2022", text="Never answered."),
        a_recommendation("3", due="2021-12", status="done"),
        a_recommendation("4", status="planned"),
    ]
    lines = unfolded(calendar(actions([a_quarter(*asked)])))
    assert sorted(value for name, value in lines if name.startswith("DTSTART")) == ["20211231", "20221231"]


def test_a_day_known_only_as_its_month_is_told_as_that():
    lines = unfolded(calendar(actions([a_quarter(a_recommendation("1", due="2021-12", status="planned"))])))
    assert "Due: 2021-12." in plain(dict(lines)["DESCRIPTION"])


@pytest.mark.parametrize("text", ["x" * 200, "é" * 100, "汉" * 60, "😀" * 40, "a, b; c\\n\nd" * 20, ""])
def test_a_folded_line_unfolds_to_what_it_was(text):
    pieces = list(folded(f"DESCRIPTION:{escaped(text)}"))
    assert all(len(piece.encode()) <= LONGEST_LINE for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    whole = pieces[0] + "".join(piece[1:] for piece in pieces[1:])
    assert plain(whole.removeprefix("DESCRIPTION:")) == text


def test_no_text_ends_a_line_of_the_calendar():
    text = "one\r\nEND:VEVENT\rtwo\x00\x0bthree"
    assert escaped(text) == "one\\nEND:VEVENT\\ntwo  three"


def test_a_cell_that_a_spreadsheet_would_run_is_neutral():
    asked = a_recommendation("1", text="=1+1", owner="@police", impact="+44")
    [row] = csv.DictReader(io.StringIO(as_csv(actions([a_quarter(asked)]))))
    assert (row["text"], row["owner"], row["impact"]) == ("'=1+1", "'@police", "'+44")


def test_csv_says_the_whole_thread():
    told = as_csv(actions(quarters(**A_THREAD)))
    [row] = csv.DictReader(io.StringIO(told))
    assert (row["audit"], row["standing"]) == ("2021-22-Q3", "unanswered")
    assert row["takes_up"] == "2021-22-Q2/2;2021-22-Q1/1;outside: a review"


def test_the_table_names_where_each_stands():
    told = as_table(actions([a_quarter(a_recommendation("1", text="Listen.", owner="police"))]))
    assert re.search(
        r"^synthetic +2021-22-Q1/1 +Never answered +not stated .* Police +No evidence yet +Listen\.$", told, re.M
    )
    assert as_table([]) == "There are none."


@pytest.mark.parametrize(
    ("format", "start", "told"),
    [
        ("table", "Collection ", "synthetic   2021-22-Q1/1"),
        ("csv", "collection,audit,recommendation,standing,", "synthetic,2021-22-Q1,1,open,planned,"),
        ("ics", "BEGIN:VCALENDAR", "UID:auditbook-synthetic-recommendation-2021-22-q1-1"),
    ],
)
def test_the_command_gives_a_table_a_file_and_a_calendar(tmp_path, monkeypatch, capsys, format, start, told):
    asked = a_recommendation("1", text="Listen.", due="2021-12-31", status="planned")
    project = write_project(tmp_path, asked, release=RECORDED)
    monkeypatch.setattr("sys.argv", ["auditbook", "--project", str(project.root), "actions", "--format", format])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert printed.startswith(start) and told in printed and "Listen." in printed


def test_the_registers_files_say_what_its_page_says_and_go_when_there_is_nothing(tmp_path):
    asked = a_recommendation("1", text="Listen.", due="2021-12-31", status="planned")
    audits = [a_quarter(asked), a_quarter(asked, id="2021-22-Q2", collection="live")]
    write_registers(tmp_path, audits)
    made = {path.name: path.read_text("utf-8-sig") for path in register_folder(tmp_path).iterdir()}
    assert sorted(made) == [
        "recommendations-days-due.ics",
        "recommendations-demonstration-days-due.ics",
        "recommendations-demonstration-register.csv",
        "recommendations-register.csv",
    ]
    assert made["recommendations-register.csv"] == as_csv(actions(audits[1:]))
    assert "SUMMARY:Synthetic data" in made["recommendations-demonstration-days-due.ics"]
    assert 'href="recommendations-register.csv" type="text/csv">' in register_text(audits[1:])
    write_registers(tmp_path, [a_quarter(a_recommendation("1", text="Listen."))])
    assert [path.name for path in register_folder(tmp_path).iterdir()] == ["recommendations-demonstration-register.csv"]
    write_registers(tmp_path, [a_quarter()])
    assert [*register_folder(tmp_path).iterdir()] == []


def test_a_site_keeps_no_register_of_an_earlier_build(tmp_path):
    write_registers(tmp_path, [a_quarter(a_recommendation("1", text="Listen."))])
    book = tmp_path / "site" / "book"
    book.mkdir(parents=True)
    (book / "recommendations-register.csv").write_text("of another day")
    copy_registers(tmp_path, tmp_path / "site", {"book/recommendations-demonstration"})
    assert [path.name for path in book.iterdir()] == ["recommendations-demonstration-register.csv"]
    copy_registers(tmp_path, tmp_path / "site", set())
    assert [*book.iterdir()] == []


def test_the_command_keeps_to_one_collection_and_refuses_another(tmp_path):
    project = write_project(tmp_path, a_recommendation("1", text="Made up."), release=RECORDED)
    write_project(tmp_path, a_recommendation("1", text="Real."), id="2021-22-Q2", collection="live", release=RECORDED)
    assert "Made up." not in format_actions(project, "table", "live", None)
    assert "Made up." in format_actions(project, "csv", None, None)
    with pytest.raises(WrongUsage, match="nearest: live"):
        format_actions(project, "table", "lve", None)
    with pytest.raises(WrongUsage, match="expected table, csv, ics"):
        format_actions(project, "xlsx", None, None)
