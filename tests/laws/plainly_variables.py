"""People and every variable of theirs, counted again plainly."""

import calendar
from datetime import date

from laws.plainly_entered import Entered, Plain, Row, counted, table

CHILD_ROLES = ["index_child", "sibling", "unborn"]


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
