"""The search in a browser: whoever types a word of their own, a short name or a number finds the page."""

import re

import pytest
from browsing import violations
from playwright.sync_api import expect

FIRST = 3
"""Results that a reader sees without scrolling."""


def hits(page) -> list[tuple[str, str]]:
    """Words and address of the first results, best first."""
    expect(page.locator(".search-summary")).to_contain_text("Search finished")
    links = page.locator("#search-results li > a")
    return [(link.inner_text(), link.get_attribute("href")) for link in links.all()[:FIRST]]


@pytest.mark.parametrize(
    ("words", "title", "place"),
    [
        ("voice of the child", "Voice of the child", "themes/published/voice_of_child.html"),
        ("hidden men", "Fathers and male partners > hidden men", "themes/published/fathers_and_male_partners.html#"),
        ("Step down", "Transitions and step-down > step down", "themes/published/transitions_and_step_down.html#"),
        ("section 47", "Strategy discussions (demonstration) > section 47", "synthetic/strategy_discussions.html#"),
        ("virtual visits", "Flexible services > virtual visits", "themes/published/flexible_services.html#"),
        ("GP", "Agencies > GP", "codebook/agencies.html#"),
        ("General practice", "Agencies > General practice", "codebook/agencies.html#general-practice"),
        ("WMP", "Agencies > WMP", "codebook/agencies.html#"),
        ("West Midlands Police", "Agencies > West Midlands Police", "codebook/agencies.html#west-midlands-police"),
        ("Recommendation 3", "Recommendation 3 of Q4 2020-21", "recommendations.html#recommendation-3-of-q4-2020-21"),
        ("recommendation 6 of q1 2021-22", "Recommendation 6 of Q1 2021-22", "-demonstration.html#recommendation-6"),
    ],
)
def test_a_search_finds_by_name_other_name_and_number(visit, words, title, place):
    page = visit("search").page
    page.goto(f"{page.url}?q={words}")
    assert [address for told, address in hits(page) if title in told and place in address] != []


def test_of_a_word_that_many_pages_hold_the_best_are_shown_and_how_many_there_are_is_said(visit):
    page = visit("search").page
    page.goto(f"{page.url}?q=audit")
    expect(page.locator(".search-summary")).to_contain_text(re.compile(r"found the best 50 of \d{2,} page"))
    assert page.locator("#search-results li > a").count() == 50
    assert "audit" in hits(page)[0][0].lower()


def test_a_result_says_of_which_audit_it_is(visit):
    page = visit("search").page
    page.goto(f"{page.url}?q=grades")
    titles = [title for title, _ in hits(page)]
    assert titles == ["Grades, Q1 2021-22", "Grades, Q2 2021-22", "Grades, Q3 2021-22"]


def test_the_search_opens_by_keyboard_and_its_results_are_accessible(visit):
    opened = visit("book/index")
    page = opened.page
    page.keyboard.press("Control+k")
    page.get_by_role("dialog", name="Search").get_by_role("searchbox").fill("voice of the child")
    page.keyboard.press("Enter")
    found = page.locator("#search-results a", has_text="Voice of the child").first
    expect(found).to_be_visible()
    expect(page.locator("#search-results p.context").first).to_be_visible()
    assert opened.complaints == []
    assert violations(page) == []
    found.click()
    expect(page.get_by_role("heading", level=1, name="Voice of the child")).to_be_visible()
