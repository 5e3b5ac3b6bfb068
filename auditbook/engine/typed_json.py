"""Values as JSON and back, by their types: dataclasses, pydantic models, dates, tuples and sets (cattrs).

What is as it is without being said, a field at its default, is left out. Nothing is taken for another type than it is:
no number for a text, no text for a list of letters, no list for something that is as it is without being said.
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from math import isfinite
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin

from auditbook.validation.dates import ShortDate

if TYPE_CHECKING:
    from cattrs import Converter

Value = TypeVar("Value")


def to_json(value: Value, shape: type[Value]) -> bytes:
    return json.dumps(to_plain(value, shape), ensure_ascii=False).encode()


def from_json(content: bytes, shape: type[Value]) -> Value:
    """Raises ValueError when this is no JSON of that type."""
    return from_plain(json.loads(content), shape)


def to_plain(value: Value, shape: type[Value]) -> Any:
    """The value in what JSON has: dictionaries, lists, texts, numbers."""
    return _converter().unstructure(value, shape)


def from_plain(content: Any, shape: type[Value]) -> Value:
    """Raises ValueError when this is none of that type."""
    try:
        return _converter().structure(content, shape)
    except (TypeError, KeyError, AttributeError, OverflowError, RecursionError, ExceptionGroup) as problem:
        raise ValueError(f"this is no {shape}") from problem


@cache
def _converter() -> "Converter":
    """Models were validated when they were read, from words people wrote: here they are put together as they were."""
    from cattrs.gen import make_dict_structure_fn
    from cattrs.preconf.json import make_converter
    from pydantic import BaseModel

    converter = make_converter(detailed_validation=False, omit_if_default=True)

    def is_model(shape: Any) -> bool:
        return isinstance(shape, type) and issubclass(shape, BaseModel)

    def taken_apart(model: BaseModel) -> dict[str, Any]:
        parts = {
            name: (getattr(model, name), part)
            for name, part in type(model).model_fields.items()
            if getattr(model, name) != part.get_default(call_default_factory=True)
        }
        return {name: converter.unstructure(value, part.annotation) for name, (value, part) in parts.items()}

    def put_together(parts: dict[str, Any], shape: type[BaseModel]) -> BaseModel:
        model_fields = shape.model_fields
        if any(part.is_required() and name not in parts for name, part in model_fields.items()):
            raise TypeError
        return shape.model_construct(
            **{name: converter.structure(part, model_fields[name].annotation) for name, part in parts.items()}
        )

    def dataclass_hook(shape: type, converter: "Converter") -> Callable[[Any, type], Any]:
        hook = make_dict_structure_fn(shape, converter)
        names = {part.name for part in fields(shape)}

        def structure(parts: Any, shape: type) -> Any:
            if not _exactly(parts, dict).keys() <= names:
                raise TypeError
            return hook(parts, shape)

        return structure

    def tuple_hook(shape: Any, converter: "Converter") -> Callable[[Any, Any], tuple]:
        parts = get_args(shape)
        is_of_one = ... in parts

        def structure(content: Any, _: Any) -> tuple:
            shapes = parts[:1] * len(_exactly(content, list)) if is_of_one else parts
            return tuple(converter.structure(*pair) for pair in zip(content, shapes, strict=True))

        return structure

    def is_one_of_several(shape: Any) -> bool:
        return get_origin(shape) in (Union, UnionType)

    def is_plain_or_none(shape: Any) -> bool:
        return is_one_of_several(shape) and {*get_args(shape)} <= {str, int, float, NoneType}

    def is_text(shape: Any) -> bool:
        return isinstance(shape, type) and issubclass(shape, str) and not issubclass(shape, Enum)

    converter.register_unstructure_hook(ShortDate, lambda day: day.text)
    converter.register_structure_hook(ShortDate, lambda text, _: ShortDate.read(text))
    converter.register_unstructure_hook_func(is_text, str)
    converter.register_structure_hook(str, _as_text)
    converter.register_structure_hook_func(is_text, _as_text)
    converter.register_structure_hook(int, lambda number, _: _exactly(number, int))
    converter.register_structure_hook(bool, lambda answer, _: _exactly(answer, bool))
    converter.register_structure_hook(float, lambda number, _: _finite(number))
    converter.register_structure_hook_factory(is_plain_or_none, _one_of)
    converter.register_structure_hook_factory(is_dataclass, dataclass_hook)
    converter.register_structure_hook_factory(lambda shape: get_origin(shape) is tuple, tuple_hook)
    converter.register_unstructure_hook_func(is_one_of_several, lambda value: converter.unstructure(value))
    converter.register_unstructure_hook_func(is_model, taken_apart)
    converter.register_structure_hook_func(is_model, put_together)
    return converter


def _exactly(value: Any, kind: type[Value]) -> Value:
    if type(value) is not kind:
        raise TypeError
    return value


def _finite(number: Any) -> float:
    if type(number) not in (int, float) or not isfinite(number):
        raise TypeError
    return float(number)


def _as_text(text: Any, shape: type[str]) -> str:
    """Most of what is kept is text: as it is, or of a type of its own, with one call less than `_exactly`."""
    if type(text) is not str:
        raise TypeError
    return text if shape is str else shape(text)


def _one_of(shape: Any) -> Callable[[Any, Any], Any]:
    """What takes a value of one of a few plain types; those are told apart once, not for every value."""
    kinds = frozenset(get_args(shape))
    has_whole = int in kinds

    def structure(value: Any, _: Any) -> Any:
        if type(value) is float or (type(value) is int and not has_whole):
            value = _finite(value)
        if type(value) not in kinds:
            raise TypeError
        return value

    return structure
