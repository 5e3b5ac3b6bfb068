"""Made-up answers to the questions of an audit tool, in the two audits of the demonstration year that ask some."""

import csv
from pathlib import Path
from random import Random

from auditbook.demo.families import drawn, happens
from auditbook.demo.plans import QuarterPlan, read_odds
from auditbook.demo.replies import MODERATION_REASONS, MODERATOR, Lines, Returns

FOLDER = Path(__file__).parent
LEAD_AGENCY = "childrens_social_care"
"""Leads the work in every case of the year."""
AGREED = 7
"""In how many cases of ten an agency sees a thing as the case's other agencies do."""
UNMODERATED = ("", "not_known", "not_applicable")


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
    said = {"agency": agency, "case": case, "question": line["question"], "answer": answer}
    if answer == "answered":
        return [said | {"answer": rng.choice((FOLDER / "different_now.txt").read_text("utf-8").splitlines())}]
    if answer in scale:
        said["evidence"] = line["well" if scale.index(answer) * 2 < len(scale) - 1 else "badly"]
        if happens(moderated, rng):
            said |= _moderated(answer, scale, rng)
    return [said]


def _moderated(answer: str, scale: list[str], rng: Random) -> dict[str, str]:
    """The next answer up or down that the panel settled on."""
    place = scale.index(answer)
    way = "up" if place == len(scale) - 1 else "down"
    moderated = scale[place + (1 if way == "down" else -1)]
    return {"moderated": moderated, "moderator": MODERATOR, "reason": rng.choice(MODERATION_REASONS[way])}
