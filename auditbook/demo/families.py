"""Made-up families: the rows of `cases.csv` and `people.csv`, their plans, and the seeded draws behind all of them."""

from random import Random

from auditbook.demo.plans import Odds, QuarterPlan

PROTECTION_COLUMNS = ("cp_category", "cp_start", "cp_end")
PROTECTION_CATEGORIES = {"NEG": 6, "MUL": 2, "EMO": 2}
LAST_DAY = 28
"""Days drawn go up to this one, so that they exist in every month."""
ENDED = {"protection": (2021, 3), "step_down": (2020, 12)}
"""The month around which plans ended: shortly before the fieldwork, or in the cohort's window."""
LATEST = (2021, 7)
"""The last month in which a case closed: July, in which the fieldwork began."""
SEED = "exampleshire"
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
        family = _children(plan, case["case"], place, rng)
        if plan.plans == "protection":
            protection(case, family, rng)
        elif plan.plans == "step_down":
            step_down(case, family, rng)
        family += _parents(plan, case["case"], rng)
        if plan.factors:
            case["assessment_factors"] = _factors(plan, case, family, rng)
        cases.append(case)
        people += family
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


def generator(plan: QuarterPlan) -> Random:
    """The generator of one quarter: a change to one quarter leaves the others as they were."""
    return Random(f"{SEED}/{plan.id}/{plan.draw}")


def drawn(odds: Odds, rng: Random) -> str:
    """One cell, by weight."""
    return rng.choices(list(odds), list(odds.values()))[0]


def happens(times_of_ten: int, rng: Random) -> bool:
    return rng.randrange(10) < times_of_ten


def protection(case: dict[str, str], children: list[dict[str, str]], rng: Random) -> None:
    """Fill in child protection plans, alike for brothers and sisters; not applicable where there was none."""
    category = drawn(PROTECTION_CATEGORIES, rng)
    end = _month(*ENDED["protection"]) - rng.randint(0, 2)
    start = _day(end - rng.randint(4, 19), rng)
    ended = _day(end, rng) if happens(7, rng) else "not_applicable"
    is_short = happens(2, rng)
    for child in children:
        if case["plan_when_drawn"] == "cp" and child["role"] != "unborn":
            child |= {"cp_category": category, "cp_start": start[:7] if is_short else start, "cp_end": ended}
        else:
            child |= dict.fromkeys(PROTECTION_COLUMNS, "not_applicable")


def step_down(case: dict[str, str], children: list[dict[str, str]], rng: Random) -> None:
    """Fill in the child protection plan that ended, the child in need plan that followed, and its end."""
    category = drawn(PROTECTION_CATEGORIES, rng)
    stepped = _month(*ENDED["step_down"]) + rng.randint(-2, 3)
    start, ended = _day(stepped - rng.randint(6, 20), rng), _day(stepped, rng)
    is_open = case["scope"] == "out_learning_kept"
    case["cin_start"] = ended[:7] if happens(2, rng) else ended
    case["cin_end"] = "not_applicable" if is_open else _day(min(stepped + rng.randint(2, 9), _month(*LATEST)), rng)
    closure = "not_applicable" if is_open else drawn({"RC7": 5, "RC9": 1}, rng)
    for child in children:
        if child["role"] == "unborn":
            child |= dict.fromkeys((*PROTECTION_COLUMNS, "closure_reason"), "not_applicable")
        else:
            child |= {"cp_category": category, "cp_start": start, "cp_end": ended, "closure_reason": closure}


def _month(year: int, month: int) -> int:
    """Months since year 0, to add to and take from."""
    return year * 12 + month - 1


def _day(month: int, rng: Random) -> str:
    return f"{month // 12}-{month % 12 + 1:02}-{rng.randint(1, LAST_DAY):02}"
