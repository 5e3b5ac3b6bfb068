"""A page that goes wrong says so, by cell, with what to write instead; nothing of it is published."""

import json

import nbformat
import pytest
from projects import AUDIT, planned, small_project, write_template

from auditbook.build.pages import works_of
from auditbook.build.run import Request, run
from auditbook.engine.page_problems import _is_foreign
from auditbook.engine.papermill_run import Execution
from auditbook.engine.workers import in_processes
from auditbook.project import Project

WRONG = {
    "error": ("1 / 0", "ZeroDivisionError: division by zero"),
    "interrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "sys_exit": ("import sys\nsys.exit(0)", "exit would end the page"),
    "sys_exit_1": ("import sys\nsys.exit(1)", "exit would end the page"),
    "system_exit": ("raise SystemExit", "sys.exit would end the page"),
    "exit": ("exit", "exit would end the page"),
    "quit": ("quit()", "exit would end the page"),
    "magic": ("%nosuch", "UsageError: Line magic function `%nosuch` not found"),
    "cell_magic": ("%%nosuch\n1", "UsageError: Cell magic `%%nosuch` not found"),
    "syntax": ("frame = (", "SyntaxError"),
    "print": ("print('12 cases')", "what it prints is no published output. Write: show(frame"),
    "value": ("1 + 1", "a bare value is no published output"),
    "frame": ("import pandas\npandas.DataFrame({'a': [1]})", 'Write: show(frame, "what it shows, and of whom")'),
    "series": ("import pandas\npandas.Series([1])", "a bare value is no published output"),
    "styler": ("import pandas\npandas.DataFrame({'a': [1]}).style", "no published output. Write: show"),
    "picture": (
        "from matplotlib import pyplot\npyplot.plot([1, 2])\npyplot.show()",
        'a bare value is no published output|is no published output. Write: show(figure, "title"',
    ),
    "html": ("from IPython.display import HTML\nHTML('<b>x</b>')", "HTML of its own is no published output"),
    "disguised": (
        'from IPython.display import HTML\nHTML(\'<div class="ab-table"><img src="x" onerror="alert(1)"></div>\')',
        "HTML of its own is no published output",
    ),
    "script": ("from IPython.display import Javascript\nJavascript('alert(1)')", "HTML of its own is no published"),
    "warning": ("import warnings\nwarnings.warn('old')", "it warns (UserWarning: old)"),
    "error_stream": ("import sys\nsys.stderr.write('x')\nNone", "it writes to the error stream"),
    "no_caption": (
        "import pandas\nfrom auditbook.reading import show\nshow(pandas.DataFrame({'a': [1]}))",
        "a caption",
    ),
}
PROSE = {
    "data": ("![x](data:image/png;base64,AAAA)", "a picture was pasted into it"),
    "script": ("<script src='https://example.org/x.js'></script>", "<script> brings in"),
    "frame": ("<iframe src='https://example.org'></iframe>", "<iframe> brings in"),
    "elsewhere": ("![x](https://example.org/x.png)", "lies on another server"),
    "img": ('<img src="https://example.org/x.png" alt="x">', "lies on another server"),
}


@pytest.fixture
def project(tmp_path) -> Project:
    return small_project(tmp_path)


def executed(project: Project, engine: str = "warm") -> dict[str, Execution]:
    (project.root / "book/audits" / AUDIT).mkdir(parents=True, exist_ok=True)
    outcomes = in_processes(works_of(planned(project), engine), 2, is_forked=engine == "warm")
    return {outcome.job.path.stem: outcome.value for outcome in outcomes}


def add_prose(project: Project, name: str, prose: str) -> None:
    """A template with one more cell of prose at its end."""
    write_template(project, name, "x = 1")
    path = project.root / f"notebooks/{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_markdown_cell(prose, id="prose"))
    nbformat.write(notebook, path)


@pytest.mark.parametrize("engine", ["warm", "kernel"])
def test_whatever_goes_wrong_or_is_no_published_output_fails_its_page(project, engine):
    names = WRONG if engine == "warm" else ("sys_exit", "magic", "exit", "warning", "picture")
    for name in names:
        write_template(project, name, WRONG[name][0], is_as_it_is=True)
    found = executed(project, engine)
    for name in names:
        problem = found[name].problem
        assert problem.startswith("cell 3: "), (name, problem)
        assert any(words in problem for words in WRONG[name][1].split("|")), (name, problem)
        assert "\n" not in problem and str(project.root) not in problem


def test_what_is_shown_in_words_or_as_a_table_is_published(project):
    for name, code in {
        "words": "show('Seven of nine.')",
        "frame": "import pandas\nshow(pandas.DataFrame({'theme': ['Voice'], 'case_count': [1234]}), 'Cases a theme')",
        "nothing": "show",
    }.items():
        source = f"from auditbook.reading import show\n{code}" if name != "nothing" else "frame = 1"
        write_template(project, name, source, is_as_it_is=True)
    found = executed(project)
    assert [page.problem for page in found.values()] == ["", "", ""]
    assert "1,234" in found["frame"].notebook and "Case count" in found["frame"].notebook


def test_no_cell_after_an_exit_is_silently_left_out(project):
    write_template(project, "a", "import sys as s\ns.exit(0)", is_as_it_is=True)
    path = project.root / "notebooks/a.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("x = 1", id="after"))
    nbformat.write(notebook, path)
    assert executed(project)["a"].problem.startswith("cell 3: ")


def test_prose_that_brings_in_what_is_not_of_the_book_fails_its_page(project):
    for name, (prose, _) in PROSE.items():
        add_prose(project, name, f"Look:\n\n{prose}")
    found = executed(project)
    for name, (_, problem) in PROSE.items():
        assert found[name].problem.startswith("cell 4: ") and problem in found[name].problem, (name, found[name])


def test_a_pasted_picture_is_named_by_its_cell(project):
    write_template(project, "a", "x = 1")
    path = project.root / "notebooks/a.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"][0]["attachments"] = {"image.png": {"image/png": "iVBORw0KGgo="}}
    path.write_text(json.dumps(notebook), "utf-8")
    assert executed(project)["a"].problem.startswith("cell 1: a picture was pasted into it")


def test_a_link_to_another_server_and_words_about_scripts_are_fine(project):
    add_prose(project, "a", "[Guidance](https://gov.uk/x) on scripts and links; ![a plan](../_static/plan.png)")
    assert executed(project)["a"].problem == ""


def test_a_template_of_an_older_format_gives_the_same_bytes_at_each_run(project):
    write_template(project, "a", "quarter")
    path = project.root / "notebooks/a.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        del cell["id"]
    path.write_text(json.dumps(notebook), "utf-8")
    page = project.root / "book/audits" / AUDIT / "a.ipynb"
    run(project)
    first = page.read_bytes()
    run(project, Request(is_forced=True))
    assert page.read_bytes() == first
    ids = [cell["id"] for cell in json.loads(first)["cells"]]
    assert ids == ["cell-1", "cell-2", "injected-parameters", "cell-3"]


def test_the_page_published_before_stays_when_its_template_begins_to_print(project):
    write_template(project, "a", "quarter")
    run(project)
    page = project.root / "book/audits" / AUDIT / "a.ipynb"
    good = page.read_bytes()
    write_template(project, "a", "print(quarter)", is_as_it_is=True)
    assert run(project).problems == [f"audits/{AUDIT}/a.ipynb: cell 3: {_printed()}"]
    assert page.read_bytes() == good


def _printed() -> str:
    return 'what it prints is no published output. Write: show(frame, "what it shows, and of whom").'


@pytest.mark.parametrize(
    ("html", "is_foreign"),
    [
        ('<p class="ab-note" onclick="x()">a</p>', True),
        ('<p class="ab-note"><b style="color:red">a</b></p>', True),
        ("<div class=\"ab-table\"><b title='\"' onclick=x() title='\"'>a</b></div>", True),
        ('<figure class="ab-chart"><svg><image onload="x()"/></svg></figure>', True),
        ('<p class="ab-note"><SCRIPT>x()</SCRIPT></p>', True),
        ('<div class="ab-table"><td data-label="&lt;img src=x onerror=alert(2)&gt;">4</td></div>', False),
        ('<p class="ab-note">Parenting style=firm; &lt;b onclick=x()&gt;</p>', False),
        ('<figure class="ab-chart"><svg><title>on = 4</title></svg></figure>', False),
    ],
)
def test_html_that_only_begins_like_ours_is_foreign_and_what_people_wrote_is_not(html, is_foreign):
    assert _is_foreign(html) is is_foreign
