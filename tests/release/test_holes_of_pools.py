"""Pools that overlap once told the audits by which they differ: they may not do so again."""

from builders import (
    a_case,
    an_audit,
    counts_of,
)
from release.test_holes import released

from auditbook.evidence.audit import Audit
from auditbook.release.pooled import pooled
from auditbook.release.released import Released


def a_quarter(quarter: str, plans: dict[str, int], profile: str = "strict") -> Audit:
    drawn = [plan for plan, number in plans.items() for _ in range(number)]
    rows = [a_case(f"C{n}", plan=plan) for n, plan in enumerate(drawn)]
    return an_audit(*rows, id=quarter, release={"profile": profile})


QUARTERS = ("2021-22-Q1", "2021-22-Q2", "2021-22-Q3", "2021-22-Q4", "2022-23-Q1")


def pool(audits: list[Audit], before: tuple[list[Audit], ...] = ()) -> Released:
    return pooled(_counted(audits), before=[_counted(each) for each in before])


def _counted(audits: list[Audit]) -> list:
    return [(counts_of(audit), audit) for audit in audits]


def rounded_range(released: Released, name: str) -> tuple[int, int]:
    number = released[name].numerator
    return (0, 1000) if number is None else (number - 4, number + 4)


def test_pools_that_overlap_do_not_tell_the_audits_by_which_they_differ():
    """The difference of two pools of four is the difference of two audits: of 1 and of 25 cases with a plan."""
    plans = [{"cin": 7, "cp": 20}] * 4
    audits = [a_quarter(quarter, own) for quarter, own in zip(QUARTERS, [{"cin": 1, "cp": 30}, *plans], strict=True)]
    first, second = pool(audits[:4]), pool(audits[1:], before=(audits[:4],))
    own = released(audits[0])
    assert not own["plan.cin"].is_shown
    others = 7 * 3
    assert all(released(audit)["plan.cin"].numerator == 7 for audit in audits[1:])
    least, most = rounded_range(first, "plan.cin")
    least, most = max(1, least - others), most - others
    assert most - least >= 3
    assert second["cases.total"].status == "rounded"


def test_pools_do_not_tell_what_an_audit_withholds_beside_its_own_small_number():
    """Of 16 cases 11 and 5 are withheld, so one of the two is 1 to 5, whatever else is withheld in other audits."""
    plans = [{"cin": 14, "cp": 12}, {"cin": 11, "cp": 5}, {"cp": 3}, {"cin": 17, "cp": 13}, {"cin": 10, "cp": 20}]
    audits = [a_quarter(quarter, own) for quarter, own in zip(QUARTERS, plans, strict=True)]
    own = [released(audit)["plan.cin"] for audit in audits]
    assert [figure.is_shown for figure in own] == [True, False, True, True, True]
    possible = {*range(1, 6), *range(11, 16)}
    pools = ((audits[:4], ()), (audits[1:], (audits[:4],)))
    for pooled_audits, before in pools:
        least, most = rounded_range(pool(pooled_audits, before), "plan.cin")
        others = sum(plan.get("cin", 0) for plan in plans if audits[plans.index(plan)] in pooled_audits) - 11
        possible &= set(range(least - others, most - others + 1))
    assert max(possible) - min(possible) >= 3
