"""The front page's first screen, where pages come from, and the feed."""

from dataclasses import replace
from datetime import date
from importlib.metadata import requires
from xml.etree import ElementTree

import pytest
from builders import a_case, a_finding, a_recommendation, an_audit, an_involvement
from packaging.requirements import Requirement
from released import a_full_audit, released

from auditbook.pages.about_audit import PACKAGES_THAT_MAKE, makers, provenance_text
from auditbook.pages.front import first_sentence, headlines, newest_text, news_text
from auditbook.pages.listings import cards
from auditbook.pages.standing import Standing
from auditbook.project import Project
from auditbook.reading import open_audit
from auditbook.release.edition import Change, Edition, InEdition
from auditbook.release.texts import Finding
from auditbook.site.feeds import ATOM_NAMESPACE, SITEMAP, feed, site_address, sitemap

AUDIT = "2025-26-Q1"


def finding(id: str, theme: str, polarity: str = "strength", is_reflection: bool = False) -> Finding:
    return Finding(id, polarity, (theme,), "", "3", f"Text {id}.", is_reflection)


def test_headlines_prefer_themes_not_named_yet_and_leave_reflections_out():
    found = [finding("a", "x"), finding("b", "x"), finding("c", "y"), finding("d", "z", is_reflection=True)]
    assert [each.id for each in headlines(found, "strength")] == ["a", "c", "b"]
    assert headlines(found, "development") == []


def test_what_the_analyst_chose_stands_on_the_front_page_and_else_what_comes_first():
    texts = ["Ask.", "Name it.", "Look.", "Listen.", "Share."]
    chosen = {"Look.", "Share."}
    parts = [
        a_finding(f"f{number}", "voice", polarity="strength", text=text, headline="yes" if text in chosen else None)
        for number, text in enumerate(texts)
    ]
    asked = [
        a_recommendation(str(number), text=text, headline="yes" if text in chosen else "no")
        for number, text in enumerate(texts, 1)
    ]
    figures = released(an_audit(*parts, *asked), "internal")
    assert [each.text for each in headlines(figures.findings, "strength")] == ["Look.", "Share."]
    after = newest_text(figures, "audits/").partition("What changes next")[2]
    assert "Look" in after and "Share" in after and "Ask" not in after


def test_the_first_edition_has_no_news_and_the_next_says_what_it_changed():
    first = Edition(1, date(2025, 7, 1), "", "", (Change("new", AUDIT, label="Neglect"),), (), {}, {}, {})
    assert news_text(Standing((first,)), [AUDIT]) == ""
    content = InEdition("Neglect", "live", "", {"profile": "recorded"})
    changes = (
        Change("new", AUDIT, label="Neglect"),
        *(Change("corrected", "2025-26-Q2", f"sex.{code}", "Sex", "1", "2") for code in "FM"),
        Change("page", "book/index.md"),
    )
    second = Edition(2, date(2025, 10, 1), "", "", changes, (), {}, {AUDIT: content}, {})
    text = news_text(Standing((first, second)), [AUDIT])
    assert "**Edition 2, 1 October 2025:** New: [Neglect](audits/2025-26-Q1/briefing.md)" in text
    assert "2 figures corrected in 2025\\-26\\-Q2" in text and "[Editions and corrections](editions.md)" in text
    nothing = news_text(Standing((first, replace(second, changes=()))), [AUDIT])
    assert "No figure and no briefing changed" in nothing


@pytest.mark.parametrize(
    ("text", "first"), [("One. Two.", "One."), ("One only", "One only"), ("With e.g. this. Two", "With e.g.")]
)
def test_a_first_sentence_ends_at_the_first_full_stop(text, first):
    assert first_sentence(text) == first


def test_the_newest_audit_shows_strengths_developments_and_what_comes_next():
    text = newest_text(open_audit("2020-21-Q4", "recorded"), "audits/")
    for words in (
        "What works",
        "What needs to change",
        "What changes next",
        "audits/2020-21-Q4/briefing.md",
        "recommendations.md",
    ):
        assert words in text
    assert text.count("\n- ") == 9


def test_what_is_done_or_abandoned_does_not_change_next():
    audit = an_audit(
        a_recommendation("1", text="Ask fathers.", status="done"),
        a_recommendation("2", text="Name neglect.", status="in_progress"),
        a_recommendation("3", text="Stop.", status="abandoned"),
        a_recommendation("4", text="Look again."),
    )
    text = newest_text(released(audit, "internal"), "audits/")
    assert "Name neglect" in text and "Look again" in text
    assert "Ask fathers" not in text and "Stop" not in text


def test_where_texts_are_withheld_the_front_page_names_themes():
    figures = released(a_full_audit(), "strict")
    assert not any(each.text for each in figures.findings if each.polarity)
    text = newest_text(figures, "audits/")
    labels = {theme.label for theme in figures.codebook.themes.values()}
    assert "Words." not in text and any(label in text for label in labels)


def test_no_checksum_is_printed_of_a_file_with_a_row_a_case():
    project = Project.find()
    for audit in ("2021-22-Q1", "2021-22-Q2"):
        with_rows = provenance_text(project, open_audit(audit, "recorded"))
        for path in (project.audits / audit).glob("*.csv"):
            has_cases = "case" in path.read_text("utf-8").partition("\n")[0].split(",")
            assert (f"| {path.stem}\\.csv | kept inside |" in with_rows) == has_cases, path.name
        assert "| audit\\.yml | `" in with_rows
    without = provenance_text(project, open_audit("2020-21-Q4", "recorded"))
    assert "kept inside" not in without and "| findings\\.csv | `" in without


@pytest.mark.parametrize(
    ("name", "source", "found"),
    [
        ("a.py", "import matplotlib.pyplot as plt", ("matplotlib",)),
        ("a.py", "def late():\n    from typst import compile", ("typst",)),
        ("a.py", 'NAMES = ("jupyter_book.cli.main",)', ("jupyter-book",)),
        (
            "a.ipynb",
            '{"source": [\n "import pandas as pd\\n",\n "from matplotlib import pyplot"]}',
            ("pandas", "matplotlib"),
        ),
        ("a.py", "# import matplotlib\nimport matplotlib_inline", ()),
        ("a.py", '"""It draws like matplotlib."""', ()),
    ],
)
def test_only_a_package_that_some_code_imports_has_made_a_page(tmp_path, name, source, found):
    (tmp_path / name).write_text(source, encoding="utf-8")
    assert makers([tmp_path / name]) == found


def test_every_package_that_a_page_names_is_one_that_auditbook_needs():
    needed = {Requirement(each).name for each in requires("auditbook") if "extra ==" not in each}
    assert set(PACKAGES_THAT_MAKE.values()) <= needed


def test_the_feed_lists_every_audit_newest_first_and_does_not_change():
    audits = [open_audit(each, "recorded") for each in ("2020-21-Q4", "2021-22-Q2")]
    document = feed(audits, "https://example.org/book/")
    assert document == feed(list(reversed(audits)), "https://example.org/book/")
    entries = ElementTree.fromstring(document).findall(f"{{{ATOM_NAMESPACE}}}entry")
    links = [entry.find(f"{{{ATOM_NAMESPACE}}}link").get("href") for entry in entries]
    assert links == [
        f"https://example.org/book/book/audits/{each}/briefing.html" for each in ("2021-22-Q2", "2020-21-Q4")
    ]
    assert all(entry.findtext(f"{{{ATOM_NAMESPACE}}}updated").endswith("T00:00:00Z") for entry in entries)


def test_a_hostile_title_stays_text_in_the_feed():
    figures = open_audit("2020-21-Q4", "recorded")
    hostile = figures.settings.model_copy(update={"title": "<script>alert(1)</script>"})
    document = feed([replace(figures, settings=hostile)], "")
    assert b"<script" not in document and "<script>" in ElementTree.fromstring(document)[4][0].text


def test_a_sitemap_needs_the_sites_address(tmp_path):
    (tmp_path / "_config.yml").write_text("title: x\n")
    assert site_address(tmp_path) == ""
    (tmp_path / "_config.yml").write_text("html:\n  baseurl: https://example.org/a\n")
    assert site_address(tmp_path) == "https://example.org/a/"
    places = ElementTree.fromstring(sitemap(["book/index"], "https://example.org/a/")).iter(f"{{{SITEMAP}}}loc")
    assert [place.text for place in places] == ["https://example.org/a/book/index.html"]


def test_a_card_begins_with_a_capital_whatever_of_it_is_withheld():
    audit = an_audit(*(a_case(f"C{number}") for number in range(4)), an_involvement("police", "returned"))
    lines = str(cards([released(audit, "strict")], "audits/")).splitlines()
    assert [line for line in lines if "eplies from" in line and "Replies" not in line] == []
    assert any("Replies from" in line for line in lines)
