"""Recommendations through time: what became of each, and since when.

Rows of several audits that follow each other are one recommendation: it stands where its newest row stands, and counts
once. No clock is read: a register stands at the last day of which its audits speak.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from auditbook.codebook.quarter import AuditId, quarter_of
from auditbook.evidence.threads import CLOSED, Key, Thread
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
    "done": "Done",
    "abandoned": "Abandoned",
}
"""Where a recommendation stands, the most pressing first."""
STILL = {
    "overdue": "still open",
    "unanswered": "never answered",
    "silent": "still open",
    "dropped": "carried forward and not taken up",
    "open": "still open",
}
"""What is said of the time since, of a recommendation that is not closed."""
CARRIED = ("text", "kind", "owner", "assured_by", "assured_to", "impact")
"""What an earlier row says, where a newer row of the same recommendation leaves it empty."""
OUTSIDE = "outside:"

Rows = dict[Key, tuple[Released, Recommendation]]
"""Every row of these audits, with its audit."""


@dataclass(frozen=True)
class Action:
    """One recommendation, as the newest row of these audits has it.

    released, asked  that row and its audit; what the row leaves empty is as an earlier row has it
    standing         a key of STANDINGS
    months           whole months from the end of the first audit's quarter until it was done or abandoned, else until
                     `as_of`; None when it is not said when it ended
    rows             every row of it in these audits, newest first, each with its audit
    earlier          what this row takes up again, the nearest first
    later            its rows in audits that are not among these, oldest first
    outside          the words for what it follows outside of these audits; of the whole thread
    """

    released: Released
    asked: Recommendation
    standing: str
    as_of: date
    months: int | None
    rows: tuple[tuple[Released, Recommendation], ...] = ()
    earlier: tuple[Key, ...] = ()
    later: tuple[Key, ...] = ()
    outside: str = ""

    @property
    def audit_id(self) -> AuditId:
        return self.released.audit_id

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

    @property
    def lifetime(self) -> str:
        """`Asked in Q1 2021-22, done in Q2 2021-22`, `Asked in Q1 2021-22, after 9 months still open`."""
        asked = self.asked.thread[0].audit if self.asked.thread else self.audit_id
        if not self.is_closed:
            return f"Asked in {asked.label}" + (f", after {self.age} {STILL[self.standing]}" if self.months else "")
        status_date = self.asked.status_date
        if status_date is None:
            return f"Asked in {asked.label}, {self.standing}"
        quarter = quarter_of(status_date.last)
        if quarter_of(status_date.first) != quarter:
            return f"Asked in {asked.label}, {self.standing} in {status_date.text[:4]}"
        if (quarter.year, quarter.quarter) == (asked.year, asked.quarter):
            return f"Asked and {self.standing} in {asked.label}"
        return f"Asked in {asked.label}, {self.standing} in {quarter.label}"

    @property
    def first(self) -> Key:
        """The first row of it in any audit, which stays the same however often it is taken up again."""
        return self.asked.thread[0].key if self.asked.thread else self.key

    @property
    def history(self) -> Thread:
        """What each audit's row says, oldest first; empty where only one audit has it."""
        return self.asked.thread

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """Theme ids: its own, then those of the findings that it answers; of its newest row first."""
        return tuple(dict.fromkeys(theme for audit, asked in self.rows for theme in _themes(audit, asked)))


def _themes(released: Released, asked: Recommendation) -> list[str]:
    answered = [finding for finding in released.findings if finding.id in asked.findings]
    return [*asked.themes, *(theme for finding in answered for theme in finding.themes)]


def actions(audits: Iterable[Released], day: date | None = None, is_today: bool = False) -> list[Action]:
    """Every recommendation of these audits, the most pressing first; then by day due, audit and number.

    day       the day of which it speaks; the last of which these audits speak unless given
    is_today  whether it is today: then what is open after its day due is overdue, whoever spoke of it last

    Raises ReleaseRefused for anything but released figures.
    """
    audits = sorted(map(require_released, audits), key=lambda audit: audit.audit_id)
    every = {(str(audit.audit_id), asked.id): (audit, asked) for audit in audits for asked in audit.recommendations}
    as_of = day or last_day_known(audits)
    newest_actions = [
        _action(key, every, as_of, is_today) for key in every if not any(newer in every for newer in _newer(key, every))
    ]
    return sorted(newest_actions, key=_urgency)


def last_day_known(audits: Sequence[Released]) -> date:
    """The last day of which these audits speak: the end of the last quarter, or a later status."""
    ends = [audit.audit_id.last_day for audit in audits]
    days = [asked.status_date.last for audit in audits for asked in audit.recommendations if asked.status_date]
    return max([*ends, *days], default=date.min)


def _newer(key: Key, every: Rows) -> tuple[Key, ...]:
    """The rows of the same recommendation in later audits, oldest first."""
    released, asked = every[key]
    return tuple(step.key for step in asked.thread if released.audit_id < step.audit)


def _older(key: Key, every: Rows) -> list[tuple[Released, Recommendation]]:
    """The rows of the same recommendation in earlier audits among these, newest first."""
    released, asked = every[key]
    return [every[step.key] for step in reversed(asked.thread) if step.audit < released.audit_id and step.key in every]


def followed_key(follows: str) -> Key | None:
    """The recommendation of an audit that this one takes up again; None for one from outside, or none."""
    audit, slash, recommendation = follows.partition("/")
    return (audit, recommendation) if slash and not follows.startswith(OUTSIDE) else None


def _action(key: Key, every: Rows, as_of: date, is_today: bool) -> Action:
    released, asked = every[key]
    rows = (every[key], *_older(key, every))
    standing, months = _standing(asked, as_of, is_today), _months(released, asked, as_of)
    earlier, outside = _thread(asked, every)
    whole = replace(asked, **{column: _newest_words(column, rows) for column in CARRIED})
    return Action(released, whole, standing, as_of, months, rows, earlier, _newer(key, every), outside)


def _newest_words(column: str, rows: Iterable[tuple[Released, Recommendation]]) -> str:
    return next((words for _, asked in rows if (words := getattr(asked, column))), "")


def _thread(asked: Recommendation, every: Rows) -> tuple[tuple[Key, ...], str]:
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


def _standing(asked: Recommendation, as_of: date, is_today: bool) -> str:
    if asked.status in CLOSED:
        return asked.status
    if asked.status not in OPEN:
        return "dropped" if asked.status else "unanswered"
    if asked.due is None or asked.due.last >= as_of:
        return "open"
    return "overdue" if is_today or is_overdue(asked.due, asked.status, asked.status_date) else "silent"


def _months(released: Released, asked: Recommendation, as_of: date) -> int | None:
    first = asked.thread[0].audit if asked.thread else released.audit_id
    end = as_of
    if asked.status in CLOSED:
        end = asked.status_date.last if asked.status_date else None
    return None if end is None else max(completed_months(first.last_day, end), 0)


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
