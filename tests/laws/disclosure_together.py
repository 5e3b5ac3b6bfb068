"""What a reader makes of variables that are worked out from others, crossed, or cut into bands: every combination.

As independent of `auditbook.release` as the rest of the attack: the meaning of derived variables is written here again,
from DESIGN section 4.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from itertools import product
from math import ceil, floor, prod
from typing import TYPE_CHECKING

from auditbook.codebook.variables import Variable

if TYPE_CHECKING:
    from laws.disclosure_attacker import Reader

MOST = 200
"""More combinations than this take the solver too long: then every table stands by itself."""
LARGEST = 9999
NONE, UNKNOWN, NOT = "not_recorded", "not_known", "not_applicable"
Combination = dict[str, str]


def worked_out(variable: Variable, answers: list[str]) -> str:
    """The answer of a derived variable, by those of its parents."""
    kind, yes = variable.derivation.kind, answers.count("yes")
    if kind == "bands":
        if not answers[0][0].isdigit():
            return answers[0]
        number = int(answers[0].split("-")[0])
        within = [code.code for code in variable.codes if code.code[0].isdigit() and number in numbers(code.code)]
        return within[0] if within else "outside"
    if set(answers) == {NOT}:
        return NOT
    if set(answers) <= {NOT, NONE}:
        return NONE
    unsure = answers.count(NONE) + answers.count(UNKNOWN)
    if kind == "number":
        return UNKNOWN if unsure else str(yes)
    if kind == "any":
        return "yes" if yes else UNKNOWN if unsure else "no"
    return "yes" if yes == len(answers) else UNKNOWN if yes + unsure == len(answers) else "no"


def numbers(band: str) -> range:
    least, _, most = band.partition("-")
    return range(int(least), int(most or least) + 1)


def read_together(reader: Reader, files: Mapping[str, str], has_people: bool) -> None:
    """Add what the files say of crossings, derived variables and bands."""
    pairs = dict.fromkeys((n.split(".")[1], n.split(".")[3]) for n in reader.figures if n.startswith("crossing."))
    known = reader.codebook.variables
    crossings = [(known[first], known[second]) for first, second in pairs]
    for pair in crossings:
        _read_numbers(reader, pair)
    derived = [each for each in known.values() if each.derivation and _is_of_rows(reader, each)]
    for name in [each.id for each in known.values() if each.is_number and _is_of_rows(reader, each)]:
        own = [each for each in derived if each.derivation.parents == (name,)]
        _Joint(reader, [known[name]], own, [], _printed_bands(files, known[name])).read(has_people)
    rest = [each for each in derived if each.derivation.kind != "bands"]
    statements = [({*each.derivation.parents}, [each], []) for each in rest]
    statements += [({first.id, second.id}, [], [(first, second)]) for first, second in crossings]
    for names, own, crossed in _merged(statements, known):
        roots = _roots(names, known)
        joint = _Joint(reader, roots, own, crossed)
        if joint.size <= MOST:
            joint.read(has_people)
            continue
        for names, own, crossed in [each for each in statements if _root_names(each[0], known) & {r.id for r in roots}]:
            _Joint(reader, [known[name] for name in names], own, crossed).read(has_people)


def _root_names(names: Iterable[str], known: Mapping[str, Variable]) -> set[str]:
    return {each.id for each in _roots(names, known)}


def _roots(names: Iterable[str], known: Mapping[str, Variable]) -> list[Variable]:
    found: dict[str, Variable] = {}
    for name in sorted(names):
        variable = known[name]
        is_made = variable.derivation and variable.derivation.kind != "bands"
        for each in _roots(variable.derivation.parents, known) if is_made else [variable]:
            found[each.id] = each
    return list(found.values())


def _merged(statements: list, known: Mapping[str, Variable]) -> list:
    groups: list = []
    for names, own, crossed in statements:
        roots = _root_names(names, known)
        beside = [group for group in groups if _root_names(group[0], known) & roots]
        groups = [group for group in groups if group not in beside]
        names, own, crossed = set(names), list(own), list(crossed)
        for more_names, more, more_crossed in beside:
            names, own, crossed = names | more_names, more + own, more_crossed + crossed
        groups.append((names, own, crossed))
    return groups


def _is_of_rows(reader: Reader, variable: Variable) -> bool:
    own = reader.family(variable.family)
    return bool(own) and reader._is_of_rows(own)


def _read_numbers(reader: Reader, pair: tuple[Variable, Variable]) -> None:
    """The figures of a crossing with their base."""
    first, second = pair
    start = f"crossing.{first.id}.{second.id}"
    names = _names(reader, first, second)
    base = reader.base(f"{start} base", [reader.figures[name] for name in names])
    for name in names:
        ends = {name.split(".")[2], name.split(".")[4]}
        is_answer = (first.sensitive or second.sensitive) and not ends & {UNKNOWN, NONE}
        reader.number(name, base or "", is_answer)


def _names(reader: Reader, first: Variable, second: Variable) -> list[str]:
    """The ids of a crossing's figures."""
    crossed = [name for name in reader.figures if name.startswith("crossing.")]
    return [name for name in crossed if name.split(".")[1::2] == [first.id, second.id]]


def _printed_bands(files: Mapping[str, str], variable: Variable) -> list[tuple[range, int]]:
    """The bands that a table to take away has of a number: from where to where, and how many."""
    rows = [list(row.values()) for row in csv.DictReader(io.StringIO(files.get("bands.csv", "")))]
    found = []
    for label, words, count in rows:
        if label == variable.label:
            ends = list(map(int, re.findall(r"\d+", words)))
            most = LARGEST if "or over" in words or "or more" in words else ends[-1]
            found.append((range(ends[0], most + 1), int(count)))
    return found


class _Joint:
    """Every combination of answers to the variables of a basis."""

    def __init__(self, reader: Reader, basis: list[Variable], derived: list, crossings: list, bands: list = ()):
        self.reader, self.derived, self.crossings, self.bands = reader, derived, crossings, bands
        self.basis = {each.id: each for each in basis}
        self.answers = {each.id: self._answers(each) for each in basis}

    @property
    def size(self) -> int:
        return prod(map(len, self.answers.values()))

    def _answers(self, variable: Variable) -> list[str]:
        own = self.reader.family(variable.family)
        if not own:
            return [NONE, NOT]
        ends = self._pieces(variable) if variable.is_number else [code.code for code in variable.codes]
        return [*(end for end in [*ends, UNKNOWN, NONE] if end not in own or own[end]["value"] != 0), NOT]

    def _pieces(self, variable: Variable) -> list[str]:
        """Numbers between two cuts: of any band, or at the median."""
        cuts = {0, LARGEST + 1}
        own = [each for each in self.derived if each.derivation.kind == "bands"]
        cut = [numbers(code.code) for each in own for code in each.codes if code.code[0].isdigit()]
        for band in [*cut, *(band for band, _ in self.bands)]:
            cuts |= {band.start, band.stop}
        median = self._median(variable)
        cuts |= set() if median is None else {ceil(median), floor(median) + 1}
        ordered = sorted(cuts)
        return [f"{low}-{high - 1}" for low, high in zip(ordered, ordered[1:], strict=False)]

    def _median(self, variable: Variable) -> float | None:
        figure = self.reader.figures.get(f"{variable.id}.median") if variable.is_number else None
        return figure["value"] if figure else None

    def read(self, has_people: bool) -> None:
        if not (self.derived or self.crossings or self.bands):
            return
        names = list(self.answers)
        start = f"together {'*'.join(names)}"
        self.combinations: dict[str, Combination] = {}
        for answers in product(*self.answers.values()):
            name = self.reader.free(f"{start} {'*'.join(answers)}")
            self.combinations[name] = dict(zip(names, answers, strict=True))
        self._read_whole(has_people)
        every = {each.id: each for each in [*self.basis.values(), *self.derived]}
        every |= {each.id: each for pair in self.crossings for each in pair}
        for variable in every.values():
            self._read_variable(variable)
        for first, second in self.crossings:
            self._read_crossing(first, second)
        for variable in self.basis.values():
            self._read_bands(variable)
        for variable in self.derived:
            self._read_parents(variable)

    def _read_whole(self, has_people: bool) -> None:
        based = [each for each in self.basis.values() if f"{each.family} base" in self.reader.ranges]
        of = self.reader._population(based[0], has_people) if based else None
        if of in self.reader.ranges:
            self.reader.add(of, self.combinations)

    def _answer(self, variable: Variable, combination: Combination) -> str:
        if variable.id in combination:
            return combination[variable.id]
        parents = [self.reader.codebook.variables[name] for name in variable.derivation.parents]
        return worked_out(variable, [self._answer(each, combination) for each in parents])

    def _those(self, variable: Variable, fits) -> list[str]:
        return [name for name, each in self.combinations.items() if fits(self._answer(variable, each))]

    def _read_variable(self, variable: Variable) -> None:
        own = self.reader.family(variable.family)
        for end in own:
            name = f"{variable.family}.{end}"
            if name not in self.reader.ranges or "+" in end or (variable.is_number and end[0].isdigit()):
                continue
            if end == "n" and variable.is_number:
                self.reader.add(name, self._those(variable, lambda answer: answer[0].isdigit()))
            elif end not in ("median", "mean", "min", "max"):
                inside = variable.groups.get(end, (end,))
                those = self._those(variable, lambda answer, inside=inside: answer in inside)
                self.reader.add(name, those)
                if not those:
                    self.reader.reasons.pop(name, None)  # printed zeros tell already that it can be nobody
        if f"{variable.family} base" in self.reader.ranges:
            self.reader.add(f"{variable.family} base", self._those(variable, lambda answer: answer != NOT))

    def _read_parents(self, variable: Variable) -> None:
        """How many have each combination of answers to what it is worked out from: a table nobody printed."""
        met: dict[tuple[str, ...], list[str]] = {}
        for name, each in self.combinations.items():
            parents = [self.reader.codebook.variables[parent] for parent in variable.derivation.parents]
            met.setdefault(tuple(self._answer(parent, each) for parent in parents), []).append(name)
        if len(met) < len(self.combinations):
            for answers, own in met.items():
                of = f"{'*'.join(variable.derivation.parents)} {'*'.join(answers)}"
                self.reader.add(self.reader.free(f"parents {of}"), own)

    def _read_crossing(self, first: Variable, second: Variable) -> None:
        met: dict[tuple[str, str], list[str]] = {}
        for name, each in self.combinations.items():
            met.setdefault((self._answer(first, each), self._answer(second, each)), []).append(name)
        for name in _names(self.reader, first, second):
            _, _, row, _, column = name.split(".")
            self.reader.add(name, met.get((row, column), []))
            if (row, column) not in met:
                self.reader.reasons.pop(name, None)  # nobody could give both answers, so that nobody did is no secret
        both = [name for pair, own in met.items() if NOT not in pair for name in own]
        self.reader.add(f"crossing.{first.id}.{second.id} base", both)

    def _read_bands(self, variable: Variable) -> None:
        if not variable.is_number:
            return
        pieces = {name: each[variable.id] for name, each in self.combinations.items() if each[variable.id][0].isdigit()}
        for band, count in self.bands:
            name = f"band of {variable.id} from {band.start}"
            self.reader.ranges[name] = (count, count)
            self.reader.add(name, [key for key, piece in pieces.items() if numbers(piece).start in band])
        median, n = self._median(variable), f"{variable.id}.n"
        if median is not None and n in self.reader.ranges:
            below = [name for name, piece in pieces.items() if numbers(piece)[-1] < median]
            above = [name for name, piece in pieces.items() if numbers(piece)[0] > median]
            for some in (below, above):
                self.reader.rows.append(({**dict.fromkeys(some, 2), n: -1}, -10_000, 0))
