"""Three readers, each on their way through the book in a browser; what they see is left in `_build/screenshots/`."""

import csv
import io
import subprocess
from pathlib import Path

from browsing import AUDIT, picture
from playwright.sync_api import Page, expect

MOST_CLICKS = 5


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def text_of_pdf(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    return done.stdout


def test_a_practitioner_reads_the_newest_briefing_and_prints_it(visit, tmp_path):
    page = visit("index").page
    heading(page, "Multi-agency case file audits")
    picture(page, "practitioner-1-front-page")
    page.get_by_role("link", name="Read the whole briefing").click()
    expect(page.get_by_role("heading", level=2)).to_have_count(7)
    picture(page, "practitioner-2-briefing")
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("printed")
    page.emulate_media(media="print")
    picture(page, "practitioner-3-on-paper")
    paper = tmp_path / "briefing.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)
    printed = text_of_pdf(paper)
    boxes = [f"{number} " for number in range(1, 8)]
    assert all(any(line.strip().startswith(box) for line in printed.splitlines()) for box in boxes)
    assert "Search" not in printed and "Contents" not in printed
    assert printed.count("\f") <= 4


def test_a_practitioner_takes_the_briefing_as_pdf(visit):
    page = visit(f"{AUDIT}/briefing").page
    link = page.get_by_role("link", name="PDF")
    found = page.request.get(page.evaluate("link => link.href", link.element_handle()))
    assert found.ok and found.body().startswith(b"%PDF")
    kilobytes = int(link.inner_text().rpartition(", ")[2].removesuffix(" kB"))
    assert abs(len(found.body()) / 1000 - kilobytes) <= 1


def unfold(page: Page) -> None:
    """Open the tables below the pictures of a page, as a reader does who wants the numbers."""
    for summary in page.get_by_text("The same numbers as a table").all():
        summary.click()


def test_a_scrutineer_follows_a_theme_to_its_quarter_and_its_recommendation_to_where_it_stands(visit):
    page = visit("book/themes/synthetic").page
    page.get_by_role("main").get_by_role("link", name="Voice of the child").first.click()
    heading(page, "Voice of the child")
    picture(page, "scrutineer-1-theme")
    page.get_by_role("table").get_by_role("link", name="Q1 2021-22").click()
    heading(page, "Themes and findings")
    unfold(page)
    expect(page.get_by_role("table", name="Findings by theme")).to_be_visible()
    page.get_by_role("table", name="Findings by theme").get_by_role("link", name="Voice of the child").click()
    heading(page, "Voice of the child")
    page.get_by_role("link", name="Recommendation 4 of Q4 2021-22").first.click()
    item = page.locator("section", has=page.get_by_role("heading", level=3, name="Recommendation 4 of Q4 2021-22")).last
    expect(item).to_be_in_viewport()
    expect(item.locator("dt:text-is('Status') + dd")).to_contain_text("In progress")
    history = item.locator("dt:text-is('From audit to audit') + dd")
    expect(history).to_contain_text("Recommendation 4 of Q1 2021-22: carried forward")
    picture(page, "scrutineer-2-recommendation")


def test_a_scrutineer_asks_how_a_theme_was_counted_and_is_there_in_one_step(visit):
    page = visit("book/themes/synthetic/voice_of_child").page
    page.get_by_role("link", name="How was this counted?").click()
    expect(page.get_by_role("heading", level=2, name="Findings and themes")).to_be_in_viewport()


def test_an_analyst_searches_a_page_and_takes_its_figures_away(visit):
    page = visit("book/index").page
    page.keyboard.press("Control+k")
    page.get_by_role("dialog", name="Search").get_by_role("searchbox").fill("agencies and their part")
    page.keyboard.press("Enter")
    found = page.locator("#search-results a", has_text="Agencies and their part, Q1 2021-22").first
    expect(found).to_be_visible()  # a picture taken while the browser goes to another page may never come
    picture(page, "analyst-1-search")
    found.click()
    heading(page, "Agencies and their part")
    unfold(page)
    printed = page.get_by_role("table", name="What came of asking agencies").get_by_role("row")
    shown = dict(row.inner_text().split("\t") for row in printed.all()[1:])
    with page.expect_download() as started:
        page.get_by_role("link", name="Replies, channels and agencies by case, CSV").click()
    rows = csv.DictReader(io.StringIO(Path(started.value.path()).read_text("utf-8-sig")))
    figures = {row["measure"]: row["value"] for row in rows}
    assert figures["involvement.invited"] == shown["Invited to return an audit tool"].split()[0]
    assert figures["involvement.returned"] == shown["Returned it"].split()[0]
    picture(page, "analyst-2-page")


def test_an_analyst_takes_the_register_away_as_a_table_and_as_a_calendar(visit):
    page = visit("book/recommendations-demonstration").page
    files = {}
    for name in ("All recommendations, CSV", "Days due, iCalendar"):
        link = page.get_by_role("link", name=name)
        found = page.request.get(page.evaluate("link => link.href", link.element_handle()))
        size = max(1, round(len(found.body()) / 1000))
        assert link.inner_text().endswith(f", {size} kB")
        files[link.get_attribute("type")] = found.body().decode("utf-8-sig")
    rows = [*csv.DictReader(io.StringIO(files["text/csv"]))]
    assert len(rows) == page.locator("article h3").count()
    assert {row["collection"] for row in rows} == {"synthetic"}
    days = files["text/calendar"]
    assert days.startswith("BEGIN:VCALENDAR\r\n") and days.endswith("END:VCALENDAR\r\n")
    is_open = [row for row in rows if row["due"] and row["standing"] not in ("done", "abandoned", "followed")]
    assert days.count("BEGIN:VEVENT") == days.count("SUMMARY:Synthetic data: ") == len(is_open)


def test_commands_are_black_on_paper_whatever_the_colours_on_the_screen(visit):
    page = visit("book/guide/a-quarter").page
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        "() => [...document.querySelectorAll('.highlight span')].map(part => getComputedStyle(part).color)"
    )
    assert len(colours) > 5 and set(colours) == {"rgb(0, 0, 0)"}
