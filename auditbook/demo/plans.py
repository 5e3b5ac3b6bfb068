"""What each quarter of the demonstration year is about: its cases, its agencies and its grades."""

from dataclasses import dataclass, field

Odds = dict[str, int]
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
    family_odds: dict[str, Odds] = field(default_factory=lambda: {"ethnicity": ETHNICITY})
    child_odds: dict[str, Odds] = field(default_factory=dict)
    parent_odds: dict[str, Odds] = field(default_factory=dict)
    factors: tuple[str, ...] = ()
    plans: str = ""
    has_boxes: bool = True
    draw: int = 1


ETHNICITY: Odds = {"WBRI": 9, "MWBC": 2, "APKN": 3, "AIND": 2, "BAFR": 2, "WOTH": 2, "MOTH": 1, "NOBT": 1}
SEX: Odds = {"F": 1, "M": 1}
QUALITY: Odds = {"outstanding": 1, "good": 7, "requires_improvement": 6, "inadequate": 1, "not_graded": 1}
STANDARD_GRADES: Odds = {"met": 5, "partially_met": 4, "not_met": 2, "not_applicable": 1}
PROGRESS_GRADES: Odds = {"improving": 4, "continued_development": 3, "development": 2}

NEGLECT = QuarterPlan(
    draw=145,
    id="2021-22-Q1",
    remit="neglect",
    cases=8,
    kept="Neglect turned out not to be the main worry; how the threshold was applied is worth knowing all the same.",
    replaced="The family had moved away before the period; the next case drawn took its place.",
    ages=(4, 13),
    agencies=(
        AgencyPlan("childrens_social_care", "moderated", 10, forum="yes"),
        AgencyPlan("early_help", involved=5, elsewhere="not_known_to_agency", forum="yes"),
        AgencyPlan("police", involved=6, elsewhere="not_known_to_agency", forum="no"),
        AgencyPlan("health_visiting", involved=10, forum="yes", needs="under_six"),
        AgencyPlan("gp", "returned_late", 8, forum="no"),
        AgencyPlan("schools", involved=9, forum="yes"),
        AgencyPlan("housing", involved=4, elsewhere="not_known_to_agency", forum="no"),
        AgencyPlan(
            "voluntary_sector", "took_part", forum="yes", is_whole=True, reason="Came to the forum and to the panel."
        ),
    ),
    grades=(
        GradePlan("overall", QUALITY, moderated=2),
        GradePlan("chronology_up_to_date", STANDARD_GRADES, ("childrens_social_care", "early_help"), moderated=1),
    ),
    findings=24,
    siblings=(0, 1, 2, 3),
    unborn=1,
    case_odds={
        "plan_when_drawn": {"cp": 5, "cin": 3, "early_help": 2},
        "neglect_tool_used": {"yes": 4, "no": 4, "not_known": 1, "": 1},
    },
    child_odds={
        "sex": SEX,
        "disability": {"yes": 2, "no": 7, "not_known": 1},
        "seen_alone": {"yes": 6, "no": 3, "not_known": 1, "": 1},
        "previous_cp_plans": {"0": 6, "1": 3, "2": 1},
    },
    parent_odds={
        "mental_ill_health": {"yes": 5, "no": 4, "not_known": 2},
        "substance_misuse": {"yes": 3, "no": 6, "not_known": 1, "": 1},
        "involved_in_plan": {"yes": 6, "no": 3, "not_known": 1},
    },
    factors=("16A", "4B", "2B", "1B", "5B", "17A", "3B", "6A"),
    plans="protection",
)

STEP_DOWN = QuarterPlan(
    draw=585,
    id="2021-22-Q2",
    remit="step_down",
    cases=6,
    kept="Stepped up to child protection again before there was a step-down to look at; the reasons are worth knowing.",
    replaced="",
    ages=(3, 12),
    agencies=(
        AgencyPlan("childrens_social_care", involved=10),
        AgencyPlan("early_help", involved=7, elsewhere="not_known_to_agency"),
        AgencyPlan("health_visiting", involved=10, needs="under_six"),
        AgencyPlan("police", involved=7, elsewhere="not_known_to_agency"),
        AgencyPlan("schools", involved=9),
        AgencyPlan("substance_misuse", involved=10, elsewhere="not_known_to_agency", needs="substance"),
        AgencyPlan("housing", "no_response", is_whole=True, reason="No reply by the closing date, nor to a reminder."),
    ),
    grades=(GradePlan("overall", QUALITY), GradePlan("supervision_recorded", STANDARD_GRADES)),
    findings=24,
    siblings=(1, 0, 2, 1),
    unborn=1,
    case_odds={"support_agreed_after_closure": {"yes": 4, "no": 4, "not_known": 1}},
    child_odds={
        "sex": SEX,
        "seen_alone": {"yes": 6, "no": 2, "not_known": 1, "": 1},
    },
    parent_odds={
        "mental_ill_health": {"yes": 4, "no": 4, "not_known": 1},
        "substance_misuse": {"yes": 4, "no": 4, "not_known": 1, "": 1},
        "involved_in_plan": {"yes": 7, "no": 2, "": 1},
    },
    plans="step_down",
    has_boxes=False,
)

DOMESTIC_ABUSE = QuarterPlan(
    draw=498,
    id="2021-22-Q3",
    remit="domestic_abuse",
    cases=12,
    kept="The abuse came from an adult brother and not from a partner; the work with the children taught something.",
    replaced="The file was restricted because of a criminal trial; the next case drawn took its place.",
    ages=(2, 15),
    agencies=(
        AgencyPlan("childrens_social_care", "moderated", 10, forum="yes"),
        AgencyPlan("police", involved=10, forum="yes"),
        AgencyPlan("health_visiting", involved=10, forum="yes", needs="under_six"),
        AgencyPlan("acute_hospital", "returned_late", 5, "not_known_to_agency", forum="no"),
        AgencyPlan("schools", involved=9, forum="yes"),
        AgencyPlan("probation", involved=5, elsewhere="not_known_to_agency", forum="yes"),
        AgencyPlan("voluntary_sector", involved=7, elsewhere="not_known_to_agency", forum="yes"),
        AgencyPlan(
            "cafcass",
            "declined",
            forum="no",
            is_whole=True,
            reason="Declined: its records may not be used outside proceedings.",
        ),
    ),
    grades=(
        GradePlan("overall", QUALITY, moderated=1),
        GradePlan("safety_plan", STANDARD_GRADES, ("childrens_social_care", "police", "voluntary_sector"), moderated=1),
    ),
    findings=26,
    siblings=(1, 0, 2, 1, 0, 3),
    kept_cells={"domestic_abuse_by_father": "no"},
    unborn=1,
    case_odds={
        "plan_when_drawn": {"cp": 7, "cin": 7, "early_help": 1, "cla": 1},
        "domestic_abuse_by_father": {"yes": 6, "no": 2, "not_known": 2},
        "poor_parental_mental_health": {"yes": 8, "no": 2, "not_known": 2},
        "substance_or_alcohol_misuse": {"yes": 4, "no": 4, "not_known": 1, "": 1},
    },
    child_odds={
        "sex": SEX,
        "seen_alone": {"yes": 7, "no": 3, "not_known": 1, "": 1},
    },
    parent_odds={"involved_in_plan": {"yes": 6, "no": 3, "not_known": 1, "": 1}},
    factors=("3B", "17A", "4B", "1B", "2B", "18C", "3C", "4A", "6B"),
)

TRANSITIONS = QuarterPlan(
    draw=546,
    id="2021-22-Q4",
    remit="transitions",
    cases=7,
    kept="The young person moved to another area before planning began; the handover is worth knowing all the same.",
    replaced="",
    ages=(16, 17),
    agencies=(
        AgencyPlan("childrens_social_care", "moderated", 10, forum="yes"),
        AgencyPlan("police", involved=8, elsewhere="not_known_to_agency", forum="yes"),
        AgencyPlan("schools", involved=8, forum="yes"),
        AgencyPlan("youth_justice", involved=6, elsewhere="not_known_to_agency", forum="yes"),
        AgencyPlan("camhs", "returned_late", 6, "not_known_to_agency", forum="no"),
        AgencyPlan("adult_social_care", involved=5, elsewhere="not_known_to_agency", forum="yes"),
        AgencyPlan("voluntary_sector", involved=6, elsewhere="not_known_to_agency", forum="yes"),
        AgencyPlan(
            "adult_mental_health",
            "involved_not_scoped",
            forum="no",
            is_whole=True,
            reason="Found to be involved when the panel met; not asked for a return.",
        ),
    ),
    grades=(
        GradePlan("overall", QUALITY, moderated=2),
        GradePlan("transition_plan", STANDARD_GRADES, ("childrens_social_care", "adult_social_care"), moderated=1),
        GradePlan("voice_of_child", PROGRESS_GRADES, is_whole=True),
        GradePlan("information_sharing", PROGRESS_GRADES, is_whole=True),
        GradePlan("supervision_and_oversight", PROGRESS_GRADES, is_whole=True),
    ),
    findings=26,
    siblings=(0, 0, 1),
    gap=2,
    case_odds={"plan_when_drawn": {"cin": 4, "cp": 2, "cla": 4}},
    child_odds={
        "sex": {"F": 3, "M": 4},
        "disability": {"yes": 3, "no": 5, "not_known": 1},
        "seen_alone": {"yes": 7, "no": 1, "": 1},
        "missing_episodes": {"0": 3, "1": 2, "2": 2, "3": 1, "6": 1, "11": 1, "not_known": 1},
        "return_home_interview": {"yes": 5, "no": 3, "not_known": 1},
    },
    parent_odds={"involved_in_plan": {"yes": 5, "no": 4, "not_known": 1, "": 1}},
    factors=("24A", "10A", "11A", "13A", "4A", "2A", "15A", "14A"),
)

YEAR_PLANS = (NEGLECT, STEP_DOWN, DOMESTIC_ABUSE, TRANSITIONS)
