"""Pictures of released figures: nothing exact, nothing withheld, nothing without words."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from builders import (
    a_case,
    a_finding,
    a_grade,
    a_person,
    a_recommendation,
    a_tally,
    a_variable,
    an_agency,
    an_audit,
    an_involvement,
)
from lxml import html
from released import RECORDED, a_full_audit, a_full_release, an_audit_with_few, drawn_text, released

from auditbook.measures.every import audit_measures
from auditbook.reading import charts
from auditbook.reading.display import Chart, Note, Together
from auditbook.reading.palette import NAMES, as_css
from auditbook.release.released import Released
from auditbook.words.refusals import ReleaseRefused

ROOT = Path(__file__).parents[2]
OF_AUDITS = ("flag_trends", "theme_directions", "theme_trends")
OF_ONE_AUDIT = sorted(set(charts.__all__) - set(OF_AUDITS))
LINE_OF_A_DOT = 1.5
"""Pixels; half of it lies outside."""
STYLES = (ROOT / "book" / "_static" / "charts.css").read_text("utf-8")


def drawn(name: str, *figures: Released):
    return getattr(charts, name)(figures if name in OF_AUDITS else figures[0])


def parts_of(display) -> list:
    return list(display.parts) if isinstance(display, Together) else [display]


def narrow(display) -> str:
    """What a phone shows of a display; `wide` is what a desk does."""
    return _without("ab-wide", display)


def wide(display) -> str:
    return _without("ab-narrow", display)


def _without(kind: str, display) -> str:
    page = html.fromstring(f"<div>{display._repr_html_()}</div>")
    for picture in page.find_class(kind):
        picture.drop_tree()
    return html.tostring(page, encoding="unicode")


def dots(display) -> int:
    return sum(1 for _ in html.fromstring(narrow(display)).iter("circle"))


def from_tallies(*tallies, **settings) -> Released:
    return released(an_audit(*tallies, **{"release": RECORDED, "drawn": 5, **settings}))


@pytest.mark.parametrize("name", charts.__all__)
def test_no_chart_draws_exact_counts(name):
    counts = audit_measures(a_full_audit())
    with pytest.raises(ReleaseRefused, match="only released figures"):
        getattr(charts, name)([counts] if name in OF_AUDITS else counts)


@pytest.mark.parametrize("profile", ["recorded", "strict"])
@pytest.mark.parametrize("name", [name for name in charts.__all__ if name != "numbers"])
def test_every_number_in_a_picture_is_in_its_text_alternative(name, profile):
    display = drawn(name, a_full_release(profile), a_full_release(profile, id="2021-22-Q2"))
    for part in parts_of(display):
        shown = " ".join(drawn_text(part._repr_html_()))
        assert set(re.findall(r"\d+", shown)) <= set(re.findall(r"\d+", repr(part)))


def test_the_text_alternative_of_a_dot_strip_has_every_number_and_the_median():
    strip = drawn("numbers", a_full_release())
    assert "Months open, of 12 cases. 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3 and 3. Median 1.5 months" in repr(strip)
    assert "median 1.5 months" in drawn_text(strip._repr_html_())


@pytest.mark.parametrize("name", charts.__all__)
def test_a_picture_says_in_words_what_it_shows(name):
    for part in parts_of(drawn(name, a_full_release(), a_full_release(id="2021-22-Q2"))):
        if isinstance(part, Chart):
            [figure] = html.fromstring(f"<div>{part._repr_html_()}</div>").iter("figure")
            pictures = [*figure.iter("svg")]
            assert len(pictures) == 2
            for picture in pictures:
                title, description = picture.get("aria-labelledby").split()
                assert picture.get("role") == "img"
                assert figure.findtext("figcaption") == figure.get_element_by_id(title).text == part.title
                assert figure.get_element_by_id(description).text == " ".join(part.sentences) != ""
            assert repr(part).startswith(f"{part.title}. {part.sentences[0]}")


@pytest.mark.parametrize("profile", ["recorded", "strict"])
@pytest.mark.parametrize("name", charts.__all__)
def test_a_wide_picture_says_and_withholds_what_the_narrow_one_does(name, profile):
    for part in parts_of(drawn(name, a_full_release(profile), a_full_release(profile, id="2021-22-Q2"))):
        said = [sorted(" ".join(drawn_text(look(part))).split()) for look in (narrow, wide)]
        assert said[0] == said[1]
        assert narrow(part).count("stroke-dasharray") == wide(part).count("stroke-dasharray")


@pytest.mark.parametrize("name", charts.__all__)
def test_without_the_books_styles_only_the_narrow_picture_is_seen(name):
    for part in parts_of(drawn(name, a_full_release(), a_full_release(id="2021-22-Q2"))):
        if isinstance(part, Chart):
            [figure] = html.fromstring(f"<div>{part._repr_html_()}</div>").iter("figure")
            seen = [picture.get("class") for picture in figure.iter("div") if picture.get("hidden") is None]
            assert seen == ["ab-narrow"]
            assert part.narrow.width < part.wide.width


@pytest.mark.parametrize("name", charts.__all__)
def test_a_withheld_count_of_one_looks_like_one_of_five(name):
    one, five = (released(an_audit_with_few(few), "strict") for few in (1, 5))
    assert drawn(name, one)._repr_html_() == drawn(name, five)._repr_html_()
    assert repr(drawn(name, one)) == repr(drawn(name, five))


def test_withheld_counts_are_drawn_as_one_placeholder_of_one_size():
    cases = [
        a_case(f"C{number}", plan="cp" if number < 3 else "cin" if number < 5 else "closed") for number in range(20)
    ]
    picture = narrow(charts.categories(released(an_audit(*cases), "strict")))
    sizes = re.findall(r'<rect x="(\S+)" y="\S+" width="(\S+)" height="(\S+)"[^>]+dasharray', picture)
    assert len(sizes) == 2
    assert len(set(sizes)) == 1
    assert drawn_text(picture).count("withheld") == 2


def test_a_flag_with_one_part_withheld_draws_no_dot():
    answers = ["yes"] * 9 + ["no"] * 3 + ["not_known"] * 2
    cases = [a_case(f"C{number}", abuse_by_father=answer) for number, answer in enumerate(answers)]
    chart = charts.flags(released(an_audit(*cases), "strict"))
    assert "9 yes; withheld: " in repr(chart)
    assert dots(chart) == 3  # those of the key


@pytest.mark.parametrize("name", charts.__all__)
def test_drawing_again_changes_no_byte(name):
    figures = a_full_release(), a_full_release(id="2021-22-Q2")
    assert drawn(name, *figures)._repr_html_() == drawn(name, *figures)._repr_html_()


def test_another_process_draws_the_same_bytes():
    program = (
        "from hashlib import sha256; from auditbook.reading import charts; from released import a_full_release as full;"
        "print(sha256(charts.flags(full())._repr_html_().encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT / "tests",  # where the builders are
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_ids_are_unique_on_a_page_and_every_reference_is_met():
    figures = a_full_release(), a_full_release(id="2021-22-Q2")
    page = html.fromstring(f"<div>{''.join(drawn(name, *figures)._repr_html_() for name in charts.__all__)}</div>")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)) > 20
    assert {part for label in page.xpath("//@aria-labelledby") for part in label.split()} <= set(ids)


def test_a_picture_brings_no_style_no_script_and_no_metadata_along():
    picture = "".join(drawn(name, a_full_release())._repr_html_() for name in charts.__all__)
    assert not re.search(r"<style|style=|<script|<metadata|xmlns|font-family|\d{4}-\d\d-\d\dT", picture)


def test_colours_are_variables_that_the_pages_style_sets_for_light_and_dark():
    picture = drawn("themes", a_full_release())._repr_html_()
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', picture)) <= {*map(as_css, NAMES), "currentColor", "none"}
    light, dark = STYLES.split('html[data-theme="dark"]')
    for name in NAMES.values():
        assert f"--ab-{name}:" in light
        assert f"--ab-{name}:" in dark


def test_a_colour_outside_the_palette_is_refused():
    with pytest.raises(KeyError):
        as_css("#ff0000")


def test_a_unit_chart_has_one_dot_a_unit_of_the_base():
    cases = [a_case(f"C{number}", abuse_by_father="yes" if number < 4 else "not_known") for number in range(5)]
    flags = charts.flags(released(an_audit(*cases, release=RECORDED)))
    assert dots(flags) == 3 + 5  # the key's, and the cases
    assert "Domestic abuse by the father: 4 yes, 1 not known." in repr(flags)


@pytest.mark.parametrize("name", charts.__all__)
def test_no_dot_is_cut_at_the_edge_of_its_picture(name):
    for picture in html.fromstring(f"<div>{drawn(name, a_full_release())._repr_html_()}</div>").iter("svg"):
        width = float(picture.get("width"))
        for dot in picture.iter("circle"):
            middle, reach = float(dot.get("cx")), float(dot.get("r")) + LINE_OF_A_DOT / 2
            assert reach <= middle <= width - reach


def test_flags_of_different_bases_stand_in_pictures_of_their_own():
    titles = [part.title for part in parts_of(drawn("flags", a_full_release()))]
    assert titles == ["Yes or no, of 12 people", "Yes or no, of 12 cases"]


def test_a_bound_is_drawn_open_and_never_as_exact():
    chart = charts.replies(from_tallies(a_tally("involvement", "returned", 5, precision="at_least")))
    assert "Returned it: at least 5." in repr(chart)
    assert dots(chart) == 5
    assert len(re.findall(r'<polyline points="\S+ \S+ \S+" fill="none"', narrow(chart))) == 1  # an arrow


@pytest.mark.parametrize(("precision", "look"), [("at_most", "none"), ("about", "var(--ab-half, #a9c1d6)")])
def test_what_is_known_at_the_most_is_not_drawn_solid(precision, look):
    chart = charts.replies(from_tallies(a_tally("involvement", "returned", 5, precision=precision)))
    [dots_of_look] = html.fromstring(narrow(chart)).iter("g")
    assert (dots_of_look.get("fill"), len(dots_of_look)) == (look, 5)


def test_a_percentage_without_a_count_is_written_and_not_counted_out():
    chart = charts.categories(from_tallies(a_tally("plan", "cp", percent=65, precision="percent_only")))
    assert repr(chart) == "Plan, base not stated. Child protection: 65%."
    assert dots(chart) == 0


def test_a_phrase_is_quoted_and_never_drawn():
    tally = a_tally("abuse_by_father", "yes", precision="qualitative", statement="seen in many")
    flags = charts.flags(from_tallies(tally))
    assert repr(flags) == "Domestic abuse by the father: the source gives no number, only “seen in many”."
    assert isinstance(flags, Note)


def test_a_code_nobody_had_is_told_and_not_drawn():
    cases = [a_case(f"C{number}", plan="cp") for number in range(5)]
    chart = charts.categories(released(an_audit(*cases, release=RECORDED)))
    assert "Child in need" not in drawn_text(chart._repr_html_())
    assert "Counted, and none found: Child in need, Closed, not known and not recorded." in repr(chart)


def test_grades_keep_their_zeros_in_the_order_of_the_scale():
    grades = [a_grade("overall", "good", case="A"), a_grade("overall", "inadequate", case="B")]
    chart = charts.grades(released(an_audit(a_case("A"), a_case("B"), *grades, release=RECORDED)))
    assert "Outstanding: 0. Good: 1. Requires improvement: 0. Inadequate: 1." in repr(chart)


def test_many_withheld_codes_stand_in_one_row():
    cases = [a_case(f"C{number}", factors="4B" if number < 9 else "3A") for number in range(12)]
    known = ["WBRI"] * 9 + ["AIND"] * 3 + ["not_known"] * 2 + [None] * 2
    people = [a_person(f"C{number % 12}", f"c{number}", ethnicity=each) for number, each in enumerate(known)]
    chart = charts.categories(released(an_audit(*cases, *people), "strict"))
    assert "Ethnicity, of 16 people. White British: 9. 5 other values: withheld." in repr(chart)


def test_single_numbers_that_may_not_be_listed_are_not_drawn():
    numbers = drawn("numbers", a_full_release("strict"))
    assert "<svg" not in numbers._repr_html_()
    assert repr(numbers).count("Single numbers are not listed in this release") == 1


def months_in_bands() -> Released:
    months = [1] * 7 + [4] * 8 + [9]
    return released(an_audit(*(a_case(f"C{n}", months_open=each) for n, each in enumerate(months))), "strict")


def test_numbers_that_may_not_be_listed_are_drawn_in_bands():
    chart = parts_of(charts.numbers(months_in_bands()))[0]
    assert "Months open, of 16 cases. 0 to 2 months: 7. 3 months and above: 9." in repr(chart)
    assert dots(chart) == 16


def test_themes_diverge_from_one_line():
    audit = an_audit(
        *(a_finding(f"s{number}", "voice", polarity="strength") for number in range(2)),
        a_finding("d", "voice", polarity="development"),
        a_finding("e", "neglect", polarity="development"),
        release=RECORDED,
    )
    chart = charts.themes(released(audit))
    assert chart.sentences == (
        "Voice of the child: 2 strengths, 1 area for development.",
        "Neglect: 0 strengths, 1 area for development.",
    )
    assert chart.notes == ("Looked for, and not raised: Fathers.",)


def test_a_theme_without_polarity_says_so():
    chart = charts.themes(released(an_audit(a_finding("f", "voice"), release=RECORDED)))
    assert "Voice of the child: 1 finding, strength or area for development: not recorded." in repr(chart)


def test_themes_whose_cases_are_not_even_listed_are_said_to_be_left_out():
    audit = an_audit(a_case("A"), a_case("B"), a_finding("f", "voice", case="A"))
    assert "is withheld" in repr(charts.theme_cases(released(audit, "strict")))


def test_the_matrix_has_a_column_for_each_state_that_occurs():
    audit = an_audit(
        an_involvement("police", "returned", forum="yes"),
        an_involvement("schools", "no_response"),
        release=RECORDED,
    )
    chart = charts.agencies(released(audit))
    assert drawn_text(narrow(chart)) == [
        "invited, no answer",
        "returned",
        "came to the forum",
        "Police",
        "Schools",
        "?",
    ]
    assert "Police: returned, came to the forum. Schools: invited, no answer." in repr(chart)


def test_many_columns_keep_their_headings_apart():
    states = (
        "not_known_to_agency",
        "not_involved",
        "no_response",
        "declined",
        "returned_late",
        "returned",
        "moderated",
    )
    rows = [an_involvement(f"agency_{state}", state) for state in states]
    audit = an_audit(*rows, *(an_agency(f"agency_{state}") for state in states), release=RECORDED)
    picture = html.fromstring(narrow(charts.agencies(released(audit))))
    heads = [text for text in picture.iter("text") if text.get("text-anchor") == "end"]
    assert len(heads) == 7
    assert len({head.get("y") for head in heads}) == 7


@pytest.mark.parametrize("name", OF_ONE_AUDIT)
def test_where_nothing_was_recorded_there_is_one_sentence(name):
    note = drawn(name, released(an_audit(), "strict"))
    assert isinstance(note, Note)
    assert re.fullmatch(r"(This audit|How many)[^.]+\.", repr(note))


@pytest.mark.parametrize("name", OF_AUDITS)
def test_a_collection_without_audits_says_so(name):
    assert repr(drawn(name)) != "" and isinstance(getattr(charts, name)(()), Note)


HOSTILE = '<script>alert("1")</script>$x$&'


def test_text_of_the_data_stays_text():
    audit = an_audit(
        a_case("A", odd="yes"),
        a_variable("odd", type="flag", label=HOSTILE),
        a_recommendation("1", status="done"),
        release=RECORDED,
    )
    chart = charts.flags(released(audit))
    assert "<script" not in chart._repr_html_()
    assert HOSTILE in " ".join(drawn_text(chart._repr_html_()))
    assert HOSTILE in repr(chart)


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
