"""The directive `{downloads}`: links to what a page's readers can take away, each with its kind and size.

In a page of an audit, alone on its lines:

    ```{downloads}
    ```

The briefing's page offers its forms, every other page the CSV files of its tables, and all of them the workbook.

Under each table of an audit's page stands a link to the CSV file that holds its figures. It is put in when Sphinx reads
the executed page, so that the page's own bytes do not hang on a file's size.
"""

import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from auditbook.downloads.records import Download, downloads, downloads_folder, record_of, size_in_words

PAGE = re.compile(r"book/audits/([^/]+)/[^/]+")
OPENED = re.compile(r"^(\w+) = \w+\.table\([\"'](\w+)[\"']\)", re.MULTILINE)
SHOWN_TABLE = re.compile(r"^(\w+)\.show\(|^\w+\.table\([\"'](\w+)[\"']\)\.show\(", re.MULTILINE)
OF_TABLES = {
    "cases": ("cases",),
    "flags": ("characteristics",),
    "categories": ("characteristics",),
    "crossings": ("crossings",),
    "numbers": ("numbers", "bands"),
    "themes": ("themes",),
    "theme_cases": ("themes",),
    "findings": ("findings",),
    "replies": ("involvement",),
    "funnel": ("involvement",),
    "channels": ("involvement",),
    "agencies": ("agencies", "involvement"),
    "grades": ("grades",),
    "grades_by_agency": ("grades",),
    "grades_by_sample": ("grades",),
    "asked": ("answers",),
    "by_agency": ("answers",),
    "agreement": ("answers",),
    "statuses": ("actions",),
    "recommendations": ("recommendations",),
}
"""The table that a page shows → the open tables that hold its figures. `combinations` stand in none."""
logger = logging.getLogger(__name__)


class DownloadLinks(SphinxDirective):
    """Draws the links. When files were made again, the page is read again, so that the sizes are theirs."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        *_, audit, page = self.env.docname.split("/")
        root = Path(self.env.srcdir)
        folder = downloads_folder(root, audit)
        offered = downloads(root, audit, page)
        if not offered and not record_of(folder).is_file():
            self.env.note_reread()  # a page kept from an earlier build would not warn again
            where = (self.env.docname, self.lineno)
            logger.warning("nothing was made to take away of %s; auditbook run makes it.", audit, location=where)
            return []
        for download in offered:
            self.env.note_dependency(str((folder / download.name).relative_to(root)))
        if not offered:
            return []
        items = "".join(_item(download, (folder / download.name).stat().st_size) for download in offered)
        return [nodes.raw("", f'<ul class="ab-downloads">{items}</ul>', format="html")]


def _item(download: Download, size: int) -> str:
    return (
        f'<li><a href="downloads/{escape(download.name)}" type="{escape(download.media_type)}">'
        f"{escape(download.label)}, {size_in_words(size)}</a></li>"
    )


def link_tables(app: Sphinx, doctree: nodes.document) -> None:
    """Put the links below every cell of the page that shows a table."""
    page = PAGE.fullmatch(app.env.docname)
    path = Path(app.env.doc2path(app.env.docname))
    if not page or path.suffix != ".ipynb":
        return
    root, [audit] = Path(app.srcdir), page.groups()
    offered = {download.name: download for download in downloads(root, audit)}
    sources = ["".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]]
    opened = dict(OPENED.findall("\n".join(sources)))
    for cell in doctree.findall(nodes.container):
        if cell.get("nb_element") == "cell_code" and _has_table(cell):
            for name in csv_files(sources[cell["cell_index"]], opened):
                if name in offered:
                    file = downloads_folder(root, audit) / name
                    app.env.note_dependency(str(file.relative_to(root)))
                    cell.append(nodes.raw("", _link(offered[name], file.stat().st_size), format="html"))


def csv_files(source: str, opened: Mapping[str, str]) -> list[str]:
    """The CSV files that hold what a cell's tables show.

    opened  name in the page → the table that it was given (`themes = audit.table("themes")`)
    """
    shown = [name or opened.get(variable, "") for variable, name in SHOWN_TABLE.findall(source)]
    return [f"{file}.csv" for table in shown for file in OF_TABLES.get(table, ())]


def _has_table(cell: nodes.container) -> bool:
    return any("<table" in raw.astext() for raw in cell.findall(nodes.raw))


def _link(download: Download, size: int) -> str:
    title = download.label.removesuffix(", CSV")
    return (
        f'<p class="ab-note ab-table-file"><a href="downloads/{escape(download.name)}" '
        f'type="{escape(download.media_type)}">These figures as CSV: {escape(title)} ({size_in_words(size)})</a></p>'
    )
