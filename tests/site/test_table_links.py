"""Under each table of an audit's page stands the CSV file that holds its figures."""

import io
import json
import re
from pathlib import Path

import pytest
from lxml import html
from released import a_full_audit, released
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from auditbook.downloads.csvw import csv_bytes
from auditbook.downloads.tables import open_tables
from auditbook.reading.display import Table
from auditbook.reading.opened import OpenedAudit
from auditbook.site.download_links import OF_TABLES, OPENED, SHOWN_TABLE, csv_files, link_tables

ROOT = Path(__file__).parents[2]
AUDIT = "2020-21-Q4"
OF_SEVERAL = ("trends", "pooled")
"""Pages of several audits, which have no files of their own."""
WITHOUT_A_FILE = {"combinations"}
"""A table that no file holds."""
NUMBER = re.compile(r"\d+")


def shown_tables(template: Path) -> set[str]:
    cells = json.loads(template.read_text("utf-8"))["cells"]
    sources = "\n".join("".join(cell["source"]) for cell in cells)
    opened = dict(OPENED.findall(sources))
    return {name or opened[variable] for variable, name in SHOWN_TABLE.findall(sources)}


def test_every_table_of_an_audits_page_has_its_file():
    shown = {
        name for path in (ROOT / "notebooks").glob("*.ipynb") if path.stem not in OF_SEVERAL
        for name in shown_tables(path)
    }  # fmt: skip
    assert shown - WITHOUT_A_FILE == set(OF_TABLES)


def is_table(displayed: object) -> bool:
    return isinstance(displayed, Table)


def shown(displayed: object) -> list[Table]:
    return [displayed] if is_table(displayed) else list(getattr(displayed, "parts", ()))


@pytest.mark.parametrize("profile", ["recorded", "strict"])
@pytest.mark.parametrize("name", sorted(OF_TABLES))
def test_a_tables_numbers_stand_in_its_file(name, profile):
    """Whatever the rule: every number of every row."""
    figures = OpenedAudit.opened(released(a_full_audit(), profile))
    files = {f"{table.name}.csv": csv_bytes(table).decode() for table in open_tables(figures)}
    text = "\n".join(files.get(file, "") for file in csv_files(f'audit.table("{name}").show()', {}))
    for table in filter(is_table, shown(figures.table(name).show())):
        for row in table.rows:
            for cell in row[1:]:
                assert set(NUMBER.findall(cell.words)) <= set(NUMBER.findall(text)), (table.caption, row)


def a_project(root: Path, size: int = 2_000) -> None:
    folder = root / "book" / "audits" / AUDIT
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.ipynb").write_text(json.dumps(a_page()))
    (root / "index.md").write_text(f"# Front\n\n```{{toctree}}\nbook/audits/{AUDIT}/page\n```\n")
    made = root / "_build" / "downloads" / AUDIT
    made.mkdir(parents=True, exist_ok=True)
    (made / "themes.csv").write_bytes(b"x" * size)
    file = {"name": "themes.csv", "label": "Themes & <more>, CSV", "media_type": "text/csv", "page": "page"}
    made.with_suffix(".json").write_text(json.dumps({"files": [file]}))


def a_page() -> dict:
    """A table with a file, one without, and a note where there is no table."""
    cells = [
        a_cell('themes = audit.table("themes")', ""),
        a_cell("themes.show(some)", "<table><caption>Themes</caption></table>"),
        a_cell('audit.table("combinations").show()', "<table><caption>Together</caption></table>"),
        a_cell('audit.table("grades").show()', "<table><caption>Grades</caption></table>"),
        a_cell('audit.table("theme_cases").show()', "<p>Not recorded.</p>"),
    ]
    title = {"cell_type": "markdown", "id": "t", "metadata": {}, "source": "# Page"}
    return {"cells": [title, *cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def a_cell(source: str, shows: str) -> dict:
    output = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/html": shows}}
    name = re.sub(r"\W", "", source)
    return {
        "cell_type": "code", "id": name, "metadata": {}, "execution_count": 1, "source": source, "outputs": [output]
    }  # fmt: skip


def links(root: Path) -> list[tuple[str, str]]:
    """Built by Sphinx: each link with the caption of the table before it."""
    settings = {"extensions": ["myst_nb"], "exclude_patterns": ["_build"], "nb_execution_mode": "off"}
    settings["source_suffix"] = {".md": "myst-nb", ".ipynb": "myst-nb"}  # another test's Sphinx may have left its own
    out = root / "_build" / "html"
    with docutils_namespace():  # what one Sphinx has registered, the next would complain about
        app = Sphinx(root, None, out, out / ".doctrees", "html", settings, status=None, warning=io.StringIO())
        app.connect("doctree-read", link_tables)
        app.build()
    page = html.parse(out / "book" / "audits" / AUDIT / "page.html")
    found = page.xpath("//p[contains(@class, 'ab-table-file')]/a")
    return [(link.xpath("string(preceding::caption[1])"), f"{link.get('href')} {link.text}") for link in found]


def test_a_link_says_which_figures_and_how_large_the_file_is(tmp_path):
    a_project(tmp_path)
    assert links(tmp_path) == [("Themes", "downloads/themes.csv These figures as CSV: Themes & <more> (2 kB)")]


def test_the_size_is_told_anew_when_the_file_was_made_again(tmp_path):
    a_project(tmp_path)
    links(tmp_path)
    a_project(tmp_path, size=96_000)
    assert links(tmp_path)[0][1].endswith("(96 kB)")
