"""Pictures of released figures: nothing exact, nothing withheld, nothing without words."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from builders import a_case, a_recommendation, a_variable, an_audit
from charts_drawn import OF_AUDITS, OF_ONE_AUDIT, dots, drawn, narrow, parts_of, wide
from lxml import html
from released import RECORDED, a_full_audit, a_full_release, an_audit_with_few, drawn_text, released

from auditbook.measures.all_measures import audit_measures
from auditbook.reading import charts
from auditbook.reading.display import Chart, Note
from auditbook.reading.palette import NAMES, as_css
from auditbook.validation.problems import ReleaseRefused

ROOT = Path(__file__).parents[2]
LINE_OF_A_DOT = 1.5
"""Pixels; half of it lies outside."""
STYLES = (ROOT / "auditbook" / "site" / "theme" / "static" / "charts.css").read_text("utf-8")


@pytest.mark.parametrize("name", charts.__all__)
def test_no_chart_draws_exact_counts(name):
    counts = audit_measures(a_full_audit())
    with pytest.raises(ReleaseRefused, match="only released figures"):
        getattr(charts, name)([counts] if name in OF_AUDITS else counts)


@pytest.mark.parametrize("profile", ["recorded", "strict"])
@pytest.mark.parametrize("name", [name for name in charts.__all__ if name != "numbers"])
def test_every_number_in_a_picture_is_in_its_text_alternative(name, profile):
    display = drawn(name, a_full_release(profile), a_full_release(profile, id="2021-22-Q2"))
    strips = [part for part in parts_of(display) if "median" in repr(part).lower()]
    for part in (part for part in parts_of(display) if part not in strips):  # the ticks of a strip are no figures
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


@pytest.mark.parametrize("name", charts.__all__)
def test_no_dot_is_cut_at_the_edge_of_its_picture(name):
    for picture in html.fromstring(f"<div>{drawn(name, a_full_release())._repr_html_()}</div>").iter("svg"):
        width = float(picture.get("width"))
        for dot in picture.iter("circle"):
            middle, reach = float(dot.get("cx")), float(dot.get("r")) + LINE_OF_A_DOT / 2
            assert reach <= middle <= width - reach


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
