"""What each quarter of the demonstration year is about: its cases, its agencies and its grades (`plans.yml`)."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BeforeValidator, TypeAdapter


def read_odds(text: str) -> dict[str, int]:
    """`yes=5;partly=4;=1`: a cell's text → its weight, an empty one not given; `plan;minutes=2` has several codes."""
    odds, codes = {}, []
    for part in text.split(";"):
        code, _, weight = part.partition("=")
        codes.append(code)
        if weight:
            odds[";".join(codes)] = int(weight)
            codes = []
    return odds


Odds = Annotated[dict[str, int], BeforeValidator(read_odds)]
"""A cell's text → its weight in the draw; the empty text is not recorded."""


@dataclass(frozen=True)
class AgencyPlan:
    """One agency's part in an audit.

    state      what came of asking it, in every case it was involved in; or in the whole audit
    involved   in how many cases of ten it was involved
    elsewhere  its state in the other cases
    is_whole   one row for the whole audit instead of a row a case
    needs      what it takes for the agency to be involved: a trait of the case's people, or nothing
    """

    agency: str
    state: str = "returned"
    involved: int = 8
    elsewhere: str = "not_involved"
    forum: str = ""
    is_whole: bool = False
    reason: str = ""
    needs: str = ""


@dataclass(frozen=True)
class GradePlan:
    """One standard; each agency in `agencies` (all that returned, when empty) grades it in each case it returned.

    moderated  of ten grades, how many the panel changed
    is_whole   the agencies grade it for the audit as a whole
    """

    standard: str
    odds: Odds
    agencies: tuple[str, ...] = ()
    moderated: int = 0
    is_whole: bool = False


@dataclass(frozen=True)
class QuarterPlan:
    """One synthetic audit.

    cases      how many were audited, the last of them with its learning kept for the reason `kept`
    replaced   why a further case was replaced; empty when none was
    ages       of the index children, in years, first and last
    siblings   how many brothers and sisters, case by case, over and over; `gap` years apart at the most
    kept_cells what is fixed of the case that was kept for its learning
    unborn     in how many cases a baby was not yet born
    case_odds  case variable → its draw; child_odds and parent_odds the same for people, family_odds for what brothers
               and sisters share
    factors    the assessment factors drawn from, the first in nearly every case
    plans      which cells of dates to write: `protection`, `step_down` or neither
    findings   how many findings from the agencies' returns
    has_boxes  whether findings say in which box of the briefing they are told; a workbook does not ask
    draw       which draw of the fixed seed: one that shows every kind of answer
    """

    id: str
    remit: str
    cases: int
    kept: str
    replaced: str
    ages: tuple[int, int]
    agencies: tuple[AgencyPlan, ...]
    grades: tuple[GradePlan, ...]
    findings: int
    siblings: tuple[int, ...] = (0, 1, 1, 2)
    gap: int = 7
    kept_cells: dict[str, str] = field(default_factory=dict)
    unborn: int = 0
    case_odds: dict[str, Odds] = field(default_factory=dict)
    family_odds: dict[str, Odds] = field(default_factory=dict)
    child_odds: dict[str, Odds] = field(default_factory=dict)
    parent_odds: dict[str, Odds] = field(default_factory=dict)
    factors: tuple[str, ...] = ()
    plans: str = ""
    has_boxes: bool = True
    draw: int = 1


YEAR_PLANS = TypeAdapter(tuple[QuarterPlan, ...]).validate_python(
    yaml.safe_load(Path(__file__).with_name("plans.yml").read_text("utf-8"))
)
_, STEP_DOWN, _, TRANSITIONS = YEAR_PLANS
