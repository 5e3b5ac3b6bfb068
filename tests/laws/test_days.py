"""Days are the same day however people here write them, and the day always comes before the month."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditbook.validation.dates import MONTHS, ShortDate

WAYS = {
    "ISO": lambda day: day.isoformat(),
    "ISO, of a program": lambda day: f"{day.isoformat()} 00:00:00",
    "year first with strokes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "strokes": lambda day: f"{day.day}/{day.month}/{day.year}",
    "strokes and noughts": lambda day: f"{day.day:02}/{day.month:02}/{day.year}",
    "points": lambda day: f"{day.day}.{day.month}.{day.year}",
    "hyphens": lambda day: f"{day.day:02}-{day.month:02}-{day.year}",
    "words": lambda day: f"{day.day} {MONTHS[day.month - 1].title()} {day.year}",
    "words, ordinal": lambda day: f"{day.day}th of {MONTHS[day.month - 1]} {day.year}",
    "short words": lambda day: f"{day.day}-{MONTHS[day.month - 1][:3].title()}-{day.year}",
    "blanks nobody sees": lambda day: f"\u00a0{day.day}/{day.month}/{day.year}\u200b",
}
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize("way", WAYS)
@given(day=DAYS)
def test_a_day_is_the_same_however_it_is_written(way, day):
    found = ShortDate.read(WAYS[way](day))
    assert (found.first, found.last, found.text) == (day, day, day.isoformat())


@given(day=DAYS)
def test_a_month_is_the_same_however_it_is_written(day):
    written = [f"{day.month}/{day.year}", f"{MONTHS[day.month - 1]} {day.year}", f"{day.month:02}.{day.year}"]
    assert {ShortDate.read(each).text for each in written} == {f"{day.year}-{day.month:02}"}


@given(day=DAYS)
def test_a_day_written_month_first_is_never_another_day_than_it_says(day):
    """It is read day first, or refused: nobody's month is guessed from its size."""
    text = f"{day.month}/{day.day}/{day.year}"
    try:
        assert ShortDate.read(text).first == date(day.year, day.day, day.month)
    except ValueError:
        assert day.day > 12 or not _is_day(day.year, day.day, day.month)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False
