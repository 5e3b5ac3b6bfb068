"""One workbook and CSV files of an audit: released figures only, accessible, and nothing that a spreadsheet runs."""

import csv
import io
import json
import zipfile

import openpyxl
import pytest
from builders import a_finding, a_recommendation, a_tally, an_audit
from hypothesis import given
from hypothesis import strategies as st
from papers import PROJECT, SHIPPED, in_libreoffice, shipped_briefing, shipped_figures, shipped_handout
from released import a_full_audit, released

from auditbook.briefing.brand import Brand
from auditbook.briefing.forms import Handout, handout
from auditbook.downloads.csvw import csv_bytes, csvw_metadata
from auditbook.downloads.tables import CONFIDENTIAL, FIGURES, SHORTHAND, OpenTable, neutral, open_tables
from auditbook.downloads.workbook import workbook_bytes
from auditbook.leaks.scan import scan, secrets_of_project
from auditbook.release.released import Released

DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", '=HYPERLINK("http://evil.example","x")')
AUDIT = "2021-22-Q1"


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheets(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def cells(content: bytes) -> list:
    return [cell.value for cell in every_cell(sheets(content)) if cell.value is not None]


def every_cell(book: openpyxl.Workbook) -> list:
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row]


def figure_rows(released: Released) -> dict[str, tuple]:
    """Measure → its row."""
    return {row[-1]: row for table in open_tables(released) if table.columns == FIGURES for row in table.rows}


def table_named(released: Released, name: str) -> OpenTable:
    return next(table for table in open_tables(released) if table.name == name)


def handout_of(released: Released) -> Handout:
    return handout(shipped_briefing(AUDIT), released, Brand(), b"")


def hostile_audit() -> Released:
    findings = [a_finding(f"f{place}", "voice", text=text.strip()) for place, text in enumerate(DANGEROUS)]
    others = [
        a_finding("f90", "voice", text="[a](http://evil.example) and [b](http://evil.example)"),
        a_finding("f91", "voice", text="$$nothing$$"),
        a_finding("f92", "voice", text="???"),
    ]
    return released(an_audit(*findings, *others, a_recommendation("1", text="@all: do")), "internal")


@pytest.mark.parametrize("audit", SHIPPED)
def test_every_released_figure_stands_in_one_table_once(audit):
    figures = shipped_figures(audit)
    ids = [row[-1] for table in open_tables(figures) if table.columns == FIGURES for row in table.rows]
    assert sorted(ids) == sorted(figure.id for figure in figures)


@pytest.mark.parametrize("audit", SHIPPED)
def test_a_csv_file_holds_the_figures_as_they_were_released(audit):
    figures = shipped_figures(audit)
    found = {}
    for table in open_tables(figures):
        if table.columns == FIGURES:
            found |= {row["measure"]: row for row in rows_of(csv_bytes(table))}
    for figure in figures:
        value, base = found[figure.id]["value"], found[figure.id]["denominator"]
        missing = "[x]" if figure.is_shown else "[c]"
        assert value == (missing if figure.value is None else str(figure.value))
        assert base in SHORTHAND if figure.denominator is None else base == str(figure.denominator)


def test_a_phrase_is_no_number_and_a_total_has_no_base():
    table = table_named(shipped_figures("2020-21-Q4"), "characteristics")
    row = next(row for row in table.rows if row[-1] == "substance_or_alcohol_misuse.yes")
    assert (row[1], row[3], row[5]) == ("[x]", "[z]", "a phrase, no number")
    assert table_named(shipped_figures("2020-21-Q4"), "cases").rows[0][1:5] == (5, "cases", "[z]", "[z]")


def test_a_percentage_without_a_base_says_that_there_is_none():
    audit = an_audit(a_tally("plan", "cp", percent=65, precision="percent_only"), release={"profile": "internal"})
    [row] = table_named(released(audit, "internal"), "characteristics").rows
    assert row[1:6] == (65, "percent", "[x]", "[x]", "percentage only")


def test_what_is_withheld_is_in_no_table_no_workbook_and_no_csv():
    strict = released(a_full_audit(), "strict")
    hidden = [figure for figure in strict if not figure.is_shown]
    assert hidden
    rows = figure_rows(strict)
    for figure in hidden:
        assert rows[figure.id][1] == CONFIDENTIAL and rows[figure.id][6] == "a number that is withheld"
    findings = table_named(strict, "findings")
    assert {row[-1] for row in findings.rows} == {CONFIDENTIAL}
    assert "Words." not in cells(workbook_bytes(handout_of(strict), open_tables(strict)))


def test_a_stricter_release_has_no_number_that_the_other_one_lacks():
    """Whatever the strict tables show of a figure, it is what the true one is, or shorthand."""
    audit = a_full_audit()
    true, strict = (figure_rows(released(audit, profile)) for profile in ("recorded", "strict"))
    assert set(strict) <= set(true)
    assert all(row[1] in (true[each][1], *SHORTHAND) for each, row in strict.items())


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_would_run_in_a_spreadsheet_gets_an_apostrophe(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("value", [-1, 0, 4.5, "5 cases", "2021-22-Q1", "a = b", "'=1"])
def test_other_values_stay_as_they_are(value):
    assert neutral(value) == value and type(neutral(value)) is type(value)


@given(st.text())
def test_no_text_whatever_begins_a_formula(text):
    assert not str(neutral(text)).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_hostile_words_are_neutral_in_csv_and_workbook():
    figures = hostile_audit()
    texts = [row["text"] for row in rows_of(csv_bytes(table_named(figures, "findings")))]
    assert [text for text in texts if text.startswith(("=", "+", "-", "@"))] == []
    assert "'=1+1" in texts
    content = workbook_bytes(handout_of(figures), open_tables(figures))
    found = every_cell(sheets(content))
    assert [cell.coordinate for cell in found if cell.data_type == "f"] == []
    links = [cell.hyperlink for cell in found if cell.hyperlink]
    assert links and [link.target for link in links if link.target] == []  # only links inside the workbook
    assert {"'=1+1", "'@all: do", "$ $nothing$ $", "??? (as it was written)"} <= set(cells(content))


def test_an_audit_without_figures_still_has_its_words():
    words = (table_named(hostile_audit(), "findings"),)
    assert sheets(workbook_bytes(handout_of(hostile_audit()), words)).sheetnames == ["Cover", "Contents", "Findings"]


@pytest.mark.parametrize("audit", SHIPPED)
def test_the_leak_search_finds_nothing_in_the_tables(audit, tmp_path):
    figures = shipped_figures(audit)
    (tmp_path / "figures.xlsx").write_bytes(workbook_bytes(shipped_handout(audit), open_tables(figures)))
    for table in open_tables(figures):
        (tmp_path / f"{table.name}.csv").write_bytes(csv_bytes(table))
    found = scan(tmp_path, secrets_of_project(PROJECT, list(map(shipped_figures, SHIPPED))))
    assert found.leaks == ()


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_csv_gives_back_what_was_written(texts):
    table = OpenTable("t", "T", "", FIGURES[:1], tuple((text,) for text in texts))
    assert [row["label"] for row in rows_of(csv_bytes(table))] == [str(neutral(text)) for text in texts]


@pytest.mark.parametrize("audit", SHIPPED)
def test_the_metadata_describe_every_column_of_every_file(audit):
    own, tables = shipped_handout(audit), open_tables(shipped_figures(audit))
    found = json.loads(csvw_metadata(tables, own.title, own.publisher, own.made))
    assert found["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en-GB"}]
    described = {each["url"]: each["tableSchema"]["columns"] for each in found["tables"]}
    assert list(described) == [f"{table.name}.csv" for table in tables]
    for table in tables:
        titles = [column["titles"] for column in described[f"{table.name}.csv"]]
        assert [list(row) for row in rows_of(csv_bytes(table))] == [titles] * len(table.rows)
    columns = [column for each in described.values() for column in each]
    assert all(column["dc:description"] for column in columns)
    assert {column["datatype"] for column in columns} == {"string", "number"}


@pytest.mark.parametrize("audit", SHIPPED)
def test_a_column_of_numbers_holds_numbers_or_its_shorthand(audit):
    for table in open_tables(shipped_figures(audit)):
        for place, column in enumerate(table.columns):
            if column.is_number:
                assert all(isinstance(row[place], (int, float)) or row[place] in SHORTHAND for row in table.rows)


@pytest.fixture(scope="module")
def workbooks() -> dict[str, bytes]:
    return {audit: workbook_bytes(shipped_handout(audit), open_tables(shipped_figures(audit))) for audit in SHIPPED}


@pytest.mark.parametrize("audit", SHIPPED)
def test_a_workbook_has_cover_contents_notes_and_one_table_a_sheet(audit, workbooks):
    book, tables = sheets(workbooks[audit]), open_tables(shipped_figures(audit))
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    assert len(book.sheetnames) == 3 + len(tables)
    for sheet, table in zip(book.worksheets[3:], tables, strict=True):
        assert len(sheet.tables) == 1 and not sheet.merged_cells.ranges
        [(_, place)] = sheet.tables.items()
        top, *rows = sheet[place]
        assert [str(cell.value).split("\n")[0] for cell in top] == [column.title for column in table.columns]
        assert [row[0].value for row in rows] == [neutral(row[0]) for row in table.rows]
        assert all(cell.value is not None for row in rows for cell in row)


@pytest.mark.parametrize("audit", SHIPPED)
def test_a_workbook_is_accessible_as_the_analysis_function_asks(audit, workbooks):
    book = sheets(workbooks[audit])
    for sheet in book:
        assert sheet["A1"].value and sheet.sheet_state == "visible" and not sheet.freeze_panes
        assert not sheet.auto_filter.ref and sheet.sheet_view.selection[0].activeCell in (None, "A1")
        assert not sheet._images and not sheet._charts
    used = {value for value in cells(workbooks[audit]) if value in SHORTHAND}
    explained = [value for value in cells(workbooks[audit]) if isinstance(value, str) and " means " in value]
    assert all(any(text.startswith(mark) for text in explained) for mark in used)
    assert book.properties.title.endswith(": figures") and book.properties.language == "en-GB"


def test_a_workbook_of_a_made_up_audit_says_so_on_its_cover(workbooks):
    cover = [cell.value for cell in sheets(workbooks["2021-22-Q1"])["Cover"]["A"]]
    assert any(str(value).startswith("Synthetic data.") for value in cover)
    assert "Synthetic" not in str([cell.value for cell in sheets(workbooks["2020-21-Q4"])["Cover"]["A"]])


def test_a_workbook_is_the_same_bytes_a_second_later(workbooks, monkeypatch):
    import time

    later = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: later)
    audit = "2020-21-Q4"
    assert workbook_bytes(shipped_handout(audit), open_tables(shipped_figures(audit))) == workbooks[audit]
    with zipfile.ZipFile(io.BytesIO(workbooks[audit])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_libreoffice_reads_every_workbook_and_finds_its_figures(workbooks):
    made = in_libreoffice("ods", {f"{audit}.xlsx": content for audit, content in workbooks.items()})
    assert set(made) == set(SHIPPED)
    for audit, content in made.items():
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = archive.read("content.xml").decode()
        assert all(figure.id in text for figure in shipped_figures(audit))
        assert "Err:" not in text and "#NAME?" not in text
