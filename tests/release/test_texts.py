"""Words obey too: phrases, warnings, nouns, what people wrote, and bands instead of numbers."""

import pytest
from builders import a_case, a_channel, a_finding, a_recommendation, a_tally, an_audit, an_involvement, counts_of

from auditbook.release.phrases import says_a_number, without_counts
from auditbook.release.released import Released, release


def released(*parts, profile: str = "strict", **settings) -> Released:
    audit = an_audit(*parts, **settings)
    return release(counts_of(audit), audit, profile)


def twelve_cases(**columns) -> list:
    return [a_case(f"C{number}", **columns) for number in range(12)]


@pytest.mark.parametrize(
    "phrase", ["two of the mothers", "Both parents", "in every case", "3 families", "nobody", "the sole carer", "40%"]
)
def test_a_phrase_with_a_number_or_a_share_says_a_number(phrase):
    assert says_a_number(phrase)


@pytest.mark.parametrize("phrase", ["other issues included alcohol", "often", "anyone", "a sister", "twofold"])
def test_a_phrase_without_one_does_not(phrase):
    assert not says_a_number(phrase)


def test_a_phrase_that_says_a_number_is_withheld_and_another_shown():
    figures = released(
        a_tally("sex", "F", precision="qualitative", statement="two of them"),
        a_tally("plan", "cp", precision="qualitative", statement="often mentioned"),
    )
    assert not figures["sex.F"].is_shown
    assert figures["sex.F"].statement == ""
    assert figures["plan.cp"].statement == "often mentioned"


def test_what_a_source_says_of_a_shown_number_is_not_repeated():
    told = [("cin", 8), ("cp", 9)]
    tallies = [a_tally("plan", end, count, base=17, statement="two of them twins") for end, count in told]
    assert [each.statement for each in released(*tallies, drawn=17).of("plan")][:2] == ["", ""]


def test_a_warning_names_no_part_of_a_variable_and_no_number():
    tallies = [a_tally("months_open", 11, 3, base=2), a_tally("plan", "cp", 4, base=10, percent=60)]
    assert released(*tallies).warnings == (
        "plan: the source's figures do not agree with each other (figures withheld).",
        "months_open: the source's figures do not agree with each other (figures withheld).",
    )


def test_a_noun_that_says_a_number_is_not_repeated():
    tallies = [a_tally("plan", end, 9, base=18, base_label="cases of two sisters") for end in ("cin", "cp")]
    figure = released(*tallies, drawn=18)["plan.cp"]
    assert (figure.unit, figure.base_label) == ("people", "people")


def test_numbers_of_people_leave_what_was_written_and_others_stay():
    text = "In 3 of the cases, two mothers saw 12 minutes of a film; section 47 was named."
    told = "In [withheld] of the cases, [withheld] mothers saw [withheld] minutes of a film; section 47 was named."
    assert without_counts(text, ()) == told


def test_shares_stay_over_a_base_that_may_be_told_and_go_over_one_that_may_not():
    assert without_counts("All families were seen.", ()) == "All families were seen."
    assert without_counts("All families were seen.", (), is_share_told=False) == "[withheld] families were seen."


def test_findings_reasons_and_recommendations_lose_their_numbers_of_people():
    parts = [
        a_finding("f1", "voice", text="Heard in 2 cases."),
        an_involvement("police", "declined", reason="Knew one family only."),
        a_recommendation("1", text="Visit the 3 families.", impact="Two families were visited."),
    ]
    figures = released(*twelve_cases(), *parts)
    assert figures.findings[0].text == "Heard in [withheld] cases."
    assert figures.involvement[0].reason == "Knew [withheld] family only."
    assert figures.recommendations[0].text == "Visit the [withheld] families."
    assert figures.recommendations[0].impact == "[withheld] families were visited."


def test_the_text_of_a_finding_that_names_a_case_is_withheld():
    figures = released(*twelve_cases(), a_finding("f1", "voice", case="C1", text="The aunt was not asked."))
    assert figures.findings[0].text == ""


def test_settings_hold_no_count_and_keep_what_is_not_one():
    figures = released(
        *twelve_cases(),
        a_channel("panel", participants=4, cases=3, note="Met for 3 families."),
        drawn=14,
        planned=15,
        remit="Four babies who were stepped down",
        deviations=["One case was replaced."],
        lookback_months=12,
    )
    settings = figures.settings
    assert (settings.sample.drawn, settings.sample.planned) == (None, None)
    assert (settings.channels[0].participants, settings.channels[0].cases) == (None, None)
    assert settings.channels[0].note == "Met for [withheld] families."
    assert settings.remit == "[withheld] babies who were stepped down"
    assert settings.deviations == ("[withheld] case was replaced.",)
    assert settings.lookback_months == 12


def test_inside_everything_stays_as_it_was_written():
    figures = released(*twelve_cases(), a_finding("f1", "voice", text="In 2 cases."), drawn=14, profile="internal")
    assert figures.findings[0].text == "In 2 cases."
    assert figures.settings.sample.drawn == 14


def test_bands_hold_more_than_five_each_and_all_numbers_together():
    months = [0] * 6 + [1, 4, 5, 5] + [7, 8, 11, 11, 30]
    figures = released(*(a_case(f"C{number}", months_open=month) for number, month in enumerate(months)))
    told = {band.label: band.count for band in figures.bands["months_open"]}
    assert sum(told.values()) == figures["months_open.n"].numerator == 15
    assert told == {"0 to 2 months": 7, "3 months or more": 8}


def test_a_band_of_five_is_joined_to_its_neighbour():
    months = [0] * 5 + [3] * 6 + [6] * 6
    figures = released(*(a_case(f"C{number}", months_open=month) for number, month in enumerate(months)))
    assert [band.count for band in figures.bands["months_open"]] == [11, 6]


def test_there_are_no_bands_where_one_would_hold_everybody_or_how_many_there_are_is_withheld():
    assert released(*twelve_cases(months_open=1)).bands == {}
    cases = [a_case(f"C{n}", months_open=n if n < 18 else "not_applicable") for n in range(20)]
    agencies = ("police", "schools", "hospital")
    rows = [an_involvement(agency, "returned", f"C{n}") for agency in agencies for n in range(20)]
    figures = released(*cases, *rows)
    assert not figures["months_open.n"].is_shown
    assert figures.bands == {}


def test_there_are_no_bands_where_numbers_are_shown():
    assert released(*(a_case(f"C{n}", months_open=n) for n in range(12)), profile="internal").bands == {}


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Page 3 of 9 of the report of 2021.",
            "Section 47 of the Act of 1989",
            "One of three priorities",
            "24/7 support",
        ),
        *(
            "Raise the attendance of agencies to 90%.",
            "Hold LAC reviews within 20 working days.",
            "Module 3 of 9, online",
        ),
        *("Meet 4 of the 6 standards by March.", "Audit 1 in 10 closed referrals.", "Youth justice: 5 priorities"),
    ],
)
def test_a_number_that_counts_nobody_stays(words):
    assert without_counts(words, ("case", "cases")) == words
