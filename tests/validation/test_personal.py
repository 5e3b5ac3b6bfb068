"""What looks personal in a text, however it is written; and what only resembles it."""

import random
import re
from pathlib import Path

import pytest
from hanging import not_hanging
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import nhs, upn
from validation.personal_examples import HARMLESS, IDENTIFYING, NOT_IDENTIFYING, PERSONAL

from auditbook.validation.personal import identifying, personal_in, personal_lines


@pytest.mark.parametrize(("rule", "words"), [(rule, words) for rule, each in PERSONAL.items() for words in each])
def test_personal_data_is_seen_however_it_is_written(rule, words):
    assert rule in personal_in(words)
    assert rule in personal_in(f"Seen twice, {words} was noted")


@pytest.mark.parametrize(
    "words",
    ["94 34 76 59 19", "9434 76 5919", "943-47-65-919", "9 434 765 919", "943 476 591 9"]
    + ["Name: Jane Doe", "**Name:** Jane Doe", "NAME: JANE DOE", "Name - Jane Doe", "Name: O'Neil, Jane"]
    + ["Name: Zoë Smith", "Name: Jane A. Doe"],
)
def test_what_stands_by_itself_is_seen_in_odd_groups_and_as_a_line_of_a_form(words):
    assert personal_in(words) and personal_in(f"Notes\n\n{words}\n\nMore.")


ORDINARY = (Path(__file__).parent / "ordinary_sentences.txt").read_text("utf-8").splitlines()


def test_of_two_hundred_ordinary_sentences_at_most_one_is_taken_for_personal():
    assert len(set(ORDINARY)) >= 200
    alarms = [words for words in ORDINARY if personal_in(words)]
    assert len(alarms) <= 1, alarms


@pytest.mark.parametrize("words", HARMLESS)
def test_what_only_resembles_personal_data_passes(words):
    assert personal_in(words) == set()


def test_a_column_is_identifying_for_how_its_name_ends():
    found = {name: identifying(name) for names in IDENTIFYING.values() for name in names.split("|")}
    assert found == {name: rule for rule, names in IDENTIFYING.items() for name in names.split("|")}
    assert {name: identifying(name) for name in NOT_IDENTIFYING.split("|")} == dict.fromkeys(NOT_IDENTIFYING.split("|"))


def test_the_line_of_a_text_is_given():
    assert personal_lines("a\n\njane@example.org\nB70 9EL\n9434765919") == [("P07", 3), ("P05", 4), ("P03", 5)]


@pytest.mark.parametrize(
    "words",
    ["1 ", "12 ", "born 1 ", "B1 ", "a@", "3 May ", "9434765919\n", "a @ ", "a.b at ", "a_at_", "name is ", "dob 1 "],
)
def test_a_long_text_takes_no_longer_than_its_length_allows(words):
    """A pattern that looks at each place again from every other would take minutes."""
    with not_hanging():
        personal_lines(words * (240_000 // len(words)))


nhs_numbers = st.integers(0, 999_999_999).map(lambda number: f"{number:09}").map(lambda nine: nine + _check_digit(nine))
pupil_numbers = st.integers(0, 10**12 - 1).map(lambda number: upn.calc_check_digit(f"{number:012}") + f"{number:012}")
words = st.text(st.characters(codec="utf-8", exclude_categories=["Nd", "Cs"], exclude_characters="&"), max_size=20)


def _check_digit(nine: str) -> str:
    """Of the ten the good one; a number that has none is no NHS number, and zero stands in for it."""
    return next((digit for digit in "0123456789" if nhs.is_valid(nine + digit)), "")


@given(
    before=words,
    number=nhs_numbers.filter(lambda number: len(number) == 10),
    gap=st.sampled_from("| |-|.| - ".split("|")),
    after=words,
)
def test_every_nhs_number_is_seen_in_any_text(before, number, gap, after):
    assert "P03" in personal_in(f"{before}{number[:3]}{gap}{number[3:6]}{gap}{number[6:]}{after}")


@given(before=words, number=pupil_numbers)
def test_every_unique_pupil_number_is_seen_in_any_text(before, number):
    assert "P04" in personal_in(f"{before}{number}")


MONTHS = "January February March April May June July August September October November December".split()
SENTENCES = (
    "{n} of the {n} cases were seen within {n} days, {n} in {n} weeks",
    "Strategy meeting on {date}, conference {date} and review {date} ({n} attended)",
    "The plan of {date} was signed off on {date}; the next is due by {date}",
    "Case {case}: seen {n} times between {date} and {date}, section {n} enquiry {n}nd visit",
    "{n}, {n}, {n} and {n} months; {n} {n} {n} in all, {n}/{n} or {n}.{n}%",
    "See https://example.org/{year}/{n}/audit-{n}?page={n} and minute {n}.{n} of {date}",
    "Quarter {q} of {year}-{n}, {case};{case};{case}, at {n}:{n}, aged {n} years {n} months",
    "Pre-birth assessment {date}, birth plan {date}; baby, {n} weeks, discharged {date}",
    "Factors 3B, 4B and 18A; reason RC{q}; group {case} of {n}; cost £{n},{n}.{n} in {year}",
)


def a_sentence(dice: random.Random) -> str:
    """What an auditor might write, with numbers of one to three digits, dates in six forms, codes and links."""
    day, month, year = dice.randint(1, 28), dice.randint(1, 12), dice.randint(2005, 2026)
    dates = (
        f"{year}-{month:02}-{day:02}",
        f"{day:02}/{month:02}/{year}",
        f"{day}.{month}.{year % 100:02}",
        f"{day:02}-{month:02}-{year}",
        f"{day} {MONTHS[month - 1]} {year}",
        f"{MONTHS[month - 1]} {year}",
    )

    def part(name: re.Match) -> str:
        case = f"{dice.choice('ABCDEFGHKLMNRSTW')}{dice.randint(1, 99)}"
        number = str(dice.randint(0, dice.choice([9, 99, 999])))
        return {"n": number, "case": case, "q": str(dice.randint(1, 4)), "year": str(year), "date": dice.choice(dates)}[
            name[1]
        ]

    return re.sub(r"\{(\w+)\}", part, dice.choice(SENTENCES))


def test_generated_sentences_of_an_audit_raise_no_false_alarm():
    dice = random.Random(2)
    alarms = [words for words in (a_sentence(dice) for _ in range(10_000)) if personal_in(words)]
    assert alarms == []


def test_random_numbers_alarm_as_rarely_as_their_check_digits_allow():
    """The rates on the page “If an input is refused”: one ten-digit number in eleven, one such letter in 23."""
    dice = random.Random(1)
    ten = [f"{dice.randrange(10**10):010}" for _ in range(20_000)]
    pupils = [dice.choice("ABCDEFGHJKLMNPQRTUVWXYZ") + f"{dice.randrange(10**12):012}" for _ in range(20_000)]
    assert 0.085 < sum("P03" in personal_in(number) for number in ten) / 20_000 < 0.097
    assert 0.038 < sum("P04" in personal_in(number) for number in pupils) / 20_000 < 0.049
