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


class OneOf(tuple[str, ...]):
    """Marks a field that takes one of these words (`fields.one_of`)."""


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
        refuse_invalid(error, lambda key: plain_yaml.place(*key), refusals, beside=beside, kind=kind)
        return None, None


def refuse_invalid(
    error: ValidationError,
    place: Callable[[tuple[str | int, ...]], Place],
    refusals: Refusals,
    absent: Iterable[str] = (),
    beside: KeysBeside = lambda key: (),
    kind: type[BaseModel] = BaseModel,
) -> None:
    """Turn pydantic's errors into refusals.

    place   where a key stands: its path, a column's name alone
    absent  columns whose absence was told once already
    beside  the keys known beside one that is not known
    kind    of what was read: where it takes one of some words, they are listed for a key that is missing
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
            words = _words_of(kind, key)
            refusals.add(place(key), "V05", f"this must be filled in{words and '; expected ' + words}.")
        elif complaint["type"] == "extra_forbidden":
            keys = list(beside(key))
            problem = f"this key is not known here; expected {listed(keys)}."
            refusals.add(place(key), "V07", problem, nearest(str(key[-1]), keys))
        else:
            shape = EXPECTED_SHAPES.get(complaint["type"], "something else")
            way_out = _to_write(complaint["type"], key, complaint["input"], beside)
            refusals.add(place(key), "V08", f"{shape} is expected here{way_out}.")


def _words_of(kind: type[BaseModel], key: tuple[str | int, ...]) -> str:
    """The words that a field takes, for a message; empty where it takes others too."""
    field = kind.model_fields.get(str(key[0])) if len(key) == 1 else None
    return listed(word for marked in (field.metadata if field else ()) if isinstance(marked, OneOf) for word in marked)


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
