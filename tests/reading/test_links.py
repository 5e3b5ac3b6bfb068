"""Words of tables that lead somewhere: where the contents have the page, and nowhere by accident."""

import pytest
from builders import a_case, a_finding, a_recommendation, an_audit, an_involvement
from lxml import html
from released import RECORDED, released

from auditbook.measures.all_measures import audit_measures
from auditbook.pages.blocks import recommendation_anchor
from auditbook.pages.page_files import register_page, theme_page
from auditbook.pages.themes import themes_found
from auditbook.reading import tables
from auditbook.reading.display import Cell, Table
from auditbook.reading.links import FROM_A_COLLECTION, theme_link
from auditbook.release.pooled import pooled

A_FINDING, ANOTHER = a_finding("f1", "voice", polarity="strength"), a_finding("f2", "fathers", polarity="development")


def figures(*parts, **settings):
    return released(an_audit(a_case("A"), *parts, **{"release": RECORDED, **settings}))


def addresses(display) -> list[str]:
    return html.fragment_fromstring(display._repr_html_(), create_parent=True).xpath("//a/@href")


@pytest.mark.parametrize("collection", ["synthetic", "live"])
def test_every_theme_in_a_table_leads_to_the_page_that_the_contents_have(collection):
    audit = figures(A_FINDING, ANOTHER, collection=collection)
    pages = [f"../../{theme_page(collection, theme.id).removeprefix('book/')}.html" for theme in themes_found([audit])]
    assert sorted(addresses(tables.themes(audit))) == sorted(pages)


@pytest.mark.parametrize("collection", ["synthetic", "live"])
def test_every_recommendation_in_a_table_leads_to_its_entry_in_the_register(collection):
    audit = figures(a_recommendation("1"), a_recommendation("2a"), collection=collection)
    register = f"../../{register_page(collection).removeprefix('book/')}.html"
    anchors = [recommendation_anchor(audit.audit_id, each) for each in ("1", "2a")]
    assert addresses(tables.recommendations(audit)) == [f"{register}#{each}" for each in anchors]


def test_from_a_page_of_a_collection_the_way_is_shorter():
    assert theme_link("live", "voice", FROM_A_COLLECTION) == "../themes/live/voice.html"
    audits = [figures(A_FINDING), figures(A_FINDING, id="2021-22-Q2")]
    assert addresses(tables.theme_trends(audits)) == ["../themes/synthetic/voice.html"]


def test_of_audits_released_together_no_theme_leads_to_a_page_that_may_not_be_there():
    quarters = [an_audit(a_case("A"), A_FINDING, id=f"2021-22-Q{number}") for number in range(1, 5)]
    together = pooled([(audit_measures(audit), audit) for audit in quarters])
    assert "Voice of the child" in repr(tables.themes(together))
    assert addresses(tables.themes(together)) == []


def test_every_agency_leads_to_its_entry_in_the_codebook():
    audit = figures(an_involvement("social_care", "returned"), an_involvement("police", "declined", "A"))
    found = addresses(tables.agencies(audit))
    assert found == [f"../../codebook/agencies.html#agency-{each}" for each in ("social-care", "police")]


def test_a_link_changes_nothing_of_what_is_compared_and_cannot_leave_its_attribute():
    plain, leading = Cell("Voice"), Cell("Voice", place='x"><script>alert(1)</script>')
    assert repr(Table("T", ("A",), ((plain,),))) == repr(Table("T", ("A",), ((leading,),)))
    shown = Table("T", ("A",), ((leading,),))._repr_html_()
    assert "<script>" not in shown and 'href="x&quot;&gt;' in shown
