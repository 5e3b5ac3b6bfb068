"""A second return of an agency, and what changed since the first: rows, cases, and what people wrote by hand."""

from datetime import date, timedelta

import pytest
from builders import Part, a_channel, a_finding, a_grade, a_recommendation, an_involvement, write_project
from openpyxl import load_workbook
from returns.test_returns import again, change_of, imported, rows
from returns.workbooks import (
    ASKED,
    DID,
    FOUND,
    GAVE,
    ID,
    LATE,
    ON_TIME,
    audit_of,
    cell,
    edit,
    filled,
    messages_of,
    put_return,
    questions,
    return_of,
    returned_project,
)

from auditbook.project import Project
from auditbook.returns.importing import import_returns, plan_import
from auditbook.returns.workbook import fill_in, tool_workbook


def test_a_second_return_replaces_the_first_and_says_what_changes(tmp_path):
    project = imported(tmp_path)
    corrected = [{**FOUND[0], "text": "Seen alone, and heard."}, {**FOUND[0], "finding": "x-03"}]
    put_return(project, filled(project, found=corrected))
    assert change_of(project, "findings.csv") == "1 new, 1 changed, 1 gone"
    assert change_of(project, "grades.csv") == "4 as before"
    import_returns(project, ID)
    assert rows(project, "findings.csv", "finding", "text") == [
        ("police-01", "Seen alone, and heard."),
        ("police-03", "Seen alone, and often."),
    ]


def test_of_two_workbooks_of_an_agency_the_later_counts_and_it_is_said(tmp_path):
    project = returned_project(tmp_path)
    put_return(project, filled(project, returned=LATE, found=FOUND[:1]), "a correction.xlsx")
    [found] = plan_import(project, ID).returns
    assert found.opened.file == "returns/a correction.xlsx"
    assert found.notes == ("replaces returns/police.xlsx of 2021-06-10",)
    assert len(found.findings) == 1


def test_a_date_that_is_still_to_come_is_told_and_never_decides_which_workbook_counts(tmp_path):
    """A slip of the year, or a clock that is wrong: the other may be the correction."""
    ahead = date.today() + timedelta(days=1)
    project = returned_project(tmp_path)
    put_return(project, filled(project, returned=ahead))
    assert plan_import(project, ID).returns[0].notes[-1] == (
        f"is dated {ahead}, which is still to come; correct it on the sheet Return"
    )
    put_return(project, filled(project, returned=LATE, found=FOUND[:1]), "a correction.xlsx")
    assert messages_of(project) == [
        f"returns/police.xlsx: returns/a correction.xlsx is of the same agency, they differ, and the date here, "
        f"{ahead}, is still to come; correct it, or take the other away. [W17]"
    ]
    put_return(project, filled(project, returned=date.today()))
    assert messages_of(project) == []


def test_mistakes_in_a_workbook_that_a_later_one_replaces_do_not_matter(tmp_path):
    project = returned_project(tmp_path)
    put_return(project, filled(project, returned=LATE), "a correction.xlsx")
    cell("Findings", "C2", "Zebra")(tmp_path)
    assert messages_of(project) == []


def test_a_workbook_that_was_saved_and_sent_again_is_no_rival_of_the_first(tmp_path):
    project = returned_project(tmp_path)
    book = load_workbook(return_of(tmp_path))
    book.create_sheet("Sheet1")
    book.save(return_of(tmp_path, "police (1).xlsx"))
    assert return_of(tmp_path, "police (1).xlsx").read_bytes() != return_of(tmp_path).read_bytes()
    assert messages_of(project) == []
    [found] = plan_import(project, ID).returns
    assert found.notes == ()


def test_the_same_workbook_twice_is_read_once(tmp_path):
    project = returned_project(tmp_path)
    put_return(project, return_of(tmp_path).read_bytes(), "copy of police.xlsx")
    [found] = plan_import(project, ID).returns
    assert found.notes == ()


def test_what_a_workbook_does_not_ask_stays_in_the_row(tmp_path):
    project = imported(tmp_path)
    folder = project.audits / str(ID)
    text = (folder / "findings.csv").read_text().replace(",strength,voice,,", ",strength,voice,3,")
    (folder / "findings.csv").write_text(text)
    grades = (folder / "grades.csv").read_text().replace("overall,good,,,", "overall,good,outstanding,Panel,More seen")
    (folder / "grades.csv").write_text(grades)
    again(project, found=[{**FOUND[0], "text": "Heard."}])
    assert rows(project, "findings.csv", "box", "text") == [("3", "Heard.")]
    assert rows(project, "grades.csv", "moderated", "moderator", "reason")[0] == ("outstanding", "Panel", "More seen")


def test_a_moderated_return_stays_moderated(tmp_path):
    project = imported(tmp_path)
    path = project.audits / str(ID) / "involvement.csv"
    path.write_text(path.read_text().replace("police,A1,returned,", "police,A1,moderated,"))
    again(project)
    assert rows(project, "involvement.csv", "state") == ["moderated", "returned", "not_known_to_agency", "no_response"]


def test_the_forum_is_kept_from_the_row_that_asked(tmp_path):
    parts = [part for part in ASKED if part.cells.get("agency") != "police"]
    project = write_project(tmp_path, *parts, an_involvement("police", "no_response", forum="yes"))
    put_return(project, filled(project))
    import_returns(project, ID)
    assert rows(project, "involvement.csv", "forum")[:3] == ["yes", "yes", "yes"]


BY_HAND = (
    a_finding("p1", themes="voice", agency="police", case="A1", text="Said at the panel."),
    a_finding("c1", themes="voice", case="A2", text="Said by a mother."),
    a_finding("schools-01", themes="voice", agency="schools", channel="case_file_audit"),
    a_grade("overall", "good", case="A1", agency="schools"),
    a_grade("overall", "good", case="A2"),
)


def test_rows_written_by_hand_and_other_agencies_stay(tmp_path):
    project = imported(tmp_path, *BY_HAND)
    again(project)
    assert rows(project, "findings.csv", "finding") == ["p1", "police-01", "police-02", "c1", "schools-01"]
    assert rows(project, "grades.csv", "agency", "standard")[-2:] == [("schools", "overall"), ("", "overall")]


OWN = (("overall", "outstanding"), ("chronology", "met"))


def test_grades_through_another_channel_are_a_sample_of_their_own(tmp_path):
    """The agency assessed its own work in the same cases: what the case file audit graded stays beside it."""
    project = imported(tmp_path, a_channel("self_assessment"))
    asked = questions(project, channel="self_assessment")
    own = [{"case": case, "standard": standard, "grade": grade} for case in ("A1", "A2") for standard, grade in OWN]
    book = tool_workbook(audit_of(project), asked)
    fill_in(book, audit_of(project).codebook, ON_TIME.replace(day=12), list(DID), [], own)
    put_return(project, book)
    for _ in range(2):
        import_returns(project, ID)
        given = rows(project, "grades.csv", "case", "standard", "grade", "channel")
        assert [row for row in given if not row[-1]] == [(*each.values(), "") for each in GAVE]
        assert [row for row in given if row[-1]] == [(*each.values(), "self_assessment") for each in own]


def test_a_second_return_of_another_agency_leaves_the_first_where_it_is(tmp_path):
    project = imported(tmp_path)
    put_return(project, filled(project, "schools"), "schools.xlsx")
    import_returns(project, ID)
    assert rows(project, "findings.csv", "finding") == ["police-01", "police-02", "schools-01", "schools-02"]
    assert rows(project, "involvement.csv", "agency") == ["police"] * 3 + ["schools"] * 3


def without_case(project: Project, case: str) -> None:
    """The case is taken out of cases.csv, as the guide says: nothing else of the audit speaks of it."""
    path = project.audits / str(ID) / "cases.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(f"{case},")), encoding="utf-8")


def test_a_workbook_of_the_old_list_is_imported_for_the_cases_that_stay(tmp_path):
    project = returned_project(tmp_path)
    without_case(project, "A2")
    import_returns(project, ID)
    assert rows(project, "involvement.csv", "agency", "case") == [("police", "A1"), ("police", "A3"), ("schools", "")]
    assert rows(project, "findings.csv", "finding", "case") == [("police-01", "A1")]
    assert set(rows(project, "grades.csv", "case")) == {"A1"}


def test_what_is_left_out_with_a_case_is_named_row_by_row(tmp_path):
    project = returned_project(tmp_path)
    without_case(project, "A2")
    [found] = plan_import(project, ID).returns
    assert found.notes == (
        "A2 is no longer a case of this audit; left out: Cases row 3; Findings row 3; Grades row 3. If it has another "
        "id now, write that in its place",
    )


@pytest.mark.parametrize("blank", [1, 3])
def test_a_case_taken_out_is_left_out_of_sheets_whose_headings_stand_lower_too(tmp_path, blank):
    project = returned_project(tmp_path)
    without_case(project, "A2")

    def lower(book) -> None:
        for title in ("Cases", "Findings", "Grades"):
            sheet = book[title]
            for merged in list(map(str, sheet.merged_cells.ranges)):
                sheet.unmerge_cells(merged)
            sheet.insert_rows(1, blank)

    edit(lower)(tmp_path)
    [found] = plan_import(project, ID).returns
    places = f"Cases row {3 + blank}; Findings row {3 + blank}; Grades row {3 + blank}"
    assert f"A2 is no longer a case of this audit; left out: {places}" in found.notes[0]
    import_returns(project, ID)
    assert rows(project, "findings.csv", "finding", "case") == [("police-01", "A1")]


def test_what_the_codebook_also_calls_a_grade_or_a_theme_is_understood_as_in_a_table(tmp_path):
    project = returned_project(
        tmp_path, Part("codebook/themes.csv", {"theme": "delay", "label": "Delay", "also_called": "drift"})
    )
    scales = project.data / "codebook" / "scales.csv"
    lines = [f"{line},RI" if "requires_improvement" in line else f"{line}," for line in scales.read_text().splitlines()]
    scales.write_text("\n".join([f"{lines[0]}also_called", *lines[1:]]) + "\n")
    for change in (
        cell("Grades", "B2", "RI"),
        cell("Grades", "C2", "N/A"),
        cell("Grades", "B3", "ri"),
        cell("Findings", "C2", "Drift"),
    ):
        change(tmp_path)
    import_returns(project, ID)
    grades = rows(project, "grades.csv", "case", "standard", "grade")
    assert ("A1", "overall", "requires_improvement") in grades and ("A2", "overall", "requires_improvement") in grades
    assert ("A1", "chronology", "not_applicable") in grades
    assert rows(project, "findings.csv", "themes")[0] == "delay"


def test_a_case_whose_id_has_other_capitals_now_is_the_same_case(tmp_path):
    project = returned_project(tmp_path)
    path = project.audits / str(ID) / "cases.csv"
    path.write_text(path.read_text("utf-8").replace("A2", "a2"), encoding="utf-8")
    import_returns(project, ID)
    assert rows(project, "findings.csv", "case") == ["A1", "a2"]


def test_a_workbook_of_which_no_case_stays_is_refused_with_what_to_do(tmp_path):
    project = returned_project(tmp_path)
    path = project.audits / str(ID) / "cases.csv"
    path.write_text("case,scope\nB1,in\n", encoding="utf-8")
    assert messages_of(project) == [
        "returns/police.xlsx: none of the cases it asks about is a case of this audit; make a new one with auditbook "
        "tool. [W13]"
    ]


def test_rows_by_hand_in_labels_are_those_of_the_agency(tmp_path):
    """`Police` in a table is the police of the workbook: their answer takes the place of the row."""
    project = returned_project(tmp_path)
    path = project.audits / str(ID) / "involvement.csv"
    path.write_text("agency,case,state\nPolice,,No response\nSchools,a1,Returned\n", encoding="utf-8")
    import_returns(project, ID)
    assert rows(project, "involvement.csv", "agency", "case", "state")[:2] == [
        ("police", "A1", "returned"),
        ("police", "A2", "returned"),
    ]
    assert rows(project, "involvement.csv", "agency", "case", "state")[3:] == [("schools", "A1", "returned")]


def test_an_unknown_column_in_a_table_that_stands_there_is_refused_not_dropped(tmp_path):
    project = returned_project(tmp_path)
    (project.audits / str(ID) / "findings.csv").write_text("finding,colour\np1,blue\n")
    assert [line[-5:] for line in messages_of(project)] == ["[F02]"]


def test_a_finding_that_goes_while_a_recommendation_rests_on_it_is_refused(tmp_path):
    project = imported(tmp_path, a_recommendation("1", text="Ask fathers.", findings="police-02"))
    put_return(project, filled(project, found=FOUND[:1]))
    assert messages_of(project) == [
        'data/audits/2021-22-Q1/recommendations.csv:2: findings: "police-02" is not a finding of this audit. Nearest: '
        "police-01. [R03]"
    ]


def test_a_row_by_hand_that_check_would_refuse_is_told_with_its_own_line(tmp_path):
    project = returned_project(tmp_path)
    text = "finding,case,agency,themes\nz1,A1,schools,voice\nz2,A1,schools,vioce\n"
    (project.audits / str(ID) / "findings.csv").write_text(text)
    assert messages_of(project) == [
        'data/audits/2021-22-Q1/findings.csv:3: themes: "vioce" is not a theme. Nearest: voice. [T03]'
    ]


def test_a_finding_whose_number_was_given_by_hand_is_told_with_both_places(tmp_path):
    project = returned_project(tmp_path, a_finding("police-02", themes="voice", agency="police", text="By hand."))
    assert messages_of(project) == [
        'returns/police.xlsx › Findings!A3: "police-02" stands on line 2 of data/audits/2021-22-Q1/findings.csv too. '
        "[V06]"
    ]
