"""A release beside an earlier one: what the two together reveal is told, with ids and without values."""

import pytest
from builders import a_case, a_finding, a_tally, an_audit, counts_of

from auditbook.release.differencing import counts_people, reasons_in_words, revealed_beside
from auditbook.release.pooled import pooled
from auditbook.release.released import release
from auditbook.validation.problems import WrongUsage

RECORDED = {"profile": "recorded", "approver": "Scrutineer", "date": "2021-07-05", "reason": "Everything is invented."}


def published(*parts, profile: str = "strict", **plans: int) -> dict:
    """`measures.json` of an audit with so many cases on each plan."""
    drawn = [plan for plan, number in plans.items() for _ in range(number)]
    cases = [a_case(f"C{number}", plan=plan) for number, plan in enumerate(drawn)]
    audit = an_audit(*cases, *parts, release=RECORDED)
    return release(counts_of(audit), audit, profile).as_json()


def reason(earlier: dict, later: dict) -> str:
    return reasons_in_words(revealed_beside(earlier, later))


def changed(release: dict, **figures: dict) -> dict:
    """The same release with other content of some measures; `plan_cp` is plan.cp."""
    by_id = {name.replace("_", ".", 1): content for name, content in figures.items()}
    return release | {"measures": [each | by_id.get(each["id"], {}) for each in release["measures"]]}


@pytest.mark.parametrize(
    ("id", "is_of_people"),
    [
        ("told.agencies", True),
        ("told.findings", True),
        ("answer.told.agencies", True),
        ("asked.told.agencies", False),
        ("asked.told.cases", True),
        ("theme.voice.agencies", False),
        ("theme.voice.cases", True),
        ("involvement.invited", False),
        ("findings.total", False),
    ],
)
def test_whom_a_measure_counts_hangs_on_what_it_is_of_and_not_on_what_an_answer_is_called(id, is_of_people):
    assert counts_people(id) is is_of_people


def test_the_same_release_again_is_allowed():
    assert revealed_beside(published(cin=9, cp=3, closed=8), published(cin=9, cp=3, closed=8)) == {}


def test_a_number_that_was_withheld_may_not_be_shown_later():
    told = reason(published(cin=9, cp=3, closed=8), published(cin=9, cp=6, closed=8))
    assert "withheld in one release and shown in the other: plan.cp" in told


def test_another_partner_of_a_small_number_gives_both_away():
    earlier = published(cin=9, cp=3, closed=8)
    [partner] = [end for end in ("cin", "closed") if _status(earlier, f"plan.{end}") == "suppressed"]
    [other] = {"cin", "closed"} - {partner}
    withheld = {"status": "suppressed", "numerator": None, "denominator": None, "value": None}
    shown = {"status": "shown", "numerator": 8, "denominator": 20, "value": 8}
    later = changed(earlier, **{f"plan_{partner}": shown, f"plan_{other}": withheld})
    assert f"plan.{partner}" in reason(earlier, later)
    assert f"plan.{other}" in reason(earlier, later)


def _status(release: dict, measure_id: str) -> str:
    return next(each["status"] for each in release["measures"] if each["id"] == measure_id)


@pytest.mark.parametrize("more", [1, 5])
def test_a_change_by_a_few_people_is_refused(more):
    told = reason(published(cin=9, cp=9), published(cin=9, cp=9 + more))
    assert "changed by a few people: " in told
    assert "plan.cp" in told
    assert "cases.total" in told


def test_a_change_by_six_where_nothing_is_withheld_is_allowed():
    assert revealed_beside(published(cin=9, cp=9), published(cin=9, cp=15)) == {}


def test_a_change_by_six_beside_a_withheld_number_is_refused():
    earlier, later = published(cin=9, cp=3, closed=8), published(cin=9, cp=3, closed=8)
    shown = next(
        each["id"] for each in earlier["measures"] if each["id"] in ("plan.cin", "plan.closed") and each["value"]
    )
    later = changed(later, **{shown.replace(".", "_"): {"numerator": 19, "value": 19, "denominator": 30}})
    assert f"changed beside withheld numbers: {shown}" in reason(earlier, later)


def test_a_base_that_is_withheld_later_is_refused():
    earlier = published(cin=9, cp=9)
    assert "plan.cin" in reason(earlier, changed(earlier, plan_cin={"denominator": None}))


def test_a_median_that_moved_is_refused():
    def of(*months: int) -> dict:
        audit = an_audit(*(a_case(f"C{number}", months_open=month) for number, month in enumerate(months)))
        return release(counts_of(audit), audit, "strict").as_json()

    told = reason(of(1, 1, 1, 2, 2, 2, 2), of(1, 1, 1, 1, 2, 2, 2))
    assert "a median or a percentage moved: months_open.median" in told


def test_a_percentage_that_moved_is_refused():
    def of(percent: int) -> dict:
        audit = an_audit(a_tally("plan", "cp", percent=percent, base=50, precision="percent_only"), drawn=50)
        return release(counts_of(audit), audit, "strict").as_json()

    assert "plan.cp" in reason(of(40), of(42))


def test_other_parts_listed_beside_withheld_numbers_are_refused():
    earlier = published(cin=9, cp=3, closed=8)
    [shown] = [each for each in earlier["measures"] if each["id"].startswith("plan.c") and each["value"]]
    others = [each for each in earlier["measures"] if each is not shown]
    later = earlier | {"measures": [*others, shown | {"id": "plan.cin+cp"}]}
    assert "others listed beside withheld numbers: plan.cin, plan.cin+cp" in reason(earlier, later)
    assert revealed_beside(earlier, earlier | {"measures": others}) == {}


def test_findings_may_change_for_they_are_no_people():
    assert revealed_beside(published(cin=9, cp=9), published(a_finding("f1", "voice"), cin=9, cp=9)) == {}
    assert not counts_people("theme.voice.findings")
    assert not counts_people("involvement.invited")
    assert counts_people("theme.voice.cases")
    assert counts_people("channel.survey.participants")


def test_no_value_is_told():
    told = reason(published(cin=9, cp=3, closed=8), published(cin=9, cp=6, closed=8))
    assert not set("3689") & set(told.replace("2021-22-Q1", ""))


def test_after_true_counts_an_audit_may_be_withdrawn_behind_strict_as_it_was():
    assert revealed_beside(published(cin=9, cp=3, profile="recorded"), published(cin=9, cp=3)) == {}
    told = reason(published(cin=9, cp=3, closed=8, profile="recorded"), published(cin=9, cp=3, closed=9))
    assert "changed since true counts were published: " in told


@pytest.mark.parametrize("profile", ["recorded", "internal"])
def test_a_release_by_a_recorded_decision_is_not_compared(profile):
    assert revealed_beside(published(cin=9, cp=3), published(cin=9, cp=4, profile=profile)) == {}


def test_what_was_only_for_the_business_unit_is_not_compared():
    assert revealed_beside(published(cin=9, cp=3, profile="internal"), published(cin=9, cp=4)) == {}


def test_two_audits_cannot_be_compared():
    with pytest.raises(WrongUsage):
        revealed_beside(published(cin=9, cp=9), published(cin=9, cp=9) | {"audit": "2021-22-Q2"})


QUARTERS = ("2021-22-Q1", "2021-22-Q2", "2021-22-Q3", "2021-22-Q4", "2022-23-Q1", "2022-23-Q2")


def a_pool(quarters: tuple[str, ...], **plans: int) -> dict:
    drawn = [plan for plan, number in plans.items() for _ in range(number)]
    cases = [a_case(f"C{number}", plan=plan) for number, plan in enumerate(drawn)]
    audits = [an_audit(*cases, id=quarter, release=RECORDED) for quarter in quarters]
    return pooled([(counts_of(audit), audit) for audit in audits]).as_json()


def test_a_pool_with_one_more_quarter_is_allowed():
    assert revealed_beside(a_pool(QUARTERS[:4], cin=5, cp=6), a_pool(QUARTERS[:5], cin=5, cp=6)) == {}


def test_a_pool_that_moves_on_by_a_quarter_is_allowed():
    assert revealed_beside(a_pool(QUARTERS[:5], cin=5, cp=6), a_pool(QUARTERS[1:6], cin=4, cp=6)) == {}


def test_a_rounded_number_that_falls_although_an_audit_was_added_is_refused():
    later = a_pool(QUARTERS[:5], cin=5, cp=6)
    later = changed(later, plan_cin={"numerator": 15, "value": 15})
    assert "rounded lower although an audit was added: plan.cin" in reason(a_pool(QUARTERS[:4], cin=5, cp=6), later)


def test_the_same_pool_may_not_show_what_it_withheld():
    earlier = a_pool(QUARTERS[:4], cin=5, cp=6, closed=1)
    later = a_pool(QUARTERS[:4], cin=5, cp=6, closed=2)
    assert "withheld in one release and shown in the other" in reason(earlier, later)


def in_bands(*bands: tuple[int, int | None, int]) -> dict:
    """A release whose only statement about durations is their bands."""
    return published(cin=9, cp=9) | {"bands": {"months_open": [list(each) for each in bands]}}


EARLIER = in_bands((0, 2, 7), (3, 11, 9), (12, None, 8))


@pytest.mark.parametrize(
    "later",
    [
        in_bands((0, 2, 8), (3, 11, 9), (12, None, 7)),  # one moved from the last band to the first
        in_bands((0, 2, 7), (3, 11, 14), (12, None, 8)),  # five more
        in_bands((0, 2, 7), (3, None, 18)),  # cut otherwise: together one more
        in_bands((0, 2, 13), (3, 5, 6), (6, 11, 8), (12, None, 3)),  # six more below 3, and beside them some moved
    ],
)
def test_a_band_that_changed_by_a_few_is_refused_wherever_both_cut(later):
    assert reason(EARLIER, later) == "a band changed by a few people: months_open"


@pytest.mark.parametrize(
    "later",
    [
        EARLIER,
        in_bands((0, 2, 7), (3, None, 17)),  # two bands joined
        in_bands((0, 2, 14), (3, 11, 16), (12, None, 15)),  # more of everything
        published(cin=9, cp=9),  # no bands any more
    ],
)
def test_bands_that_tell_of_no_few_are_allowed(later):
    assert revealed_beside(EARLIER, later) == {}
