"""The workbooks in the real LibreOffice Calc: opened, saved and imported."""

import subprocess
from pathlib import Path

import pytest
from evidence.workbooks import ID, asked_project, audit_of, filled, messages_of, put_return, questions, return_of
from openpyxl import load_workbook

from auditbook.project import Project
from auditbook.returns.importing import import_returns
from auditbook.returns.rows import KINDS
from auditbook.returns.saving import workbook_bytes
from auditbook.returns.workbook import tool_workbook


def converted(path: Path, to: str, folder: Path) -> tuple[Path, str]:
    """What Calc saves of a file, and what it said meanwhile."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", to]
    done = subprocess.run([*command, "--outdir", folder, path], capture_output=True, text=True, timeout=180, check=True)
    return folder / path.with_suffix(f".{to}").name, done.stdout + done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("calc")


@pytest.fixture(scope="module")
def saved(folder) -> tuple[Project, Path, str]:
    """The project, the return of the police as Calc saved it, and what Calc said."""
    project = asked_project(folder / "project")
    return project, *converted(put_return(project, filled(project)), "xlsx", folder)


def test_calc_opens_and_saves_a_return_without_a_warning(saved):
    [said] = [line for line in saved[2].splitlines() if line and "javaldx" not in line]  # no Java: nothing of ours
    assert said.startswith("convert ") and said.endswith("using filter : Calc Office Open XML")


def test_what_calc_saved_is_imported_as_what_was_filled_in(saved):
    project, path, _ = saved
    import_returns(project, ID)
    tables = {file: (project.audits / str(ID) / file).read_bytes() for file in KINDS}
    return_of(project.root).write_bytes(path.read_bytes())
    assert messages_of(project) == []
    import_returns(project, ID)
    assert {file: (project.audits / str(ID) / file).read_bytes() for file in KINDS} == tables


def test_calc_keeps_the_drop_downs_the_hidden_sheets_and_the_protection(saved):
    book = load_workbook(saved[1])
    assert [sheet.title for sheet in book if sheet.sheet_state == "hidden"] == ["Lists", "auditbook"]
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)
    lists = {rule.formula1 for sheet in book for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert len(lists) == 7


def test_a_workbook_that_nobody_filled_in_prints_on_whole_pages(folder):
    """A page too narrow for its words would cut them off: the guide's last words are all there."""
    project = asked_project(folder / "unfilled")
    path = folder / "tool.xlsx"
    path.write_bytes(workbook_bytes(tool_workbook(audit_of(project), questions(project))))
    pdf, _ = converted(path, "pdf", folder)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    words = " ".join(text.split())
    assert "send it again: the later one counts." in words
    assert "A workbook that holds any is refused." in words
