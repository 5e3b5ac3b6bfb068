"""Audits of other kinds than ours, as partnerships publish them: data alone must do, and every measure is named.

The figures are made up after the manner of published write-ups; each audit is compared whole.
"""

import re

from builders import (
    Part,
    a_case,
    a_channel,
    a_finding,
    a_grade,
    a_person,
    a_recommendation,
    a_scale,
    a_tally,
    a_theme,
    a_variable,
    an_audit,
    an_involvement,
    counts_of,
    flat,
)
from spec.rules import in_short

from auditbook.reading.listing import listing
from auditbook.reading.wording import count
from auditbook.release.released import Released, release

INTERNAL = "internal"


def figures(*parts: Part | list[Part], **settings: object) -> tuple[dict[str, str], list[str], Released]:
    """Every measure in short, every warning, and the released figures."""
    audit = an_audit(*flat(parts), **settings)
    counts = counts_of(audit)
    said = [warning.text for warning in counts.warnings]
    return {each.id: in_short(each) for each in counts}, said, release(counts, audit, INTERNAL)


def test_three_boards_publish_one_audit_of_nominations():
    """40 nominations of 39 children, unequal samples, percentages without counts, nothing case by case."""
    measures, warnings, released = figures(
        a_variable("board", values="north=North;south=South;east=East"),
        a_variable("plan_known", "person", "flag", subject="child"),
        a_variable("age_band", "person", values="under_5=Under 5;5_to_10=5 to 10;over_10=Over 10", subject="child"),
        a_tally("people", "total", 39, base_label="children"),
        a_tally("board", "north", 20, base=40),
        a_tally("board", "south", 12, base=40),
        a_tally("board", "east", 8, base=40),
        a_tally("plan_known", "yes", precision="percent_only", percent=65, base=39, base_label="children"),
        a_tally("age_band", "under_5", precision="percent_only", percent=33),
        a_tally("age_band", "5_to_10", precision="percent_only", percent=41),
        a_tally("age_band", "over_10", precision="percent_only", percent=27),
        a_tally("abuse_by_father", "yes", precision="qualitative", statement="a significant proportion"),
        partnerships=["North board", "South board", "East board"],
        plural="nominations",
        singular="nomination",
        drawn=40,
    )
    assert measures == {
        "cases.total": "40 nominations",
        "people.total": "39 children",
        "abuse_by_father.yes": "“a significant proportion”",
        "board.north": "20 of 40 nominations",
        "board.south": "12 of 40 nominations",
        "board.east": "8 of 40 nominations",
        "board.not_known": "0 of 40 nominations",
        "board.not_recorded": "0 of 40 nominations",
        "plan_known.yes": "65% of 39 children",
        "age_band.under_5": "33%",
        "age_band.5_to_10": "41%",
        "age_band.over_10": "27%",
    }
    assert warnings == []
    assert count(released["cases.total"]) == "40 nominations"
    assert count(released["age_band.under_5"]) == "33%, base not stated"
    assert count(released["plan_known.yes"]) == "65% of the 39 children"
    assert count(released["abuse_by_father.yes"]) == "a significant proportion"
    assert listing(released, "board") == "20 North, 12 South and 8 East"


def test_families_are_the_cases_and_children_are_counted_beside_them():
    """122 children in 61 families, with bounds: over 90%, at least 12 of 15, nearly all."""
    measures, warnings, released = figures(
        a_channel("case_file_audit", cases=61),
        a_channel("family_contact", cases=15, participants=22),
        a_tally("people", "total", 122, base_label="children"),
        a_tally("sex", "F", 60, base=122, base_label="children"),
        a_tally("sex", "M", 62, base=122, base_label="children"),
        a_tally("plan", "cp", precision="more_than", percent=90),
        a_tally("abuse_by_father", "yes", 12, base=15, base_label="families spoken to", precision="at_least"),
        a_tally("months_open", "median", 9, base=61, precision="about"),
        a_tally("months_open", "max", 24, precision="more_than"),
        a_tally("theme.voice", "cases", 40, base=61, percent=66),
        a_tally("theme.fathers", "cases", precision="less_than", percent=10, base=61),
        singular="family",
        plural="families",
        drawn=61,
    )
    assert measures == {
        "cases.total": "61 families",
        "people.total": "122 children",
        "sex.F": "60 of 122 children",
        "sex.M": "62 of 122 children",
        "sex.not_known": "0 of 122 children",
        "sex.not_recorded": "0 of 122 children",
        "abuse_by_father.yes": "at least 12 of 15 families spoken to",
        "plan.cp": "more than 90%",
        "months_open.median": "about 9 months of 61 families",
        "months_open.max": "more than 24 months",
        "theme.voice.cases": "40 of 61 families",
        "theme.fathers.cases": "less than 10% of 61 families",
        "channel.case_file_audit.cases": "61 of 61 families",
        "channel.family_contact.participants": "22 participants",
        "channel.family_contact.cases": "15 of 61 families",
    }
    assert warnings == []
    assert count(released["plan.cp"]) == "more than 90%"
    assert count(released["abuse_by_father.yes"]) == "at least 12 of the 15 families spoken to"
    assert count(released["sex.F"]) == "60 of the 122 children"


def test_returns_are_graded_on_scales_of_their_own():
    """Six points, a traffic light and “met”, as unions, without counts, and as good or better alone."""
    six = ("excellent", "very_good", "good", "adequate", "weak", "unsatisfactory")
    measures, warnings, _ = figures(
        a_scale("care_inspectorate", *six, good=six[:3]),
        a_scale("rag", "green", "amber", "red", good=["green"]),
        a_variable("quality", "case", "grade", "@care_inspectorate"),
        a_variable("safeguarding", "returns", "grade", "@rag"),
        a_variable("leadership", "returns", "grade", "@care_inspectorate"),
        a_tally("quality", "good+very_good", 31, base=45),
        a_tally("quality", "excellent", 3, base=45),
        a_tally("quality", "weak", 2, base=45),
        a_tally("safeguarding", "green", 20, base=26),
        a_tally("safeguarding", "amber", 5, base=26),
        a_tally("safeguarding", "red", 1, base=26),
        a_tally("leadership", "good_or_better", precision="percent_only", percent=88),
        a_tally("chronology", "met", 19, base=45),
        a_tally("chronology", "not_met+partially_met", 26, base=45),
        a_tally("signed_off", "yes", 24, base=26),
        a_tally("overall", "good_or_better", 30, base=45),
    )
    assert measures == {
        "signed_off.yes": "24 of 26 returns",
        "signed_off.not_stated": "2 of 26 returns",
        "grade.overall.good_or_better": "30 of 45 cases",
        "grade.overall.not_stated": "15 of 45 cases",
        "grade.chronology.met": "19 of 45 cases",
        "grade.chronology.partially_met+not_met": "26 of 45 cases",
        "grade.chronology.good_or_better": "19 of 45 cases",
        "grade.quality.excellent": "3 of 45 cases",
        "grade.quality.weak": "2 of 45 cases",
        "grade.quality.very_good+good": "31 of 45 cases",
        "grade.quality.good_or_better": "34 of 45 cases",
        "grade.quality.not_stated": "9 of 45 cases",
        "grade.safeguarding.green": "20 of 26 returns",
        "grade.safeguarding.amber": "5 of 26 returns",
        "grade.safeguarding.red": "1 of 26 returns",
        "grade.safeguarding.good_or_better": "20 of 26 returns",
        "grade.leadership.good_or_better": "88%",
    }
    assert warnings == []


def test_one_case_of_four_children_is_audited_row_by_row():
    """A sibling group aged 6 to 18 with an adult stepbrother, graded by three agencies, and nothing else sampled."""
    measures, warnings, released = figures(
        a_case("A1", plan="cp", factors="3B;4B"),
        *(a_person("A1", f"C{age}", "sibling", sex="F", age=age) for age in (9, 14)),
        a_person("A1", "C6", "index_child", sex="M", age=6),
        a_person("A1", "C18", "sibling", sex="F", age=18),
        a_person("A1", "S1", "other"),
        a_person("A1", "M1", "parent", carer_ill="yes"),
        a_grade("overall", "good", case="A1", agency="police"),
        a_grade("overall", "good", case="A1", agency="schools", moderated="requires_improvement"),
        a_grade("overall", "not_graded", case="A1", agency="hospital"),
        an_involvement("police", "moderated", "A1"),
        an_involvement("schools", "moderated", "A1"),
        an_involvement("hospital", "returned_late", "A1"),
        an_involvement("voluntary", "not_known_to_agency", "A1"),
        a_finding("f1", "voice", case="A1", agency="police", polarity="strength"),
        a_recommendation("1", findings="f1", status="done", kind="action"),
        involvement="complete",
    )
    begins = ("cases", "people", "sex", "age.", "carer_ill", "grade", "involvement", "theme.voice", "agency.voluntary")
    by_agency = re.compile(r"grade\.overall\.(police|schools|hospital)\.")
    told = {name: words for name, words in measures.items() if by_agency.match(name) and words[0] != "0"}
    assert told == {
        "grade.overall.police.good": "1 of 1 cases",
        "grade.overall.police.good_or_better": "1 of 1 cases",
        "grade.overall.schools.requires_improvement": "1 of 1 cases",
        "grade.overall.hospital.not_graded": "1 cases",
    }
    measures = {name: words for name, words in measures.items() if not by_agency.match(name)}
    assert {name: words for name, words in measures.items() if name.startswith(begins)} == {
        "cases.total": "1 cases",
        "cases.in_scope": "1 of 1 cases",
        "people.total": "6 people",
        "sex.F": "3 of 4 children",
        "sex.M": "1 of 4 children",
        "sex.not_known": "0 of 4 children",
        "sex.not_recorded": "0 of 4 children",
        "age.6": "1 of 4 children",
        "age.9": "1 of 4 children",
        "age.14": "1 of 4 children",
        "age.18": "1 of 4 children",
        "age.not_known": "0 of 4 children",
        "age.not_recorded": "0 of 4 children",
        "age.median": "11.5 years, from 4 of 4 children",
        "age.mean": "11.8 years, from 4 of 4 children",
        "age.min": "6 years, from 4 of 4 children",
        "age.max": "18 years, from 4 of 4 children",
        "age.n": "4 of 4 children",
        "carer_ill.yes": "1 of 1 parents",
        "carer_ill.no": "0 of 1 parents",
        "carer_ill.not_known": "0 of 1 parents",
        "carer_ill.not_recorded": "0 of 1 parents",
        "theme.voice.findings": "1 findings",
        "theme.voice.strength": "1 findings",
        "theme.voice.development": "0 findings",
        "theme.voice.cases": "1 of 1 cases",
        "theme.voice.agencies": "1 agencies",
        "agency.voluntary.not_known_to_agency": "1 of 1 cases",
        "agency.voluntary.not_involved": "0 of 1 cases",
        "involvement.invited": "3 agencies",
        "involvement.returned": "3 agencies of 3 agencies invited",
        "involvement.no_response": "0 agencies of 3 agencies invited",
        "involvement.declined": "0 agencies of 3 agencies invited",
        "involvement.took_part": "0 agencies",
        "involvement.involved_not_scoped": "0 agencies",
        "grade.overall.outstanding": "0 of 2 grades",
        "grade.overall.good": "1 of 2 grades",
        "grade.overall.requires_improvement": "1 of 2 grades",
        "grade.overall.inadequate": "0 of 2 grades",
        "grade.overall.good_or_better": "1 of 2 grades",
        "grade.overall.not_graded": "1 grades",
    }
    assert warnings == []
    assert count(released["cases.total"]) == "1 case"
    assert listing(released, "age") == "6, 9, 14 and 18"


def test_a_large_audit_prints_percentages_beside_some_of_its_counts():
    """188 files; families of 17 of their children were heard; last year's themes were graded for progress."""
    measures, warnings, _ = figures(
        a_theme("supervision"),
        a_channel("conversations", kind="family_contact", participants=11, cases=17),
        a_tally("cases", "in_scope", 180, base=188, percent=96),
        a_tally("involvement", "invited", 12),
        a_tally("involvement", "returned", 9, base=12, base_label="agencies invited", percent=75),
        a_tally("involvement", "no_response", 3, base=12),
        a_tally("agency.police", "returned", 66, base=188),
        a_tally("ethnicity", "white", 122, base=188, precision="derived", percent=65),
        a_tally("ethnicity", "not_known", 10, base=188),
        a_tally("referrals", 0, 100, base=188),
        a_tally("referrals", 1, 60, base=188),
        a_tally("referrals", 2, 28, base=188),
        a_tally("grade.voice", "improving", 3),
        a_tally("grade.supervision", "continued_development", 1),
        a_tally("reflections", "total", 4),
        a_tally("recommendations", "total", 9),
        a_tally("recommendations", "overdue", 2, base=9),
        drawn=188,
    )
    assert measures == {
        "cases.total": "188 cases",
        "cases.in_scope": "180 of 188 cases",
        "ethnicity.white": "derived 122 of 188 children",
        "ethnicity.not_known": "10 of 188 children",
        "ethnicity.not_stated": "derived 56 of 188 children",
        "referrals.0": "100 of 188 cases",
        "referrals.1": "60 of 188 cases",
        "referrals.2": "28 of 188 cases",
        "referrals.not_known": "0 of 188 cases",
        "referrals.not_recorded": "0 of 188 cases",
        "referrals.median": "0 earlier referrals, from 188 of 188 cases",
        "referrals.mean": "0.6 earlier referrals, from 188 of 188 cases",
        "referrals.min": "0 earlier referrals, from 188 of 188 cases",
        "referrals.max": "2 earlier referrals, from 188 of 188 cases",
        "referrals.n": "188 of 188 cases",
        "reflections.total": "4 reflections",
        "agency.police.returned": "66 of 188 cases",
        "involvement.invited": "12 agencies",
        "involvement.returned": "9 of 12 agencies invited",
        "involvement.no_response": "3 of 12 agencies invited",
        "channel.conversations.participants": "11 participants",
        "channel.conversations.cases": "17 of 188 cases",
        "grade.voice.improving": "3 cases",
        "grade.supervision.continued_development": "1 cases",
        "recommendations.total": "9 recommendations",
        "recommendations.overdue": "2 of 9 recommendations",
    }
    assert warnings == [
        "ethnicity.white: the derived count is not the only one that fits: 65% of 188 is any of 122 to 123."
    ]
