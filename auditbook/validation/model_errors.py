"""What pydantic complains of, as refusals: a key nobody knows, one value where a section belongs."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from auditbook.validation.problems import Place, Refusals, listed, nearest
from auditbook.validation.yaml_text import PlainYaml, read_plain_yaml

EXPECTED_SHAPES = {
    "string_type": "one value, not a list or a section,",
    "tuple_type": "a list",
    "dict_type": "a section of `name: words` lines",
    "model_type": "a section of `key: value` lines",
}
"""What pydantic's complaints about a shape say in words."""


Model = TypeVar("Model", bound=BaseModel)
KeysBeside = Callable[[tuple[str | int, ...]], Iterable[str]]


def read_model(
    kind: type[Model], path: Path, name: str, refusals: Refusals, beside: KeysBeside
) -> tuple[Model, PlainYaml] | tuple[None, None]:
    """A YAML file as a model, and where each of its keys stands; None for both when it was refused.

    beside  the keys known beside one that is not known (V07)
    """
    plain_yaml = read_plain_yaml(path, name, refusals)
    if plain_yaml is None:
        return None, None
    try:
        return kind.model_validate(plain_yaml.values), plain_yaml
    except ValidationError as error:
        refuse_invalid(error, lambda key: plain_yaml.place(*key), refusals, beside=beside)
        return None, None


def refuse_invalid(
    error: ValidationError,
    place: Callable[[tuple[str | int, ...]], Place],
    refusals: Refusals,
    absent: Iterable[str] = (),
    beside: KeysBeside = lambda key: (),
) -> None:
    """Turn pydantic's errors into refusals.

    place   where a key stands: its path, a column's name alone
    absent  columns whose absence was told once already
    beside  the keys known beside one that is not known
    """
    complaints = error.errors()
    misspelt = [
        (*complaint["loc"][:-1], nearest(str(complaint["loc"][-1]), beside(complaint["loc"])))
        for complaint in complaints
        if complaint["type"] == "extra_forbidden"
    ]
    for complaint in complaints:
        key, context = complaint["loc"], complaint.get("ctx", {})
        if complaint["type"] == "missing" and (key[0] in absent or key in misspelt):
            continue
        if "problem" in context:
            refusals.add(place(key), complaint["type"], context["problem"], context["nearest"])
        elif complaint["type"] == "missing":
            refusals.add(place(key), "V05", "this must be filled in.")
        elif complaint["type"] == "extra_forbidden":
            keys = list(beside(key))
            problem = f"this key is not known here; expected {listed(keys)}."
            refusals.add(place(key), "V07", problem, nearest(str(key[-1]), keys))
        else:
            kind = EXPECTED_SHAPES.get(complaint["type"], "something else")
            way_out = _to_write(complaint["type"], key, complaint["input"], beside)
            refusals.add(place(key), "V08", f"{kind} is expected here{way_out}.")


def _to_write(kind: str, key: tuple[str | int, ...], value: Any, beside: KeysBeside) -> str:
    """What to write where a section, or a list of them, belongs: of one in a list the first key says what it is."""
    if kind == "model_type":
        is_listed, keys = bool(key) and isinstance(key[-1], int), list(beside((*key, "")))
    elif kind == "tuple_type":
        is_listed, keys = True, list(beside((*key, 0, "")))
    else:
        return ""
    if is_listed:
        return f"; write `- {keys[0]}: {value}`" if keys and isinstance(value, str) else ""
    return f", with {listed(keys)}" if keys else ""
