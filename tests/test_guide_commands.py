"""Commands of the guides that nothing else says as they stand there, one after the other."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from panel.test_workbook_of_panel import panel_project
from projects import copied_data
from returns.test_returns_sections import led_project
from returns.workbooks import ID

from auditbook.cli import main
from auditbook.validation.dates import day_in_words


@pytest.fixture
def said(monkeypatch, capsys) -> Callable[..., str]:
    """What a command prints that is said in a project and ends well."""

    def run(root: Path, *words: str) -> str:
        monkeypatch.setattr("sys.argv", ["auditbook", *words])
        monkeypatch.chdir(root)
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        assert not ended.value.code, told.err
        return told.out

    return run


def test_the_panels_workbook_goes_out_and_comes_back(said, tmp_path):
    root = panel_project(tmp_path).root
    answers = root / "data" / "audits" / str(ID) / "answers.csv"
    before = answers.read_bytes()
    said(root, "panel", str(ID))
    workbook = f"_build/panel/{ID}-panel.xlsx"
    assert (root / workbook).is_file()
    said(root, "panel", str(ID), "--from", workbook, "--dry-run")
    assert answers.read_bytes() == before
    said(root, "panel", str(ID), "--from", workbook)


def test_the_tool_goes_out_as_word_forms(said, tmp_path):
    root = led_project(tmp_path).root
    said(root, "tool", str(ID), "--to", "docx")
    assert list(root.rglob("*.docx"))


def test_what_is_still_to_be_done_is_told_of_today_of_another_day_and_as_letters(said, tmp_path):
    root = copied_data(tmp_path).root
    assert f"This stands at {day_in_words(date.today())}." in said(root, "actions", "--today")
    assert "This stands at 1 August 2021." in said(root, "actions", "--as-of", "2021-08-01")
    assert "Subject:" in said(root, "actions", "--format", "email")
