"""How grades are counted, on any scale."""

from builders import a_case, a_channel, a_grade, a_person, a_scale, a_tally, a_variable
from spec.rules import NOT_LISTED, given, gives, is_refused, rule

from auditbook.measures.grades import given_grades, grade_frequency, grades

SECTION = "Grades"
INTRODUCTION = """
A standard is graded on the scale its variable names; a theme on the scale of progress. The base is what was graded.
"""
CODE = (grades, given_grades, grade_frequency)


@rule
def test_every_grade_of_the_scale_is_listed_zero_too():
    """Good or better is what the scale calls so."""
    return given(
        a_case("A1"),
        a_case("A2"),
        a_case("A3"),
        a_grade("overall", "good", case="A1"),
        a_grade("overall", "requires_improvement", case="A2"),
        a_grade("overall", "outstanding", case="A3"),
    ), gives(
        {
            "grade.overall.outstanding": "1 of 3 cases",
            "grade.overall.good": "1 of 3 cases",
            "grade.overall.requires_improvement": "1 of 3 cases",
            "grade.overall.inadequate": "0 of 3 cases",
            "grade.overall.good_or_better": "2 of 3 cases",
            "grade.overall.not_graded": "0 cases",
            "grade.overall.not_stated": NOT_LISTED,
            "overall.good": NOT_LISTED,
            "grade.chronology.met": NOT_LISTED,
        }
    )


@rule
def test_the_grade_after_moderation_counts():
    """The grade given first is kept, and counted nowhere."""
    return given(
        a_case("A1"),
        a_case("A2"),
        a_grade("chronology", "met", case="A1", moderated="partially_met"),
        a_grade("chronology", "met", case="A2"),
    ), gives(
        {
            "grade.chronology.met": "1 of 2 cases",
            "grade.chronology.partially_met": "1 of 2 cases",
            "grade.chronology.good_or_better": "1 of 2 cases",
        }
    )


@rule
def test_what_was_not_graded_stands_beside_the_base():
    """Of four cases one was not graded and to one the standard does not apply: the base is the two that were graded."""
    return given(
        *(a_case(f"A{number}") for number in (1, 2, 3, 4)),
        a_grade("chronology", "met", case="A1"),
        a_grade("chronology", "not_met", case="A2"),
        a_grade("chronology", "not_graded", case="A3"),
        a_grade("chronology", "not_applicable", case="A4"),
    ), gives(
        {
            "grade.chronology.met": "1 of 2 cases",
            "grade.chronology.not_met": "1 of 2 cases",
            "grade.chronology.not_graded": "1 cases",
            "grade.chronology.not_applicable": NOT_LISTED,
        }
    )


@rule
def test_where_nothing_was_graded_there_is_nothing_to_doubt():
    """Three that were not graded stand beside an empty base, and contradict nothing."""
    return given(
        *(a_case(f"A{number}") for number in (1, 2, 3)),
        *(a_grade("overall", "not_graded", case=f"A{number}") for number in (1, 2, 3)),
    ), gives({"grade.overall.not_graded": "3 cases"})


@rule
def test_cases_that_several_agencies_graded_are_counted_in_grades():
    """Two agencies graded the same case: three grades are not three cases."""
    return given(
        a_case("A1"),
        a_case("A2"),
        a_grade("overall", "good", case="A1", agency="police"),
        a_grade("overall", "inadequate", case="A1", agency="schools"),
        a_grade("overall", "good", case="A2", agency="schools"),
    ), gives({"grade.overall.good": "2 of 3 grades", "grade.overall.good_or_better": "2 of 3 grades"})


@rule
def test_where_several_agencies_graded_each_has_its_grades_too():
    """Of the cases that it graded; where one agency graded everything, its grades are those of the standard."""
    return given(
        a_case("A1"),
        a_case("A2"),
        a_grade("overall", "good", case="A1", agency="police"),
        a_grade("overall", "inadequate", case="A1", agency="schools"),
        a_grade("overall", "good", case="A2", agency="schools"),
        a_grade("chronology", "met", case="A1", agency="police"),
    ), gives(
        {
            "grade.overall.police.good": "1 of 1 cases",
            "grade.overall.schools.good": "1 of 2 cases",
            "grade.overall.schools.inadequate": "1 of 2 cases",
            "grade.overall.schools.good_or_better": "1 of 2 cases",
            "grade.overall.schools.not_graded": "0 cases",
            "grade.chronology.met": "1 of 1 cases",
            "grade.chronology.police.met": NOT_LISTED,
        }
    )


@rule
def test_a_standard_graded_in_two_samples_has_the_grades_of_each():
    """A case that was graded in both counts in both; a grade without a channel is of the case file audit."""
    return given(
        a_channel("case_file_audit"),
        a_channel("self_assessment"),
        a_case("A1"),
        a_case("A2"),
        a_grade("overall", "good", case="A1"),
        a_grade("overall", "inadequate", case="A2"),
        a_grade("overall", "good", case="A1", channel="self_assessment"),
        a_grade("overall", "good", case="A2", channel="self_assessment"),
        a_grade("chronology", "met", case="A1"),
    ), gives(
        {
            "grade.overall.good": "3 of 4 grades",
            "grade.overall.case_file_audit.good": "1 of 2 cases",
            "grade.overall.self_assessment.good": "2 of 2 cases",
            "grade.overall.self_assessment.good_or_better": "2 of 2 cases",
            "grade.chronology.case_file_audit.met": NOT_LISTED,
        }
    )


@rule
def test_grades_of_a_sample_may_be_published_totals():
    """A source may print what agencies graded in their own files beside what the audit graded."""
    return given(
        a_channel("case_file_audit"),
        a_channel("self_assessment"),
        a_tally("grade.overall.case_file_audit", "good", 3, base=8, base_label="cases"),
        a_tally("grade.overall.self_assessment", "good", 31, base=45, base_label="files"),
    ), gives(
        {
            "grade.overall.case_file_audit.good": "3 of 8 cases",
            "grade.overall.self_assessment.good": "31 of 45 files",
            "grade.overall.good": NOT_LISTED,
        }
    )


@rule
def test_a_sample_is_a_channel_of_the_audit():
    """It has a place under `channels` in audit.yml, where its kind is said."""
    return given(a_tally("grade.overall.self_assessment", "good", 3, base=8)), is_refused(
        "tallies.csv:2: variable: … [N01]"
    )


@rule
def test_grades_by_agency_may_be_published_totals():
    """A source may print what each agency graded without the rows behind it."""
    return given(
        a_tally("grade.overall.police", "good", 4, base=5, base_label="cases"),
    ), gives({"grade.overall.police.good": "4 of 5 cases", "grade.overall.good": NOT_LISTED})


@rule
def test_a_grade_may_stand_beside_its_case_or_person():
    """An empty cell is not graded."""
    return given(
        a_variable("impact", "person", "grade", "@progress"),
        a_case("A1", overall="good"),
        a_case("A2", overall=""),
        a_person("A1", "P1", impact="improving"),
        a_person("A2", "P1", impact="development"),
        a_person("A2", "P2", "sibling", impact="improving"),
    ), gives(
        {
            "grade.overall.good": "1 of 1 cases",
            "grade.overall.not_graded": "1 cases",
            "grade.impact.improving": "2 of 3 children",
            "grade.impact.good_or_better": NOT_LISTED,
        }
    )


@rule
def test_a_theme_may_share_its_name_with_a_variable():
    """A flag `voice` and a theme `voice` have measures of their own."""
    return given(
        a_variable("voice", type="flag"),
        a_case("A1", voice="yes"),
        a_grade("voice", "improving", case="A1"),
    ), gives({"voice.yes": "1 of 1 cases", "grade.voice.improving": "1 of 1 cases", "voice.improving": NOT_LISTED})


@rule
def test_a_theme_is_graded_on_the_scale_of_progress():
    """How last year's themes went on. No grade of that scale is called good."""
    return given(
        a_case("A1"), a_grade("voice", "improving", case="A1"), a_grade("fathers", "continued_development")
    ), gives(
        {
            "grade.voice.improving": "1 of 1 cases",
            "grade.voice.development": "0 of 1 cases",
            "grade.voice.good_or_better": NOT_LISTED,
            "grade.fathers.continued_development": "1 of 1 grades",
            "grade.neglect.improving": NOT_LISTED,
        }
    )


@rule
def test_a_grade_in_a_case_that_was_excluded_counts_nowhere():
    """It leaves a visible warning."""
    return given(
        a_case("A1"),
        a_case("A2", scope="excluded"),
        a_grade("overall", "good", case="A1"),
        a_grade("overall", "good", case="A2"),
    ), gives(
        {"grade.overall.good": "1 of 1 cases"},
        "grades.csv: 1 row names a case that was replaced or excluded; nothing counts it.",
    )


@rule
def test_published_grades_are_the_same_as_grades_from_rows():
    """What was not graded stands beside the base, unless the source prints it of the same base: then it is a part."""
    return given(
        a_tally("overall", "good", 14, base=20),
        a_tally("overall", "requires_improvement", 6, base=20),
        a_tally("overall", "not_graded", 5),
        a_tally("chronology", "met", 10, base=25),
        a_tally("chronology", "not_met", 10, base=25),
        a_tally("chronology", "not_graded", 5, base=25),
    ), gives(
        {
            "grade.overall.good": "14 of 20 cases",
            "grade.overall.inadequate": "0 of 20 cases",
            "grade.overall.good_or_better": "14 of 20 cases",
            "grade.overall.not_graded": "5 cases",
            "grade.chronology.met": "10 of 25 cases",
            "grade.chronology.partially_met": "0 of 25 cases",
            "grade.chronology.not_graded": "5 of 25 cases",
            "grade.chronology.not_stated": NOT_LISTED,
        }
    )


@rule
def test_good_or_better_can_be_all_that_is_known():
    """Which grades make it up is then not stated, nor is the rest."""
    return given(a_tally("overall", "good_or_better", 14, base=20, base_label="returns")), gives(
        {
            "grade.overall.good_or_better": "14 of 20 returns",
            "grade.overall.good": NOT_LISTED,
            "grade.overall.inadequate": NOT_LISTED,
            "grade.overall.not_stated": "6 of 20 returns",
        }
    )


@rule
def test_a_published_grade_of_a_theme_needs_its_beginning():
    """A theme is no variable, so its grades are entered under the family of their measures."""
    return given(
        a_tally("grade.voice", "improving", 3, base=4),
        a_tally("grade.voice", "development", 1, base=4),
        a_tally("grade.overall", "good", 2, base=4),
    ), gives(
        {
            "grade.voice.improving": "3 of 4 cases",
            "grade.voice.continued_development": "0 of 4 cases",
            "grade.voice.good_or_better": NOT_LISTED,
            "grade.overall.good": "2 of 4 cases",
            "grade.overall.not_stated": "2 of 4 cases",
        }
    )


@rule
def test_a_scale_says_itself_which_grades_are_good():
    """Green is good, amber is not."""
    return given(
        a_scale("rag", "green", "amber", "red", good=["green"]),
        a_variable("supervision", "returns", "grade", "@rag"),
        a_tally("supervision", "green", 8, base=12),
        a_tally("supervision", "amber", 3, base=12),
        a_tally("supervision", "red", 1, base=12),
    ), gives({"grade.supervision.green": "8 of 12 returns", "grade.supervision.good_or_better": "8 of 12 returns"})


@rule
def test_graded_rows_take_no_published_grades():
    """Two ways to the same figure would be two figures."""
    return given(a_case("A1"), a_grade("overall", "good", case="A1"), a_tally("overall", "good", 1)), is_refused(
        "tallies.csv:2: variable: … [N06]"
    )
