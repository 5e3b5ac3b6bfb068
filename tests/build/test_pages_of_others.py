"""A page shows what its template opens, of other audits too, and is stale with that: in every engine alike."""

import json

import nbformat
import pytest
from builders import a_case, write_project
from projects import planned, write_template

from auditbook.build.pages import works_of
from auditbook.build.run import Request, run
from auditbook.build.templates import opens_others
from auditbook.engine.papermill_run import Execution
from auditbook.engine.workers import in_processes
from auditbook.project import Project
from auditbook.validation.problems import WrongUsage

OWN, OTHER = "2021-22-Q1", "2021-22-Q2"
OPENS_ALL = "from auditbook.reading import open_collection\n[str(each.audit_id) for each in open_collection()]"
OPENS_OTHER = f"from auditbook.reading import open_audit\nint(open_audit('{OTHER}')['cases.total'].value)"
PARAMETERS = (
    'quarter: str = "newest"  # audit id\nprofile: str = "own"  # release profile\ndata: str = "data"  # folder'
)


def two_audits(folder) -> Project:
    for audit, cases in ((OWN, 1), (OTHER, 2)):
        own = [a_case(f"C{number}") for number in range(cases)]
        release = {"profile": "recorded", "approver": "A", "date": "2021-07-05", "reason": "Invented."}
        write_project(folder, *own, id=audit, collection="live", release=release)
    return Project.find(folder)


def executed(project: Project, engine: str) -> list[Execution]:
    pages = planned(project)[: None if engine == "warm" else 1]  # a standard kernel takes seconds
    for page in pages:
        page.path.parent.mkdir(parents=True, exist_ok=True)
    return [outcome.value for outcome in in_processes(works_of(pages, engine), 1)]


def shown_by(execution: Execution) -> str:
    cells = json.loads(execution.notebook)["cells"]
    return "".join(cells[-1]["outputs"][0]["data"]["text/plain"])


@pytest.mark.parametrize("code, shown", [(OPENS_ALL, f"['{OWN}', '{OTHER}']"), (OPENS_OTHER, "2")])
def test_a_page_shows_what_it_opens_of_other_audits_in_both_engines(tmp_path, code, shown):
    project = two_audits(tmp_path)
    write_template(project, "a", code, PARAMETERS)
    for engine in ("warm", "kernel"):
        for execution in executed(project, engine):
            assert (execution.problem, shown_by(execution)) == ("", shown)


@pytest.mark.parametrize("engine", ["warm", "kernel"])
@pytest.mark.parametrize(
    "call, refusal",
    [
        (f"open_audit('{OTHER}', 'internal')", "no page may show it internal"),
        ("open_audit(quarter, 'internal', data)", "no page may show it internal"),
    ],
)
def test_no_page_shows_more_of_an_audit_than_the_book_does(tmp_path, call, refusal, engine):
    project = two_audits(tmp_path)
    write_template(project, "a", f"from auditbook.reading import open_audit\n{call}.frame().shape", PARAMETERS)
    assert all(refusal in execution.problem for execution in executed(project, engine))


def test_a_page_that_opens_others_is_stale_with_them_and_no_other_page_is(tmp_path):
    project = two_audits(tmp_path)
    write_template(project, "all", OPENS_ALL, PARAMETERS)
    own = "from auditbook.reading import open_audit\nopen_audit(quarter, profile, data)['cases.total'].value"
    write_template(project, "own", own, PARAMETERS)
    run(project, Request(has_downloads=False))
    cases = project.audits / OTHER / "cases.csv"
    cases.write_text(cases.read_text() + cases.read_text().split("\n")[1].replace("C0", "C9") + "\n")
    states = {result.page.name: result.state for result in run(project, Request(has_downloads=False)).pages}
    assert states == {
        f"audits/{OWN}/all.ipynb": "run",
        f"audits/{OTHER}/all.ipynb": "run",
        f"audits/{OWN}/own.ipynb": "fresh",
        f"audits/{OTHER}/own.ipynb": "run",
    }


@pytest.mark.parametrize(
    "code, is_of_others",
    [
        ("from auditbook.reading import open_audit\naudit = open_audit(quarter, profile, data)", False),
        ("open_audit(quarter, profile)", True),
        ("open_collection()", True),
        ("import auditbook.reading as r\nr.open_collection()", True),
        ("from auditbook.reading import open_audit as o", True),
        ("from auditbook.reading import *", True),
        ("opener = open_audit", True),
        ("getattr(reading, 'open_pool')", True),
        ("%time open_audit(quarter)", True),
        ("'open_audit is written in a sentence'", False),
    ],
)
def test_what_a_template_opens_is_told_from_its_code(tmp_path, code, is_of_others):
    project = two_audits(tmp_path)
    write_template(project, "a", code, PARAMETERS, is_as_it_is=True)
    assert opens_others(project.root / "notebooks/a.ipynb", "quarter") == is_of_others


def test_a_notebook_put_into_the_book_with_rows_in_it_is_refused(tmp_path):
    project = two_audits(tmp_path)
    write_template(project, "rows", "1", PARAMETERS)
    notebook = nbformat.read(project.root / "notebooks/rows.ipynb", 4)
    data = {"text/plain": "frame", "text/html": '<table class="dataframe"></table>'}
    notebook.cells[-1].outputs = [nbformat.v4.new_output("execute_result", data, execution_count=1)]
    notebook.cells[1].execution_count = notebook.cells[-1].execution_count = 1
    (project.root / "book/own").mkdir()
    nbformat.write(notebook, project.root / "book/own/rows.ipynb")
    with pytest.raises(WrongUsage, match="book/own/rows.ipynb: cell 3: a bare DataFrame is no published output"):
        planned(project)
