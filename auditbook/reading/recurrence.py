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
        return [audit for audit, own in self.known if _is_raised(own)]

    def found_as(self, category: str) -> list[Released]:
        return self._found_as[category]

    @cached_property
    def _found_as(self) -> dict[str, list[Released]]:
        return {
            category: [audit for audit, own in self.known if is_found(own.get(category))]
            for category in THEME_CATEGORIES
        }

    def looked_for_as(self, category: str) -> list[Released]:
        """The audits that say whether it was found as this; none of a theme they did not look for."""
        return [audit for audit, own in self.known if category in own]


def _is_raised(own: dict[str, ReleasedMeasure]) -> bool:
    return not all(map(is_zero, own.values()))


def recurrence(series: Series, theme: str) -> Recurrence:
    figures = ((audit, _figures(audit, theme)) for audit in series.audits)
    return Recurrence(series, tuple((audit, own) for audit, own in figures if own))


def _figures(audit: Released, theme: str) -> dict[str, ReleasedMeasure]:
    found = {category: audit.figures.get(MeasureId.of("theme", theme, category)) for category in THEME_CATEGORIES}
    return {category: figure for category, figure in found.items() if figure is not None}


def recurrence_in_words(each: Recurrence) -> list[str]:
    """`Found in 3 of the last 4 audits.`, as what, and when last; the base is the audits that can tell."""
    found = each.found
    if not each.known:
        return ["None of these audits says whether it was found."]
    if not found:
        return [f"Looked for in {number_of(len(each.known), 'audit')}, and found in none."]
    if len(each.known) == 1:
        return [_only(each, found[0])]
    return [_how_often(each, found), *_as_what(each), *_since(each, found)]


def recurrence_in_short(each: Recurrence) -> list[str]:
    """How often and when last, in one sentence; the theme's own page says as what."""
    if not each.found or len(each.known) == 1:
        return recurrence_in_words(each)
    return [f"{_how_often(each, each.found).removesuffix('.')}; last in {each.found[-1].audit_id.label}."]


def _only(each: Recurrence, audit: Released) -> str:
    only = "the only audit that can tell" if len(each.series.audits) > 1 else "the only audit so far"
    directions = [words for category, words in DIRECTIONS_IN_WORDS.items() if each.found_as(category)]
    return f"Found in {audit.audit_id.label}, {only}{', as ' if directions else ''}{' and as '.join(directions)}."


def _how_often(each: Recurrence, found: Sequence[Released]) -> str:
    known = [audit for audit, _ in each.known]
    last = known[-LAST_AUDITS:]
    of_last = sum(audit in found for audit in last)
    named = f"the last {len(last)} audits"
    silent = len(each.series.audits) - len(known)
    words = f"Found in {of_last} of {named}{' that can tell' if silent else ''}"
    return words + (f", and in {len(found)} of {len(known)} in all." if len(known) > LAST_AUDITS else ".")


def _as_what(each: Recurrence) -> list[str]:
    counts = {words: len(each.found_as(category)) for category, words in DIRECTIONS_IN_WORDS.items()}
    ways = [f"as {words} in {number_of(count, 'audit')}" for words, count in counts.items() if count]
    if not ways:
        return []
    both = len([audit for audit in each.found_as("strength") if audit in each.found_as("development")])
    ending = f"; {number_of(both, 'audit')} found both" if both else ""
    return [f"{' and '.join(ways)}{ending}.".capitalize()]


def _since(each: Recurrence, found: Sequence[Released]) -> list[str]:
    after = [audit for audit, _ in each.known if audit.audit_id > found[-1].audit_id]
    if not after:
        return [f"Last found in {found[-1].audit_id.label}, the newest audit that can tell."]
    return [f"Last found in {found[-1].audit_id.label}; not found in {number_of(len(after), 'audit')} since."]


def after_done(each: Recurrence, audit: Released, done_on) -> str:
    """Whether the theme came back as an area for development after a recommendation of an audit was done.

    done_on  the day it was done as a ShortDate, or None when that is not stated
    Only audits count whose quarter ended after both; what they read may still be older, and the sentence says so.
    """
    later = [own for own in each.looked_for_as("development") if own.audit_id > audit.audit_id]
    later = [own for own in later if done_on is None or own.audit_id.last_day > done_on.last]
    again = [own for own in each.found_as("development") if own in later]
    if not later:
        return "No later audit tells yet whether this is still an area for development."
    if not again:
        return (
            f"Not found as an area for development in {number_of(len(later), 'audit')} since it was done. "
            "That does not show that it has worked."
        )
    quarters = joined([own.audit_id.label for own in again])
    return (
        f"Found again as an area for development in {quarters}, though the cases read may be older than what was done."
    )
