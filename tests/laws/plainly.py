"""Every measure again, slowly and obviously: plain loops over the cells as they were typed, written from DESIGN alone.

Nothing here comes from the package: where this and `auditbook.measures` differ, one of them has misread the design.
It reads rows only, of the builders' small codebook; an audit that draws random cells never breaks a rule of entry.
"""

from laws.plainly_entered import Entered, Plain, Row, counted, is_audited, known_of, say, table
from laws.plainly_replies import agencies, answers, grades
from laws.plainly_variables import days, people_and_variables


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
