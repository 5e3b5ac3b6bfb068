"""Made-up families: the rows of `cases.csv` and `people.csv`."""

from random import Random

from auditbook.demo.draws import drawn, happens
from auditbook.demo.episodes import protection, step_down
from auditbook.demo.plans import QuarterPlan

Lines = list[dict[str, str]]
SCHOOL_AGE = 6
UNBORN = {
    "sex": "U",
    "ethnicity": "NOBT",
    "disability": "not_applicable",
    "seen_alone": "not_applicable",
    "previous_cp_plans": "0",
}
"""What is written of a baby that is not born yet, whatever the draw."""


def families(plan: QuarterPlan, rng: Random) -> tuple[Lines, Lines]:
    """Every case of an audit and everybody in it: the lines of `cases.csv` and of `people.csv`."""
    cases, people = [], []
    for place, (scope, reason) in enumerate(_scopes(plan, rng)):
        case = {"case": f"ex{plan.id[-1]}-{place + 1:02}", "scope": scope, "scope_reason": reason}
        case |= {variable: drawn(odds, rng) for variable, odds in plan.case_odds.items()}
        case |= plan.kept_cells if scope == "out_learning_kept" else {}
        own = _children(plan, case["case"], place, rng)
        if plan.plans == "protection":
            protection(plan, case, own, rng)
        elif plan.plans == "step_down":
            step_down(plan, case, own, rng)
        own += _parents(plan, case["case"], rng)
        if plan.factors:
            case["assessment_factors"] = _factors(plan, case, own, rng)
        cases.append(case)
        people += own
    return cases, people


def _scopes(plan: QuarterPlan, rng: Random) -> list[tuple[str, str]]:
    """The scope of each case and its reason, in the order drawn."""
    scopes = [("in", "")] * (plan.cases - 1) + [("out_learning_kept", plan.kept)]
    scopes += [("replaced", plan.replaced)] if plan.replaced else []
    rng.shuffle(scopes)
    return scopes


def _children(plan: QuarterPlan, case: str, place: int, rng: Random) -> Lines:
    """The index child and its brothers and sisters; the first cases of a plan have the babies not yet born."""
    age = rng.randint(*plan.ages)
    siblings = plan.siblings[place % len(plan.siblings)]
    ages = [age, *sorted(rng.sample([year for year in range(1, 18) if 0 < abs(year - age) <= plan.gap], siblings))]
    roles = ["index_child", *["sibling"] * siblings]
    if place < plan.unborn:
        ages, roles = [*ages, None], [*roles, "unborn"]
    shared = {variable: drawn(odds, rng) for variable, odds in plan.family_odds.items()}
    return [
        {"case": case, "person": f"{case}-c{number}", "role": role} | _child_cells(plan, role, years, shared, rng)
        for number, (role, years) in enumerate(zip(roles, ages, strict=True), start=1)
    ]


def _child_cells(
    plan: QuarterPlan, role: str, years: int | None, shared: dict[str, str], rng: Random
) -> dict[str, str]:
    """A child's cells: its age, what brothers and sisters share, and what was drawn for it."""
    cells = {"age_years": "not_applicable" if years is None else str(years)} | shared
    cells |= {variable: drawn(odds, rng) for variable, odds in plan.child_odds.items()}
    if role == "unborn":
        cells |= {variable: cell for variable, cell in UNBORN.items() if variable in cells}
    if cells.get("missing_episodes") == "0":
        cells["return_home_interview"] = "not_applicable"
    return cells


def _parents(plan: QuarterPlan, case: str, rng: Random) -> Lines:
    number = 2 if happens(7, rng) else 1
    return [
        {"case": case, "person": f"{case}-p{parent}", "role": "parent"}
        | {variable: drawn(odds, rng) for variable, odds in plan.parent_odds.items()}
        for parent in range(1, number + 1)
    ]


def _factors(plan: QuarterPlan, case: dict[str, str], people: Lines, rng: Random) -> str:
    """The factors of one assessment, in the order of the code set, in keeping with what else is recorded."""
    first, *others = plan.factors
    factors = set(rng.sample(others, rng.randint(1, 3))) | ({first} if happens(9, rng) else set())
    for variable, factor in (
        ("mental_ill_health", "4B"),
        ("poor_parental_mental_health", "4B"),
        ("substance_misuse", "2B"),
        ("substance_or_alcohol_misuse", "1B"),
    ):
        cells = {line[variable] for line in (case, *people) if variable in line}
        if "yes" in cells:
            factors.add(factor)
        elif cells:
            factors.discard(factor)
    if case.get("domestic_abuse_by_father") == "yes":
        factors.add("3B")
    if any(line.get("missing_episodes", "0") not in ("0", "not_known") for line in people):
        factors.add("10A")
    return ";".join(sorted(factors or {first}, key=lambda factor: (int(factor[:-1]), factor)))


def traits(case: dict[str, str], people: Lines) -> set[str]:
    """What an agency or a finding may need of a case: to be `in_scope`; to have `siblings`, a child `unborn` or
    `under_six`, or parents' `substance` misuse.
    """
    roles = {line["role"] for line in people}
    years = [int(line["age_years"]) for line in people if line.get("age_years", "").isdigit()]
    misuse = {line.get("substance_misuse") for line in people}
    holds = {
        "in_scope": case["scope"] == "in",
        "siblings": "sibling" in roles,
        "unborn": "unborn" in roles,
        "substance": "yes" in misuse,
        "under_six": "unborn" in roles or min(years) < SCHOOL_AGE,
    }
    return {trait for trait, is_so in holds.items() if is_so}
