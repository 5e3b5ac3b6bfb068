"""A workbook that was saved as CSV, one file a sheet."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from returns.test_returns_formats import NHS, texts_of
from returns.workbooks import (
    cell,
    messages_of,
    return_of,
    returned_project,
)

from auditbook.project import Project
from auditbook.returns.csv_sheets import in_sets
from auditbook.returns.layout import ABOUT_SHEET, CASES_SHEET, FINDINGS_SHEET, GRADES, RETURN


def as_csv(
    project: Project, name: str = "police", delimiter: str = ",", first: str = "", code: str = "utf-8"
) -> list[Path]:
    """The return of the police as LibreOffice saves all its sheets, in the place of the workbook."""
    book, paths = load_workbook(return_of(project.root)), []
    for sheet in book:
        text = io.StringIO()
        rows = [[f"{value:%Y-%m-%d}" if hasattr(value, "year") else value for value in row] for row in sheet.values]
        csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
        path = return_of(project.root, f"police-{sheet.title}.csv")
        path.write_bytes((first + text.getvalue()).encode(code))
        paths.append(path)
    return paths


WRITTEN = {
    "commas": {},
    "semicolons": {"delimiter": ";"},
    "tabs": {"delimiter": "\t"},
    "a byte-order mark": {"code": "utf-8-sig"},
    "a line that names the separator": {"delimiter": ";", "first": "sep=;\r\n"},
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_every_sheet_saved_as_csv_is_read_as_the_workbook(written, tmp_path):
    project = returned_project(tmp_path)
    plain = texts_of(project)
    as_csv(project, **written)
    return_of(tmp_path).unlink()
    assert texts_of(project) == plain


def test_a_mistake_in_a_csv_file_is_told_with_its_file_sheet_and_cell(tmp_path):
    project = returned_project(tmp_path)
    cell("Findings", "C2", "Zebra")(tmp_path)
    cell("Cases", "C2", "#REF!")(tmp_path)
    cell("Cases", "C3", NHS)(tmp_path)
    as_csv(project)
    return_of(tmp_path).unlink()
    assert [line.partition(": ")[0] for line in messages_of(project)] == [
        "returns/police-Cases.csv › Cases!C2",
        "returns/police-Cases.csv › Cases!C3",
        "returns/police-Findings.csv › Findings!C2",
    ]


def test_the_same_sheet_twice_in_other_letters_is_a_file_of_its_own():
    first, second = Path("police-Cases.csv"), Path("police-cases.csv")
    assert in_sets([first, second]) == {"police": {CASES_SHEET: first}, "police-cases.csv": {}}


@pytest.mark.parametrize("missing", [ABOUT_SHEET, RETURN, CASES_SHEET])
def test_a_set_of_csv_files_without_one_that_is_needed_is_refused_file_by_file(missing, tmp_path):
    project = returned_project(tmp_path)
    paths = as_csv(project)
    return_of(tmp_path).unlink()
    return_of(tmp_path, f"police-{missing}.csv").unlink()
    assert {line[-5:] for line in messages_of(project)} == {"[W20]"}
    assert len(messages_of(project)) == len(paths) - 1


@pytest.mark.parametrize("sheet", [FINDINGS_SHEET, GRADES])
def test_a_set_of_csv_files_without_answers_misses_the_sheet(sheet, tmp_path):
    project = returned_project(tmp_path)
    as_csv(project)
    return_of(tmp_path).unlink()
    return_of(tmp_path, f"police-{sheet}.csv").unlink()
    [message] = messages_of(project)
    assert message.startswith(f"returns/police-*.csv: the sheet {sheet} is missing")


def test_a_csv_file_that_is_no_utf_8_is_refused_with_what_to_do(tmp_path):
    project = returned_project(tmp_path)
    cell("Findings", "E2", "Café – seen alone")(tmp_path)
    as_csv(project, code="cp1252")
    return_of(tmp_path).unlink()
    expected = "returns/police-Findings.csv:2: this is not UTF-8 text; save it as “CSV UTF-8”, or as UTF-8 text. [F04]"
    assert expected in messages_of(project)
