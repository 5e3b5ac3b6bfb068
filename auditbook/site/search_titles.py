"""Titles of search results: every audit has a page “Grades”, so a title there says of which audit it is.

What else a place is called (`blocks.found_by`) is found like a title: “Agencies > GP” leads to General practice.
"""

from html import escape

from sphinx.application import Sphinx

from auditbook.codebook.quarter import AuditId
from auditbook.site.sidebar import DEMONSTRATION, Tree

AUDITS = "book/audits/"
MADE_UP = "(demonstration)"


def search_title(tree: Tree, page: str, title: str) -> str:
    """`Grades, Q3 2021-22`; `Voice of the child (demonstration)`; any other page's own title."""
    folder = page.removeprefix(AUDITS).rpartition("/")[0]
    if page.startswith(AUDITS) and folder:
        return f"{title}, {AuditId.read(folder).label}"
    partner = tree.partner_of(page)
    title = f"{title}, {partner}" if partner else title
    is_made_up = tree.caption_of(page) == DEMONSTRATION and "demonstration" not in title.lower()
    return f"{title} {MADE_UP}" if is_made_up else title


def tell_titles_apart(app: Sphinx, tree: Tree) -> None:
    """Put the titles into the search index, in place of the pages' own. A page's title leads to its beginning.

    Doing so twice changes nothing, for Sphinx keeps what it does not read again.
    """
    indexer = getattr(app.builder, "indexer", None)
    for page in [*indexer._titles] if indexer else ():
        if page not in app.env.titles:
            continue
        page_title = app.env.titles[page].astext()
        title = escape(search_title(tree, page, page_title), quote=False)
        indexer._titles[page] = title
        sections = [section for section in indexer._all_titles.get(page, []) if section[0] not in (page_title, title)]
        entries = app.env.domaindata["index"]["entries"].get(page, ())
        others = [(escape(words, quote=False), place) for _, words, place, *_ in entries]
        indexer._all_titles[page] = list(dict.fromkeys([(title, None), *sections, *others]))
        indexer._index_entries.pop(page, None)  # their results would not say what was found
