"""What readers are told of editions: on their page, on an audit's own, in place of a withdrawn one, in the feed."""

from xml.etree import ElementTree

import pytest
from editions_made import AUDIT, a_project, as_it_is, enter_cases, have_approved, publish, shown

from auditbook.pages.editions_page import corrected_line, corrections_text, edition_files, editions_text
from auditbook.pages.standing import NO_EDITION
from auditbook.project import Project
from auditbook.site.feeds import ATOM_NAMESPACE, feed


@pytest.fixture
def project(tmp_path) -> Project:
    """Edition 1 of eight cases; edition 2 of fourteen."""
    made = a_project(tmp_path / "book")
    publish(made, by="Business unit")
    enter_cases(made, yes=14)
    publish(made, day="2025-11-03", note="Six returns came late.")
    return made


def titles(document: bytes) -> list[str]:
    return [
        each.findtext(f"{{{ATOM_NAMESPACE}}}title")
        for each in ElementTree.fromstring(document).findall(f"{{{ATOM_NAMESPACE}}}entry")
    ]


def test_a_book_that_was_never_published_says_so():
    assert "Nothing has been published yet." in editions_text(NO_EDITION, ())


def test_the_page_has_the_newest_edition_first_with_each_figure_before_and_now(project):
    text = editions_text(as_it_is(project), [AUDIT])
    assert text.index("## Edition 2") < text.index("## Edition 1")
    assert "Published on 3 November 2025." in text and "Published on 1 October 2025, by Business unit." in text
    assert "| Neglect in 2025 | Cases audited | 8 cases | 14 cases |" in text
    assert f"- [Neglect in 2025](audits/{AUDIT}/briefing.md), Q1 2025\\-26" in text
    (project.root / "book" / "index.md").write_text("# Other words\n")
    assert editions_text(as_it_is(project), [AUDIT]) == text, (
        "the page tells what was published, whatever is built meanwhile"
    )


def test_an_audits_own_page_and_its_briefing_say_what_was_corrected_and_when(project):
    standing = as_it_is(project)
    assert "| Cases audited | 8 cases | 14 cases |" in corrections_text(AUDIT, standing)
    assert "**Corrected on 3 November 2025.**" in corrected_line(AUDIT, standing)
    assert corrections_text("2025-26-Q2", standing) == corrected_line("2025-26-Q2", standing) == ""


def test_the_feed_tells_a_correction_as_news_of_its_day(project):
    released = shown(project).released
    document = feed(released, "", as_it_is(project).editions)
    assert titles(document) == ["Corrected: Neglect in 2025, Q1 2025-26", "Neglect in 2025, Q1 2025-26"]
    assert b"<updated>2025-11-03T00:00:00Z</updated>" in document
    assert b"Cases audited: 14 cases (before: 8 cases)" in document


def test_a_withdrawn_audit_keeps_its_address_and_none_of_its_figures(project):
    standing = publish(project, day="2025-12-01", withdraw=(AUDIT,), note="Its sample is looked at again.")
    files = edition_files(standing, ())
    text = files[f"book/audits/{AUDIT}/briefing.md"]
    assert text.startswith("# Withdrawn\\: Neglect in 2025\n")
    assert "was withdrawn on 1 December 2025." in text and "Its sample is looked at again" in text
    assert "editions [1](../../editions.md#edition-1) and [2](../../editions.md#edition-2)" in text
    assert not any(figure in text + files["book/editions.md"] for figure in ("8 cases", "14 cases"))
    document = feed([], "", standing.editions)
    assert "Withdrawn: Neglect in 2025, Q1 2025-26" in titles(document) and b"14 cases" not in document


def test_true_counts_that_are_withheld_now_are_in_no_word_of_their_correction(tmp_path):
    project = a_project(tmp_path / "book")
    have_approved(project)
    enter_cases(project, yes=9, no=1)
    publish(project)
    enter_cases(project, yes=7, no=3)
    publish(project)
    path = project.audits / AUDIT / "audit.yml"
    path.write_text(path.read_text().replace("profile: recorded", "profile: strict"))
    standing = as_it_is(project)
    told = (
        editions_text(standing, [AUDIT]) + corrections_text(AUDIT, standing) + feed([], "", standing.editions).decode()
    )
    assert "Neglect screening tool used" in told
    assert "of the 10 cases" not in told


def test_what_people_wrote_is_only_text(tmp_path):
    project = a_project(tmp_path / "book")
    publish(project, by="<b>B</b>", note="{include}`x` | [a](javascript:b)")
    text = editions_text(as_it_is(project), [AUDIT])
    assert "<b>" not in text and "{include}`" not in text and "](javascript" not in text
