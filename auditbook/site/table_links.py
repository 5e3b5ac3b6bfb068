"""Under each table of an audit's page: the CSV file that holds its figures, with its size.

The link is put in when Sphinx reads the executed page, so that the page's own bytes do not hang on a file's size.
"""

import json
import re
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from auditbook.downloads.records import Download, downloads, downloads_folder, size_in_words

PAGE = re.compile(r"book/audits/([^/]+)/[^/]+")
CALL = re.compile(r"^tables\.(\w+)\(", re.MULTILINE)
OF_TABLES = {
    "cases": ("cases",),
    "flags": ("characteristics",),
    "categories": ("characteristics",),
    "numbers": ("numbers", "bands"),
    "themes": ("themes",),
    "theme_cases": ("themes",),
    "findings": ("findings",),
    "replies": ("involvement",),
    "funnel_of_agencies": ("involvement",),
    "channels": ("involvement",),
    "agencies": ("agencies", "involvement"),
    "grades": ("grades",),
    "recommendation_status": ("actions",),
    "recommendations": ("recommendations",),
}
"""What a page calls to draw a table → the open tables that hold its figures. `combinations` stand in none."""


def link_tables(app: Sphinx, doctree: nodes.document) -> None:
    """Put the links below every cell of the page that shows a table."""
    page = PAGE.fullmatch(app.env.docname)
    path = Path(app.env.doc2path(app.env.docname))
    if not page or path.suffix != ".ipynb":
        return
    root, [audit] = Path(app.srcdir), page.groups()
    offered = {each.name: each for each in downloads(root, audit)}
    sources = ["".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]]
    for cell in doctree.findall(nodes.container):
        if cell.get("nb_element") == "cell_code" and _has_table(cell):
            for name in csv_files(sources[cell["cell_index"]]):
                if name in offered:
                    file = downloads_folder(root, audit) / name
                    app.env.note_dependency(str(file.relative_to(root)))
                    cell.append(nodes.raw("", _link(offered[name], file.stat().st_size), format="html"))


def csv_files(source: str) -> list[str]:
    """The CSV files that hold what a cell's tables show."""
    return [f"{name}.csv" for call in CALL.findall(source) for name in OF_TABLES.get(call, ())]


def _has_table(cell: nodes.container) -> bool:
    return any("<table" in raw.astext() for raw in cell.findall(nodes.raw))


def _link(download: Download, size: int) -> str:
    title = download.label.removesuffix(", CSV")
    return (
        f'<p class="ab-note ab-table-file"><a href="downloads/{escape(download.name)}" '
        f'type="{escape(download.media_type)}">These figures as CSV: {escape(title)} ({size_in_words(size)})</a></p>'
    )
