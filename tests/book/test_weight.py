"""How heavy and how steady a page is: for a reader on a slow line, with an old phone."""

import gzip
from urllib.parse import unquote, urlsplit

import pytest
from browsing import EACH_KIND, MOST_BYTES
from lxml import html

MOST_REQUESTS = 20
MOST_SHIFT = 0.1
"""Cumulative layout shift up to which a page counts as steady. Source: web.dev/cls."""
SHIFTS = """
window.shift = 0;
new PerformanceObserver(list => list.getEntries()
    .forEach(each => { if (!each.hadRecentInput) window.shift += each.value }))
    .observe({ type: "layout-shift", buffered: true });
"""


def compressed(content: bytes) -> int:
    return len(gzip.compress(content))


@pytest.mark.parametrize("path", EACH_KIND)
@pytest.mark.parametrize("mode", ["light", "narrow"])
def test_a_first_visit_weighs_little_asks_little_and_moves_nothing(visit, path, mode):
    opened = visit(path, mode, keep_answers=True, first=SHIFTS)
    opened.page.wait_for_load_state("load")
    weights = {url: compressed(body) for url, body in opened.bodies.items()}
    assert sum(weights.values()) <= MOST_BYTES, sorted(weights.items(), key=lambda each: -each[1])
    assert len(opened.requests) <= MOST_REQUESTS
    assert opened.page.evaluate("window.shift") < MOST_SHIFT


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
