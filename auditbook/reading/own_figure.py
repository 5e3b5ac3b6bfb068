"""An analyst's own matplotlib figure on a page: inline SVG in the page's ink, with a title and words."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from auditbook.reading.axes import DOTS_AN_INCH, NARROW, WIDE
from auditbook.reading.display import Chart, Drawing
from auditbook.reading.svg import drawing
from auditbook.validation.problems import WrongUsage

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WAY_TO_SHOW = 'Write: show(figure, "title", "in words, what it shows").'
PAPER = ("white", "w", "#ffffff", (1.0, 1.0, 1.0, 1.0))
FEWEST_WORDS = 4
"""Fewer say no more than a title."""


def is_figure(what: Any) -> bool:
    """Whether it is a matplotlib figure; asked without importing matplotlib."""
    return any(f"{each.__module__}.{each.__qualname__}" == "matplotlib.figure.Figure" for each in type(what).__mro__)


def shown_figure(figure: "Figure | Callable[[float], Figure]", title: str, words: str) -> Chart:
    """The figure as it was drawn, in one width that a narrow page scales down; a function is drawn in two.

    figure  a figure, or what draws one as wide as it is told, in inches

    Raises WrongUsage without a title or words, or where something of it is no drawing, such as a photograph.
    """
    if not title.strip():
        raise WrongUsage(f"a picture needs a title. {WAY_TO_SHOW}")
    if len(words.split()) < FEWEST_WORDS:
        raise WrongUsage(f"a picture needs words that say what it shows, for who does not see it. {WAY_TO_SHOW}")
    narrow, wide = (_drawing(_sized(figure, width)) for width in (NARROW, WIDE))
    if "<image" in wide.inside:
        raise WrongUsage(
            "a picture of pixels (imshow, rasterized) has no colours for dark pages; draw it with pcolormesh."
        )
    return Chart(title.strip(), (words.strip(),), narrow, wide)


def _sized(figure: "Figure | Callable[[float], Figure]", width: int) -> "Figure":
    drawn = figure(width / DOTS_AN_INCH) if callable(figure) else figure
    if not is_figure(drawn):
        raise WrongUsage(f"a function that show draws with gives a matplotlib Figure, not {type(drawn).__name__}.")
    return drawn


def _drawing(figure: "Figure") -> Drawing:
    """Its own size in points; without its paper, so that the page's own shows, light or dark."""
    width, height = (round(72 * inches) for inches in figure.get_size_inches())
    for part in (figure, *figure.axes):
        if part.get_facecolor() in PAPER:
            part.patch.set_visible(False)
    return drawing(figure, width, height)
