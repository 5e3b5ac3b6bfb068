"""A reader who wants to know: all that the published files of one audit say, as unknown numbers for an exact solver.

Written from DESIGN section 5 and the files alone; it shares no code with `auditbook.release` and asks another solver.
The reader knows the contract of the ids, the codebook, whether people have rows of their own (the source says so), the
rule, and of published totals what the source itself says to be a bound or a phrase.
"""

import csv
import io
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from laws.disclosure_answers import is_of_agencies, read_agencies, variable_of
from laws.disclosure_solver import SMALL, ranges
from laws.disclosure_together import read_together

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.variables import Variable

MANY = 400
"""More people than any audit here has."""
NO_ANSWER = ("not_known", "not_recorded", "not_answered", "not_stated", "not_graded", "n")
STATISTICS = ("median", "mean", "min", "max")
ROLES = {"child": "children", "mother": "parents", "father": "parents", "parent": "parents"}
OF_ALL = ("not_known_to_agency", "not_involved")
ROWS = {"cases.csv", "people.csv", "involvement.csv", "findings.csv", "grades.csv", "answers.csv"}
NO_VARIABLES = {
    *("cases", "people", "findings", "reflections", "theme", "involvement", "recommendations", "crossing"),
    *("asked", "agreement"),
}

Figure = dict[str, object]
Terms = dict[str, int]


def figures_of(files: Mapping[str, str]) -> dict[str, Figure]:
    """Id → every figure, as measures.json has it; a number that only a table to take away shows is taken from there."""
    figures = {each["id"]: dict(each) for each in json.loads(files["measures.json"])["measures"]}
    for name, text in files.items():
        if name.endswith(".csv") and "measure" in text.partition("\n")[0]:
            for row in csv.DictReader(io.StringIO(text)):
                figure = figures[row["measure"]]
                for column, key in (("denominator", "denominator"), ("value", "value")):
                    if figure[key] is None and re.fullmatch(r"[\d.]+", row[column]):
                        figure[key] = float(row[column])
                        figure["status"] = "shown"
    return figures


def findings_of_cases(files: Mapping[str, str], codebook: Codebook) -> list[set[str]]:
    """The themes of every listed finding that names a case: its text is not there."""
    theme_of = {theme.label: theme.id for theme in codebook.themes.values()}
    rows = csv.DictReader(io.StringIO(files.get("findings.csv", "")))
    return [{theme_of[label] for label in row["themes"].split("; ")} for row in rows if row["text"] == "[c]"]


@dataclass
class Reader:
    """What is known: a range for each name, and rows over them.

    ranges     name → least and most
    rows       (name → factor, least, most)
    reasons    names that may be what others are withheld for → also a reason at 0, and the name of its whole
    withheld   names of figures and bases that were counted and are not printed
    vague      ids of what the source tells as a bound, a share or a phrase: nobody knows these numbers
    rules      of several releases: names that hang together in one, of which one is why others are withheld
    """

    codebook: Codebook
    figures: dict[str, Figure]
    findings: list[set[str]]
    noun: str
    vague: frozenset[str] = frozenset()
    ranges: dict[str, tuple[int, int]] = field(default_factory=dict)
    rows: list[tuple[Terms, int, int]] = field(default_factory=list)
    reasons: dict[str, tuple[bool, str]] = field(default_factory=dict)
    withheld: set[str] = field(default_factory=set)
    rules: list[list[str]] = field(default_factory=list)

    @classmethod
    def of(cls, files: Mapping[str, str], codebook: Codebook, noun: str, vague: Iterable[str] = ()) -> "Reader":
        reader = cls(codebook, figures_of(files), findings_of_cases(files, codebook), noun, frozenset(vague))
        read_together(reader, files, reader.read())
        return reader

    # Names and rows

    def family(self, family: str) -> dict[str, Figure]:
        named = ((name.rpartition("."), figure) for name, figure in self.figures.items())
        return {category: figure for (own, _, category), figure in named if own == family}

    def is_extra(self, name: str) -> bool:
        """Whether it is of a crossing or a derived variable: those may be withheld with their zeros."""
        own = name.rpartition(":")[2]  # without the audit that it is of
        variable = self.codebook.variables.get(own.partition(".")[0])
        return own.startswith("crossing.") or (variable is not None and variable.derivation is not None)

    def no_secrets(self, counts: Mapping[str, int]) -> frozenset[str]:
        """Withheld numbers of such tables that are truly 0, of no sensitive question: they may be worked out."""
        zeros = {name for name, count in counts.items() if count == 0 and self.is_extra(name)}
        return frozenset(name for name in zeros if not self.reasons.get(name, (True, ""))[0])

    def number(self, name: str, whole: str = "", is_answer: bool = False) -> str:
        """One figure's number."""
        figure = self.figures[name]
        if name in self.ranges:
            return name
        if figure["status"] == "suppressed":
            can_be_zero = is_answer or name in self.vague or self.is_extra(name)
            self.ranges[name] = (0 if can_be_zero else 1, MANY)
            self.reasons[name] = (is_answer, whole)
            if name not in self.vague:
                self.withheld.add(name)
        else:
            self.ranges[name] = self._shown(figure)
        return name

    def _shown(self, figure: Figure) -> tuple[int, int]:
        number, precision = figure["numerator"], figure["precision"]
        if figure["value"] is None and number is None:
            return 0, MANY
        if number is None and figure["unit"] == "percent":
            base = figure["denominator"]
            if base is None:
                return 0, MANY
            decimals = len(str(figure["value"]).rstrip("0").partition(".")[2])
            half = 0 if precision in ("more_than", "less_than") else 0.5 / 10**decimals
            low, high = (base * (figure["value"] - half) / 100, base * (figure["value"] + half) / 100)
            low, high = math.ceil(low - 1e-9), math.floor(high + 1e-9)
        else:
            low = high = int(figure["value"] if number is None else number)
        if precision == "at_least" and set(str(figure["source"]).split("; ")) <= ROWS:
            return low, high
        if precision in ("at_least", "more_than"):
            return low + (precision == "more_than" and number is not None), MANY
        if precision in ("at_most", "less_than"):
            return 0, high - (precision == "less_than" and number is not None)
        return (0, MANY) if precision == "about" else (max(0, low), high)

    def base(self, name: str, figures: Iterable[Figure]) -> str | None:
        """The denominator that these figures share; None where none of them has one.

        It is withheld where a figure is shown without it; with a table of which nothing is shown it is just not there.
        """
        figures = [each for each in figures if each["base_label"]]
        printed = {int(each["denominator"]) for each in figures if each["denominator"] is not None}
        assert len(printed) <= 1
        if printed:
            self.ranges[name] = (min(printed),) * 2
        elif figures and name not in self.ranges:
            self.ranges[name] = (1, MANY)
            self.reasons[name] = (False, "")
            if any(each["status"] != "suppressed" and each["value"] != 0 for each in figures):
                self.withheld.add(name)
        return name if figures else None

    def free(self, name: str, is_people: bool = True) -> str:
        if name not in self.ranges:
            self.ranges[name] = (0, MANY)
            if is_people:
                self.reasons[name] = (False, "")
        return name

    def add(self, total: str, parts: Iterable[str], rest: str = "", is_people: bool = True) -> None:
        """The parts make up the total, or leave a rest that nobody's figure tells."""
        parts = [*parts, *([self.free(rest, is_people)] if rest else [])]
        terms = defaultdict(int)
        for part in parts:
            terms[part] += 1
        terms[total] -= 1
        self.rows.append((dict(terms), 0, 0))

    def at_most(self, parts: Iterable[str], totals: Iterable[str], more: int = 0) -> None:
        self.rows.append((dict.fromkeys(parts, 1) | dict.fromkeys(totals, -1), -10 * MANY, more))

    # What the files say

    def read(self) -> bool:
        """Whether people have rows of their own."""
        families = list(dict.fromkeys(name.rpartition(".")[0] for name in self.figures))
        self._read_cases()
        has_people = self._read_people()
        for family in families:
            own, root = self.family(family), family.split(".")[0]
            if root == "agency":
                self._read_agency(family, own)
            elif root == "channel" and "cases" in own:
                self._part_of_cases(f"{family}.cases")
            elif root not in NO_VARIABLES and root != "channel" and not is_of_agencies(self, family):
                self._read_variable(variable_of(self, family), family, own, has_people)
        self._read_themes()
        read_agencies(self)
        return has_people

    def _read_cases(self) -> None:
        if "cases.total" in self.figures:
            self.number("cases.total")
        else:
            self.free("cases.total")
        if "cases.in_scope" in self.figures:
            self.number("cases.in_scope")
            self._is_base_of_cases(self.figures["cases.in_scope"])
            self.add("cases.total", ["cases.in_scope"], "out of scope")

    def _is_base_of_cases(self, figure: Figure) -> None:
        if figure["denominator"] is not None:
            self.ranges["cases.total"] = (int(figure["denominator"]),) * 2
            self.withheld.discard("cases.total")
            self.reasons.pop("cases.total", None)

    def _read_people(self) -> bool:
        """Whether people have rows of their own, so that roles make up everybody."""
        total = self.figures.get("people.total")
        if total is None:
            return False
        people = self.number("people.total")
        if total["source"] == "cases.csv":
            self.add(people, ["cases.total"])
            return False
        if total["source"] == "people.csv" and total["precision"] == "exact" and self._is_whole():
            self.add(people, [self.free(role) for role in ("children", "parents", "others")])
            self.at_most(["cases.total"], [people])
        return True

    def _is_whole(self) -> bool:
        """Whether people are recorded of every case: else their variables have no base."""
        persons = {each.family for each in self.codebook.variables.values() if each.unit == "person"}
        of_people = [each for name, each in self.figures.items() if name.rpartition(".")[0] in persons]
        return any(figure["base_label"] for figure in of_people)

    def _part_of_cases(self, name: str, is_people: bool = True) -> None:
        if name in self.figures:
            self.number(name)
            self._is_base_of_cases(self.figures[name])
            self.add("cases.total", [name], f"not {name}", is_people)

    def _read_themes(self) -> None:
        """As many cases as findings at most; findings that share themes share cases."""
        for theme in self.codebook.themes:
            name = f"theme.{theme}.cases"
            self._part_of_cases(name, is_people=False)
            told = self.figures.get(f"theme.{theme}.findings")
            if name in self.figures and told and {self.figures[name]["source"], told["source"]}.isdisjoint(ROWS):
                self.at_most([name], [], int(told["numerator"]))
        raised = {theme: {n for n, own in enumerate(self.findings) if theme in own} for theme in self.codebook.themes}
        counted = {
            theme: f"theme.{theme}.cases"
            for theme in raised
            if self.figures.get(f"theme.{theme}.findings", {}).get("source") == "findings.csv"
            and self.figures.get(f"theme.{theme}.cases", {"source": "findings.csv"})["source"] == "findings.csv"
        }
        for theme, name in counted.items():
            if name not in self.figures:
                self.ranges[name] = (min(1, len(raised[theme])), MANY)
                self.at_most([name], ["cases.total"])
        for theme, name in counted.items():
            others = [other for other in counted if other != theme]
            for size in (0, 1, 2, 3):
                for some in combinations(others, size):
                    left = raised[theme].difference(*(raised[other] for other in some))
                    self.at_most([name], [counted[other] for other in some], len(left))

    def _read_agency(self, family: str, own: dict[str, Figure]) -> None:
        names = {category: self.number(f"{family}.{category}") for category in own}
        if any(figure["source"] != "involvement.csv" for figure in own.values()):
            based = [names[category] for category, figure in own.items() if figure["base_label"]]
            base = self.base(f"{family} base", own.values())
            if base:
                self.add(base, based, f"{family} others")
                self.add("cases.total", [base], f"{family} beside")
            self.add("cases.total", names.values(), f"{family} unstated")
            return
        parts = [names[category] for category in own if category in OF_ALL]
        involved = self.base(f"{family} involved", [own[category] for category in own if category not in OF_ALL])
        if involved:
            self.add(involved, [names[category] for category in own if category not in OF_ALL])
            parts.append(involved)
        for category in parts:
            if category in self.figures:
                self._is_base_of_cases(self.figures[category])
        exact = [
            category
            for category in OF_ALL
            if category in own and own[category]["precision"] == "exact" and category not in self.vague
        ]
        is_told = any(own[category]["status"] != "suppressed" for category in exact) and len(exact) == len(OF_ALL)
        self.add("cases.total", parts, "" if is_told else f"{family} unrecorded")

    def _population(self, variable: Variable, has_people: bool) -> str | None:
        if variable.unit == "case":
            return "cases.total"
        if variable.unit != "person" or "people.total" not in self.figures:
            return None
        if not has_people:
            return "cases.total"
        role = ROLES.get(variable.subject)
        return role if role in self.ranges else "people.total"

    def _read_variable(self, variable: Variable, family: str, own: dict[str, Figure], has_people: bool) -> None:
        is_single = variable.is_number
        own = {
            category: figure
            for category, figure in own.items()
            if category not in STATISTICS and not (is_single and category.isdigit())
        }
        is_of_units = all((figure["base_label"] or figure["unit"]) == self.noun for figure in own.values())
        beside = ["not_graded"] if "not_graded" in own and not own["not_graded"]["base_label"] else []
        base = self.base(f"{family} base", [own[category] for category in own if category not in beside])
        is_answer = {category: variable.sensitive and category not in NO_ANSWER for category in own}
        names = {category: self.number(f"{family}.{category}", base or "", is_answer[category]) for category in own}
        of = self._population(variable, has_people) if variable.type != "grade" or is_of_units else None
        if of and base:
            self.add(of, [base, *(names[category] for category in beside)], f"{family} beside")
        inside = {category: name for category, name in names.items() if category not in beside}
        if base and variable.type == "multi":
            self._read_multi(variable, family, inside, base)
        elif base and variable.is_number:
            is_told = "n" in inside
            is_all = is_told and not {f"{family}.{category}" for category in inside} & self.vague
            self.add(base, inside.values(), "" if is_all and self._is_of_rows(own) else f"{family} numbers")
        elif base:
            self._read_table(variable, family, own, inside, base)

    def _is_of_rows(self, own: dict[str, Figure]) -> bool:
        return all(set(str(figure["source"]).split("; ")) <= ROWS for figure in own.values())

    def _read_table(
        self, variable: Variable, family: str, own: dict[str, Figure], names: dict[str, str], base: str
    ) -> None:
        """Every code is an unknown: those that are figures, and those that are not listed."""
        codes = {code.code: names.get(code.code) or f"{family} code {code.code}" for code in variable.codes}
        for code in codes.values():
            self.free(code)
        for category, name in names.items():
            inside = variable.groups.get(category) or (category.split("+") if "+" in category else ())
            if inside:
                self.add(name, [codes[code] for code in inside])
                if not [
                    own_category
                    for own_category in names
                    if own_category not in inside and "+" not in own_category and own_category != category
                ]:
                    self.add(base, [name], f"{name} outside")
        unknown = ("not_known", "not_recorded", "not_answered", "not_graded")
        apart = [names[category] for category in unknown if category in names]
        stated = [names["not_stated"]] if "not_stated" in names else []
        rest = "" if stated or self._lists_zeros(own) else f"{family} rest"
        self.add(base, [*codes.values(), *apart, *stated], rest)

    def _lists_zeros(self, own: dict[str, Figure]) -> bool:
        """Whether everybody of the base was counted: then nobody is in what is not listed."""
        return (
            self._is_of_rows(own)
            or {"not_known", "not_recorded"} <= own.keys()
            and not any(own[category]["value"] for category in ("not_known", "not_recorded"))
        )

    def _read_multi(self, variable: Variable, family: str, names: dict[str, str], base: str) -> None:
        unknown = [names[end] for end in ("not_known", "not_recorded", "not_answered") if end in names]
        recorded = base
        if len(unknown) == 2:
            recorded = self.free(f"{family} recorded")
            self.add(base, [*unknown, recorded])
        codes = [code.code for code in variable.codes]
        groups = {group: own for group, own in variable.groups.items() if group in names}
        for category in [*(code for code in codes if code in names), *groups]:
            self.add(recorded, [names[category]], f"{names[category]} without")
            if recorded == base:
                self.at_most([names[category], *unknown], [base])
        for group, own in groups.items():
            for code in own:
                if code in names:
                    self.add(names[group], [names[code]], f"{names[group]} but {code}", len(own) > 1)
            if all(code in names for code in own):
                self.at_most([names[group]], [names[code] for code in own])
                self._read_both(names[group], [names[code] for code in own if self.ranges[names[code]] != (0, 0)])
        alone = [code for code in codes if not any(code in own for own in groups.values())]
        if recorded != base and all(code in names for code in alone):
            self.at_most([recorded], [names[category] for category in (*groups, *alone)])

    def _read_both(self, group: str, codes: list[str]) -> None:
        """Where anybody had one of two codes, those with one and those with the other count some twice."""
        if len(codes) == 2:
            self.rows.append((dict.fromkeys(codes, 1) | {group: -1, self.free(f"{group} both"): -1}, 0, 0))

    # What can be worked out

    def groups(self) -> list[list[str]]:
        """Unknown names that hang together by rows."""
        is_open = {name for name, (least, most) in self.ranges.items() if least != most}
        group = {name: {name} for name in is_open}
        for terms, _, _ in self.rows:
            names = [name for name in terms if name in is_open]
            if names:
                joined = set().union(*(group[name] for name in names))
                for name in joined:
                    group[name] = joined
        return [sorted(names) for names in {id(each): each for each in group.values()}.values()]

    def worked_out(self, width: int, counts: Mapping[str, int] | None = None) -> dict[str, tuple[int, int]]:
        """What is known too well: name → least and most.

        counts  the true numbers, of which only the zeros that are no secret are looked up

        Withheld numbers that cannot differ by the width, and people left over who can only be few.
        """
        found = {
            name: own
            for name, own in self.ranges.items()
            if own[0] == own[1] and own[0] in SMALL and name in self.reasons and name not in self.vague
        }
        for group in self.groups():
            names = [name for name in group if name in self.reasons and name not in self.vague]
            if names:
                found |= self._narrow(group, names, width)
        return {name: own for name, own in found.items() if name not in self.no_secrets(counts or {})}

    def _narrow(self, group: list[str], names: list[str], width: int) -> dict[str, tuple[int, int]]:
        found = {}
        for name, own in ranges(self, group, names, width).items():
            if self.is_too_well_known(name, *own, width):
                found[name] = own
        return found

    def is_too_well_known(self, name: str, least: int, most: int, width: int) -> bool:
        """Whether this range would tell a withheld number, or that people left over are few."""
        return most - least < width and (name in self.withheld or (least in SMALL and most in SMALL))
