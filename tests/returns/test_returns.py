"""What an import makes of workbooks that are as they should be."""

import csv
from pathlib import Path

import pytest
from builders import write_project
from openpyxl.comments import Comment
from returns.workbooks import (
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
    returned_project,
)

from auditbook.project import Project
from auditbook.returns.importing import import_returns, plan_import
from auditbook.returns.merging import MergedRow, MergedTable
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


@pytest.mark.parametrize(("said", "forum"), [("Y", "yes"), ("yes.", "yes"), ("N", "no"), ("N/A", ""), ("n.a.", "")])
def test_what_people_say_of_the_forum_is_understood(tmp_path, said, forum):
    project = returned_project(tmp_path)
    cell("Return", "B3", said)(tmp_path)
    import_returns(project, ID)
    assert rows(project, "involvement.csv", "forum")[0] == forum


@pytest.mark.parametrize("said", ["N/A", "n.a.", "Not applicable"])
def test_a_second_theme_that_does_not_apply_is_none(tmp_path, said):
    project = returned_project(tmp_path)
    cell("Findings", "F2", said)(tmp_path)
    assert messages_of(project) == []
    [finding, *_] = plan_import(project, ID).returns[0].findings
    assert ";" not in finding.cells["themes"]


def test_a_sheet_that_somebody_added_and_left_empty_is_nothing(tmp_path):
    project = returned_project(tmp_path)
    edit(lambda book: book.create_sheet("Sheet1"))(tmp_path)
    edit(lambda book: book.create_sheet("Sheet2").append([" ", None]))(tmp_path)
    assert messages_of(project) == []


def test_a_row_knows_where_it_comes_from_below_a_cell_of_several_lines():
    table = MergedTable("findings.csv", ("finding", "text"))
    for number, text in enumerate(("One\ntwo\nthree.", "One."), 1):
        place = Place("returns/police.xlsx", sheet="Findings", cell=f"E{number}")
        table.rows.append(MergedRow({"finding": f"police-{number}", "text": text}, lambda column, place=place: place))
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
