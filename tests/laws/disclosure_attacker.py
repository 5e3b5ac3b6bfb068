"""A reader who wants to know: all that one release says, as whole numbers with sums between them, for an exact solver.

Written from DESIGN section 5 and measures.json alone; it shares no code with `auditbook.release`. The reader knows the
contract of the ids, the codebook, whether people have rows of their own (the source says so), and the rule.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.variables import Variable

MANY = 400
"""More people than any audit here has."""
THRESHOLD = 5
UNKNOWN = ("not_known", "not_recorded", "not_stated", "not_graded", "n")
STATISTICS = ("median", "mean", "min", "max")
ROLES = {"child": "children", "mother": "parents", "father": "parents", "parent": "parents"}
OF_ALL = ("not_known_to_agency", "not_involved")


@dataclass
class Reader:
    """What is known of one release: a number or a range for each name, and sums.

    unknown   name → least and most
    known     name → number
    sums      (total, parts): the parts add up to the total
    reasons   names that may be what others are withheld for → also a reason at 0, and the name of its whole
    vague     ids of figures of which the source gives bounds, shares or phrases: with them nothing need add up
    phrases   those that hold no number
    """

    codebook: Codebook
    noun: str
    vague: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    figures: dict[str, dict] = field(default_factory=dict)
    unknown: dict[str, tuple[int, int]] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    sums: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    reasons: dict[str, tuple[bool, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, release: dict, codebook: Codebook, noun: str, vague: dict[str, bool]) -> "Reader":
        """vague  id → whether it is a phrase"""
        figures = {each["id"]: each for each in release["measures"]}
        phrases = frozenset(name for name, is_phrase in vague.items() if is_phrase)
        reader = cls(codebook, noun, frozenset(vague), phrases, figures)
        reader.read()
        return reader

    def families(self) -> dict[str, dict[str, dict]]:
        found: dict[str, dict[str, dict]] = defaultdict(dict)
        for name, figure in self.figures.items():
            beginning, _, end = name.rpartition(".")
            found[beginning][end] = figure
        return found

    def number(self, name: str, base: str, is_answer: bool = False, least: int = 1) -> str:
        """One figure's number: printed, or withheld and then above zero unless an answer to a sensitive question."""
        figure = self.figures[name]
        if figure["status"] != "suppressed" and figure["unit"] == "percent":
            of = [figure["denominator"] * (figure["value"] + by) / 100 for by in (-0.5, 0.5)]
            self.unknown[name] = (math.ceil(of[0]), math.floor(of[1]))
        elif figure["status"] != "suppressed":
            self.known[name] = figure["numerator"]
        else:
            self.unknown[name] = (0 if is_answer else least, MANY)
            self.reasons[name] = (is_answer, base)
        return name

    def base(self, name: str, figures: Iterable[dict]) -> str:
        printed = {figure["denominator"] for figure in figures} - {None}
        assert len(printed) <= 1
        if printed:
            self.known[name] = printed.pop()
        elif name not in self.unknown and name not in self.known:
            self.unknown[name] = (0, MANY)
            self.reasons[name] = (False, "")
        return name

    def left(self, total: str, parts: Iterable[str], is_reason: bool = True) -> None:
        """The parts do not exceed the total; what is left is nobody's figure."""
        rest = f"{total} but {', '.join(parts)} left"
        self.unknown[rest] = (0, MANY)
        if is_reason:
            self.reasons[rest] = (False, "")
        self.add(total, [*parts, rest])

    def add(self, total: str, parts: Iterable[str]) -> None:
        self.sums.append((total, tuple(parts)))

    def read(self) -> None:
        families = self.families()
        cases = self.number("cases.total", "")
        if "in_scope" in families["cases"] and "cases.in_scope" not in self.phrases:
            self.left(cases, [self.number("cases.in_scope", cases)], is_reason="cases.in_scope" not in self.vague)
        has_rows = self._read_people(cases)
        for beginning, own in families.items():
            family = beginning.split(".")[0]
            if family == "theme" and "cases" in own:
                self._read_theme(cases, beginning)
            elif family == "agency":
                self._read_agency(cases, beginning, own)
            elif family == "channel":
                for end in own:
                    name = self.number(f"{beginning}.{end}", cases)
                    if end == "cases":
                        self.left(cases, [name])
            elif beginning.removeprefix("grade.") in self.codebook.variables:
                self._read_variable(cases, self.codebook.variables[beginning.removeprefix("grade.")], own, has_rows)
        of_cases = [
            f for n, f in self.figures.items() if n.split(".")[0] in ("cases", "channel") or n.endswith(".cases")
        ]
        of_cases += [f for n, f in self.figures.items() if n.split(".")[0] == "agency" and n.split(".")[2] in OF_ALL]
        printed = {figure["denominator"] for figure in of_cases} - {None}
        if printed:
            self.unknown.pop(cases, None)
            self.known[cases] = printed.pop()

    def _read_people(self, cases: str) -> bool:
        """Whether people have rows of their own, so that roles make up everybody."""
        total = self.figures.get("people.total")
        if total is None:
            return False
        people = self.number("people.total", "")
        if total["source"] == "cases.csv":
            self.add(people, [cases])
            return False
        of_people = [each.beginning for each in self.codebook.variables.values() if each.unit == "person"]
        if any(own["base_label"] for name, own in self.figures.items() if name.rpartition(".")[0] in of_people):
            for role in ("children", "parents", "others"):
                self.unknown[role] = (0, MANY)
                self.reasons[role] = (False, "")
            self.add(people, ["children", "parents", "others"])
            self.left(people, [cases], is_reason=False)
        return True

    def _read_theme(self, cases: str, beginning: str) -> None:
        name = self.number(f"{beginning}.cases", cases)
        self.left(cases, [name], is_reason=False)
        if f"{beginning}.findings" in self.figures:
            self.known[f"{beginning}.findings"] = self.figures[f"{beginning}.findings"]["numerator"]
            self.left(f"{beginning}.findings", [name], is_reason=False)

    def _read_agency(self, cases: str, beginning: str, own: dict[str, dict]) -> None:
        states = [self.number(f"{beginning}.{end}", "") for end in own if end not in OF_ALL]
        others = [self.number(f"{beginning}.{end}", "") for end in own if end in OF_ALL]
        parts = list(others)
        if states:
            involved = self.base(f"{beginning} involved", [own[end] for end in own if end not in OF_ALL])
            self.add(involved, states)
            parts.append(involved)
        is_exact = any(
            own[end]["status"] == "shown" and own[end]["precision"] == "exact" for end in own if end in OF_ALL
        )
        (self.add if is_exact else self.left)(cases, parts)

    def _population(self, cases: str, variable: Variable, has_rows: bool) -> str | None:
        if variable.unit == "case" or "people.total" in self.figures and not has_rows:
            return cases
        group = ROLES.get(variable.subject, "people.total") if has_rows else None
        return "people.total" if group and group not in self.unknown else group

    def _read_variable(self, cases: str, variable: Variable, own: dict[str, dict], has_rows: bool) -> None:
        beginning = variable.beginning
        based = [figure for end, figure in own.items() if end != "not_graded"]
        is_exact = any(figure["base_label"] for figure in based)
        base = f"{beginning} base" if is_exact else f"{beginning} sum"
        self.base(base, based)
        is_asked = any(
            figure["status"] == "suppressed" or figure["numerator"] for end, figure in own.items() if end not in UNKNOWN
        )
        names = {}
        for end in own:
            if end not in STATISTICS and f"{beginning}.{end}" not in self.phrases:
                is_answer = variable.sensitive and end not in UNKNOWN and is_asked
                names[end] = self.number(f"{beginning}.{end}", base, is_answer and is_exact)
        if "median" in own and own["median"]["status"] != "suppressed" and names["n"] in self.unknown:
            self.unknown[names["n"]] = (THRESHOLD + 1, MANY)
        if variable.type == "multi":
            self._read_multi(variable, names, base)
        else:
            self._read_table(variable, names, base, is_exact)
        population = self._population(cases, variable, has_rows)
        if variable.type != "grade" and population:
            self.left(population, [base], is_reason=is_exact)
        elif variable.type == "grade" and all(figure["unit"] == self.noun for figure in own.values()):
            self.left(cases, [base, *([names["not_graded"]] if "not_graded" in names else [])])

    def _read_table(self, variable: Variable, names: dict[str, str], base: str, is_exact: bool) -> None:
        """Codes make up their unions and groups, and all of them their base; codes that are not listed may be there."""
        groups = variable.groups
        sums = {end: groups.get(end) or end.split("+") for end in names if end in groups or "+" in end}
        is_vague = self.is_vague(f"{variable.beginning}.any")
        singles = [name for end, name in names.items() if end not in sums and end != "not_graded"]
        unlisted: dict[str, None] = {}
        for end, codes in sums.items():
            parts = [names[code] for code in codes if code in names]
            beside = [f"{variable.beginning} {code} unlisted" for code in codes if code not in names and is_exact]
            unlisted |= dict.fromkeys(beside)
            if not is_vague:
                self.add(names[end], [*parts, *beside])
        for name in unlisted:
            self.unknown[name] = (0, MANY)
            self.reasons[name] = (False, "")
        if variable.is_number and "n" not in names:
            self.left(base, singles)
        elif is_vague:
            self.left(base, [*singles, *unlisted], is_reason=False)
        else:
            self.add(base, [*singles, *unlisted])

    def _read_multi(self, variable: Variable, names: dict[str, str], base: str) -> None:
        recorded = f"{variable.id} recorded"
        self.unknown[recorded] = (0, MANY)
        self.reasons[recorded] = (False, "")
        unknown = [names[end] for end in ("not_known", "not_recorded") if end in names]
        (self.add if len(unknown) == 2 else self.left)(base, [*unknown, recorded])
        codes = [code.code for code in variable.codes if code.code in names]
        for end in [*codes, *(group for group in variable.groups if group in names)]:
            self.left(recorded, [names[end]])
        for group, own in variable.groups.items():
            inside = [names[code] for code in own if code in names]
            if group in names:
                for code in inside:
                    self.left(names[group], [code], is_reason=False)
                if len(inside) == len(own):
                    self._cover(names[group], inside)
        if len(codes) == len(variable.codes) and len(unknown) == 2:
            self._cover(recorded, [names[code] for code in codes])

    def _cover(self, whole: str, parts: list[str]) -> None:
        self.unknown[f"{whole} codes"] = (0, MANY * 10)
        self.add(f"{whole} codes", parts)
        self.left(f"{whole} codes", [whole], is_reason=False)

    def is_withheld(self, name: str) -> bool:
        """Whether the release withholds it: a figure or a denominator; the rest is nobody's figure."""
        if name in self.figures:
            return self.figures[name]["status"] == "suppressed"
        return name in self.unknown and name.endswith((" base", " involved"))

    def is_vague(self, name: str) -> bool:
        """Whether some part of its table is; then the reader does not know the sums, nor what is withheld for what."""
        beginnings = {each.rpartition(".")[0] for each in self.vague}
        return any(name.startswith((f"{each}.", f"{each} ")) for each in beginnings)

    def groups(self) -> list[list[str]]:
        """Unknown names that hang together by sums."""
        group = {name: {name} for name in self.unknown}
        for total, parts in self.sums:
            names = [name for name in (total, *parts) if name in self.unknown]
            joined = set().union(*(group[name] for name in names)) if names else set()
            for name in joined:
                group[name] = joined
        return [sorted(names) for names in {id(each): each for each in group.values()}.values()]


class Solver:
    """Looks for numbers that agree with all a reader knows of one group of unknown names."""

    def __init__(self, reader: Reader, group: list[str]):
        self.model = cp_model.CpModel()
        self.reader = reader
        self.numbers = {name: self.model.new_int_var(*reader.unknown[name], name) for name in group}
        inside = set(group)
        for total, parts in reader.sums:
            if inside & {total, *parts}:
                self.model.add(self.term(total) == sum(self.term(part) for part in parts))
        if any(map(reader.is_withheld, group)) and not any(map(reader.is_vague, group)):
            self.model.add_bool_or([self._reason(name) for name in group if name in reader.reasons])

    def term(self, name: str):
        return self.numbers[name] if name in self.numbers else self.reader.known[name]

    def _reason(self, name: str):
        """True only when this number would be withheld for itself."""
        number, (is_at_zero, whole) = self.numbers[name], self.reader.reasons[name]
        small = self.model.new_bool_var("")
        self.model.add(number <= THRESHOLD).only_enforce_if(small)
        self.model.add(number >= (0 if is_at_zero else 1)).only_enforce_if(small)
        if not is_at_zero or not (whole in self.numbers or whole in self.reader.known):
            return small
        either, every = self.model.new_bool_var(""), self.model.new_bool_var("")
        self.model.add(number == self.term(whole)).only_enforce_if(every)
        self.model.add_bool_or([small, every]).only_enforce_if(either)
        return either

    def solution(self, goal=None) -> dict[str, int] | None:
        """Numbers that could be true, those that make the goal greatest; None when there are none."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.cp_model_presolve = False
        solver.parameters.linearization_level = 0
        self.model.clear_objective()
        if goal is not None:
            self.model.maximize(goal)
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            assert status == cp_model.INFEASIBLE
            return None
        return {name: solver.value(number) for name, number in self.numbers.items()}


def ranges(
    reader: Reader, group: list[str], names: list[str], width: int, given: dict[str, int] | None = None
) -> dict[str, tuple[int, int]]:
    """The least and the greatest value of each of these names; once `width` apart it is not looked further.

    given  numbers that are taken for true; fails when nothing agrees with them and what is shown
    """
    solver = Solver(reader, group)
    for name, number in (given or {}).items():
        solver.model.add(solver.numbers[name] == number)
    seen: dict[str, tuple[int, int]] = {}

    def look(solution: dict[str, int] | None) -> None:
        assert solution is not None, f"nothing agrees with what is shown of {group}"
        for name in names:
            least, most = seen.get(name, (solution[name],) * 2)
            seen[name] = (min(least, solution[name]), max(most, solution[name]))

    look(solver.solution())
    for name in names:
        for goal in (solver.numbers[name], -solver.numbers[name]):
            if seen[name][1] - seen[name][0] < width:
                look(solver.solution(goal))
    return seen
