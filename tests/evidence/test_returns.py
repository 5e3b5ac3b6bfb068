"""What an import makes of workbooks that are as they should be."""

import csv
from pathlib import Path

import pytest
from builders import Part, a_channel, a_finding, a_grade, a_recommendation, an_involvement, write_project
from evidence.workbooks import (
    ASKED,
    DID,
    FOUND,
    GAVE,
    ID,
    LATE,
    ON_TIME,
    asked_project,
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
from openpyxl.comments import Comment

from auditbook.project import Project
from auditbook.returns.importing import import_returns, plan_import
from auditbook.returns.merging import Kept, Rows
from auditbook.returns.workbook import fill_in, tool_workbook
from auditbook.validation.problems import InputRefused, Place, WrongUsage


def rows(project: Project, file: str, *columns: str) -> list:
    """A table's rows; of one column its cells alone."""
    with (project.audits / str(ID) / file).open(encoding="utf-8", newline="") as text:
        found = [tuple(row[column] for column in columns) for row in csv.DictReader(text)]
    return [row[0] for row in found] if len(columns) == 1 else found


def imported(root: Path, *parts: object, **settings: object) -> Project:
    project = returned_project(root, *parts, **settings)
    import_returns(project, ID)
    return project


def again(project: Project, **answers: object) -> None:
    """The police send a second workbook, a day later, and it is imported."""
    put_return(project, filled(project, **{"returned": ON_TIME.replace(day=11), **answers}))
    import_returns(project, ID)


def change_of(project: Project, file: str) -> str:
    return str(plan_import(project, ID).changes["police"][file])


def test_a_return_becomes_rows_of_the_three_tables(tmp_path):
    project = imported(tmp_path)
    assert rows(project, "involvement.csv", "agency", "case", "state", "forum", "reason") == [
        ("police", "A1", "returned", "", ""),
        ("police", "A2", "returned", "", ""),
        ("police", "A3", "not_known_to_agency", "", ""),
        ("schools", "", "no_response", "", ""),
    ]
    assert rows(project, "findings.csv", "finding", "case", "agency", "channel", "polarity", "themes", "text") == [
        ("police-01", "A1", "police", "case_file_audit", "strength", "voice", "Seen alone, and often."),
        ("police-02", "A2", "police", "case_file_audit", "development", "fathers;neglect", "Not asked."),
    ]
    assert rows(project, "grades.csv", "case", "agency", "standard", "grade") == [
        ("A1", "police", "overall", "good"),
        ("A1", "police", "chronology", "met"),
        ("A2", "police", "overall", "requires_improvement"),
        ("A2", "police", "chronology", "not_graded"),
    ]


def test_what_is_imported_is_a_valid_audit(tmp_path):
    assert len(audit_of(imported(tmp_path)).findings) == 2


def test_importing_twice_changes_nothing(tmp_path):
    assert plan_import(imported(tmp_path), ID).files == {}


def test_codes_are_understood_as_well_as_labels(tmp_path):
    project = returned_project(tmp_path)
    for change in (cell("Findings", "C2", "voice"), cell("Cases", "B2", "returned"), cell("Grades", "B2", "GOOD")):
        change(tmp_path)
    import_returns(project, ID)
    assert rows(project, "findings.csv", "themes")[0] == "voice"


def test_a_return_after_the_closing_day_is_late_and_says_so(tmp_path):
    project = asked_project(tmp_path)
    put_return(project, filled(project, returned=LATE))
    import_returns(project, ID)
    assert rows(project, "involvement.csv", "state", "reason")[0] == (
        "returned_late",
        "Returned on 2021-06-28, due on 2021-06-25.",
    )
    assert rows(project, "involvement.csv", "state")[2] == "not_known_to_agency"


def test_a_return_on_the_closing_day_is_in_time(tmp_path):
    project = asked_project(tmp_path)
    put_return(project, filled(project, returned=LATE.replace(day=25)))
    import_returns(project, ID)
    assert rows(project, "involvement.csv", "state")[0] == "returned"


def test_a_date_written_as_iso_text_is_understood(tmp_path):
    project = returned_project(tmp_path)
    cell("Return", "B2", "2021-06-28")(tmp_path)
    import_returns(project, ID)
    assert rows(project, "involvement.csv", "state")[0] == "returned_late"


def test_free_text_stays_text_with_its_commas_quotation_marks_and_lines(tmp_path):
    words = 'He said "no, never" – twice;\nthen = nothing + more.'
    project = returned_project(tmp_path)
    cell("Findings", "E2", f"  {words} ")(tmp_path)
    import_returns(project, ID)
    assert rows(project, "findings.csv", "text")[0] == words
    assert audit_of(project).findings["text"][0] == words


def test_numbers_in_a_column_of_words_stay_as_they_are_read(tmp_path):
    project = returned_project(tmp_path)
    cell("Cases", "C2", 12)(tmp_path)
    import_returns(project, ID)
    assert rows(project, "involvement.csv", "reason")[0] == "12"


def test_a_finding_keeps_its_number_when_the_rows_are_sorted(tmp_path):
    project = returned_project(tmp_path)

    def swap(book) -> None:
        sheet = book["Findings"]
        for column in range(1, 7):
            first, second = sheet.cell(2, column), sheet.cell(3, column)
            first.value, second.value = second.value, first.value

    edit(swap)(tmp_path)
    import_returns(project, ID)
    assert rows(project, "findings.csv", "finding", "text") == [
        ("police-02", "Not asked."),
        ("police-01", "Seen alone, and often."),
    ]


def test_a_finding_below_the_numbered_rows_has_the_number_of_its_row(tmp_path):
    project = returned_project(tmp_path)
    for column, words in zip("BCDE", ("Whole audit", "Neglect", "Strength", "Seen early."), strict=True):
        cell("Findings", f"{column}151", words)(tmp_path)
    import_returns(project, ID)
    assert rows(project, "findings.csv", "finding", "case")[-1] == ("police-150", "")


def test_blank_rows_between_answers_are_passed_over(tmp_path):
    project = returned_project(tmp_path)
    edit(lambda book: book["Findings"].move_range("B3:F3", rows=7))(tmp_path)
    import_returns(project, ID)
    assert rows(project, "findings.csv", "finding") == ["police-01", "police-09"]


def test_comments_are_not_imported_and_it_is_said(tmp_path):
    project = returned_project(tmp_path)
    edit(lambda book: setattr(book["Findings"]["E2"], "comment", Comment("Ask the ward", "x")))(tmp_path)
    [found] = plan_import(project, ID).returns
    assert found.notes == ("1 comments in it are not imported",)


def test_whoever_came_to_the_forum_came_in_every_row(tmp_path):
    project = returned_project(tmp_path)
    cell("Return", "B3", "Yes")(tmp_path)
    import_returns(project, ID)
    assert rows(project, "involvement.csv", "forum") == ["yes", "yes", "yes", ""]


# A second return.


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


def test_mistakes_in_a_workbook_that_a_later_one_replaces_do_not_matter(tmp_path):
    project = returned_project(tmp_path)
    put_return(project, filled(project, returned=LATE), "a correction.xlsx")
    cell("Findings", "C2", "Zebra")(tmp_path)
    assert messages_of(project) == []


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
            for rows in [rows for rows in map(str, sheet.merged_cells.ranges)]:
                sheet.unmerge_cells(rows)
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


def test_a_row_knows_where_it_comes_from_below_a_cell_of_several_lines():
    table = Rows("findings.csv", ("finding", "text"))
    for number, text in enumerate(("One\ntwo\nthree.", "One."), 1):
        place = Place("returns/police.xlsx", sheet="Findings", cell=f"E{number}")
        table.rows.append(Kept({"finding": f"police-{number}", "text": text}, lambda column, place=place: place))
    lines = table.text.split("\n")
    assert [str(table.origin(line, "text")) for line, words in enumerate(lines, 1) if words.startswith("police")] == [
        "returns/police.xlsx › Findings!E1",
        "returns/police.xlsx › Findings!E2",
    ]


def test_an_import_without_workbooks_says_where_they_belong(tmp_path):
    with pytest.raises(WrongUsage, match="there is no workbook in data/audits/2021-22-Q1/returns; put there what"):
        plan_import(asked_project(tmp_path), ID)


def test_one_bad_workbook_keeps_every_other_out(tmp_path):
    project = returned_project(tmp_path)
    put_return(project, b"not one", "schools.xlsx")
    with pytest.raises(InputRefused):
        import_returns(project, ID)
    assert not (project.audits / str(ID) / "findings.csv").exists()


# Audits of other shapes.


def test_an_audit_without_cases_is_asked_about_as_a_whole(tmp_path):
    parts = [part for part in ASKED if part.file != "cases.csv"]
    project = write_project(tmp_path, *parts)
    whole = [{"case": "", "standard": each["standard"], "grade": each["grade"]} for each in GAVE[:2]]
    put_return(
        project, filled(project, did=[{"case": "", "state": "returned"}], found=[{**FOUND[0], "case": ""}], gave=whole)
    )
    import_returns(project, ID)
    assert rows(project, "involvement.csv", "agency", "case", "state")[0] == ("police", "", "returned")
    assert rows(project, "findings.csv", "case") == [""]
    assert rows(project, "grades.csv", "case", "standard") == [("", "overall"), ("", "chronology")]


def test_the_progress_of_a_theme_is_graded_once_for_the_audit(tmp_path):
    project = asked_project(tmp_path)
    audit, asked = audit_of(project), questions(project, standards=["overall", "voice"])
    book = tool_workbook(audit, asked)
    gave = [
        *(each for each in GAVE if each["standard"] == "overall"),
        {"case": "", "standard": "voice", "grade": "improving"},
    ]
    fill_in(book, audit.codebook, ON_TIME, DID, FOUND, gave)
    put_return(project, book)
    import_returns(project, ID)
    assert rows(project, "grades.csv", "case", "standard", "grade") == [
        ("A1", "overall", "good"),
        ("A2", "overall", "requires_improvement"),
        ("", "voice", "improving"),
    ]


def test_an_agency_that_knew_no_case_returns_neither_findings_nor_grades(tmp_path):
    project = asked_project(tmp_path)
    did = [{"case": each["case"], "state": "not_known_to_agency"} for each in DID]
    put_return(project, filled(project, did=did, found=(), gave=()))
    import_returns(project, ID)
    assert rows(project, "involvement.csv", "state") == ["not_known_to_agency"] * 3 + ["no_response"]
    assert rows(project, "findings.csv", "finding") == []
