"""A theme from audit to audit, in plain words that claim no more than a handful of cases can carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from auditbook.codebook.measure_id import MeasureId
from auditbook.evidence.tallies import THEME_CATEGORIES
from auditbook.reading.series import Series, is_found
from auditbook.reading.table import is_zero
from auditbook.reading.wording import joined
from auditbook.release.released import Released, ReleasedMeasure
from auditbook.validation.problems import number_of

LAST_AUDITS = 4
"""Audits that `the last audits` are at the most: a year of quarters."""
CAUTION = (
    "Each audit read other cases, and often asked something else, so a difference between two audits may be chance: "
    "nothing here is tested."
)
DIRECTIONS_IN_WORDS = {"development": "an area for development", "strength": "a strength"}


@dataclass(frozen=True)
class Recurrence:
    """One theme in the audits of a series.

    known  the audits that tell whether it was found, with its figures by their category; oldest first
    """

    series: Series
    known: tuple[tuple[Released, dict[str, ReleasedMeasure]], ...]

    @cached_property
    def found(self) -> list[Released]:
        return [audit for audit, by_category in self.known if _is_raised(by_category)]

    def found_as(self, category: str) -> list[Released]:
        return self._found_as[category]

    @cached_property
    def _found_as(self) -> dict[str, list[Released]]:
        return {
            category: [audit for audit, by_category in self.known if is_found(by_category.get(category))]
            for category in THEME_CATEGORIES
        }

    def looked_for_as(self, category: str) -> list[Released]:
        """The audits that say whether it was found as this; none of a theme they did not look for."""
        return [audit for audit, by_category in self.known if category in by_category]


def _is_raised(by_category: dict[str, ReleasedMeasure]) -> bool:
    return not all(map(is_zero, by_category.values()))


def recurrence(series: Series, theme: str) -> Recurrence:
    figures = ((audit, _figures(audit, theme)) for audit in series.audits)
    return Recurrence(series, tuple((audit, by_category) for audit, by_category in figures if by_category))


def _figures(audit: Released, theme: str) -> dict[str, ReleasedMeasure]:
    figures = {category: audit.figures.get(MeasureId.of("theme", theme, category)) for category in THEME_CATEGORIES}
    return {category: figure for category, figure in figures.items() if figure is not None}


def recurrence_in_words(theme: Recurrence) -> list[str]:
    """`Found in 3 of the last 4 audits.`, as what, and when last; the base is the audits that can tell."""
    found_in = theme.found
    if not theme.known:
        return ["None of these audits says whether it was found."]
    if not found_in:
        return [f"Looked for in {number_of(len(theme.known), 'audit')}, and found in none."]
    if len(theme.known) == 1:
        return [_only(theme, found_in[0])]
    return [_how_often(theme, found_in), *_as_what(theme), *_since(theme, found_in)]


def recurrence_in_short(theme: Recurrence) -> list[str]:
    """How often and when last, in one sentence; the theme's own page says as what."""
    if not theme.found or len(theme.known) == 1:
        return recurrence_in_words(theme)
    return [f"{_how_often(theme, theme.found).removesuffix('.')}; last in {theme.found[-1].audit_id.label}."]


def _only(theme: Recurrence, audit: Released) -> str:
    only = "the only audit that can tell" if len(theme.series.audits) > 1 else "the only audit so far"
    directions = [words for category, words in DIRECTIONS_IN_WORDS.items() if theme.found_as(category)]
    return f"Found in {audit.audit_id.label}, {only}{', as ' if directions else ''}{' and as '.join(directions)}."


def _how_often(theme: Recurrence, found_in: Sequence[Released]) -> str:
    telling_audits = [audit for audit, _ in theme.known]
    last = telling_audits[-LAST_AUDITS:]
    of_last = sum(audit in found_in for audit in last)
    named = f"the last {len(last)} audits"
    silent = len(theme.series.audits) - len(telling_audits)
    words = f"Found in {of_last} of {named}{' that can tell' if silent else ''}"
    return words + (
        f", and in {len(found_in)} of {len(telling_audits)} in all." if len(telling_audits) > LAST_AUDITS else "."
    )


def _as_what(theme: Recurrence) -> list[str]:
    counts = {words: len(theme.found_as(category)) for category, words in DIRECTIONS_IN_WORDS.items()}
    ways = [f"as {words} in {number_of(count, 'audit')}" for words, count in counts.items() if count]
    if not ways:
        return []
    both = len([audit for audit in theme.found_as("strength") if audit in theme.found_as("development")])
    ending = f"; {number_of(both, 'audit')} found both" if both else ""
    return [f"{' and '.join(ways)}{ending}.".capitalize()]


def _since(theme: Recurrence, found_in: Sequence[Released]) -> list[str]:
    after = [audit for audit, _ in theme.known if audit.audit_id > found_in[-1].audit_id]
    if not after:
        return [f"Last found in {found_in[-1].audit_id.label}, the newest audit that can tell."]
    return [f"Last found in {found_in[-1].audit_id.label}; not found in {number_of(len(after), 'audit')} since."]


def after_done(theme: Recurrence, audit: Released, done_on) -> str:
    """Whether the theme came back as an area for development after a recommendation of an audit was done.

    done_on  the day it was done as a ShortDate, or None when that is not stated
    Only audits count whose quarter ended after both; what they read may still be older, and the sentence says so.
    """
    later = [newer for newer in theme.looked_for_as("development") if newer.audit_id > audit.audit_id]
    later = [newer for newer in later if done_on is None or newer.audit_id.last_day > done_on.last]
    again = [newer for newer in theme.found_as("development") if newer in later]
    if not later:
        return "No later audit tells yet whether this is still an area for development."
    if not again:
        return (
            f"Not found as an area for development in {number_of(len(later), 'audit')} since it was done. "
            "That does not show that it has worked."
        )
    quarters = joined([newer.audit_id.label for newer in again])
    return (
        f"Found again as an area for development in {quarters}, though the cases read may be older than what was done."
    )
