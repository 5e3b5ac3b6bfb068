"""Each kind of page in a browser, opened once in each mode: quiet, light, steady, whole on screen and on paper."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from browsing import (
    EACH_KIND,
    MODES,
    MOST_BYTES,
    NOT_THE_FIRST,
    VERY_LONG,
    Looked,
    Visit,
    compressed,
    looked_at,
    overflow,
)
from generated import ACCESSIBILITY_CHECK, ROOT
from playwright.sync_api import Page

WIDTHS = (360, 640, 768, 1024, 1440, 1920, 2560)
"""Pixels, beside the 320 and 1280 at which everything is looked at: phones, tablets, large screens."""
SHEET = {"width": 680, "height": 1000}
"""As wide as the text of an A4 sheet, at 96 pixels an inch."""
MOST_REQUESTS = 20
MOST_SHIFT = 0.1
"""Cumulative layout shift up to which a page counts as steady. Source: web.dev/cls."""
SHIFTS = """
window.shift = 0;
new PerformanceObserver(list => list.getEntries()
    .forEach(each => { if (!each.hadRecentInput) window.shift += each.value }))
    .observe({ type: "layout-shift", buffered: true });
"""
CUT = """
() => [...document.querySelectorAll("article *")]
    .filter(part => part.scrollWidth > part.clientWidth + 1 && part.clientWidth)
    .filter(part => ["auto", "scroll", "hidden"].includes(getComputedStyle(part).overflowX))
    .filter(part => part.tagName !== "THEAD")
    .map(part => part.tagName + "." + part.className)
"""
"""What scrolls on a screen, and would be cut on paper."""
CHECK_FILE = ROOT / "_build" / "accessibility-check.json"


@dataclass(frozen=True)
class FirstView:
    """What a reader's browser tells of a page.

    complaints  of the browser, before axe, which itself asks for things that the page's policy refuses
    requests    every address that was asked for
    weights     address → compressed bytes
    shift       cumulative layout shift
    overflow    width in pixels → what stands out at the right: at the mode's own width, and in narrow mode at WIDTHS
    looked      what axe found
    paper       what is wrong on paper; of the light mode alone
    """

    complaints: tuple[str, ...]
    requests: tuple[str, ...]
    weights: dict[str, int]
    shift: float
    overflow: dict[int, list[str]]
    looked: Looked
    paper: dict[str, object]


views: dict[tuple[str, str], FirstView] = {}
"""By page and mode: several tests ask of each, and it is opened for the first of them."""


@pytest.fixture
def first_view(visit) -> Callable[[str, str], FirstView]:
    def view(path: str, mode: str) -> FirstView:
        if (path, mode) not in views:
            opened = visit(path, mode, first=SHIFTS)
            views[path, mode] = viewed(opened, path, mode)
            opened.page.context.close()
        return views[path, mode]

    return view


def viewed(opened: Visit, path: str, mode: str) -> FirstView:
    page = opened.page
    page.wait_for_load_state("load")
    weights = {answer.url: compressed(answer.body()) for answer in opened.answers}
    told = tuple(opened.complaints), tuple(opened.requests), weights
    shift = page.evaluate("window.shift")
    looked = look(page, path, mode)
    standing_out = {MODES[mode]["viewport"]["width"]: overflow(page)}
    for width in WIDTHS if mode == "narrow" else ():
        page.set_viewport_size({"width": width, "height": 900})
        standing_out[width] = overflow(page)
    return FirstView(*told, shift, standing_out, looked, on_paper(page) if mode == "light" else {})


def look(page: Page, path: str, mode: str) -> Looked:
    """In the dark only the rules of colour can tell anything new."""
    context, rules = NOT_THE_FIRST if path in VERY_LONG else None, "cat.color" if mode == "dark" else ""
    return looked_at(page, context, rules)


def on_paper(page: Page) -> dict[str, object]:
    page.emulate_media(media="print")
    page.set_viewport_size(SHEET)
    heads, stacked = page.locator(".ab-stacked thead:visible").count(), page.locator(".ab-stacked table").count()
    return {
        "too wide": page.evaluate("document.documentElement.scrollWidth") > SHEET["width"],
        "cut": page.evaluate(CUT),
        "tables that fall apart": stacked - heads,
        "links to files": page.locator(".ab-downloads:visible").count(),
    }


@pytest.mark.parametrize("path", EACH_KIND)
def test_each_kind_of_page_is_accessible_and_quiet_and_scrolls_sideways_on_no_screen(first_view, site, path):
    for mode in MODES:
        view = first_view(path, mode)
        assert (mode, view.complaints) == (mode, ())
        assert (mode, [url for url in view.requests if not url.startswith(site.address)]) == (mode, [])
        assert (mode, {width: parts for width, parts in view.overflow.items() if parts}) == (mode, {})
        assert (mode, view.looked.violations) == (mode, ())


@pytest.mark.parametrize("path", EACH_KIND)
@pytest.mark.parametrize("mode", ["light", "narrow"])
def test_a_first_visit_weighs_little_asks_little_and_moves_nothing(first_view, path, mode):
    view = first_view(path, mode)
    assert sum(view.weights.values()) <= MOST_BYTES, sorted(view.weights.items(), key=lambda each: -each[1])
    assert len(view.requests) <= MOST_REQUESTS
    assert view.shift < MOST_SHIFT


@pytest.mark.parametrize("path", [path for path in EACH_KIND if path != "search"])
def test_on_paper_no_page_loses_words_and_no_table_falls_apart(first_view, path):
    wrong = {name: found for name, found in first_view(path, "light").paper.items() if found}
    assert wrong == {}


def kind(page: str) -> str:
    """What a page is like: a page of an audit is like that of every other audit, others are like their neighbours."""
    folders, _, name = page.rpartition("/")
    return name if folders.startswith("book/audits/") else folders if folders != "book" else page


def test_every_kind_of_page_of_the_book_is_looked_at(site):
    """A kind of page that is added to the book must be added above."""
    looked_at = {kind(page).removesuffix("published").removesuffix("synthetic") for page in EACH_KIND}
    there = {kind(page).removesuffix("published").removesuffix("synthetic") for page in site.pages}
    assert there - looked_at == set()


def test_the_accessibility_statement_says_what_axe_found_now(first_view):
    """What axe found is left in `_build/accessibility-check.json`; the statement has numbers of a committed copy."""
    looks = [first_view(path, mode).looked for path in EACH_KIND for mode in MODES]
    assert [told for looked in looks for told in looked.violations] == []
    found = {
        "checker": "axe-core",
        "version": looks[0].version,
        "pages": sorted(re.sub(r"^book/", "", path) for path in EACH_KIND),
        "modes": list(MODES),
        "rules": len(frozenset[str]().union(*(looked.rules for looked in looks))),
        "violations": sum(len(looked.violations) for looked in looks),
        "undecided": sorted(frozenset[str]().union(*(looked.undecided for looked in looks))),
    }
    CHECK_FILE.parent.mkdir(exist_ok=True)
    CHECK_FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    assert json.loads(ACCESSIBILITY_CHECK.read_text("utf-8")) == found, (
        f"copy {CHECK_FILE.relative_to(ROOT)} to {ACCESSIBILITY_CHECK.relative_to(ROOT)}, then make generated"
    )
