"""An analyst's own matplotlib figure on a page: inline SVG in the page's ink, with a title and words."""

from typing import TYPE_CHECKING, Any

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


def shown_figure(figure: "Figure", title: str, words: str) -> Chart:
    """The figure as it was drawn, in one width that a narrow page scales down.

    Raises WrongUsage without a title or words, or where something of it is no drawing, such as a photograph.
    """
    if not title.strip():
        raise WrongUsage(f"a picture needs a title. {WAY_TO_SHOW}")
    if len(words.split()) < FEWEST_WORDS:
        raise WrongUsage(f"a picture needs words that say what it shows, for who does not see it. {WAY_TO_SHOW}")
    drawn = _drawing(figure)
    if "<image" in drawn.inside:
        raise WrongUsage(
            "a picture of pixels (imshow, rasterized) has no colours for dark pages; draw it with pcolormesh."
        )
    return Chart(title.strip(), (words.strip(),), drawn, drawn)


def _drawing(figure: "Figure") -> Drawing:
    """Its own size in points; without its paper, so that the page's own shows, light or dark."""
    width, height = (round(72 * inches) for inches in figure.get_size_inches())
    for part in (figure, *figure.axes):
        if part.get_facecolor() in PAPER:
            part.patch.set_visible(False)
    return drawing(figure, width, height)
