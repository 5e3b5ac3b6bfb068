"""What each agency graded: tables, pictures and frames of it, and nothing where small counts are withheld."""

import pytest
from builders import a_case, a_channel, a_grade, an_audit
from released import RECORDED, cells, released

from auditbook.reading.empty_messages import NO_GRADES_BY_AGENCY, NO_GRADES_BY_SAMPLE
from auditbook.reading.opened import OpenedAudit
from auditbook.release.released import Released


def graded(profile: str = "recorded", agencies: tuple[str, ...] = ("police", "schools")) -> OpenedAudit:
    """Nine cases, each graded by these agencies: good in the first three of the police, in the first six of others."""
    parts = [a_case(f"C{number}") for number in range(9)]
    for place, agency in enumerate(agencies, 1):
        parts += [
            a_grade("overall", "good" if number < 3 * place else "inadequate", case=f"C{number}", agency=agency)
            for number in range(9)
        ]
    return OpenedAudit.opened(released(an_audit(*parts, release=RECORDED), profile))


def figures_by_agency(released: Released) -> list[str]:
    return [each.id for each in released if each.id.is_of_a_part]


def test_a_table_has_a_row_for_each_agency_and_says_of_how_many():
    rows = cells(graded().table("grades_by_agency").show()._repr_html_())
    assert rows == [
        ["Agency", "Good", "Inadequate", "Of"],
        ["Police", "3", "6", "9 cases"],
        ["Schools", "6", "3", "9 cases"],
    ]


def test_a_picture_says_the_same_in_words():
    picture = graded().table("grades_by_agency").plot.heat()
    assert picture.title == "Overall, by agency"
    assert picture.sentences == (
        "Police: Good 3, Inadequate 6, of 9 cases.",
        "Schools: Good 6, Inadequate 3, of 9 cases.",
    )


def test_a_frame_names_standard_and_agency():
    frame = graded().table("grades_by_agency").frame
    given = frame[frame["count"] > 0][["standard", "agency", "label", "count"]].values.tolist()
    assert ["Overall", "Police", "Good", 3] in given and ["Overall", "Schools", "Inadequate", 3] in given


def test_grades_of_a_standard_are_as_they_were_beside_those_of_agencies():
    audit = graded()
    assert [each.category for each in audit.of("grade.overall")][:2] == ["outstanding", "good"]
    assert "overall" in audit.tables and "overall.police" not in audit.tables
    assert set(audit.table("grades").frame["variable"]) == {"overall"}


@pytest.mark.parametrize("profile", ["strict"])
def test_where_small_counts_are_withheld_no_agencys_grades_are_listed(profile):
    audit = graded(profile)
    assert figures_by_agency(audit) == []
    shown = repr(audit.table("grades_by_agency").show())
    assert shown == "Withheld, so that nobody can be recognised: Overall, agency by agency."
    assert figures_by_agency(graded("internal"))


def two_samples(profile: str) -> OpenedAudit:
    """Fourteen cases: seven of the case file audit, and seven that an agency assessed itself."""
    parts = [a_channel("case_file_audit"), a_channel("self_assessment")]
    for number in range(14):
        is_own, case = number > 6, f"C{number}"
        own = {"agency": "schools", "channel": "self_assessment"} if is_own else {"agency": "police"}
        parts += [a_case(case), a_grade("overall", "good" if is_own else "inadequate", case=case, **own)]
    return OpenedAudit.opened(released(an_audit(*parts, release=RECORDED), profile))


@pytest.mark.parametrize("profile", ["recorded", "strict"])
def test_samples_stand_beside_each_other_where_none_of_their_numbers_is_small(profile):
    table = two_samples(profile).table("grades_by_sample")
    assert cells(table.show()._repr_html_()) == [
        ["Sample", "Good", "Inadequate", "Of"],
        ["Case file audit", "0", "7", "7 cases"],
        ["Self assessment", "7", "0", "7 cases"],
    ]
    assert table.plot.heat().title == "Overall, by sample"
    assert set(table.frame["sample"]) == {"Case file audit", "Self assessment"}


def test_one_sample_alone_makes_no_table():
    assert repr(graded().table("grades_by_sample").show()) == NO_GRADES_BY_SAMPLE


def test_one_agency_alone_makes_no_table():
    assert repr(graded(agencies=("police",)).table("grades_by_agency").show()) == NO_GRADES_BY_AGENCY
