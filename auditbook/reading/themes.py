"""The themes of an audit: which were raised, how, and which were counted and not raised."""

from collections.abc import Iterable
from dataclasses import dataclass

from auditbook.codebook.codebook import Theme
from auditbook.reading.table import has_number, in_short, is_zero
from auditbook.reading.wording import noun, require_released
from auditbook.release.released import Released, ReleasedMeasure

NOUNS = {"strength": "strengths", "development": "areas for development", "findings": "findings"}


@dataclass(frozen=True)
class ThemeCounts:
    """One theme and its figures by their category: findings, strength, development, cases, agencies."""

    theme: Theme
    figures: dict[str, ReleasedMeasure]

    @property
    def label(self) -> str:
        return self.theme.label

    @property
    def is_raised(self) -> bool:
        return not all(is_zero(figure) for figure in self.figures.values())

    def of(self, *categories: str) -> list[tuple[str, ReleasedMeasure]]:
        return [(category, self.figures[category]) for category in categories if category in self.figures]

    def in_words(self, *categories: str) -> str:
        """`0 strengths, 3 areas for development`."""
        return ", ".join(f"{in_short(figure)} {noun_of(category, figure)}" for category, figure in self.of(*categories))


def noun_of(category: str, figure: ReleasedMeasure) -> str:
    """`strength` or `strengths`, after the number before it."""
    if figure.unit == "percent" or not has_number(figure):
        return NOUNS.get(category, category)
    return (
        "area for development"
        if category == "development" and figure.value == 1
        else noun(NOUNS.get(category, figure.unit), figure.value)
    )


def themes(released: Released) -> list[ThemeCounts]:
    """Every theme of which something is released, in the order of its figures."""
    by_family = {f"theme.{theme.id}": theme for theme in require_released(released).codebook.themes.values()}
    return [
        ThemeCounts(by_family[family], figures) for family, figures in released.by_family.items() if family in by_family
    ]


def themes_with(released: Released, *categories: str) -> list[ThemeCounts]:
    """The themes that were raised and have one of these figures above zero."""
    return [theme for theme in themes(released) if any(not is_zero(figure) for _, figure in theme.of(*categories))]


def themes_left_out(released: Released) -> list[str]:
    """A sentence where the cases of some themes are not even listed."""
    is_some = any(unlisted.root == "theme" and unlisted.category == "cases" for unlisted in released.unlisted)
    return ["Themes that only a few findings raised are left out here."] if is_some else []


def not_raised_in_words(every: Iterable[ThemeCounts]) -> list[str]:
    """One sentence for the themes that were looked for and that no finding raised."""
    labels = [theme.label for theme in every if not theme.is_raised]
    return [f"Looked for, and not raised: {'; '.join(labels)}."] if labels else []
