"""Withheld numbers that are found later: once, and never taken for none when they cannot be found."""

import pytest

from auditbook.leaks.labels import Withheld
from auditbook.leaks.withheld import LaterNumbers


def test_they_are_found_once_and_only_when_asked_for():
    asked = []

    def find(name: str) -> Withheld:
        asked.append(name)
        return Withheld(names={"girl": ()})

    numbers = LaterNumbers({"2021-22-Q1": "a", "2021-22-Q2": "b"}, find)
    assert len(numbers) == 2 and "2021-22-Q1" in numbers and numbers.get("2021-22-Q3") is None
    assert asked == []
    assert numbers.get("2021-22-Q1") and numbers["2021-22-Q1"]
    assert asked == ["2021-22-Q1"]


@pytest.mark.parametrize("ask", [lambda numbers: numbers.get("x"), lambda numbers: numbers["x"], dict])
def test_numbers_that_cannot_be_found_are_not_none(ask):
    def find(_: str) -> Withheld:
        raise KeyError("a fault while counting")

    with pytest.raises(KeyError, match="a fault while counting"):
        ask(LaterNumbers({"x": "a"}, find))
