"""What a form exports, read: which sheet, which separator, headings over several rows, the numbers of questions."""

import csv
import io

import pytest
from forms.exports import (
    MAKERS,
    PLAN,
    SEEN,
    WHO,
    exported,
    google_rows,
    microsoft_rows,
    surveymonkey_rows,
)
from forms.test_forms import EXPECTED, answers
from openpyxl import load_workbook
from returns.workbooks import ID

from auditbook.forms.kinds import normal
from auditbook.returns.importing import format_import, import_returns, plan_import


def test_a_sheet_beside_the_responses_is_not_read_and_it_is_said(tmp_path):
    project, export = exported(tmp_path, microsoft_rows())
    book = load_workbook(export.files[0])
    book.create_sheet("Notes")["A1"] = "Chased twice."
    book.save(export.files[0])
    told = format_import(project, plan_import(project, ID, export), is_dry=True)
    assert "warning: downloads/responses.xlsx: the sheet Notes was not read." in told


def test_the_separator_and_the_line_ends_of_a_csv_file_do_not_matter(tmp_path):
    project, export = exported(tmp_path, google_rows(), "responses.csv")
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(google_rows())
    export.files[0].write_bytes(text.getvalue().encode())
    import_returns(project, ID, export)
    assert answers(project) == EXPECTED


def test_the_column_of_a_choice_says_by_its_cells_whether_it_was_chosen(tmp_path):
    rows = [list(row) for row in surveymonkey_rows()]
    first = rows[0].index(WHO)
    for row, cells in zip(rows[2:], ((True, "x", False), ("No", 0, "not selected"), ("", "N", "1")), strict=True):
        row[first : first + 3] = cells
    project, export = exported(tmp_path, rows)
    import_returns(project, ID, export)
    assert [row for row in answers(project) if row[2] == "who_came"] == [
        ("police", "A1", "who_came", "police;fire", ""),
        ("schools", "A1", "who_came", "school", ""),
    ]


def test_a_row_of_a_grid_below_the_headings_is_a_question_of_its_own(tmp_path):
    rows = [list(row) for row in surveymonkey_rows()]
    at = rows[0].index(PLAN)
    rows[0][at], rows[1][at] = "About the plan", PLAN
    project, export = exported(tmp_path, rows)
    import_returns(project, ID, export)
    assert answers(project) == EXPECTED


def test_headings_that_a_form_merges_over_their_choices_are_read(tmp_path):
    project, export = exported(tmp_path, MAKERS["SmartSurvey"]())
    book = load_workbook(export.files[0])
    first = next(cell.column for cell in book.active[1] if str(cell.value).endswith(WHO))
    book.active.merge_cells(start_row=1, end_row=1, start_column=first, end_column=first + 2)
    book.save(export.files[0])
    import_returns(project, ID, export)
    assert answers(project) == EXPECTED


@pytest.mark.parametrize("number", ["3. ", "Q3. ", "A1) ", "9.b.ii. ", "2.1 ", "4.d. ", "5.", "Q5)"])
def test_the_number_of_a_question_has_no_part_in_its_text(number):
    assert normal(f"{number}Was the child seen alone?") == normal(SEEN)
