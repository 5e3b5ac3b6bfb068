"""Dates, as short as they are known: `2012`, `2010-01` or `2021-02-19`."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Self

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True)
class ShortDate:
    """Every day a short date may mean, from `first` to `last`."""

    text: str
    first: date
    last: date

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises ValueError when the text is no ISO 8601 date of a year, a month or a day."""
        match = _SHAPE.fullmatch(text.strip())
        if not match:
            raise ValueError(f'"{text}" is not a date as YYYY, YYYY-MM or YYYY-MM-DD')
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            return cls(text.strip(), *_first_and_last(year, month, day))
        except ValueError as error:
            raise ValueError(f'"{text}" is not in the calendar: {error}') from None

    def __str__(self) -> str:
        return self.text


def _first_and_last(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def completed_months(start: date, end: date) -> int:
    """Whole months from start to end; the last day of a month completes it whatever its length.

    31 January to 28 February is one month. Source: DESIGN section 4, `months` from two dates.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    is_month_end = end.day == monthrange(end.year, end.month)[1]
    return months if end.day >= start.day or is_month_end else months - 1


def months_between(start: ShortDate, end: ShortDate) -> int | None:
    """Completed months between two dates, or None when the dates are too short to tell.

    An end is never before its start, so two days of the same month are no month apart.
    """
    shortest = max(completed_months(start.last, end.first), 0)
    longest = completed_months(start.first, end.last)
    return shortest if shortest == longest else None
