"""The built site in a real browser: read by anybody, on any screen, and asking nobody for anything."""

import pytest
from browsing import AUDIT, violations
from playwright.sync_api import expect

LAPTOP, MOST_SCREENS = {"width": 1400, "height": 900}, 5
SHORT = [
    "book/trends/synthetic",
    "book/themes/synthetic",
    "book/themes/synthetic/information_sharing",
    "book/agencies/synthetic",
    "book/pooled/year-2021-22",
    *(f"book/audits/2021-22-{quarter}/theme_frequencies" for quarter in ("Q1", "Q3", "Q4")),
    "book/audits/2021-22-Q4/agency_involvement",
    "book/audits/2021-22-Q4/grades",
    "book/audits/2021-22-Q4/about",
    f"{AUDIT}/case_overview",
    f"{AUDIT}/briefing",
]


@pytest.mark.parametrize("path", [f"{AUDIT}/case_overview", "book/trends/synthetic", "book/themes/synthetic"])
def test_of_each_picture_one_is_seen_the_wide_one_where_there_is_room_and_on_paper(visit, path):
    """Two that stand abreast have half the room, so there the narrow ones are seen; at twice the size none do."""
    page = visit(path).page
    pictures, abreast = page.locator(".ab-chart").count(), page.locator(".ab-abreast .ab-chart").count()
    assert pictures > 0
    seen = [("screen", 1280, abreast), ("screen", 700, 0), ("screen", 320, pictures), ("print", 680, abreast)]
    for media, width, slim in seen:
        page.emulate_media(media=media)
        page.set_viewport_size({"width": width, "height": 900})
        shown = {each: page.locator(f".ab-{each} > svg:visible").count() for each in ("narrow", "wide")}
        assert (media, width, shown) == (media, width, {"narrow": slim, "wide": pictures - slim})


@pytest.mark.parametrize("path", SHORT)
def test_a_page_is_as_short_as_its_news(visit, path):
    """Four audits, or some forty findings, in five screens of a laptop; what is no news is folded."""
    page = visit(path).page
    page.set_viewport_size(LAPTOP)
    screens = page.evaluate("document.querySelector('.ab-main').scrollHeight") / LAPTOP["height"]
    assert (path, screens <= MOST_SCREENS) == (path, True), screens


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
