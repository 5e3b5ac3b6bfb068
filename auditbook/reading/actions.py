"""Recommendations through time: what became of each, since when, and what took it up again.

No clock is read: a register stands at the last day of which its audits speak.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from auditbook.codebook.quarter import AuditId
from auditbook.measures.recommendations import OPEN, is_overdue
from auditbook.reading.wording import noun, require_released
from auditbook.release.released import Released
from auditbook.release.texts import Recommendation
from auditbook.validation.dates import completed_months

STANDINGS = {
    "overdue": "Overdue",
    "unanswered": "Never answered",
    "silent": "Due, and no word since",
    "dropped": "Carried forward, and not taken up yet",
    "open": "Open",
    "followed": "Taken up again by a later audit",
    "done": "Done",
    "abandoned": "Abandoned",
}
"""Where a recommendation stands, the most pressing first."""
CLOSED = ("followed", "done", "abandoned")
OUTSIDE = "outside:"

Key = tuple[str, str]
"""An audit's id and a recommendation's."""


@dataclass(frozen=True)
class Action:
    """One recommendation of one audit, and its thread.

    standing  a key of STANDINGS
    months    whole months from the end of the audit's quarter until it was done or abandoned, else until `as_of`;
              None when it is not said when it ended
    earlier   what it takes up again, the nearest first: actions, not their copies in other audits
    later     what took it up again, oldest first
    outside   the words for what it follows outside of these audits; of the whole thread
    """

    figures: Released
    asked: Recommendation
    standing: str
    as_of: date
    months: int | None
    earlier: tuple[Key, ...] = ()
    later: tuple[Key, ...] = ()
    outside: str = ""

    @property
    def audit_id(self) -> AuditId:
        return self.figures.audit_id

    @property
    def key(self) -> Key:
        return str(self.audit_id), self.asked.id

    @property
    def is_closed(self) -> bool:
        return self.standing in CLOSED

    @property
    def impact(self) -> str:
        return self.asked.impact or "No evidence yet"

    @property
    def age(self) -> str:
        """`9 months`, `less than a month`; empty when it is not said when it ended."""
        if self.months is None:
            return ""
        return f"{self.months} {noun('months', self.months)}" if self.months else "less than a month"

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """Theme ids: its own, then those of the findings that it answers."""
        answered = [finding for finding in self.figures.findings if finding.id in self.asked.findings]
        return tuple(dict.fromkeys([*self.asked.themes, *(theme for each in answered for theme in each.themes)]))


def actions(audits: Iterable[Released]) -> list[Action]:
    """Every recommendation of these audits, the most pressing first; then by day due, audit and number.

    Raises ReleaseRefused for anything but released figures.
    """
    audits = sorted(map(require_released, audits), key=lambda figures: figures.audit_id)
    every = {
        (str(figures.audit_id), each.id): (figures, each) for figures in audits for each in figures.recommendations
    }
    later = _later(every)
    as_of = last_day_known(audits)
    found = [_action(key, every, later.get(key, ()), as_of) for key in every]
    return sorted(found, key=_urgency)


def last_day_known(audits: Sequence[Released]) -> date:
    """The last day of which these audits speak: the end of the last quarter, or a later status."""
    ends = [figures.audit_id.last_day for figures in audits]
    said = [each.status_date.last for figures in audits for each in figures.recommendations if each.status_date]
    return max([*ends, *said], default=date.min)


def _later(every: dict[Key, tuple]) -> dict[Key, tuple[Key, ...]]:
    later: dict[Key, tuple[Key, ...]] = {}
    for key, (_, each) in every.items():
        followed = followed_key(each.follows)
        if followed in every:
            later[followed] = (*later.get(followed, ()), key)
    return later


def followed_key(follows: str) -> Key | None:
    """The recommendation of an audit that this one takes up again; None for one from outside, or none."""
    audit, slash, recommendation = follows.partition("/")
    return (audit, recommendation) if slash and not follows.startswith(OUTSIDE) else None


def _action(key: Key, every: dict[Key, tuple], later: tuple[Key, ...], as_of: date) -> Action:
    figures, asked = every[key]
    standing = _standing(asked, bool(later), as_of)
    earlier, outside = _thread(asked, every)
    return Action(figures, asked, standing, as_of, _months(figures, asked, standing, as_of), earlier, later, outside)


def _thread(asked: Recommendation, every: dict[Key, tuple]) -> tuple[tuple[Key, ...], str]:
    """What came before, the nearest first, and the words for what stood at its beginning outside of the audits.

    An audit only follows earlier ones, so this ends.
    """
    earlier: list[Key] = []
    while (key := followed_key(asked.follows)) is not None:
        earlier.append(key)
        if key not in every:
            return tuple(earlier), ""
        asked = every[key][1]
    return tuple(earlier), asked.follows.removeprefix(OUTSIDE).strip()


def _standing(asked: Recommendation, is_taken_up: bool, as_of: date) -> str:
    if asked.status in ("done", "abandoned"):
        return asked.status
    if asked.status not in OPEN:
        return "followed" if is_taken_up else "dropped" if asked.status else "unanswered"
    if is_overdue(asked.due, asked.status, asked.status_date):
        return "overdue"
    return "silent" if asked.due and asked.due.last < as_of else "open"


def _months(figures: Released, asked: Recommendation, standing: str, as_of: date) -> int | None:
    end = as_of
    if standing in ("done", "abandoned"):
        end = asked.status_date.last if asked.status_date else None
    return None if end is None else max(completed_months(figures.audit_id.last_day, end), 0)


def _urgency(action: Action) -> tuple:
    due = action.asked.due
    return (
        [*STANDINGS].index(action.standing),
        due.last if due else date.max,
        action.audit_id,
        _natural(action.asked.id),
    )


def _natural(number: str) -> tuple:
    """2 before 10, and words behind numbers."""
    return (0, int(number), "") if number.isdecimal() else (1, 0, number)
