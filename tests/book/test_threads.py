"""The register in a browser: whole without its script; with it filtered and ordered, and every link finds its way."""

from datetime import date, datetime

import pytest
from playwright.sync_api import Page, expect

from auditbook.site.sphinx_ext import THEME_FOLDER

REGISTER = "book/recommendations-demonstration.html"


def headings(page: Page) -> list[str]:
    return [each.inner_text().split("\n")[0].rstrip("#").strip() for each in page.locator("article h3:visible").all()]


@pytest.fixture
def register(page, site) -> Page:
    page.goto(f"{site.address}/{REGISTER}")
    return page


def test_without_scripts_every_recommendation_is_there(browser, site):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site.address}/{REGISTER}")
    assert len(headings(page)) == 16  # 21 rows, of which 5 follow others
    assert page.locator(".ab-filter").count() == 0
    page.context.close()


@pytest.mark.parametrize("width", [390, 1400])
def test_two_clicks_lead_from_the_front_page_to_any_recommendations_history(browser, site, width):
    """One link, which a phone shows without opening its contents, and one fold."""
    page = browser.new_context(viewport={"width": width, "height": 844}).new_page()
    page.goto(f"{site.address}/book/index.html")
    page.get_by_role("link", name="What became of every recommendation").click()
    page.wait_for_url("**/book/recommendations*.html")
    folds, histories = page.locator("summary:visible"), page.locator("article dt:text-is('Audit')")
    folds = folds.filter(has_text="More on this recommendation")
    assert folds.count() == histories.count() == len(headings(page)) > 0
    folds.last.click()
    expect(histories.last).to_be_visible()
    page.context.close()


def last_day(words: str) -> date:
    """Of `31 December 2021` that day; a month alone stands before its days, and what is not stated after everything."""
    for pattern in ("%d %B %Y", "%B %Y", "%Y"):
        try:
            return datetime.strptime(words.strip(), pattern).date()
        except ValueError:
            continue
    return date.max


def test_the_most_pressing_come_first(register):
    assert headings(register)[0] == "Recommendation 6 of Q1 2021-22"
    assert register.locator("article h2").first.inner_text().startswith("Overdue")


def test_a_filter_leaves_what_fits_and_says_how_many(register):
    register.get_by_label("Where it stands").select_option("Overdue")
    assert len(headings(register)) == 3
    assert register.get_by_role("status").inner_text() == "3 of 16 shown"
    register.get_by_label("Owner").select_option("Early help")
    assert headings(register) == ["Recommendation 1 of Q2 2021-22"]
    register.get_by_label("Where it stands").select_option("All")
    register.get_by_label("Words").fill("SCREENING TOOL")
    assert headings(register) == []
    register.get_by_label("Owner").select_option("All")
    assert headings(register) == ["Recommendation 1 of Q1 2021-22"]


def test_another_order_moves_every_recommendation_and_back(register):
    before = headings(register)
    register.get_by_label("Order").select_option("Newest audit first")
    assert [each[-10:] for each in headings(register)] == sorted((each[-10:] for each in before), reverse=True)
    register.get_by_label("Order").select_option("Due first")
    due = [last_day(each.text_content()) for each in register.locator("dt:text-is('Due') + dd").all()]
    assert due == sorted(due) and len(due) == len(before)
    register.get_by_label("Order").select_option("Most pressing first")
    assert headings(register) == before


def test_a_link_to_a_recommendation_finds_it_though_it_was_filtered_away(register):
    register.get_by_label("Where it stands").select_option("Overdue")
    register.evaluate("location.hash = 'recommendation-2021-22-q4-2'")
    register.get_by_text("16 of 16 shown").wait_for()
    assert "Recommendation 2 of Q4 2021-22" in headings(register)


def an_entry(number: int, level: int) -> str:
    title = f"<h{level}>Recommendation {number} of Q{number} 2020-21</h{level}>"
    return f'<section id="r{number}"><span id="recommendation-{number}"></span>{title}<p>Word {number}.</p></section>'


@pytest.fixture
def of_two_years(page) -> Page:
    """A register of which the second year is folded, as `auditbook.site.repeated_content` makes it."""
    past = f'<details class="ab-folded ab-past"><summary>2</summary>{an_entry(2, 4)}{an_entry(3, 4)}</details>'
    done = f'<section id="done"><h2>Done</h2>{an_entry(1, 3)}<section><h3>Done: audits of 2019-20</h3>{past}</section>'
    script = (THEME_FOLDER / "static" / "register.js").read_text("utf-8")
    page.set_content(
        f'<div class="bd-article"><section><h1>All</h1>{done}</section></section></div><script>{script}</script>'
    )
    return page


def test_a_folded_year_opens_for_a_link_and_for_whoever_seeks_and_its_entries_come_back(of_two_years):
    entry, told = of_two_years.locator("#r3"), of_two_years.get_by_role("status")
    assert told.inner_text() == "3 of 3 shown" and not entry.is_visible()
    of_two_years.get_by_label("Words").fill("word 3")
    assert told.inner_text() == "1 of 3 shown" and entry.is_visible()
    of_two_years.get_by_label("Words").fill("")
    assert not entry.is_visible()
    of_two_years.get_by_label("Order").select_option("Newest audit first")
    assert entry.is_visible()
    of_two_years.get_by_label("Order").select_option("Most pressing first")
    assert not entry.is_visible()
    assert [each.get_attribute("id") for each in of_two_years.locator("details .ab-item").all()] == ["r2", "r3"]
    of_two_years.evaluate("location.hash = 'recommendation-3'")
    expect(entry).to_be_visible()
