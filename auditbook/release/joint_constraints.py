"""What was recorded together: derived variables and crossings, linked to each variable by every combination of answers.

A reader knows how a derived variable is worked out, and that the numbers of a crossing make those of both variables. So
the finest numbers are the units with each combination of answers: every printed number of these variables is a sum of
some of them.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import product

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.variables import Variable
from auditbook.measures.counts import Measure
from auditbook.measures.crossings import FAMILY, answers_of, crossing_categories
from auditbook.measures.distribution import UNKNOWN
from auditbook.measures.joint_counts import units_key
from auditbook.release.combinations_of_answers import (
    NOT_APPLICABLE_CATEGORY,
    Answers,
    Families,
    Joint,
    PrintedVariables,
    is_piece,
)
from auditbook.release.model import CASES, PEOPLE, Cell, Model
from auditbook.release.population import Population, role_group
from auditbook.release.printed import put_base
from auditbook.release.statements import HOW_MUCH_IS_KNOWN

Crossing = tuple[Variable, Variable]
Pair = tuple[str, str]
"""An answer to each of the two variables of a crossing."""
TOGETHER = "together "
"""How the family of the numbers of combinations begins."""
Combinations = Mapping[str, Answers]
"""Key of a combination's number → its answers."""


def is_crossing(family: str) -> bool:
    return family.startswith(f"{FAMILY}.")


def link_together(model: Model, families: Families, codebook: Codebook, people: Population) -> None:
    """Put the crossings into the model, and link all that hangs together by them and by derived variables."""
    crossings = _crossings(families, codebook)
    for units, joint_counts in people.joint_counts.items():
        printed = PrintedVariables(codebook.variables, families, joint_counts)
        pairs = [pair for pair in crossings if units_key(pair[0], people.is_one_a_case) == units]
        for joint in printed.joints(pairs):
            _link(model, joint, printed, _population(model, joint, printed, people))


def _crossings(families: Families, codebook: Codebook) -> list[Crossing]:
    names = [answers_of(family) for family in families if is_crossing(family)]
    pairs = dict.fromkeys((first, second) for first, _, second in names)
    return [(codebook.variables[first], codebook.variables[second]) for first, second in pairs]


def _population(model: Model, joint: Joint, printed: PrintedVariables, people: Population) -> str | None:
    """The cell of everybody whose answers are combined; None where not everybody's are known."""
    variable = printed.known[next(iter(joint.basis))]
    if variable.unit == "case" or people.is_one_a_case:
        of = CASES
    else:
        of = next((key for key in (role_group(variable.subject), PEOPLE) if key in model), None)
    is_exact = all(measure.precision == "exact" for measure in printed.figures(variable).values())
    return of if of in model and is_exact and model.count(of) == sum(printed.joint_counts.counts.values()) else None


def _link(model: Model, joint: Joint, printed: PrintedVariables, of: str | None) -> None:
    """Every combination is a number; every printed number of these variables is a sum of them."""
    names = list(joint.basis)
    model.family = f"{TOGETHER}{'*'.join(names)}"
    counts = printed.counts(joint)
    combinations: dict[str, Answers] = {}
    for answers in product(*joint.basis.values()):
        key = model.put(Cell(f"{model.family}/{'*'.join(answers)}", counts.get(answers, 0)))
        combinations[key] = dict(zip(names, answers, strict=True))
    if of:
        model.link(of, list(combinations))
    for variable in joint.derived:
        _put_those_of_parents(model, variable, printed, combinations)
    crossed = [variable for pair in joint.crossings for variable in pair]
    variables = [*map(printed.known.get, names), *joint.derived, *crossed]
    for variable in {variable.id: variable for variable in variables}.values():
        _link_variable(model, variable, printed, combinations)
        if variable in joint.derived and variable.derivation.bands:
            _say_the_same(model, printed.known[names[0]], variable)
    for crossing in joint.crossings:
        _link_crossing(model, crossing, printed, combinations)


def _put_those_of_parents(
    model: Model, variable: Variable, printed: PrintedVariables, combinations: Combinations
) -> None:
    """The units with each combination of answers to what a variable is worked out from, where other answers are told
    together with these: of them as few as of any other combination may be told."""
    parents = variable.derivation.parents
    inside: dict[tuple[str, ...], list[str]] = {}
    for key, combination in combinations.items():
        inside.setdefault(tuple(printed.answer(printed.known[name], combination) for name in parents), []).append(key)
    if len(inside) < len(combinations):
        for answers, keys in inside.items():
            model.put_sum(f"{TOGETHER}{'*'.join(parents)}/{'*'.join(answers)}", keys)


def _link_variable(model: Model, variable: Variable, printed: PrintedVariables, combinations: Combinations) -> None:
    """Each printed answer is made of the combinations with it, and its base of those to which it applies."""
    figures = printed.figures(variable)
    answers = {key: printed.answer(variable, combination) for key, combination in combinations.items()}
    possible = set(answers.values()) - {NOT_APPLICABLE_CATEGORY}
    for end, measure in figures.items():
        if measure.id not in model.figures:
            continue
        if not variable.is_number or end in UNKNOWN:
            inside = variable.groups.get(end, (end,))
            model.link(measure.id, [key for key, answer in answers.items() if answer in inside])
            if variable.derivation and (len(possible) < 2 or end not in possible):
                model.is_no_answer(measure.id)
        elif end == "n":
            model.link(measure.id, [key for key, answer in answers.items() if is_piece(answer)])
    base = next((model.bases[measure.id] for measure in figures.values() if measure.id in model.bases), None)
    if variable.derivation:
        model.add_extra(model.figures[measure.id] for measure in figures.values() if measure.id in model.figures)
    if base:
        model.link(base, [key for key, answer in answers.items() if answer != NOT_APPLICABLE_CATEGORY])
    median, n = printed.median(variable), f"{variable.id}.n"
    if median is not None and n in model:
        pieces = {key: tuple(map(int, answer.split("-"))) for key, answer in answers.items() if is_piece(answer)}
        model.at_most_half([key for key, (_, most) in pieces.items() if most < median], n)
        model.at_most_half([key for key, (least, _) in pieces.items() if least > median], n)


def _say_the_same(model: Model, number: Variable, bands: Variable) -> None:
    """A number and its bands apply to the same, and are not known of the same: one is withheld with the other."""
    ends = [*UNKNOWN, "/base"]
    for end in ends:
        first, second = (f"{variable.id}{end if '/' in end else f'.{end}'}" for variable in (number, bands))
        if first in model and second in model:
            model.withhold_with(first, second)
            model.withhold_with(second, first)


def _link_crossing(model: Model, crossing: Crossing, printed: PrintedVariables, combinations: Combinations) -> None:
    """Its numbers with their base, each made of the combinations with both answers."""
    first, second = crossing
    inside: dict[Pair, list[str]] = {}
    for key, combination in combinations.items():
        inside.setdefault((printed.answer(first, combination), printed.answer(second, combination)), []).append(key)
    applying = {pair: keys for pair, keys in inside.items() if NOT_APPLICABLE_CATEGORY not in pair}
    model.family = f"{FAMILY}.{first.id}.{second.id}"
    for pair, measure in _figures(crossing, printed.families).items():
        base = put_base(model, measure, f"{model.family}/base")
        cell = Cell(measure.id, measure.numerator, (measure.numerator,) * 2, least=1, times_published=1, whole=base)
        if measure.is_sensitive and _tells_an_answer(crossing, pair, applying):
            is_everybody = _is_everybody(pair, _figures(crossing, printed.families), applying)
            cell = replace(cell, least=0, is_answer=True, is_small=is_everybody)
        model.figures[measure.id] = model.put(cell)
        model.link(measure.id, applying.get(pair, []))
    base = f"{model.family}/base"
    model.link(base, [key for keys in applying.values() for key in keys])
    model.add_extra(measure.id for measure in _figures(crossing, printed.families).values())


def _figures(crossing: Crossing, families: Families) -> dict[Pair, Measure]:
    first, second = crossing
    rows = {row: families[f"{FAMILY}.{first.id}.{row}.{second.id}"] for row in crossing_categories(first)}
    return {(row, column): measure for row, cells in rows.items() for column, measure in cells.items()}


def _tells_an_answer(crossing: Crossing, pair: Pair, applying: Collection[Pair]) -> bool:
    """Whether that nobody gave both answers, or everybody did, tells what one-way tables without risk do not."""
    first, second = crossing
    in_row = [other for other in applying if other[0] == pair[0]]
    in_column = [other for other in applying if other[1] == pair[1]]
    is_told = (len(in_row) < 2 and not first.sensitive) or (len(in_column) < 2 and not second.sensitive)
    return pair in applying and not is_told and not set(pair) & set(HOW_MUCH_IS_KNOWN)


def _is_everybody(pair: Pair, figures: Mapping[Pair, Measure], applying: Collection[Pair]) -> bool:
    """Whether everybody with the one answer gave the other, though another could have been given."""
    for place in (0, 1):
        beside = [other for other in applying if other[place] == pair[place]]
        if len(beside) > 1 and 0 < figures[pair].numerator == sum(figures[other].numerator for other in beside):
            return True
    return False
