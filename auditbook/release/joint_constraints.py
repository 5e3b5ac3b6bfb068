"""What was recorded together: derived variables and crossings, linked to each variable by every combination of answers.

A reader knows how a derived variable is worked out, and that the numbers of a crossing make those of both variables. So
the finest numbers are the units with each combination of answers: every printed number of these variables is a sum of
some of them.
"""

from collections.abc import Mapping
from itertools import product

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.variables import Variable
from auditbook.measures.crossings import BEGINNING, crossing_ends, crossing_id
from auditbook.measures.distribution import UNKNOWN
from auditbook.measures.together import units_key
from auditbook.release.combinations_of_answers import (
    NOT_APPLICABLE,
    Families,
    Joint,
    Told,
    is_piece,
    is_printed_zero,
)
from auditbook.release.model import CASES, PEOPLE, Cell, Model
from auditbook.release.population import Population, role_group
from auditbook.release.printed import put_base
from auditbook.release.statements import NO_ANSWERS

Crossing = tuple[Variable, Variable]


def is_crossing(beginning: str) -> bool:
    return beginning.startswith(f"{BEGINNING}.")


def link_together(model: Model, families: Families, codebook: Codebook, people: Population) -> None:
    """Put the crossings into the model, and link all that hangs together by them and by derived variables."""
    crossings = _crossings(families, codebook)
    for crossing in crossings:
        _put_crossing(model, crossing, families)
    for units, together in people.together.items():
        told = Told(codebook.variables, families, together)
        own = [pair for pair in crossings if units_key(pair[0], people.is_one_a_case) == units]
        for joint in told.joints(own):
            _link(model, joint, told, _population(model, joint, told, people))


def _crossings(families: Families, codebook: Codebook) -> list[Crossing]:
    names = [beginning.split(".") for beginning in families if is_crossing(beginning)]
    pairs = dict.fromkeys((first, second) for _, first, _, second in names)
    return [(codebook.variables[first], codebook.variables[second]) for first, second in pairs]


def _put_crossing(model: Model, crossing: Crossing, families: Families) -> None:
    """The numbers of a crossing with their base, as printed."""
    first, second = crossing
    model.family = _name(crossing)
    for row in crossing_ends(first):
        for column, measure in families[f"{BEGINNING}.{first.id}.{row}.{second.id}"].items():
            base = put_base(model, measure, f"{model.family}/base")
            count = measure.numerator
            is_answer = measure.is_sensitive and _may_be_given(families, crossing, row, column)
            is_everybody = is_answer and 0 < count == min(_row_and_column(families, crossing, row, column))
            shown, least = (count, count), 0 if is_answer else 1
            key = model.put(
                Cell(measure.id, count, shown, least, None, 1, True, is_answer, base, is_everybody)  # fmt: skip
            )
            model.figures[measure.id] = key


def _name(crossing: Crossing) -> str:
    return f"{BEGINNING}.{crossing[0].id}.{crossing[1].id}"


def _may_be_given(families: Families, crossing: Crossing, row: str, column: str) -> bool:
    """Whether both are answers that somebody may have given: a printed zero of one says that nobody gave both."""
    printed = [families.get(each.beginning, {}).get(end) for each, end in zip(crossing, (row, column), strict=True)]
    return not {row, column} & set(NO_ANSWERS) and not any(each and is_printed_zero(each) for each in printed)


def _row_and_column(families: Families, crossing: Crossing, row: str, column: str) -> tuple[int, int]:
    """How many are in this row, and in this column: everybody in it may have given the same answer."""
    first, second = crossing
    rows = [families[f"{BEGINNING}.{first.id}.{each}.{second.id}"] for each in crossing_ends(first)]
    columns = families[f"{BEGINNING}.{first.id}.{row}.{second.id}"].values()
    return sum(each.numerator for each in columns), sum(own[column].numerator for own in rows)


def _population(model: Model, joint: Joint, told: Told, people: Population) -> str | None:
    """The cell of everybody whose answers are combined; None where not everybody's are known."""
    variable = told.known[next(iter(joint.basis))]
    if variable.unit == "case" or people.is_one_a_case:
        of = CASES
    else:
        of = next((key for key in (role_group(variable.subject), PEOPLE) if key in model), None)
    is_exact = all(each.precision == "exact" for each in told.figures(variable).values())
    return of if of in model and is_exact and model.count(of) == sum(told.together.counts.values()) else None


def _link(model: Model, joint: Joint, told: Told, of: str | None) -> None:
    """Every combination is a number; every printed number of these variables is a sum of them."""
    names = list(joint.basis)
    model.family = f"together {'*'.join(names)}"
    counts = told.counts(joint)
    combinations: dict[str, Mapping[str, str]] = {}
    for answers in product(*joint.basis.values()):
        key = model.put(Cell(f"{model.family}/{'*'.join(answers)}", counts.get(answers, 0)))
        combinations[key] = dict(zip(names, answers, strict=True))
    if of:
        model.link(of, list(combinations))
    crossed = [each for pair in joint.crossings for each in pair]
    for variable in {each.id: each for each in [*map(told.known.get, names), *joint.derived, *crossed]}.values():
        _link_variable(model, variable, told, combinations)
    for crossing in joint.crossings:
        _link_crossing(model, crossing, told, combinations)


def _link_variable(model: Model, variable: Variable, told: Told, combinations: Mapping[str, Mapping[str, str]]) -> None:
    """Each printed answer is made of the combinations with it, and its base of those to which it applies."""
    own = told.figures(variable)
    answers = {key: told.answer(variable, each) for key, each in combinations.items()}
    for end, measure in own.items():
        if measure.id not in model.figures:
            continue
        if not variable.is_number or end in UNKNOWN:
            inside = variable.groups.get(end, (end,))
            model.link(measure.id, [key for key, answer in answers.items() if answer in inside])
        elif end == "n":
            model.link(measure.id, [key for key, answer in answers.items() if is_piece(answer)])
    base = next((model.bases[each.id] for each in own.values() if each.id in model.bases), None)
    if base:
        model.link(base, [key for key, answer in answers.items() if answer != NOT_APPLICABLE])
    median, n = told.median(variable), f"{variable.id}.n"
    if median is not None and n in model:
        pieces = {key: tuple(map(int, answer.split("-"))) for key, answer in answers.items() if is_piece(answer)}
        model.at_most_half([key for key, (_, most) in pieces.items() if most < median], n)
        model.at_most_half([key for key, (least, _) in pieces.items() if least > median], n)


def _link_crossing(model: Model, crossing: Crossing, told: Told, combinations: Mapping[str, Mapping[str, str]]) -> None:
    first, second = crossing
    inside: dict[tuple[str, str], list[str]] = {}
    for key, each in combinations.items():
        inside.setdefault((told.answer(first, each), told.answer(second, each)), []).append(key)
    for row, column in product(crossing_ends(first), crossing_ends(second)):
        model.link(crossing_id(first.id, row, second.id, column), inside.get((row, column), []))
    applying = [key for pair, own in inside.items() if NOT_APPLICABLE not in pair for key in own]
    model.link(f"{_name(crossing)}/base", applying)
