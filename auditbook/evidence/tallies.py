"""`tallies.csv`: published totals without rows behind them."""

import re
from dataclasses import replace
from pathlib import Path

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.measure_id import root_of, subject_of
from auditbook.codebook.precision import Precision, Statistic
from auditbook.codebook.variables import ANSWER_FAMILY, Variable, numbers_between, snake
from auditbook.evidence.links import standards
from auditbook.evidence.records import STATES, Tally, TallyLine
from auditbook.evidence.settings import Settings
from auditbook.validation.csv_rows import read_rows
from auditbook.validation.fields import names_in, read_records
from auditbook.validation.names import matching_ids
from auditbook.validation.problems import Place, Refusals, listed, nearest

FINDING_CATEGORIES = ("total", "strength", "development", "with_recommendation")
INVOLVEMENT_CATEGORIES = (
    "invited",
    "returned",
    "nothing_to_return",
    "no_response",
    "declined",
    "took_part",
    "involved_not_scoped",
    "forum_agencies",
)
RECOMMENDATION_CATEGORIES = ("total", "open", "done", "overdue", "assurance", "not_stated")
THEME_CATEGORIES = ("findings", "strength", "development", "cases", "agencies")
CHANNEL_CATEGORIES = ("participants", "cases")
NUMBER_WORD_PATTERN = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty"
)
BASE_LABEL = re.compile(rf"(?!(?:the|a|an|{NUMBER_WORD_PATTERN})\s)[^\d]+", re.IGNORECASE)


def categories(family: str, settings: Settings | None, codebook: Codebook) -> tuple[str, ...] | None:
    """The categories of measures with this family, variables apart; None when there is no such family.

    Without settings any channel may be one.
    """
    fixed = {
        "cases": ("total", "in_scope"),
        "people": ("total",),
        "findings": FINDING_CATEGORIES,
        "reflections": ("total",),
        "involvement": INVOLVEMENT_CATEGORIES,
        "recommendations": RECOMMENDATION_CATEGORIES,
    }
    if family in fixed:
        return fixed[family]
    root, name = root_of(family), subject_of(family)
    if root == "theme" and name in codebook.themes:
        return THEME_CATEGORIES
    if root == "agency" and name in codebook.agencies:
        return STATES
    if root == "channel" and (settings is None or name in [channel.channel for channel in settings.channels]):
        return CHANNEL_CATEGORIES
    return None


def tallied_variable(family: str, codebook: Codebook) -> Variable | None:
    """The variable that a tally's first column names: `sex`, `overall` or `grade.overall`; a theme's grade too.

    Of one agency's grades it is called `overall.police`, of one sample's `overall.self_assessment`.
    """
    name = subject_of(family)
    variable = codebook.variables.get(name or family)
    if not name:
        return variable if variable and variable.type != "date" else None
    if root_of(family) == ANSWER_FAMILY:
        return _question(name, codebook)
    if root_of(family) != "grade":
        return None
    standard, _, part = name.partition(".")
    if part:
        whole = tallied_variable(f"grade.{standard}", codebook) if "." not in part else None
        label = codebook.agencies[part].label if part in codebook.agencies else part.replace("_", " ")
        return replace(whole, id=name, label=f"{whole.label}, {label}") if whole else None
    if variable and variable.type == "grade":
        return variable
    if name not in codebook.themes or name not in standards(codebook):
        return None
    theme = codebook.themes[name]  # which may share its name with a variable that is no grade
    return Variable(name, theme.label, "case", "grade", codebook.scales["progress"].codes)


def _question(name: str, codebook: Codebook) -> Variable | None:
    """The answers to a question, `seen`, or those of one agency, `seen.police`."""
    question = codebook.questions.get(root_of(name))
    if question is None or not subject_of(name):
        return question and question.variable
    agency = codebook.agencies.get(subject_of(name))
    return agency and question.variable_of(agency.id, agency.label)


def variable_categories(variable: Variable) -> tuple[str, ...]:
    codes = tuple(code.code for code in variable.codes)
    if variable.type == "grade" and not variable.root:
        return (*codes, *variable.groups, "not_graded", "not_known", "not_recorded")
    numbers = tuple(Statistic) if variable.is_number else ()
    return (*codes, *(snake(group) for group in variable.groups), *numbers, "not_known", variable.unrecorded)


def union_in_order(variable: Variable, value: str) -> str | None:
    """A union's codes in display order, `outstanding+good`; None when it is no union of the variable's codes."""
    parts = [part.strip() for part in value.split("+")]
    codes = [code.code for code in variable.codes]
    if variable.type == "multi" or len(parts) < 2 or len(set(parts)) < len(parts) or not set(parts) <= set(codes):
        return None
    return "+".join(code for code in codes if code in parts)


def read_tallies(
    path: Path, name: str, settings: Settings | None, codebook: Codebook, refusals: Refusals
) -> tuple[Tally, ...]:
    """Every published total, its `variable` and `value` the family and category of a measure's id.

    Raises nothing; problems (N01 to N06) go to `refusals`. Unions come in display order, grades as `grade.<standard>`.
    """
    if not path.is_file():
        return ()
    rows = read_rows(path, name, refusals)
    tallies = []
    for row, line in read_records(rows, TallyLine, {}, refusals):
        tally = _named(line, rows.place(row), settings, codebook, refusals)
        if tally and _is_filled_in(tally, refusals):
            tallies.append(tally)
    _check_bases(tallies, refusals)
    seen: dict[str, int] = {}
    for tally in tallies:
        if seen.setdefault(tally.id, tally.place.row) != tally.place.row:
            refusals.add(_at(tally, "value"), "V06", f"{tally.id} stands on line {seen[tally.id]} too.")
    return tuple(tallies)


def _at(tally: Tally, column: str) -> Place:
    return Place(tally.place.file, tally.place.row, column)


def _tally(line: TallyLine, place: Place) -> Tally:
    """A line as a total; of a range its least, with the greatest beside it."""
    cells = line.model_dump()
    ranges = [cells[column] for column in ("count", "percent") if isinstance(cells[column], tuple)]
    least = {column: cell[0] for column, cell in cells.items() if isinstance(cell, tuple)}
    precision = {"precision": Precision(line.precision)}
    return Tally(place, **(cells | least | precision), greatest=ranges[0][1] if ranges else None)


def _named(
    line: TallyLine, place: Place, settings: Settings | None, codebook: Codebook, refusals: Refusals
) -> Tally | None:
    tally = _tally(line, place)
    line = _by_id(line, codebook)
    variable = _variable(line.variable, settings, codebook)
    accepted = variable_categories(variable) if variable else categories(line.variable, settings, codebook)
    if accepted is None:
        families = [*codebook.variables, *(f"theme.{theme}" for theme in codebook.themes), "cases", "involvement"]
        problem = f'"{line.variable}" is neither a variable of the codebook nor the beginning of a measure.'
        refusals.add(_at(tally, "variable"), "N01", problem, nearest(line.variable, families))
        return None
    free = _union_or_number(variable, line.value) if variable else None
    if free is None and line.value not in accepted:
        problem = f'"{line.value}" is no end of a measure of {line.variable}; expected {listed(accepted)}.'
        groups = variable.groups if variable else {}
        near = nearest(line.value, [category for category in accepted if category not in groups])
        refusals.add(_at(tally, "value"), "N02", problem, near)
        return None
    return replace(tally, variable=variable.family if variable else line.variable, value=free or line.value)


def _variable(family: str, settings: Settings | None, codebook: Codebook) -> Variable | None:
    """The variable of a tally; of grades in one sample, of a channel that audit.yml has."""
    part = subject_of(subject_of(family)) if root_of(family) == "grade" else ""
    is_known = settings is None or part in [*codebook.agencies, *(channel.channel for channel in settings.channels)]
    return tallied_variable(family, codebook) if not part or is_known else None


def _by_id(line: TallyLine, codebook: Codebook) -> TallyLine:
    """The line with ids for labels, where a label can only mean one: `Sex` is `sex`, `Girl` is `F`."""
    families = matching_ids(line.variable, names_in(codebook, "variables"))
    family = families[0] if len(families) == 1 else line.variable
    variable = tallied_variable(family, codebook)
    if variable is None:
        return line
    names_of = {code.code: (code.label, *code.also_called) for code in variable.codes}
    values = matching_ids(line.value, names_of) if line.value not in variable_categories(variable) else ()
    return line.model_copy(update={"variable": family, "value": values[0] if len(values) == 1 else line.value})


def _union_or_number(variable: Variable, value: str) -> str | None:
    """A category that the codebook does not list: a union, a whole number, or a band; None when it is none."""
    between = numbers_between(value) if variable.is_number else None
    if between:
        return str(between[0]) if between[0] == between[1] else f"{between[0]}-{between[1]}"
    return union_in_order(variable, value)


def _is_filled_in(tally: Tally, refusals: Refusals) -> bool:
    """Precision, count, percent and statement must fit together (N03); counts are whole, but for statistics (V03)."""
    problem = ""
    if tally.precision == Precision.QUALITATIVE:
        if not tally.statement or tally.count is not None or tally.percent is not None:
            problem = "a qualitative total has its statement, and neither count nor percent."
    elif tally.precision == Precision.PERCENT_ONLY:
        if tally.percent is None or tally.count is not None:
            problem = "percent_only has a percent and no count."
    elif tally.precision == Precision.DERIVED and (tally.count is None or tally.percent is None or tally.base is None):
        problem = "a derived count has its count, its base and the percent it was derived from."
    elif (tally.precision == Precision.BETWEEN) != (tally.greatest is not None):
        problem = "between has a range such as 3..5 as its count, and nothing else has one."
    elif tally.greatest is not None and tally.count is not None and tally.percent is not None:
        problem = "a range has a count or a percent, not both."
    elif tally.count is None and tally.percent is None:
        problem = f"{tally.precision} needs a count or a percent."
    if not problem and tally.percent is not None and max(tally.percent, tally.greatest or 0) > 100:
        problem = "a percent is at most 100."
    if not problem and tally.percent is not None and tally.id.is_statistic:
        problem = "median, mean, min and max have their figure as count, and no percent."
    if problem:
        refusals.add(_at(tally, "precision"), "N03", problem)
    for count in (tally.count, tally.greatest) if tally.count is not None and not tally.id.is_statistic else ():
        if count is not None and count != int(count):
            refusals.add(_at(tally, "count"), "V03", f"{count} is not a whole number.")
            return False
    if tally.base_label and not BASE_LABEL.fullmatch(tally.base_label):
        problem = f'"{tally.base_label}" must be a plural noun phrase without number or article.'
        refusals.add(_at(tally, "base_label"), "N04", problem)
    return not problem


def _check_bases(tallies: list[Tally], refusals: Refusals) -> None:
    """One base and one base_label a variable (N05)."""
    for column in ("base", "base_label"):
        first: dict[str, Tally] = {}
        for tally in tallies:
            cell = getattr(tally, column)
            if cell is None:
                continue
            earlier = first.setdefault(tally.variable, tally)
            if getattr(earlier, column) != cell:
                problem = f"{tally.variable} has another {column} on line {earlier.place.row}; a variable has one."
                refusals.add(_at(tally, column), "N05", problem)
