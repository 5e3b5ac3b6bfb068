"""A brand: its colours can be read on white, on dark pages and behind white text."""

import pytest
from builders import a_project
from hypothesis import given
from hypothesis import strategies as st

from auditbook.briefing.brand import (
    CONTRAST,
    DARK_PAGE,
    Brand,
    brand_css,
    brand_files,
    contrast,
    for_dark_pages,
    luminance,
    mixed,
    read_brand,
)

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def brand_of(text: str) -> Brand:
    with a_project() as project:
        (project.root / "book" / "brand.yml").write_text(text, encoding="utf-8")
        return read_brand(project)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#12436d", "#ffffff", 10.25),
        ("#28a197", "#ffffff", 3.17),
    ],
)
def test_contrast_is_wcags(one, other, ratio):
    """Ratios of the Analysis Function's palette as published."""
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


def test_4_5_to_1_is_enough_and_4_46_is_not():
    assert brand_of('colour: "#767676"\n').colour == "#767676"  # 4.54, the palest grey that passes
    with pytest.raises(Exception, match="4.4 to 1 against white"):
        brand_of('colour: "#777777"\n')  # 4.48


@given(COLOURS)
def test_every_colour_has_a_shade_for_dark_pages(colour):
    assert contrast(for_dark_pages(colour), DARK_PAGE) >= CONTRAST


@given(COLOURS, COLOURS)
def test_a_mixture_lies_between_its_parts(one, other):
    assert mixed(one, other, 0) == one and mixed(one, other, 1) == other
    low, high = sorted((luminance(one), luminance(other)))
    if all(one[place : place + 2] <= other[place : place + 2] for place in (1, 3, 5)):
        assert low - 0.01 <= luminance(mixed(one, other, 0.5)) <= high + 0.01


def test_a_brand_is_read_whole():
    found = brand_of(
        'name: Exampleshire\ncolour: "#5B2A86"\naccent: "#9c2a00"\nfooter: "At the foot:  here"\n'
        "contact: business.unit@example.org\nwebsite: https://learning.example.org/\n"
    )
    assert (found.name, found.colour, found.accent) == ("Exampleshire", "#5b2a86", "#9c2a00")
    assert (found.footer, found.contact) == ("At the foot: here", "business.unit@example.org")
    assert found.website == "https://learning.example.org"


def test_without_a_file_everything_is_plain():
    with a_project() as project:
        assert read_brand(project) == Brand()


def test_a_logo_is_read_with_its_kind():
    with a_project() as project:
        (project.root / "book" / "logo.jpg").write_bytes(b"\xff\xd8\xff\xe0 and so on")
        (project.root / "book" / "brand.yml").write_text("logo: logo.jpg\nlogo_alt: A logo\n")
        found = read_brand(project)
    assert (found.picture_kind, found.picture[-5:]) == ("jpg", b"so on")


def test_the_books_style_sheet_has_both_colours_for_light_and_dark_pages():
    css = brand_css(Brand(colour="#5b2a86", accent="#9c2a00"))
    light, dark = css.split('html[data-theme="dark"]')
    assert "--ab-brand:#5b2a86;--ab-accent:#9c2a00" in light
    assert f"--ab-brand:{for_dark_pages('#5b2a86')}" in dark and "#5b2a86" not in dark


def test_the_style_sheet_lies_where_the_book_looks_for_it():
    with a_project() as project:
        assert brand_files(project) == {project.root / "book/_static/brand.css": brand_css(Brand())}


def test_nothing_entered_gets_into_the_style_sheet_but_colours():
    assert brand_css(Brand(name="} body { display: none", footer="</style>")) == brand_css(Brand())
