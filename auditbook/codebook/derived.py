"""Derived variables: worked out from other variables of the same case or person, then counted like any other."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditbook.codebook.derivation import OUTSIDE_BANDS, Derivation, band_code
from auditbook.codebook.variables import (
    LARGEST_NUMBERS,
    NUMBER_TYPES,
    Code,
    Variable,
    numbers_between,
    numbers_in_words,
)
from auditbook.validation.fields import Refused
from auditbook.validation.problems import Place, Refusals, nearest

DERIVATION_TYPES = {"bands": "category", "any": "flag", "all": "flag", "number": "category"}
"""Way of working out → the type of what comes of it."""
MOST_ANSWERS = 5
"""More answers than this are not put together: how they combine in single cases could not be kept apart any more."""
HOW_MANY = ("None", "One", "Two", "Three", "Four", "Five")
CALL = re.compile(r"([a-z]+)\s*\((.*)\)")
YES_OR_NO = (Code("yes", "Yes"), Code("no", "No"))


def add_derived(
    variables: dict[str, Variable],
    asked: Mapping[str, tuple[Variable, str]],
    places: Mapping[str, Place],
    refusals: Refusals,
) -> None:
    """Add the derived variables to those they are worked out from, whatever their order; refuse what cannot be (C08).

    asked   id → the variable without type and codes, and its definition
    places  id of every variable of the file, those too that were refused → where its values stand
    """
    left = dict(asked)
    while ready := [name for name, (_, text) in left.items() if _parents(text) <= variables.keys()]:
        for name in ready:
            variable, text = left.pop(name)
            try:
                variables[name] = derived(variable, text, variables)
            except Refused as problem:
                _tell(problem, places[name], refusals)
    for name, (variable, text) in left.items():
        if way := _cycle(name, {variable_id: text for variable_id, (_, text) in asked.items()}):
            problem = f"{name} would be worked out from itself: {', '.join(way)}."
            refusals.add(places[name], "C08", problem)
        elif not _parents(text) <= places.keys():  # else one of them was refused, and that was said
            try:
                derived(variable, text, variables)
            except Refused as problem:
                _tell(problem, places[name], refusals)


def _tell(problem: Refused, place: Place, refusals: Refusals) -> None:
    context = problem.context or {}
    refusals.add(place, problem.type, context["problem"], context["nearest"])


def _parents(text: str) -> set[str]:
    """The variables that a definition names; none of one that is no definition."""
    try:
        kind, parts = read_call(text)
    except Refused:
        return set()
    return set(parts[:1] if kind == "bands" else parts)


def derived(variable: Variable, text: str, variables: Mapping[str, Variable]) -> Variable:
    """The variable with its type, codes and derivation. Raises Refused (C08) for a definition that cannot be."""
    kind, parts = read_call(text)
    names = parts[:1] if kind == "bands" else parts
    for name in names:
        if name not in variables:
            raise Refused("C08", f'"{name}" is no variable of this file.', nearest(name, variables))
    parents = [variables[name] for name in names]
    _refuse_unlike(variable, parents)
    made = replace(variable, sensitive=variable.sensitive or any(parent.sensitive for parent in parents))
    if kind == "bands":
        return _of_bands(made, parents[0], parts[1:])
    return _of_answers(made, kind, parents)


def read_call(text: str) -> tuple[str, list[str]]:
    """`any(a; b)` as its kind and its parts."""
    call = CALL.fullmatch(text.strip())
    parts = [part.strip() for part in call[2].split(";") if part.strip()] if call else []
    if not parts or call[1] not in DERIVATION_TYPES:
        raise Refused("C08", f'"{text.strip()}" is not bands(…; 0-4; 5-9), any(…; …), all(…; …) or number(…; …).')
    return call[1], parts


def _refuse_unlike(variable: Variable, parents: Sequence[Variable]) -> None:
    """All must describe the same cases or people, or nothing could be told of any one."""
    for parent in parents:
        if parent.unit != variable.unit or parent.unit not in ("case", "person"):
            problem = f'"{parent.id}" is recorded of another unit, "{parent.unit}".'
            raise Refused("C08", problem)
        if variable.unit == "person" and parent.people != variable.people:
            raise Refused("C08", f'"{parent.id}" is about other people: its subject is "{parent.subject}".')


def _of_bands(variable: Variable, parent: Variable, texts: Sequence[str]) -> Variable:
    if parent.type not in NUMBER_TYPES:
        raise Refused("C08", f'bands are cut from a number; "{parent.id}" is of type {parent.type}.')
    bands = [_read_band(text) for text in texts]
    if len(bands) < 2:
        raise Refused("C08", "bands are two or more, such as 0-4; 5-9.")
    for before, after in zip(bands, bands[1:], strict=False):
        if after[0] <= before[1]:
            problem = f"the bands {band_code(*before)} and {band_code(*after)} overlap, or stand in the wrong order."
            raise Refused("C08", problem)
    largest = LARGEST_NUMBERS[parent.type]
    codes = [Code(band_code(*band), _words(parent.type, *band, largest)) for band in bands]
    is_whole = bands[0][0] == 0 and bands[-1][1] >= largest
    is_whole &= all(before[1] + 1 == after[0] for before, after in zip(bands, bands[1:], strict=False))
    codes += [] if is_whole else [Code(OUTSIDE_BANDS, "Outside these bands")]
    made = Derivation("bands", (parent.id,), tuple(bands))
    return replace(variable, type="category", codes=tuple(codes), derivation=made)


def _words(type: str, least: int, greatest: int, largest: int) -> str:
    return numbers_in_words(type, least, None if greatest >= largest else greatest)


def _read_band(text: str) -> tuple[int, int]:
    band = numbers_between(text)
    if band is None:
        raise Refused("C08", f'"{text}" is no band: a number, or two with - between them, the smaller one first.')
    return band


def _of_answers(variable: Variable, kind: str, parents: Sequence[Variable]) -> Variable:
    for parent in parents:
        if parent.type != "flag":
            raise Refused("C08", f'{kind} takes answers of yes or no; "{parent.id}" is of type {parent.type}.')
    names = tuple(parent.id for parent in parents)
    if len(set(names)) < len(names):
        raise Refused("C08", "a variable stands there twice.")
    if not 2 <= len(names) <= MOST_ANSWERS:
        raise Refused("C08", f"{kind} takes two to {HOW_MANY[MOST_ANSWERS].lower()} variables.")
    counted = tuple(Code(str(number), HOW_MANY[number]) for number in range(len(names) + 1))
    codes = counted if kind == "number" else YES_OR_NO
    return replace(variable, type=DERIVATION_TYPES[kind], codes=codes, derivation=Derivation(kind, names))


def _cycle(name: str, definitions: Mapping[str, str]) -> list[str]:
    """The variables through which a derived one hangs on itself, from it back to it; empty where it does not."""
    paths, seen = [[name]], set()
    while paths:
        path = paths.pop()
        for parent in sorted(_parents(definitions.get(path[-1], ""))):
            if parent == name:
                return [*path, name]
            if parent not in seen:
                seen.add(parent)
                paths.append([*path, parent])
    return []
