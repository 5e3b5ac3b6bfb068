"""What looks personal in a text, however it is written; and what only resembles it."""

import random
import re
from pathlib import Path

import pytest
from hanging import not_hanging
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import nhs, upn

from auditbook.validation.personal import identifying, personal_in, personal_lines

PERSONAL = {
    "P01": [
        "Child's name: Jane",
        "name of the child: Jane",
        "Surname: Doe",
        "Mother’s full name = Ann Other",
        "Childs name: Jane",
        "Child’s name – Jane",
        "The child's name is Jane",
        "Name (child): Jane",
        "Child's name: JANE",
        "Child's name: Zoë",
        "Surname: Łuczak",
        "surname: O'Neil",
    ],
    "P02": [
        "Born: 04052012",
        "born 04052012",
        "D O B 04052012",
        "D/O/B: 04/05/12",
        "DOB=04052012",
        "born on 3 May 2012",
        "Born 03/05/12.",
        "born 3rd May",
        "DOB: 2012-05-03",
        "d.o.b. 3.5.2012",
        "dob 030512",
        "DoB 20120503",
        "date of birth is the 3rd of May, 2012",
        "Date-of-birth 03/05/2012",
        "date of birth\n03-05-2012",
        "DOB 04 05 2012",
        "d o b - 04 05 12",
        "DoB:04MAY2012",
        "DOB 4May12",
        "DOB is 04/May/2012",
        "Dob; 040512",
        "| DOB | 3 May 2012 |",
        "3 May 2012 (DOB)",
        "her birthday is May 3",
        "b. 03/05/2012",
        "birth: 2012-05-03",
        "gave birth on 3 May 2021",
        "the baby was born prematurely on 3 May 2021",
        "On 3 May 2021 the baby was born",
        "ＤＯＢ ０３/０５/２０１２",
    ],
    "P03": [
        "NHS number 94 3476 59 19",
        "9434765919",
        "NHS no.9434765919.",
        "x9434765919y",
        "943 476 5919",
        "943-476-5919",
        "943–476–5919",
        "943 - 476 - 5919",
        "943.476.5919",
        "943/476/5919",
        "(943) 476 5919",
        "943\n476\n5919",
        "943**476**5919",
        "943&nbsp;476&nbsp;5919",
        "943\u200b476\u200b5919",
        "９４３ ４７６ ５９１９",
        "٩٤٣٤٧٦٥٩١٩",
        "9434 765 919",
        "94347 65919",
        "9 4 3 4 7 6 5 9 1 9",
        "943:476:5919",
        "943+476+5919",
        "943'476'5919",
        "943•476•5919",
        "943·476·5919",
        "[943] [476] [5919]",
        "2021 943 476 5919 12",
        "https://records.example/people/9434765919",
    ],
    "P04": ["B801200005001", "b801200005001.", "UPNB801200005001", "B 801 2000 05 001", "Ｂ801200005001"],
    "P05": [
        "B70 9EL",
        "b70 9el",
        "B709EL",
        "B70-9EL",
        "B70\u00a09EL",
        "B70\n9EL",
        "(LS1 4DT)",
        "Sw1a 1aa",
        "at M1 1AE.",
    ],
    "P06": [
        "0121 496 0123",
        "01214960123",
        "(0121) 496 0123",
        "0121-496-0123",
        "Tel:01214960123",
        "07700 900123",
        "07700 900 123",
        "07700-900-123",
        "07700 900123 2021",
        "0 7 7 0 0 9 0 0 1 2 3",
        "020 7946 0958",
        "+44 7700 900123",
        "+44(0)121 496 0123",
        "0044 121 496 0123",
        "447700900123",
        "44 7700 900123",
    ],
    "P08": ["AB 12 34 56 C", "AB123456C", "ab-12-34-56-c", "AB/12/34/56/C", "AB.12.34.56.C", "AB123 456C"]
    + ["NI no AB123456", "NINO: AB 12 34 56", "national insurance number is AB123456"],
    "P07": [
        "jane [at] example (dot) org",
        "jane(at)example.org",
        "jane at example dot org",
        "jane.doe @ example.org",
        "jane@ example.org",
        "jane [@] example.org",
        "jane(@)example(.)org",
        "jane@example[.]org",
        "jane@example dot org",
        "jane@example .org",
        "jane%40example.org",
        "jane.doe at example.org",
        "jane.doe_at_example.org",
        "jane -at- example -dot- org",
        "jane {at} sub.example [dot] co [dot] uk",
        "jane@example.org",
        "Jane.Doe+x@example.net",
        "<o'neil@sub.example.co.uk>",
        "jane＠example.org",
        "j@exämple.org",
    ],
}
HARMLESS = [
    "Plans for babies born from April to September 2020",
    "Cases de-escalated from Child Protection, Plans for babies born between April-September 2020",
    "children born between 1 April 2020 and 30 September 2020",
    "Babies born before 1 April 2020 were left out.",
    "The unborn baby's conference was on 3 May 2021",
    "a pre-birth assessment of 3 May 2021 and a birth plan of 4 May 2021",
    "The review on 12 May 2021 heard from mothers. Babies born later were left out.",
    "in 2012 he was born",
    "https://www.sandwellcsp.org.uk/quality-assurance/learning-from-audits/",
    "https://doi.org/10.1136/bmj.i6583",
    "minutes of 4 May 2021",
    "01/02/2021 to 05/06/2021",
    "01.02.2021 - 05.06.2021",
    "2021-05-03T10:30:00",
    "2020-21-Q4/1",
    "2021-22-Q1-neglect",
    "f1;f2;f3",
    "2, 4, 4 and 11",
    "1 2 3 4 5",
    "2018, 2019, 2020",
    "1,234,567,890",
    "100 000 000",
    "S47 2nd enquiry, S47 2hr meeting, B1 2nd visit",
    "section 17 and 47, the M6 and the A38",
    "WBRI MWBC RC1 3B;4B 18A",
    "F=Girl;M=Boy",
    "@ofsted",
    "cp_start..cp_end",
    "66.7% at 16:30 on 12 May",
    "Two workers @ 3.5 days each, @ the school.",
    "the guidance at example.org and at www.gov.uk",
    "signed_at_court.pdf and looked-at-plans.docx",
    "The child's name is withheld; the family name is not kept.",
    "Name: Early Help",
    "on the plan at 10 12 14 and 16 weeks",
    "NI numbers were not asked for in 12 34 56 cases",
    "at 10:30, 11:45 and 12:15; in a ratio of 3:1",
    "Mother's name - Recorded; father's name is Unknown; child's name: Not recorded",
    "Names - Working Group",
    "Ref AB 12/03/21 C",
]
IDENTIFYING = {
    "P01": "name|child_name|firstName|Child's name|surname|forenames|name_of_child|name_2|known_as|social_worker_name",
    "P02": "dob|DOB|d.o.b.|date_of_birth|Date of Birth|child_dob|dob_mother|birthdate|born",
    "P03": "nhs_number|NHS No|nhsnumber|mothers_nhs_number",
    "P04": "upn|UPN number|unique_pupil_number",
    "P05": "postcode|Post Code|home_postcode",
    "P06": "phone|telephone|mobile_number|tel_no",
    "P07": "email|e-mail|email_address",
    "P08": "address|home_address|address_line_1|address1|ni_number|street",
}
NOT_IDENTIFYING = (
    "case|person|agency_name|nhs_trust|preferred_name_used|dob_recorded|unborn|first_born|title|owner|approver|citation"
)


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
