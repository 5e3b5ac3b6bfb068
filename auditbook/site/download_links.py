"""The directive `{downloads}`: links to what a page's readers can take away, each with its kind and size.

In a page of an audit, alone on its lines:

    ```{downloads}
    ```

The briefing's page offers its forms, every other page the CSV files of its tables, and all of them the workbook.
"""

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from auditbook.downloads.records import Download, downloads, downloads_folder, record_of, size_in_words

logger = logging.getLogger(__name__)


class DownloadLinks(SphinxDirective):
    """Draws the links. When files were made again, the page is read again, so that the sizes are theirs."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        *_, audit, page = self.env.docname.split("/")
        root = Path(self.env.srcdir)
        folder = downloads_folder(root, audit)
        found = downloads(root, audit, page)
        if not found and not record_of(folder).is_file():
            self.env.note_reread()  # a page kept from an earlier build would not warn again
            where = (self.env.docname, self.lineno)
            logger.warning("nothing was made to take away of %s; auditbook run makes it.", audit, location=where)
            return []
        for each in found:
            self.env.note_dependency(str((folder / each.name).relative_to(root)))
        if not found:
            return []
        items = "".join(_item(each, (folder / each.name).stat().st_size) for each in found)
        return [nodes.raw("", f'<ul class="ab-downloads">{items}</ul>', format="html")]


def _item(download: Download, size: int) -> str:
    return (
        f'<li><a href="downloads/{escape(download.name)}" type="{escape(download.media_type)}">'
        f"{escape(download.label)}, {size_in_words(size)}</a></li>"
    )
