"""Pictures of several audits, one beside the other."""

import pytest
from builders import a_finding, a_theme, an_audit
from charts_drawn import OF_AUDITS, narrow, parts_of, wide
from lxml import html
from released import RECORDED, a_full_audit, a_full_release, drawn_text, released

from auditbook.reading import charts
from auditbook.reading.charts.trends import MOST_THEMES
from auditbook.release.released import Released


def audits_of(*ids: str, **settings) -> list[Released]:
    return [released(a_full_audit(audit_id, **settings)) for audit_id in ids]


def test_each_audit_is_a_column_of_a_trend_the_oldest_first():
    chart = charts.theme_trends(audits_of("2022-23-Q1", "2021-22-Q4"))
    assert chart.title == "Findings that raised each theme, Q4 2021-22 to Q1 2022-23"
    assert drawn_text(chart._repr_html_())[:4] == ["2021-22", "Q4", "2022-23", "Q1"]


@pytest.mark.parametrize(
    "settings", [{"partnerships": ["Elsewhere"]}, {"plural": "families"}, {"collection": "live"}], ids=str
)
@pytest.mark.parametrize("name", OF_AUDITS)
def test_no_trend_mixes_partnerships_units_or_collections(name, settings):
    own = audits_of("2021-22-Q1", "2021-22-Q2")
    others = audits_of("2021-22-Q1", "2021-22-Q2", **settings)
    both = parts_of(getattr(charts, name)([*own, *others]))
    assert len(both) == 2
    assert len({chart.title for chart in both}) == 2


def test_more_audits_than_fit_into_one_picture_are_all_drawn():
    ids = [f"{year}-{year % 100 + 1}-Q{quarter}" for year in (2021, 2022, 2023) for quarter in (1, 2, 3)]
    charts_of_themes = parts_of(charts.theme_trends(audits_of(*ids)))
    assert [chart.title.partition(", ")[2] for chart in charts_of_themes] == [
        "Q2 2021-22 to Q3 2023-24",
        "Q1 2021-22",
    ]


def test_a_flag_that_an_audit_withholds_is_a_placeholder_in_its_column():
    shown, hidden = a_full_release(id="2021-22-Q1"), a_full_release("strict", id="2021-22-Q2")
    chart = charts.flag_trends([shown, hidden])
    assert "Domestic abuse by the father: 8 of 12, 8 of 12." in repr(chart)
    assert narrow(chart).count("stroke-dasharray") == 2  # one for each of the two flags


def test_many_themes_are_drawn_in_several_pictures_on_one_scale_with_their_columns_in_one_place():
    themes = ["a_theme_with_a_long_name", *(f"t{number}" for number in range(MOST_THEMES))]
    findings = [a_finding(f"f{number}", theme, polarity="strength") for number, theme in enumerate(themes)]
    most = [a_finding(f"m{number}", themes[-1], polarity="strength") for number in range(12)]
    every = [
        released(an_audit(*map(a_theme, themes), *findings, *most, id=each, release=RECORDED))
        for each in ("2021-22-Q1", "2021-22-Q2")
    ]
    first, second = parts_of(charts.theme_directions(every))
    assert (first.title[-9:], second.title[-9:]) == (" (1 of 2)", " (2 of 2)")
    assert (len(first.sentences), len(second.sentences)) == (MOST_THEMES, 1)
    for look in (narrow, wide):
        assert columns_of(look(first)) == columns_of(look(second))
    key, highest = 12.0, 40.0
    assert heights_of_bars(narrow(first)) == {key, round(highest / 13, 1)}
    assert heights_of_bars(narrow(second)) == {key, highest}


def columns_of(picture: str) -> list[str]:
    """Where the quarters stand."""
    return [text.get("x") for text in html.fromstring(picture).iter("text") if text.text in ("Q1", "Q2")]


def heights_of_bars(picture: str) -> set[float]:
    return {float(bar.get("height")) for bar in html.fromstring(picture).iter("rect") if bar.get("width") == "12"}
