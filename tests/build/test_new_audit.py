"""A folder of files is all it takes: a new audit gets pages, places in the contents and a column in the trends."""

import json
import re
import shutil
from pathlib import Path

import pytest
from projects import ROOT, store_of

from auditbook.build.generated import book_parts, generated_files
from auditbook.build.run import run
from auditbook.downloads.records import register_folder
from auditbook.pages.actions_export import write_registers
from auditbook.pages.contents import pages_of
from auditbook.project import Project

NEW = "2022-23-Q1"
MODEL = "2021-22-Q2"
LATER = ("2021-22-Q3", "2021-22-Q4")


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    """This repository's book with the published audit, two that are made up, and the new one."""
    folder = tmp_path_factory.mktemp("book")
    for name in ("notebooks", "book", "data"):
        shutil.copytree(
            ROOT / name,
            folder / name,
            ignore=shutil.ignore_patterns(*LATER, "_build", "audits" if name == "book" else ""),
        )
    (folder / "data" / "pooled.yml").unlink()
    shutil.copy(ROOT / "_config.yml", folder)
    shutil.copytree(folder / "data/audits" / MODEL, folder / "data/audits" / NEW)
    settings = folder / "data/audits" / NEW / "audit.yml"
    settings.write_text(settings.read_text().replace("2022-", "2023-").replace("2021-", "2022-"))
    return Project.find(folder)


def text_of(page: Path) -> str:
    cells = json.loads(page.read_text())["cells"]
    return "".join(json.dumps(cell.get("outputs", "")) for cell in cells)


def test_a_new_folder_adds_pages_contents_and_a_trend_column(project):
    done = run(project)
    assert done.problems == []
    pages = pages_of(book_parts(project, store_of(project), done.shown))
    own = [page for page in pages if f"audits/{NEW}/" in page]
    assert [page.rpartition("/")[2] for page in own] == [
        "briefing",
        "case_overview",
        "theme_frequencies",
        "agency_involvement",
        "grades",
        "answers",
        "recommendations",
        "about",
    ]
    assert all(any(project.root.glob(f"{page}.*")) for page in own if not page.endswith("about"))
    assert "Q1 2022-23" in text_of(project.root / "book/trends/synthetic.ipynb")
    assert "Q1 2022-23" not in text_of(project.root / "book/trends/published.ipynb")
    generated = generated_files(project, store_of(project), done.shown)
    assert f"book/audits/{NEW}/briefing" in generated[project.root / "_toc.yml"]
    for page in ("themes/synthetic", "themes/synthetic/voice_of_child", "agencies/synthetic"):
        assert re.search(r"Q1 2022\\?-23", generated[project.root / f"book/{page}.md"]), page
    assert "of Q1 2022\\-23" in generated[project.root / "book/recommendations-demonstration.md"]
    write_registers(project.root, done.shown.released)
    register = register_folder(project.root) / "recommendations-demonstration-register.csv"
    assert f"synthetic,{NEW},1," in register.read_text("utf-8-sig")
