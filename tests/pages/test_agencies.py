"""An agency's page: what it was asked, how far it came, what it owns and what was found; nothing withheld."""

import re

from builders import a_case, a_finding, a_recommendation, an_audit, an_involvement
from released import RECORDED, released

from auditbook.pages.agencies import agencies_found, agencies_text, agency_files
from auditbook.pages.codebook_pages import agencies_text as codebook_text
from auditbook.pages.contents import Templates, contents, toc_text
from auditbook.pages.listings import followed_agencies, listed
from auditbook.release.released import Released

HOSTILE = "<script>alert(1)</script> {include}`x` [a](javascript:alert(1))"
POLICE = "book/agencies/synthetic/police.md"


def a_quarter(*parts, id: str = "2021-22-Q1", profile: str = "recorded", **settings) -> Released:
    return released(an_audit(*parts, id=id, **{"release": RECORDED, **settings}), profile)


def the_audit(profile: str = "recorded") -> Released:
    cases = [a_case(f"C{number}") for number in range(9)]
    states = [
        an_involvement("police", "returned" if number < 6 else "not_involved", f"C{number}") for number in range(9)
    ]
    found = [
        a_finding("f1", "voice", case="C1", agency="police", polarity="strength", text="They listened."),
        a_finding("f2", "voice", agency="police", polarity="development", text="Records were late."),
    ]
    asked = [
        a_recommendation("1", text="Share bail conditions", owner="police", status="planned", status_date="2021-06-01"),
        a_recommendation("2", text="Train.", owner="schools", assured_by="police"),
    ]
    return a_quarter(*cases, *states, *found, *asked, profile=profile)


def test_a_page_has_what_an_agency_was_asked_owns_and_what_was_found_in_its_work():
    text = agency_files([the_audit()])[POLICE]
    assert "Named in 1 of 1 audit\\. 2 findings name it\\. It owns 1 recommendation, 1 not closed\\." in text
    assert "returned: 6 of the 6 cases" in text and "not involved: 3 of the 9 cases" in text
    link = "[Recommendation 1 of Q1 2021\\-22](#recommendation-2021-22-q1-1)"
    assert f"- **Open.** {link}: Share bail conditions\\." in text
    assert "- **Strength.** They listened\\." in text and "- **Area for development.** Records were late\\." in text
    _, assured = text.split("## What it assures, or is assured of")
    assert "Train\\." in assured.partition("## What was found")[0]


def test_what_a_release_withholds_is_not_there():
    text = agency_files([the_audit("strict")])[POLICE]
    assert "They listened" not in text and "Records were late" in text
    assert "1 text is withheld because it could describe one family" in text
    assert "3 of the" not in text and "a number that is withheld" in text


def test_an_agency_has_a_page_where_an_audit_names_it_and_no_other_has():
    figures = the_audit()
    assert [agency.id for agency in agencies_found([figures])] == ["police", "schools"]
    assert set(agency_files([figures])) == {POLICE, "book/agencies/synthetic/schools.md"}


def test_the_pages_are_in_the_contents_and_the_codebook_leads_to_them():
    figures = the_audit()
    toc = toc_text(contents([listed(figures)], Templates((), ()), ()))
    below = "- file: book/agencies/synthetic\n    sections:\n    - file: book/agencies/synthetic/police\n"
    assert below in toc
    assert "synthetic/police.md" in codebook_text(
        list(figures.codebook.agencies.values()), followed_agencies([figures])
    )
    assert "[Police](synthetic/police.md)" in agencies_text([figures])


def test_a_text_that_looks_like_markup_is_only_text_on_an_agencys_page():
    parts = [
        a_finding("f1", "voice", agency="police", text=HOSTILE),
        a_recommendation("1", text=HOSTILE, owner="police"),
        an_involvement("police", "declined", reason=HOSTILE),
    ]
    for text in agency_files([a_quarter(*parts, title=HOSTILE)]).values():
        assert not re.search(r"(?<!\\)<script|^[^<]*(?<!\\)\{include\}|^[^<]*(?<!\\)\]\(javascript", text, re.MULTILINE)
