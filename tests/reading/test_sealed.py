"""A page cannot open rows, however it tries: in the warm engine, a standard kernel, and nbval's."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from projects import AUDIT, ROOT, planned, small_project, write_template

from auditbook.build.pages import works_of
from auditbook.build.run import run
from auditbook.engine.papermill_run import Execution
from auditbook.engine.workers import in_processes
from auditbook.project import Project

ROWS = f"../../../data/audits/{AUDIT}/findings.csv"
WAYS = {
    "open": f"open({ROWS!r}).read()",
    "pathlib": f"from pathlib import Path\nPath({ROWS!r}).read_text()",
    "absolute": f"import os\nopen(os.path.abspath({ROWS!r})).read()",
    "bytes": f"open({ROWS.encode()!r}).read()",
    "os_open": f"import os\nos.read(os.open({ROWS!r}, os.O_RDONLY), 99)",
    "folder": f"import os\nos.open('audits/{AUDIT}/findings.csv', 0, dir_fd=os.open('../../../data', os.O_RDONLY))",
    "chdir": f"import os\nos.chdir('../../../data/audits/{AUDIT}')\nopen('findings.csv').read()",
    "pandas": f"import pandas\npandas.read_csv({ROWS!r})",
    "numpy": f"import numpy\nnumpy.genfromtxt({ROWS!r}, dtype=str)",
    "symlink": f"import os\nos.symlink({ROWS!r}, 'here.csv')\nopen('here.csv').read()",
    "older_symlink": "open('older.csv').read()",
    "hard_link": f"import os\nos.link({ROWS!r}, 'hard.csv')",
    "listing": "import os\nos.listdir('../../../data/audits')",
    "glob": "from pathlib import Path\nlist(Path('../../../data/audits').glob('*/*.csv'))",
    "copy": f"import shutil\nshutil.copy({ROWS!r}, 'copy.csv')",
    "sqlite": "import sqlite3\nsqlite3.connect('../../../data/audits/x.db')",
    "process": f"import subprocess\nsubprocess.run(['cat', {ROWS!r}], capture_output=True, check=True).stdout",
    "shell": f"import os\nos.popen('cat {ROWS}').read()",
    "magic": f"%cat {ROWS}",
    "bang": f"!cat {ROWS}",
    "thread": f"from concurrent.futures import ThreadPoolExecutor as Pool\nPool().submit(open, {ROWS!r}).result()",
    "swallowed": f"try:\n    text = open({ROWS!r}).read()\nexcept OSError:\n    text = ''\ntext",
    "store": "import os\nos.listdir('../../../_build')",
    "after_opening": f"from auditbook.reading import open_audit\nopen_audit(quarter, profile)\nopen({ROWS!r}).read()",
}
A_WORD_OF_THE_ROWS = "polarity"


@pytest.fixture
def project(tmp_path) -> Project:
    made = small_project(tmp_path)
    (made.root / "_build").mkdir()
    folder = made.root / "book/audits" / AUDIT
    folder.mkdir(parents=True)
    (folder / "older.csv").symlink_to(made.audits / AUDIT / "findings.csv")
    return made


def executed(project: Project, engine: str) -> dict[str, Execution]:
    outcomes = in_processes(works_of(planned(project), engine), 2, is_forked=engine == "warm")
    return {outcome.job.path.stem: outcome.value for outcome in outcomes}


@pytest.mark.parametrize("engine", ["warm", "kernel"])
def test_a_page_that_opens_rows_fails_and_says_what_to_write(project, engine):
    ways = WAYS if engine == "warm" else {name: WAYS[name] for name in ("pandas", "symlink", "process", "swallowed")}
    for name, code in ways.items():
        write_template(project, name, code)
    found = executed(project, engine)
    assert set(found) == set(ways)
    for name, execution in found.items():
        assert execution.problem.startswith("cell 3: "), (name, execution)
        assert "open_audit(quarter, profile, data)" in execution.problem, name
        outputs = [cell.get("outputs") for cell in json.loads(execution.notebook)["cells"]]
        assert A_WORD_OF_THE_ROWS not in json.dumps(outputs), name


def test_what_is_no_row_can_be_opened(project):
    (project.root / "notebooks" / "words.txt").write_text("free to read")
    write_template(project, "a", "open('../../../notebooks/words.txt').read()")
    write_template(project, "b", "import tempfile\nwith tempfile.TemporaryFile() as file:\n    file.write(b'x')")
    write_template(project, "c", "import pandas\nlen(pandas.read_csv('../../../data/codebook/themes.csv')) > 3")
    assert [execution.problem for execution in executed(project, "warm").values()] == ["", "", ""]


def test_a_refused_page_is_not_published_and_harms_no_other(project):
    write_template(project, "bad", WAYS["pandas"])
    write_template(project, "good", "quarter")
    done = run(project)
    [problem] = done.problems
    assert problem.startswith(f"audits/{AUDIT}/bad.ipynb: cell 3: data/audits/{AUDIT}/findings.csv: ")
    assert A_WORD_OF_THE_ROWS not in (project.root / f"book/audits/{AUDIT}/bad.ipynb").read_text("utf-8")


def test_nbval_keeps_pages_out_too(project):
    write_template(project, "page", "len(open('older.csv').read()) > 0")
    [execution] = executed(project, "warm").values()
    page = project.root / "book/audits" / AUDIT / "page.ipynb"
    page.write_text(execution.notebook, "utf-8")
    nbval = ["--nbval", "--nbval-current-env", "-p", "auditbook.reading.pytest_sealed", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *nbval, "-c", os.devnull, f"--rootdir={project.root}", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=project.root)
    assert "1 failed" in done.stdout and "may not open this" in done.stdout


def test_this_repositorys_pages_are_compared_by_kernels_that_are_sealed():
    assert "-p auditbook.reading.pytest_sealed" in Path(ROOT / "pyproject.toml").read_text("utf-8")
