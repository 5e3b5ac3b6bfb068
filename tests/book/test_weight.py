"""How heavy each page of the book is, for a reader on a slow line; and how long its path."""

from urllib.parse import unquote, urlsplit

from browsing import MOST_BYTES, compressed
from lxml import html


def test_no_page_of_the_book_is_too_heavy(site):
    """Every page with its styles, scripts and pictures, as their files say."""
    known: dict = {}
    heavy = {}
    for page in sorted(site.folder.rglob("*.html")):
        asked = html.parse(str(page)).xpath("//link[@rel='stylesheet']/@href | //script/@src | //img/@src")
        files = {(page.parent / unquote(urlsplit(each).path)).resolve() for each in asked if not urlsplit(each).scheme}
        for file in {page.resolve(), *files} - known.keys():
            known[file] = compressed(file.read_bytes())
        weight = sum(known[file] for file in {page.resolve(), *files})
        if weight > MOST_BYTES:
            heavy[page.relative_to(site.folder).as_posix()] = weight
    assert heavy == {}


def test_every_path_fits_where_windows_counts_its_letters(site):
    """260 for a whole path, where nobody raised it: 120 in a project leave as many for where it lies."""
    project = site.folder.parents[1]
    paths = [path.relative_to(project).as_posix() for path in (project / "_build").rglob("*")]
    assert len(paths) > 500 and [path for path in paths if len(path) > 120] == []
