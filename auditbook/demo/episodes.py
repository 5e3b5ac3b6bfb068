"""Made-up plans: when each began and ended, some dates known to the month only."""

from random import Random

from auditbook.demo.draws import drawn, happens
from auditbook.demo.plans import QuarterPlan

PROTECTION = ("cp_category", "cp_start", "cp_end")
CATEGORIES = {"NEG": 6, "MUL": 2, "EMO": 2}
LAST_DAY = 28
"""Days drawn go up to this one, so that they exist in every month."""
ENDED = {"protection": (2021, 3), "step_down": (2020, 12)}
"""The month around which plans ended: shortly before the fieldwork, or in the cohort's window."""
LATEST = (2021, 7)
"""The last month in which a case closed: July, in which the fieldwork began."""


def protection(plan: QuarterPlan, case: dict[str, str], children: list[dict[str, str]], rng: Random) -> None:
    """Fill in child protection plans, alike for brothers and sisters; not applicable where there was none."""
    category = drawn(CATEGORIES, rng)
    end = _month(*ENDED["protection"]) - rng.randint(0, 2)
    start = _day(end - rng.randint(4, 19), rng)
    ended = _day(end, rng) if happens(7, rng) else "not_applicable"
    is_short = happens(2, rng)
    for child in children:
        if case["plan_when_drawn"] == "cp" and child["role"] != "unborn":
            child |= {"cp_category": category, "cp_start": start[:7] if is_short else start, "cp_end": ended}
        else:
            child |= dict.fromkeys(PROTECTION, "not_applicable")


def step_down(plan: QuarterPlan, case: dict[str, str], children: list[dict[str, str]], rng: Random) -> None:
    """Fill in the child protection plan that ended, the child in need plan that followed, and its end."""
    category = drawn(CATEGORIES, rng)
    stepped = _month(*ENDED["step_down"]) + rng.randint(-2, 3)
    start, ended = _day(stepped - rng.randint(6, 20), rng), _day(stepped, rng)
    is_open = case["scope"] == "out_learning_kept"
    case["cin_start"] = ended[:7] if happens(2, rng) else ended
    case["cin_end"] = "not_applicable" if is_open else _day(min(stepped + rng.randint(2, 9), _month(*LATEST)), rng)
    closure = "not_applicable" if is_open else drawn({"RC7": 5, "RC9": 1}, rng)
    for child in children:
        if child["role"] == "unborn":
            child |= dict.fromkeys((*PROTECTION, "closure_reason"), "not_applicable")
        else:
            child |= {"cp_category": category, "cp_start": start, "cp_end": ended, "closure_reason": closure}


def _month(year: int, month: int) -> int:
    """Months since year 0, to add to and take from."""
    return year * 12 + month - 1


def _day(month: int, rng: Random) -> str:
    return f"{month // 12}-{month % 12 + 1:02}-{rng.randint(1, LAST_DAY):02}"
