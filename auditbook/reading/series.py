"""Audits that may stand side by side, and one figure of each of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from auditbook.codebook.variables import Variable
from auditbook.reading.table import is_zero, variables
from auditbook.reading.themes import themes
from auditbook.reading.wording import require_released
from auditbook.release.released import Released, ReleasedMeasure

SIDE_BY_SIDE = 8
"""Audits in one picture; more would be too narrow to read on a phone, so they go into a picture of their own."""

RAISED = "Findings that raised each theme"
REPEATED = "Strengths and areas for development of themes raised more than once"
"""Titles of what is shown audit by audit."""


@dataclass(frozen=True)
class Series:
    """Audits of one collection, one partnership and one unit, oldest first: the only ones that make a trend.

    name  what sets it apart from other series of the page; empty when there is only one
    """

    name: str
    audits: tuple[Released, ...]

    @property
    def unit(self) -> str:
        return self.audits[0].settings.unit.plural

    @property
    def comparable(self) -> str:
        """What audits that may stand side by side have in common: collection, partnerships, unit."""
        settings = self.audits[0].settings
        return f"{settings.collection}: {' and '.join(sorted(settings.partnerships)) or 'not named'}, {self.unit}"

    @property
    def span(self) -> str:
        """For a title: `Q4 2020-21 to Q2 2021-22`, or `Q1 to Q4 2021-22` in one year."""
        first, last = self.audits[0].audit_id, self.audits[-1].audit_id
        if first == last:
            return first.label
        is_one_year = first.year == last.year and not first.slug
        return f"Q{first.quarter} to {last.label}" if is_one_year else f"{first.label} to {last.label}"

    def titled(self, title: str) -> str:
        return ", ".join(filter(None, [title, self.name, self.span]))

    def pictures(self) -> Iterator["Series"]:
        """The same in pieces that fit into one picture each, the newest first."""
        for end in range(len(self.audits), 0, -SIDE_BY_SIDE):
            yield Series(self.name, self.audits[max(end - SIDE_BY_SIDE, 0) : end])

    def figures(self, measure_id: str) -> list[ReleasedMeasure | None]:
        """The measure in each audit; None where it is not listed."""
        return [audit.figures.get(measure_id) for audit in self.audits]

    @cached_property
    def _times_raised(self) -> Counter:
        """Theme id → in how many of the audits it was raised."""
        return Counter(theme.theme.id for audit in self.audits for theme in themes(audit) if theme.is_raised)

    @cached_property
    def themes(self) -> dict[str, str]:
        """Theme id → label, of those raised in some of the audits; in the order of the codebook."""
        every_theme = self.audits[0].codebook.themes.values()
        return {theme.id: theme.label for theme in every_theme if self._times_raised[theme.id]}

    @cached_property
    def repeated_themes(self) -> dict[str, str]:
        """Theme id → label, of those raised in more than one of the audits."""
        return {theme: label for theme, label in self.themes.items() if self._times_raised[theme] > 1}

    @cached_property
    def flags(self) -> list[Variable]:
        """The yes-or-no variables recorded in more than one of the audits."""
        times = Counter(flag.id for audit in self.audits for flag in variables(audit, "flag"))
        return [flag for flag in self.audits[0].codebook.variables.values() if times[flag.id] > 1]


def series(audits: Iterable[Released]) -> list[Series]:
    """Audits apart by collection, partnerships and unit, each oldest first: nothing else makes a trend.

    Raises ReleaseRefused for anything but released figures.
    """
    groups: dict[tuple, list[Released]] = {}
    for audit in map(require_released, audits):
        settings = audit.settings
        key = (settings.collection, tuple(sorted(settings.partnerships)), settings.unit.plural)
        groups.setdefault(key, []).append(audit)
    names = {key: _name(key, groups) for key in groups}
    return [
        Series(names[key], tuple(sorted(group, key=lambda audit: audit.audit_id)))
        for key, group in sorted(groups.items())
    ]


def _name(key: tuple, groups: Iterable[tuple]) -> str:
    """What this series has that another of the page has not."""
    groups = list(groups)
    parts = [key[0], " and ".join(key[1]) or "partnership not named", key[2]]
    return ", ".join(part for place, part in enumerate(parts) if len({group[place] for group in groups}) > 1)


def is_found(figure: ReleasedMeasure | None) -> bool:
    return figure is not None and not is_zero(figure)
