"""Recommendations through time: where each stands, since when, and the same on a terminal, as CSV and as a calendar."""

import csv
import io
import re
import tempfile
from datetime import date
from pathlib import Path

import pytest
from builders import a_finding, a_recommendation, an_audit, write_project
from released import RECORDED, released

from auditbook.build.check import check_audits
from auditbook.cli import main
from auditbook.codebook.quarter import AuditId
from auditbook.downloads.records import copy_registers, register_folder
from auditbook.evidence.audit import read_audits
from auditbook.measures.all_measures import audit_measures
from auditbook.pages.actions_export import as_csv, as_table, emails, format_actions, write_registers
from auditbook.pages.calendar import LONGEST_LINE, calendar, escaped, folded
from auditbook.pages.register import register_text
from auditbook.reading.actions import Action, actions
from auditbook.reading.tables import recommendations as recommendations_table
from auditbook.release.released import Released
from auditbook.validation.problems import InputRefused, ReleaseRefused, WrongUsage

HOSTILE = "<script>alert(1)</script> {include}`x` [a](javascript:alert(1)) ```{raw} html"


def a_quarter(*asked, id: str = "2021-22-Q1", **settings):
    return released(an_audit(*asked, id=id, release=RECORDED, **settings))


def quarters(**asked) -> list[Released]:
    """Audits of one project, which may follow each other: `Q1=[…], Q2=[…]` of 2021-22."""
    with tempfile.TemporaryDirectory() as folder:
        for quarter, parts in asked.items():
            project = write_project(Path(folder), *parts, id=f"2021-22-{quarter}", release=RECORDED)
        return [released(audit) for audit in read_audits(project)]


def standing(*asked, id: str = "2021-22-Q1") -> list[str]:
    return [action.standing for action in actions([a_quarter(*asked, id=id)])]


def by_key(*audits) -> dict[str, Action]:
    return {"/".join(action.key): action for action in actions(audits)}


def test_what_is_overdue_comes_first_then_what_was_never_answered():
    asked = [
        a_recommendation("1", status="done", status_date="2021-06-30"),
        a_recommendation("2", status="in_progress", due="2022-03", status_date="2021-06-30"),
        a_recommendation("3", text="Nobody has said."),
        a_recommendation("4", status="planned", due="2021-05", status_date="2021-06-30"),
    ]
    assert [action.asked.id for action in actions([a_quarter(*asked)])] == ["4", "3", "2", "1"]


def test_ten_stands_behind_two():
    asked = [a_recommendation(number) for number in ("10", "2", "1")]
    assert [action.asked.id for action in actions([a_quarter(*asked)])] == ["1", "2", "10"]


@pytest.mark.parametrize(
    ("status_date", "expected"), [("2021-05-31", "silent"), ("2021-06-01", "overdue"), (None, "silent")]
)
def test_overdue_is_told_by_the_day_of_the_status_and_a_later_day_by_silence(status_date, expected):
    asked = a_recommendation("1", status="in_progress", due="2021-05", status_date=status_date)
    assert standing(asked) == [expected]


def test_what_is_due_on_the_last_day_known_is_still_open():
    assert standing(a_recommendation("1", status="planned", due="2021-06-30")) == ["open"]
    assert standing(a_recommendation("1", status="planned", due="2021-06-29")) == ["silent"]


def statuses(*audits) -> dict[str, tuple[str, str]]:
    """Audit → how many recommendations it calls open, and how many done."""
    ends = ("recommendations.open", "recommendations.done")
    return {str(each.audit_id): tuple(str(each[end].value) if end in each else "" for end in ends) for each in audits}


@pytest.mark.parametrize("status", ["carried_forward", None, "not_stated"])
def test_what_was_carried_forward_or_never_answered_is_unanswered_until_a_later_row_says_more(status):
    first, second = quarters(
        Q1=[a_recommendation("1", status=status)], Q2=[a_recommendation("1", follows="2021-22-Q1/1")]
    )
    found = by_key(first, second)
    assert {key: action.standing for key, action in found.items()} == {"2021-22-Q2/1": "unanswered"}


def test_what_was_carried_forward_and_not_taken_up_is_dropped():
    assert standing(a_recommendation("1", status="carried_forward")) == ["dropped"]


def test_an_open_recommendation_stays_open_when_another_takes_it_up_and_says_nothing_yet():
    audits = quarters(
        Q1=[a_recommendation("1", status="in_progress", due="2021-05", status_date="2021-06")],
        Q2=[a_recommendation("4", follows="2021-22-Q1/1")],
    )
    found = by_key(*audits)
    assert list(found) == ["2021-22-Q2/4"]
    assert (found["2021-22-Q2/4"].standing, str(found["2021-22-Q2/4"].asked.due)) == ("overdue", "2021-05")


DONE_LATER = {
    "Q1": [a_recommendation("1", text="Ask.", owner="police", themes="voice", due="2021-08", status="not_started")],
    "Q2": [a_recommendation("7", follows="2021-22-Q1/1", status="in_progress", impact="Asked twice.")],
    "Q4": [a_recommendation("2", follows="2021-22-Q2/7", status="done", status_date="2022-03-31")],
}


def test_a_recommendation_of_three_quarters_is_one_done_and_as_old_as_its_first_row():
    [action] = actions(quarters(**DONE_LATER))
    assert ("/".join(action.key), action.standing, action.months) == ("2021-22-Q4/2", "done", 9)
    asked = action.asked
    assert (asked.text, asked.owner, asked.impact, action.themes) == ("Ask.", "Police", "Asked twice.", ("voice",))


def test_no_row_of_what_is_done_is_open_in_any_audit_and_one_taken_up_again_is_open_in_all():
    assert statuses(*quarters(**DONE_LATER)) == dict.fromkeys(("2021-22-Q1", "2021-22-Q2", "2021-22-Q4"), ("0", "1"))
    again = DONE_LATER | {"Q4": [a_recommendation("2", follows="2021-22-Q2/7", status="planned")]}
    assert statuses(*quarters(**again)) == dict.fromkeys(("2021-22-Q1", "2021-22-Q2", "2021-22-Q4"), ("1", "0"))


def test_an_audit_read_alone_knows_what_later_audits_say_of_its_recommendations():
    first, *_ = quarters(**DONE_LATER)
    [action] = actions([first])
    assert (action.standing, action.later) == ("done", (("2021-22-Q2", "7"), ("2021-22-Q4", "2")))
    assert "done" in repr(recommendations_table(first)).casefold() and "said in Q4 2021-22" in repr(
        recommendations_table(first)
    )


def test_a_recommendation_done_in_a_live_audit_is_not_open_in_the_published_one_before_it():
    with tempfile.TemporaryDirectory() as folder:
        for (quarter, parts), collection in zip(DONE_LATER.items(), ("published", "live", "live"), strict=True):
            project = write_project(
                Path(folder),
                *parts,
                id=f"2021-22-{quarter}",
                collection=collection,
                release=RECORDED,
                published={"url": "https://example.org"},
            )
        rows = list(csv.DictReader(io.StringIO(format_actions(project, "csv", "published", None))))
    assert [(row["recommendation"], row["standing"], row["taken_up_by"]) for row in rows] == [
        ("1", "done", "2021-22-Q2/7;2021-22-Q4/2")
    ]


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


SPLIT = {
    "Q1": [a_recommendation("1", status="not_started")],
    "Q2": [
        a_recommendation("1", follows="2021-22-Q1/1", status="done"),
        a_recommendation("2", follows="2021-22-Q1/1", status="planned"),
    ],
}


def test_of_two_rows_that_follow_the_same_one_in_one_audit_the_open_one_counts_for_the_older():
    audits = quarters(**SPLIT)
    assert {key: action.standing for key, action in by_key(*audits).items()} == {
        "2021-22-Q2/1": "done",
        "2021-22-Q2/2": "open",
    }
    assert statuses(*audits) == {"2021-22-Q1": ("1", "0"), "2021-22-Q2": ("1", "1")}


def test_of_two_rows_that_follow_the_same_one_in_different_audits_the_newest_counts_for_all():
    later = a_recommendation("5", follows="2021-22-Q1/1", status="done")
    audits = quarters(Q1=SPLIT["Q1"], Q2=SPLIT["Q2"][1:], Q3=[later])
    assert {key: action.standing for key, action in by_key(*audits).items()} == {"2021-22-Q3/5": "done"}
    assert statuses(*audits)["2021-22-Q2"] == ("0", "1")


@pytest.mark.parametrize(
    ("asked", "audit", "told"),
    [
        (
            SPLIT,
            "2021-22-Q2",
            "recommendations.csv: 1 and 2 follow 2021-22-Q1/1; one recommendation goes on in one row an audit: empty "
            "“follows” in all but one of them.",
        ),
        (
            {**SPLIT, "Q2": SPLIT["Q2"][:1], "Q3": [a_recommendation("5", follows="2021-22-Q1/1")]},
            "2021-22-Q3",
            "recommendations.csv: 5 follows 2021-22-Q1/1, which 2021-22-Q2/1 follows too; one recommendation goes on "
            "in one row an audit: follow 2021-22-Q2/1 instead.",
        ),
    ],
)
def test_check_warns_once_of_two_rows_that_follow_the_same_one(asked, audit, told):
    with tempfile.TemporaryDirectory() as folder:
        for quarter, parts in asked.items():
            project = write_project(Path(folder), *parts, id=f"2021-22-{quarter}", release=RECORDED)
        number, warnings = check_audits(project, None)
    assert (number, warnings) == (len(asked), [{"audit": audit, "text": told}])


@pytest.mark.parametrize(("cells", "rule"), [({"status": "finished"}, "V01"), ({"status_date": "soon"}, "V04")])
def test_an_audit_whose_follow_up_cannot_be_read_is_refused_even_when_read_alone(cells, rule):
    with tempfile.TemporaryDirectory() as folder:
        write_project(Path(folder), a_recommendation("1", status="planned"))
        later = a_recommendation("1", follows="2021-22-Q1/1", **cells)
        project = write_project(Path(folder), later, id="2021-22-Q2")
        with pytest.raises(InputRefused) as refused:
            read_audits(project, [AuditId.read("2021-22-Q1")])
    [refusal] = refused.value.refusals
    assert (refusal.rule, refusal.place.file) == (rule, "data/audits/2021-22-Q2/recommendations.csv")


def test_a_recommendation_that_only_shares_its_number_with_another_is_its_own():
    audits = quarters(Q1=[a_recommendation("1", status="planned")], Q2=[a_recommendation("1", status="done")])
    assert len(actions(audits)) == 2
    assert statuses(*audits) == {"2021-22-Q1": ("1", "0"), "2021-22-Q2": ("0", "1")}


A_THREAD = {
    "Q1": [a_recommendation("1", follows="outside: a review", status="carried_forward", status_date="2021-08")],
    "Q2": [a_recommendation("2", follows="2021-22-Q1/1")],
    "Q3": [a_recommendation("3", follows="2021-22-Q2/2")],
}


def test_a_thread_leads_back_to_its_beginning_outside_of_the_audits():
    found = by_key(*reversed(quarters(**A_THREAD)))["2021-22-Q3/3"]
    assert found.earlier == (("2021-22-Q2", "2"), ("2021-22-Q1", "1"))
    assert found.outside == "a review"


def test_an_earlier_recommendation_that_is_not_in_this_book_is_named_without_a_link():
    *_, only = quarters(**A_THREAD)
    assert by_key(only)["2021-22-Q3/3"].earlier == (("2021-22-Q2", "2"),)
    assert "Takes up again\n: Recommendation 2 of Q2 2021\\-22\n" in register_text([only])


@pytest.mark.parametrize(
    ("status", "status_date", "age"),
    [
        ("done", "2021-09-29", "2 months"),
        ("done", "2021-09-30", "3 months"),
        ("abandoned", "2021-07-30", "1 month"),
        ("done", "2021-05-01", "less than a month"),
        ("done", None, ""),
        ("in_progress", "2021-07-31", "9 months"),
    ],
)
def test_age_runs_from_the_quarters_end_until_it_was_closed_else_to_the_last_day_known(status, status_date, age):
    first = a_quarter(a_recommendation("1", status=status, status_date=status_date))
    found = by_key(first, a_quarter(id="2021-22-Q4"))["2021-22-Q1/1"]
    assert found.as_of == date(2022, 3, 31)
    assert found.age == age


@pytest.mark.parametrize(
    ("status", "status_date", "words"),
    [
        ("done", "2021-09-29", "Asked in Q1 2021-22, done in Q2 2021-22"),
        ("done", "2022-01-02", "Asked in Q1 2021-22, done in Q4 2021-22"),
        ("abandoned", "2021-05-01", "Asked and abandoned in Q1 2021-22"),
        ("done", "2021", "Asked in Q1 2021-22, done in 2021"),
        ("done", None, "Asked in Q1 2021-22, done"),
        ("in_progress", "2021-07-31", "Asked in Q1 2021-22, after 9 months still open"),
        (None, None, "Asked in Q1 2021-22, after 9 months never answered"),
    ],
)
def test_the_time_of_a_recommendation_is_told_by_its_quarters(status, status_date, words):
    first = a_quarter(a_recommendation("1", status=status, status_date=status_date))
    assert by_key(first, a_quarter(id="2021-22-Q4"))["2021-22-Q1/1"].lifetime == words


def test_against_today_what_is_open_after_its_day_is_overdue_and_else_nobody_has_said_so():
    figures = a_quarter(a_recommendation("1", status="planned", status_date="2021-06-01", due="2021-09"))
    standings = {
        (day, is_today): actions([figures], day, is_today)[0].standing
        for day in (date(2021, 9, 30), date(2021, 10, 1))
        for is_today in (False, True)
    }
    assert [*standings.values()] == ["open", "open", "silent", "overdue"]


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


def test_a_status_after_the_last_quarter_moves_the_last_day_known():
    first = a_quarter(a_recommendation("1"), a_recommendation("2", status="done", status_date="2021-08"))
    assert by_key(first)["2021-22-Q1/1"].as_of == date(2021, 8, 31)


def test_themes_are_its_own_and_those_of_the_findings_it_answers():
    figures = a_quarter(a_finding("f1", "fathers;voice"), a_recommendation("1", themes="voice", findings="f1"))
    assert actions([figures])[0].themes == ("voice", "fathers")


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
