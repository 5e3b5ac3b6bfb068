"""The built site in a real browser: read by anybody, on any screen, and asking nobody for anything."""

import json
import re

import pytest
from browsing import AUDIT, EACH_KIND, MODES, NOT_THE_FIRST, VERY_LONG, Looked, looked_at, overflow, violations
from generated import ACCESSIBILITY_CHECK, ROOT
from playwright.sync_api import expect

WIDTHS = (360, 640, 768, 1024, 1440, 1920, 2560)
"""Pixels, beside the 320 and 1280 at which everything is looked at: phones, tablets, large screens."""
CHECK_FILE = ROOT / "_build" / "accessibility-check.json"
looks: dict[tuple[str, str], Looked] = {}
"""What axe found, by page and mode; the last test of this file compares it with the accessibility statement."""


@pytest.mark.parametrize("path", EACH_KIND)
def test_each_kind_of_page_is_accessible_and_quiet_and_scrolls_sideways_on_no_screen(visit, site, path):
    """Complaints are read first: axe itself asks for things that the page's policy refuses. In the dark only the rules
    of colour can tell anything new.
    """
    for mode in MODES:
        opened = visit(path, mode)
        assert opened.complaints == []
        assert [url for url in opened.requests if not url.startswith(site.address)] == []
        assert (mode, overflow(opened.page)) == (mode, [])
        looks[path, mode] = found = look(opened, path, mode)
        assert (mode, found.violations) == (mode, ())
        for width in WIDTHS if mode == "narrow" else ():
            opened.page.set_viewport_size({"width": width, "height": 900})
            assert (width, overflow(opened.page)) == (width, [])
        opened.page.close()


def look(opened, path: str, mode: str) -> Looked:
    context, rules = NOT_THE_FIRST if path in VERY_LONG else None, "cat.color" if mode == "dark" else ""
    return looked_at(opened.page, context, rules)


@pytest.mark.parametrize("path", [f"{AUDIT}/case_overview", "book/trends/synthetic", "book/themes/synthetic"])
def test_of_each_picture_one_is_seen_the_wide_one_where_there_is_room_and_on_paper(visit, path):
    """Two that stand abreast have half the room, so there the narrow ones are seen."""
    page = visit(path).page
    pictures, abreast = page.locator(".ab-chart").count(), page.locator(".ab-abreast .ab-chart").count()
    assert pictures > 0
    for media, width, slim in (("screen", 1280, abreast), ("screen", 320, pictures), ("print", 680, abreast)):
        page.emulate_media(media=media)
        page.set_viewport_size({"width": width, "height": 900})
        shown = {each: page.locator(f".ab-{each} > svg:visible").count() for each in ("narrow", "wide")}
        assert (media, width, shown) == (media, width, {"narrow": slim, "wide": pictures - slim})


def kind(page: str) -> str:
    """What a page is like: a page of an audit is like that of every other audit, others are like their neighbours."""
    folders, _, name = page.rpartition("/")
    return name if folders.startswith("book/audits/") else folders if folders != "book" else page


def test_every_kind_of_page_of_the_book_is_looked_at(site):
    """A kind of page that is added to the book must be added above."""
    looked_at = {kind(page).removesuffix("published").removesuffix("synthetic") for page in EACH_KIND}
    there = {kind(page).removesuffix("published").removesuffix("synthetic") for page in site.pages}
    assert there - looked_at == set()


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


def test_the_accessibility_statement_says_what_axe_found_now(visit):
    """What axe found is left in `_build/accessibility-check.json`; the statement has numbers of a committed copy."""
    for path in EACH_KIND:
        for mode in MODES:
            if (path, mode) not in looks:
                opened = visit(path, mode)
                looks[path, mode] = look(opened, path, mode)
                opened.page.close()
    everything = [looks[path, mode] for path in EACH_KIND for mode in MODES]
    assert [(each, told) for each, seen in looks.items() for told in seen.violations] == []
    found = {
        "checker": "axe-core",
        "version": everything[0].version,
        "pages": sorted(re.sub(r"^book/", "", path) for path in EACH_KIND),
        "modes": list(MODES),
        "rules": len(frozenset[str]().union(*(each.rules for each in everything))),
        "violations": sum(len(each.violations) for each in everything),
        "undecided": sorted(frozenset[str]().union(*(each.undecided for each in everything))),
    }
    CHECK_FILE.parent.mkdir(exist_ok=True)
    CHECK_FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    assert json.loads(ACCESSIBILITY_CHECK.read_text("utf-8")) == found, (
        f"copy {CHECK_FILE.relative_to(ROOT)} to {ACCESSIBILITY_CHECK.relative_to(ROOT)}, then make generated"
    )
