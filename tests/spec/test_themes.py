"""How findings, reflections and themes are counted."""

from builders import a_case, a_channel, a_finding, a_recommendation, a_tally, a_theme, no_rows
from spec.rules import NOT_LISTED, given, gives, is_refused, rule

from auditbook.measures.themes import completeness, findings, is_reflection, reflections, theme_frequency

SECTION = "Findings and themes"
INTRODUCTION = """
A finding is one coded statement: a strength or an area for development, with any number of themes. What the
scrutineer says of the audit itself is a reflection.
"""
CODE = (findings, reflections, is_reflection, theme_frequency, completeness)


@rule
def test_a_case_raising_a_theme_twice_counts_once():
    """Its findings are two, its cases one; the base is all cases, those without any finding too."""
    return given(
        a_case("A1"),
        a_case("A2"),
        a_case("A3"),
        a_finding("f1", "voice", case="A1", polarity="strength"),
        a_finding("f2", "voice", case="A1", polarity="development"),
        a_finding("f3", "voice", case="A2", polarity="development"),
    ), gives(
        {
            "theme.voice.findings": "3 findings",
            "theme.voice.strength": "1 findings",
            "theme.voice.development": "2 findings",
            "theme.voice.cases": "2 of 3 cases",
            "theme.voice.agencies": NOT_LISTED,
        }
    )


@rule
def test_a_finding_with_two_themes_counts_in_both():
    """So the themes do not add up to the findings."""
    return given(a_case("A1"), a_finding("f1", "voice;fathers", case="A1", agency="police")), gives(
        {
            "findings.total": "1 findings",
            "theme.voice.findings": "1 findings",
            "theme.fathers.findings": "1 findings",
            "theme.fathers.agencies": "1 agencies",
        }
    )


@rule
def test_a_theme_nobody_raised_is_listed_with_zero():
    """Nobody raised it is a finding too; zero cases only where findings name their case."""
    return given(a_case("A1"), a_finding("f1", "voice", case="A1")), gives(
        {
            "theme.neglect.findings": "0 findings",
            "theme.neglect.cases": "0 of 1 cases",
            "theme.neglect.agencies": NOT_LISTED,
            "theme.neglect.strength": NOT_LISTED,
        }
    )


@rule
def test_findings_that_name_no_case_give_no_number_of_cases():
    """A statement about all cases together says of no case that it raised the theme."""
    return given(a_finding("f1", "voice", polarity="strength"), drawn=5), gives(
        {
            "theme.voice.findings": "1 findings",
            "theme.voice.strength": "1 findings",
            "theme.voice.development": "0 findings",
            "theme.voice.cases": NOT_LISTED,
            "theme.neglect.cases": NOT_LISTED,
        }
    )


@rule
def test_where_only_some_findings_of_a_theme_name_a_case_it_is_at_least():
    """So it is with agencies and polarity; “at least 0” is not listed. A theme whose findings all do is exact."""
    return given(
        a_case("A1"),
        a_case("A2"),
        a_finding("f1", "voice", case="A1", polarity="strength"),
        a_finding("f2", "voice", agency="schools"),
        a_finding("f3", "fathers", case="A2", agency="police", polarity="development"),
    ), gives(
        {
            "theme.voice.cases": "at least 1 of 2 cases",
            "theme.voice.agencies": "at least 1 agencies",
            "theme.voice.strength": "at least 1 findings",
            "theme.voice.development": NOT_LISTED,
            "theme.fathers.cases": "1 of 2 cases",
            "theme.fathers.strength": "0 findings",
            "findings.strength": "at least 1 of 3 findings",
            "findings.development": "at least 1 of 3 findings",
        }
    )


@rule
def test_a_reflection_counts_in_its_theme_and_not_in_the_findings():
    """What comes through a channel of kind scrutiny is about the audit, not about practice."""
    return given(
        a_channel("case_file_audit"),
        a_channel("scrutineer", kind="scrutiny"),
        a_finding("f1", "voice", channel="case_file_audit"),
        a_finding("f2", "voice"),
        a_finding("r1", "voice", channel="scrutineer"),
    ), gives(
        {"findings.total": "2 findings", "reflections.total": "1 reflections", "theme.voice.findings": "3 findings"}
    )


@rule
def test_findings_are_strengths_or_areas_for_development():
    """Their base is the findings."""
    return given(
        a_finding("f1", "voice", polarity="strength"),
        a_finding("f2", "voice", polarity="development"),
        a_finding("f3", polarity="development"),
    ), gives(
        {
            "findings.total": "3 findings",
            "findings.strength": "1 of 3 findings",
            "findings.development": "2 of 3 findings",
            "findings.with_recommendation": NOT_LISTED,
            "reflections.total": "0 reflections",
        }
    )


@rule
def test_a_finding_is_answered_when_a_recommendation_names_it():
    """Twice named counts once; a reflection is no finding."""
    return given(
        a_channel("scrutiny"),
        a_finding("f1"),
        a_finding("f2"),
        a_finding("r1", channel="scrutiny"),
        a_recommendation("1", findings="f1;r1"),
        a_recommendation("2", findings="f1"),
    ), gives({"findings.with_recommendation": "1 of 2 findings"})


@rule
def test_where_only_some_recommendations_name_findings_it_is_at_least():
    """The others may answer a finding without saying so; where none says so, nothing is listed."""
    return given(a_finding("f1"), a_finding("f2"), a_recommendation("1", findings="f1"), a_recommendation("2")), gives(
        {"findings.with_recommendation": "at least 1 of 2 findings"}
    )


@rule
def test_a_list_without_findings_says_nothing():
    """A header alone is how every list begins. No figure says that there were none."""
    return given(no_rows("findings.csv"), drawn=5), gives(
        {"findings.total": NOT_LISTED, "findings.strength": NOT_LISTED, "theme.voice.findings": NOT_LISTED}
    )


@rule
def test_without_a_list_of_findings_nothing_is_listed():
    """What is not stated is not listed."""
    return given(drawn=5), gives(
        {"findings.total": NOT_LISTED, "reflections.total": NOT_LISTED, "theme.voice.findings": NOT_LISTED}
    )


@rule
def test_a_theme_is_listed_from_its_beginning_until_its_successor():
    """Zero is no finding where a theme was not yet, or no longer, in use; if it was raised all the same, it counts."""
    return given(
        a_theme("new", since="2022-23-Q1"),
        a_theme("past", since="2018", successor="present"),
        a_theme("present", since="2021-22-Q1"),
        a_theme("still", since="2019-20", successor="new"),
        a_theme("raised", successor="present"),
        a_finding("f1", "raised"),
    ), gives(
        {
            "theme.new.findings": NOT_LISTED,
            "theme.past.findings": NOT_LISTED,
            "theme.present.findings": "0 findings",
            "theme.still.findings": "0 findings",
            "theme.raised.findings": "1 findings",
        }
    )


@rule
def test_a_published_total_of_a_theme_stands_where_findings_give_none():
    """The statements were coded from a report that counts the cases itself."""
    return given(a_finding("f1", "voice"), a_tally("theme.voice", "cases", 12, base=15), drawn=15), gives(
        {"theme.voice.findings": "1 findings", "theme.voice.cases": "12 of 15 cases"}
    )


@rule
def test_a_published_total_is_refused_where_findings_give_it():
    """Two ways to the same figure would be two figures."""
    return given(a_case("A1"), a_finding("f1", "voice", case="A1"), a_tally("theme.voice", "cases", 1)), is_refused(
        "tallies.csv:2: variable: … [N06]"
    )
