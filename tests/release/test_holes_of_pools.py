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


def rounded_range(figures: Released, name: str) -> tuple[int, int]:
    number = figures[name].numerator
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
