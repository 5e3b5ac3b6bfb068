"""The government Analysis Function's palette, each colour a CSS variable so that the same picture turns dark.

Source: best-practice-and-impact/afcolours; the theme's `charts.css` gives the values for light and dark.
"""

from collections.abc import Mapping
from typing import Any

INK = "#0b0c0c"
"""Text and axes: drawn in the colour of the text around the picture."""
LINE = "#b1b4b6"
BLUE = "#12436d"
ORANGE = "#f46a25"
TURQUOISE = "#28a197"
HALF = "#a9c1d6"
"""Half-tone of blue for what is not known: only inside a blue outline, for it has too little contrast alone."""
HEAT = ("#6bace6", "#2073bc", "#12436e")
"""Few, more, most. The last is blue, one step apart so that each has a name of its own."""
ON_HEAT = ("#0b0c0d", "#fffffe", "#ffffff")
"""Text on each of them, at 4.5 to 1 or more."""

ON_BLUE = ON_HEAT[-1]

FILLED, HALF_TONE, OUTLINE, WITHHELD, AT_FORUM = "filled", "half-tone", "outline", "withheld", "forum"
EDGE = 1.5
FACES: Mapping[str, Mapping[str, Any]] = {
    FILLED: {"facecolor": BLUE, "edgecolor": BLUE},
    HALF_TONE: {"facecolor": HALF, "edgecolor": BLUE},
    OUTLINE: {"facecolor": "none", "edgecolor": BLUE},
    WITHHELD: {"facecolor": "none", "edgecolor": INK, "linestyle": (0, (2, 2))},
    AT_FORUM: {"facecolor": TURQUOISE, "edgecolor": TURQUOISE, "marker": "s"},
}
"""How a mark looks, in matplotlib's words. What is withheld is dashed, and in no colour of the figures."""


def in_colour(look: str, colour: str = BLUE) -> dict[str, Any]:
    """A look in another colour, with the edge that every mark has."""
    face = {key: colour if value == BLUE else value for key, value in FACES[look].items()}
    return {"linewidth": EDGE, **face}


NAMES = {LINE: "line", BLUE: "blue", ORANGE: "orange", TURQUOISE: "turquoise", HALF: "half"}
NAMES |= {colour: f"heat-{step}" for step, colour in enumerate(HEAT, 1)}
NAMES |= {colour: f"on-heat-{step}" for step, colour in enumerate(ON_HEAT, 1)}


def has_name(colour: str) -> bool:
    """Whether it is one of the palette, or none at all."""
    return colour in ("none", INK) or colour in NAMES


def as_css(colour: str) -> str:
    """A drawn colour as a page says it: `var(--ab-blue, #12436d)`. Raises KeyError for one outside the palette."""
    if colour == "none":
        return colour
    return "currentColor" if colour == INK else f"var(--ab-{NAMES[colour]}, {colour})"
