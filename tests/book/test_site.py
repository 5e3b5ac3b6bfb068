"""The built site as files: nothing leads nowhere, nothing comes from elsewhere, and what was entered is only text."""

from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from book_project import HOSTILE, HOSTILE_ID
from lxml import html

from auditbook.site.web import page_problems, policy

HOSTILE_FOLDER = f"book/audits/{HOSTILE_ID}"


def documents(site) -> dict:
    """Path from the site's root → the page, parsed."""
    paths = sorted(site.folder.rglob("*.html"))
    return {path.relative_to(site.folder).as_posix(): html.parse(str(path)).getroot() for path in paths}


def lost_addresses(site) -> list[str]:
    """Every address within the site that leads to no file, or to an anchor that its page does not have."""
    pages = documents(site)
    anchors = {name: set(page.xpath("//@id")) | set(page.xpath("//@name")) for name, page in pages.items()}
    lost = []
    for name, page in pages.items():
        for address in page.xpath("//@href | //@src"):
            if urlsplit(address).scheme:
                continue
            target, anchor = urldefrag(address)
            path = (site.folder / name).parent / unquote(urlsplit(target).path) if target else site.folder / name
            found = path.resolve()
            if not found.is_file() or not found.is_relative_to(site.folder.resolve()):
                lost.append(f"{name}: {address}")
            elif anchor and anchor not in anchors[found.relative_to(site.folder.resolve()).as_posix()]:
                lost.append(f"{name}: {address} (no such anchor)")
    return lost


def test_every_address_within_the_book_leads_somewhere(site):
    assert lost_addresses(site) == []


def test_every_page_has_the_policy_and_nothing_it_forbids(site):
    for path in site.folder.rglob("*.html"):
        page = path.read_text("utf-8")
        [found] = html.fromstring(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert found == policy()
        assert list(page_problems(page)) == [], path


def test_every_page_has_one_title_one_main_heading_and_its_language(site):
    for name, page in documents(site).items():
        assert page.get("lang") == "en-GB", name
        assert len(page.xpath("//h1")) == 1, name
        assert page.xpath("count(//main)") == 1, name


def test_no_two_pages_have_the_same_title(site):
    titles = [page.findtext(".//title") for name, page in documents(site).items() if name != "index.html"]
    assert [title for title in set(titles) if titles.count(title) > 1] == []


def test_the_newest_audit_stands_first_on_the_front_page(site):
    [front] = [page for name, page in documents(site).items() if name == "book/index.html"]
    first = front.xpath("//div[contains(@class, 'ab-cards')]//a/@href")[0]
    assert first == "audits/2020-21-Q4/briefing.html"


def test_the_site_holds_no_source_no_notebook_and_nothing_that_is_never_loaded(site):
    names = [path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*") if path.is_file()]
    assert [name for name in names if name.endswith((".ipynb", ".md", ".map", ".py"))] == []
    tables = [name for name in names if name.endswith(".csv") and not name.endswith("-register.csv")]
    assert {Path(name).parent.name for name in tables} <= {"downloads"}
    assert [name for name in names if "thebe" in name or "fontawesome" in name or "bootstrap" in name] == []
    assert not any("thebe" in path.read_text("utf-8").lower() for path in site.folder.rglob("*.html"))


def test_every_page_of_a_made_up_audit_says_so_at_its_beginning(site):
    made_up = [name for name in site.pages if "/2021-22-Q" in name or name.endswith(("-demonstration", "/synthetic"))]
    assert len(made_up) > 10
    pages = documents(site)
    silent = [
        name for name in made_up if not pages[f"{name}.html"].xpath("//main//*[contains(@class, 'ab-synthetic')]")
    ]
    assert silent == []


def test_no_page_of_a_real_audit_says_that_it_is_made_up(site):
    real = [name for name in site.pages if "/2020-21" in name]
    pages = documents(site)
    assert len(real) > 5
    assert [name for name in real if pages[f"{name}.html"].xpath("//*[contains(@class, 'ab-synthetic')]")] == []


@pytest.mark.parametrize(
    "place",
    [
        "//nav[@aria-label='Contents']//a[@aria-current]",
        "//article//h1",
        "//div[contains(@class, 'ab-remit')]",
        "//div[contains(@class, 'ab-release')]",
    ],
)
def test_on_a_briefing_a_text_that_looks_like_markup_is_only_text(site, place):
    [found] = documents(site)[f"{HOSTILE_FOLDER}/briefing.html"].xpath(place)
    assert HOSTILE in " ".join(found.text_content().split())


@pytest.mark.parametrize(
    "page", [f"{HOSTILE_FOLDER}/about", "book/audits/2020-21", "book/recommendations", "book/index"]
)
def test_on_a_generated_page_a_text_that_looks_like_markup_is_only_text(site, page):
    article = documents(site)[f"{page}.html"].xpath("//article")[0]
    assert HOSTILE in " ".join(article.text_content().split())
    assert article.xpath(".//script | .//img | .//*[@onerror] | .//a[starts-with(@href, 'javascript')]") == []


def test_an_address_of_a_publication_that_is_no_address_is_only_text(site):
    article = documents(site)[f"{HOSTILE_FOLDER}/about.html"].xpath("//article")[0]
    assert "javascript:alert(1)" in article.xpath("//dt[.='Where']/following-sibling::dd[1]")[0].text_content()


def test_the_sidebar_shows_the_branch_of_the_page_and_no_other(site):
    nav = documents(site)["book/audits/2021-22-Q3/grades.html"].xpath("//nav[@aria-label='Contents']")[0]
    [current] = nav.xpath(".//a[@aria-current='page']")
    assert current.text_content() == "Grades"
    shown = [link for link in nav.xpath(".//a/@href") if "/" not in link or "briefing" in link]
    assert any("2021-22-Q4/briefing" in link for link in shown)
    assert not any("2020-21-Q4/" in link for link in nav.xpath(".//a/@href"))


def test_each_box_of_a_briefing_has_the_same_anchor_in_every_briefing(site):
    pages = documents(site)
    for audit in ("2020-21-Q4", "2021-22-Q1"):
        sections = pages[f"book/audits/{audit}/briefing.html"].xpath("//article/section/section/@id")
        assert sections == [f"box-{number}" for number in range(1, 8)]
