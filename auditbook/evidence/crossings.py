"""The crossings of `audit.yml`: pairs of variables that are counted together."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.variables import Variable
from auditbook.evidence.records import Tally
from auditbook.evidence.settings import Settings
from auditbook.validation.fields import Refused, names_in, single_id
from auditbook.validation.problems import Place, Refusals, nearest

if TYPE_CHECKING:
    import pandas as pd

CAN_BE_CROSSED = ("category", "flag")
CROSSING_RULE = "Y04"
WHY_NOT_CROSSED = {
    "multi": "a case may have several of its codes, so its rows would overlap",
    "grade": "a case may have several grades",
    "date": "a date is never printed",
}
"""Type of a variable → why it is not crossed; of a number bands are."""


def with_crossings(
    settings: Settings,
    codebook: Codebook,
    name: str,
    frames: Collection[pd.DataFrame | None],
    has_people: bool,
    tallies: Collection[Tally],
    refusals: Refusals,
) -> Settings:
    """The settings with the crossings that can be counted, as pairs of ids; the others are refused (Y04).

    frames      the rows of cases and people, None where there are none
    has_people  people have rows of their own, so a case is not one child
    """
    columns = {column for frame in frames if frame is not None for column in frame.columns}
    printed = {tally.variable for tally in tallies} - columns
    pairs: list[tuple[str, ...]] = []
    for number, words in enumerate(settings.crossings, 1):
        place = Place(f"{name}/audit.yml", None, f"crossings.{number}")
        try:
            pair = _pair(words, codebook, has_people, printed)
            if set(pair) in map(set, pairs):
                raise Refused(CROSSING_RULE, f"{pair[0]} by {pair[1]} stands there twice.")
        except Refused as problem:
            context = problem.context or {}
            refusals.add(place, problem.type, context["problem"], context["nearest"])
            continue
        pairs.append(pair)
    return settings.model_copy(update={"crossings": tuple(pairs)})


def _pair(words: tuple[str, ...], codebook: Codebook, has_people: bool, printed: Collection[str]) -> tuple[str, str]:
    names_of = names_in(codebook, "variables")
    if len(words) != 2 or len(set(words)) < 2:
        raise Refused(CROSSING_RULE, "a crossing is two different variables, such as [sex, cp_category].")
    ids = [single_id(word, names_of, CROSSING_RULE) for word in words]
    for word, variable_id in zip(words, ids, strict=True):
        if variable_id is None:
            raise Refused(CROSSING_RULE, f'"{word}" is no variable of the codebook.', nearest(word, codebook.variables))
    first, second = (codebook.variables[variable_id] for variable_id in ids)
    for variable in (first, second):
        _refuse_type(variable, printed)
    are_units = {first.unit, second.unit} <= {"case", "person"}
    if not are_units or (has_people and (first.unit, first.people) != (second.unit, second.people)):
        problem = f"{first.id} is about {_about(first)}, {second.id} about {_about(second)}; only what was recorded of"
        raise Refused(CROSSING_RULE, f"{problem} the same cases or people can be counted together.")
    return first.id, second.id


def _refuse_type(variable: Variable, printed: Collection[str]) -> None:
    if variable.is_number:
        problem = f"{variable.id} is a number; cross bands of it, a derived variable of the codebook."
        raise Refused(CROSSING_RULE, problem)
    if variable.type not in CAN_BE_CROSSED:
        raise Refused(CROSSING_RULE, f"{variable.id} is of type {variable.type}: {WHY_NOT_CROSSED[variable.type]}.")
    if variable.id in printed:
        problem = (
            f"of {variable.id} this audit has published totals only; two variables are counted together from rows."
        )
        raise Refused(CROSSING_RULE, problem)


def _about(variable: Variable) -> str:
    roles = {"child": "children", "parent": "parents"}
    units = {"case": "cases", "person": roles.get(variable.people, "people")}
    return units.get(variable.unit, variable.unit)
