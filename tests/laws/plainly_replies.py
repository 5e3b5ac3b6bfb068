"""Agencies, their grades and their answers, counted again plainly."""

from builders import rows_of
from laws.audits import TOOL
from laws.plainly_entered import Entered, Plain, Row, counted, is_audited, say, table
from laws.plainly_variables import statistics

STATES = [
    "not_known_to_agency",
    "not_involved",
    "involved_unknown",
    "involved_not_scoped",
    "scoped_not_invited",
    "no_response",
    "declined",
    "took_part",
    "returned_late",
    "returned",
    "moderated",
]


def agencies(entered: Entered, sample: list[str] | None) -> dict[str, Plain]:
    if entered.involvement is None:
        return {}
    found: dict[str, Plain] = {}
    rows = [row for row in entered.involvement if is_audited(row, sample)]
    for agency in table("agencies.csv"):
        own = [row for row in rows if row["agency"] == agency["agency"] and row.get("case")]
        if own:
            found |= one_agency(agency["agency"], own, sample)
    asked = {row["agency"] for row in rows if row.get("asked") == "yes"}
    outside = ("not_known_to_agency", "not_involved")
    apart = {row["agency"] for row in rows} - {row["agency"] for row in rows if row["state"] not in outside}
    best: dict[str, str] = {}
    for row in rows:
        if row["state"] in ("no_response", "declined", "returned_late", "returned", "moderated"):
            before = best.get(row["agency"], "no_response")
            best[row["agency"]] = max(before, row["state"], key=STATES.index)
    replies = list(best.values())
    precision = "exact" if entered.is_complete else "at_least"
    invited = len(asked | set(best))
    base = invited if entered.is_complete else None
    say(found, "involvement.invited", invited, "agencies", precision)
    recorded = {row["agency"] for row in rows if row.get("asked")}
    nothing = len(apart & asked)
    if recorded:
        known = precision if apart <= recorded else "at_least" if apart & recorded else None
        if entered.is_complete is False:
            known = "at_least"
        if known == "exact" or (known and nothing):
            found["involvement.nothing_to_return"] = counted(nothing, "agencies", base, "agencies invited", known)
    for end, states in (
        ("returned", ("returned_late", "returned", "moderated")),
        ("no_response", ("no_response",)),
        ("declined", ("declined",)),
    ):
        count = sum(1 for state in replies if state in states)
        if precision == "exact" or count:
            found[f"involvement.{end}"] = counted(count, "agencies", base, "agencies invited", precision)
    for state in ("took_part", "involved_not_scoped"):
        names = {row["agency"] for row in rows if row["state"] == state}
        say(found, f"involvement.{state}", len(names), "agencies", precision)
    listed = {row["agency"] for row in rows}
    stated = {row["agency"] for row in rows if row.get("forum")}
    at_forum = {row["agency"] for row in rows if row.get("forum") == "yes"}
    if stated:
        known = precision if stated == listed else "at_least"
        say(found, "involvement.forum_agencies", len(at_forum), "agencies", known)
    return found


def one_agency(agency: str, own: list[Row], sample: list[str]) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    outside = ("not_known_to_agency", "not_involved")
    involved = sum(1 for row in own if row["state"] not in outside)
    for state in STATES:
        count = sum(1 for row in own if row["state"] == state)
        name = f"agency.{agency}.{state}"
        if state in outside:
            say(found, name, count, "cases", "exact" if len(own) == len(sample) else "at_least", len(sample))
        elif involved:
            found[name] = counted(count, "cases", involved, "cases in which it was involved")
    return found


def grades(entered: Entered, sample: list[str] | None) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    rows = [row for row in entered.grades or [] if is_audited(row, sample)]
    scales = {row["variable"]: row["values"][1:] for row in table("variables.csv") if row["type"] == "grade"}
    scales |= {row["theme"]: "progress" for row in table("themes.csv")}
    for standard, scale in scales.items():
        own = [row for row in rows if row["standard"] == standard]
        if own:
            grades_of_it = [row for row in table("scales.csv") if row["scale"] == scale]
            found |= one_standard(standard, own, grades_of_it)
            for part, theirs in (apart(own, "agency") | apart(own, "channel")).items():
                found |= one_standard(f"{standard}.{part}", theirs, grades_of_it)
    return found


def apart(own: list[Row], column: str) -> dict[str, list[Row]]:
    """Each agency's rows, where several agencies graded; or those of each sample, without a channel the case files'."""
    otherwise = "case_file_audit" if column == "channel" else ""
    named = [(row.get(column) or otherwise, row) for row in own]
    found = {part: [row for name, row in named if name == part] for part, _ in named if part}
    return found if len(found) > 1 else {}


def one_standard(standard: str, own: list[Row], scale: list[Row]) -> dict[str, Plain]:
    final = [(row.get("case", ""), row.get("moderated") or row["grade"]) for row in own]
    final = [each for each in final if each[1] != "not_applicable"]
    graded = [grade for _, grade in final if grade != "not_graded"]
    units = [unit for unit, _ in final]
    unit = "cases" if all(units) and len(set(units)) == len(units) else "grades"
    found = {}
    for each in sorted(scale, key=lambda row: int(row["order"])):
        found[f"grade.{standard}.{each['grade']}"] = counted(graded.count(each["grade"]), unit, len(graded))
    good = [each["grade"] for each in scale if each["good_or_better"] == "yes"]
    if good:
        count = sum(1 for grade in graded if grade in good)
        found[f"grade.{standard}.good_or_better"] = counted(count, unit, len(graded))
    found[f"grade.{standard}.not_graded"] = counted(len(final) - len(graded), unit)
    return found


def answers(entered: Entered, sample: list[str] | None) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    rows = [row for row in entered.answers or [] if is_audited(row, sample)]
    for question in rows_of(TOOL, "codebook/questions.csv") or []:
        own = [row for row in rows if row["question"] == question["question"]]
        asked = who_was_asked(question, entered, sample)
        if not own or not asked:
            continue
        given = []
        for agency, case in asked:
            row = next((row for row in own if (row["agency"], row.get("case", "")) == (agency, case)), {})
            given.append((agency, case, row.get("answer", ""), row.get("moderated") or row.get("answer", "")))
        name = question["question"]
        found |= one_question(question, f"answer.{name}", given)
        agencies = list(dict.fromkeys(agency for agency, *_ in given))
        if len(agencies) > 1 and question["type"] != "count":
            for agency in agencies:
                of_agency = [each for each in given if each[0] == agency]
                found |= one_question(question, f"answer.{name}.{agency}", of_agency)
        found[f"asked.{name}.agencies"] = counted(len(agencies), "agencies")
        if question["per"] == "case":
            found[f"asked.{name}.cases"] = counted(len({case for _, case, *_ in given}), "cases", len(sample or []))
            if question["type"] in ("flag", "grade"):
                found |= one_agreement(f"agreement.{name}", given)
    return found


def who_was_asked(question: Row, entered: Entered, sample: list[str] | None) -> list[tuple[str, str]]:
    leads = {row["case"]: row.get("lead") for row in entered.cases or [] if row["case"] in (sample or [])}
    unasked = ("not_known_to_agency", "not_involved", "scoped_not_invited")
    rows = [row for row in entered.involvement or [] if is_audited(row, sample) and row["state"] not in unasked]
    found: list[tuple[str, str]] = []
    for row in rows:
        agency, case = row["agency"], row.get("case", "")
        if question["per"] == "audit":
            if (agency, "") not in found:
                found.append((agency, ""))
        elif case:
            is_lead = question["asked_of"] == "lead" and leads.get(case) == agency
            if is_lead or question["asked_of"] == "all" or agency in question["asked_of"].split(";"):
                found.append((agency, case))
    return found


def one_question(question: Row, name: str, given: list[tuple[str, str, str, str]]) -> dict[str, Plain]:
    cases = [case for _, case, *_ in given]
    unit = "cases" if len(set(cases)) == len(cases) else "answers"
    if question["per"] == "audit":
        unit = "agencies"
    final = [answer for *_, answer in given if answer != "not_applicable"]
    base = len(final)
    found = {}
    if question["type"] == "count":
        numbers = [int(answer) for answer in final if answer.isdigit()]
        for number in sorted(set(numbers)):
            found[f"{name}.{number}"] = counted(numbers.count(number), unit, base)
    else:
        codes = [pair.split("=")[0] for pair in question.get("values", "").split(";")]
        if question["type"] == "flag":
            codes = ["yes", "no"]
        if question["type"] == "grade":
            codes = ["outstanding", "good", "requires_improvement", "inadequate"]
        for code in codes:
            found[f"{name}.{code}"] = counted(sum(1 for answer in final if code in answer.split(";")), unit, base)
        if question["type"] == "grade":
            good = sum(1 for answer in final if answer in ("outstanding", "good"))
            found[f"{name}.good_or_better"] = counted(good, unit, base)
    found[f"{name}.not_known"] = counted(final.count("not_known"), unit, base)
    found[f"{name}.not_answered"] = counted(final.count(""), unit, base)
    if question["type"] == "count":
        found |= statistics({"variable": name, "type": "count", "label": "each"}, numbers, unit, base)
    return found


def one_agreement(name: str, given: list[tuple[str, str, str, str]]) -> dict[str, Plain]:
    by_case: dict[str, list[str]] = {}
    for _, case, answer, _ in given:
        if answer not in ("", "not_known", "not_applicable"):
            by_case.setdefault(case, []).append(answer)
    compared = [own for own in by_case.values() if len(own) > 1]
    same = sum(1 for own in compared if len(set(own)) == 1)
    if not compared:
        return {}
    return {
        f"{name}.same": counted(same, "cases", len(compared)),
        f"{name}.different": counted(len(compared) - same, "cases", len(compared)),
    }
