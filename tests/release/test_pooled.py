"""Four or more audits as one: what is added up, withheld and rounded, and what is refused."""

import pytest
from builders import (
    a_case,
    a_finding,
    a_grade,
    a_person,
    a_recommendation,
    an_audit,
    an_involvement,
    counts_of,
    write_project,
)

from auditbook.evidence.audit import Audit, read_audits
from auditbook.reading import tables
from auditbook.reading.wording import count
from auditbook.release.model import Cell, Model
from auditbook.release.pooled import pooled
from auditbook.release.released import Released, release
from auditbook.release.rounding import rounded
from auditbook.validation.problems import ReleaseRefused, WrongUsage

QUARTERS = ("2021-22-Q1", "2021-22-Q2", "2021-22-Q3", "2021-22-Q4", "2022-23-Q1")
RECORDED = {"profile": "recorded", "approver": "Scrutineer", "date": "2021-07-05", "reason": "Everything is invented."}


def an_audit_of(plans: dict[str, int], *more, id: str = QUARTERS[0], **settings) -> Audit:
    """So many cases on each plan; `more` are other rows of its cases C0, C1 …"""
    drawn = [plan for plan, number in plans.items() for _ in range(number)]
    cases = [a_case(f"C{number}", plan=plan, months_open=number % 4) for number, plan in enumerate(drawn)]
    return an_audit(*cases, *more, id=id, **{"release": RECORDED, **settings})


def four(plans: dict[str, int], *more, **settings) -> list[Audit]:
    return [an_audit_of(plans, *more, id=quarter, **settings) for quarter in QUARTERS[:4]]


def pool(audits: list[Audit]) -> Released:
    return pooled([(counts_of(audit), audit) for audit in audits])


def test_counts_of_all_audits_are_added_up_and_rounded_to_five():
    figures = pool(four({"cin": 4, "cp": 3, "closed": 4}))
    assert {figure.category: figure.numerator for figure in figures.of("plan")} == {
        "cin": 15,
        "cp": 10,
        "closed": 20,
        "not_known": 0,
        "not_recorded": 0,
    }
    assert {figure.denominator for figure in figures.of("plan")} == {45}
    assert {figure.status for figure in figures.of("plan")} == {"rounded"}
    assert figures["cases.total"].value == 45


def test_rounded_parts_make_up_their_rounded_base():
    for cin in range(6, 12):
        figures = pool(four({"cin": cin, "cp": 7, "closed": 6}))
        parts = [figure.numerator for figure in figures.of("plan")]
        assert sum(parts) == figures["plan.cin"].denominator == figures["cases.total"].numerator


def test_a_sum_from_1_to_5_is_withheld_like_in_one_audit():
    figures = pool([*four({"cin": 9, "cp": 9})[:3], an_audit_of({"cin": 9, "cp": 9, "closed": 3}, id=QUARTERS[3])])
    assert not figures["plan.closed"].is_shown
    assert sum(not figure.is_shown for figure in figures.of("plan")) == 2


@pytest.mark.parametrize(("total", "near"), [(6, 5), (7, 5), (8, 10), (12, 10), (13, 15), (0, 0)])
def test_a_number_alone_goes_to_the_nearest_five(total, near):
    model = Model()
    model.put(Cell("alone", total, times_published=1))
    assert rounded(model, ()) == {"alone": near}


def test_parts_are_rounded_against_the_nearest_where_their_total_asks_for_it():
    model = Model()
    for key, number in (("total", 24), ("first", 8), ("second", 8), ("third", 8)):
        model.put(Cell(key, number, times_published=1))
    model.link("total", ["first", "second", "third"])
    assert rounded(model, ()) == {"total": 25, "first": 10, "second": 10, "third": 5}


def test_a_bound_from_below_is_rounded_down():
    model = Model()
    model.put(Cell("bound", 9, times_published=1))
    assert rounded(model, (), at_least=["bound"]) == {"bound": 5}


def test_rounding_does_not_look_at_what_is_withheld():
    def shown(withheld: int) -> dict[str, int]:
        model = Model()
        for key, number in (
            ("total", 20 + withheld - withheld),
            ("first", 12),
            ("second", 8 - withheld),
            ("third", withheld),
        ):
            model.put(Cell(key, number, times_published=1))
        model.link("total", ["first", "second", "third"])
        return rounded(model, ["second", "third"])

    assert shown(1) == shown(2) == shown(5)


def test_findings_and_recommendations_are_added_up_as_they_are():
    figures = pool(four({"cin": 6, "cp": 6}, a_finding("f1", "voice", case="C1"), a_recommendation("1", status="done")))
    assert (figures["findings.total"].numerator, figures["findings.total"].status) == (4, "shown")
    assert figures["recommendations.done"].numerator == 4
    assert [each.id for each in figures.findings] == [f"{quarter}/f1" for quarter in QUARTERS[:4]]
    assert figures.findings[0].text == ""


def test_a_recommendation_in_three_of_the_audits_is_added_up_once(tmp_path):
    cases = [a_case(f"C{number}") for number in range(6)]
    rows = {
        QUARTERS[0]: a_recommendation("1", status="not_started"),
        QUARTERS[1]: a_recommendation("1", status="planned", follows=f"{QUARTERS[0]}/1"),
        QUARTERS[2]: a_recommendation("1", status="done", follows=f"{QUARTERS[1]}/1"),
        QUARTERS[3]: a_recommendation("1", status="planned"),
    }
    for quarter, row in rows.items():
        project = write_project(tmp_path, *cases, row, id=quarter, release=RECORDED)
    figures = pool(read_audits(project))
    categories = {category: figures[f"recommendations.{category}"].numerator for category in ("total", "open", "done")}
    assert categories == {"total": 2, "open": 1, "done": 1}
    assert [each.id for each in figures.recommendations] == [f"{QUARTERS[2]}/1", f"{QUARTERS[3]}/1"]


def test_agencies_cannot_be_added_up():
    rows = [an_involvement("police", "returned", f"C{number}") for number in range(12)]
    rows.append(a_finding("f1", "voice", case="C1", agency="police"))
    figures = pool(four({"cin": 6, "cp": 6}, *rows))
    assert not [figure.id for figure in figures if figure.id.startswith("involvement.")]
    assert "theme.voice.agencies" not in figures
    assert figures["agency.police.returned"].numerator == 50


def test_what_one_audit_did_not_count_is_left_out():
    audits = four({"cin": 6, "cp": 6}, *(a_grade("overall", "good", case=f"C{number}") for number in range(12)))
    audits[3] = an_audit_of({"cin": 6, "cp": 6}, id=QUARTERS[3])
    figures = pool(audits)
    assert not figures.of("grade.overall")
    assert figures.of("plan")


def test_the_median_is_that_of_all_numbers_together():
    audits = [
        an_audit(*(a_case(f"C{number}", months_open=month) for number in range(7)), id=quarter, release=RECORDED)
        for quarter, month in zip(QUARTERS, (1, 1, 2, 9), strict=False)
    ]
    median = pool(audits)["months_open.median"]
    assert (median.value, median.numerator, median.denominator) == (1.5, 30, 30)


def test_people_are_added_up_by_their_roles():
    people = [a_person(f"C{n}", "c", sex="F" if n < 8 else "M") for n in range(12)]
    people += [a_person(f"C{n}", "p", "parent", carer_ill="yes" if n < 6 else "no") for n in range(12)]
    figures = pool(four({"cin": 6, "cp": 6}, *people))
    bases = figures["sex.F"].denominator, figures["carer_ill.yes"].denominator
    assert figures["people.total"].numerator == sum(bases) == 95


def test_a_total_is_withheld_beside_which_an_audit_of_its_own_would_tell_what_it_withholds():
    alone = [an_audit_of({"cin": 7, "cp": 7}, id=quarter) for quarter in QUARTERS[:3]]
    strict = {"release": {"profile": "strict"}}
    for few, is_shown in ((1, False), (4, True)):
        last = an_audit_of({"cin": few, "cp": 9, "closed": 9}, id=QUARTERS[3], **strict)
        assert pool([*alone, last])["plan.cin"].is_shown == is_shown


def test_tables_and_words_take_pooled_figures():
    figures = pool(four({"cin": 4, "cp": 3, "closed": 4}))
    assert count(figures["plan.cin"]) == "15 of the 45 cases"
    assert "15" in tables.categories(figures)._repr_html_()
    assert figures.audit_id.label == "Q1 2021-22 to Q4 2021-22"
    assert figures.audit_id.year == "2021-22"
    assert figures.as_json()["audit"] == "+".join(QUARTERS[:4])


def test_three_audits_are_too_few():
    with pytest.raises(ReleaseRefused, match="fewer than 4 audits"):
        pool(four({"cin": 6, "cp": 6})[:3])


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"collection": "live"}, "several collections"),
        ({"partnerships": ["Another partnership"]}, "several sets of partnerships"),
        ({"plural": "families"}, "several units of analysis"),
        ({"id": QUARTERS[0]}, "the same audit twice"),
    ],
)
def test_audits_that_count_different_things_are_refused(settings, reason):
    audits = four({"cin": 6, "cp": 6})
    other = an_audit_of({"cin": 6, "cp": 6}, **{"id": QUARTERS[4], **settings})
    with pytest.raises(ReleaseRefused, match=reason) as refused:
        pool([*audits, other])
    assert refused.value.exit_code == 11


def test_the_audits_that_were_added_up_are_listed_oldest_first_with_their_months():
    table = tables.pooled_audits(pool(list(reversed(four({"cin": 6, "cp": 6})))))
    assert repr(table).split("\n") == [
        "The audits that were added up",
        "Audit | Months",
        "Q1 2021-22 | April 2021 to June 2021",
        "Q2 2021-22 | July 2021 to September 2021",
        "Q3 2021-22 | October 2021 to December 2021",
        "Q4 2021-22 | January 2022 to March 2022",
    ]


def test_one_audit_alone_has_no_list_of_audits():
    with pytest.raises(WrongUsage, match="2021-22-Q1 is one audit"):
        tables.pooled_audits(release(counts_of(an_audit_of({"cin": 6})), an_audit_of({"cin": 6}), "strict"))
