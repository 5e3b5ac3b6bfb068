"""The built site in a real browser: read by anybody, on any screen, and asking nobody for anything."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
MODES = {
    "light": {"viewport": WIDE, "color_scheme": "light"},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "narrow": {"viewport": NARROW, "color_scheme": "light"},
}
AUDIT = "book/audits/2020-21-Q4"
EACH_KIND = [
    "search",
    "book/index",
    "book/audits/2020-21",
    "book/audits/2021-22-demonstration",
    f"{AUDIT}/briefing",
    "book/audits/2021-22-Q3/briefing",
    f"{AUDIT}/case_overview",
    "book/audits/2021-22-Q4/case_overview",
    "book/audits/2021-22-Q3/theme_frequencies",
    "book/audits/2021-22-Q4/agency_involvement",
    "book/audits/2021-22-Q4/grades",
    "book/audits/2021-22-Q2/recommendations",
    f"{AUDIT}/about",
    "book/trends/synthetic",
    "book/pooled/year-2021-22",
    "book/themes/synthetic",
    "book/themes/synthetic/voice_of_child",
    "book/agencies/synthetic",
    "book/guide/a-quarter",
    "book/recommendations",
    "book/recommendations-demonstration",
    "book/codebook/themes",
    "book/codebook/variables",
    "book/codebook/agencies",
    "book/codebook/code-sets",
    "book/method/how-we-count",
    "book/method/refusals",
    "book/method/commands",
    "book/method/code-sets",
    "book/method/provenance-2020-21-Q4",
    "book/about/accessibility",
]
VERY_LONG = ("book/method/how-we-count", "book/method/refusals")
"""Hundreds of rules in the same form, one as good as another: axe looks at the first of each section."""
NOT_THE_FIRST = {"exclude": [["article > section > section > section:nth-of-type(n+2)"]]}
MOST_BYTES = 300_000
"""Of a page and all it loads at first view, compressed; the budget of a reader on a slow line."""


@dataclass
class Visit:
    """A page in a browser, with everything it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)


@pytest.fixture
def visit(site, new_context) -> Iterator[Callable[..., Visit]]:
    """Open a page in a mode; answers are kept only when asked for. The site is built before a browser starts."""

    def open_page(path: str, mode: str = "light", root: str = "", keep_answers: bool = False, **options) -> Visit:
        page = new_context(**MODES[mode], **options).new_page()
        opened = Visit(page)
        page.on("request", lambda request: opened.requests.append(request.url))
        page.on(
            "response", lambda answer: answer.status < 400 or opened.complaints.append(f"{answer.status}: {answer.url}")
        )
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.on("console", lambda said: said.type in ("error", "warning") and opened.complaints.append(said.text))
        if keep_answers:
            page.on("response", lambda answer: opened.bodies.update({answer.url: answer.body()}))
        page.goto(f"{root or site.address}/{path}.html")
        return opened

    yield open_page


def violations(page: Page, context: dict | None = None, rules: str = "") -> list[str]:
    """Each broken rule of axe, with where and why. `rules` is one of its categories; all of them unless given."""
    options: dict = {"resultTypes": ["violations"], "preload": False}
    if rules:
        options["runOnly"] = {"type": "tag", "values": [rules]}
    found = Axe().run(page, context=context, options=options).response["violations"]
    return [f"{each['id']}: {node['html'][:120]}: {node['failureSummary']}" for each in found for node in each["nodes"]]


def overflow(page: Page) -> list[str]:
    """What stands out at the right, when the page is wider than the screen."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
            .filter(part => part.getBoundingClientRect().right > innerWidth + 1)
            .map(part => part.tagName + "." + part.className)"""
    )


@pytest.mark.parametrize("path", EACH_KIND)
def test_each_kind_of_page_is_accessible_quiet_and_as_wide_as_the_screen(visit, site, path):
    """Complaints are read first: axe itself asks for things that the page's policy refuses. In the dark only the rules
    of colour can tell anything new.
    """
    for mode in MODES:
        opened = visit(path, mode)
        assert opened.complaints == []
        assert [url for url in opened.requests if not url.startswith(site.address)] == []
        assert (mode, overflow(opened.page)) == (mode, [])
        context, rules = NOT_THE_FIRST if path in VERY_LONG else None, "cat.color" if mode == "dark" else ""
        assert (mode, violations(opened.page, context, rules)) == (mode, [])
        opened.page.close()


def kind(page: str) -> str:
    """What a page is like: a page of an audit is like that of every other audit, others are like their neighbours."""
    folders, _, name = page.rpartition("/")
    return name if folders.startswith("book/audits/") else folders if folders != "book" else page


def test_every_kind_of_page_of_the_book_is_looked_at(site):
    """A kind of page that is added to the book must be added above."""
    looked_at = {kind(page).removesuffix("published").removesuffix("synthetic") for page in EACH_KIND}
    there = {kind(page).removesuffix("published").removesuffix("synthetic") for page in site.pages}
    assert there - looked_at == set()


def test_a_first_visit_to_a_briefing_weighs_little(visit):
    opened = visit(f"{AUDIT}/briefing", keep_answers=True)
    opened.page.wait_for_load_state("networkidle")
    weights = {url: len(gzip.compress(body)) for url, body in opened.bodies.items()}
    assert sum(weights.values()) < MOST_BYTES, sorted(weights.items(), key=lambda each: -each[1])


def test_the_reader_chooses_dark_and_the_next_page_is_dark_too(visit):
    page = visit("book/index").page
    switch = page.get_by_role("button", name="Colours")
    for _ in range(3):
        if page.locator("html").get_attribute("data-mode") == "dark":
            break
        switch.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(switch).to_contain_text("Dark")
    page.get_by_role("link", name="Babies stepped down").first.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_on_a_narrow_screen_the_contents_open_and_close_by_keyboard(visit):
    page = visit(f"{AUDIT}/briefing", "narrow").page
    menu = page.get_by_role("button", name="Contents")
    menu.press("Enter")
    contents = page.get_by_role("dialog", name="Contents")
    expect(contents.get_by_role("link", name="Case overview")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(contents).to_be_hidden()
    expect(menu).to_be_focused()
    menu.click()
    contents.get_by_role("button", name="Close").click()
    expect(contents).to_be_hidden()


def test_a_search_finds_a_theme_by_its_name(visit):
    opened = visit("book/index")
    page = opened.page
    page.keyboard.press("Control+k")
    page.get_by_role("dialog", name="Search").get_by_role("searchbox").fill("voice of the child")
    page.keyboard.press("Enter")
    found = page.locator("#search-results a", has_text="Themes").first
    expect(found).to_be_visible()
    expect(page.locator("#search-results p.context").first).to_be_visible()
    assert opened.complaints == []
    assert violations(page) == []
    found.click()
    expect(page.get_by_role("heading", level=1, name="Themes")).to_be_visible()


def test_the_skip_link_comes_first_and_leads_to_the_text(visit):
    page = visit(f"{AUDIT}/briefing").page
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    skip.press("Enter")
    assert page.evaluate("location.hash") == "#main-content"


def test_everything_that_has_the_focus_shows_it(visit):
    page = visit(f"{AUDIT}/briefing").page
    for _ in range(15):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px", page.evaluate("document.activeElement.outerHTML")


def test_without_a_script_a_narrow_screen_still_has_the_contents(visit):
    page = visit(f"{AUDIT}/briefing", "narrow", java_script_enabled=False).page
    expect(page.get_by_role("link", name="Case overview").first).to_be_visible()
    expect(page.get_by_role("button", name="Search")).to_be_hidden()


def test_on_paper_a_briefing_is_its_title_and_its_seven_boxes(visit):
    page = visit(f"{AUDIT}/briefing").page
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("heading", level=2)).to_have_count(7)
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("button")).to_have_count(0)


def test_the_print_button_prints(visit):
    page = visit(f"{AUDIT}/briefing").page
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("printed")


def test_the_book_reads_from_a_folder(visit, site):
    page = visit("index", root=f"file://{site.folder}").page
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("link", name="Babies stepped down").first.click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("How the audit was done")
