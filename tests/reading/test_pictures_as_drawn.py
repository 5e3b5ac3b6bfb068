"""Every kind of picture as it looks: compared with the one that was looked at, kept in `pictures/`.

After a change that is meant, look at the new ones and keep them:
`pytest tests/reading/test_pictures_as_drawn.py --mpl-generate-path=tests/reading/pictures`.
"""

import pytest
from charts_drawn import drawn, parts_of
from matplotlib.figure import Figure
from released import a_full_release

from auditbook.reading import charts
from auditbook.reading.axes import NARROW, WIDE
from auditbook.reading.display import Chart, Note
from auditbook.validation.problems import WrongUsage

KINDS = ("agencies", "categories", "flag_trends", "flags", "numbers", "recommendations", "theme_directions",
         "theme_trends", "themes")  # fmt: skip
HIDING = ("categories", "flag_trends", "flags")
"""Kinds in which this audit withholds something under `strict`."""
LOOKED_AT = [*((name, "recorded") for name in KINDS), *((name, "strict") for name in HIDING)]
ALIKE = 4
"""Root mean square of the differences in grey: fonts are drawn a little differently from one machine to another."""


def picture(name: str, profile: str) -> Chart:
    display = drawn(name, a_full_release(profile), a_full_release(profile, id="2021-22-Q2"))
    return next(part for part in parts_of(display) if isinstance(part, Chart))


def on_axes(chart: Chart, width: int, height: float) -> Figure:
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    chart.on(figure.add_axes((0, 0, 1, 1)))
    return figure


@pytest.mark.parametrize("width", [NARROW, WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize("name, profile", LOOKED_AT)
@pytest.mark.mpl_image_compare(baseline_dir="pictures", style="default", tolerance=ALIKE)
def test_a_picture_looks_as_it_did(name, profile, width):
    chart = picture(name, profile)
    return on_axes(chart, width, (chart.narrow if width == NARROW else chart.wide).height)


def test_every_kind_of_the_books_pictures_is_compared():
    assert set(charts.__all__) - set(KINDS) == {
        "agreement", "by_agency", "cases", "combinations", "crossings", "funnel_of_agencies", "grades",
        "grades_by_agency", "grades_by_sample", "replies",
        "sections", "theme_cases"
    }  # fmt: skip  # dots, like categories; agreement: flags; others by agency, crossings: heat; combinations: inside


def test_a_picture_on_axes_says_the_words_that_it_has_on_a_page():
    chart = picture("themes", "recorded")
    assert chart.on(Figure(figsize=(10, 10)).subplots()) == repr(chart)


@pytest.mark.parametrize("size, problem", [((3, 9), "4.5 inches wide"), ((9, 0.5), "inches high")])
def test_axes_too_small_for_a_picture_are_refused_with_the_size_it_needs(size, problem):
    with pytest.raises(WrongUsage, match=problem):
        picture("themes", "recorded").on(Figure(figsize=size).subplots())


def test_a_figure_that_was_drawn_by_hand_cannot_be_drawn_again():
    from auditbook.reading import show

    figure = Figure()
    figure.subplots().plot([1, 2])
    chart = show(figure, "A line", "A line that goes up.")
    with pytest.raises(WrongUsage, match="was drawn by hand"):
        chart.on(Figure().subplots())
    assert not isinstance(chart, Note)


def test_a_function_is_drawn_for_a_phone_and_for_a_desk():
    from auditbook.reading import show

    def draw(width: float) -> Figure:
        figure = Figure(figsize=(width, 2))
        figure.subplots().plot([1, 2])
        return figure

    chart = show(draw, "A line", "A line that goes up.")
    assert (chart.narrow.width, chart.wide.width) == (NARROW, WIDE)
    with pytest.raises(WrongUsage, match="gives a matplotlib Figure, not int"):
        show(int, "A line", "A line that goes up.")
