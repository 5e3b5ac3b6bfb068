"""Made-up replies: involvement, findings, grades and answers of agencies; recommendations linked to findings."""

import csv
from collections import Counter
from pathlib import Path
from random import Random

from auditbook.demo.families import drawn, happens
from auditbook.demo.plans import AgencyPlan, GradePlan, QuarterPlan, read_odds

Lines = list[dict[str, str]]
Traits = dict[str, set[str]]
Returns = list[tuple[str, str]]
"""Agency and case of every return that came."""
REPLIED = ("returned", "returned_late", "moderated")
INVITED_STATES = (*REPLIED, "no_response", "declined")
UNGRADED_STATES = ("not_graded", "not_applicable")
MODERATOR = "Audit panel"
MODERATION_REASONS = {
    "down": ("The evidence of what changed for the child was thin.", "The panel gave more weight to delay."),
    "up": ("The panel saw good work that the record had left out.", "Later records showed that the action was done."),
}
BOX_OF_POLARITY = {"strength": "3", "development": "4"}
REFLECTION_BOX = "5"
GENERAL = 3
"""How many findings of an audit are not of its remit."""
FOLDER = Path(__file__).parent
LEAD_AGENCY = "childrens_social_care"
"""Leads the work in every case of the year."""
AGREED = 7
"""In how many cases of ten an agency sees a thing as the case's other agencies do."""
UNMODERATED = ("", "not_known", "not_applicable")


def involvement(plan: QuarterPlan, cases: Traits, rng: Random) -> Lines:
    """A row an agency and case, or an agency for the whole audit; by agency, then case.

    cases  case → the traits of its people
    """
    lines = [line for agency in plan.agencies for line in _agency_involvement(agency, cases, rng)]
    return sorted(lines, key=lambda line: (line["agency"], line["case"]))


def _agency_involvement(agency: AgencyPlan, cases: Traits, rng: Random) -> Lines:
    shared = {"agency": agency.agency, "forum": agency.forum}
    if agency.is_whole:
        asked = "yes" if agency.state in INVITED_STATES else ""
        return [shared | {"case": "", "state": agency.state, "reason": agency.reason, "asked": asked}]
    shared["asked"] = "yes"
    lines = []
    for case, traits in cases.items():
        is_involved = happens(agency.involved, rng) and (not agency.needs or agency.needs in traits)
        lines.append(shared | {"case": case, "state": agency.state if is_involved else agency.elsewhere})
    return lines


def returns(involved: Lines) -> Returns:
    """The returns that came, by agency and case."""
    return [(line["agency"], line["case"]) for line in involved if line["case"] and line["state"] in REPLIED]


def findings(plan: QuarterPlan, statements: Lines, returned: Returns, cases: Traits, rng: Random) -> Lines:
    """Findings drawn from the statements: of the agencies' returns, then of each other channel.

    statements  those not used in an earlier quarter; columns `remit`, `themes`, `polarity`, `channel`, `agencies`,
                `needs` (a trait of the case's people, or nothing) and `text`
    """
    fitting = [line for line in statements if line["remit"] in (plan.remit, "any")]
    audited = [line for line in fitting if _able(line, returned, cases)]
    ours = [line for line in audited if line["remit"] == plan.remit]
    general = [line for line in audited if line["remit"] == "any"]
    chosen = rng.sample(ours, min(len(ours), plan.findings - GENERAL))
    chosen += rng.sample(general, min(len(general), plan.findings - len(chosen)))
    lines = _placed(chosen, returned, cases, rng)
    for line in fitting:
        if line["channel"] != "case_file_audit":
            case = rng.choice(list(cases)) if line["channel"] == "family_contact" else ""
            lines.append(line | {"agency": "", "case": case})
    return _numbered(lines, plan.has_boxes)


def _able(statement: dict[str, str], returned: Returns, cases: Traits) -> Returns:
    """The returns that may make a statement."""
    agencies, needs = statement["agencies"].split(";"), statement["needs"]
    return [(agency, case) for agency, case in returned if agency in agencies and (not needs or needs in cases[case])]


def _placed(chosen: Lines, returned: Returns, cases: Traits, rng: Random) -> Lines:
    """Each statement with an agency that may make it and one of its cases, those with the fewest findings first."""
    load: Counter[tuple[str, str]] = Counter()
    placed = []
    for line in chosen:
        able = _able(line, returned, cases)
        fewest = min(load[pair] for pair in able)
        agency, case = rng.choice([pair for pair in able if load[pair] == fewest])
        load[agency, case] += 1
        placed.append(line | {"agency": agency, "case": case})
    return placed


def _numbered(lines: Lines, has_boxes: bool) -> Lines:
    """Agencies' findings by agency and case, then the other channels'; each with its id and box."""
    number: Counter[str] = Counter()
    numbered = []
    for line in sorted(lines, key=lambda line: (not line["agency"], line["agency"], line["channel"], line["case"])):
        source = line["agency"] or line["channel"]
        number[source] += 1
        box = REFLECTION_BOX if line["channel"] == "scrutiny" else BOX_OF_POLARITY[line["polarity"]]
        numbered.append(line | {"finding": f"{source}-{number[source]:02}", "box": box if has_boxes else ""})
    return numbered


def grades(plan: QuarterPlan, returned: Returns, rng: Random) -> Lines:
    """Grades by agency, case and standard."""
    lines = [line for standard in plan.grades for line in _standard_grades(standard, returned, rng)]
    return sorted(lines, key=lambda line: (line["agency"], line["case"], line["standard"]))


def _standard_grades(standard: GradePlan, returned: Returns, rng: Random) -> Lines:
    by = [pair for pair in returned if not standard.agencies or pair[0] in standard.agencies]
    if standard.is_whole:
        by = [(agency, "") for agency in dict.fromkeys(agency for agency, _ in by)]
    return [
        {"case": case, "agency": agency, "standard": standard.standard} | _grade(standard, rng) for agency, case in by
    ]


def _grade(standard: GradePlan, rng: Random) -> dict[str, str]:
    """A grade, and now and then the next one up or down that the panel settled on."""
    grade, scale = drawn(standard.odds, rng), [code for code in standard.odds if code not in UNGRADED_STATES]
    if grade not in scale or not happens(standard.moderated, rng):
        return {"grade": grade}
    way = "up" if grade == scale[-1] or (grade != scale[0] and happens(3, rng)) else "down"
    moderated = scale[scale.index(grade) + (1 if way == "down" else -1)]
    return {
        "grade": grade,
        "moderated": moderated,
        "moderator": MODERATOR,
        "reason": rng.choice(MODERATION_REASONS[way]),
    }


def linked(recommendations: Lines, finding_lines: Lines) -> Lines:
    """Each recommendation with the areas for development that share a theme with it."""
    return [
        line
        | {
            "findings": ";".join(
                finding["finding"]
                for finding in finding_lines
                if finding["polarity"] == "development"
                and set(finding["themes"].split(";")) & set(line["themes"].split(";"))
            )
        }
        for line in recommendations
    ]


def with_leads(plan: QuarterPlan, cases: Lines) -> Lines:
    """The cases with their lead agency, in audits that ask questions of a tool."""
    return [case | {"lead": LEAD_AGENCY} for case in cases] if _questions(plan) else cases


def tool_answers(plan: QuarterPlan, returned: Returns, rng: Random) -> Lines:
    """A row an answer, by agency, case and question; none in an audit that asks no questions of a tool.

    returned  agency and case of every return that came: the others answered nothing
    """
    order = {line["question"]: place for place, line in enumerate(_questions(plan))}
    lines = []
    for line in _questions(plan):
        odds, moderated = read_odds(line["odds"]), int(line["moderated"]) if plan.has_boxes else 0
        given = {answer: weight for answer, weight in odds.items() if answer}
        seen = {case: drawn(given, rng) for case in dict.fromkeys(case for _, case in returned)}
        for agency, case in returned:
            if line["asked_of"] == "all" or agency == LEAD_AGENCY:
                lines += _answer(
                    line, agency, case, seen[case] if happens(AGREED, rng) else drawn(odds, rng), moderated, rng
                )
    return sorted(lines, key=lambda line: (line["agency"], line["case"], order[line["question"]]))


def _questions(plan: QuarterPlan) -> Lines:
    with (FOLDER / "answers.csv").open(encoding="utf-8", newline="") as file:
        return [line for line in csv.DictReader(file) if plan.remit in line["remits"].split()]


def _answer(line: dict[str, str], agency: str, case: str, answer: str, moderated: int, rng: Random) -> Lines:
    """One answer and now and then what the panel made of it; nothing where the agency left it out."""
    if not answer:
        return []
    scale = [code for code in read_odds(line["odds"]) if code not in UNMODERATED]
    row = {"agency": agency, "case": case, "question": line["question"], "answer": answer}
    if answer == "answered":
        return [row | {"answer": rng.choice((FOLDER / "different_now.txt").read_text("utf-8").splitlines())}]
    if answer in scale:
        row["evidence"] = line["well" if scale.index(answer) * 2 < len(scale) - 1 else "badly"]
        if happens(moderated, rng):
            row |= _moderated(answer, scale, rng)
    return [row]


def _moderated(answer: str, scale: list[str], rng: Random) -> dict[str, str]:
    """The next answer up or down that the panel settled on."""
    place = scale.index(answer)
    way = "up" if place == len(scale) - 1 else "down"
    moderated = scale[place + (1 if way == "down" else -1)]
    return {"moderated": moderated, "moderator": MODERATOR, "reason": rng.choice(MODERATION_REASONS[way])}
