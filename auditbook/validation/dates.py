"""Dates, as short as they are known: `2012`, `2010-01` or `2021-02-19`; or as people here write them, day first."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Self

from auditbook.validation.names import trimmed

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?Z?$", re.ASCII)
"""What programs put behind a day that has no time."""
ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)
AS_WRITTEN = (
    re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})", re.ASCII),
    re.compile(r"(?P<day>\d{1,2})(?P<mark>\s?[-/.]\s?)(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})", re.ASCII),
    re.compile(
        r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s.-]{1,2})?(?P<name>[a-z]{3,9})[\s.,-]{1,2}(?P<year>\d{4})",
        re.ASCII,
    ),
)
"""`9/6/2025`, `9.6.2025`, `06/2025`, `2025/06/09`; `9 June 2025`, `9th of Jun 2025`, `June 2025`."""
WEEKDAY = re.compile(r"\A(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+(?=\d)", re.ASCII)
SHORT_YEAR = re.compile(r"(\d{1,2}[\s./-])?(\d{1,2}|[a-z]{3,9})[\s./-]'?\d{2}", re.ASCII)
SERIAL = re.compile(r"[2-5]\d{4}(?:\.\d+)?", re.ASCII)
"""How spreadsheets number the days from 1954 to 2064."""


@dataclass(frozen=True)
class ShortDate:
    """Every day a short date may mean, from `first` to `last`. `text` is ISO 8601, however it was written."""

    text: str
    first: date
    last: date

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises ValueError, with what to write, when the text is no date of a year, a month or a day."""
        written = MIDNIGHT.sub("", trimmed(text))
        year, month, day = _parts(written, text)
        try:
            first, last = _first_and_last(year, month, day)
        except ValueError as error:
            raise ValueError(f'"{text}" is not in the calendar: {_why(month, day) or error}') from None
        shorter = (f"-{part:02}" for part in (month, day) if part is not None)
        return cls("".join((f"{year:04}", *shorter)), first, last)

    def __str__(self) -> str:
        return self.text


def _parts(written: str, text: str) -> tuple[int, int | None, int | None]:
    """Year, month and day; ISO as it stands, else the day before the month. Raises ValueError, with a way out."""
    lower = WEEKDAY.sub("", written.casefold())
    match = ISO.fullmatch(written) or next(filter(None, (shape.fullmatch(lower) for shape in AS_WRITTEN)), None)
    if match is None:
        raise ValueError(_not_a_date(text, lower))
    parts = match.groupdict()
    if "name" in parts:
        month = next((number for number, name in enumerate(MONTHS, 1) if _is_month(parts["name"], name)), None)
        if month is None:
            raise ValueError(_not_a_date(text, lower))
    else:
        month = int(parts["month"]) if parts["month"] else None
    day = parts.get("day")
    return int(parts["year"]), month, int(day) if day else None


def _is_month(written: str, name: str) -> bool:
    return written in (name, name[:3], f"{name[:3]}t" if name == "september" else name)


def _not_a_date(text: str, lower: str) -> str:
    if SHORT_YEAR.fullmatch(lower):
        return f'"{text}" has no year of four digits, and could be read in two ways; write it like 2025-06-09'
    if SERIAL.fullmatch(lower):
        return f'"{text}" is how a spreadsheet numbers a day; format the column as a date, and save again'
    return f'"{text}" is not a date as YYYY, YYYY-MM or YYYY-MM-DD, nor like 9/6/2025 or 9 June 2025'


def _why(month: int | None, day: int | None) -> str:
    if day is not None and month is not None and month > 12 and day <= 12:
        return f"the day comes before the month, and {month} is no month"
    return ""


def _first_and_last(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def day_in_words(day: date) -> str:
    """`17 September 2021`."""
    return f"{day.day} {day:%B %Y}"


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


def is_still_to_come(day: date | None) -> bool:
    """Whether a day on which something was sent is after today: a slip of the year, or a clock that is wrong."""
    return day is not None and day > date.today()
