"""Every measure again, slowly and obviously: plain loops over the cells as they were typed, written from DESIGN alone.

Nothing here comes from the package: where this and `auditbook.measures` differ, one of them has misread the design.
It reads rows only, of the builders' small codebook; an audit that draws random cells never breaks a rule of entry.
"""

import calendar
import csv
import io
from dataclasses import dataclass
from datetime import date

from builders import CODEBOOK, rows_of
from laws.audits import TOOL

Row = dict[str, str]
CHILD_ROLES = ["index_child", "sibling", "unborn"]
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


@dataclass(frozen=True)
class Plain:
    """A measure without its label: what a figure says."""

    numerator: int | None
    denominator: int | None = None
    base_label: str | None = None
    value: float | None = None
    unit: str = ""
    precision: str = "exact"


def counted(count: int, unit: str, base: int | None = None, base_label: str | None = None, precision="exact") -> Plain:
    return Plain(count, base, None if base is None else base_label or unit, count, unit, precision)


def table(file: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(CODEBOOK[file])))


@dataclass
class Entered:
    """The rows of every file (None without the file), and the settings that matter for counting."""

    cases: list[Row] | None = None
    people: list[Row] | None = None
    involvement: list[Row] | None = None
    findings: list[Row] | None = None
    grades: list[Row] | None = None
    answers: list[Row] | None = None
    recommendations: list[Row] | None = None
    is_complete: bool = False
    scrutiny: str = "scrutiny"


def measures(entered: Entered) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    sample = None
    if entered.cases is not None:
        sample = [row["case"] for row in entered.cases if row["scope"] in ("in", "out_learning_kept")]
        in_scope = [row for row in entered.cases if row["scope"] == "in"]
        found["cases.total"] = counted(len(sample), "cases")
        found["cases.in_scope"] = counted(len(in_scope), "cases", len(sample))
        found |= people_and_variables(entered, sample)
    found |= findings_and_themes(entered, sample)
    found |= agencies(entered, sample)
    found |= grades(entered, sample)
    found |= answers(entered, sample)
    found |= recommendations(entered)
    return {name: figure for name, figure in found.items() if figure.denominator != 0}


def is_audited(row: Row, sample: list[str] | None) -> bool:
    return not row.get("case") or sample is None or row["case"] in sample


# People and variables


def people_and_variables(entered: Entered, sample: list[str]) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    cases = [row for row in entered.cases if row["case"] in sample]
    case_columns = {column for row in entered.cases for column in row}
    if entered.people is None:
        people, person_columns, is_whole = [{**row, "role": "index_child"} for row in cases], case_columns, True
    else:
        people = [row for row in entered.people if row["case"] in sample]
        person_columns = {column for row in entered.people for column in row}
        is_whole = all(any(row["case"] == case for row in people) for case in sample)
    precision = "exact" if is_whole else "at_least"
    is_listed = bool(people)
    if is_listed:
        found["people.total"] = counted(len(people), noun_of(people), precision=precision)
    for variable in table("variables.csv"):
        is_case = variable["unit"] == "case"
        if variable["type"] in ("date", "grade") or not (is_case or is_listed):
            continue
        rows, columns = (cases, case_columns) if is_case else (people, person_columns)
        if not is_case and entered.people is not None:
            if variable["subject"] == "child":
                rows = [row for row in rows if row["role"] in CHILD_ROLES]
            elif variable["subject"] in ("mother", "father", "parent"):
                rows = [row for row in rows if row["role"] == "parent"]
        cells = cells_of(variable, rows, columns)
        if cells is not None:
            unit, known = ("cases", "exact") if is_case else (noun_of(rows), precision)
            found |= one_variable(variable, cells, unit, known)
    return found


def noun_of(people: list[Row]) -> str:
    """Children where all of them are, parents where all of them are."""
    roles = {row["role"] for row in people}
    if roles and roles <= set(CHILD_ROLES):
        return "children"
    return "parents" if roles == {"parent"} else "people"


def cells_of(variable: Row, rows: list[Row], columns: set[str]) -> list[str] | None:
    if variable["type"] == "months" and variable["values"]:
        start, end = variable["values"].split("..")
        if start not in columns or end not in columns:
            return None
        cells = [months(row.get(start, ""), row.get(end, "")) for row in rows]
    else:
        cells = [row.get(variable["variable"], "") for row in rows] if variable["variable"] in columns else []
    return cells if any(cells) else None


def months(start: str, end: str) -> str:
    if "not_applicable" in (start, end):
        return "not_applicable"
    if not start or not end:
        return ""
    if "not_known" in (start, end):
        return "not_known"
    possible = {
        completed(first, last) for first in days(start) for last in days(end)
    }  # an end is never before its start
    return str(possible.pop()) if len(possible) == 1 else "not_known"


def days(text: str) -> list[date]:
    """The earliest and the latest day a short date may mean."""
    year, month, day = [*map(int, text.split("-")), 0, 0][:3]
    if day:
        return [date(year, month, day)]
    last_month = month or 12
    return [date(year, month or 1, 1), date(year, last_month, calendar.monthrange(year, last_month)[1])]


def completed(start: date, end: date) -> int:
    """Count months one by one: month n is complete on the same day n months on, or on that month's last day."""
    number = 0
    while end >= months_later(start, number + 1):
        number += 1
    return number


def months_later(start: date, number: int) -> date:
    ahead = start.month - 1 + number
    year, month = start.year + ahead // 12, ahead % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def one_variable(variable: Row, cells: list[str], unit: str, precision: str) -> dict[str, Plain]:
    cells = [cell for cell in cells if cell != "not_applicable"]
    base = len(cells) if precision == "exact" else None
    ends: dict[str, int] = {}
    if variable["type"] in ("months", "count", "age"):
        for cell in sorted({int(cell) for cell in cells if cell.isdigit()}):
            ends[str(cell)] = sum(1 for each in cells if each.isdigit() and int(each) == cell)
    else:
        for code, _ in codes_of(variable):
            ends[code] = sum(1 for cell in cells if code in cell.split(";"))
        groups = dict.fromkeys(group for code, group in codes_of(variable) if group)
        for group in groups:
            members = [code for code, its in codes_of(variable) if its == group]
            ends[group.lower().replace(" ", "_")] = sum(
                1 for cell in cells if any(code in cell.split(";") for code in members)
            )
    ends["not_known"] = cells.count("not_known")
    ends["not_recorded"] = cells.count("")
    found = {
        f"{variable['variable']}.{end}": counted(count, unit, base, precision=precision)
        for end, count in ends.items()
        if precision == "exact" or count
    }
    if variable["type"] in ("months", "count", "age") and precision == "exact":
        found |= statistics(variable, [int(cell) for cell in cells if cell.isdigit()], unit, base)
    return found


def codes_of(variable: Row) -> list[tuple[str, str]]:
    values = variable["values"]
    if values.startswith("@"):
        return [(row["code"], row["group"]) for row in table(f"code_sets/{values[1:]}.csv")]
    if variable["type"] == "flag":
        return [("yes", ""), ("no", "")]
    return [(pair.split("=")[0], "") for pair in values.split(";")]


def statistics(variable: Row, numbers: list[int], unit: str, base: int) -> dict[str, Plain]:
    name, numbers = variable["variable"], sorted(numbers)
    nouns = {"months": "months", "age": "years"}
    noun = nouns.get(variable["type"], variable["label"][0].lower() + variable["label"][1:])
    found = {f"{name}.n": counted(len(numbers), unit, base)}
    if numbers:
        half = len(numbers) // 2
        middle = numbers[half] if len(numbers) % 2 else (numbers[half - 1] + numbers[half]) / 2
        mean = to_one_decimal(sum(numbers), len(numbers))
        for end, value in (("median", middle), ("mean", mean), ("min", numbers[0]), ("max", numbers[-1])):
            found[f"{name}.{end}"] = Plain(len(numbers), base, unit, value, noun)
    return found


def to_one_decimal(total: int, count: int) -> float:
    """Half a tenth goes up."""
    tenths = (20 * total + count) // (2 * count)
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


# Findings and themes


def known_of(rows: list[Row], column: str) -> str | None:
    """exact, at_least or None: of all rows, of some, of none."""
    known = sum(1 for row in rows if row.get(column))
    if known == len(rows):
        return "exact"
    return "at_least" if known else None


def say(found: dict, name: str, count: int, unit: str, precision: str | None, base=None) -> None:
    """List a count unless nothing is known of it; at least 0 is nothing."""
    if precision == "exact" or (precision == "at_least" and count):
        found[name] = counted(count, unit, base, precision=precision)


def findings_and_themes(entered: Entered, sample: list[str] | None) -> dict[str, Plain]:
    every = [row for row in entered.findings or () if is_audited(row, sample)]
    if not every:
        return {}
    found: dict[str, Plain] = {}
    practice = [row for row in every if row.get("channel") != entered.scrutiny]
    total = len(practice)
    found["findings.total"] = counted(total, "findings")
    for polarity in ("strength", "development"):
        count = sum(1 for row in practice if row.get("polarity") == polarity)
        say(found, f"findings.{polarity}", count, "findings", known_of(practice, "polarity"), total)
    if entered.recommendations:
        named = {each for row in entered.recommendations for each in row.get("findings", "").split(";")}
        count = sum(1 for row in practice if row["finding"] in named)
        known = known_of(entered.recommendations, "findings")
        say(found, "findings.with_recommendation", count, "findings", known, total)
    found["reflections.total"] = counted(len(every) - total, "reflections")
    for theme in table("themes.csv"):
        found |= one_theme(theme["theme"], every, None if sample is None else len(sample))
    return found


def one_theme(theme: str, every: list[Row], base: int | None) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    own = [row for row in every if theme in row.get("themes", "").split(";")]

    def known(column: str) -> str | None:
        if own:
            return known_of(own, column)
        return "exact" if any(row.get(column) for row in every) else None

    found[f"theme.{theme}.findings"] = counted(len(own), "findings")
    for polarity in ("strength", "development"):
        count = sum(1 for row in own if row.get("polarity") == polarity)
        say(found, f"theme.{theme}.{polarity}", count, "findings", known("polarity"))
    cases = {row["case"] for row in own if row.get("case")}
    say(found, f"theme.{theme}.cases", len(cases), "cases", known("case"), base)
    agencies = {row["agency"] for row in own if row.get("agency")}
    say(found, f"theme.{theme}.agencies", len(agencies), "agencies", known("agency"))
    return found


# Agencies


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


# Grades


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


# Answers to the questions of an audit tool


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


# Recommendations


def recommendations(entered: Entered) -> dict[str, Plain]:
    if not entered.recommendations:
        return {}
    rows = entered.recommendations
    total, found = len(rows), {}
    found["recommendations.total"] = counted(total, "recommendations")
    stated = [row for row in rows if row.get("status") not in (None, "", "not_stated")]
    precision = "exact" if len(stated) == total else "at_least" if stated else None
    open_ones = [row for row in stated if row["status"] in ("not_started", "planned", "in_progress")]
    done = sum(1 for row in stated if row["status"] == "done")
    say(found, "recommendations.open", len(open_ones), "recommendations", precision, total)
    say(found, "recommendations.done", done, "recommendations", precision, total)
    told = [row for row in open_ones if row.get("due") and row.get("status_date")]
    overdue = sum(1 for row in told if days(row["due"])[-1] < days(row["status_date"])[0])
    if stated and len(told) < len(open_ones):
        precision = "at_least" if len(told) + len(stated) > len(open_ones) else None
    if any(row.get("due") for row in stated):
        say(found, "recommendations.overdue", overdue, "recommendations", precision, total)
    kinds = sum(1 for row in rows if row.get("kind") == "assurance")
    say(found, "recommendations.assurance", kinds, "recommendations", known_of(rows, "kind"), total)
    found["recommendations.not_stated"] = counted(total - len(stated), "recommendations", total)
    return found
